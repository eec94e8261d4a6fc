//! The encodings that the open article may be in, each with how it begins.

use egui::{Align, Id, Layout, Response, ScrollArea, Sense, Spinner, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use super::sheets::footer;
use super::text::{TextEngine, TextStyle, line};
use super::theme::Palette;
use crate::jobs::Preview;
use crate::session::{Command, Session};

const ROW: f32 = 56.0;

/// Draws the list and adds what the user asked for. Arrows go from the one in use to the others.
pub(super) fn list(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    gives_focus: bool,
    commands: &mut Vec<Command>,
) {
    if session.previews().is_empty() {
        ui.add(Spinner::new().color(palette.accent));
    }
    let used = session.encoding().map(|encoding| encoding.name);
    let most = ui.ctx().content_rect().height() - 240.0;
    let height = (session.previews().len() as f32 * ROW).min(most.max(ROW));
    // The sheet grows with its content, and would not for a list that scrolls.
    ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for preview in session.previews() {
            let used = used == Some(preview.encoding);
            let response = row(ui, engine, palette, preview, used, commands);
            if used && gives_focus {
                response.request_focus();
            }
        }
    });
    ui.add_space(8.0);
    footer(ui, |ui| {
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseSheet);
        }
    });
}

fn row(
    ui: &mut Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    preview: &Preview,
    used: bool,
    commands: &mut Vec<Command>,
) -> Response {
    let id = Id::unique(("encoding", preview.encoding));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, id.with("choose"), Sense::click());
    let state = match (used, preview.likely) {
        (true, _) => ", in use",
        (false, true) => "",
        (false, false) => ", unlikely",
    };
    let spoken = format!("{}{state}: {}", preview.encoding, preview.beginning);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, used, &spoken));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, 4.0, palette.active_row);
        ui.painter().rect_stroke(rect, 4.0, Stroke::new(1.0, palette.accent), StrokeKind::Inside);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.hairline));
    let inner = rect.shrink2(vec2(10.0, 4.0));
    let mut above = ui.new_child(UiBuilder::new().max_rect(inner).layout(Layout::top_down(Align::LEFT)));
    let color = if preview.likely { palette.accent } else { palette.muted };
    let name = format!("{}{state}", preview.encoding);
    line(&mut above, engine, id, &name, &TextStyle { color, ..palette.words(12.5) }, inner.width());
    let mut below = above.new_child(
        UiBuilder::new().max_rect(inner.with_min_y(above.min_rect().bottom())).layout(Layout::top_down(Align::RIGHT)),
    );
    let color = if preview.likely { palette.ink } else { palette.muted };
    let style = TextStyle { color, ..palette.arabic_words(15.0) };
    line(&mut below, engine, id.with("beginning"), &preview.beginning, &style, inner.width());
    if response.clicked() {
        commands.push(if used { Command::CloseSheet } else { Command::ReadAs(preview.encoding) });
    }
    response
}
