//! Keeping unsaved work where a crash cannot reach it.
//!
//! The first unsaved edit starts a recovery with a copy of the whole project; from then on the units that changed
//! are added to it, at most every [`INTERVAL`]. Once everything is saved, the recovery goes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::document::Document;
use super::notice::{Topic, reason};
use super::{Command, Session};
use crate::domain::UnitId;
use crate::jobs::{Job, JobError, JobId};
use crate::storage::recovery::{Belongs, Recovery};

/// The least time between two writes.
const INTERVAL: Duration = Duration::from_millis(300);

/// The time from a failure to the next attempt.
const RETRY: Duration = Duration::from_secs(5);

/// Units added to one recovery before it is started anew, so that it does not grow for ever.
const MOST_ADDED: usize = 5_000;

/// What of a document is safe from a crash.
#[derive(Debug, Default)]
pub(super) struct Autosave {
    recovery: Option<Arc<Recovery>>,
    /// The one job that starts a recovery or adds to it; what changes meanwhile waits.
    running: Option<JobId>,
    /// Units that changed and were handed to no job yet.
    changed: BTreeSet<UnitId>,
    /// Whether the recovery must be replaced by a new one.
    stale: bool,
    failed: bool,
    /// Units added to the recovery.
    added: usize,
    /// When something may be written again.
    next: Option<Instant>,
}

impl Autosave {
    /// Goes on with a recovery that was brought back.
    pub(super) fn resume(recovery: Arc<Recovery>) -> Self {
        Self { recovery: Some(recovery), ..Self::default() }
    }

    /// These units have changed.
    pub(super) fn note(&mut self, units: impl IntoIterator<Item = UnitId>) {
        self.changed.extend(units);
    }

    /// The work belongs to another file now.
    pub(super) fn start_anew(&mut self) {
        self.stale = true;
    }

    /// Whether a crash would lose nothing but the last moment.
    pub(super) fn protects(&self) -> bool {
        self.recovery.is_some() && !self.failed
    }

    /// Gives up the recovery, as there is nothing left for it to protect.
    pub(super) fn finish(&mut self) -> Option<Arc<Recovery>> {
        self.changed.clear();
        self.stale = false;
        self.recovery.take()
    }

    /// How long until there is something to write; `None` while there is nothing.
    fn wait(&self, now: Instant) -> Option<Duration> {
        let idle = self.running.is_some() || (self.changed.is_empty() && !self.stale);
        (!idle).then(|| self.next.map_or(Duration::ZERO, |next| next.saturating_duration_since(now)))
    }
}

impl Document {
    /// What to write next, counted as handed over.
    fn autosave_job(&mut self, folder: PathBuf) -> Job {
        let changed = std::mem::take(&mut self.autosave.changed);
        let goes_on = !self.autosave.stale && self.autosave.added < MOST_ADDED;
        if let Some(recovery) = self.autosave.recovery.as_ref().filter(|_| goes_on) {
            let units: Vec<_> = changed.into_iter().filter_map(|unit| self.project.unit(unit).cloned()).collect();
            self.autosave.added += units.len();
            return Job::Journal { recovery: Arc::clone(recovery), units };
        }
        self.autosave.added = 0;
        self.autosave.stale = false;
        let belongs = Belongs {
            file: self.file.as_ref().map(|file| file.path.clone()),
            stamp: self.file.as_ref().and_then(|file| file.stamp),
            name: self.name(),
        };
        let replaces = self.autosave.recovery.clone();
        Job::StartRecovery { folder, belongs, project: self.project.clone(), replaces }
    }
}

impl Session {
    /// Writes what is due; returns how long until something else is.
    pub(super) fn autosave(&mut self, now: Instant) -> Option<Duration> {
        let document = self.document.as_mut()?;
        if !document.is_dirty() {
            // While a recovery is being started its outcome is awaited.
            if document.autosave.running.is_none()
                && let Some(recovery) = document.autosave.finish()
            {
                self.work.start(Job::DiscardRecovery(recovery));
            }
            return None;
        }
        let wait = document.autosave.wait(now)?;
        if !wait.is_zero() {
            return Some(wait);
        }
        let ticket = self.work.start(document.autosave_job(self.folders.recovery()));
        document.autosave.running = Some(ticket.id);
        document.autosave.next = Some(now + INTERVAL);
        None
    }

    pub(super) fn recovery_started(&mut self, id: JobId, recovery: Arc<Recovery>) {
        match self.document.as_mut().filter(|document| document.autosave.running == Some(id)) {
            Some(document) => document.autosave.recovery = Some(recovery),
            // Its document was closed meanwhile.
            None => drop(self.work.start(Job::DiscardRecovery(recovery))),
        }
        self.journalled(id);
    }

    pub(super) fn journalled(&mut self, id: JobId) {
        let Some(document) = self.document.as_mut().filter(|document| document.autosave.running == Some(id)) else {
            return;
        };
        document.autosave.running = None;
        if std::mem::take(&mut document.autosave.failed) {
            self.notices.clear(Topic::Autosave);
        }
    }

    /// Whether the failed job was one of these.
    pub(super) fn autosave_failed(&mut self, id: JobId, error: &JobError, now: Instant) -> bool {
        let Some(document) = self.document.as_mut().filter(|document| document.autosave.running == Some(id)) else {
            return false;
        };
        let autosave = &mut document.autosave;
        autosave.running = None;
        autosave.stale = true;
        autosave.next = Some(now + RETRY);
        if !std::mem::replace(&mut autosave.failed, true) {
            let message = format!(
                "A crash would lose your unsaved changes, because they cannot be kept in a safe place: {}. Save soon.",
                reason(error)
            );
            self.notices.warn(Topic::Autosave, message, &[Command::Save]);
        }
        true
    }
}
