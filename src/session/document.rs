//! The open article: its project, where the person is in it, and what they do to it.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::autosave::Autosave;
use super::encoding::Rereading;
use super::folding::Folding;
use super::rewording::Rewordings;
use super::terms::Alternatives;
use crate::domain::{
    Change, ConceptId, Edit, EditError, History, Match, ParagraphKind, Place, Project, State, Unit, UnitId,
};
use crate::jobs::{Came, JobId, Opened, Original, Replaces, Ticket};
use crate::storage::files::{self, Stamp};
use crate::text::Span;

/// The open article and all that belongs to it.
pub(super) struct Document {
    pub(super) project: Project,
    history: History,
    /// Where it is saved to.
    pub(super) file: Option<WorkingFile>,
    /// Where it came from when it was opened.
    pub(super) came: Came,
    /// What it was read from, where another way to read it is possible.
    pub(super) original: Option<Arc<Original>>,
    pub(super) rereading: Rereading,
    place: Option<Place>,
    /// What is selected in the Arabic of a unit, from when that is done until something is written.
    pub(super) source_place: Option<Place>,
    pub(super) save: Save,
    pub(super) autosave: Autosave,
    pub(super) recognition: Recognition,
    pub(super) rewordings: Rewordings,
    /// The English that was last chosen for a concept.
    pub(super) chosen: HashMap<ConceptId, String>,
    /// Which of the matches of the active unit is in focus.
    pub(super) focused: Option<usize>,
    progress: Progress,
    pub(super) folding: Folding,
    /// How many units are read with their form repaired.
    pub(super) repaired: usize,
}

/// The file that a document is saved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WorkingFile {
    pub(super) path: PathBuf,
    /// As this program last saw it.
    pub(super) stamp: Option<Stamp>,
}

/// What is known about saving.
#[derive(Debug, Default)]
pub(super) struct Save {
    /// The position of the history whose content is in the file, or in nobody's care yet.
    pub(super) position: Option<u64>,
    /// The save that is going on.
    pub(super) running: Option<RunningSave>,
    /// Where to save again as soon as it is done, if that was asked for meanwhile.
    pub(super) next: Option<(PathBuf, Replaces)>,
    /// Whether the last one failed.
    pub(super) failed: bool,
    /// Whether the work was brought back after a crash and not saved since.
    pub(super) recovered: bool,
}

/// A save that is going on.
#[derive(Debug)]
pub(super) struct RunningSave {
    pub(super) id: JobId,
    pub(super) path: PathBuf,
    /// The position of the history that it writes.
    pub(super) position: u64,
}

/// What the units speak of, as far as it is known.
#[derive(Debug, Default)]
pub(super) struct Recognition {
    pub(super) running: Option<Ticket>,
    /// How many units were looked at since it began.
    pub(super) done: usize,
    pub(super) alternatives: Alternatives,
    pub(super) matches: HashMap<UnitId, Vec<Match>>,
}

/// Whether what was written is safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing was written since the article was opened, and there is no working file yet.
    New,
    /// The working file holds everything.
    Saved,
    /// There are changes that the working file does not hold.
    Unsaved,
    /// The working file is being written.
    Saving,
    /// The last attempt to save failed.
    Failed,
    /// Brought back after a crash, and not saved since.
    Recovered,
}

/// How much of the article is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Units of the article that are confirmed, or further.
    pub translated: usize,
    /// Units of the article.
    pub total: usize,
}

impl Document {
    /// A document that was just opened: nothing of it is unsaved.
    pub(super) fn new(project: Project, came: Came, original: Option<Arc<Original>>) -> Self {
        let file = match &came {
            Came::WorkingFile { path, stamp } => Some(WorkingFile { path: path.clone(), stamp: *stamp }),
            Came::Article { .. } | Came::Address { .. } | Came::Clipboard | Came::Sample => None,
        };
        let history = History::default();
        let mut document = Self {
            save: Save { position: Some(history.position()), ..Save::default() },
            project,
            history,
            file,
            came,
            original,
            rereading: Rereading::default(),
            place: None,
            source_place: None,
            autosave: Autosave::default(),
            recognition: Recognition::default(),
            rewordings: Rewordings::default(),
            chosen: HashMap::new(),
            focused: None,
            progress: Progress::default(),
            folding: Folding::default(),
            repaired: 0,
        };
        document.count();
        let units = document.project.units();
        let first = document.next_untranslated().or_else(|| units.first().map(|unit| unit.id));
        document.place = first.and_then(|unit| document.end_of(unit));
        document
    }

