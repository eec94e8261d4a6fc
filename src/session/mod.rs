//! The application without pixels: commands in, state out.
//!
//! A [`Session`] holds the open article and everything around it. [`Session::run`] is the only way to want
//! something, [`Session::tick`] takes in what background jobs have done, and the rest is read access for
//! whoever draws. Nothing here waits, draws, or touches a disk but for the few lines of settings at the start.
//!
//! Start with [`Command`] (what a user can want), then [`Session`]; `document` is the open article, `translating`
//! what is done in it, `opening` and `saving` what is done with its files, `autosave` what survives a crash.

mod adding;
mod autosave;
mod browsing;
mod command;
mod document;
mod encoding;
mod folding;
mod glossary;
mod notice;
mod opening;
mod queue;
mod rewording;
mod saving;
mod sentences;
mod sheet;
mod termbases;
mod terms;
mod transfer;
mod translating;
mod view;
mod words;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub use adding::NewTerm;
pub use command::{Command, Key, Menu, Shortcut};
pub use document::{Progress, SaveState};
pub use notice::{Notice, NoticeKind, reason};
pub use queue::Waiting;
pub use sheet::Sheet;
pub use termbases::ListedTermbase;
pub use terms::NumberedTerm;
pub use transfer::{Import, ImportChoices};
pub use view::Busy;

use adding::Adding;
use browsing::Browsing;
use document::Document;
use glossary::Glossary;
use notice::{Notices, Topic};
use opening::Opening;
use queue::Queue;
use saving::Exporting;
use transfer::Transfer;

use crate::domain::Place;
use crate::jobs::{Decoding, Event, Job, JobError, JobId, Jobs, Opened, Outcome, Source, Ticket, Wake};
use crate::storage::Folders;
use crate::storage::recovery::Recovery;
use crate::storage::settings::{self, Settings};
use crate::storage::web::WebProblem;

/// What a session needs from outside.
pub struct Environment {
    /// Where the program keeps its own files.
    pub folders: Folders,
    /// Called from a background thread when [`Session::tick`] has something to do.
    pub wake: Wake,
}

/// The application without pixels.
pub struct Session {
    folders: Folders,
    work: Work,
    settings: Settings,
    /// Whether the settings changed since they were last written.
    settings_changed: bool,
    document: Option<Document>,
    glossary: Option<Glossary>,
    adding: Adding,
    browsing: Browsing,
    transfer: Transfer,
    sentences: sentences::Reading,
    notices: Notices,
    sheet: Option<Sheet>,
    /// What was asked for, and waits until unsaved changes are dealt with.
    leaving: Option<Command>,
    opening: Option<Opening>,
    /// A page that is not one article, while its links are offered.
    page_of_leads: Option<Opened>,
    queue: Queue,
    /// The address that could not be opened, for another try.
    failed_address: String,
    exporting: Option<Exporting>,
    /// Unsaved work of programs that died, the newest first.
    orphans: Vec<Arc<Recovery>>,
    /// Fonts of the system that were found, until the window takes them.
    fonts: Vec<Vec<u8>>,
    /// Where the caret must be put.
    caret: Option<Place>,
    begun: bool,
    quitting: bool,
}

/// The background threads, and which of the jobs there must not be cut off.
struct Work {
    jobs: Jobs,
    writing: HashSet<JobId>,
}

impl Work {
    fn start(&mut self, job: Job) -> Ticket {
        let writes = job.keeps_order();
        let ticket = self.jobs.start(job);
        if writes {
            self.writing.insert(ticket.id);
        }
        ticket
    }

    fn poll(&mut self) -> Option<Event> {
        let event = self.jobs.poll()?;
        self.writing.remove(&event.id);
        Some(event)
    }
}

impl Session {
    /// A session with nothing open. Background work begins with the first [`tick`](Self::tick), so that an
    /// article which is opened at once comes first.
    pub fn new(environment: Environment) -> Self {
        let Environment { folders, wake } = environment;
        let (settings, warnings) = settings::load(&folders.settings());
        let mut notices = Notices::default();
        if !warnings.is_empty() {
            let warnings: Vec<_> = warnings.iter().map(ToString::to_string).collect();
            notices.warn(Topic::Settings, format!("Some settings were reset: {}.", warnings.join("; ")), &[]);
        }
        Self {
            folders,
            work: Work { jobs: Jobs::new(wake), writing: HashSet::new() },
            settings,
            settings_changed: false,
            document: None,
            glossary: None,
            adding: Adding::default(),
            browsing: Browsing::default(),
            transfer: Transfer::default(),
            sentences: sentences::Reading::default(),
            notices,
            sheet: None,
            leaving: None,
            opening: None,
            page_of_leads: None,
            queue: Queue::default(),
            failed_address: String::new(),
            exporting: None,
            orphans: Vec::new(),
            fonts: Vec::new(),
            caret: None,
            begun: false,
            quitting: false,
        }
    }

