//! Bringing the article up to a glossary that has changed: what was written by its old wordings.

use std::collections::HashMap;

use super::document::Document;
use super::notice::Topic;
use super::{Command, Session, Sheet};
use crate::domain::{ConceptId, Edit, Rewording, UnitId, outdated, rewordings};
use crate::jobs::Reindexed;

/// What the glossary called a concept before, and what it calls it now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Renamed {
    /// The paragraphs whose Arabic speaks of it.
    units: Vec<UnitId>,
    old: Vec<String>,
    new: String,
}

/// What was renamed while the article is open.
#[derive(Default)]
pub(super) struct Rewordings {
    renamed: HashMap<ConceptId, Renamed>,
}

impl Session {
    /// Where the article has wordings that were changed in the glossary since they were written, in order of place.
    pub fn rewordings(&self) -> Vec<Rewording> {
        let Some(document) = &self.document else { return Vec::new() };
        let mut found: Vec<Rewording> = document.outdated_places().collect();
        found.sort_by_key(|it| (document.project.position(it.unit), it.span.start, it.span.end));
        // Two concepts can have had one wording; one of them is enough.
        found.dedup_by(|later, first| later.unit == first.unit && later.span.start < first.span.end);
        found
    }

    /// Whether the article has such a wording. It is asked for in every frame, so the first one is enough.
    pub(super) fn has_rewordings(&self) -> bool {
        self.document.as_ref().is_some_and(|document| document.outdated_places().next().is_some())
    }

    /// Remembers what became of the wordings of concepts, and offers to bring the article up to it.
    pub(super) fn note_renamed(&mut self, changes: &[Reindexed]) {
        let Some(document) = &mut self.document else { return };
        let pairs = changes.iter().filter_map(|change| Some((change.before.as_ref()?, &change.after.as_ref()?.0)));
        let mut found: HashMap<&ConceptId, Renamed> = pairs
            .filter_map(|(before, after)| {
                let (old, new) = outdated(before, after)?;
                Some((&before.id, Renamed { units: Vec::new(), old, new }))
            })
            .collect();
        if found.is_empty() {
            return;
        }
        for (unit, matches) in &document.recognition.matches {
            for concept in matches.iter().map(|matched| &matched.concept) {
                if let Some(renamed) = found.get_mut(concept).filter(|it| it.units.last() != Some(unit)) {
                    renamed.units.push(*unit);
                }
            }
        }
        for (id, later) in found {
            document.rewordings.add(id, later);
        }
        self.offer_rewordings();
    }

    fn offer_rewordings(&mut self) {
        self.notices.clear(Topic::Rewording);
        let places = self.rewordings().len();
        if places > 0 {
            let at = if places == 1 { "one place".to_owned() } else { format!("{places} places") };
            let message = format!("The article has the old wording at {at}.");
            self.notices.warn(Topic::Rewording, message, &[Command::ShowRewordings]);
        }
    }

    pub(super) fn show_rewordings(&mut self) {
        if self.has_rewordings() {
            self.sheet = Some(Sheet::Rewordings);
        } else {
            self.notices.info(Topic::Rewording, "The article has no wording that was changed in the glossary.");
        }
    }

    /// Puts new wordings in the place of old ones as one step. What was written over meanwhile stays as it is.
    pub(super) fn reword(&mut self, chosen: Vec<Rewording>) {
        let Some(document) = &mut self.document else { return };
        let mut chosen: Vec<Rewording> = chosen
            .into_iter()
            .filter(|it| {
                let unit = document.project.unit(it.unit);
                unit.and_then(|unit| it.span.of(&unit.target)) == Some(&*it.before)
            })
            .collect();
        // From the end, so that the places before stay where they are.
        chosen.sort_by_key(|it| (document.project.position(it.unit), std::cmp::Reverse(it.span.start)));
        let edit = |it: Rewording| Edit::ReplaceTarget { unit: it.unit, span: it.span, text: it.after };
        let edits: Vec<Edit> = chosen.into_iter().map(edit).collect();
        document.rewordings.renamed.clear();
        self.notices.clear(Topic::Rewording);
        if edits.is_empty() {
            return;
        }
        document.close_step();
        let result = document.perform(&edits);
        let message = match edits.len() {
            1 => "One place was updated.".to_owned(),
            places => format!("{places} places were updated."),
        };
        self.put_caret(result);
        self.notices.offer(Topic::Edit, message, &[Command::Undo]);
    }
}

impl Document {
    /// Where wordings stand that were changed in the glossary, by concept; places may overlap.
    fn outdated_places(&self) -> impl Iterator<Item = Rewording> {
        self.rewordings.renamed.values().flat_map(|Renamed { units, old, new }| {
            let units = units.iter().filter_map(|unit| self.project.unit(*unit));
            units.filter(|unit| !unit.target.is_empty()).flat_map(|unit| rewordings(unit, old, new))
        })
    }
}

impl Rewordings {
    /// Takes in what a concept was called before, and is called now. What was renamed again has its first names too, and
    /// what is called as before is not outdated any more.
    fn add(&mut self, id: &ConceptId, later: Renamed) {
        let Renamed { mut units, mut old, new } = later;
        if let Some(earlier) = self.renamed.remove(id) {
            old.extend(earlier.old.into_iter().filter(|text| *text != new));
            units.extend(earlier.units);
            units.sort_unstable();
            units.dedup();
            old.dedup();
        }
        self.renamed.insert(id.clone(), Renamed { units, old, new });
    }
}
