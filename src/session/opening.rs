//! Opening and closing articles, and bringing unsaved work back.

use std::sync::Arc;

use super::autosave::Autosave;
use super::document::{Document, WorkingFile};
use super::notice::{Topic, named, reason};
use super::{Command, Session, Sheet};
use crate::domain::Project;
use crate::formats::Warning;
use crate::jobs::{Came, Job, JobError, JobId, Opened, Source, Ticket};
use crate::storage::recovery::Recovery;

/// An article on its way.
pub(super) struct Opening {
    pub(super) ticket: Ticket,
    pub(super) what: Wanted,
    /// How much of a page is here, and of how much, in bytes.
    pub(super) arrived: Option<(u64, Option<u64>)>,
}

/// What is to be opened.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Source(Source),
    /// Unsaved work.
    Recovery(Arc<Recovery>),
}

impl Wanted {
    /// What it is called, for a sentence.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Source(source) => named(source),
            Self::Recovery(recovery) => format!("“{}”", recovery.belongs().name),
        }
    }

    /// Asks for it again.
    fn command(&self) -> Command {
        match self {
            Self::Source(source) => Command::OpenThese(vec![source.clone()]),
            Self::Recovery(_) => Command::RestoreRecovery,
        }
    }
}

impl Session {
    pub(super) fn open(&mut self, source: Source) {
        self.queue.note_problem(&source, None);
        let allow_private = self.settings.allow_private_addresses;
        self.begin_opening(Wanted::Source(source.clone()), Job::Open { source, allow_private });
    }

    pub(super) fn restore_recovery(&mut self) {
        let Some(recovery) = self.orphans.first().cloned() else { return };
        self.begin_opening(Wanted::Recovery(Arc::clone(&recovery)), Job::Restore(recovery));
    }

    fn begin_opening(&mut self, what: Wanted, job: Job) {
        if self.may_leave(&what.command()) {
            if let Some(before) = self.opening.take() {
                before.ticket.cancel();
            }
            let ticket = self.work.start(job);
            self.opening = Some(Opening { ticket, what, arrived: None });
        }
    }

    /// The article that a job was to open, unless the user wants another one by now, or has written something
    /// meanwhile that must be dealt with first.
    fn arrived(&mut self, id: JobId) -> Option<Opening> {
        let opening = self.opening.take_if(|opening| opening.ticket.id == id)?;
        self.may_leave(&opening.what.command()).then_some(opening)
    }

    /// Takes in that a part of a page is here.
    pub(super) fn arriving(&mut self, id: JobId, done: u64, total: Option<u64>) {
        if let Some(opening) = self.opening.as_mut().filter(|opening| opening.ticket.id == id) {
            opening.arrived = Some((done, total));
        }
    }

    /// Takes in that there is not one article behind a source but several.
    pub(super) fn several(&mut self, id: JobId, sources: Vec<Source>, cut_short: bool) {
        if let Some(Opening { what: Wanted::Source(behind), .. }) = self.arrived(id) {
            self.found_several(&behind, sources, cut_short);
        }
    }

    pub(super) fn opened(&mut self, id: JobId, opened: Opened) {
        let Some(opening) = self.arrived(id) else { return };
        self.notices.clear(Topic::Open);
        self.tell_warnings(&opening.what.name(), &opened.warnings);
        if let Wanted::Source(source) = &opening.what {
            self.queue.remove(source);
            self.failed_address.clear();
        }
        if let Came::WorkingFile { path, .. } | Came::Article { path } = &opened.came {
            self.set(|settings| settings.add_recent(path));
        }
        if opened.leads.is_empty() {
            self.show(opened);
        } else {
            self.sheet = Some(Sheet::Leads { page: opened.project.origin().name.clone() });
            self.page_of_leads = Some(opened);
        }
    }

    /// Deals with a page that is not one article, once the person has chosen: shows it as it is, or forgets it.
    pub(super) fn leave_leads(&mut self, show: bool) {
        if let Some(page) = self.page_of_leads.take().filter(|_| show) {
            self.show(page);
        }
    }

    /// Puts what was opened in place of the open article, whose changes are saved or not wanted.
    pub(super) fn show(&mut self, opened: Opened) {
        self.tell_scrambled(opened.scrambled);
        self.show_document(Document::new(opened.project, opened.came, opened.original));
    }

    pub(super) fn restored(&mut self, id: JobId, project: Project, warnings: &[Warning]) {
        let Some(Opening { what, .. }) = self.arrived(id) else { return };
        self.tell_warnings(&what.name(), warnings);
        let Wanted::Recovery(recovery) = what else { return };
        self.orphans.retain(|orphan| !Arc::ptr_eq(orphan, &recovery));
        let belongs = recovery.belongs();
        let file = belongs.file.clone().map(|path| WorkingFile { path, stamp: belongs.stamp });
        self.show_document(Document::recovered(project, file, Autosave::resume(recovery)));
        self.tell_recoveries();
    }

