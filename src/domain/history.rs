//! Undo and redo: steps of inverse edits, with the place each of them happened at.

use unicode_segmentation::UnicodeSegmentation as _;

use super::{Edit, EditError, Project, UnitId};
use crate::text::Span;

/// Where a person was: a unit, and the caret or selection in its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The unit.
    pub unit: UnitId,
    /// The selection in bytes of the target; empty for a caret.
    pub selection: Span,
}

/// What a step, or taking one back, did to its project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it happened: where to put the caret.
    pub place: Place,
    /// The units that are no longer as they were; one may stand here twice.
    pub units: Vec<UnitId>,
}

/// One thing to undo: the edits that take it back, in the order to apply them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    number: u64,
    inverse: Vec<Edit>,
    /// Where the person was before the step.
    before: Place,
    /// Where the step left them.
    after: Place,
}

/// How typing may go on within the last step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    Inserting,
    Deleting,
}

/// What was done and can be undone, and what was undone and can be done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// What the last step still takes in, if anything.
    open: Option<Run>,
    /// The number of the newest step ever made.
    newest: u64,
}

impl History {
    /// Applies `edits` as one step and remembers how to undo it. Typing or deleting that goes on where the last
    /// step ended joins that step until a new word starts. On an error nothing has changed.
    pub fn perform(&mut self, project: &mut Project, edits: &[Edit], before: Place) -> Result<Change, EditError> {
        let run = run_of(project, edits);
        let continues = self.continues_last_step(project, edits, run);
        let (inverse, after) = apply_all(project, edits)?;
        let place = after.unwrap_or(before);
        self.undone.clear();
        self.newest += 1;
        match self.done.last_mut().filter(|_| continues) {
            Some(step) => {
                step.number = self.newest;
                step.inverse.splice(0..0, inverse);
                step.after = place;
            }
            None => self.done.push(Step { number: self.newest, inverse, before, after: place }),
        }
        self.open = run;
        Ok(Change { place, units: units_of(edits) })
    }

