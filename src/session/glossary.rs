//! The glossary: the user's own above the one that comes with the program, and what is written to it.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::document::Document;
use super::notice::{Topic, quoted, reason};
use super::{Command, Session};
use crate::domain::{Concept, ConceptId, Index, Layer, Layers, Listing};
use crate::jobs::{
    ConceptEdit, GlossaryChange, GlossaryFiles, Job, JobError, JobId, Marks, ReadGlossary, Reindexed, Shared,
    TermbaseFile, Ticket, WrittenGlossary,
};
use crate::storage::StorageError;
use crate::storage::termbase::{ChangeNumber, Version};

/// The glossary, once it is read.
pub(super) struct Glossary {
    /// What it was read from.
    pub(super) files: GlossaryFiles,
    /// How far.
    marks: Marks,
    pub(super) layers: Arc<Layers>,
    pub(super) index: Shared<Index>,
    /// Made when somebody looks through the glossary for the first time.
    pub(super) listing: Shared<Option<Listing>>,
    /// Whether the user's own could not be read, so that nothing can be written to it.
    pub(super) refused: bool,
    /// Why termbases could not be read, in words, by their files.
    pub(super) unreadable: HashMap<PathBuf, String>,
    /// What is being written, by the job that does it.
    writing: HashMap<JobId, Writing>,
    /// What was changed and not taken back since the glossary was read first, the last change last.
    changes: Vec<ChangeNumber>,
}

/// What is being written to the user's own glossary, for whoever has to tell about it.
struct Writing {
    /// The file.
    own: PathBuf,
    ticket: Ticket,
    /// What is going on, where that can take a while, and how much of it is done, from 0 to 1.
    going_on: Option<String>,
    part: f32,
    /// What to say when it is done; nothing where that shows.
    done: Option<String>,
    /// The change that it takes back, where it does.
    undoes: Option<ChangeNumber>,
}

/// After a change of more than so many concepts the glossary is read anew, away from the window's thread.
const MOST_AT_ONCE: usize = 2_000;

impl Glossary {
    /// Remembers a change, or that one was taken back: what is there once it was written has to be taken back first.
    fn note_change(&mut self, undoes: Option<ChangeNumber>, change: Option<ChangeNumber>) {
        match undoes {
            Some(undone) => self.changes.retain(|change| *change != undone),
            None => self.changes.extend(change),
        }
    }

    /// Shows versions that were written, and tells what became of their concepts.
    fn take_over(&mut self, versions: Vec<Version>) -> Vec<Reindexed> {
        let layers = Arc::make_mut(&mut self.layers);
        let mut changes = Vec::with_capacity(versions.len());
        for version in versions {
            let before = layers.get(&version.id).cloned();
            if version.concept.is_some() || version.is_withdrawn {
                layers.set(&version.id, version.concept);
            } else {
                layers.delete(&version.id);
            }
            let after = layers.find(&version.id).map(|(concept, layer)| (concept.clone(), layer));
            changes.push(Reindexed { before, after });
        }
        changes
    }

    /// What versions that do not show yet make of some concepts.
    fn changes_of(&self, versions: &[Version], matters: impl Fn(&ConceptId) -> bool) -> Vec<Reindexed> {
        let change = |version: &Version| Reindexed {
            before: self.layers.get(&version.id).cloned(),
            after: version.concept.clone().map(|concept| (concept, Layer::Own)),
        };
        versions.iter().filter(|version| matters(&version.id)).map(change).collect()
    }
}

impl Session {
    /// The glossary, once it is read.
    pub fn termbase(&self) -> Option<&Layers> {
        self.glossary.as_ref().map(|glossary| &*glossary.layers)
    }

    pub(super) fn read_glossary(&mut self) {
        self.work.start(Job::ReadGlossary(self.glossary_files()));
    }

    /// Takes in what others have written to the termbases since they were read: a shell, another window, a colleague.
    pub fn look_around(&mut self) {
        if let Some(glossary) = &self.glossary {
            self.work.start(Job::CheckGlossary(glossary.marks.clone()));
        }
    }

    pub(super) fn glossary_checked(&mut self, differs: bool) {
        // What this program is writing itself comes by itself.
        if differs && self.glossary.as_ref().is_some_and(|glossary| glossary.writing.is_empty()) {
            self.read_glossary();
        }
    }

    /// The user's own termbase, if it can be read.
    pub(super) fn own_termbase(&self) -> Option<PathBuf> {
        let glossary = self.glossary.as_ref().filter(|glossary| !glossary.refused)?;
        Some(glossary.files.own.path.clone())
    }

