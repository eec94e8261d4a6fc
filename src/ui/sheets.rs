//! Questions that stand before the article until they are answered.

use std::path::{Path, PathBuf};

use egui::{
    Align, Button, Frame, Grid, Id, Key, Layout, Margin, Modal, Response, RichText, ScrollArea, Stroke, Ui, vec2,
};

use super::adding::Typed;
use super::dialogs::{Dialogs, Wanted};
use super::exporting::{self, Exporting};
use super::glossary::{self, Browser};
use super::importing::{self, Importing};
use super::leads::{self, Choosing};
use super::line::Line;
use super::rewordings::{self, Reviewing};
use super::text::{TextEngine, TextStyle, label};
use super::theme::Palette;
use super::{adding, encoding, queue, termbases};
use crate::jobs::{ExportFormat, Source};
use crate::session::{Command, Session, Sheet};

const WIDTH: f32 = 460.0;
const WIDE: f32 = 540.0;
const WIDER: f32 = 640.0;
const WIDEST: f32 = 1060.0;
/// The least between a sheet and the edge of the window.
const EDGE: f32 = 40.0;

/// What the sheets remember while one is open.
pub(super) struct Sheets {
    /// The sheet that the others are for.
    sheet: Option<Sheet>,
    /// A path or an address.
    line: Line,
    format: ExportFormat,
    choosing: Choosing,
    typed: Typed,
    browser: Browser,
    reviewing: Reviewing,
    importing: Importing,
    exporting: Exporting,
    wants_focus: bool,
}

impl Default for Sheets {
    fn default() -> Self {
        let (line, choosing, typed, browser, reviewing) = Default::default();
        let (importing, exporting) = Default::default();
        let format = ExportFormat::Tmx;
        Self {
            sheet: None,
            line,
            format,
            choosing,
            typed,
            browser,
            reviewing,
            importing,
            exporting,
            wants_focus: false,
        }
    }
}

impl Sheets {
    /// The sheet that was drawn last, if one was.
    pub(super) fn shown(&self) -> Option<&Sheet> {
        self.sheet.as_ref()
    }

    /// Whether what is typed reaches this sheet, or what stands behind where there is none.
    pub(super) fn take_keys_for(&self, sheet: Option<&Sheet>) -> bool {
        self.shown() == sheet && (sheet.is_none() || !self.wants_focus)
    }

