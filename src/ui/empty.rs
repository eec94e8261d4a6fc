//! What stands where an article will: a place to drop files, every other way to open one, and recent files.

use egui::{Align, Button, Event, Id, Layout, ScrollArea, Stroke, StrokeKind, Ui, UiBuilder, vec2};

use super::text::{TextEngine, TextStyle, label, line};
use super::theme::Palette;
use super::toolbar::tooltip;
use crate::session::{Command, Session};

/// The ways to open an article, two in a row, the first one the most asked for.
const WAYS: [&[Command]; 3] =
    [&[Command::Open, Command::OpenFolder], &[Command::OpenAddress, Command::OpenClipboard], &[Command::OpenSample]];
const BUTTON: f32 = 190.0;
const GAP: f32 = 8.0;

/// Draws the page and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    // Nothing here can be written in, so that whatever is pasted is meant to be opened.
    if ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Paste(_)))) && session.sheet().is_none()
    {
        commands.push(Command::OpenClipboard);
    }
    let place = ui.available_rect_before_wrap().shrink(24.0);
    ui.painter().rect_stroke(place, 10.0, Stroke::new(1.5, palette.hairline), StrokeKind::Inside);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(place.shrink(6.0)));
    ScrollArea::vertical().auto_shrink(false).show(&mut ui, |ui| {
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            ui.add_space(((place.height() - 420.0) * 0.4).max(18.0));
            let title = TextStyle { bold: true, ..palette.words(22.0) };
            label(ui, engine, Id::unique("empty title"), "Drop Arabic articles here", &title, f32::INFINITY);
            let more = TextStyle { color: palette.muted, ..palette.words(14.0) };
            let words = "pages, documents and texts, or translations begun earlier";
            label(ui, engine, Id::unique("empty words"), words, &more, f32::INFINITY);
            ui.add_space(18.0);
            for row in WAYS {
                ways(ui, row, palette, commands);
            }
            recent(ui, engine, session, palette, commands);
            ui.add_space(12.0);
        });
    });
}

/// Buttons side by side, as wide together as any other row.
fn ways(ui: &mut Ui, row: &[Command], palette: &Palette, commands: &mut Vec<Command>) {
    let whole = 2.0 * BUTTON + GAP;
    let width = (whole - GAP * (row.len() - 1) as f32) / row.len() as f32;
    ui.allocate_ui_with_layout(vec2(whole, 34.0), Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        for command in row {
            let button = Button::new(command.label()).min_size(vec2(width, 34.0));
            if ui.add(button.stroke(Stroke::new(1.0, palette.accent))).on_hover_text(tooltip(command)).clicked() {
                commands.push(command.clone());
            }
        }
    });
    ui.add_space(GAP);
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
        let width = ui.available_width() - 96.0;
        let shown = line(ui, engine, Id::unique(("recent", number)), &name, &style, width);
        let response = ui.interact(shown.rect, Id::unique(("open recent", number)), egui::Sense::click());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Open {name}")));
        if response.has_focus() {
            let ring = response.rect.expand(3.0);
            ui.painter().rect_stroke(ring, 4.0, Stroke::new(1.5, palette.accent), StrokeKind::Inside);
        }
        let whole = palette.words(13.0);
        let response = response.on_hover_ui(|ui| {
            label(ui, engine, Id::unique("recent path"), &path.to_string_lossy(), &whole, f32::INFINITY);
        });
        if response.clicked() {
            commands.push(Command::OpenThese(vec![path.clone().into()]));
        }
    }
}
