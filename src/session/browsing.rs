//! Looking through the glossary, and looking after it.

use std::sync::Arc;

use super::glossary::counted;
use super::notice::{Topic, reason};
use super::{Session, Sheet};
use crate::domain::{Concept, ConceptId, UnitId, merged};
use crate::jobs::{Browsed, GlossaryChange, Job, JobError, JobId, Only, Search, Ticket};
use crate::storage::termbase::{ChangeRecord, Rev, Version};

/// What is shown of the glossary.
#[derive(Default)]
pub(super) struct Browsing {
    search: Search,
    asked: Option<Ticket>,
    browsed: Browsed,
    history: History,
    changes: Vec<ChangeRecord>,
    changes_asked: Option<JobId>,
}

/// What a concept was.
#[derive(Default)]
struct History {
    of: Option<ConceptId>,
    asked: Option<JobId>,
    versions: Vec<Version>,
}

impl Session {
    /// The concepts that fit what was last asked for, in order.
    pub fn browsed(&self) -> &[ConceptId] {
        &self.browsing.browsed.rows
    }

    /// Whether what is shown is not what was last asked for yet.
    pub fn is_browsing(&self) -> bool {
        self.browsing.asked.is_some()
    }

    /// How often a wording of a concept was chosen.
    pub fn times_chosen(&self, id: &ConceptId) -> u64 {
        self.browsing.browsed.uses.get(id).copied().unwrap_or(0)
    }

    /// The versions of a concept, the last one first; empty while they are not known.
    pub fn history_of(&self, id: &ConceptId) -> &[Version] {
        let history = &self.browsing.history;
        if history.of.as_ref() == Some(id) { &history.versions } else { &[] }
    }

    /// The paragraphs that speak of a concept.
    pub fn units_with(&self, id: &ConceptId) -> Vec<UnitId> {
        let units = self.project().map_or(&[][..], |project| project.units());
        let speaks = |unit: UnitId| self.matches(unit).iter().any(|found| found.concept == *id);
        units.iter().map(|unit| unit.id).filter(|unit| speaks(*unit)).collect()
    }

    pub(super) fn show_glossary(&mut self) {
        self.sheet = Some(Sheet::Glossary);
        self.browse(Search::default());
    }

    /// Begins to look for what fits. The newest request is the one that counts.
    pub(super) fn browse(&mut self, search: Search) {
        let Some(glossary) = &self.glossary else { return };
        self.browsing.search = search.clone();
        let mut search = search;
        if search.only == Only::InArticle {
            let matches = self.document.iter().flat_map(|document| document.recognition.matches.values().flatten());
            search.filter.among = Some(matches.map(|found| found.concept.clone()).collect());
        }
        let own = (!glossary.refused).then(|| glossary.files.own.path.clone());
        let (layers, listing) = (Arc::downgrade(&glossary.layers), glossary.listing.clone());
        let ticket = self.work.start(Job::Browse { own, layers, listing, search });
        if let Some(before) = self.browsing.asked.replace(ticket) {
            before.cancel();
        }
    }

    /// Looks once more, because the glossary has changed.
    pub(super) fn browse_again(&mut self) {
        if self.sheet == Some(Sheet::GlossaryChanges) {
            self.read_changes();
        }
        if self.sheet == Some(Sheet::Glossary) {
            self.browse(self.browsing.search.clone());
            if let Some(of) = self.browsing.history.of.clone() {
                self.read_history(of);
            }
        }
    }

    pub(super) fn show_browsed(&mut self, id: JobId, browsed: Browsed) {
        if self.browsing.asked.take_if(|asked| asked.id == id).is_some() {
            let before = std::mem::replace(&mut self.browsing.browsed, browsed);
            self.forget(before);
        }
    }

    /// Whether a job that failed was to look through the glossary; says that what is shown is what it was.
    pub(super) fn browse_failed(&mut self, id: JobId, error: &JobError) -> bool {
        let looked = self.browsing.asked.take_if(|asked| asked.id == id).is_some();
        let read = self.browsing.history.asked.take_if(|asked| *asked == id).is_some()
            || self.browsing.changes_asked.take_if(|asked| *asked == id).is_some();
        if looked || read {
            let message = format!("The glossary could not be searched: {}. Nothing in it was changed.", reason(error));
            self.notices.error(Topic::GlossaryChange, message, &[]);
        }
        looked || read
    }

    /// Begins to read what a concept was.
    pub(super) fn read_history(&mut self, id: ConceptId) {
        let Some(own) = self.own_termbase() else { return };
        let ticket = self.work.start(Job::ReadHistory { own, id: id.clone() });
        let versions = self.history_of(&id).to_vec();
        self.browsing.history = History { of: Some(id), asked: Some(ticket.id), versions };
    }

    pub(super) fn history_read(&mut self, id: JobId, versions: Vec<Version>) {
        if self.browsing.history.asked == Some(id) {
            self.browsing.history.versions = versions;
        }
    }

    /// What was changed in the user's own glossary, the last change first.
    pub fn glossary_changes(&self) -> &[ChangeRecord] {
        &self.browsing.changes
    }

    pub(super) fn show_changes(&mut self) {
        self.sheet = Some(Sheet::GlossaryChanges);
        self.read_changes();
    }

    fn read_changes(&mut self) {
        if let Some(own) = self.own_termbase() {
            self.browsing.changes_asked = Some(self.work.start(Job::ReadChanges { own }).id);
        }
    }

    pub(super) fn changes_read(&mut self, id: JobId, changes: Vec<ChangeRecord>) {
        if self.browsing.changes_asked == Some(id) {
            self.browsing.changes = changes;
        }
    }

    pub(super) fn restore_concept(&mut self, rev: Rev) {
        let done = Some("The concept is as it was then.".to_owned());
        self.change_glossary(GlossaryChange::Restore { what: "go back to a version".to_owned(), rev }, done);
    }

    /// Makes one concept of several: the first, with what the others have besides.
    pub(super) fn merge(&mut self, ids: &[ConceptId]) {
        let Some(termbase) = self.termbase() else { return };
        let mut concepts: Vec<&Concept> = ids.iter().filter_map(|id| termbase.get(id)).collect();
        // The user's own count for more than the starter's.
        concepts.sort_by_key(|concept| termbase.layer(&concept.id));
        let [first, others @ ..] = &concepts[..] else { return };
        if others.is_empty() {
            return;
        }
        let together = others.iter().fold((*first).clone(), |together, other| merged(&together, other));
        let gone = others.iter().map(|other| (other.id.clone(), None));
        let edits = std::iter::once((first.id.clone(), Some(together))).chain(gone).collect();
        let what = format!("merge {}", counted(concepts.len()));
        let done = format!("Made one concept of {}.", concepts.len());
        self.edit_concepts(what, Some(done), edits);
    }
}