    /// Draws the sheet that is open, if any, and adds the answer.
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        session: &Session,
        palette: &Palette,
        dialogs: &mut Dialogs,
        commands: &mut Vec<Command>,
    ) {
        if self.sheet.as_ref() != session.sheet() {
            self.start(session);
            if session.sheet() == Some(&Sheet::Rewordings) {
                self.reviewing = Reviewing::new(session.rewordings());
            }
            if let Some(sheet) = session.sheet()
                && let Some(wanted) = wanted(sheet, self.format)
                && !matches!(sheet, Sheet::Export { .. })
                && !session.import().is_reading()
            {
                dialogs.ask(wanted);
            }
        }
        let Some(sheet) = session.sheet().filter(|_| !dialogs.is_open()) else { return };
        let frame = Frame::popup(ui.style()).inner_margin(Margin::same(18));
        let response = Modal::new(Id::unique("sheet"))
            .frame(frame)
            .backdrop_color(palette.ink.gamma_multiply(0.25))
            .show(ui.ctx(), |ui| {
                let width = match sheet {
                    Sheet::Glossary => WIDEST,
                    Sheet::ImportGlossary if session.import().file().is_some() => WIDEST,
                    Sheet::Shortcuts | Sheet::Queue | Sheet::Leads { .. } | Sheet::Encoding | Sheet::ImportGlossary => {
                        WIDE
                    }
                    Sheet::Termbases | Sheet::Rewordings | Sheet::GlossaryChanges => WIDER,
                    _ => WIDTH,
                };
                ui.set_width(width.min(ui.ctx().content_rect().width() - 2.0 * EDGE));
                let title = TextStyle { bold: true, ..palette.words(17.0) };
                label(ui, engine, Id::unique("sheet title"), &sheet.title(), &title, ui.available_width());
                if !sheet.message().is_empty() {
                    label(
                        ui,
                        engine,
                        Id::unique("sheet message"),
                        sheet.message(),
                        &palette.words(14.0),
                        ui.available_width(),
                    );
                }
                ui.add_space(6.0);
                match sheet {
                    Sheet::Open | Sheet::OpenFolder | Sheet::SaveAs { .. } | Sheet::Export { .. } => {
                        self.path_form(ui, engine, palette, sheet, dialogs, commands);
                    }
                    Sheet::Address { .. } => self.address_form(ui, engine, session, palette, commands),
                    Sheet::Leads { .. } => {
                        let focus = self.gives_focus(ui);
                        leads::show(ui, engine, session, palette, &mut self.choosing, focus, commands);
                    }
                    Sheet::Encoding => {
                        // They come a moment after the sheet.
                        let focus = !session.previews().is_empty() && self.gives_focus(ui);
                        encoding::list(ui, engine, session, palette, focus, commands);
                    }
                    Sheet::Queue => queue::list(ui, engine, session, palette, self.gives_focus(ui), commands),
                    Sheet::AddTerm(_) => {
                        let focus = self.gives_focus(ui);
                        adding::show(ui, engine, session, palette, &mut self.typed, focus, commands);
                    }
                    Sheet::Glossary => {
                        let focus = self.gives_focus(ui);
                        glossary::show(ui, engine, session, palette, &mut self.browser, focus, commands);
                    }
                    Sheet::Termbases => {
                        let focus = self.gives_focus(ui);
                        let state = (&mut self.line, focus);
                        termbases::show(ui, engine, session, palette, state, dialogs, commands);
                    }
                    Sheet::GlossaryChanges => {
                        let focus = self.gives_focus(ui);
                        glossary::changes(ui, engine, session, palette, focus, commands);
                    }
                    Sheet::Rewordings => {
                        let focus = self.gives_focus(ui);
                        rewordings::show(ui, engine, session, palette, &mut self.reviewing, focus, commands);
                    }
                    Sheet::ImportGlossary => {
                        let focus = self.gives_focus(ui);
                        let state = (&mut self.importing, &mut self.line, focus);
                        importing::show(ui, engine, session, palette, state, dialogs, commands);
                    }
                    Sheet::ExportGlossary { .. } => {
                        let focus = self.gives_focus(ui);
                        let state = (&mut self.exporting, &mut self.line, focus);
                        exporting::show(ui, engine, session, palette, state, dialogs, commands);
                    }
                    Sheet::Shortcuts => shortcuts(ui, palette, self.gives_focus(ui), commands),
                    _ => answers(ui, palette, sheet.answers(), self.gives_focus(ui), commands),
                }
            });
        if response.should_close() {
            self.browser.leave(commands);
            commands.push(Command::CloseSheet);
        }
    }

    fn start(&mut self, session: &Session) {
        let sheet = session.sheet();
        self.sheet = sheet.cloned();
        if let Some(sheet) = sheet {
            self.exporting.start(sheet, session.termbase());
        }
        let path = match sheet {
            Some(Sheet::Address { typed }) => typed.clone(),
            Some(Sheet::SaveAs { suggested }) => suggested.to_string_lossy().into_owned(),
            Some(Sheet::ExportGlossary { suggested, .. }) => {
                self.exporting.path(suggested).to_string_lossy().into_owned()
            }
            Some(Sheet::Export { suggested }) => self.format.path(suggested).to_string_lossy().into_owned(),
            _ => String::new(),
        };
        self.line = match sheet {
            Some(Sheet::Address { .. }) => Line::selected(path),
            _ => Line::new(path),
        };
        self.choosing = Choosing::default();
        self.importing = Importing::default();
        // What was searched for in the glossary is still there when it is shown again.
        if !sheet.is_some_and(|sheet| *sheet == Sheet::Glossary || sheet.is_transfer()) {
            self.browser = Browser::default();
        }
        self.typed = match sheet {
            Some(Sheet::AddTerm(term)) => Typed::new(term),
            _ => Typed::default(),
        };
        self.wants_focus = true;
    }

    /// Shows a path that was chosen in a file dialog.
    pub(super) fn set_path(&mut self, path: Option<&PathBuf>) {
        if let Some(path) = path {
            self.line = Line::new(path.to_string_lossy().into_owned());
        }
    }

    /// Changes the format, and with it the extension unless that is the person's own.
    fn set_format(&mut self, format: ExportFormat) {
        if let Some(stem) = self.line.text().strip_suffix(&format!(".{}", self.format.extensions()[0])) {
            let path = format.path(Path::new(stem));
            self.line = Line::new(path.to_string_lossy().into_owned());
        }
        self.format = format;
    }

    /// A path to write or to choose, and for exports a format.
    fn path_form(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        palette: &Palette,
        sheet: &Sheet,
        dialogs: &mut Dialogs,
        commands: &mut Vec<Command>,
    ) {
        if matches!(sheet, Sheet::Export { .. }) {
            ui.horizontal(|ui| {
                for format in ExportFormat::ALL {
                    if ui.selectable_label(self.format == format, format.label()).clicked() {
                        self.set_format(format);
                    }
                }
            });
            ui.add_space(4.0);
        }
        let enter = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
        let hint = if *sheet == Sheet::OpenFolder { "Path of a folder" } else { "Path of a file" };
        let focus = self.gives_focus(ui);
        self.line.show(ui, engine, palette, "File", hint, focus);
        ui.add_space(8.0);
        footer(ui, |ui| {
            let word = match sheet {
                Sheet::Open | Sheet::OpenFolder => "Open",
                Sheet::SaveAs { .. } => "Save",
                _ => "Export",
            };
            let ready = !self.line.text().trim().is_empty();
            if primary(ui, word, ready, palette).clicked() || (enter && ready) {
                commands.extend(self.answer(sheet));
            }
            if ui.button("Cancel").clicked() {
                commands.push(Command::CloseSheet);
            }
            if dialogs.available()
                && ui.button("Browse…").clicked()
                && let Some(wanted) = wanted(sheet, self.format)
            {
                dialogs.ask(wanted);
            }
        });
    }

    /// An address to open, what is wrong with it, and which may be opened.
    fn address_form(
        &mut self,
        ui: &mut Ui,
        engine: &mut TextEngine,
        session: &Session,
        palette: &Palette,
        commands: &mut Vec<Command>,
    ) {
        let enter = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::Enter));
        let focus = self.gives_focus(ui);
        self.line.show(ui, engine, palette, "Address", "https://example.org/news", focus);
        let problem = session.problem_with_address(self.line.text());
        let told = problem.clone().filter(|_| !self.line.text().trim().is_empty()).unwrap_or_default();
        let style = TextStyle { color: palette.warning, ..palette.words(12.5) };
        label(ui, engine, Id::unique("address problem"), &told, &style, ui.available_width());
        let private = Command::TogglePrivateAddresses;
        let mut allowed = session.settings().allow_private_addresses;
        if tick(ui, palette, &mut allowed, private.label()).on_hover_text(private.tooltip()).changed() {
            commands.push(private);
        }
        ui.add_space(8.0);
        footer(ui, |ui| {
            let ready = problem.is_none();
            if primary(ui, "Open", ready, palette).clicked() || (enter && ready) {
                commands.push(Command::OpenThese(vec![Source::Address(self.line.text().trim().to_owned())]));
            }
            if ui.button("Cancel").clicked() {
                commands.push(Command::CloseSheet);
            }
        });
    }

    /// Whether the first thing to answer with gets the focus now: once, and not while a new sheet is being measured,
    /// when nothing in it can have it.
    fn gives_focus(&mut self, ui: &Ui) -> bool {
        let now = self.wants_focus && ui.is_enabled() && !ui.is_sizing_pass();
        self.wants_focus &= !now;
        now
    }

    fn answer(&self, sheet: &Sheet) -> Option<Command> {
        let path = PathBuf::from(self.line.text().trim());
        match sheet {
            Sheet::Open | Sheet::OpenFolder => Some(Command::OpenThese(vec![path.into()])),
            Sheet::SaveAs { .. } => Some(Command::SaveTo(path)),
            Sheet::Export { .. } => Some(Command::ExportTo { format: self.format, path }),
            _ => None,
        }
    }
}

