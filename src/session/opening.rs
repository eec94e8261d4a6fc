//! Opening and closing articles, and bringing unsaved work back.

use std::path::PathBuf;
use std::sync::Arc;

use super::autosave::Autosave;
use super::document::{Document, WorkingFile};
use super::notice::{Topic, quoted, reason};
use super::{Command, Session, Sheet};
use crate::domain::Project;
use crate::formats::Warning;
use crate::jobs::{Came, Job, JobError, JobId, Opened, Ticket};
use crate::storage::recovery::Recovery;

/// An article on its way.
pub(super) struct Opening {
    pub(super) ticket: Ticket,
    /// What it is called, for a sentence.
    pub(super) name: String,
    /// Asks for it again.
    command: Command,
    /// The unsaved work that it is, if it is.
    recovery: Option<Arc<Recovery>>,
}

impl Session {
    pub(super) fn open_files(&mut self, paths: Vec<PathBuf>) {
        let more = paths.len() > 1;
        let Some(path) = paths.into_iter().next() else { return };
        // The program may change its folder later.
        let path = std::path::absolute(&path).unwrap_or(path);
        let name = quoted(&path);
        if more {
            self.notices.warn(Topic::Several, format!("One article at a time: only {name} was opened."), &[]);
        }
        let command = Command::OpenFiles(vec![path.clone()]);
        self.begin_opening(command, Job::Open(path), name, None);
    }

    pub(super) fn open_sample(&mut self) {
        self.begin_opening(Command::OpenSample, Job::OpenSample, "the sample article".to_owned(), None);
    }

    pub(super) fn restore_recovery(&mut self) {
        let Some(recovery) = self.orphans.first().cloned() else { return };
        let name = format!("“{}”", recovery.belongs().name);
        let job = Job::Restore(Arc::clone(&recovery));
        self.begin_opening(Command::RestoreRecovery, job, name, Some(recovery));
    }

    fn begin_opening(&mut self, command: Command, job: Job, name: String, recovery: Option<Arc<Recovery>>) {
        if self.may_leave(&command) {
            let ticket = self.work.start(job);
            self.opening = Some(Opening { ticket, name, command, recovery });
        }
    }

    /// The article that a job was to open, unless the user wants another one by now, or has written something
    /// meanwhile that must be dealt with first.
    fn arrived(&mut self, id: JobId) -> Option<Opening> {
        let opening = self.opening.take_if(|opening| opening.ticket.id == id)?;
        self.may_leave(&opening.command).then_some(opening)
    }

    pub(super) fn opened(&mut self, id: JobId, opened: Opened) {
        let Some(opening) = self.arrived(id) else { return };
        self.notices.clear(Topic::Open);
        self.tell_warnings(&opening.name, &opened.warnings);
        if let Came::WorkingFile { path, .. } | Came::Article { path } = &opened.came {
            self.set(|settings| settings.add_recent(path));
        }
        self.show(Document::new(opened.project, opened.came));
    }

    pub(super) fn restored(&mut self, id: JobId, project: Project, warnings: &[Warning]) {
        let Some(Opening { name, recovery: Some(recovery), .. }) = self.arrived(id) else { return };
        self.tell_warnings(&name, warnings);
        self.orphans.retain(|orphan| !Arc::ptr_eq(orphan, &recovery));
        let belongs = recovery.belongs();
        let file = belongs.file.clone().map(|path| WorkingFile { path, stamp: belongs.stamp });
        self.show(Document::recovered(project, file, Autosave::resume(recovery)));
        self.tell_recoveries();
    }

    /// Whether the failed job was one of these.
    pub(super) fn open_failed(&mut self, id: JobId, error: &JobError) -> bool {
        let Some(opening) = self.opening.take_if(|opening| opening.ticket.id == id) else { return false };
        let kept = opening.recovery.as_ref().map(|recovery| recovery.base().display());
        let kept = kept.map_or(String::new(), |base| format!(" The unsaved work stays at {base}."));
        let message = format!("Could not open {}: {}.{kept}", opening.name, reason(error));
        self.notices.error(Topic::Open, message, &[Command::Open]);
        true
    }

    /// Puts a document in place of the one that is open, whose changes are saved or not wanted.
    fn show(&mut self, document: Document) {
        self.close_document();
        self.caret = document.place();
        self.document = Some(document);
        self.recognise();
    }

    fn close_document(&mut self) {
        self.caret = None;
        let Some(mut document) = self.document.take() else { return };
        if let Some(running) = &document.recognition.running {
            running.cancel();
        }
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
