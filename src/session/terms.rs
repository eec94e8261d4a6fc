//! The terms of a paragraph: what it speaks of, what it may speak of besides, and whether the translation says so.

use std::collections::HashSet;

use super::Session;
use crate::domain::{Concept, Layer, Match, State, TermStatus, TermUse, UnitId, search_key, term_use};
use crate::jobs::{Job, JobId};
use crate::text::Span;

/// A term of the active unit, as it stands in the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberedTerm<'a> {
    /// From 1; [`Command::InsertTerm`](super::Command::InsertTerm) takes it.
    pub number: usize,
    /// Which of the [`found`](Session::found) of the unit speaks of it first.
    pub found: usize,
    /// What it is, with its English wordings.
    pub concept: &'a Concept,
    /// The wording that a key inserts: what was chosen in this article before, or what is preferred.
    pub english: Option<&'a str>,
    /// Whether another term stands at its place that fits better.
    pub is_alternative: bool,
}

/// What else the active unit may speak of.
#[derive(Debug, Default)]
pub(super) struct Alternatives {
    unit: Option<UnitId>,
    asked: Option<JobId>,
    /// What the matches of the unit have not.
    found: Vec<Match>,
}

impl Session {
    /// What the active unit speaks of in order of place, and then what it may speak of besides.
    pub fn found(&self) -> impl Iterator<Item = &Match> {
        let active = self.active();
        let matches = active.map_or(&[][..], |unit| self.matches(unit));
        let alternatives = self.document.as_ref().map(|document| &document.recognition.alternatives);
        let alternatives = alternatives.filter(|alternatives| alternatives.unit == active);
        matches.iter().chain(alternatives.into_iter().flat_map(|alternatives| &alternatives.found))
    }

    /// The concepts that the active unit speaks of, each once, in the order in which they come; then those that it may
    /// speak of besides. Of those that come at one place the best stands first.
    pub fn terms_of_active(&self) -> Vec<NumberedTerm<'_>> {
        let mut terms: Vec<(Span, NumberedTerm<'_>)> = Vec::new();
        let certain = self.active().map_or(0, |unit| self.matches(unit).len());
        for (found, matched) in self.found().enumerate() {
            let seen = terms.iter().any(|(_, term)| term.concept.id == matched.concept);
            if let Some(concept) = self.concept(matched).filter(|_| !seen) {
                let (english, is_alternative) = (self.english(concept), found >= certain);
                terms.push((matched.span, NumberedTerm { number: 0, found, concept, english, is_alternative }));
            }
        }
        let mut rivals = terms.chunk_by_mut(|(one, _), (other, _)| one == other);
        rivals.by_ref().filter(|rivals| rivals.len() > 1).for_each(|rivals| {
            rivals.sort_by_cached_key(|(span, term)| self.merit(*span, term));
        });
        let numbered = (1..).zip(terms);
        numbered.map(|(number, (_, term))| NumberedTerm { number, ..term }).collect()
    }

    /// By what the terms at one place are sorted, the best least: their termbase, the status of the wording that the text
    /// has, and whether one was used before in the article.
    fn merit(&self, span: Span, term: &NumberedTerm<'_>) -> (bool, Option<Layer>, TermStatus, bool) {
        let text = self.document.as_ref().and_then(|document| span.of(document.active()?.text()));
        let written = text.map(search_key);
        let of_wording = term.concept.arabic.iter().filter(|wording| Some(search_key(&wording.text)) == written);
        let status = of_wording.map(|wording| wording.status).min().unwrap_or(TermStatus::Admitted);
        let layer = self.termbase().and_then(|termbase| termbase.layer(&term.concept.id));
        let used = self.document.as_ref().is_some_and(|document| document.chosen.contains_key(&term.concept.id));
        (term.is_alternative, layer, status, !used)
    }

