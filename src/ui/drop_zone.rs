//! What is shown while files are held over the window.

use egui::{Align2, Area, Context, CornerRadius, Id, Margin, Order, Stroke, StrokeKind};

use super::text::{TextEngine, TextStyle, label};
use super::theme::Palette;

/// Says what becomes of the files that are held over the window, if there are any.
pub(super) fn show(ctx: &Context, engine: &mut TextEngine, palette: &Palette) {
    let count = ctx.input(|input| input.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let words = match count {
        1 => "Drop it to open it".to_owned(),
        more => format!("Drop {more} files: the first is opened, the others wait"),
    };
    let window = ctx.content_rect();
    let layer = egui::LayerId::new(Order::Foreground, Id::unique("drop zone ground"));
    let painter = ctx.layer_painter(layer);
    painter.rect_filled(window, 0.0, palette.paper.gamma_multiply(0.82));
    painter.rect_stroke(window.shrink(10.0), 10.0, Stroke::new(3.0, palette.accent), StrokeKind::Inside);
    Area::new(Id::unique("drop zone")).order(Order::Tooltip).anchor(Align2::CENTER_CENTER, [0.0, 0.0]).show(
        ctx,
        |ui| {
            let frame = egui::Frame::NONE.fill(palette.panel).corner_radius(CornerRadius::same(8));
            frame.stroke(Stroke::new(1.0, palette.hairline)).inner_margin(Margin::symmetric(22, 14)).show(ui, |ui| {
                let style = TextStyle { bold: true, ..palette.words(18.0) };
                label(ui, engine, Id::unique("drop zone words"), &words, &style, window.width() - 120.0);
            });
        },
    );
}
