//! Adding a term to the glossary while one translates: from what is selected in the Arabic.

use super::notice::Topic;
use super::{Session, Sheet};
use crate::domain::{Concept, ConceptId, ConceptKind, Place, Project, Term, TermStatus, merged};
use crate::jobs::{Job, JobId};
use crate::storage::termbase::fresh_id;
use crate::text::{Span, fold, lemma, words};

/// A term as somebody types it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTerm {
    /// In Arabic.
    pub arabic: String,
    /// In English.
    pub english: String,
    /// What sort of thing it is.
    pub kind: ConceptKind,
}

/// What is known while a term is typed.
#[derive(Default)]
pub(super) struct Adding {
    /// The Arabic that is looked for, and the concepts that are called just that.
    same: (String, Vec<ConceptId>),
    asked: Option<JobId>,
    /// What is to be saved as soon as it is known what is there already.
    saving: Option<(JobId, NewTerm)>,
    /// What is being written, until the next one is.
    writing: Option<(JobId, NewTerm)>,
    /// The kind that was chosen last.
    kind: Option<ConceptKind>,
}

/// How many paragraphs are searched for a word.
const MOST_PARAGRAPHS: usize = 300;

impl Session {
    /// The concepts that have an Arabic wording spelled like `arabic`, as far as that is known.
    pub fn same_as(&self, arabic: &str) -> Vec<&Concept> {
        let (known, ids) = &self.adding.same;
        let Some(termbase) = self.termbase().filter(|_| known == arabic) else { return Vec::new() };
        ids.iter().filter_map(|id| termbase.get(id)).collect()
    }

    /// Asks for the English of what is selected in the Arabic, or of the word at the caret, or of the term in focus.
    pub(super) fn add_term(&mut self) {
        if self.glossary.is_none() {
            return self.notices.info(Topic::GlossaryChange, "The glossary is still being read.");
        }
        let arabic = self.arabic_meant().unwrap_or_default();
        let kind = self.adding.kind.unwrap_or(ConceptKind::Term);
        self.find_same(arabic.clone());
        self.sheet = Some(Sheet::AddTerm(NewTerm { arabic, english: String::new(), kind }));
    }

    /// Looks for concepts that are called like this.
    pub(super) fn find_same(&mut self, arabic: String) {
        if let Some(glossary) = &self.glossary {
            let ticket = self.work.start(Job::FindSame { index: glossary.index.clone(), arabic: arabic.clone() });
            self.adding.asked = Some(ticket.id);
            self.adding.same = (arabic, Vec::new());
        }
    }

    /// Saves a term once it is known what there is already.
    pub(super) fn save_term(&mut self, term: NewTerm) {
        self.adding.kind = Some(term.kind);
        self.find_same(term.arabic.clone());
        self.adding.saving = self.adding.asked.map(|id| (id, term));
    }

    pub(super) fn found_same(&mut self, id: JobId, same: Vec<ConceptId>) {
        if self.adding.asked == Some(id) {
            self.adding.same.1 = same;
        }
        if let Some((_, term)) = self.adding.saving.take_if(|(asked, _)| *asked == id) {
            self.write_term(term);
        }
    }

    /// Adds a term, or what is new in it to the concept that is called and meant like it.
    fn write_term(&mut self, term: NewTerm) {
        let new = concept_of(&term);
        let (what, concept) = match self.would_change(&term.arabic, term.kind) {
            // What was typed last is what is preferred.
            Some(known) => ("change", Concept { id: known.id.clone(), ..merged(&new, known) }),
            None => ("add", new),
        };
        let done = format!("“{}” is in your glossary.", term.english.trim());
        let what = format!("{what} {}", term.arabic.trim());
        let edits = vec![(concept.id.clone(), Some(concept))];
        match self.edit_concepts(what, Some(done), edits) {
            Some(id) => self.adding.writing = Some((id, term)),
            None => self.sheet = Some(Sheet::AddTerm(term)),
        }
    }

    /// Brings back what was typed if it could not be written.
    pub(super) fn ask_again(&mut self, failed: JobId) {
        if let Some((_, term)) = self.adding.writing.take_if(|(id, _)| *id == failed) {
            self.sheet.get_or_insert(Sheet::AddTerm(term));
        }
    }

    /// The concept that saving would change; `None` where it would add one.
    pub fn would_change(&self, arabic: &str, kind: ConceptKind) -> Option<&Concept> {
        let termbase = self.termbase()?;
        let alike = self.same_as(arabic).into_iter().filter(|concept| concept.kind == kind);
        alike.min_by_key(|concept| termbase.layer(&concept.id))
    }

    fn arabic_meant(&self) -> Option<String> {
        let document = self.document.as_ref()?;
        let unit = document.active()?;
        let text = unit.text();
        let selected = document.source_place.filter(|place| place.unit == unit.id).map(|place| place.selection);
        let focused = document.focused.and_then(|found| self.matches(unit.id).get(found)).map(|found| found.span);
        let span = match selected {
            Some(selection) if !selection.is_empty() => Some(selection),
            Some(caret) => word_at(text, caret.start),
            None => None,
        };
        let words = span.or(focused)?.of(text)?;
        Some(lemma(words, |word| self.is_in_article(word)))
    }

    /// Whether a folded word stands in the article by itself.
    fn is_in_article(&self, word: &str) -> bool {
        let units = self.project().into_iter().flat_map(Project::units).take(MOST_PARAGRAPHS);
        units.map(|unit| fold(unit.text())).any(|text| {
            let mut found = words(text.as_str());
            found.any(|span| span.of(text.as_str()) == Some(word))
        })
    }

    /// Remembers what is selected in the Arabic of a unit.
    pub(super) fn select_source(&mut self, place: Place) {
        if let Some(document) = &mut self.document {
            document.source_place = Some(place);
        }
    }
}

fn concept_of(term: &NewTerm) -> Concept {
    let wording = |text: &str| vec![Term::new(text, TermStatus::Preferred)];
    let mut concept = Concept {
        arabic: wording(&term.arabic),
        english: wording(&term.english),
        ..Concept::new(fresh_id(), term.kind)
    };
    concept.tidy();
    concept
}

/// The word that a byte of a text stands in, or behind.
fn word_at(text: &str, byte: usize) -> Option<Span> {
    let folded = fold(text);
    let mut spans = words(folded.as_str()).map(|span| folded.to_source(span));
    spans.find(|span| span.start <= byte && byte <= span.end)
}