/// The command that a file dialog's choice answers a sheet with.
pub(super) fn chosen(sheet: Option<&Sheet>, format: ExportFormat, paths: Vec<PathBuf>) -> Option<Command> {
    let first = paths.first()?.clone();
    match sheet? {
        Sheet::ImportGlossary => Some(Command::ImportFile(first)),
        Sheet::Termbases => Some(Command::AddTermbase(first)),
        Sheet::Open | Sheet::OpenFolder => Some(Command::OpenThese(paths.into_iter().map(Into::into).collect())),
        Sheet::SaveAs { .. } => Some(Command::SaveTo(first)),
        Sheet::Export { .. } => Some(Command::ExportTo { format, path: first }),
        _ => None,
    }
}

fn wanted(sheet: &Sheet, format: ExportFormat) -> Option<Wanted> {
    let beside = |path: &Path| path.parent().filter(|folder| folder.is_dir()).map(Path::to_path_buf);
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    match sheet {
        Sheet::Open => Some(Wanted::Open),
        Sheet::OpenFolder => Some(Wanted::Folder),
        Sheet::ImportGlossary => Some(Wanted::Glossary),
        Sheet::SaveAs { suggested } => {
            Some(Wanted::Save { folder: beside(suggested), name: name(suggested), extensions: &["xlf"], format })
        }
        Sheet::Export { suggested } => Some(Wanted::Save {
            folder: beside(suggested),
            name: name(&format.path(suggested)),
            extensions: format.extensions(),
            format,
        }),
        _ => None,
    }
}

