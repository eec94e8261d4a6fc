//! A table for spreadsheets and data frames: `source target state kind`, with a header.
//!
//! Tabs separate, lines end in a line feed. A field with a tab, a line break or a quotation mark stands in
//! quotation marks, those inside it doubled (RFC 4180 with tabs; pandas, R, Excel and `LibreOffice` read it
//! so). The text is UTF-8 with a byte order mark, without which Excel takes Arabic for Latin-1; pandas,
//! R's readr and `OmegaT` skip the mark.

use super::export::{Summary, translated};
use super::names::{kind_name, state_name};
use crate::domain::Project;

/// Writes the translated units, a row each.
pub fn write(project: &Project) -> (String, Summary) {
    let (units, summary) = translated(project);
    let mut out = String::from("\u{feff}");
    push_row(&mut out, ["source", "target", "state", "kind"]);
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
