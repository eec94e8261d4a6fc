//! Tables as text: comma-, semicolon- or tab-separated values (RFC 4180 for the first), and OmegaT's glossaries.
//!
//! In tab-separated text a line is a row, and one that starts with `#` is a remark. A cell in quotes is taken out
//! of them, as spreadsheets write such files.

use csv::{ReaderBuilder, StringRecord, WriterBuilder};

use super::Written;
use super::table::{self, Table};
use crate::domain::{Concept, TermStatus};
use crate::formats::warning::Warnings;
use crate::formats::{FormatError, WarningKind};

/// What can stand between cells, the most telling first.
const DELIMITERS: [u8; 4] = [b'\t', b';', b',', b'|'];

/// How much is looked at to find out what stands between cells: rows, and bytes.
const SAMPLE: (usize, usize) = (100, 64 << 10);

/// More columns than this are no glossary; what lies beyond is not kept.
const MOST_COLUMNS: usize = 64;

/// Reads a table. Fails with [`FormatError::NotAGlossary`] where there are no columns.
pub(super) fn read(text: &str, warnings: &mut Warnings) -> Result<Table, FormatError> {
    let content = (1..).zip(text.lines()).find(|(_, line)| !is_remark(line));
    let Some((line, first)) = content else { return Ok(Table::default()) };
    let delimiter = declared(first).or_else(|| delimiter(text)).ok_or(FormatError::NotAGlossary { line })?;
    Ok(if delimiter == b'\t' { tab_separated(text) } else { quoted(text, delimiter, warnings) })
}

fn is_remark(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// What stands between cells where the first line says it to Excel: `sep=;`.
fn declared(line: &str) -> Option<u8> {
    let said = line.trim_end().strip_prefix("sep=")?.as_bytes();
    DELIMITERS.into_iter().find(|delimiter| said == [*delimiter])
}

/// What stands between the cells: that which gives the most rows the same number of them, two or more.
fn delimiter(text: &str) -> Option<u8> {
    let (most_rows, most_bytes) = SAMPLE;
    let text = &text[..text.floor_char_boundary(most_bytes)];
    let rows = |delimiter: u8| {
        let mut widths = if delimiter == b'\t' {
            let lines = text.lines().filter(|line| !is_remark(line)).take(most_rows);
            lines.map(|line| line.split('\t').count()).collect::<Vec<_>>()
        } else {
            records(text, delimiter).take(most_rows).map(|record| record.len()).collect()
        };
        widths.retain(|&width| width > 1);
        let usual = widths.iter().max_by_key(|&&width| widths.iter().filter(|&&other| other == width).count());
        widths.iter().filter(|&width| Some(width) == usual).count()
    };
    let counts = DELIMITERS.map(|delimiter| (rows(delimiter), delimiter));
    let most = counts.iter().map(|&(count, _)| count).max().filter(|&most| most > 0)?;
    counts.iter().find(|&&(count, _)| count == most).map(|&(_, delimiter)| delimiter)
}

fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    let reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    // Text in memory that is UTF-8 and may be ragged cannot fail.
    reader.into_records().map_while(Result::ok).filter(|record| !record.iter().all(|cell| cell.trim().is_empty()))
}

fn quoted(text: &str, delimiter: u8, warnings: &mut Warnings) -> Table {
    let mut table = Table::default();
    for record in records(text, delimiter).skip_while(|record| record.iter().collect::<String>() == "sep=") {
        table.lines.push(record.position().map_or(0, |position| position.line() as usize));
        table.rows.push(record.iter().take(MOST_COLUMNS).map(str::to_owned).collect());
    }
    // The rest of the file is in one cell then.
    if text.bytes().filter(|&byte| byte == b'"').count() % 2 == 1 {
        warnings.add(WarningKind::OpenQuote, table.lines.last().copied().unwrap_or(0));
    }
    table
}

fn tab_separated(text: &str) -> Table {
    let mut table = Table::default();
    for (line, content) in (1..).zip(text.lines()).filter(|(_, line)| !is_remark(line)) {
        table.lines.push(line);
        table.rows.push(content.split('\t').take(MOST_COLUMNS).map(unquoted).collect());
    }
    table
}

/// A cell out of the quotes that a spreadsheet put around it.
fn unquoted(cell: &str) -> String {
    let inner = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
    match inner.map(|inner| (inner, inner.replace("\"\"", ""))) {
        Some((inner, without)) if !without.contains('"') => inner.replace("\"\"", "\""),
        _ => cell.to_owned(),
    }
}

/// A cell that begins with a quote in quotes, so that [`unquoted`] gives it back.
fn requoted(cell: String) -> String {
    if cell.starts_with('"') { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// Writes a table with a header: CSV with a byte order mark, without which Excel takes Arabic for something else, or
/// tab-separated text in which tabs and line breaks become blanks.
pub(super) fn write(concepts: &[&Concept], delimiter: u8) -> Written {
    let curtailed = concepts.iter().filter(|concept| table::is_curtailed(concept)).count();
    let bytes = if delimiter == b'\t' {
        let mut text = table::header().join("\t") + "\n";
        for concept in concepts {
            text.push_str(&table::cells(concept).map(|cell| requoted(on_one_line(&cell))).join("\t"));
            text.push('\n');
        }
        text.into_bytes()
    } else {
        let mut writer = WriterBuilder::new().delimiter(delimiter).from_writer("\u{feff}".as_bytes().to_vec());
        // Writing to memory, and rows of equal length, cannot fail.
        let _ = writer.write_record(table::header());
        for concept in concepts {
            let _ = writer.write_record(table::cells(concept));
        }
        writer.into_inner().unwrap_or_default()
    };
    Written { bytes, concepts: concepts.len(), curtailed }
}

/// Writes OmegaT's three columns, a line for each translation that may be used. Concepts without any are left out.
pub(super) fn write_omegat(concepts: &[&Concept]) -> Written {
    let mut written = Written { bytes: Vec::new(), concepts: 0, curtailed: 0 };
    let mut text = String::new();
    for concept in concepts {
        let comment: Vec<&str> = [&*concept.domain, &*concept.definition, &*concept.note]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        let usable = |terms: &'_ [crate::domain::Term]| -> Vec<String> {
            terms
                .iter()
                .filter(|term| term.status != TermStatus::Forbidden)
                .map(|term| on_one_line(&term.text))
                .collect()
        };
        let (arabic, english) = (usable(&concept.arabic), usable(&concept.english));
        for arabic in &arabic {
            for english in &english {
                text.push_str(&[arabic, english, &on_one_line(&comment.join("; "))].map(String::as_str).join("\t"));
                text.push('\n');
            }
        }
        written.concepts += usize::from(!arabic.is_empty() && !english.is_empty());
        written.curtailed += 1;
    }
    written.bytes = text.into_bytes();
    written
}

fn on_one_line(cell: &str) -> String {
    cell.replace(['\t', '\n', '\r'], " ")
}