    /// Does what the user wants, or begins to. What is not possible at the moment does nothing, or says why.
    pub fn run(&mut self, command: Command) {
        let answered = if command.answers() { self.sheet.take() } else { None };
        if matches!(answered, Some(Sheet::Leads { .. })) {
            self.leave_leads(command == Command::OpenPageAsIs);
        }
        if answered.as_ref().is_some_and(Sheet::is_transfer) {
            self.leave_transfer(&command);
        }
        match command {
            Command::Open => self.sheet = Some(Sheet::Open),
            Command::OpenFolder => self.sheet = Some(Sheet::OpenFolder),
            Command::OpenAddress => self.sheet = Some(Sheet::Address { typed: self.failed_address.clone() }),
            Command::TogglePrivateAddresses => {
                self.set(|settings| settings.allow_private_addresses = !settings.allow_private_addresses);
            }
            Command::OpenThese(sources) => self.open_these(sources),
            Command::OpenClipboard => self.open(Source::Clipboard),
            Command::OpenSample => self.open(Source::Sample),
            Command::OpenNext => self.open_next(),
            Command::ShowQueue => self.sheet = Some(Sheet::Queue),
            Command::Unqueue(source) => self.queue.remove(&source),
            Command::ClearQueue => self.queue.clear(),
            Command::Save | Command::SaveFirst => self.save(),
            Command::SaveAs => self.ask_where_to_save(),
            Command::SaveTo(path) => self.save_as(&path),
            Command::Export => self.ask_what_to_export(),
            Command::ExportTo { format, path } => self.export_as(format, &path),
            Command::Close => self.close(),
            Command::Quit => self.quit(),
            Command::DropChanges => self.drop_changes(),
            Command::Overwrite => self.overwrite(answered),
            Command::CloseSheet => self.leaving = None,
            Command::ShowEncodings => self.ask_for_encoding(),
            Command::ReadAs(encoding) => self.read_as(Decoding::As(encoding)),
            Command::Unscramble => self.read_as(Decoding::Unscrambled),
            Command::RestoreRecovery => self.restore_recovery(),
            Command::DiscardRecovery => self.discard_recovery(),
            Command::AddTerm => self.add_term(),
            Command::FindSame(arabic) => self.find_same(arabic),
            Command::SaveTerm(term) => self.save_term(term),
            Command::SelectSource(place) => self.select_source(place),
            Command::ShowGlossary => self.show_glossary(),
            Command::Browse(search) => self.browse(search),
            Command::ReadHistory(id) => self.read_history(id),
            Command::RestoreConcept(rev) => self.restore_concept(rev),
            Command::MergeConcepts(ids) => self.merge(&ids),
            Command::EditConcepts(concepts) => self.edit(concepts),
            Command::DeleteConcepts(ids) => self.delete(ids),
            Command::ReadGlossary => self.read_glossary(),
            Command::SetGlossaryAside => self.set_glossary_aside(),
            Command::UndoGlossary => self.undo_glossary(),
            Command::ShowChanges => self.show_changes(),
            Command::UndoChange(change) => self.undo_change(change),
            Command::ShowRewordings => self.show_rewordings(),
            Command::Reword(chosen) => self.reword(chosen),
            Command::ShowTermbases => self.sheet = Some(Sheet::Termbases),
            Command::AddTermbase(path) => self.add_termbase(&path),
            Command::BeginTermbase(path) => self.begin_termbase(&path),
            Command::RemoveTermbase(path) => self.remove_termbase(&path),
            Command::ToggleTermbase(path) => self.toggle_termbase(&path),
            Command::RaiseTermbase(path) => self.raise_termbase(&path),
            Command::ToggleStarter => self.toggle_starter(),
            Command::ImportGlossary
            | Command::ImportFile(_)
            | Command::ChooseImport(_)
            | Command::Import
            | Command::ExportGlossary { .. }
            | Command::ExportGlossaryTo { .. } => self.run_transfer(command),
            Command::ToggleTheme => self.set(|settings| settings.theme = view::next_theme(settings.theme)),
            Command::SetTheme(theme) => self.set(|settings| settings.theme = theme),
            Command::ZoomIn => self.set(|settings| settings.zoom = view::larger(settings.zoom)),
            Command::ZoomOut => self.set(|settings| settings.zoom = view::smaller(settings.zoom)),
            Command::ZoomReset => self.set(|settings| settings.zoom = 1.0),
            Command::ToggleSentences => self.toggle_sentences(),
            Command::TogglePluralGuesses => self.toggle_plural_guesses(),
            Command::SwapPanes => self.set(|settings| settings.panes_swapped = !settings.panes_swapped),
            Command::KeepWindow(size) => self.set(|settings| settings.window = Some(size)),
            Command::ShowShortcuts => self.sheet = Some(Sheet::Shortcuts),
            Command::DismissNotice => self.notices.dismiss_newest(),
            Command::CancelWork => self.cancel_work(),
            in_article => self.run_in_article(in_article),
        }
    }

