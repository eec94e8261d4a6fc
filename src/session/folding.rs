//! Long runs of page furniture, folded into one row each so that the article does not drown in them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::document::Document;
use super::{Command, Session};
use crate::domain::{Edit, ParagraphKind, Unit, UnitId};

/// Runs shorter than this stay as they are.
const SHORTEST: usize = 4;

/// Which units are folded away.
#[derive(Debug, Default)]
pub(super) struct Folding {
    /// The folded runs, as places in reading order. The first unit of a run stands for all of it.
    folded: Vec<Range<usize>>,
    /// Units that are to be seen, whatever they are.
    unfolded: BTreeSet<UnitId>,
}

impl Folding {
    /// Finds the runs of `units` that are to be folded.
    pub(super) fn update(&mut self, units: &[Unit]) {
        let folded = runs(units).filter(|run| !units[run.clone()].iter().any(|unit| self.unfolded.contains(&unit.id)));
        self.folded = folded.collect();
    }

    pub(super) fn all(&self) -> &[Range<usize>] {
        &self.folded
    }

    /// The folded run that a place lies in.
    pub(super) fn at(&self, place: usize) -> Option<Range<usize>> {
        let next = self.folded.partition_point(|run| run.end <= place);
        self.folded.get(next).filter(|run| run.start <= place).cloned()
    }

    /// Whether the unit at a place is not to be seen, as another one stands for it.
    pub(super) fn hides(&self, place: usize) -> bool {
        self.at(place).is_some_and(|run| run.start != place)
    }
}

/// The runs of furniture that are long enough to fold.
fn runs(units: &[Unit]) -> impl Iterator<Item = Range<usize>> {
    let is_furniture = |unit: &Unit| unit.kind == ParagraphKind::Furniture && !unit.included && unit.target.is_empty();
    let mut start = 0;
    units
        .chunk_by(move |one, other| is_furniture(one) == is_furniture(other))
        .map(move |run| {
            start += run.len();
            (start - run.len()..start, is_furniture(&run[0]))
        })
        .filter(|(run, furniture)| *furniture && run.len() >= SHORTEST)
        .map(|(run, _)| run)
}

impl Document {
    /// Shows every unit of the run that a place lies in.
    pub(super) fn unfold(&mut self, place: usize) {
        if let Some(run) = self.folding.at(place) {
            self.folding.unfolded.extend(self.project.units()[run].iter().map(|unit| unit.id));
            self.folding.update(self.project.units());
        }
    }

    /// Unfolds the run of the active unit, or folds it again. Outside of all runs it does so with all of them.
    fn toggle_fold(&mut self) {
        let units = self.project.units();
        let active = self.place().and_then(|place| self.project.position(place.unit));
        let around: Vec<_> = runs(units).filter(|run| active.is_some_and(|place| run.contains(&place))).collect();
        let meant = if around.is_empty() { runs(units).collect() } else { around };
        let unfold = meant.iter().any(|run| self.folding.at(run.start).is_some());
        for unit in meant.into_iter().flat_map(|run| &units[run]) {
            if unfold {
                self.folding.unfolded.insert(unit.id);
            } else {
                self.folding.unfolded.remove(&unit.id);
            }
        }
        self.folding.update(self.project.units());
    }

    /// The edits that bring a unit back into the article, or leave it out; the first unit of a folded run stands for
    /// all of it.
    pub(super) fn toggled(&self, unit: &Unit) -> Vec<Edit> {
        let place = self.project.position(unit.id);
        let run = place.and_then(|place| self.folding.at(place));
        let units = run.map_or(std::slice::from_ref(unit), |run| &self.project.units()[run]);
        units.iter().map(|unit| Edit::SetIncluded { unit: unit.id, included: !unit.included }).collect()
    }
}

impl Session {
    /// The runs of page furniture that one row stands for, as places in reading order.
    pub fn folded(&self) -> &[Range<usize>] {
        self.document.as_ref().map_or(&[], |document| document.folding.all())
    }

    /// The folded run that a place in reading order lies in. Its first unit stands for all of it.
    pub fn fold_at(&self, place: usize) -> Option<Range<usize>> {
        self.document.as_ref()?.folding.at(place)
    }

    /// Whether there is furniture that can be folded or shown.
    pub(super) fn has_folds(&self) -> bool {
        self.project().is_some_and(|project| runs(project.units()).next().is_some())
    }

    pub(super) fn toggle_fold(&mut self) {
        let Some(document) = &mut self.document else { return };
        document.toggle_fold();
        // Nobody should be where nothing is to be seen.
        let hidden = document.place().and_then(|place| document.project.position(place.unit));
        if let Some(run) = hidden.and_then(|place| document.folding.at(place)) {
            let first = document.project.units()[run.start].id;
            self.run(Command::Select { unit: first, caret: crate::text::Span::at(0) });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::State;

    /// A unit a letter: `f` is furniture, `F` furniture that was brought back, `p` a paragraph.
    fn units(letters: &str) -> Vec<Unit> {
        let unit = |(number, letter)| Unit {
            id: UnitId::new(number),
            kind: if letter == 'p' { ParagraphKind::Paragraph } else { ParagraphKind::Furniture },
            source: Arc::from("نص"),
            repaired: None,
            target: String::new(),
            state: State::Initial,
            included: letter != 'f',
        };
        (1..).zip(letters.chars()).map(unit).collect()
    }

    #[test]
    fn only_long_runs_of_furniture_are_folded() {
        let check = |letters: &str, expected: &[(usize, usize)]| {
            let mut folding = Folding::default();
            folding.update(&units(letters));
            let found: Vec<_> = folding.all().iter().map(|run| (run.start, run.end)).collect();
            assert_eq!(found, expected, "{letters}");
        };
        check("", &[]);
        check("pfffp", &[]);
        check("ffffp", &[(0, 4)]);
        check("fffffpfffpffff", &[(0, 5), (10, 14)]);
        check("ffFffpFFFF", &[]);
    }

    #[test]
    fn the_first_of_a_folded_run_stands_for_all_of_it() {
        let mut folding = Folding::default();
        folding.update(&units("pffffp"));
        let hidden: Vec<_> = (0..7).filter(|place| folding.hides(*place)).collect();
        assert_eq!(hidden, [2, 3, 4]);
        folding.unfolded.insert(UnitId::new(3));
        folding.update(&units("pffffp"));
        assert!(folding.all().is_empty());
    }
}
