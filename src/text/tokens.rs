//! Words: runs of letters and digits in a folded text.

use super::Span;

/// The words of a text, in bytes of it; whatever lies between two of them separates them.
///
/// Meant for folded text, where vowel signs and joiners cannot break a word.
pub fn words(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_of_word)?;
        let end = text[start..].find(|c| !is_of_word(c)).map_or(text.len(), |len| start + len);
        at = end;
        Some(Span::new(start, end))
    })
}

/// Whether a character is a letter or digit. Nearly all are Arabic, and need no search in the tables of Unicode.
fn is_of_word(c: char) -> bool {
    matches!(c, 'ء'..='غ' | 'ف'..='ي') || c.is_alphanumeric()
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
    }
}
