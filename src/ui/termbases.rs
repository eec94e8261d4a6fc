//! The termbases of the glossary: which are used, and in which order they count.

use std::path::PathBuf;

use egui::{Align, Button, Frame, Id, Key, Layout, Margin, Modifiers, Stroke, Ui, vec2};

use super::dialogs::{Dialogs, Wanted};
use super::line::{Line, Look};
use super::sheets::{footer, tick};
use super::text::{TextEngine, TextStyle, line};
use super::theme::Palette;
use crate::session::{Command, ListedTermbase, Session};

/// Draws the list and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    (path, gives_focus): (&mut Line, bool),
    dialogs: &mut Dialogs,
    commands: &mut Vec<Command>,
) {
    let listed = session.termbases();
    for (place, termbase) in listed.iter().enumerate() {
        row(ui, engine, session, palette, termbase, place > 0, commands);
    }
    starter(ui, engine, session, palette, commands);
    ui.add_space(10.0);
    let look = Look {
        id: Id::unique("termbase path"),
        name: "File of a termbase",
        hint: "Path of another termbase (.db)",
        style: palette.words(14.0),
    };
    let enters = ui.memory(|memory| memory.has_focus(look.id))
        && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    path.show_as(ui, engine, palette, &look, gives_focus);
    ui.add_space(8.0);
    footer(ui, |ui| {
        if ui.button("Close").clicked() {
            commands.push(Command::CloseSheet);
        }
        let file = PathBuf::from(path.text().trim());
        let ready = !file.as_os_str().is_empty();
        for command in [Command::BeginTermbase(file.clone()), Command::AddTermbase(file)] {
            let response = ui.add_enabled(ready, Button::new(command.label())).on_hover_text(command.tooltip());
            let entered = enters && ready && matches!(command, Command::AddTermbase(_));
            if response.clicked() || entered {
                *path = Line::default();
                commands.push(command);
            }
        }
        if dialogs.available() && ui.button("Browse…").on_hover_text("Choose the file of a termbase to use").clicked()
        {
            dialogs.ask(Wanted::Termbase);
        }
    });
}

fn row(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    termbase: &ListedTermbase,
    can_rise: bool,
    commands: &mut Vec<Command>,
) {
    let id = Id::unique(("termbase", &termbase.path));
    let role = match (termbase.used, termbase.is_written) {
        (true, true) => "is written to",
        (true, false) => "is only read",
        (false, _) => "is not used",
    };
    let counted = count(session, &termbase.name).filter(|_| termbase.used);
    let words = match &termbase.problem {
        Some(problem) => format!("could not be read: {problem}"),
        None => counted.map_or_else(|| role.to_owned(), |count| format!("{role} · {count}")),
    };
    framed(ui, palette, |ui| {
        let remove = (!termbase.is_own).then(|| Command::RemoveTermbase(termbase.path.clone()));
        let rise = can_rise.then(|| Command::RaiseTermbase(termbase.path.clone()));
        for command in [remove, rise].into_iter().flatten() {
            let spoken = format!("{} {}", command.label(), termbase.name);
            let response = ui.add(Button::new(command.label()).small().stroke(Stroke::new(1.0, palette.hairline)));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &spoken));
            if response.on_hover_text(command.tooltip()).clicked() {
                commands.push(command);
            }
        }
        let spoken = format!("Use {}", termbase.name);
        let path = termbase.path.display().to_string();
        let toggled = named(ui, engine, palette, id, termbase.used, [&termbase.name, &words, &path], &spoken);
        if toggled {
            commands.push(Command::ToggleTermbase(termbase.path.clone()));
        }
    });
}

fn starter(ui: &mut Ui, engine: &mut TextEngine, session: &Session, palette: &Palette, commands: &mut Vec<Command>) {
    let command = Command::ToggleStarter;
    let used = session.settings().starter_used;
    let counted = count(session, "Starter").filter(|_| used);
    let words = counted.map_or_else(|| "is not used".to_owned(), |count| format!("is only read · {count}"));
    framed(ui, palette, |ui| {
        let id = Id::unique("termbase starter");
        let texts = ["Starter", &*words, "comes with the program"];
        if named(ui, engine, palette, id, used, texts, command.label()) {
            commands.push(command);
        }
    });
}

fn framed(ui: &mut Ui, palette: &Palette, content: impl FnOnce(&mut Ui)) {
    Frame::NONE.inner_margin(Margin::symmetric(0, 5)).show(ui, |ui| {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 40.0), Layout::right_to_left(Align::Center), content);
    });
    ui.painter().hline(ui.max_rect().x_range(), ui.cursor().top() - 3.0, Stroke::new(1.0, palette.hairline));
}

/// A box to tick, with a name, what there is to say of it and where it comes from. Returns whether it was clicked.
fn named(
    ui: &mut Ui,
    engine: &mut TextEngine,
    palette: &Palette,
    id: Id,
    used: bool,
    [name, words, path]: [&str; 3],
    spoken: &str,
) -> bool {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        let mut ticked = used;
        let toggled = tick(ui, palette, &mut ticked, "");
        toggled.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, used, spoken));
        ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            let width = ui.available_width();
            let style = TextStyle { bold: true, ..palette.words(14.0) };
            line(ui, engine, id, name, &style, width);
            let muted = TextStyle { color: palette.muted, ..palette.words(12.0) };
            line(ui, engine, id.with("words"), &format!("{words} · {path}"), &muted, width);
        });
        toggled.clicked()
    })
    .inner
}

/// How many concepts a termbase has.
fn count(session: &Session, name: &str) -> Option<String> {
    let mut strata = session.termbase()?.strata();
    let (_, stratum) = strata.find(|(_, stratum)| &*stratum.name == name)?;
    Some(match stratum.termbase.concepts().len() {
        1 => "1 concept".to_owned(),
        concepts => format!("{concepts} concepts"),
    })
}
