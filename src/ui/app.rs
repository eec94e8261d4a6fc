//! The window: one frame draws every panel, collects what the user wants and hands it to the session.

use std::path::PathBuf;
use std::time::Instant;

use egui::{
    CentralPanel, Context, Event, Frame, Id, Margin, Memory, Panel, RawInput, SurrenderFocusOn, Theme, ThemePreference,
    Ui, ViewportCommand,
};

use super::dialogs::{Answer, Dialogs};
use super::rows::Rows;
use super::sheets::{self, Sheets};
use super::text::{Selection, TextEngine};
use super::theme::{self, Palette};
use super::{drop_zone, empty, notices, queue, shortcuts, status, terms, toolbar};
use crate::jobs::Source;
use crate::session::{Command, Environment, Session, Sheet};
use crate::storage::settings::{self, WindowSize};

/// Below this width, in points, the terms stand beneath the rows instead of beside them.
const WIDTH_FOR_SIDE_PANEL: f32 = 900.0;
const SIDE_PANEL: f32 = 300.0;
/// In pixels.
const GLYPH_TEXTURE_SIDE: usize = 2048;
const TERMS_BENEATH: f32 = 180.0;

/// The program as egui draws it.
pub struct App {
    session: Session,
    engine: TextEngine,
    rows: Rows,
    sheets: Sheets,
    dialogs: Dialogs,
    title: String,
    /// Whether the system wants the window closed, and nobody has seen to it.
    asked_to_close: bool,
    /// Typed behind the key of a command, for the next frame.
    held_back: Vec<Event>,
    /// While a question stands before the article: what it keeps from the keyboard.
    behind_sheet: Option<Behind>,
    first_frame: FirstFrame,
}

/// What a question stands before.
struct Behind {
    /// The field that had the focus.
    field: Option<Id>,
}

/// Whether the first article has come onto the screen, for the log.
#[derive(PartialEq)]
enum FirstFrame {
    Awaited,
    Drawn,
    Logged,
}

impl App {
    /// A window on a session that begins with `wishes`.
    pub fn new(ctx: &Context, environment: Environment, wishes: Vec<Command>) -> Self {
        let mut session = Session::new(environment);
        for wish in wishes {
            session.run(wish);
        }
        Self::on(ctx, session)
    }

    /// A window on a session that has begun already.
    pub(super) fn on(ctx: &Context, session: Session) -> Self {
        theme::install(ctx);
        ctx.options_mut(|options| {
            options.zoom_with_keyboard = false;
            // Whoever clicks a button goes on typing where they were.
            options.input_options.surrender_focus_on = SurrenderFocusOn::Never;
        });
        Self {
            session,
            engine: TextEngine::default(),
            rows: Rows::default(),
            sheets: Sheets::default(),
            dialogs: Dialogs::new(ctx.clone()),
            title: String::new(),
            asked_to_close: false,
            held_back: Vec::new(),
            behind_sheet: None,
            first_frame: FirstFrame::Awaited,
        }
    }

    /// Asks for paths in its own sheets, whatever file dialogs the system has.
    #[must_use]
    pub fn without_file_dialogs(mut self) -> Self {
        self.dialogs.forbid();
        self
    }

    /// What is behind the window.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Does what the user wants, as a menu would.
    pub fn run(&mut self, command: Command) {
        self.session.run(command);
    }

    /// Takes in background work, and that the system wants the window closed; asks to be called again when more is due.
    /// Unlike [`frame`](Self::frame) it is called for a hidden window too.
    pub fn tick(&mut self, ctx: &Context) {
        // A hidden window has no frame that would.
        self.close_if_asked(ctx);
        if ctx.input(|input| input.viewport().close_requested()) && !self.session.should_close() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            ctx.request_repaint();
            self.asked_to_close = true;
        }
        if ctx.input(|input| input.events.contains(&Event::WindowFocused(true))) {
            // Whoever comes back may have been at the glossary elsewhere.
            self.session.look_around();
        }
        if let Some(wait) = self.session.tick(Instant::now()) {
            ctx.request_repaint_after(wait);
        }
        if self.session.should_close() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Draws a frame and does what the user asked for in it.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.log_first_frame(&ctx);
        self.follow_settings(&ctx);
        self.engine.begin_frame(&ctx);
        for font in self.session.take_fonts() {
            self.engine.add_fallback_font(font);
        }
        let palette = Palette::of(ctx.theme());

