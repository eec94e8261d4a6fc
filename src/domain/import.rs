//! Bringing concepts into a termbase: what would happen, worked out before anything is written.

use std::collections::HashMap;

use super::duplicates::{keys, may_be_one};
use super::{Concept, ConceptId, ConceptKind, Term, TermStatus, Termbase, search_key};

/// What to do with a concept that the termbase has already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Policy {
    /// Leave it out.
    Skip,
    /// Add what is new in it to the one that is there.
    Merge,
    /// Let it take the place of the one that is there.
    Replace,
    /// Keep both.
    AddAsNew,
}

impl Policy {
    /// Every policy, the most careful first.
    pub const ALL: [Self; 4] = [Self::Skip, Self::Merge, Self::Replace, Self::AddAsNew];
}

/// What an import would do. Every incoming concept is in one of the lists, or went into another one of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ImportPlan {
    /// Concepts that the termbase has not. Their ids are those of the file, and are not to be kept.
    pub add: Vec<Concept>,
    /// Concepts of the termbase as they would be.
    pub change: Vec<PlannedChange>,
    /// Concepts that would be left out.
    pub skip: Vec<Skipped>,
    /// Concepts that could be several of the termbase: a person has to say which. Nothing would be done with them.
    pub conflicts: Vec<Conflict>,
}

impl ImportPlan {
    /// Whether nothing would be written.
    pub fn is_empty(&self) -> bool {
        self.add.is_empty() && self.change.is_empty()
    }

    /// How many of the changed concepts the file translates differently.
    pub fn differing(&self) -> usize {
        self.change.iter().filter(|change| change.differs).count()
    }

    /// Decides that the concepts that could be several are none of them, but new.
    pub fn add_conflicts(&mut self) {
        self.add.extend(self.conflicts.drain(..).map(|conflict| conflict.incoming));
    }
}

/// A concept of the termbase that an import would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedChange {
    /// What it would be.
    pub after: Concept,
    /// Whether the file prefers another translation than the termbase does now.
    pub differs: bool,
}

/// A concept that an import would leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// The concept of the file.
    pub incoming: Concept,
    /// The one that is there already.
    pub existing: ConceptId,
    /// Whether there is something in it that the existing one lacks.
    pub is_news: bool,
}

/// A concept that could be several of the termbase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The concept of the file.
    pub incoming: Concept,
    /// What it could be.
    pub candidates: Vec<ConceptId>,
}

/// Works out what importing `incoming` would do. A concept is there already when the termbase has its id, or one of
/// the same kind with one of its Arabic wordings, however spelled, and no other domain. Concepts of the file that
/// are one are put together, unless everything is to be kept apart.
pub fn plan_import(existing: &Termbase, incoming: Vec<Concept>, policy: Policy) -> ImportPlan {
    let mut planner = Planner::new(existing, policy);
    for concept in incoming {
        planner.place(concept);
    }
    planner.plan
}

/// Where a concept stands that an incoming one may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Existing(usize),
    Added(usize),
    Changed(usize),
}

struct Planner<'a> {
    existing: &'a Termbase,
    policy: Policy,
    places: HashMap<(String, ConceptKind), Vec<Place>>,
    /// Where concepts of the termbase stand in the plan.
    changed: HashMap<ConceptId, usize>,
    plan: ImportPlan,
}

impl<'a> Planner<'a> {
    fn new(existing: &'a Termbase, policy: Policy) -> Self {
        let (places, changed, plan) = (HashMap::new(), HashMap::new(), ImportPlan::default());
        let mut planner = Self { existing, policy, places, changed, plan };
        if policy != Policy::AddAsNew {
            for (position, concept) in existing.concepts().iter().enumerate() {
                planner.enter(concept, Place::Existing(position));
            }
        }
        planner
    }

    fn enter(&mut self, concept: &Concept, place: Place) {
        for key in keys(concept, |concept| &concept.arabic) {
            self.places.entry((key, concept.kind)).or_default().push(place);
        }
    }

