//! The termbase: concepts and what they are called in Arabic and in English.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use super::Timestamp;

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

impl TermStatus {
    /// Every status, the best first.
    pub const ALL: [Self; 3] = [Self::Preferred, Self::Admitted, Self::Forbidden];

    /// Its name in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Preferred => "preferred",
            Self::Admitted => "admitted",
            Self::Forbidden => "forbidden",
        }
    }

    /// The status that a file calls `key`.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.key() == key)
    }
}

/// What part of speech a wording is, as TBX-Basic tells them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartOfSpeech {
    /// A noun or a noun phrase.
    Noun,
    /// A verb.
    Verb,
    /// An adjective.
    Adjective,
    /// An adverb.
    Adverb,
    /// None of these.
    Other,
}

impl PartOfSpeech {
    /// Every part of speech.
    pub const ALL: [Self; 5] = [Self::Noun, Self::Verb, Self::Adjective, Self::Adverb, Self::Other];

    /// Its name in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::Noun => "noun",
            Self::Verb => "verb",
            Self::Adjective => "adjective",
            Self::Adverb => "adverb",
            Self::Other => "other",
        }
    }

    /// The part of speech that a file calls `key`.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.key() == key)
    }
}

/// How a wording stands to the full name of its concept, as TBX-Basic tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermType {
    /// The whole of it.
    FullForm,
    /// Fewer words that mean the same: «الجامعة» for «جامعة الدول العربية».
    ShortForm,
    /// Cut short in writing.
    Abbreviation,
    /// Made of first letters and spoken as a word: «داعش».
    Acronym,
    /// Another spelling.
    Variant,
    /// Several words that stand together.
    Phrase,
}

impl TermType {
    /// Every type.
    pub const ALL: [Self; 6] =
        [Self::FullForm, Self::ShortForm, Self::Abbreviation, Self::Acronym, Self::Variant, Self::Phrase];

    /// Its name in files.
    pub fn key(self) -> &'static str {
        match self {
            Self::FullForm => "fullForm",
            Self::ShortForm => "shortForm",
            Self::Abbreviation => "abbreviation",
            Self::Acronym => "acronym",
            Self::Variant => "variant",
            Self::Phrase => "phrase",
        }
    }

    /// The type that a file calls `key`.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|term_type| term_type.key() == key)
    }
}

/// One wording of a concept. There are hundreds of thousands of these, so what most of them lack takes no memory
/// of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The words.
    pub text: Box<str>,
    /// Inflected forms that somebody added by hand, such as a broken plural.
    pub forms: Vec<Box<str>>,
    /// Whether to use them.
    pub status: TermStatus,
    /// What part of speech they are, where somebody said so.
    pub part_of_speech: Option<PartOfSpeech>,
    /// How they stand to the full name, where somebody said so.
    pub term_type: Option<TermType>,
}

impl Term {
    /// A wording of which nothing else is known.
    pub fn new(text: impl Into<Box<str>>, status: TermStatus) -> Self {
        Self { text: text.into(), forms: Vec::new(), status, part_of_speech: None, term_type: None }
    }
}

/// Who changed something last, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modified {
    /// A person's name; may be empty.
    pub by: Arc<str>,
    /// When.
    pub at: Timestamp,
}

/// Something that has a name, whatever the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concept {
    /// Its name within the termbase.
    pub id: ConceptId,
    /// What sort of thing it is.
    pub kind: ConceptKind,
    /// The field it belongs to, such as "military"; may be empty. Many concepts share one.
    pub domain: Arc<str>,
    /// What it is, in a sentence; may be empty.
    pub definition: Box<str>,
    /// A remark for people; may be empty.
    pub note: Box<str>,
    /// Where its wording comes from; may be empty.
    pub source: Box<str>,
    /// Its Arabic wordings, the preferred one first.
    pub arabic: Vec<Term>,
    /// Its English wordings, the preferred one first; empty where nobody has written one yet.
    pub english: Vec<Term>,
    /// Who changed it last, where that is known.
    pub modified: Option<Modified>,
}

impl Concept {
    /// A concept without any wording.
    pub fn new(id: ConceptId, kind: ConceptKind) -> Self {
        Self {
            id,
            kind,
            domain: Arc::default(),
            definition: Box::default(),
            note: Box::default(),
            source: Box::default(),
            arabic: Vec::new(),
            english: Vec::new(),
            modified: None,
        }
    }

    /// Brings what somebody typed, or a file holds, into the form that every part relies on: no blanks at the ends
    /// nor two in a row, no control characters, no empty wording and none twice, the preferred ones first. Only the
    /// note keeps its line breaks.
    pub fn tidy(&mut self) {
        self.domain = one_line(&self.domain).into();
        self.definition = one_line(&self.definition).into();
        self.source = one_line(&self.source).into();
        let note: Vec<String> = self.note.lines().map(one_line).collect();
        self.note = note.join("\n").trim_matches('\n').into();
        for terms in [&mut self.arabic, &mut self.english] {
            tidy_terms(terms);
        }
    }

    /// The English to write: the preferred wording, else the first admitted one.
    pub fn preferred_english(&self) -> Option<&str> {
        preferred(&self.english)
    }

    /// The Arabic to show: the preferred wording, else the first admitted one.
    pub fn preferred_arabic(&self) -> Option<&str> {
        preferred(&self.arabic)
    }
}

/// Puts a text in the place of the wording of `terms` that is shown, or takes that away where the text is empty. Where
/// there is none, the text is the one to use from now on.
pub fn replace_shown(terms: &mut Vec<Term>, text: &str) {
    let shown = preferred(terms).and_then(|shown| terms.iter().position(|term| &*term.text == shown));
    match (shown, text.trim()) {
        (Some(shown), "") => drop(terms.remove(shown)),
        (Some(shown), text) => terms[shown].text = text.into(),
        (None, "") => (),
        (None, text) => terms.insert(0, Term::new(text, TermStatus::Preferred)),
    }
}

