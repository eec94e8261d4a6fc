//! What stands where an article will: a place to drop files, the sample, and recent files.

use egui::{Align, Button, Id, Layout, Stroke, StrokeKind, Ui, vec2};

use super::text::{TextEngine, TextStyle, label};
use super::theme::Palette;
use crate::session::{Command, Session};

/// Draws the page and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    let place = ui.available_rect_before_wrap().shrink(24.0);
    let dropping = ui.input(|input| !input.raw.hovered_files.is_empty());
    let color = if dropping { palette.accent } else { palette.hairline };
    ui.painter().rect_stroke(place, 10.0, Stroke::new(if dropping { 3.0 } else { 1.5 }, color), StrokeKind::Inside);
    ui.with_layout(Layout::top_down(Align::Center), |ui| {
        ui.add_space((place.height() * 0.28).max(24.0));
        let title = TextStyle { bold: true, ..palette.words(22.0) };
        label(ui, engine, Id::unique("empty title"), "Drop an Arabic article here", &title, f32::INFINITY);
        let more = TextStyle { color: palette.muted, ..palette.words(14.0) };
        let words = "or open a file: plain text, or a translation begun earlier (.xlf)";
        label(ui, engine, Id::unique("empty words"), words, &more, f32::INFINITY);
        ui.add_space(18.0);
        for command in [Command::Open, Command::OpenSample] {
            let button =
                Button::new(command.label()).min_size(vec2(230.0, 34.0)).stroke(Stroke::new(1.0, palette.accent));
            if ui.add(button).on_hover_text(command.tooltip()).clicked() {
                commands.push(command);
            }
            ui.add_space(8.0);
        }
        recent(ui, engine, session, palette, commands);
    });
}

fn recent(ui: &mut Ui, engine: &mut TextEngine, session: &Session, palette: &Palette, commands: &mut Vec<Command>) {
    let files = &session.settings().recent;
    if files.is_empty() {
        return;
    }
    ui.add_space(18.0);
    let muted = TextStyle { color: palette.muted, ..palette.words(13.0) };
    label(ui, engine, Id::unique("recent"), "Opened before", &muted, f32::INFINITY);
    for (number, path) in files.iter().take(6).enumerate() {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let style = TextStyle { color: palette.accent, ..palette.words(14.0) };
        let shown = label(ui, engine, Id::unique(("recent", number)), &name, &style, f32::INFINITY);
        let response = ui.interact(shown.rect, Id::unique(("open recent", number)), egui::Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Open {name}")));
        let whole = palette.words(13.0);
        let response = response.on_hover_ui(|ui| {
            label(ui, engine, Id::unique("recent path"), &path.to_string_lossy(), &whole, f32::INFINITY);
        });
        if response.clicked() {
            commands.push(Command::OpenFiles(vec![path.clone()]));
        }
    }
}
