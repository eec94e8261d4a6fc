//! Words: runs of letters and digits in a folded text.

use super::Span;

/// The words of a text, in bytes of it; whatever lies between two of them separates them. Nothing but a change of
/// kind separates an Arabic word from the digits that it is written together with.
///
/// Meant for folded text, where vowel signs and joiners cannot break a word.
pub fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        at += usize::from(text[at..].starts_with(' '));
        let (start, kind) = kinds(text, at).find(|(_, kind)| *kind != Kind::Other)?;
        let mut last = kind;
        // Nearly all words are Arabic, and end at a blank.
        let run = if kind == Kind::Arabic { start + arabic_letters(&text[start..]) } else { start };
        at = if text[run..].starts_with(' ') {
            run
        } else {
            let end = kinds(text, run).find(|&(_, kind)| !kind.goes_on(std::mem::replace(&mut last, kind)));
            end.map_or(text.len(), |(end, _)| end)
        };
        Some(Span::new(start, at))
    })
}

/// The characters of a text from a byte on, with their kinds.
fn kinds(text: &str, from: usize) -> impl Iterator<Item = (usize, Kind)> {
    text[from..].char_indices().map(move |(offset, c)| (from + offset, Kind::of(c)))
}

/// How many bytes of Arabic letters a text begins with.
fn arabic_letters(text: &str) -> usize {
    let is_letter = |pair: &&[u8]| matches!(pair, [0xD8, 0xA1..=0xBA] | [0xD9, 0x81..=0x8A]);
    2 * text.as_bytes().chunks_exact(2).take_while(is_letter).count()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Arabic,
    Digit,
    /// A letter or digit of another script.
    Foreign,
    Other,
}

impl Kind {
    /// Nearly all characters are Arabic, and need no search in the tables of Unicode.
    fn of(c: char) -> Self {
        match c {
            'ء'..='غ' | 'ف'..='ي' => Self::Arabic,
            '0'..='9' => Self::Digit,
            ' ' | '.' | '،' | '"' => Self::Other,
            _ if c.is_alphanumeric() => Self::Foreign,
            _ => Self::Other,
        }
    }

    /// Whether it stands in one word with the character before it.
    fn goes_on(self, last: Self) -> bool {
        self != Self::Other && !matches!((last, self), (Self::Arabic, Self::Digit) | (Self::Digit, Self::Arabic))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_at_blanks_and_punctuation() {
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<&str> = words(text).map(|span| &text[span.range()]).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("", &[]);
        check(" «ناتو»، ", &["ناتو"]);
        check("نظام (بشار) الاسد.", &["نظام", "بشار", "الاسد"]);
        check("لـ\"حلف\" f-16", &["لـ", "حلف", "f", "16"]);
        check("6.3%", &["6", "3"]);
        check("لسباق1500 متر", &["لسباق", "1500", "متر"]);
        check("g20 اف16", &["g20", "اف", "16"]);
    }
}
