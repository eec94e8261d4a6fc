//! The status line: whether the work is saved, how far it has come, and what goes on in the background.

use egui::{Align, Button, Id, Layout, RichText, Spinner, Ui};

use super::text::{TextEngine, TextStyle, label};
use super::theme::Palette;
use super::toolbar::tooltip;
use crate::session::{Command, SaveState, Session};

/// Draws the line and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let style = TextStyle { color: palette.muted, ..palette.words(12.5) };
        if session.project().is_some() {
            saved(ui, session, palette);
            let progress = session.progress();
            let words = format!("{} of {} translated", progress.translated, progress.total);
            label(ui, engine, Id::unique("progress"), &words, &style, f32::INFINITY);
        }
        if let Some(termbase) = session.termbase() {
            let words = format!("{} concepts", termbase.len());
            label(ui, engine, Id::unique("glossary size"), &words, &style, f32::INFINITY);
        }
        if let Some(encoding) = session.encoding() {
            let show = Command::ShowEncodings;
            let button = Button::new(RichText::new(encoding.name).size(12.5).color(palette.muted)).small();
            let response = ui.add(button).on_hover_text(tooltip(&show));
            let name = format!("Encoding: {}", encoding.name);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if response.clicked() {
                commands.push(show);
            }
        }
        if session.repaired() > 0 {
            let toggle = Command::ToggleAllRepaired;
            let words = format!("{} repaired", session.repaired());
            let button = Button::new(RichText::new(&words).size(12.5).color(palette.muted)).small();
            if ui.add(button).on_hover_text(tooltip(&toggle)).clicked() {
                commands.push(toggle);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(busy) = session.busy() {
                if busy.can_cancel && ui.small_button("Stop").on_hover_text(Command::CancelWork.tooltip()).clicked() {
                    commands.push(Command::CancelWork);
                }
                label(ui, engine, Id::unique("busy"), &busy.what, &style, f32::INFINITY);
                ui.add(Spinner::new().size(12.0).color(palette.accent));
            }
        });
    });
}

/// The state of saving in words, with a mark of its own, so that colour does not tell it alone.
fn saved(ui: &mut Ui, session: &Session, palette: &Palette) {
    let (words, color) = match session.save_state() {
        SaveState::New => return,
        SaveState::Saved => ("Saved", palette.accent),
        SaveState::Saving => ("Saving…", palette.muted),
        SaveState::Unsaved => ("• Not saved", palette.warning),
        SaveState::Recovered => ("• Brought back, not saved", palette.warning),
        SaveState::Failed => ("! Not saved", palette.error),
    };
    ui.label(RichText::new(words).size(12.5).color(color));
}
