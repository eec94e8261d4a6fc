//! What a reader left out or changed, so that nothing is lost silently.

use std::fmt;

/// Something that a file holds and the project made from it does not hold the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What it is.
    pub kind: WarningKind,
    /// The first place, in bytes from the start of the file; for a table the line or row, from 1.
    pub position: usize,
    /// How often it happened.
    pub count: usize,
}

/// What a reader left out or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WarningKind {
    /// The file is not from Arabic to English; it is treated as if it were.
    Languages {
        /// `srcLang`, empty where it is missing.
        source: String,
        /// `trgLang`, empty where it is missing.
        target: String,
    },
    /// A newer version of this program wrote the file and may have kept more in it.
    NewerVersion,
    /// Several files in one; their units were put together.
    SeveralFiles,
    /// The segments of a unit were put together.
    SegmentsJoined,
    /// The units' names do not fit; the units were numbered anew.
    UnitsRenumbered,
    /// A unit has no source and was left out.
    UnitWithoutSource,
    /// Inline codes and marks were left out; the text in them was kept.
    InlineCodes,
    /// Translations were left out; only the Arabic was taken.
    Translations,
    /// Columns of a table other than the Arabic were left out.
    Columns,
    /// Bytes that mean nothing in the encoding; U+FFFD stands for each.
    Undecodable,
    /// A number that is no character; U+FFFD stands for it.
    NotACharacter,
    /// A state that XLIFF does not know, read as initial.
    UnknownState,
    /// A kind of paragraph that is not known, read as a paragraph.
    UnknownKind,
    /// Notes were left out.
    Notes,
    /// The skeleton of the original file was left out.
    Skeleton,
    /// Elements of XLIFF's modules or of other tools were left out.
    Extensions,
    /// Names, types and other attributes of units, groups and segments were left out.
    Attributes,
    /// Elements where XLIFF allows none were left out.
    MisplacedElements,
    /// Text where XLIFF allows none was left out.
    MisplacedText,
    /// Something follows the end of the document and was left out.
    TrailingContent,
    /// The last line of a journal was cut short and was left out.
    TornLine,
    /// A line of a journal makes no sense and was left out.
    DamagedLine,
    /// A line of a journal is about a unit that the project does not have.
    UnknownUnit,
    /// A rule for sentences makes no sense and was left out.
    SegmentationRule {
        /// What is wrong with its regular expression.
        reason: String,
    },
    /// A row of a table has no Arabic and was left out.
    NoArabic,
    /// A concept of a terminology file has no Arabic and was left out.
    ConceptWithoutArabic,
    /// A row has the id of an earlier one, or is the same concept; it got an id of its own.
    SameConcept,
    /// A concept has the id of an earlier one; it got an id of its own.
    SameId,
    /// A row has a kind of concept that is not known, read as a term.
    UnknownConceptKind,
    /// A row has cells in columns that are not read.
    ExtraColumns,
    /// A quotation mark is never closed; what follows it counts as one cell.
    OpenQuote,
    /// Terms in other languages than Arabic and English were left out.
    OtherLanguages,
    /// Data of a concept that this program has no place for was left out.
    DataCategories,
}

impl fmt::Display for Warning {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let place = if self.kind.counts_rows() { "line" } else { "byte" };
        write!(out, "{place} {}: {}", self.position, self.kind)?;
        if self.count > 1 { write!(out, " ({} times)", self.count) } else { Ok(()) }
    }
}

impl WarningKind {
    /// Whether its position is a line or row of a table, and not a byte.
    fn counts_rows(&self) -> bool {
        matches!(
            self,
            Self::NoArabic | Self::SameConcept | Self::UnknownConceptKind | Self::ExtraColumns | Self::OpenQuote
        )
    }
}

impl fmt::Display for WarningKind {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::Languages { source, target } => {
                return write!(out, "the languages are “{source}” and “{target}”; treated as Arabic and English");
            }
            Self::SegmentationRule { reason } => return write!(out, "a rule for sentences was left out: {reason}"),
            Self::NewerVersion => "a newer version of Tarjuman wrote this file; saving it may lose what is new",
            Self::SeveralFiles => "the file holds several files; their units were put together",
            Self::SegmentsJoined => "the segments of a unit were put together",
            Self::UnitsRenumbered => "the units were numbered anew",
            Self::UnitWithoutSource => "a unit without a source was left out",
            Self::InlineCodes => "inline codes were left out, the text in them was kept",
            Self::Translations => "translations were left out, only the Arabic was taken",
            Self::Columns => "other columns were left out, only the Arabic was taken",
            Self::Undecodable => "bytes that mean nothing in the text’s encoding were replaced",
            Self::NotACharacter => "a code point that is no character was replaced",
            Self::UnknownState => "an unknown state was read as initial",
            Self::UnknownKind => "an unknown kind was read as a paragraph",
            Self::Notes => "notes were left out",
            Self::Skeleton => "the skeleton of the original file was left out",
            Self::Extensions => "data of other tools was left out",
            Self::Attributes => "names and other attributes were left out",
            Self::MisplacedText => "text in the wrong place was left out",
            Self::MisplacedElements => "an element in the wrong place was left out",
            Self::TrailingContent => "what follows the end of the document was left out",
            Self::TornLine => "the last line of the journal was cut short and left out",
            Self::DamagedLine => "a damaged line of the journal was left out",
            Self::UnknownUnit => "a change of a unit that is not in the project was left out",
            Self::NoArabic => "there is no Arabic; the row was left out",
            Self::ConceptWithoutArabic => "a concept without Arabic was left out",
            Self::SameConcept | Self::SameId => "an earlier concept is the same; both were kept",
            Self::UnknownConceptKind => "an unknown kind was read as a term",
            Self::ExtraColumns => "cells in other columns were left out",
            Self::OpenQuote => "a quotation mark is not closed; what follows counts as one cell",
            Self::OtherLanguages => "terms in other languages were left out",
            Self::DataCategories => "data that has no place in this program’s glossary was left out",
        })
    }
}

/// Collects warnings, one a kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Warnings(Vec<Warning>);

impl Warnings {
    pub(super) fn add(&mut self, kind: WarningKind, position: usize) {
        match self.0.iter_mut().find(|warning| warning.kind == kind) {
            Some(warning) => warning.count += 1,
            None => self.0.push(Warning { kind, position, count: 1 }),
        }
    }

    pub(super) fn into_vec(self) -> Vec<Warning> {
        self.0
    }
}
