//! TBX of any version and style to concepts.

use std::collections::HashSet;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::names::{id_of, part_named, status_named, type_named};
use super::{FORM_NOTE, KIND_NOTE, MODULES};
use crate::domain::{Concept, ConceptId, ConceptKind, Modified, Term, TermStatus, Termbase, Timestamp};
use crate::formats::glossary::{Reading, derived_id, free_id};
use crate::formats::warning::Warnings;
use crate::formats::xml::{Pull, Token};
use crate::formats::{FormatError, WarningKind};

/// Whose an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vocabulary {
    /// Of TBX itself.
    Core,
    /// Of a module: the element is a data category.
    Module,
}

fn vocabulary(namespace: Option<&str>) -> Vocabulary {
    match namespace {
        Some(module) if module.starts_with(MODULES) => Vocabulary::Module,
        _ => Vocabulary::Core,
    }
}

/// Whether a text could be TBX: any XML is, for want of another glossary written in it.
pub(in crate::formats::glossary) fn is_tbx(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

/// Reads the concepts with Arabic. Fails with [`FormatError::NotTbx`] on another root, with
/// [`FormatError::NoArabic`] where there are concepts and none has Arabic, and as [`Pull::next`] does.
pub(in crate::formats::glossary) fn read(text: &str, text_start: usize) -> Result<Reading, FormatError> {
    let mut reader = Reader {
        xml: Pull::new(text, text_start, vocabulary),
        termbase: Termbase::default(),
        ids: HashSet::new(),
        warnings: Warnings::default(),
        entries: 0,
    };
    reader.document()?;
    if reader.entries > 0 && reader.termbase.concepts().is_empty() {
        return Err(FormatError::NoArabic);
    }
    Ok(Reading { termbase: reader.termbase, warnings: reader.warnings.into_vec(), ..Reading::default() })
}

struct Reader<'a> {
    xml: Pull<'a, Vocabulary>,
    termbase: Termbase,
    ids: HashSet<ConceptId>,
    warnings: Warnings,
    entries: usize,
}

/// A concept while it is read.
struct Entry {
    concept: Concept,
    notes: Vec<String>,
    has_kind: bool,
    languages: [Terms; 2],
}

/// The terms of a language; of each, whether its status was told.
#[derive(Default)]
struct Terms(Vec<(Term, bool)>);

/// Where something stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Concept,
    /// Which of the languages.
    Language(usize),
    Term(usize),
}

/// What a group of elements tells of a transaction.
#[derive(Default)]
struct Transaction {
    by: String,
    at: Option<Timestamp>,
}