    /// Takes in what background jobs have done and starts what is due. Returns when to call it again even if
    /// nobody wakes it; `None` while there is nothing to wait for.
    pub fn tick(&mut self, now: Instant) -> Option<Duration> {
        if !self.begun {
            self.begun = true;
            self.read_glossary();
            self.work.start(Job::FindRecoveries(self.folders.clone()));
            self.read_sentence_rules();
        }
        while let Some(event) = self.work.poll() {
            self.take_in(event, now);
        }
        self.find_alternatives();
        self.write_settings();
        let autosave = self.autosave(now);
        let notices = self.notices.tick(now);
        autosave.into_iter().chain(notices).min()
    }

    /// Begins to look for fonts of the system that have characters which the window cannot draw.
    pub fn find_fonts(&mut self, characters: Vec<char>) {
        self.work.start(Job::FindFonts(characters));
    }

    /// Font files that were found since the last call.
    pub fn take_fonts(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.fonts)
    }

    /// Whether the window may go: the user wants it, and everything is written.
    pub fn should_close(&self) -> bool {
        self.quitting && self.work.writing.is_empty()
    }

    fn take_in(&mut self, Event { id, result }: Event, now: Instant) {
        match result {
            Ok(Outcome::Opened(opened)) => self.opened(id, opened),
            Ok(Outcome::Progress { done, total }) => self.arriving(id, done, total),
            Ok(Outcome::Previews(previews)) => self.previewed(id, previews),
            Ok(Outcome::Reread(opened)) => self.reread(id, opened),
            Ok(Outcome::Several { sources, cut_short }) => self.several(id, sources, cut_short),
            Ok(Outcome::Saved { stamp }) => self.saved(id, stamp),
            Ok(Outcome::Exported(exported)) => self.exported(id, &exported),
            Ok(Outcome::Glossary(read)) => self.glossary_read(*read),
            Ok(Outcome::GlossaryChecked { differs }) => self.glossary_checked(differs),
            Ok(Outcome::GlossaryChanged(written)) => self.glossary_changed(id, written),
            Ok(Outcome::GlossaryProgress(done)) => self.glossary_changing(id, done),
            Ok(Outcome::GlossaryFileRead(file)) => self.import_read(id, file),
            Ok(Outcome::ImportPlanned(plan)) => self.import_planned(id, plan),
            Ok(Outcome::GlossaryExported(exported)) => self.glossary_exported(id, exported),
            Ok(Outcome::Alternatives(found)) => self.found_alternatives(id, found),
            Ok(Outcome::Browsed(browsed)) => self.show_browsed(id, browsed),
            Ok(Outcome::History(versions)) => self.history_read(id, versions),
            Ok(Outcome::Changes(changes)) => self.changes_read(id, changes),
            Ok(Outcome::Same(same)) => self.found_same(id, same),
            Ok(Outcome::GlossarySetAside(aside)) => self.glossary_set_aside(&aside),
            Ok(Outcome::SentenceRules(rules)) => self.sentence_rules_read(*rules),
            Ok(Outcome::Recognised { matches, finished }) => self.recognised(id, matches, finished),
            Ok(Outcome::RecoveryStarted(recovery)) => self.recovery_started(id, recovery),
            Ok(Outcome::Journalled) => self.journalled(id),
            Ok(Outcome::Recoveries(found)) => self.found_recoveries(found),
            Ok(Outcome::Restored { project, warnings }) => self.restored(id, project, &warnings),
            Ok(Outcome::Fonts(fonts)) => self.fonts.extend(fonts),
            Ok(
                Outcome::RecoveryDiscarded
                | Outcome::SettingsSaved
                | Outcome::IndexUpdated
                | Outcome::ListingUpdated
                | Outcome::UseCounted
                | Outcome::Dropped,
            ) => (),
            Err(error) => self.failed(id, &error, now),
        }
    }

    fn failed(&mut self, id: JobId, error: &JobError, now: Instant) {
        tracing::warn!("a job failed: {error}");
        if matches!(error, JobError::Web(error) if error.problem == WebProblem::Cancelled) {
            return;
        }
        let known = self.save_failed(id, error)
            || self.open_failed(id, error)
            || self.reread_failed(id, error)
            || self.export_failed(id, error)
            || self.glossary_failed(id, error)
            || self.browse_failed(id, error)
            || self.transfer_failed(id, error)
            || self.autosave_failed(id, error, now);
        if !known {
            // Nothing that the user asked for, and nothing of theirs is touched by it.
            let message = format!("Something in the background did not work: {}.", notice::reason(error));
            self.notices.warn(Topic::Background, message, &[]);
        }
    }

    fn set(&mut self, change: impl FnOnce(&mut Settings)) {
        let before = self.settings.clone();
        change(&mut self.settings);
        self.settings_changed |= self.settings != before;
    }

    fn write_settings(&mut self) {
        // Without a window nobody sees the session between two ticks, so one write takes in all that came before.
        if std::mem::take(&mut self.settings_changed) {
            let job = Job::SaveSettings { path: self.folders.settings(), settings: self.settings.clone() };
            self.work.start(job);
        }
    }
}