    fn place(&mut self, incoming: Concept) {
        let candidates = if self.policy == Policy::AddAsNew { Vec::new() } else { self.candidates(&incoming) };
        match candidates[..] {
            [] => {
                if self.policy != Policy::AddAsNew {
                    self.enter(&incoming, Place::Added(self.plan.add.len()));
                }
                self.plan.add.push(incoming);
            }
            [Place::Added(index)] => self.plan.add[index] = merged(&self.plan.add[index], &incoming),
            [Place::Changed(index)] => {
                self.plan.change[index].after = merged(&self.plan.change[index].after, &incoming);
            }
            [Place::Existing(position)] => self.meet(position, incoming),
            _ => {
                let candidates = candidates.iter().map(|&place| self.concept(place).id.clone()).collect();
                self.plan.conflicts.push(Conflict { incoming, candidates });
            }
        }
    }

    /// What an incoming concept may be: the one with its id, else those with its kind, wording and domain.
    fn candidates(&self, incoming: &Concept) -> Vec<Place> {
        if let Some(&index) = self.changed.get(&incoming.id) {
            return vec![Place::Changed(index)];
        }
        if let Some(position) = self.existing.position(&incoming.id) {
            return vec![Place::Existing(position)];
        }
        let mut found: Vec<Place> = Vec::new();
        for key in keys(incoming, |concept| &concept.arabic) {
            for &place in self.places.get(&(key, incoming.kind)).into_iter().flatten() {
                let place = self.now(place);
                if may_be_one(&self.concept(place).domain, &incoming.domain) && !found.contains(&place) {
                    found.push(place);
                }
            }
        }
        found
    }

    /// Where a concept is now that may have been changed by an earlier one of the file.
    fn now(&self, place: Place) -> Place {
        match place {
            Place::Existing(position) => {
                let id = &self.existing.concepts()[position].id;
                self.changed.get(id).map_or(place, |&index| Place::Changed(index))
            }
            Place::Added(_) | Place::Changed(_) => place,
        }
    }

    fn concept(&self, place: Place) -> &Concept {
        match place {
            Place::Existing(position) => &self.existing.concepts()[position],
            Place::Added(index) => &self.plan.add[index],
            Place::Changed(index) => &self.plan.change[index].after,
        }
    }

    /// Decides about a concept that the termbase has.
    fn meet(&mut self, position: usize, incoming: Concept) {
        let existing = &self.existing.concepts()[position];
        let together = merged(existing, &incoming);
        let is_news = together != *existing;
        let after = match self.policy {
            Policy::Replace => {
                Concept { id: existing.id.clone(), modified: existing.modified.clone(), ..incoming.clone() }
            }
            Policy::Merge => together,
            Policy::Skip | Policy::AddAsNew => existing.clone(),
        };
        if after == *existing {
            self.plan.skip.push(Skipped { incoming, existing: existing.id.clone(), is_news });
            return;
        }
        let preferred = |concept: &Concept| concept.preferred_english().map(search_key);
        let differs = preferred(existing) != preferred(&incoming);
        self.changed.insert(existing.id.clone(), self.plan.change.len());
        self.plan.change.push(PlannedChange { after, differs });
    }
}

/// A concept with what another one has besides: wordings are admitted where the first prefers others, and texts are
/// taken over where the first has none. Notes follow one another.
pub fn merged(first: &Concept, second: &Concept) -> Concept {
    let mut together = first.clone();
    merge_terms(&mut together.arabic, &second.arabic);
    merge_terms(&mut together.english, &second.english);
    if together.domain.is_empty() {
        together.domain = second.domain.clone();
    }
    for (text, other) in [(&mut together.definition, &second.definition), (&mut together.source, &second.source)] {
        if text.is_empty() {
            text.clone_from(other);
        }
    }
    if !second.note.is_empty() && !together.note.contains(&*second.note) {
        let between = if together.note.is_empty() { "" } else { "\n" };
        together.note = format!("{}{between}{}", together.note, second.note).into();
    }
    together
}

