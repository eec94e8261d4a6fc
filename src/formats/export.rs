//! What every export has in common: which units go out, and the count of those that do not.

use crate::domain::{Project, Unit};

/// What became of a project's units in an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Units written.
    pub written: usize,
    /// Units of the article with nothing but whitespace on one side; not written.
    pub untranslated: usize,
    /// Units that are not part of the article; not written.
    pub left_out: usize,
    /// Characters that the format cannot hold; U+FFFD was written for each.
    pub replaced_characters: usize,
}

/// The units to write, in reading order, and the count.
pub(super) fn translated(project: &Project) -> (Vec<&Unit>, Summary) {
    let mut summary = Summary::default();
    let mut units = Vec::new();
    for unit in project.units() {
        if !unit.included {
            summary.left_out += 1;
        } else if unit.target.trim().is_empty() || unit.text().trim().is_empty() {
            summary.untranslated += 1;
        } else {
            units.push(unit);
        }
    }
    summary.written = units.len();
    (units, summary)
}
