//! A table for spreadsheets and data frames: `source target state kind`, with a header.
//!
//! Tabs separate, lines end in a line feed. A field with a tab, a line break or a quotation mark stands in
//! quotation marks, those inside it doubled (RFC 4180 with tabs; pandas, R, Excel and `LibreOffice` read it
//! so). The text is UTF-8 with a byte order mark, without which Excel takes Arabic for Latin-1; pandas,
//! R's readr and `OmegaT` skip the mark.

use super::export::{Summary, translated};
use super::names::{kind_name, kind_named, state_name};
use super::warning::Warnings;
use super::{Warning, WarningKind};
use crate::domain::{Article, Block, FurniturePhrases, Project, classify};

const HEADER: [&str; 4] = ["source", "target", "state", "kind"];

/// Whether a text is a table: at least two rows, every one with the same number of tabs.
pub fn is_table(text: &str) -> bool {
    if !text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| line.contains('\t')) {
        return false;
    }
    let rows = rows(text);
    let columns = rows.first().map_or(0, Vec::len);
    rows.len() > 1 && columns > 1 && rows.iter().all(|row| row.len() == columns)
}

/// Reads the column that has most Arabic in it, a paragraph a row; in a table of ours, with its kind.
pub fn read(text: &str) -> (Article, Vec<Warning>) {
    let mut rows = rows(text);
    let mut warnings = Warnings::default();
    let header = rows.first().cloned().unwrap_or_default();
    let arabic = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| letters(cell)).sum::<usize>();
    let column = (0..header.len()).rev().max_by_key(|column| arabic(*column)).unwrap_or(0);
    let is_ours = header == HEADER;
    if header.get(column).is_some_and(|title| letters(title) == 0) {
        rows.remove(0);
    }
    let mut blocks = Vec::new();
    for mut row in rows {
        let kind = row.get(3).filter(|_| is_ours).and_then(|name| kind_named(name));
        let text = row.get_mut(column).map(std::mem::take).unwrap_or_default().trim().to_owned();
        let others = if is_ours { 1..2 } else { 0..row.len() };
        if row[others].iter().any(|cell| !cell.trim().is_empty()) {
            warnings.add(WarningKind::Columns, 0);
        }
        if !text.is_empty() {
            blocks.push(Block { kind, text });
        }
    }
    (classify(blocks, FurniturePhrases::arabic_news()), warnings.into_vec())
}

fn letters(cell: &str) -> usize {
    cell.chars().filter(|c| matches!(c, 'ء'..='ي')).count()
}

/// The rows of a table and their fields; blank lines are none.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut field) = (Vec::new(), String::new());
    let mut quoted = false;
    let mut chars = text.chars().filter(|c| *c != '\r').peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' if quoted || field.is_empty() => quoted = !quoted,
            '\t' if !quoted => row.push(std::mem::take(&mut field)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            c => field.push(c),
        }
    }
    row.push(field);
    rows.push(row);
    rows.retain(|row| row.iter().any(|field| !field.trim().is_empty()));
    rows
}

/// Writes the translated units, a row each.
pub fn write(project: &Project) -> (String, Summary) {
    let (units, summary) = translated(project);
    let mut out = String::from("\u{feff}");
    push_row(&mut out, HEADER);
    for unit in units {
        push_row(&mut out, [unit.text(), &unit.target, state_name(unit.state), kind_name(unit.kind)]);
    }
    (out, summary)
}

fn push_row(out: &mut String, fields: [&str; 4]) {
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            out.push('\t');
        }
        if field.contains(['\t', '\n', '\r', '"']) {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ParagraphKind;

    #[test]
    fn the_arabic_column_is_read() {
        let check = |text: &str, expected: &[&str], warned: bool| {
            assert!(is_table(text), "{text}");
            let (article, warnings) = read(text);
            let texts: Vec<&str> = article.paragraphs.iter().map(|paragraph| paragraph.text.as_str()).collect();
            assert_eq!((texts.as_slice(), !warnings.is_empty()), (expected, warned), "{text}");
        };
        check("id\tsource\n1\tقال الوزير\n2\t\"قال \"\"نعم\"\"\"\n", &["قال الوزير", "قال \"نعم\""], true);
        check("\tقال الوزير\r\n\r\n\tأضاف\r\n", &["قال الوزير", "أضاف"], false);
        check("Syria\tسوريا\nLebanon\tلبنان", &["سوريا", "لبنان"], true);
        for text in ["قال الوزير\n\tأضاف", "قال\tالوزير", "", "أ\tب\nج\tد\tه"] {
            assert!(!is_table(text), "{text}");
        }
    }

    #[test]
    fn a_table_of_ours_keeps_its_kinds() {
        let (article, warnings) = read("source\ttarget\tstate\tkind\nعنوان\t\tinitial\theading\n");
        assert_eq!((article.paragraphs[0].kind, warnings), (ParagraphKind::Heading, Vec::new()));
    }
}
