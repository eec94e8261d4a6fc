//! Rows of cells to concepts and back.
//!
//! A cell can hold several wordings with ` | ` between them: the first is preferred, the others are admitted. In
//! tables that this program wrote, a wording that starts with `!` is forbidden.

use std::collections::HashSet;

use super::layout::{self, kind_named};
use super::{Column, Layout, Reading, derived_id, free_id};
use crate::domain::{Concept, ConceptId, ConceptKind, PartOfSpeech, Term, TermStatus, Termbase, merged};
use crate::formats::warning::Warnings;
use crate::formats::{FormatError, WarningKind};

pub(super) const SEPARATOR: &str = " | ";

/// A table: rows, and the number of the line or row that each of them stands in.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<String>>,
    pub(super) lines: Vec<usize>,
}

/// Makes concepts of a table. Fails with [`FormatError::NotAGlossary`] where no column holds Arabic.
pub(super) fn read(table: &Table, layout: Option<&Layout>, mut warnings: Warnings) -> Result<Reading, FormatError> {
    if table.rows.is_empty() {
        return Ok(Reading { warnings: warnings.into_vec(), ..Reading::default() });
    }
    let guessed = layout.cloned().or_else(|| layout::guess(&table.rows));
    let layout = guessed.filter(|layout| layout.position(Column::Arabic).is_some());
    let layout = layout.ok_or(FormatError::NotAGlossary { line: table.lines[0] })?;
    let mut builder = Builder { layout: &layout, termbase: Termbase::default(), ids: HashSet::new() };
    for (row, &line) in table.rows.iter().zip(&table.lines).skip(usize::from(layout.has_header)) {
        builder.add(row, line, &mut warnings);
    }
    Ok(Reading { termbase: builder.termbase, warnings: warnings.into_vec(), layout: Some(layout), encoding: None })
}

struct Builder<'a> {
    layout: &'a Layout,
    termbase: Termbase,
    ids: HashSet<ConceptId>,
}

impl Builder<'_> {
    fn add(&mut self, row: &[String], line: usize, warnings: &mut Warnings) {
        let Some(mut concept) = self.concept(row, line, warnings) else {
            warnings.add(WarningKind::NoArabic, line);
            return;
        };
        if self.ids.contains(&concept.id) {
            let known = self.termbase.get(&concept.id);
            // Elsewhere a second row with the same Arabic is the way to give a second translation.
            if let Some(known) = known.filter(|_| !self.layout.is_own() && !self.has_ids()) {
                self.termbase.insert(merged(known, &concept));
                return;
            }
            warnings.add(WarningKind::SameConcept, line);
            concept.id = free_id(&concept.id, &self.ids);
        }
        self.ids.insert(concept.id.clone());
        self.termbase.insert(concept);
    }

    fn has_ids(&self) -> bool {
        self.layout.position(Column::Id).is_some()
    }

    fn concept(&self, row: &[String], line: usize, warnings: &mut Warnings) -> Option<Concept> {
        let cell = |column| self.layout.position(column).and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let of_columns = |at: usize| self.layout.columns.get(at).copied().unwrap_or(Column::Ignored);
        if row.iter().enumerate().any(|(at, cell)| of_columns(at) == Column::Ignored && !cell.trim().is_empty()) {
            warnings.add(WarningKind::ExtraColumns, line);
        }
        let kind = kind_named(cell(Column::Kind)).unwrap_or_else(|| {
            warnings.add(WarningKind::UnknownConceptKind, line);
            ConceptKind::Term
        });
        let cells = |column| {
            let columns = self.layout.columns.iter().zip(row).filter(move |&(&known, _)| known == column);
            columns.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty()).collect::<Vec<_>>()
        };
        let part_of_speech = PartOfSpeech::from_key(&cell(Column::PartOfSpeech).to_lowercase());
        let terms = |column| {
            let mut terms = read_terms(&cells(column).join(SEPARATOR), self.layout.is_own());
            for term in &mut terms {
                term.part_of_speech = part_of_speech;
            }
            terms
        };
        let mut concept = Concept {
            domain: cell(Column::Domain).into(),
            definition: cell(Column::Definition).into(),
            note: cells(Column::Note).join("\n").into(),
            source: cell(Column::Source).into(),
            arabic: terms(Column::Arabic),
            english: terms(Column::English),
            ..Concept::new(ConceptId::new(cell(Column::Id)), kind)
        };
        concept.tidy();
        let derived = derived_id(&concept)?;
        if concept.id.as_str().is_empty() {
            concept.id = derived;
        }
        Some(concept)
    }
}

fn read_terms(cell: &str, own: bool) -> Vec<Term> {
    let mut terms = Vec::new();
    let mut status = TermStatus::Preferred;
    for wording in cell.split(SEPARATOR).map(str::trim).filter(|wording| !wording.is_empty()) {
        if let Some(forbidden) = wording.strip_prefix('!').filter(|_| own) {
            terms.push(Term::new(forbidden.trim(), TermStatus::Forbidden));
        } else {
            terms.push(Term::new(wording, status));
            status = TermStatus::Admitted;
        }
    }
    terms
}

/// The header of the tables that this program writes.
pub(super) fn header() -> [&'static str; Column::WRITTEN.len()] {
    Column::WRITTEN.map(Column::key)
}

/// The cells of a concept under [`header`].
pub(super) fn cells(concept: &Concept) -> [String; Column::WRITTEN.len()] {
    Column::WRITTEN.map(|column| match column {
        Column::Id => concept.id.to_string(),
        Column::Arabic => write_terms(&concept.arabic),
        Column::English => write_terms(&concept.english),
        Column::Kind => concept.kind.key().to_owned(),
        Column::Domain => concept.domain.to_string(),
        Column::Definition => concept.definition.to_string(),
        Column::Note => concept.note.to_string(),
        Column::Source => concept.source.to_string(),
        Column::PartOfSpeech | Column::Ignored => String::new(),
    })
}

/// Whether a table leaves something of a concept out.
pub(super) fn is_curtailed(concept: &Concept) -> bool {
    let whole = |terms: &[Term]| {
        let plain = |term: &Term| term.forms.is_empty() && term.part_of_speech.is_none() && term.term_type.is_none();
        let usable = terms.iter().filter(|term| term.status != TermStatus::Forbidden).count();
        let preferred = terms.iter().filter(|term| term.status == TermStatus::Preferred).count();
        terms.iter().all(plain) && preferred == usable.min(1)
    };
    !whole(&concept.arabic) || !whole(&concept.english)
}

fn write_terms(terms: &[Term]) -> String {
    let written = |term: &Term| {
        let text = term.text.replace(SEPARATOR, " / ");
        if term.status == TermStatus::Forbidden { format!("!{text}") } else { text }
    };
    let mut sorted: Vec<&Term> = terms.iter().collect();
    sorted.sort_by_key(|term| term.status);
    sorted.into_iter().map(written).collect::<Vec<_>>().join(SEPARATOR)
}