    /// Whether the failed job was one of these.
    pub(super) fn open_failed(&mut self, id: JobId, error: &JobError) -> bool {
        let Some(opening) = self.opening.take_if(|opening| opening.ticket.id == id) else { return false };
        let reason = reason(error);
        let kept = match &opening.what {
            Wanted::Recovery(recovery) => format!(" The unsaved work stays at {}.", recovery.base().display()),
            Wanted::Source(source) => {
                self.queue.note_problem(source, Some(reason.clone()));
                String::new()
            }
        };
        let message = format!("Could not open {}: {reason}.{kept}", opening.what.name());
        let actions: &[_] = match &opening.what {
            _ if self.queue.next().is_some() => &[Command::OpenNext],
            Wanted::Source(Source::Address(address)) => {
                self.failed_address.clone_from(address);
                &[Command::OpenAddress]
            }
            _ => &[Command::Open],
        };
        self.notices.error(Topic::Open, message, actions);
        true
    }

    fn show_document(&mut self, document: Document) {
        self.close_document();
        self.caret = document.place();
        self.document = Some(document);
        self.recognise();
    }

    fn close_document(&mut self) {
        self.caret = None;
        self.stop_recognising();
        let Some(mut document) = self.document.take() else { return };
        if let Some(recovery) = document.autosave.finish() {
            self.work.start(Job::DiscardRecovery(recovery));
        }
    }

    pub(super) fn close(&mut self) {
        if self.may_leave(&Command::Close) {
            self.close_document();
        }
    }

    pub(super) fn quit(&mut self) {
        if self.may_leave(&Command::Quit) {
            self.close_document();
            self.quitting = true;
        }
    }

    /// Whether the open article can go. If it has unsaved changes, `command` waits until they are dealt with.
    fn may_leave(&mut self, command: &Command) -> bool {
        let Some(document) = self.document.as_ref().filter(|document| document.is_dirty()) else { return true };
        self.leaving = Some(command.clone());
        if document.save.running.is_none() {
            self.sheet = Some(Sheet::ConfirmClose { name: document.name() });
        }
        false
    }

    /// Goes on with what waited for unsaved changes to be dealt with.
    pub(super) fn leave(&mut self) {
        self.sheet.take_if(|sheet| matches!(sheet, Sheet::ConfirmClose { .. }));
        if let Some(command) = self.leaving.take() {
            self.run(command);
        }
    }

    pub(super) fn drop_changes(&mut self) {
        if self.leaving.is_some() {
            self.close_document();
            self.leave();
        }
    }

    pub(super) fn found_recoveries(&mut self, found: Vec<Recovery>) {
        self.orphans = found.into_iter().map(Arc::new).collect();
        self.tell_recoveries();
    }

    pub(super) fn discard_recovery(&mut self) {
        if !self.orphans.is_empty() {
            let recovery = self.orphans.remove(0);
            self.work.start(Job::DiscardRecovery(recovery));
            self.tell_recoveries();
        }
    }

    fn tell_recoveries(&mut self) {
        let Some(newest) = self.orphans.first() else { return self.notices.clear(Topic::Recovery) };
        let age = newest.written().elapsed().map_or("just now".to_owned(), |age| ago(age.as_secs()));
        let message = format!("“{}” was not saved when the program ended ({age}).", newest.belongs().name);
        self.notices.warn(Topic::Recovery, message, &[Command::RestoreRecovery, Command::DiscardRecovery]);
    }

    fn tell_warnings(&mut self, name: &str, warnings: &[Warning]) {
        if !warnings.is_empty() {
            let kinds: Vec<_> = warnings.iter().map(|warning| warning.kind.to_string()).collect();
            let message = format!("{name} was not read as it is: {}. The file is as it was.", kinds.join("; "));
            self.notices.warn(Topic::Open, message, &[]);
        }
    }

    pub(super) fn cancel_work(&mut self) {
        if let Some(opening) = self.opening.take() {
            opening.ticket.cancel();
        } else if self.cancel_glossary_change() {
        } else if let Some(running) = self.document.as_ref().and_then(|document| document.recognition.running.as_ref())
        {
            running.cancel();
        }
    }
}

/// A time that has gone by, in words.
fn ago(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..60 => return "just now".to_owned(),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_as_people_do() {
        let check = |seconds, expected| assert_eq!(ago(seconds), expected);
        check(0, "just now");
        check(60, "1 minute ago");
        check(7_300, "2 hours ago");
        check(200_000, "2 days ago");
    }
}
