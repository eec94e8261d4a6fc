//! Words: runs of letters and digits in a folded text.

use super::Span;

/// The words of a text, in bytes of it; whatever lies between two of them separates them. Nothing but a change of
/// kind separates an Arabic word from the digits that it is written together with.
///
/// Meant for folded text, where vowel signs and joiners cannot break a word.
pub fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut rest = text[at..].char_indices().map(|(offset, c)| (at + offset, Kind::of(c)));
        let (start, mut last) = rest.find(|(_, kind)| *kind != Kind::Other)?;
        let end = rest.find(|&(_, kind)| !kind.goes_on(std::mem::replace(&mut last, kind)));
        at = end.map_or(text.len(), |(end, _)| end);
        Some(Span::new(start, at))
    })
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
