//! The glossary: the user's own above the one that comes with the program, and what is written to it.

use std::collections::HashMap;
use std::sync::Arc;

use super::notice::{Topic, quoted, reason};
use super::{Command, Session};
use crate::domain::{Concept, ConceptId, Index, Layer, Layers, Listing};
use crate::jobs::{
    ConceptEdit, GlossaryChange, Job, JobError, JobId, ReadGlossary, Reindexed, Shared, WrittenGlossary,
};
use crate::storage::StorageError;
use crate::storage::termbase::ChangeNumber;

/// The glossary, once it is read.
pub(super) struct Glossary {
    pub(super) layers: Arc<Layers>,
    pub(super) index: Shared<Index>,
    /// Made when somebody looks through the glossary for the first time.
    pub(super) listing: Shared<Option<Listing>>,
    /// Whether the user's own could not be read, so that nothing can be written to it.
    pub(super) refused: bool,
    /// What is being written, by the job that does it.
    writing: HashMap<JobId, Writing>,
    /// The last change, by which it can be taken back.
    last_change: Option<ChangeNumber>,
}

/// What is being written to the user's own glossary, for whoever has to tell about it.
struct Writing {
    /// What to say when it is done; nothing where that shows.
    done: Option<String>,
    /// Whether it can be offered to be taken back.
    can_undo: bool,
}

impl Session {
    /// The glossary, once it is read.
    pub fn termbase(&self) -> Option<&Layers> {
        self.glossary.as_ref().map(|glossary| &*glossary.layers)
    }

    pub(super) fn read_glossary(&mut self) {
        self.work.start(Job::ReadGlossary { own: self.folders.termbase() });
    }

    pub(super) fn glossary_read(&mut self, read: ReadGlossary) {
        let ReadGlossary { layers, index, warnings, refused } = read;
        for warning in warnings {
            tracing::warn!("the starter glossary: {warning}");
        }
        self.notices.clear(Topic::Glossary);
        if let Some(error) = &refused {
            let message = format!(
                "Your own glossary could not be read: {}. It stays as it is. The glossary that comes with the program is \
                 used without it.",
                reason(error)
            );
            let damaged = matches!(error, JobError::Storage(StorageError::DamagedTermbase { .. }));
            let actions: &[_] =
                if damaged { &[Command::ReadGlossary, Command::SetGlossaryAside] } else { &[Command::ReadGlossary] };
            self.notices.error(Topic::Glossary, message, actions);
        }
        let (writing, last_change) = match self.glossary.take() {
            Some(before) => (before.writing, before.last_change),
            None => (HashMap::new(), None),
        };
        let layers = Arc::new(layers);
        let (listing, refused) = (Shared::default(), refused.is_some());
        self.glossary = Some(Glossary { layers, index, listing, refused, writing, last_change });
        self.recognise();
        self.browse_again();
    }

    /// Gives the glossary that cannot be read another name, so that a new one can begin.
    pub(super) fn set_glossary_aside(&mut self) {
        if self.glossary.as_ref().is_some_and(|glossary| glossary.refused) {
            self.work.start(Job::SetGlossaryAside { own: self.folders.termbase() });
        }
    }

    pub(super) fn glossary_set_aside(&mut self, aside: &std::path::Path) {
        let message = format!("The glossary that could not be read is called {} now.", quoted(aside));
        self.notices.info(Topic::GlossaryChange, message);
        self.read_glossary();
    }

    pub(super) fn edit(&mut self, concepts: Vec<Concept>) {
        let what = format!("change {}", counted(concepts.len()));
        let edits = concepts.into_iter().map(|concept| (concept.id.clone(), Some(concept))).collect();
        self.edit_concepts(what, None, edits);
    }

    pub(super) fn delete(&mut self, ids: Vec<ConceptId>) {
        let what = format!("delete {}", counted(ids.len()));
        let done = format!("Deleted {} from the glossary.", counted(ids.len()));
        self.edit_concepts(what, Some(done), ids.into_iter().map(|id| (id, None)).collect());
    }