    pub(super) fn glossary_read(&mut self, read: ReadGlossary) {
        let ReadGlossary { files, layers, index, warnings, refused, marks } = read;
        if files != self.glossary_files() {
            // Others were chosen meanwhile, and are being read.
            return;
        }
        let own = &files.own.path;
        if self.glossary.as_ref().is_some_and(|before| before.marks.get(own) > marks.get(own)) {
            // Something was written after it was read, and shows already.
            return self.read_glossary();
        }
        for warning in warnings {
            tracing::warn!("the starter glossary: {warning}");
        }
        self.notices.clear(Topic::Glossary);
        for (file, error) in &refused {
            self.tell_refused(file, error, file.path == files.own.path);
        }
        let (writing, changes) = match self.glossary.take() {
            Some(before) => {
                self.forget((before.layers, before.index, before.listing));
                let is_same = before.files.own == files.own;
                (before.writing, if is_same { before.changes } else { Vec::new() })
            }
            None => (HashMap::new(), Vec::new()),
        };
        let (layers, listing) = (Arc::new(layers), Shared::default());
        let unreadable =
            refused.into_iter().map(|(file, error)| (file.path, reason(&error))).collect::<HashMap<_, _>>();
        let refused = unreadable.contains_key(&files.own.path);
        self.glossary = Some(Glossary { files, marks, layers, index, listing, refused, unreadable, writing, changes });
        self.recognise();
        self.browse_again();
        self.plan_import();
    }

    fn tell_refused(&mut self, file: &TermbaseFile, error: &JobError, is_own: bool) {
        let which = if is_own { "Your own glossary".to_owned() } else { format!("The glossary “{}”", file.name) };
        let message =
            format!("{which} could not be read: {}. It stays as it is. The others are used without it.", reason(error));
        let damaged = matches!(error, JobError::Storage(StorageError::DamagedTermbase { .. }));
        let actions: &[_] = match (is_own, damaged) {
            (true, true) => &[Command::ReadGlossary, Command::SetGlossaryAside],
            (true, false) => &[Command::ReadGlossary],
            (false, _) => &[Command::ReadGlossary, Command::ShowTermbases],
        };
        self.notices.error(Topic::Glossary, message, actions);
    }

    /// Gives the glossary that cannot be read another name, so that a new one can begin.
    pub(super) fn set_glossary_aside(&mut self) {
        if let Some(glossary) = self.glossary.as_ref().filter(|glossary| glossary.refused) {
            self.work.start(Job::SetGlossaryAside { own: glossary.files.own.path.clone() });
        }
    }

    pub(super) fn glossary_set_aside(&mut self, aside: &std::path::Path) {
        let message = format!("The glossary that could not be read is called {} now.", quoted(aside));
        self.notices.info(Topic::GlossaryChange, message);
        self.read_glossary();
    }

    pub(super) fn edit(&mut self, concepts: Vec<Concept>) {
        let what = format!("change {}", self.named(concepts.iter().map(|concept| &concept.id)));
        let edits = concepts.into_iter().map(|concept| (concept.id.clone(), Some(concept))).collect();
        self.edit_concepts(what, None, edits);
    }

