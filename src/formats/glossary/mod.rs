//! Glossaries in the formats of the field: tables (CSV, TSV, OmegaT's, XLSX) and TBX.
//!
//! [`read()`] tells a file's format by its content and gives concepts; [`write()`] makes a file of them, and
//! [`preview()`] shows a table to somebody who says what is in it. A table can
//! be laid out in any way: [`Layout`] says which column holds what, and is guessed where nobody says so. Start with
//! `table.rs` for tables and `tbx/mod.rs` for TBX.

mod delimited;
mod layout;
mod table;
mod tbx;
mod xlsx;

use std::collections::HashSet;

use super::decode::{TextEncoding, decode};
use super::reader::Hints;
use super::warning::Warnings;
use super::{FormatError, Warning};
use crate::domain::{Concept, ConceptId, Termbase, search_key};
use table::Table;

pub use layout::{Certainty, Column, Layout};
pub use tbx::Style;

/// What kind of file a glossary is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum GlossaryFormat {
    /// TBX of ISO 30042:2019, dialect TBX-Basic.
    Tbx(Style),
    /// TBX of ISO 30042:2008, whose root is `martif`.
    Martif,
    /// Comma-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// A workbook of Excel and LibreOffice.
    Xlsx,
    /// Tab-separated Arabic, English and comment, as OmegaT reads them.
    OmegaT,
}

/// A glossary as it was read.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// Every concept that could be read.
    pub termbase: Termbase,
    /// What the file holds and the concepts do not.
    pub warnings: Vec<Warning>,
    /// How the columns of a table were read.
    pub layout: Option<Layout>,
    /// How its text was encoded; none where the format leaves no choice.
    pub encoding: Option<TextEncoding>,
}

/// What a person knows about a file better than its content tells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options<'a> {
    /// How the text is encoded.
    pub hints: Hints<'a>,
    /// How a table is laid out.
    pub layout: Option<&'a Layout>,
}

/// A glossary as a file, and what the file could not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many concepts went into it.
    pub concepts: usize,
    /// How many of them have something that the format cannot hold, such as forms of a wording in a table.
    pub curtailed: usize,
}

/// A table before it is made into concepts, for somebody to say what its columns hold.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// Its first rows, a header included.
    pub rows: Vec<Vec<String>>,
    /// What its columns seem to hold; nothing where none holds Arabic.
    pub layout: Option<Layout>,
    /// How sure that is, for each column.
    pub certainties: Vec<Certainty>,
    /// How its text is encoded; none where the format leaves no choice.
    pub encoding: Option<TextEncoding>,
}

/// The contents of a file before they are made into concepts.
enum Contents {
    Concepts(Reading),
    Table(Table),
}

/// Reads a glossary of any format. Fails with [`FormatError::NotAGlossary`] on a table where no column holds Arabic.
pub fn read(bytes: &[u8], options: Options) -> Result<Reading, FormatError> {
    let mut warnings = Warnings::default();
    let (contents, decoded) = contents(bytes, options.hints, &mut warnings)?;
    let mut reading = match contents {
        Contents::Concepts(reading) => reading,
        Contents::Table(table) => table::read(&table, options.layout, warnings)?,
    };
    if let Some((encoding, warnings)) = decoded {
        reading.warnings.splice(0..0, warnings);
        reading.encoding = Some(encoding);
    }
    Ok(reading)
}

/// Looks at a table; `None` for a file that says itself what is what. Fails as [`read()`] does, but not for want of
/// Arabic: the encoding may be wrong, and a person can say it.
pub fn preview(bytes: &[u8], hints: Hints) -> Result<Option<Preview>, FormatError> {
    /// How many rows are shown.
    const ROWS: usize = 50;
    let (contents, decoded) = contents(bytes, hints, &mut Warnings::default())?;
    let Contents::Table(mut table) = contents else { return Ok(None) };
    let layout = layout::guess(&table.rows);
    let certainties = layout.as_ref().map_or_else(Vec::new, |layout| layout::certainties(&table.rows, layout));
    table.rows.truncate(ROWS);
    let encoding = decoded.map(|(encoding, _)| encoding);
    Ok(Some(Preview { rows: table.rows, layout, certainties, encoding }))
}

/// How a text was decoded, and what was noticed then.
type Decoding = (TextEncoding, Vec<Warning>);

/// What a file holds; of a text also how it was decoded.
fn contents(bytes: &[u8], hints: Hints, warnings: &mut Warnings) -> Result<(Contents, Option<Decoding>), FormatError> {
    if xlsx::is_workbook(bytes) {
        return Ok((Contents::Table(xlsx::read(bytes)?), None));
    }
    let decoded = decode(bytes, hints)?;
    let contents = if tbx::is_tbx(&decoded.text) {
        Contents::Concepts(tbx::read(&decoded.text, decoded.text_start)?)
    } else {
        Contents::Table(delimited::read(&decoded.text, warnings)?)
    };
    Ok((contents, Some((decoded.encoding, decoded.warnings))))
}

/// Writes concepts in a format. Fails with [`FormatError::TooManyRows`] on more than a workbook can hold.
pub fn write(concepts: &[&Concept], format: GlossaryFormat) -> Result<Written, FormatError> {
    match format {
        GlossaryFormat::Tbx(style) => Ok(tbx::write(concepts, style)),
        GlossaryFormat::Martif => Ok(tbx::write_martif(concepts)),
        GlossaryFormat::Csv => Ok(delimited::write(concepts, b',')),
        GlossaryFormat::Tsv => Ok(delimited::write(concepts, b'\t')),
        GlossaryFormat::OmegaT => Ok(delimited::write_omegat(concepts)),
        GlossaryFormat::Xlsx => xlsx::write(concepts),
    }
}

/// The id of a concept whose file gives none: its kind and the folded words of its first Arabic wording that may be
/// used, so that a correction of its spelling does not change it. `None` without Arabic.
fn derived_id(concept: &Concept) -> Option<ConceptId> {
    let arabic = concept.preferred_arabic().or(concept.arabic.first().map(|term| &*term.text))?;
    let words = search_key(arabic).replace(' ', "-");
    (!words.is_empty()).then(|| ConceptId::new(format!("{}:{words}", concept.kind.key())))
}

/// The first of `id~2`, `id~3` and so on that is not taken.
fn free_id(id: &ConceptId, taken: &HashSet<ConceptId>) -> ConceptId {
    let mut number = 2;
    loop {
        let other = ConceptId::new(format!("{id}~{number}"));
        if !taken.contains(&other) {
            return other;
        }
        number += 1;
    }
}
