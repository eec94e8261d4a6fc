//! The toolbar: the commands of every minute with icon and word, all others in the menu.

use egui::{Align, Button, Layout, MenuBar, Sense, Stroke, Ui, vec2};

use super::icons::Icon;
use super::theme::Palette;
use crate::session::{Command, Session};

/// Below this width, in points, the words go and the icons stay.
const WIDTH_FOR_WORDS: f32 = 620.0;

/// Draws the toolbar and adds what the user asked for.
pub(super) fn show(ui: &mut Ui, session: &Session, palette: &Palette, commands: &mut Vec<Command>) {
    MenuBar::new().ui(ui, |ui| {
        ui.set_min_height(34.0);
        let words = ui.available_width() > WIDTH_FOR_WORDS;
        let buttons = [
            (Icon::Open, "Open", Command::Open),
            (Icon::Save, "Save", Command::Save),
            (Icon::Export, "Export", Command::Export),
            (Icon::Undo, "Undo", Command::Undo),
            (Icon::Redo, "Redo", Command::Redo),
            (Icon::Confirm, "Confirm", Command::Confirm),
        ];
        for (icon, word, command) in buttons {
            let enabled = session.can(&command);
            if icon == Icon::Undo || icon == Icon::Confirm {
                ui.separator();
            }
            button(ui, palette, icon, if words { word } else { "" }, command, enabled, commands);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| menu(ui, session, palette, commands));
    });
}

fn button(
    ui: &mut Ui,
    palette: &Palette,
    icon: Icon,
    word: &str,
    command: Command,
    enabled: bool,
    commands: &mut Vec<Command>,
) {
    let room = if word.is_empty() { "      ".to_owned() } else { format!("        {word}") };
    let response = ui.add_enabled(enabled, Button::new(room).min_size(vec2(32.0, 28.0)));
    let place = response.rect.with_max_x(response.rect.left() + 32.0);
    let color = if enabled { palette.ink } else { palette.muted.gamma_multiply(0.5) };
    icon.paint(ui.painter(), place, Stroke::new(1.5, color));
    let name = command.label();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, name));
    if response.on_hover_text(tooltip(&command)).clicked() {
        commands.push(command);
    }
}

/// What a command does, and its key.
pub(super) fn tooltip(command: &Command) -> String {
    match command.shortcut() {
        Some(shortcut) => format!("{} ({shortcut})", command.tooltip()),
        None => command.tooltip().to_owned(),
    }
}

fn menu(ui: &mut Ui, session: &Session, palette: &Palette, commands: &mut Vec<Command>) {
    let response = ui.menu_button("        Menu", |ui| {
        ui.set_min_width(150.0);
        for listed in Command::LISTED.chunk_by(|a, b| a.menu() == b.menu()) {
            submenu(ui, session, listed, commands);
        }
    });
    let response = response.response;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Menu"));
    let place = response.rect.with_max_x(response.rect.left() + 32.0);
    Icon::Menu.paint(ui.painter(), place, Stroke::new(1.5, palette.ink));
    ui.allocate_response(vec2(2.0, 0.0), Sense::hover());
}

fn submenu(ui: &mut Ui, session: &Session, listed: &[Command], commands: &mut Vec<Command>) {
    ui.menu_button(listed[0].menu().label(), |ui| {
        ui.set_min_width(230.0);
        for command in listed {
            let keys = command.shortcut().map(|shortcut| shortcut.to_string()).unwrap_or_default();
            let enabled = session.can(command);
            let button = Button::new(command.label()).shortcut_text(&keys);
            let response = ui.add_enabled(enabled, button);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, command.label()));
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_keyboard_shortcut(keys));
            if response.on_hover_text(command.tooltip()).clicked() {
                commands.push(command.clone());
                ui.close();
            }
        }
    });
}