    /// Concepts in words: what one is called, or how many there are.
    pub(super) fn named<'a>(&self, mut ids: impl ExactSizeIterator<Item = &'a ConceptId>) -> String {
        let only = if ids.len() == 1 { ids.next().and_then(|id| self.termbase()?.get(id)) } else { None };
        let wording = only.and_then(|concept| concept.preferred_english().or(concept.preferred_arabic()));
        wording.map_or_else(|| counted(ids.len().max(1)), |wording| format!("“{wording}”"))
    }

    pub(super) fn delete(&mut self, ids: Vec<ConceptId>) {
        let what = format!("delete {}", self.named(ids.iter()));
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
            let below = glossary.layers.find(&id).filter(|(_, layer)| *layer != Layer::Own);
            let below = below.map(|(concept, _)| concept.clone());
            ConceptEdit { id, below, after }
        };
        let edits = edits.into_iter().map(edit).collect();
        self.change_glossary(GlossaryChange::Edit { what, edits }, done)
    }

    pub(super) fn undo_glossary(&mut self) {
        let last = self.glossary.as_ref().and_then(|glossary| glossary.changes.last().copied());
        if let Some(last) = last.filter(|_| self.can_undo_glossary()) {
            self.undo_change(last);
        }
    }

    /// Takes any change of the user's own glossary back.
    pub(super) fn undo_change(&mut self, change: ChangeNumber) {
        self.change_glossary(GlossaryChange::Undo(change), Some("The glossary is as it was before.".to_owned()));
    }

    /// Whether a change of the glossary can be taken back.
    pub(super) fn can_undo_glossary(&self) -> bool {
        self.glossary.as_ref().is_some_and(|glossary| !glossary.changes.is_empty())
            && self.changing_glossary().is_none()
    }

    /// Begins to write to the user's own glossary, if that is possible.
    pub(super) fn change_glossary(&mut self, change: GlossaryChange, done: Option<String>) -> Option<JobId> {
        // Where others were chosen a moment ago, it goes to the one that is the user's own now.
        let own = self.glossary_files().own.path;
        let glossary = self.glossary.as_mut()?;
        if glossary.refused {
            let message = "Nothing was written to the glossary, because your own could not be read.";
            self.notices.error(Topic::GlossaryChange, message, &[Command::ReadGlossary]);
            return None;
        }
        let undoes = if let GlossaryChange::Undo(change) = change { Some(change) } else { None };
        let going_on = match &change {
            GlossaryChange::Import { .. } => Some("Importing into the glossary".to_owned()),
            GlossaryChange::Undo(_) => Some("Undoing the change of the glossary".to_owned()),
            GlossaryChange::Edit { .. } | GlossaryChange::Restore { .. } => None,
        };
        let ticket = self.work.start(Job::ChangeGlossary { own: own.clone(), change });
        let id = ticket.id;
        glossary.writing.insert(id, Writing { own, ticket, going_on, part: 0.0, done, undoes });
        Some(id)
    }

    /// Takes in how much of a change is done.
    pub(super) fn glossary_changing(&mut self, id: JobId, part: f32) {
        if let Some(writing) = self.glossary.as_mut().and_then(|glossary| glossary.writing.get_mut(&id)) {
            writing.part = part;
        }
    }

    /// What is being written to the glossary that takes a while, and how much of it is done, from 0 to 1.
    pub(super) fn changing_glossary(&self) -> Option<(&str, f32)> {
        let mut writing = self.glossary.as_ref()?.writing.values();
        writing.find_map(|writing| Some((writing.going_on.as_deref()?, writing.part)))
    }

    /// Asks for what is being written to the glossary to be given up, all of it; whether there is such a thing.
    pub(super) fn cancel_glossary_change(&mut self) -> bool {
        let writing = self.glossary.iter().flat_map(|glossary| glossary.writing.values());
        let mut long = writing.filter(|writing| writing.going_on.is_some()).peekable();
        let found = long.peek().is_some();
        long.for_each(|writing| writing.ticket.cancel());
        found
    }

    /// Counts in the user's own glossary that a wording was chosen. It matters too little to be told about.
    pub(super) fn count_use(&mut self, id: ConceptId, english: String) {
        if let Some(glossary) = self.glossary.as_ref().filter(|glossary| !glossary.refused) {
            let (own, listing) = (glossary.files.own.path.clone(), glossary.listing.clone());
            self.work.start(Job::CountUse { own, listing, id, english });
        }
    }

    /// Takes in what was written: it shows and is found from now on.
    pub(super) fn glossary_changed(&mut self, id: JobId, written: WrittenGlossary) {
        let Some(glossary) = &mut self.glossary else { return };
        let writing = glossary.writing.remove(&id);
        if writing.as_ref().is_some_and(|writing| writing.own != glossary.files.own.path) {
            // Another one is the user's own by now.
            return self.read_glossary();
        }
        if written.change.is_none() && written.versions.is_empty() {
            return;
        }
        glossary.marks.insert(glossary.files.own.path.clone(), written.mark);
        glossary.note_change(writing.as_ref().and_then(|writing| writing.undoes), written.change);
        if written.versions.len() > MOST_AT_ONCE {
            let spoken = self.document.as_ref().map(Document::concepts).unwrap_or_default();
            let changes = glossary.changes_of(&written.versions, |id| spoken.contains(id));
            self.note_renamed(&changes);
            self.forget(written.versions);
            self.forget_plan();
            self.read_glossary();
        } else {
            let changes = glossary.take_over(written.versions);
            let (index, listing) = (glossary.index.clone(), glossary.listing.clone());
            self.note_renamed(&changes);
            // It would hold the index for longer than anybody wants to wait.
            self.stop_recognising();
            let changes: Arc<[Reindexed]> = changes.into();
            self.work.start(Job::UpdateIndex { index, changes: Arc::clone(&changes) });
            self.recognise();
            // After the article, which somebody is looking at.
            self.work.start(Job::UpdateListing { listing, changes });
            self.browse_again();
            self.plan_import();
        }
        if let Some(Writing { done: Some(mut message), undoes, .. }) = writing {
            if written.kept > 0 {
                message.push_str(" What was changed again since stays.");
            }
            let actions: &[_] = if undoes.is_none() { &[Command::UndoGlossary] } else { &[] };
            self.notices.offer(Topic::GlossaryChange, message, actions);
        }
    }

    /// Whether a job that failed was to write to the glossary; says that nothing was written.
    pub(super) fn glossary_failed(&mut self, id: JobId, error: &JobError) -> bool {
        if self.glossary.as_mut().and_then(|glossary| glossary.writing.remove(&id)).is_none() {
            return false;
        }
        if matches!(error, JobError::Storage(StorageError::Cancelled { .. })) {
            self.notices.info(Topic::GlossaryChange, "Stopped; the glossary is as it was before.");
        } else {
            let message = format!("Nothing was written to the glossary: {}. It is as it was before.", reason(error));
            self.notices.error(Topic::GlossaryChange, message, &[]);
        }
        self.ask_again(id);
        true
    }
}

pub(super) fn counted(concepts: usize) -> String {
    if concepts == 1 { "a concept".to_owned() } else { format!("{concepts} concepts") }
}
