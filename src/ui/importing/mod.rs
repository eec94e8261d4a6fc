//! Importing a file into the glossary: which file, how it is read, and what would happen.

mod choices;
mod columns;
mod planned;

use std::path::PathBuf;

use egui::{Align, Id, Key, Layout, Modifiers, ScrollArea, Spinner, Ui, UiBuilder, vec2};

use self::planned::Shown;
use super::dialogs::{Dialogs, Wanted};
use super::line::Line;
use super::sheets::{footer, primary};
use super::text::{TextEngine, TextStyle, label};
use super::theme::Palette;
use crate::session::{Command, Session};

/// Below this width, in points, the choices stand above what would happen, and all of it scrolls.
const WIDTH_FOR_BOTH: f32 = 760.0;
const CHOICES: f32 = 300.0;
const GAP: f32 = 18.0;
/// Everything of the sheet and around it but what stands between its title and its foot.
const AROUND: f32 = 190.0;
/// How high what would happen is where all of the sheet scrolls.
const LIST_BENEATH: f32 = 260.0;

/// What the sheet remembers while it is open.
#[derive(Default)]
pub(super) struct Importing {
    shown: Shown,
    /// The file that is shown.
    file: Option<PathBuf>,
    /// Whether the answer gets the focus as soon as there is one.
    wants_focus: bool,
}

/// Draws the sheet and adds what the user asked for.
pub(super) fn show(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    (importing, line, gives_focus): (&mut Importing, &mut Line, bool),
    dialogs: &mut Dialogs,
    commands: &mut Vec<Command>,
) {
    let path = session.import().file().map(|file| file.path().to_owned());
    let is_other = importing.file != path;
    if is_other {
        *importing = Importing { wants_focus: path.is_some(), ..Importing::default() };
    }
    let was_shown = std::mem::replace(&mut importing.file, path).is_some();
    if importing.file.is_none() {
        let focus = gives_focus || (is_other && !was_shown);
        return choose_file(ui, engine, session, palette, (line, focus), dialogs, commands);
    }
    let focused = ui.memory(egui::Memory::focused);
    let is_for_sheet = focused.is_none() || focused == Some(planned::list_id());
    let enter = is_for_sheet && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    let height = (ui.ctx().content_rect().height() - AROUND).max(120.0);
    let width = ui.available_width();
    if width >= WIDTH_FOR_BOTH {
        beside(ui, engine, session, palette, importing, height, commands);
    } else {
        let words = session.import().plan().map(planned::in_a_line).unwrap_or_default();
        let style = TextStyle { color: palette.muted, ..palette.words(13.0) };
        label(ui, engine, Id::unique("import in a line"), &words, &style, width);
        let height = (height - 26.0).max(120.0);
        ScrollArea::vertical().id_salt("import").max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.set_width(width - 10.0);
            choices::show(ui, engine, session, palette, commands);
            ui.add_space(8.0);
            contents(ui, engine, session, palette, importing, LIST_BENEATH, commands);
        });
    }
    ui.add_space(8.0);
    foot(ui, session, palette, importing, dialogs, enter, commands);
}

fn beside(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    importing: &mut Importing,
    height: f32,
    commands: &mut Vec<Command>,
) {
    let sizes = [vec2(CHOICES, height), vec2(ui.available_width() - CHOICES - GAP, height)];
    ui.scope_builder(UiBuilder::new().layout(Layout::left_to_right(Align::Min)), |ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        ui.allocate_ui_with_layout(sizes[0], Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(sizes[0]);
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            ScrollArea::vertical().id_salt("import choices").max_height(height).auto_shrink(false).show(ui, |ui| {
                choices::show(ui, engine, session, palette, commands);
            });
        });
        ui.allocate_ui_with_layout(sizes[1], Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(sizes[1]);
            ui.set_max_width(sizes[1].x);
            ui.spacing_mut().item_spacing = vec2(6.0, 6.0);
            let bottom = ui.max_rect().top() + height;
            contents(ui, engine, session, palette, importing, bottom - ui.cursor().top(), commands);
        });
    });
}

/// What the columns hold and what would happen, or why nothing would.
fn contents(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    importing: &mut Importing,
    height: f32,
    commands: &mut Vec<Command>,
) {
    let top = ui.cursor().top();
    columns::show(ui, engine, session, palette, commands);
    if let Some(problem) = session.import().problem() {
        let style = TextStyle { color: palette.error, ..palette.words(14.0) };
        label(ui, engine, Id::unique("import problem"), &problem, &style, ui.available_width());
        return;
    }
    let left = height - (ui.cursor().top() - top);
    planned::show(ui, engine, session, palette, &mut importing.shown, left.max(120.0));
}

/// Asks for a path, as long as there is no file.
fn choose_file(
    ui: &mut Ui,
    engine: &mut TextEngine,
    session: &Session,
    palette: &Palette,
    (line, gives_focus): (&mut Line, bool),
    dialogs: &mut Dialogs,
    commands: &mut Vec<Command>,
) {
    let width = ui.available_width();
    let words =
        "TBX, CSV, TSV, Excel or a glossary of OmegaT. Nothing is changed before you have seen what would happen.";
    label(ui, engine, Id::unique("import words"), words, &palette.words(13.5), width);
    let enter = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    line.show(ui, engine, palette, "File", "Path of a file; you can also drop it on the window", gives_focus);
    let problem = session.import().problem().unwrap_or_default();
    let style = TextStyle { color: palette.error, ..palette.words(13.0) };
    label(ui, engine, Id::unique("import problem"), &problem, &style, width);
    ui.add_space(4.0);
    footer(ui, |ui| {
        let ready = !line.text().trim().is_empty() && !session.import().is_reading();
        if primary(ui, "Look at it", ready, palette).clicked() || (enter && ready) {
            commands.push(Command::ImportFile(PathBuf::from(line.text().trim())));
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseSheet);
        }
        if dialogs.available() && ui.button("Browse…").clicked() {
            dialogs.ask(Wanted::Glossary);
        }
        if session.import().is_reading() {
            ui.add(Spinner::new().size(16.0).color(palette.accent));
        }
    });
}

fn foot(
    ui: &mut Ui,
    session: &Session,
    palette: &Palette,
    importing: &mut Importing,
    dialogs: &mut Dialogs,
    enter: bool,
    commands: &mut Vec<Command>,
) {
    let ready = session.can(&Command::Import);
    let settled = !session.import().is_working();
    let wants_focus = importing.wants_focus && settled && ui.is_enabled() && !ui.is_sizing_pass();
    importing.wants_focus &= !wants_focus;
    footer(ui, |ui| {
        let response = primary(ui, Command::Import.label(), ready, palette).on_hover_text(Command::Import.tooltip());
        if wants_focus && ready {
            response.request_focus();
        }
        if response.clicked() || (enter && ready) {
            commands.push(Command::Import);
        }
        if ui.button("Cancel").clicked() {
            commands.push(Command::CloseSheet);
        }
        if !settled {
            ui.add(Spinner::new().size(16.0).color(palette.accent));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let other = ui.button("Another file…");
            if wants_focus && !ready {
                other.request_focus();
            }
            if other.clicked() && dialogs.available() {
                dialogs.ask(Wanted::Glossary);
            } else if other.clicked() {
                commands.push(Command::ImportGlossary);
            }
        });
    });
}
