//! Parallel plain text as Moses and its successors read it: line n of one file translates line n of the other.

use super::export::{Summary, translated};
use crate::domain::Project;

/// The two files, with the same number of lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bitext {
    /// The `.ar` file.
    pub arabic: String,
    /// The `.en` file.
    pub english: String,
}

/// Writes the translated units, a line each. What any reader takes for the end of a line becomes a space.
pub fn write(project: &Project) -> (Bitext, Summary) {
    let (units, summary) = translated(project);
    let mut bitext = Bitext::default();
    for unit in units {
        push_line(&mut bitext.arabic, unit.text());
        push_line(&mut bitext.english, &unit.target);
    }
    (bitext, summary)
}

fn push_line(out: &mut String, text: &str) {
    let mut parts = text.split(ends_line).filter(|part| !part.is_empty());
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        out.push(' ');
        out.push_str(part);
    }
    out.push('\n');
}

/// The mandatory breaks of UAX #14 and the separators at which Python splits lines.
fn ends_line(c: char) -> bool {
    matches!(c, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