    /// Makes the next edit start a step of its own, as after a click elsewhere.
    pub fn close_step(&mut self) {
        self.open = None;
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Names the content that the project has now: it is the same again only when undo or redo came back to
    /// the same content. 0 before any step.
    pub fn position(&self) -> u64 {
        self.done.last().map_or(0, |step| step.number)
    }

    /// Takes the last step back, or does nothing when there is none.
    pub fn undo(&mut self, project: &mut Project) -> Result<Option<Change>, EditError> {
        self.open = None;
        turn_back(&mut self.done, &mut self.undone, project)
    }

    /// Does the last undone step again, or nothing when there is none.
    pub fn redo(&mut self, project: &mut Project) -> Result<Option<Change>, EditError> {
        self.open = None;
        turn_back(&mut self.undone, &mut self.done, project)
    }

    fn continues_last_step(&self, project: &Project, edits: &[Edit], run: Option<Run>) -> bool {
        let (Some(step), Some(Edit::ReplaceTarget { unit, span, text })) = (self.done.last(), edits.last()) else {
            return false;
        };
        let caret = step.after.selection.start;
        if run.is_none() || run != self.open || step.after.unit != *unit {
            return false;
        }
        match run {
            Some(Run::Deleting) => span.start == caret || span.end == caret,
            _ => *span == Span::at(caret) && !starts_word(project, *unit, caret, text),
        }
    }
}

/// One character typed (over a selection too) or one deleted can be part of a run; pasted text, inserted terms
/// and deleted selections stand alone.
fn run_of(project: &Project, edits: &[Edit]) -> Option<Run> {
    let Some(Edit::ReplaceTarget { unit, span, text }) = edits.last() else { return None };
    let is_one = |text: &str| text.graphemes(true).take(2).count() == 1;
    if !text.is_empty() {
        return is_one(text).then_some(Run::Inserting);
    }
    let removed = project.unit(*unit).and_then(|unit| span.of(&unit.target));
    removed.is_some_and(is_one).then_some(Run::Deleting)
}

fn starts_word(project: &Project, unit: UnitId, caret: usize, typed: &str) -> bool {
    let target = project.unit(unit).map_or("", |unit| unit.target.as_str());
    let before = target.get(..caret).and_then(|before| before.chars().next_back());
    !typed.starts_with(char::is_whitespace) && before.is_none_or(char::is_whitespace)
}

fn turn_back(from: &mut Vec<Step>, to: &mut Vec<Step>, project: &mut Project) -> Result<Option<Change>, EditError> {
    let Some(step) = from.last() else { return Ok(None) };
    let (inverse, _) = apply_all(project, &step.inverse)?;
    let change = Change { place: step.before, units: units_of(&step.inverse) };
    to.push(Step { number: step.number, inverse, before: step.after, after: step.before });
    from.pop();
    Ok(Some(change))
}

fn units_of(edits: &[Edit]) -> Vec<UnitId> {
    edits.iter().map(Edit::unit).collect()
}

/// Applies every edit, or none; returns the inverses in the order to apply them and the place of the last
/// change of a target.
fn apply_all(project: &mut Project, edits: &[Edit]) -> Result<(Vec<Edit>, Option<Place>), EditError> {
    let mut inverse = Vec::with_capacity(edits.len());
    let mut place = None;
    for edit in edits {
        match project.apply(edit.clone()) {
            Ok(back) => {
                if let Edit::ReplaceTarget { unit, span, .. } = &back {
                    place = Some(Place { unit: *unit, selection: Span::at(span.end) });
                }
                inverse.push(back);
            }
            Err(error) => {
                for back in inverse.into_iter().rev() {
                    // These inverses were made a moment ago from this very project.
                    let undone = project.apply(back);
                    debug_assert!(undone.is_ok());
                }
                return Err(error);
            }
        }
    }
    inverse.reverse();
    Ok((inverse, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Article, Origin, Paragraph, ParagraphKind, ProjectId, State};

    const UNIT: UnitId = UnitId::new(1);

    fn project() -> Project {
        let paragraph = |text: &str| Paragraph { kind: ParagraphKind::Paragraph, text: text.to_owned() };
        let article = Article { paragraphs: vec![paragraph("أول"), paragraph("ثانٍ")], ..Article::default() };
        Project::from_article(ProjectId::new(uuid::Uuid::nil()), Origin::default(), article)
    }

    fn replace(span: Span, text: &str) -> Edit {
        Edit::ReplaceTarget { unit: UNIT, span, text: text.to_owned() }
    }

    /// Types each of `keys` at the caret, `<` for backspace and `|` for a click that leaves the caret where it
    /// is, then lists the text after each undo.
    fn check_steps(keys: &str, expected: &[&str]) {
        let mut project = project();
        let mut history = History::default();
        let mut caret = 0;
        for key in keys.chars() {
            let edit = match key {
                '|' => {
                    history.close_step();
                    continue;
                }
                '<' => replace(Span::new(caret - 1, caret), ""),
                key => replace(Span::at(caret), &key.to_string()),
            };
            let before = Place { unit: UNIT, selection: Span::at(caret) };
            caret = history.perform(&mut project, &[edit], before).unwrap().place.selection.start;
        }
        let written = project.units()[0].target.clone();
        let mut undone = Vec::new();
        while history.undo(&mut project).unwrap().is_some() {
            undone.push(project.units()[0].target.clone());
        }
        assert_eq!(undone, expected, "undoing {keys:?}");
        while history.redo(&mut project).unwrap().is_some() {}
        assert_eq!(project.units()[0].target, written, "redoing {keys:?}");
    }

    #[test]
    fn undo_goes_back_word_by_word() {
        check_steps("Hello", &[""]);
        check_steps("Two words", &["Two ", ""]);
        check_steps("Two  words!", &["Two  ", ""]);
        check_steps("one<<", &["one", ""]);
        check_steps("one<x", &["on", "one", ""]);
        check_steps("on|e", &["on", ""]);
    }

    #[test]
    fn typing_over_a_selection_is_one_step_with_the_word_that_follows() {
        let mut project = project();
        let mut history = History::default();
        let mut place = Place { unit: UNIT, selection: Span::at(0) };
        place = history.perform(&mut project, &[replace(Span::at(0), "pasted words")], place).unwrap().place;
        let selected = Place { unit: UNIT, selection: Span::new(0, 6) };
        for (span, text) in [(selected.selection, "n"), (Span::at(1), "e"), (Span::at(2), "w")] {
            let before = if text == "n" { selected } else { place };
            place = history.perform(&mut project, &[replace(span, text)], before).unwrap().place;
        }
        assert_eq!(project.units()[0].target, "new words");
        let change = history.undo(&mut project).unwrap().unwrap();
        assert_eq!(project.units()[0].target, "pasted words");
        assert_eq!(change.place, selected, "undo selects again what was selected");
    }

    #[test]
    fn undo_and_redo_return_to_where_it_happened() {
        let mut project = project();
        let mut history = History::default();
        let start = Place { unit: UNIT, selection: Span::at(0) };
        let written = history.perform(&mut project, &[replace(Span::at(0), "first")], start).unwrap().place;
        let other = UnitId::new(2);
        let elsewhere = Place { unit: other, selection: Span::at(0) };
        let confirm = [Edit::SetState { unit: other, state: State::Translated }];
        assert_eq!(history.perform(&mut project, &confirm, elsewhere).unwrap().place, elsewhere);

        let change = history.undo(&mut project).unwrap().unwrap();
        assert_eq!(change, Change { place: elsewhere, units: vec![other] });
        assert_eq!(history.undo(&mut project).unwrap().unwrap().place, start);
        assert_eq!(history.redo(&mut project).unwrap().unwrap().place, written);
        assert_eq!(history.redo(&mut project).unwrap().unwrap().place, elsewhere);
        assert_eq!(project.units()[1].state, State::Translated);
    }

    #[test]
    fn a_position_comes_back_only_with_its_content() {
        let mut project = project();
        let mut history = History::default();
        let place = Place { unit: UNIT, selection: Span::at(0) };
        let start = history.position();
        history.perform(&mut project, &[replace(Span::at(0), "a")], place).unwrap();
        let saved = history.position();
        history.perform(&mut project, &[replace(Span::at(1), "b")], place).unwrap();
        assert_ne!(history.position(), saved, "a step that grew is another content");
        history.undo(&mut project).unwrap();
        assert_eq!(history.position(), start);
        history.perform(&mut project, &[replace(Span::at(0), "a")], place).unwrap();
        assert_ne!(history.position(), saved);
    }

    #[test]
    fn a_step_that_does_not_fit_changes_nothing() {
        let mut project = project();
        let mut history = History::default();
        let place = Place { unit: UNIT, selection: Span::at(0) };
        let edits = [replace(Span::at(0), "a"), replace(Span::new(5, 6), "")];
        assert!(matches!(history.perform(&mut project, &edits, place), Err(EditError::OutsideTarget { .. })));
        assert_eq!(project.units()[0].target, "");
        assert!(!history.can_undo());
    }
}
