//! The termbase: concepts and what they are called in Arabic and in English.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Names a concept for good: what its file calls it, or what its wording and kind make of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(Arc<str>);

impl ConceptId {
    /// The id that a file gave.
    pub fn new(key: impl Into<Arc<str>>) -> Self {
        Self(key.into())
    }

    /// The id to write to a file.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConceptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What sort of thing a concept is. A name does not inflect in Arabic, a term does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConceptKind {
    /// A human being.
    Person,
    /// A country, town, river or building.
    Place,
    /// A state body, party, company, army or armed group.
    Organisation,
    /// A war, treaty, conference or operation with a name of its own.
    Event,
    /// Any other word or phrase.
    Term,
}

impl ConceptKind {
    /// Every kind, in the order people read them in.
    pub const ALL: [Self; 5] = [Self::Person, Self::Place, Self::Organisation, Self::Event, Self::Term];

    /// Its name in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
            Self::Event => "event",
            Self::Term => "term",
        }
    }

    /// The kind that a file calls `key`.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// Whether a wording is to be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermStatus {
    /// The wording to use.
    Preferred,
    /// Right, but not what the desk writes.
    Admitted,
    /// Not to be used.
    Forbidden,
}

/// One wording of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words.
    pub text: String,
    /// Whether to use them.
    pub status: TermStatus,
}

/// Something that has a name, whatever the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its name within the termbase.
    pub id: ConceptId,
    /// What sort of thing it is.
    pub kind: ConceptKind,
    /// The field it belongs to, such as "military"; may be empty.
    pub domain: String,
    /// A remark for people; may be empty.
    pub note: String,
    /// Its Arabic wordings, the preferred one first.
    pub arabic: Vec<Term>,
    /// Its English wordings, the preferred one first; empty where nobody has written one yet.
    pub english: Vec<Term>,
}

impl Concept {
    /// The English to write: the preferred wording, else the first admitted one.
    pub fn preferred_english(&self) -> Option<&str> {
        preferred(&self.english)
    }

    /// The Arabic to show: the preferred wording, else the first admitted one.
    pub fn preferred_arabic(&self) -> Option<&str> {
        preferred(&self.arabic)
    }
}

fn preferred(terms: &[Term]) -> Option<&str> {
    terms
        .iter()
        .filter(|term| term.status != TermStatus::Forbidden)
        .min_by_key(|term| term.status)
        .map(|term| &*term.text)
}

/// A set of concepts with ids that differ.
#[derive(Debug, Clone, Default)]
pub struct Termbase {
    concepts: Vec<Concept>,
    positions: HashMap<ConceptId, usize>,
}

impl Termbase {
    /// Every concept, in the order they came.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept with an id.
    pub fn get(&self, id: &ConceptId) -> Option<&Concept> {
        self.positions.get(id).map(|&position| &self.concepts[position])
    }

    /// Adds a concept and returns the one with the same id that it takes the place of.
    pub fn insert(&mut self, concept: Concept) -> Option<Concept> {
        if let Some(&position) = self.positions.get(&concept.id) {
            return Some(std::mem::replace(&mut self.concepts[position], concept));
        }
        self.positions.insert(concept.id.clone(), self.concepts.len());
        self.concepts.push(concept);
        None
    }
}

impl Extend<Concept> for Termbase {
    fn extend<I: IntoIterator<Item = Concept>>(&mut self, concepts: I) {
        for concept in concepts {
            self.insert(concept);
        }
    }
}

impl FromIterator<Concept> for Termbase {
    fn from_iter<I: IntoIterator<Item = Concept>>(concepts: I) -> Self {
        let mut termbase = Self::default();
        termbase.extend(concepts);
        termbase
    }
}

impl IntoIterator for Termbase {
    type Item = Concept;
    type IntoIter = std::vec::IntoIter<Concept>;

    fn into_iter(self) -> Self::IntoIter {
        self.concepts.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn concept(id: &str, english: &[(&str, TermStatus)]) -> Concept {
        let english = english.iter().map(|&(text, status)| Term { text: text.to_owned(), status }).collect();
        let (domain, note) = (String::new(), String::new());
        Concept { id: ConceptId::new(id), kind: ConceptKind::Place, domain, note, arabic: Vec::new(), english }
    }

    #[test]
    fn the_english_offered_is_never_a_forbidden_one() {
        use TermStatus::{Admitted, Forbidden, Preferred};
        let check = |english: &[(&str, TermStatus)], expected| {
            assert_eq!(concept("kyiv", english).preferred_english(), expected, "{english:?}");
        };
        check(&[("Kiev", Forbidden), ("Kyyiv", Admitted), ("Kyiv", Preferred)], Some("Kyiv"));
        check(&[("Kiev", Forbidden), ("Kyiv", Admitted), ("Kyyiv", Admitted)], Some("Kyiv"));
        check(&[("Kiev", Forbidden)], None);
        check(&[], None);
    }

    #[test]
    fn a_later_concept_replaces_the_one_with_its_id() {
        let old = concept("kyiv", &[("Kiev", TermStatus::Preferred)]);
        let new = concept("kyiv", &[("Kyiv", TermStatus::Preferred)]);
        let mut termbase: Termbase = [old.clone(), concept("aleppo", &[])].into_iter().collect();
        assert_eq!(termbase.insert(new.clone()), Some(old));
        assert_eq!(termbase.get(&new.id), Some(&new));
        assert_eq!(termbase.concepts().len(), 2);
    }

    #[test]
    fn every_kind_reads_back_from_its_key() {
        for kind in ConceptKind::ALL {
            assert_eq!(ConceptKind::from_key(kind.key()), Some(kind));
        }
        assert_eq!(ConceptKind::from_key("thing"), None);
    }
}