        let pressed = self.take_key(&ctx);
        let mut commands = Vec::new();
        take_dropped_files(&ctx, self.session.sheet(), &mut commands);
        self.take_dialog_answer(&mut commands);
        self.panels(ui, &palette, &mut commands);
        commands.extend(pressed);

        if !commands.is_empty() || !self.held_back.is_empty() {
            ctx.request_repaint();
        }
        for command in commands {
            match command {
                Command::Quit => self.quit(&ctx),
                other => self.session.run(other),
            }
        }
        self.close_if_asked(&ctx);
        self.follow_sheet(&ctx);
        if let Some(place) = self.session.take_caret() {
            self.rows.go_to(place.unit, Selection::over(place.selection));
            ctx.request_repaint();
        }
        let missing = self.engine.take_missing();
        if !missing.is_empty() {
            self.session.find_fonts(missing);
        }
        self.follow_session(&ctx);
    }

    /// Closes the window if the system wants that, once everything is done that was typed before; or shows what has to
    /// be answered first.
    fn close_if_asked(&mut self, ctx: &Context) {
        if self.asked_to_close && self.held_back.is_empty() {
            self.asked_to_close = false;
            self.quit(ctx);
            if self.session.sheet().is_some() {
                ctx.send_viewport_cmd(ViewportCommand::Minimized(false));
                ctx.send_viewport_cmd(ViewportCommand::Focus);
            }
        }
    }

    /// Begins to close the program; the next one starts with a window of this size.
    fn quit(&mut self, ctx: &Context) {
        let (inner, maximized) = ctx.input(|input| (input.viewport().inner_rect, input.viewport().maximized));
        if let Some(inner) = inner.filter(|_| maximized != Some(true)) {
            let size = inner.size() * ctx.zoom_factor();
            self.session.run(Command::KeepWindow(WindowSize { width: size.x, height: size.y }));
        }
        self.session.run(Command::Quit);
    }

    fn panels(&mut self, ui: &mut Ui, palette: &Palette, commands: &mut Vec<Command>) {
        let Self { session, engine, rows, sheets, dialogs, behind_sheet, .. } = self;
        let bar = |x, y| Frame::NONE.fill(palette.panel).inner_margin(Margin::symmetric(x, y));
        Panel::top("toolbar").frame(bar(8, 3)).show(ui, |ui| toolbar::show(ui, session, palette, commands));
        if !session.queue().is_empty() {
            Panel::top("queue").frame(bar(12, 3)).show(ui, |ui| queue::bar(ui, engine, session, palette, commands));
        }
        Panel::bottom("status")
            .frame(bar(12, 4))
            .exact_size(28.0)
            .show(ui, |ui| status::show(ui, engine, session, palette, commands));
        if session.project().is_some() {
            let beside = ui.available_width() >= WIDTH_FOR_SIDE_PANEL;
            let panel = if beside {
                Panel::right("terms").exact_size(SIDE_PANEL)
            } else {
                Panel::bottom("terms beneath").exact_size(TERMS_BENEATH.min(ui.available_height() * 0.3))
            };
            panel.resizable(false).frame(bar(12, 0)).show(ui, |ui| terms::show(ui, engine, session, palette, commands));
        }
        CentralPanel::default().frame(Frame::NONE.fill(palette.paper)).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            notices::show(ui, engine, session, palette, commands);
            if session.project().is_some() {
                rows.show(ui, engine, session, palette, commands);
            } else {
                empty::show(ui, engine, session, palette, commands);
            }
        });
        drop_zone::show(ui.ctx(), engine, palette);
        if behind_sheet.is_some() {
            sheets.show(ui, engine, session, palette, dialogs, commands);
        }
    }

    /// The key of a command, if one was pressed; what may be meant for somewhere else waits for the next frame.
    fn take_key(&mut self, ctx: &Context) -> Option<Command> {
        shortcuts::go_on(ctx, &mut self.held_back);
        if self.behind_sheet.is_none() {
            return shortcuts::take(ctx, &self.session, &mut self.held_back);
        }
        if self.dialogs.is_open() || self.sheets.take_keys_for(self.session.sheet()) {
            shortcuts::hold_back_behind_answer(ctx, &mut self.held_back);
        } else {
            // Whoever has the keyboard after a question comes or goes has it only then.
            shortcuts::hold_back_all(ctx, &mut self.held_back);
        }
        None
    }

    /// Takes the keyboard from the article before a question stands before it, and gives it back afterwards.
    fn follow_sheet(&mut self, ctx: &Context) {
        match self.behind_sheet {
            None if self.session.sheet().is_some() => {
                self.behind_sheet = Some(Behind { field: ctx.memory(Memory::focused) });
                ctx.memory_mut(Memory::stop_text_input);
            }
            // egui gives no focus to what stood behind a modal a frame ago.
            Some(Behind { field }) if self.session.sheet().is_none() && self.sheets.shown().is_none() => {
                self.behind_sheet = None;
                ctx.memory_mut(|memory| field.map(|field| memory.request_focus(field)));
            }
            _ => return,
        }
        ctx.request_repaint();
    }

    fn take_dialog_answer(&mut self, commands: &mut Vec<Command>) {
        match self.dialogs.poll() {
            Some(Answer::Chosen(paths, _)) if matches!(self.session.sheet(), Some(Sheet::ExportGlossary { .. })) => {
                self.sheets.set_path(paths.first());
            }
            Some(Answer::Chosen(paths, format)) => {
                commands.extend(sheets::chosen(self.session.sheet(), format, paths));
            }
            // The file that was chosen before, or the path that is typed, stays.
            Some(Answer::Cancelled)
                if self.session.import().file().is_some()
                    || matches!(self.session.sheet(), Some(Sheet::ExportGlossary { .. } | Sheet::Termbases)) => {}
            Some(Answer::Cancelled) => commands.push(Command::CloseSheet),
            // The sheet itself takes a path instead.
            Some(Answer::Unavailable) | None => (),
        }
    }

    /// A frame is on the screen once the next one begins, so with the log on there is one frame more.
    fn log_first_frame(&mut self, ctx: &Context) {
        match self.first_frame {
            FirstFrame::Awaited if self.session.project().is_some() => {
                self.first_frame = FirstFrame::Drawn;
                if tracing::enabled!(tracing::Level::INFO) {
                    ctx.request_repaint();
                }
            }
            FirstFrame::Drawn => {
                self.first_frame = FirstFrame::Logged;
                tracing::info!("the article is on the screen");
            }
            FirstFrame::Awaited | FirstFrame::Logged => (),
        }
    }

    fn follow_settings(&self, ctx: &Context) {
        let preference = match self.session.settings().theme {
            settings::Theme::System => ThemePreference::System,
            settings::Theme::Light => ThemePreference::Light,
            settings::Theme::Dark => ThemePreference::Dark,
        };
        ctx.options_mut(|options| {
            options.theme_preference = preference;
            options.fallback_theme = Theme::Light;
        });
        ctx.set_zoom_factor(self.session.settings().zoom);
    }

    fn follow_session(&mut self, ctx: &Context) {
        let title = self.session.title();
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _frame: &mut eframe::Frame) {
        self.tick(ctx);
    }

    /// egui makes its own glyph texture as wide as the GPU allows, which is megabytes for a few English words.
    fn raw_input_hook(&mut self, _ctx: &Context, raw_input: &mut RawInput) {
        raw_input.max_texture_side = Some(GLYPH_TEXTURE_SIDE);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}

/// Opens what is dropped, or imports it where that is what somebody means: a TBX, or any file before the glossary.
fn take_dropped_files(ctx: &Context, sheet: Option<&Sheet>, commands: &mut Vec<Command>) {
    let dropped = ctx.input(|input| input.raw.dropped_files.clone());
    let paths = dropped.iter().map(|file| file.path().to_path_buf());
    let before_glossary = matches!(sheet, Some(Sheet::Glossary | Sheet::ImportGlossary));
    let is_tbx = |path: &PathBuf| path.extension().is_some_and(|end| end.eq_ignore_ascii_case("tbx"));
    let (glossaries, articles): (Vec<_>, Vec<_>) = paths.partition(|path| before_glossary || is_tbx(path));
    if !articles.is_empty() {
        commands.push(Command::OpenThese(articles.into_iter().map(Source::from).collect()));
    }
    commands.extend(glossaries.into_iter().next().map(Command::ImportFile));
}
