//! What was changed in the glossary, each change with a way to take it back.

use egui::{Align, Button, Id, Layout, ScrollArea, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use crate::session::{Command, Session};
use crate::storage::termbase::ChangeRecord;
use crate::ui::sheets::{footer, primary};
use crate::ui::text::{TextEngine, TextStyle, label, line};
use crate::ui::theme::Palette;

const ROW: f32 = 46.0;

/// Draws the list and adds what the user asked for.
pub(in crate::ui) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    gives_focus: bool,
    commands: &mut Vec<Command>,
) {
    let changes = session.glossary_changes();
    if changes.is_empty() {
        let words = "Nothing was changed in your own glossary yet.";
        label(ui, engine, Id::unique("no changes"), words, &palette.words(14.0), ui.available_width());
    }
    let height = (ui.ctx().content_rect().height() - 240.0).max(ROW);
    ui.spacing_mut().item_spacing.y = 0.0;
    let area = ScrollArea::vertical().max_height(height).auto_shrink([false, true]);
    area.show_rows(ui, ROW, changes.len(), |ui, rows| {
        for change in &changes[rows] {
            row(ui, engine, palette, change, commands);
        }
    });
    ui.add_space(10.0);
    footer(ui, |ui| {
        let close = primary(ui, "Close", true, palette);
        if gives_focus {
            close.request_focus();
        }
        if close.clicked() {
            commands.push(Command::CloseSheet);
        }
    });
}

fn row(ui: &mut Ui, engine: &mut TextEngine, palette: &Palette, change: &ChangeRecord, commands: &mut Vec<Command>) {
    let id = Id::unique(("change", change.number));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, palette.hairline));
    let place = UiBuilder::new().max_rect(rect.shrink2(vec2(2.0, 3.0))).layout(Layout::right_to_left(Align::Center));
    let mut ui = ui.new_child(place);
    ui.add_space(12.0);
    let undo = Command::UndoChange(change.number);
    let spoken = format!("{}: {}", undo.label(), change.what);
    let button = Button::new(undo.label()).small().stroke(Stroke::new(1.0, palette.hairline));
    let can_undo = change.undone_by.is_none();
    let response = ui.add_enabled(can_undo, button).on_hover_text(undo.tooltip());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, can_undo, &spoken));
    if response.clicked() {
        commands.push(undo);
    }
    ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        let width = ui.available_width();
        line(ui, engine, id, &change.what, &palette.words(14.0), width);
        let muted = TextStyle { color: palette.muted, ..palette.words(12.0) };
        line(ui, engine, id.with("about"), &about(change), &muted, width);
    });
}

/// When and by whom, of how many concepts, and whether it was taken back.
fn about(change: &ChangeRecord) -> String {
    let by = if change.made.by.is_empty() { String::new() } else { format!(", {}", change.made.by) };
    let versions = if change.versions == 1 { "1 version".to_owned() } else { format!("{} versions", change.versions) };
    let undone = if change.undone_by.is_some() { " · taken back" } else { "" };
    format!("{}{by} · {versions}{undone}", change.made.at.to_minute())
}
