//! The regular expressions of segmentation rules: ICU's, read by another engine and bounded.

use regex_automata::meta::Regex;
use regex_syntax::hir::{Class, Hir, HirKind, Look};
use thiserror::Error;

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PatternError {
    /// It is no regular expression, or one with parts that are not supported: look-around, backreferences.
    #[error("{0}")]
    Syntax(String),
    /// It takes too long to match.
    #[error("the expression is too large")]
    TooLarge,
}

/// Which languages rules are for.
#[derive(Debug)]
pub struct LanguagePattern(Regex);

impl LanguagePattern {
    /// A pattern for whole BCP 47 tags, whatever their case.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        let tag = parse(&format!("(?i:{pattern})"))?;
        let whole = Hir::concat(vec![Hir::look(Look::Start), tag, Hir::look(Look::End)]);
        Regex::builder().build_from_hir(&whole).map(Self).map_err(|_| PatternError::TooLarge)
    }

    /// Whether a tag is one of them.
    pub fn fits(&self, tag: &str) -> bool {
        self.0.is_match(tag)
    }
}

/// The longest pattern, in bytes: more than twice the longest list of abbreviations in real files.
const LONGEST: usize = 20_000;

/// The most that a pattern may grow beyond twice its length when counted repetitions are written out; the time to
/// match grows with it.
const MOST_GROWTH: u64 = 4_000;

/// Reads a pattern in the syntax of ICU, which the SRX standard prescribes.
pub(super) fn parse(pattern: &str) -> Result<Hir, PatternError> {
    if pattern.len() > LONGEST {
        return Err(PatternError::TooLarge);
    }
    let reason = |error: regex_syntax::Error| {
        let kind = match &error {
            regex_syntax::Error::Parse(error) => error.kind().to_string(),
            regex_syntax::Error::Translate(error) => error.kind().to_string(),
            _ => error.to_string(),
        };
        PatternError::Syntax(kind)
    };
    let hir = regex_syntax::Parser::new().parse(&translate(pattern)).map_err(reason)?;
    if places(&hir) > 2 * pattern.len() as u64 + MOST_GROWTH { Err(PatternError::TooLarge) } else { Ok(hir) }
}

/// The places of a pattern in the sense of Glushkov: how many letters and classes it has, counted repetitions
/// written out.
fn places(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 0,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(_) => 1,
        HirKind::Repetition(repetition) => {
            let times = u64::from(repetition.max.unwrap_or(repetition.min).max(1));
            places(&repetition.sub).max(1).saturating_mul(times)
        }
        HirKind::Capture(capture) => places(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => {
            parts.iter().map(places).fold(parts.len() as u64, u64::saturating_add)
        }
    }
}

/// The pattern that matches every string of `hir` read from its end.
pub(super) fn reversed(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0);
            Hir::literal(text.chars().rev().collect::<String>().into_bytes())
        }
        HirKind::Class(Class::Unicode(class)) => Hir::class(Class::Unicode(class.clone())),
        HirKind::Class(Class::Bytes(class)) => Hir::class(Class::Bytes(class.clone())),
        HirKind::Look(look) => Hir::look(look.reversed()),
        HirKind::Repetition(repetition) => Hir::repetition(repetition.with(reversed(&repetition.sub))),
        HirKind::Capture(capture) => reversed(&capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.iter().rev().map(reversed).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(reversed).collect()),
    }
}

/// Rewrites what ICU knows and the engine does not. Possessive and atomic groups become plain ones: there is no
/// backtracking that they could cut short.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut rest = pattern;
    let mut in_class = 0_usize;
    let mut after_quantifier = false;
    while let Some(c) = rest.chars().next() {
        let was_quantifier = std::mem::take(&mut after_quantifier);
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let starts_class = rest.starts_with(['d', 'D', 'w', 'W', 's', 'S', 'h', 'v']);
                rest = translate_escape(rest, &mut out);
                if starts_class && in_class > 0 && rest.starts_with('-') {
                    // No range begins at a class.
                    out.push('\\');
                }
            }
            '[' => {
                in_class += 1;
                out.push(c);
            }
            ']' => {
                in_class = in_class.saturating_sub(1);
                out.push(c);
            }
            '(' if in_class == 0 && rest.starts_with("?>") => {
                out.push_str("(?:");
                rest = &rest[2..];
            }
            '+' if in_class == 0 && was_quantifier => {}
            '*' | '+' | '?' | '}' if in_class == 0 => {
                after_quantifier = !out.ends_with('(');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Rewrites the escape whose backslash stands before `rest`; returns what follows it.
fn translate_escape<'p>(rest: &'p str, out: &mut String) -> &'p str {
    if let Some(quoted) = rest.strip_prefix('Q') {
        let (literal, after) = quoted.split_once("\\E").unwrap_or((quoted, ""));
        out.push_str(&regex_syntax::escape(literal));
        return after;
    }
    let Some(c) = rest.chars().next() else {
        out.push('\\');
        return rest;
    };
    match c {
        'h' => out.push_str(r"[\t\p{Zs}]"),
        'H' => out.push_str(r"[^\t\p{Zs}]"),
        'v' => out.push_str(r"[\n\x0B\f\r\x{85}\x{2028}\x{2029}]"),
        'V' => out.push_str(r"[^\n\x0B\f\r\x{85}\x{2028}\x{2029}]"),
        'R' => out.push_str(r"(?:\r\n|[\n\x0B\f\r\x{85}\x{2028}\x{2029}])"),
        'Z' => out.push_str(r"\n?\z"),
        '<' | '>' => out.push(c),
        c if !c.is_ascii() => out.push(c),
        c => {
            out.push('\\');
            out.push(c);
        }
    }
    &rest[c.len_utf8()..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_icu_writes_differently_is_rewritten() {
        let check = |pattern: &str, expected: &str| assert_eq!(translate(pattern), expected, "{pattern}");
        check(r"\bد\.\s", r"\bد\.\s");
        check(r"\Qe.g.\E\s", r"e\.g\.\s");
        check(r"[\h]*+[A-Z]++\u0002?", r"[[\t\p{Zs}]]*[A-Z]+\u0002?");
        check(r"[\d-–]", r"[\d\-–]");
        check(r"(?>Mr|Dr)\.", r"(?:Mr|Dr)\.");
        check(r"(?i)[+*]+\»\<", r"(?i)[+*]+»<");
        check("ends\\", "ends\\");
    }

    #[test]
    fn what_cannot_be_matched_in_bounded_time_is_refused() {
        let check = |pattern: &str| parse(pattern).unwrap_err();
        assert_eq!(check(r"((\p{L}{1000}){1000}){1000}"), PatternError::TooLarge);
        assert_eq!(check(&"a".repeat(30_000)), PatternError::TooLarge);
        assert!(matches!(check(r"(?<!Mr)\."), PatternError::Syntax(reason) if reason.contains("look-around")));
        assert!(matches!(check(r"(a)\1"), PatternError::Syntax(_)));
        assert!(matches!(check(r"[.?!"), PatternError::Syntax(_)));
    }
}