/// Gives the wording of `terms` that is shown another status.
pub fn set_status_of_shown(terms: &mut [Term], status: TermStatus) {
    let shown = preferred(terms).and_then(|shown| terms.iter().position(|term| &*term.text == shown));
    if let Some(term) = shown.and_then(|shown| terms.get_mut(shown)) {
        term.status = status;
    }
}

fn tidy_terms(terms: &mut Vec<Term>) {
    for term in &mut *terms {
        term.text = one_line(&term.text).into();
        let mut forms: Vec<Box<str>> = Vec::with_capacity(term.forms.len());
        for form in &term.forms {
            let form = one_line(form).into();
            if form != Box::default() && form != term.text && !forms.contains(&form) {
                forms.push(form);
            }
        }
        term.forms = forms;
    }
    terms.sort_by_key(|term| term.status);
    let mut seen = HashSet::new();
    terms.retain(|term| !term.text.is_empty() && seen.insert(term.text.clone()));
    terms.shrink_to_fit();
}

/// The words of a text with single spaces between them. What no XML file can hold is gone.
fn one_line(text: &str) -> String {
    let clean: String = text
        .chars()
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
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

    /// Where the concept with an id stands among [`Termbase::concepts`].
    pub(super) fn position(&self, id: &ConceptId) -> Option<usize> {
        self.positions.get(id).copied()
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

    /// Takes a concept out. The others keep their order, so this looks at every concept after it.
    pub fn remove(&mut self, id: &ConceptId) -> Option<Concept> {
        let position = self.positions.remove(id)?;
        for concept in &self.concepts[position + 1..] {
            if let Some(moved) = self.positions.get_mut(&concept.id) {
                *moved -= 1;
            }
        }
        Some(self.concepts.remove(position))
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
        let english = english.iter().map(|&(text, status)| Term::new(text, status)).collect();
        Concept { english, ..Concept::new(ConceptId::new(id), ConceptKind::Place) }
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
    fn the_wording_that_shows_is_the_one_that_changes() {
        use TermStatus::{Admitted, Forbidden, Preferred};
        let check = |before: &[(&str, TermStatus)], text: &str, expected: &[(&str, TermStatus)]| {
            let mut changed = concept("kyiv", before);
            replace_shown(&mut changed.english, text);
            assert_eq!(changed, concept("kyiv", expected), "{before:?} {text}");
        };
        check(&[("Kiev", Forbidden), ("Kyyiv", Admitted)], "Kyiv", &[("Kiev", Forbidden), ("Kyiv", Admitted)]);
        check(&[("Kyiv", Preferred), ("Kyyiv", Admitted)], " ", &[("Kyyiv", Admitted)]);
        check(&[("Kiev", Forbidden)], "Kyiv", &[("Kyiv", Preferred), ("Kiev", Forbidden)]);
        check(&[], "", &[]);
        let mut avoided = concept("kyiv", &[("Kiev", Preferred), ("Kyiv", Admitted)]);
        set_status_of_shown(&mut avoided.english, Forbidden);
        assert_eq!(avoided.preferred_english(), Some("Kyiv"));
    }

    #[test]
    fn a_tidy_concept_has_no_stray_blanks_and_nothing_twice() {
        use TermStatus::{Admitted, Forbidden, Preferred};
        let mut untidy =
            concept("kyiv", &[(" Kiev ", Forbidden), ("Kyiv\n", Admitted), ("", Admitted), ("Kyiv", Preferred)]);
        untidy.note = "\n one\t two \r\nthree\u{0}\n".into();
        untidy.english[3].forms = ["Kyiv", " of  Kyiv", "of Kyiv"].map(Box::from).to_vec();
        untidy.tidy();
        let wordings: Vec<_> = untidy.english.iter().map(|term| (&*term.text, term.status)).collect();
        assert_eq!(wordings, [("Kyiv", Preferred), ("Kiev", Forbidden)]);
        assert_eq!((&*untidy.note, &untidy.english[0].forms), ("one two\nthree", &vec![Box::from("of Kyiv")]));
        assert_eq!(
            {
                let mut again = untidy.clone();
                again.tidy();
                again
            },
            untidy
        );
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
    fn what_files_call_things_reads_back() {
        for kind in ConceptKind::ALL {
            assert_eq!(ConceptKind::from_key(kind.key()), Some(kind));
        }
        for status in TermStatus::ALL {
            assert_eq!(TermStatus::from_key(status.key()), Some(status));
        }
        for part in PartOfSpeech::ALL {
            assert_eq!(PartOfSpeech::from_key(part.key()), Some(part));
        }
        for term_type in TermType::ALL {
            assert_eq!(TermType::from_key(term_type.key()), Some(term_type));
        }
        assert_eq!(ConceptKind::from_key("thing"), None);
    }

    #[test]
    fn removing_a_concept_leaves_the_others_in_place() {
        let mut termbase: Termbase = ["a", "b", "c"].into_iter().map(|id| concept(id, &[])).collect();
        assert!(termbase.remove(&ConceptId::new("b")).is_some());
        assert!(termbase.remove(&ConceptId::new("b")).is_none());
        let ids: Vec<&str> = termbase.concepts().iter().map(|concept| concept.id.as_str()).collect();
        assert_eq!(ids, ["a", "c"]);
        assert_eq!(termbase.get(&ConceptId::new("c")).map(|concept| concept.id.as_str()), Some("c"));
    }
}
