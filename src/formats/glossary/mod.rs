//! Glossaries in the formats of the field: tables (CSV, TSV, OmegaT's, XLSX) and TBX.
//!
//! [`read()`] tells a file's format by its content and gives concepts; [`write()`] makes a file of them, and
//! [`unpack()`] is for somebody who says what is in a table before it is read. A table can be laid out in any way:
//! [`Layout`] says which column holds what, and is guessed where nobody says so. Start with `table.rs` for tables and
//! `tbx/mod.rs` for TBX.

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

impl GlossaryFormat {
    /// The formats to choose from in a window, the most telling first.
    pub const OFFERED: [Self; 6] =
        [Self::Tbx(Style::Dca), Self::Martif, Self::Xlsx, Self::Csv, Self::Tsv, Self::OmegaT];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tbx(_) => "TBX (2019)",
            Self::Martif => "TBX (2008)",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
            Self::Xlsx => "Excel",
            Self::OmegaT => "OmegaT",
        }
    }

    /// What the name of its file ends in, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Tbx(_) | Self::Martif => "tbx",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Xlsx => "xlsx",
            Self::OmegaT => "txt",
        }
    }
}

/// What sort of file a glossary came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Container {
    /// XML of `TermBase` eXchange, of any version.
    Tbx,
    /// A workbook.
    Workbook,
    /// A table as text.
    Text,
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
}

/// A file once it is decoded and taken apart, before it is made into concepts.
#[derive(Debug)]
pub struct Unpacked {
    contents: Contents,
    container: Container,
    /// How its text was encoded; none where the format leaves no choice.
    encoding: Option<TextEncoding>,
    warnings: Vec<Warning>,
}

#[derive(Debug)]
enum Contents {
    Concepts(Reading),
    Table(Table, Warnings),
}

/// Reads a glossary of any format. Fails with [`FormatError::NotAGlossary`] on a table where no column holds Arabic.
pub fn read(bytes: &[u8], options: Options) -> Result<Reading, FormatError> {
    unpack(bytes, options.hints)?.read(options.layout)
}

/// Takes a file apart. Fails as [`read()`] does, but not for want of Arabic in a table: the encoding may be wrong, and
/// a person can say it.
pub fn unpack(bytes: &[u8], hints: Hints) -> Result<Unpacked, FormatError> {
    if xlsx::is_workbook(bytes) {
        let contents = Contents::Table(xlsx::read(bytes)?, Warnings::default());
        return Ok(Unpacked { contents, container: Container::Workbook, encoding: None, warnings: Vec::new() });
    }
    let decoded = decode(bytes, hints)?;
    let (contents, container) = if tbx::is_tbx(&decoded.text) {
        (Contents::Concepts(tbx::read(&decoded.text, decoded.text_start)?), Container::Tbx)
    } else {
        let mut warnings = Warnings::default();
        let table = delimited::read(&decoded.text, &mut warnings)?;
        (Contents::Table(table, warnings), Container::Text)
    };
    Ok(Unpacked { contents, container, encoding: Some(decoded.encoding), warnings: decoded.warnings })
}

impl Unpacked {
    /// What sort of file it is.
    pub fn container(&self) -> Container {
        self.container
    }

    /// How its text was encoded; none where the format leaves no choice.
    pub fn encoding(&self) -> Option<&TextEncoding> {
        self.encoding.as_ref()
    }

    /// Makes concepts of it, with its columns as they are said to be or seem to be. Fails with
    /// [`FormatError::NotAGlossary`] on a table where no column holds Arabic.
    pub fn read(&self, layout: Option<&Layout>) -> Result<Reading, FormatError> {
        let mut reading = match &self.contents {
            Contents::Concepts(reading) => reading.clone(),
            Contents::Table(table, warnings) => table::read(table, layout, warnings.clone())?,
        };
        reading.warnings.splice(0..0, self.warnings.iter().cloned());
        reading.encoding.clone_from(&self.encoding);
        Ok(reading)
    }

    /// How a table looks; `None` for a file that says itself what is what.
    pub fn preview(&self) -> Option<Preview> {
        /// How many rows are shown.
        const ROWS: usize = 50;
        let Contents::Table(table, _) = &self.contents else { return None };
        let layout = layout::guess(&table.rows);
        let certainties = layout.as_ref().map_or_else(Vec::new, |layout| layout::certainties(&table.rows, layout));
        let rows = table.rows.iter().take(ROWS).cloned().collect();
        Some(Preview { rows, layout, certainties })
    }
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
