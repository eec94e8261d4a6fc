//! Undo and redo: steps of inverse edits, with the place each of them happened at.

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

/// One thing to undo: the edits that take it back, in the order to apply them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    inverse: Vec<Edit>,
    /// Where the person was before the step.
    before: Place,
    /// Where the step left them.
    after: Place,
}

/// What was done and can be undone, and what was undone and can be done again.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
    /// Whether the last step still takes in further typing.
    open: bool,
}

impl History {
    /// Applies `edits` as one step and remembers how to undo it. Typing that goes on where the last
    /// step ended, within the same word, joins that step. On an error nothing has changed.
    pub fn perform(&mut self, project: &mut Project, edits: Vec<Edit>, before: Place) -> Result<Place, EditError> {
        let continues = self.continues_last_step(project, &edits);
        let typing = is_typing(&edits);
        let (inverse, after) = apply_all(project, edits)?;
        let after = after.unwrap_or(before);
        self.undone.clear();
        match self.done.last_mut().filter(|_| continues) {
            Some(step) => {
                step.inverse.splice(0..0, inverse);
                step.after = after;
            }
            None => self.done.push(Step { inverse, before, after }),
        }
        self.open = typing;
        Ok(after)
    }

    /// Makes the next edit start a step of its own, as after a click elsewhere.
    pub fn close_step(&mut self) {
        self.open = false;
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// Takes the last step back; returns where to go, or `None` when there was nothing to undo.
    pub fn undo(&mut self, project: &mut Project) -> Result<Option<Place>, EditError> {
        self.open = false;
        Self::turn_back(&mut self.done, &mut self.undone, project)
    }

    /// Does the last undone step again; returns where to go, or `None` when there was none.
    pub fn redo(&mut self, project: &mut Project) -> Result<Option<Place>, EditError> {
        self.open = false;
        Self::turn_back(&mut self.undone, &mut self.done, project)
    }

    fn turn_back(from: &mut Vec<Step>, to: &mut Vec<Step>, project: &mut Project) -> Result<Option<Place>, EditError> {
        let Some(step) = from.pop() else { return Ok(None) };
        let (inverse, _) = apply_all(project, step.inverse)?;
        to.push(Step { inverse, before: step.after, after: step.before });
        Ok(Some(step.before))
    }

    fn continues_last_step(&self, project: &Project, edits: &[Edit]) -> bool {
        let Some(step) = self.done.last().filter(|_| self.open) else { return false };
        let Some(Edit::ReplaceTarget { unit, span, text }) = edits.last().filter(|_| is_typing(edits)) else {
            return false;
        };
        let caret = step.after.selection;
        if step.after.unit != *unit || !caret.is_empty() {
            return false;
        }
        if text.is_empty() {
            // Deleting backwards or forwards from the caret.
            let deletes = |edit: &Edit| matches!(edit, Edit::ReplaceTarget { text, .. } if !text.is_empty());
            return (span.end == caret.start || span.start == caret.start) && step.inverse.first().is_some_and(deletes);
        }
        let target = project.unit(*unit).map_or("", |unit| unit.target.as_str());
        let before = target.get(..caret.start).and_then(|before| before.chars().next_back());
        let starts_word = !text.starts_with(char::is_whitespace) && before.is_none_or(char::is_whitespace);
        let inserts = |edit: &Edit| matches!(edit, Edit::ReplaceTarget { text, .. } if text.is_empty());
        *span == caret && !starts_word && step.inverse.first().is_some_and(inserts)
    }
}

/// Typing is one character in or some text out; pasted text and inserted terms stand alone.
fn is_typing(edits: &[Edit]) -> bool {
    matches!(edits.last(), Some(Edit::ReplaceTarget { span, text, .. })
        if text.is_empty() || (span.is_empty() && text.chars().count() == 1))
}

/// Applies every edit, or none; returns the inverses in the order to apply them and the place of the last
/// change of a target.
fn apply_all(project: &mut Project, edits: Vec<Edit>) -> Result<(Vec<Edit>, Option<Place>), EditError> {
    let mut inverse = Vec::with_capacity(edits.len());
    let mut place = None;
    for edit in edits {
        match project.apply(edit) {
            Ok(back) => {
                if let Edit::ReplaceTarget { unit, span, .. } = &back {
                    place = Some(Place { unit: *unit, selection: Span::at(span.end) });
                }
                inverse.insert(0, back);
            }
            Err(error) => {
                for back in inverse {
                    // These inverses were made a moment ago from this very project.
                    let undone = project.apply(back);
                    debug_assert!(undone.is_ok());
                }
                return Err(error);
            }
        }
    }
    Ok((inverse, place))
}