    /// Work that was brought back after a crash: nothing of it counts as saved.
    pub(super) fn recovered(project: Project, file: Option<WorkingFile>, autosave: Autosave) -> Self {
        let save = Save { recovered: true, ..Save::default() };
        Self { file, save, autosave, ..Self::new(project, Came::Sample, None) }
    }

    /// Whether nothing was done in it, so that nothing would be lost with it.
    pub(super) fn is_untouched(&self) -> bool {
        let as_opened =
            |unit: &Unit| unit.target.is_empty() && unit.state == State::Initial && unit.included == is_part(unit.kind);
        self.file.is_none() && self.project.units().iter().all(as_opened)
    }

    /// Takes over the source texts of the same article read another way. What was done with a paragraph stays with the
    /// one in its place. Where there are more or fewer paragraphs nothing is changed.
    pub(super) fn carry_over(&mut self, opened: Opened) -> bool {
        let units = self.project.units();
        if units.len() != opened.project.units().len() {
            return false;
        }
        let carried = units.iter().zip(opened.project.units()).map(|(old, new)| {
            let included = if old.included == is_part(old.kind) { new.included } else { old.included };
            let (source, repaired) = (new.source.clone(), new.repaired.clone());
            Unit { kind: new.kind, source, repaired, included, ..old.clone() }
        });
        self.project = Project::from_units(self.project.id(), opened.project.origin().clone(), carried.collect());
        self.original = opened.original;
        self.history = History::default();
        self.save.position = None;
        self.autosave.start_anew();
        self.recognition = Recognition::default();
        self.count();
        true
    }

    pub(super) fn place(&self) -> Option<Place> {
        self.place
    }

    pub(super) fn active(&self) -> Option<&Unit> {
        self.project.unit(self.place?.unit)
    }

