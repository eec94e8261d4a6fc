//! The articles that wait to be opened: the next one in a bar above the rows, and all of them in a list.

use egui::{Align, Button, Frame, Id, Layout, Margin, ScrollArea, Stroke, Ui, vec2};

use super::sheets::{footer, primary};
use super::text::{TextEngine, TextStyle, label, line};
use super::theme::Palette;
use super::toolbar::tooltip;
use crate::session::{Command, Session, Waiting};

/// Draws the bar and adds what the user asked for.
pub(super) fn bar(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    commands: &mut Vec<Command>,
) {
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for command in [Command::ShowQueue, Command::OpenNext] {
                let word = if command == Command::OpenNext { "Open next" } else { "All…" };
                let button = Button::new(word).small().stroke(Stroke::new(1.0, palette.hairline));
                let response = ui.add_enabled(session.can(&command), button).on_hover_text(tooltip(&command));
                let enabled = session.can(&command);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled, command.label()));
                if response.clicked() {
                    commands.push(command);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let words = summary(session);
                let style = TextStyle { color: palette.muted, ..palette.words(13.0) };
                line(ui, engine, Id::unique("queue words"), &words, &style, ui.available_width());
            });
        });
    });
}

/// What waits, in one line.
fn summary(session: &Session) -> String {
    let count = session.queue().len();
    let waits = if count == 1 { "1 article waits".to_owned() } else { format!("{count} articles wait") };
    match session.next_in_queue() {
        Some(next) => format!("{waits}, the next: {}", next.name()),
        None => format!("{waits}; none of them could be opened"),
    }
}

/// Draws all that wait, each with what can be done with it.
pub(super) fn list(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    gives_focus: bool,
    commands: &mut Vec<Command>,
) {
    ScrollArea::vertical().max_height(ui.ctx().content_rect().height() * 0.5).auto_shrink([false, true]).show(
        ui,
        |ui| {
            for waiting in session.queue() {
                row(ui, engine, session, palette, waiting, commands);
            }
        },
    );
    ui.add_space(8.0);
    footer(ui, |ui| {
        let next = primary(ui, "Open next", session.can(&Command::OpenNext), palette);
        if gives_focus {
            next.request_focus();
        }
        if next.clicked() {
            commands.push(Command::OpenNext);
        }
        if ui.button("Close").clicked() {
            commands.push(Command::CloseSheet);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let clear = Command::ClearQueue;
            if ui.button(clear.label()).on_hover_text(clear.tooltip()).clicked() {
                commands.push(clear);
            }
        });
    });
}

fn row(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    waiting: &Waiting,
    commands: &mut Vec<Command>,
) {
    let name = waiting.source.name();
    let id = Id::unique(("waiting", &name, ui.next_auto_id()));
    let (state, color) = match &waiting.problem {
        _ if session.is_opening(&waiting.source) => ("is being opened".to_owned(), palette.accent),
        Some(problem) => (format!("could not be opened: {problem}"), palette.error),
        None if session.next_in_queue() == Some(&waiting.source) => ("the next".to_owned(), palette.accent),
        None => ("waits".to_owned(), palette.muted),
    };
    Frame::NONE.inner_margin(Margin::symmetric(0, 3)).show(ui, |ui| {
        let size = vec2(ui.available_width(), 40.0);
        ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(12.0);
            let open = Command::OpenThese(vec![waiting.source.clone()]);
            for command in [Command::Unqueue(waiting.source.clone()), open] {
                let response = ui.add(Button::new(command.label()).small().stroke(Stroke::new(1.0, palette.hairline)));
                let spoken = format!("{} {name}", command.label());
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
                if response.on_hover_text(command.tooltip()).clicked() {
                    commands.push(command);
                }
            }
            ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
                let width = ui.available_width();
                line(ui, engine, id, &name, &palette.words(14.0), width);
                let style = TextStyle { color, ..palette.words(12.0) };
                label(ui, engine, id.with("state"), &state, &style, width);
            });
        });
    });
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top() - 3.0, Stroke::new(1.0, palette.hairline));
}