impl Reader<'_> {
    fn document(&mut self) -> Result<(), FormatError> {
        let not_tbx = |position| FormatError::NotTbx { position };
        let root = self.xml.root()?.ok_or_else(|| not_tbx(self.xml.position()))?;
        if !matches!(local_name(&root), "tbx" | "martif") {
            return Err(not_tbx(self.xml.position()));
        }
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Token::Open(_, tag) => match local_name(&tag) {
                    "conceptEntry" | "termEntry" => self.entry(&tag)?,
                    "tbxHeader" | "martifHeader" | "back" => self.xml.skip()?,
                    _ => depth += 1,
                },
                Token::Close => depth -= 1,
                Token::Text(_) => {}
            }
        }
        if !self.xml.ends_here() {
            self.warnings.add(WarningKind::TrailingContent, self.xml.position());
        }
        Ok(())
    }

    fn entry(&mut self, tag: &BytesStart) -> Result<(), FormatError> {
        let position = self.xml.position();
        let id = self.xml.attribute(tag, "id")?.map_or_else(|| ConceptId::new(""), |id| id_of(&id));
        let mut entry = Entry {
            concept: Concept::new(id, ConceptKind::Term),
            notes: Vec::new(),
            has_kind: false,
            languages: [Terms::default(), Terms::default()],
        };
        loop {
            match self.xml.next()? {
                Token::Open(_, tag) if matches!(local_name(&tag), "langSec" | "langSet") => {
                    self.language(&tag, &mut entry)?;
                }
                Token::Open(whose, tag) => self.information(whose, &tag, &mut entry, Level::Concept)?,
                Token::Close => break,
                Token::Text(_) => {}
            }
        }
        self.entries += 1;
        self.add(entry, position);
        Ok(())
    }

    fn add(&mut self, entry: Entry, position: usize) {
        let Entry { mut concept, notes, languages: [arabic, english], .. } = entry;
        concept.arabic = arabic.into_terms();
        concept.english = english.into_terms();
        concept.note = notes.join("\n").into();
        concept.tidy();
        let Some(derived) = derived_id(&concept) else {
            self.warnings.add(WarningKind::ConceptWithoutArabic, position);
            return;
        };
        if concept.id.as_str().is_empty() {
            concept.id = derived;
        }
        if self.ids.contains(&concept.id) {
            self.warnings.add(WarningKind::SameId, position);
            concept.id = free_id(&concept.id, &self.ids);
        }
        self.ids.insert(concept.id.clone());
        self.termbase.insert(concept);
    }

    fn language(&mut self, tag: &BytesStart, entry: &mut Entry) -> Result<(), FormatError> {
        let code = self.xml.attribute(tag, "xml:lang")?;
        let code = code.map_or_else(|| self.xml.attribute(tag, "lang"), |code| Ok(Some(code)))?;
        let language = match code.unwrap_or_default().to_lowercase().split(['-', '_']).next() {
            Some("ar" | "ara" | "arb") => 0,
            Some("en" | "eng") => 1,
            _ => {
                self.warnings.add(WarningKind::OtherLanguages, self.xml.position());
                return self.xml.skip();
            }
        };
        loop {
            match self.xml.next()? {
                Token::Open(_, tag) if matches!(local_name(&tag), "termSec" | "tig" | "ntig") => {
                    entry.languages[language].0.push((Term::new("", TermStatus::Admitted), false));
                    self.term(entry, language)?;
                }
                Token::Open(whose, tag) => self.information(whose, &tag, entry, Level::Language(language))?,
                Token::Close => return Ok(()),
                Token::Text(_) => {}
            }
        }
    }

    /// Reads what describes the term added last, `termGrp` of 2008 included.
    fn term(&mut self, entry: &mut Entry, language: usize) -> Result<(), FormatError> {
        loop {
            match self.xml.next()? {
                Token::Open(_, tag) if local_name(&tag) == "term" => {
                    let text = self.text()?;
                    if let Some((term, _)) = entry.languages[language].0.last_mut() {
                        term.text = text.into();
                    }
                }
                Token::Open(_, tag) if local_name(&tag) == "termGrp" => self.term(entry, language)?,
                Token::Open(whose, tag) => self.information(whose, &tag, entry, Level::Term(language))?,
                Token::Close => return Ok(()),
                Token::Text(_) => {}
            }
        }
    }

    /// Reads an element that says something, or a group of them.
    fn information(
        &mut self,
        whose: Vocabulary,
        tag: &BytesStart,
        entry: &mut Entry,
        level: Level,
    ) -> Result<(), FormatError> {
        let name = local_name(tag);
        if whose == Vocabulary::Core && name == "transacGrp" {
            return self.transaction(entry);
        }
        if whose == Vocabulary::Core && name.ends_with("Grp") {
            loop {
                match self.xml.next()? {
                    Token::Open(whose, tag) => self.information(whose, &tag, entry, level)?,
                    Token::Close => return Ok(()),
                    Token::Text(_) => {}
                }
            }
        }
        let position = self.xml.position();
        let category = match (whose, name) {
            (Vocabulary::Module, name) => name.to_owned(),
            (Vocabulary::Core, "note") => name.to_owned(),
            (Vocabulary::Core, _) => self.xml.attribute(tag, "type")?.unwrap_or_default(),
        };
        let text = self.text()?;
        if !text.is_empty() && !entry.take(&category, text, level) {
            self.warnings.add(WarningKind::DataCategories, position);
        }
        Ok(())
    }

    /// Reads who did something and when; the last time counts.
    fn transaction(&mut self, entry: &mut Entry) -> Result<(), FormatError> {
        let mut transaction = Transaction::default();
        loop {
            match self.xml.next()? {
                Token::Open(whose, tag) => {
                    let name = local_name(&tag).to_owned();
                    let category = match whose {
                        Vocabulary::Module => name.clone(),
                        Vocabulary::Core => self.xml.attribute(&tag, "type")?.unwrap_or_default(),
                    };
                    let text = self.text()?;
                    if name == "date" {
                        transaction.at = Timestamp::parse(&text);
                    } else if category == "responsibility" {
                        transaction.by = text;
                    }
                }
                Token::Close => break,
                Token::Text(_) => {}
            }
        }
        if let Some(at) = transaction.at {
            let newer = entry.concept.modified.as_ref().is_none_or(|known| known.at <= at);
            if newer {
                entry.concept.modified = Some(Modified { by: Arc::from(transaction.by), at });
            }
        }
        Ok(())
    }

    /// The text of the element just opened, with that of elements in it and single blanks.
    fn text(&mut self) -> Result<String, FormatError> {
        let mut text = String::new();
        let mut depth = 1;
        while depth > 0 {
            match self.xml.next()? {
                Token::Open(..) => depth += 1,
                Token::Close => depth -= 1,
                Token::Text(part) => text.push_str(&part),
            }
        }
        Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

impl Entry {
    /// Takes what a data category says; false where there is no place for it.
    fn take(&mut self, category: &str, text: String, level: Level) -> bool {
        match (category, level) {
            ("subjectField", _) if self.concept.domain.is_empty() => self.concept.domain = text.into(),
            ("definition", _) if self.concept.definition.is_empty() => self.concept.definition = text.into(),
            ("source", _) if self.concept.source.is_empty() => self.concept.source = text.into(),
            ("note", Level::Concept) => self.take_note(text),
            ("note", Level::Term(language)) => self.take_term_note(text, language),
            ("note", Level::Language(_)) => self.notes.push(text),
            (_, Level::Term(language)) => return self.take_property(category, &text, language),
            _ => return false,
        }
        true
    }

    fn take_note(&mut self, text: String) {
        let kind = text.strip_prefix(KIND_NOTE).and_then(ConceptKind::from_key).filter(|_| !self.has_kind);
        match kind {
            Some(kind) => {
                self.concept.kind = kind;
                self.has_kind = true;
            }
            None => self.notes.push(text),
        }
    }

    fn take_term_note(&mut self, text: String, language: usize) {
        let term = self.languages[language].0.last_mut().map(|(term, _)| term);
        match (term, text.strip_prefix(FORM_NOTE)) {
            (Some(term), Some(form)) => term.forms.push(form.into()),
            (Some(term), None) => self.notes.push(format!("{}: {text}", term.text)),
            (None, _) => self.notes.push(text),
        }
    }

    fn take_property(&mut self, category: &str, text: &str, language: usize) -> bool {
        let Some((term, has_status)) = self.languages[language].0.last_mut() else { return false };
        match category {
            "administrativeStatus" | "normativeAuthorization" => {
                let status = status_named(text);
                term.status = status.unwrap_or(term.status);
                *has_status = status.is_some();
                status.is_some()
            }
            "partOfSpeech" => {
                term.part_of_speech = part_named(text);
                term.part_of_speech.is_some()
            }
            "termType" => {
                term.term_type = type_named(text);
                term.term_type.is_some()
            }
            _ => false,
        }
    }
}

impl Terms {
    /// Where none is preferred, the first that could be is.
    fn into_terms(mut self) -> Vec<Term> {
        if !self.0.iter().any(|(term, _)| term.status == TermStatus::Preferred)
            && let Some((term, _)) = self.0.iter_mut().find(|(_, has_status)| !has_status)
        {
            term.status = TermStatus::Preferred;
        }
        self.0.into_iter().map(|(term, _)| term).collect()
    }
}

fn local_name<'t>(tag: &'t BytesStart) -> &'t str {
    tag.local_name().into_inner()
}
