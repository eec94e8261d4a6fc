//! What the program has to say, above the rows until it is dismissed.

use egui::{Align, Button, Frame, Id, Layout, Margin, Stroke, Ui};

use super::text::{TextEngine, label};
use super::theme::Palette;
use crate::session::{Command, Notice, NoticeKind, Session};

/// Draws the notices and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    for (number, notice) in session.notices().iter().enumerate() {
        let newest = number + 1 == session.notices().len();
        one(ui, engine, palette, number, notice, newest, commands);
    }
}

fn one(
    ui: &mut Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    number: usize,
    notice: &Notice,
    newest: bool,
    commands: &mut Vec<Command>,
) {
    let color = match notice.kind {
        NoticeKind::Info => palette.accent,
        NoticeKind::Warning => palette.warning,
        NoticeKind::Error => palette.error,
    };
    let frame = Frame::NONE.fill(palette.panel).inner_margin(Margin::symmetric(14, 6));
    let inner = frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if newest && ui.small_button("Dismiss").on_hover_text("Esc").clicked() {
                    commands.push(Command::DismissNotice);
                }
                for action in notice.actions.iter().rev() {
                    let button = Button::new(action.label()).small().stroke(Stroke::new(1.0, color));
                    if ui.add(button).on_hover_text(action.tooltip()).clicked() {
                        commands.push(action.clone());
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let width = ui.available_width();
                    label(ui, engine, Id::unique(("notice", number)), &notice.message, &palette.words(13.5), width);
                });
            });
        });
    });
    let place = inner.response.rect;
    ui.painter().vline(place.left() + 2.0, place.y_range(), Stroke::new(4.0, color));
}