    /// Begins to change concepts in one go: to what they are to be, or `None` to delete them. Returns the job that
    /// does, unless it is not possible.
    pub(super) fn edit_concepts(
        &mut self,
        what: String,
        done: Option<String>,
        edits: Vec<(ConceptId, Option<Concept>)>,
    ) -> Option<JobId> {
        let glossary = self.glossary.as_ref().filter(|_| !edits.is_empty())?;
        let edit = |(id, after): (ConceptId, Option<Concept>)| {
            let is_starter = glossary.layers.layer(&id) == Some(Layer::Starter);
            let starter = glossary.layers.get(&id).filter(|_| is_starter).cloned();
            ConceptEdit { id, starter, after }
        };
        let edits = edits.into_iter().map(edit).collect();
        self.change_glossary(GlossaryChange::Edit { what, edits }, done)
    }

    pub(super) fn undo_glossary(&mut self) {
        if let Some(last) = self.glossary.as_ref().and_then(|glossary| glossary.last_change) {
            self.change_glossary(GlossaryChange::Undo(last), Some("The glossary is as it was before.".to_owned()));
        }
    }

    /// Whether a change of the glossary can be taken back.
    pub(super) fn can_undo_glossary(&self) -> bool {
        self.glossary.as_ref().is_some_and(|glossary| glossary.last_change.is_some())
    }

    /// Begins to write to the user's own glossary, if that is possible.
    pub(super) fn change_glossary(&mut self, change: GlossaryChange, done: Option<String>) -> Option<JobId> {
        let glossary = self.glossary.as_mut()?;
        if glossary.refused {
            let message = "Nothing was written to the glossary, because your own could not be read.";
            self.notices.error(Topic::GlossaryChange, message, &[Command::ReadGlossary]);
            return None;
        }
        let can_undo = !matches!(change, GlossaryChange::Undo(_));
        let ticket = self.work.start(Job::ChangeGlossary { own: self.folders.termbase(), change });
        glossary.writing.insert(ticket.id, Writing { done, can_undo });
        Some(ticket.id)
    }

    /// Counts in the user's own glossary that a wording was chosen. It matters too little to be told about.
    pub(super) fn count_use(&mut self, id: ConceptId, english: String) {
        if let Some(glossary) = self.glossary.as_ref().filter(|glossary| !glossary.refused) {
            let (own, listing) = (self.folders.termbase(), glossary.listing.clone());
            self.work.start(Job::CountUse { own, listing, id, english });
        }
    }

    /// Takes in what was written: it shows and is found from now on.
    pub(super) fn glossary_changed(&mut self, id: JobId, written: WrittenGlossary) {
        let Some(glossary) = &mut self.glossary else { return };
        let writing = glossary.writing.remove(&id);
        if written.change.is_none() && written.versions.is_empty() {
            return;
        }
        let mut changes = Vec::with_capacity(written.versions.len());
        let layers = Arc::make_mut(&mut glossary.layers);
        for version in written.versions {
            let before = layers.get(&version.id).cloned();
            layers.set(&version.id, version.concept);
            let after = layers.get(&version.id).cloned();
            changes.push(Reindexed { before, after });
        }
        glossary.last_change = written.change.filter(|_| writing.as_ref().is_some_and(|writing| writing.can_undo));
        let (index, listing) = (glossary.index.clone(), glossary.listing.clone());
        // It would hold the index for longer than anybody wants to wait.
        self.stop_recognising();
        self.work.start(Job::UpdateIndex { index, listing, changes });
        self.recognise();
        self.browse_again();
        if let Some(Writing { done: Some(mut message), can_undo }) = writing {
            if written.kept > 0 {
                message.push_str(" What was changed again since stays.");
            }
            let actions: &[_] = if can_undo { &[Command::UndoGlossary] } else { &[] };
            self.notices.offer(Topic::GlossaryChange, message, actions);
        }
    }

    /// Whether a job that failed was to write to the glossary; says that nothing was written.
    pub(super) fn glossary_failed(&mut self, id: JobId, error: &JobError) -> bool {
        if self.glossary.as_mut().and_then(|glossary| glossary.writing.remove(&id)).is_none() {
            return false;
        }
        let message = format!("Nothing was written to the glossary: {}. It is as it was before.", reason(error));
        self.notices.error(Topic::GlossaryChange, message, &[]);
        self.ask_again(id);
        true
    }
}

pub(super) fn counted(concepts: usize) -> String {
    if concepts == 1 { "a concept".to_owned() } else { format!("{concepts} concepts") }
}