    /// How the translation of a unit speaks of what its Arabic speaks of, each concept once, where that is not as the
    /// glossary says. Before it is confirmed only what is forbidden counts: the rest may be still to come.
    pub fn deviations(&self, unit: UnitId) -> Vec<(&Concept, TermUse<'_>)> {
        let Some(unit) = self.project().and_then(|project| project.unit(unit)) else { return Vec::new() };
        if unit.target.is_empty() {
            return Vec::new();
        }
        let mut seen = HashSet::new();
        let concepts = self.matches(unit.id).iter().filter(|found| seen.insert(&found.concept));
        let used =
            concepts.filter_map(|found| self.concept(found)).map(|concept| (concept, term_use(&unit.target, concept)));
        used.filter(|(concept, used)| match used {
            TermUse::Known(_) => false,
            TermUse::Forbidden(_) => true,
            TermUse::Otherwise => unit.state > State::Initial && !concept.english.is_empty(),
        })
        .collect()
    }

    pub(super) fn concept(&self, matched: &Match) -> Option<&Concept> {
        self.termbase()?.get(&matched.concept)
    }

    /// The English to write for a concept: what was chosen in this article last, or what is preferred.
    fn english<'a>(&self, concept: &'a Concept) -> Option<&'a str> {
        let chosen = self.document.as_ref().and_then(|document| document.chosen.get(&concept.id));
        let usable = concept.english.iter().filter(|term| term.status != TermStatus::Forbidden);
        let chosen = usable.map(|term| &*term.text).find(|text| chosen.is_some_and(|chosen| chosen == text));
        chosen.or_else(|| concept.preferred_english())
    }

    /// What a key inserts for one of the [`found`](Self::found).
    pub(super) fn english_at(&self, found: usize) -> Option<&str> {
        self.english(self.concept_at(found)?)
    }

    pub(super) fn concept_at(&self, found: usize) -> Option<&Concept> {
        self.concept(self.found().nth(found)?)
    }

    /// Remembers that a wording was inserted, for this article and for good.
    pub(super) fn note_choice(&mut self, found: usize, english: &str) {
        let Some(id) = self.concept_at(found).map(|concept| concept.id.clone()) else { return };
        if let Some(document) = &mut self.document {
            document.chosen.insert(id.clone(), english.to_owned());
        }
        self.count_use(id, english.to_owned());
    }

    /// Guesses plurals, or no longer, in what is shown too.
    pub(super) fn toggle_plural_guesses(&mut self) {
        self.set(|settings| settings.plurals_guessed = !settings.plurals_guessed);
        if let Some(document) = &mut self.document {
            document.recognition.alternatives = Alternatives::default();
        }
    }

    /// Looks for what else the active unit may speak of, if that is not known.
    pub(super) fn find_alternatives(&mut self) {
        let (Some(glossary), Some(document)) = (&self.glossary, &mut self.document) else { return };
        let Some((id, text)) = document.active().map(|unit| (unit.id, unit.text().clone())) else { return };
        let known = &mut document.recognition.alternatives;
        // It is known only once the first of the terms are.
        if known.unit == Some(id) || !document.recognition.matches.contains_key(&id) {
            return;
        }
        let guesses = self.settings.plurals_guessed;
        let job = Job::FindAlternatives { index: glossary.index.clone(), text, guesses };
        *known = Alternatives { unit: Some(id), asked: Some(self.work.start(job).id), found: Vec::new() };
    }

    pub(super) fn found_alternatives(&mut self, id: JobId, mut found: Vec<Match>) {
        let Some(recognition) = self.document.as_mut().map(|document| &mut document.recognition) else { return };
        let alternatives = &mut recognition.alternatives;
        if let Some(unit) = alternatives.unit.filter(|_| alternatives.asked == Some(id)) {
            let certain = recognition.matches.get(&unit).map_or(&[][..], Vec::as_slice);
            found.retain(|found| !certain.iter().any(|other| other.concept == found.concept));
            alternatives.found = found;
        }
    }
}