fn merge_terms(terms: &mut Vec<Term>, others: &[Term]) {
    for other in others {
        if let Some(known) = terms.iter_mut().find(|term| term.text == other.text) {
            known.part_of_speech = known.part_of_speech.or(other.part_of_speech);
            known.term_type = known.term_type.or(other.term_type);
            let new = other.forms.iter().filter(|form| !known.forms.contains(form)).cloned().collect::<Vec<_>>();
            known.forms.extend(new);
            continue;
        }
        let taken = terms.iter().any(|term| term.status == TermStatus::Preferred);
        let status = if taken && other.status == TermStatus::Preferred { TermStatus::Admitted } else { other.status };
        terms.push(Term { status, ..other.clone() });
    }
    terms.sort_by_key(|term| term.status);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(id: &str, domain: &str, arabic: &str, english: &str) -> Concept {
        Concept {
            domain: domain.into(),
            arabic: vec![Term::new(arabic, TermStatus::Preferred)],
            english: vec![Term::new(english, TermStatus::Preferred)],
            ..Concept::new(ConceptId::new(id), ConceptKind::Term)
        }
    }

    fn existing() -> Termbase {
        [
            concept("1", "", "قذيفة", "shell"),
            concept("2", "military", "دورية", "patrol"),
            concept("3", "media", "دورية", "periodical"),
            concept("4", "", "هدنة", "truce"),
        ]
        .into_iter()
        .collect()
    }

    fn english(concept: &Concept) -> String {
        concept.english.iter().map(|term| &*term.text).collect::<Vec<_>>().join("|")
    }

    /// How many go into each list, and the English of what is changed.
    fn check(policy: Policy, expected: [usize; 4], changed: &[&str]) {
        let incoming = vec![
            concept("a", "war", "القذيفة", "the shell"),
            concept("b", "", "قذيفه", "projectile"),
            concept("c", "", "دورية", "patrol"),
            concept("d", "law", "دورية", "circular"),
            concept("e", "", "مدفع", "cannon"),
            concept("f", "", "مِدفَع", "gun"),
            concept("4", "", "الهدنة", "ceasefire"),
        ];
        let plan = plan_import(&existing(), incoming, policy);
        let counts = [plan.add.len(), plan.change.len(), plan.skip.len(), plan.conflicts.len()];
        assert_eq!(counts, expected, "{policy:?} {plan:#?}");
        let after: Vec<String> = plan.change.iter().map(|change| english(&change.after)).collect();
        assert_eq!(after, changed, "{policy:?}");
        assert!(plan.change.iter().all(|change| change.differs));
    }

    #[test]
    fn each_policy_does_what_it_says() {
        check(Policy::Skip, [3, 0, 2, 1], &[]);
        check(Policy::Merge, [3, 2, 0, 1], &["shell|projectile", "truce|ceasefire"]);
        check(Policy::Replace, [3, 2, 0, 1], &["projectile", "ceasefire"]);
        check(Policy::AddAsNew, [7, 0, 0, 0], &[]);
    }

    #[test]
    fn what_brings_nothing_new_is_skipped() {
        for policy in [Policy::Skip, Policy::Merge, Policy::Replace] {
            let plan = plan_import(&existing(), existing().into_iter().collect(), policy);
            assert_eq!(plan.skip.len(), 4, "{policy:?}");
            assert!(plan.skip.iter().all(|skipped| !skipped.is_news));
        }
    }

    #[test]
    fn rows_of_one_file_that_are_one_concept_become_one() {
        let rows = vec![concept("a", "", "مدفع", "cannon"), concept("b", "", "مدفع", "gun")];
        let plan = plan_import(&Termbase::default(), rows, Policy::Skip);
        assert_eq!(plan.add.iter().map(english).collect::<Vec<_>>(), ["cannon|gun"]);
        assert_eq!(plan.add[0].english[1].status, TermStatus::Admitted);
    }

    #[test]
    fn a_merge_loses_nothing() {
        let mut first = concept("1", "", "بنك", "bank");
        first.note = "one".into();
        let mut second = concept("2", "economy", "بنك", "bank");
        second.note = "two".into();
        second.arabic[0].forms = vec!["بنوك".into()];
        second.english.push(Term::new("shore", TermStatus::Forbidden));
        let both = merged(&first, &second);
        assert_eq!(
            (&*both.domain, &*both.note, &both.arabic[0].forms),
            ("economy", "one\ntwo", &second.arabic[0].forms)
        );
        assert_eq!(english(&both), "bank|shore");
        assert_eq!(merged(&both, &second), both);
    }
}