/// The answer that Return gives, with a ring while it has the focus.
pub(super) fn primary(ui: &mut Ui, word: &str, enabled: bool, palette: &Palette) -> Response {
    let button = Button::new(RichText::new(word).color(palette.on_accent)).fill(palette.accent);
    let response = ui.add_enabled(enabled, button.min_size(vec2(84.0, 28.0)));
    if response.has_focus() {
        let ring = response.rect.expand(3.0);
        ui.painter().rect_stroke(ring, 7.0, Stroke::new(2.0, palette.accent), egui::StrokeKind::Inside);
    }
    response
}

/// The answers at the foot of a sheet, the first of them on the right.
pub(super) fn footer(ui: &mut Ui, answers: impl FnOnce(&mut Ui)) {
    // Without a height of its own it would take all that the sheet ever had.
    let size = vec2(ui.available_width(), 32.0);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), answers);
}

/// A box to tick, with its words.
pub(super) fn tick(ui: &mut Ui, palette: &Palette, ticked: &mut bool, words: &str) -> Response {
    outlined(ui, palette, |ui| ui.checkbox(ticked, words))
}

/// Draws what is ticked or chosen with an edge, which egui leaves out on our ground.
pub(super) fn outlined<R>(ui: &mut Ui, palette: &Palette, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().icon_spacing = 7.0;
        let widgets = &mut ui.visuals_mut().widgets;
        for look in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active, &mut widgets.open] {
            (look.bg_stroke, look.bg_fill) = (Stroke::new(1.0, palette.muted), palette.field);
            look.weak_bg_fill = palette.field;
        }
        add(ui)
    })
    .inner
}

fn answers(ui: &mut Ui, palette: &Palette, answers: &[Command], gives_focus: bool, commands: &mut Vec<Command>) {
    footer(ui, |ui| {
        for (number, answer) in answers.iter().enumerate() {
            let response =
                if number == 0 { primary(ui, answer.label(), true, palette) } else { ui.button(answer.label()) };
            let response = response.on_hover_text(answer.tooltip());
            if number == 0 && gives_focus {
                response.request_focus();
            }
            if response.clicked() {
                commands.push(answer.clone());
            }
        }
    });
}

fn shortcuts(ui: &mut Ui, palette: &Palette, gives_focus: bool, commands: &mut Vec<Command>) {
    ScrollArea::vertical().max_height(ui.ctx().content_rect().height() * 0.7).show(ui, |ui| {
        Grid::new("shortcuts").num_columns(2).spacing(vec2(24.0, 4.0)).show(ui, |ui| {
            for menu in Command::LISTED.chunk_by(|a, b| a.menu() == b.menu()) {
                ui.label(RichText::new(menu[0].menu().label()).color(palette.muted));
                ui.end_row();
                for command in menu {
                    let Some(shortcut) = command.shortcut() else { continue };
                    ui.label(RichText::new(shortcut.to_string()).color(palette.accent));
                    ui.label(command.label()).on_hover_text(command.tooltip());
                    ui.end_row();
                }
            }
        });
    });
    ui.add_space(6.0);
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