    pub(super) fn matches(&self, unit: UnitId) -> &[Match] {
        self.recognition.matches.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// What the article speaks of.
    pub(super) fn concepts(&self) -> HashSet<ConceptId> {
        self.recognition.matches.values().flatten().map(|found| found.concept.clone()).collect()
    }

    pub(super) fn progress(&self) -> Progress {
        self.progress
    }

    pub(super) fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    pub(super) fn can_redo(&self) -> bool {
        self.history.can_redo()
    }

    pub(super) fn position(&self) -> u64 {
        self.history.position()
    }

    /// Whether the working file does not hold what is written here.
    pub(super) fn is_dirty(&self) -> bool {
        let position = self.history.position();
        // A save that is going on is about to put its own content into the file.
        self.save.position != Some(position)
            || self.save.running.as_ref().is_some_and(|running| running.position != position)
    }

    pub(super) fn save_state(&self) -> SaveState {
        match (&self.save, self.is_dirty()) {
            (Save { running: Some(_), .. }, _) => SaveState::Saving,
            (_, false) if self.file.is_some() => SaveState::Saved,
            (_, false) => SaveState::New,
            (Save { failed: true, .. }, _) => SaveState::Failed,
            (Save { recovered: true, .. }, _) => SaveState::Recovered,
            _ => SaveState::Unsaved,
        }
    }

    /// The file that it is saved to, or else the one that it came from.
    fn path(&self) -> Option<&PathBuf> {
        match (&self.file, &self.came) {
            (Some(file), _) => Some(&file.path),
            (None, Came::Article { path }) => Some(path),
            (None, _) => None,
        }
    }

    /// What to call it in a title.
    pub(super) fn name(&self) -> String {
        let name = self.path().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
        name.unwrap_or_else(|| self.project.origin().name.clone())
    }

    /// A file beside the one that was opened, with another extension or none. What was no file is called by its name.
    pub(super) fn suggestion(&self, extension: &str) -> PathBuf {
        let path = self.path().cloned().unwrap_or_else(|| files::name_for(&self.name()).into());
        path.with_extension(extension)
    }

    /// Makes edits one step, done at the active unit. Returns where they leave the caret.
    pub(super) fn perform(&mut self, edits: &[Edit]) -> Result<Option<Place>, EditError> {
        let Some(before) = self.place else { return Ok(None) };
        let change = self.history.perform(&mut self.project, edits, before)?;
        Ok(Some(self.take_in(change)))
    }

    /// Puts `text` in place of a part of a target. What was confirmed is a draft again, in the same step.
    pub(super) fn edit(&mut self, unit: UnitId, span: Span, text: String) -> Result<Option<Place>, EditError> {
        let state = self.project.unit(unit).ok_or(EditError::NoSuchUnit(unit))?.state;
        if self.place.is_none_or(|place| place.unit != unit) {
            self.go_to(Place { unit, selection: span });
        }
        let draft = (state != State::Initial).then_some(Edit::SetState { unit, state: State::Initial });
        let edits: Vec<_> = draft.into_iter().chain([Edit::ReplaceTarget { unit, span, text }]).collect();
        self.perform(&edits)
    }

    pub(super) fn undo(&mut self) -> Result<Option<Place>, EditError> {
        let change = self.history.undo(&mut self.project)?;
        Ok(change.map(|change| self.take_in(change)))
    }

    pub(super) fn redo(&mut self) -> Result<Option<Place>, EditError> {
        let change = self.history.redo(&mut self.project)?;
        Ok(change.map(|change| self.take_in(change)))
    }

    /// Makes what is written next a step of its own, so that undo can come back to what is written now.
    pub(super) fn close_step(&mut self) {
        self.history.close_step();
    }

    fn take_in(&mut self, change: Change) -> Place {
        self.autosave.note(change.units);
        self.count();
        self.arrive(change.place);
        change.place
    }

    /// Moves the caret. Whatever is written there is a step of its own. A place that does not exist is ignored.
    pub(super) fn go_to(&mut self, place: Place) {
        let exists = self.project.unit(place.unit).is_some_and(|unit| place.selection.of(&unit.target).is_some());
        if exists && self.place != Some(place) {
            self.history.close_step();
            self.arrive(place);
        }
    }

    fn arrive(&mut self, place: Place) {
        self.source_place = None;
        if self.place.is_none_or(|before| before.unit != place.unit) {
            self.focused = None;
        }
        self.place = Some(place);
        if let Some(hidden) = self.project.position(place.unit).filter(|at| self.folding.hides(*at)) {
            self.unfold(hidden);
        }
    }

    /// The caret behind what is written in a unit.
    pub(super) fn end_of(&self, unit: UnitId) -> Option<Place> {
        let target = &self.project.unit(unit)?.target;
        Some(Place { unit, selection: Span::at(target.len()) })
    }

    /// The units from the one after the active one to the end.
    pub(super) fn units_after(&self) -> &[Unit] {
        let units = self.project.units();
        self.position_of_active().map_or(&[], |index| &units[index + 1..])
    }

    /// The units before the active one.
    pub(super) fn units_before(&self) -> &[Unit] {
        self.position_of_active().map_or(&[], |index| &self.project.units()[..index])
    }

    fn position_of_active(&self) -> Option<usize> {
        self.project.position(self.place?.unit)
    }

    /// The next unit of the article that is not confirmed, from the active one on and then from the start.
    pub(super) fn next_untranslated(&self) -> Option<UnitId> {
        let (before, after) = match self.place {
            Some(_) => (self.units_before(), self.units_after()),
            None => (self.project.units(), &[][..]),
        };
        after.iter().chain(before).find(|unit| unit.included && unit.state == State::Initial).map(|unit| unit.id)
    }

    /// The next unit after the active one that is to be seen.
    pub(super) fn unit_below(&self) -> Option<UnitId> {
        let after = self.position_of_active()? + 1;
        (after..self.project.units().len())
            .find(|place| !self.folding.hides(*place))
            .map(|at| self.project.units()[at].id)
    }

    /// The last unit before the active one that is to be seen.
    pub(super) fn unit_above(&self) -> Option<UnitId> {
        let before = self.position_of_active()?;
        (0..before).rfind(|place| !self.folding.hides(*place)).map(|at| self.project.units()[at].id)
    }

    /// The last unit that is to be seen.
    pub(super) fn last_unit(&self) -> Option<UnitId> {
        let units = self.project.units();
        (0..units.len()).rfind(|place| !self.folding.hides(*place)).map(|at| units[at].id)
    }

    fn count(&mut self) {
        self.repaired = self.project.units().iter().filter(|unit| unit.repaired.is_some()).count();
        self.folding.update(self.project.units());
        let included = self.project.units().iter().filter(|unit| unit.included);
        self.progress = included.fold(Progress::default(), |progress, unit| Progress {
            translated: progress.translated + usize::from(unit.state > State::Initial),
            total: progress.total + 1,
        });
    }
}

/// Whether a paragraph of this kind starts as a part of its article.
fn is_part(kind: ParagraphKind) -> bool {
    kind != ParagraphKind::Furniture
}
