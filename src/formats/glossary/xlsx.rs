//! Workbooks (Office Open XML, ISO 29500): the first sheet that looks like a glossary is read, one sheet is written.

use std::io::{Cursor, Read as _};
use std::panic;

use calamine::{DataRef, Reader as _, Xlsx};
use rust_xlsxwriter::{Format, Workbook, XlsxError};
use zip::ZipArchive;

use super::table::{self, Table};
use super::{Written, layout};
use crate::domain::Concept;
use crate::formats::FormatError;

/// The most that the sheets may have when unpacked, in bytes. They are read piece by piece.
const LARGEST_SHEETS: u64 = 128 << 20;

/// The most that the rest may have when unpacked. It is held in memory: the texts of the cells above all.
const LARGEST_REST: u64 = 32 << 20;

/// The most parts that a workbook may have.
const MOST_PARTS: usize = 1000;

/// Sheets that are looked at.
const MOST_SHEETS: usize = 16;

/// The most cells of a sheet, counted with the empty ones in front of those that hold something.
const MOST_CELLS: usize = 2_000_000;

/// The most bytes of text in a sheet: one text of the workbook can stand in many cells.
const MOST_TEXT: usize = 64 << 20;

/// Columns that are read.
const MOST_COLUMNS: u32 = 64;

/// How wide the columns of a written sheet are, in characters.
const WIDTHS: [u16; 8] = [32, 32, 12, 16, 40, 40, 16, 16];

/// Whether a file is a ZIP archive, as every workbook is.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads the first sheet with a column of Arabic, or with anything where none has. Fails with
/// [`FormatError::DamagedWorkbook`] on what is no workbook or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Table, FormatError> {
    check_size(bytes)?;
    // The library reckons with what a sheet says of its size, and panics where that is absurd.
    panic::catch_unwind(|| read_sheets(bytes)).unwrap_or_else(|_| Err(damaged("its sizes make no sense")))
}

fn read_sheets(bytes: &[u8]) -> Result<Table, FormatError> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut first = Table::default();
    for sheet in workbook.sheet_names().into_iter().take(MOST_SHEETS) {
        let table = read_sheet(&mut workbook, &sheet)?;
        if layout::guess(&table.rows).is_some() {
            return Ok(table);
        }
        if first.rows.is_empty() {
            first = table;
        }
    }
    Ok(first)
}

/// Unpacks everything once without keeping it: what an archive says about sizes may be wrong on purpose.
fn check_size(bytes: &[u8]) -> Result<(), FormatError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(damaged("it has too many parts"));
    }
    let (mut sheets, mut rest) = (LARGEST_SHEETS, LARGEST_REST);
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(damaged)?;
        let left = if part.name().map_err(damaged)?.contains("worksheets/") { &mut sheets } else { &mut rest };
        let size = std::io::copy(&mut part.take(*left + 1), &mut std::io::sink()).map_err(damaged)?;
        *left = left.checked_sub(size).ok_or_else(|| damaged("it is too large"))?;
    }
    Ok(())
}

fn read_sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Table, FormatError> {
    let mut table = Table::default();
    let Ok(mut cells) = workbook.worksheet_cells_reader(name) else { return Ok(table) };
    let (mut room, mut text_room) = (MOST_CELLS, MOST_TEXT);
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let text = text_of(cell.get_value());
        if column >= MOST_COLUMNS || text.trim().is_empty() {
            continue;
        }
        let line = row as usize + 1;
        if table.lines.last() != Some(&line) {
            table.lines.push(line);
            table.rows.push(Vec::new());
        }
        if let Some(cells) = table.rows.last_mut() {
            let width = cells.len().max(column as usize + 1);
            let left = room.checked_sub(width - cells.len()).zip(text_room.checked_sub(text.len()));
            (room, text_room) = left.ok_or_else(|| damaged("it is too large"))?;
            cells.resize(width, String::new());
            cells[column as usize] = text;
        }
    }
    Ok(table)
}

/// What a cell shows; of a formula what came out of it, of a moment the day.
fn text_of(value: &DataRef) -> String {
    match value {
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(_) | DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

/// Writes a workbook with one sheet. Fails with [`FormatError::TooManyRows`] on more concepts than a sheet has rows.
pub(super) fn write(concepts: &[&Concept]) -> Result<Written, FormatError> {
    let curtailed = concepts.iter().filter(|concept| table::is_curtailed(concept)).count();
    let bytes = workbook(concepts).map_err(|error| match error {
        XlsxError::RowColumnLimitError => FormatError::TooManyRows,
        other => damaged(other),
    })?;
    Ok(Written { bytes, concepts: concepts.len(), curtailed })
}

fn workbook(concepts: &[&Concept]) -> Result<Vec<u8>, XlsxError> {
    /// The most UTF-16 units that a cell holds.
    const LONGEST_CELL: usize = 32_767;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let bold = Format::new().set_bold();
    for ((column, name), width) in (0..).zip(table::header()).zip(WIDTHS) {
        sheet.write_string_with_format(0, column, name, &bold)?;
        sheet.set_column_width(column, width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    for (row, concept) in (1..).zip(concepts) {
        for (column, cell) in (0..).zip(table::cells(concept)) {
            if !cell.is_empty() {
                let short =
                    if cell.len() > LONGEST_CELL { cell.chars().take(LONGEST_CELL / 2).collect() } else { cell };
                sheet.write_string(row, column, short)?;
            }
        }
    }
    workbook.save_to_buffer()
}

#[expect(clippy::needless_pass_by_value, reason = "what `map_err` hands over")]
fn damaged(reason: impl ToString) -> FormatError {
    FormatError::DamagedWorkbook { reason: reason.to_string() }
}
