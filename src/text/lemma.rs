//! From words as they stand in a text to the form that a glossary lists them in.

use super::{ARTICLE, Folded, Span, fold, splits, words};

/// The least letters behind an article for it to be one.
const FEWEST_LETTERS: usize = 3;

/// The words of a text without what surrounds them, and without the particles joined to the first of them: before an
/// article, and where `is_word` knows what remains, folded, as a word of its own.
pub fn lemma(text: &str, is_word: impl Fn(&str) -> bool) -> String {
    let folded = fold(text);
    let mut spans = words(folded.as_str());
    let Some(first) = spans.next() else { return text.trim().to_owned() };
    let end = spans.last().map_or(first.end, |last| last.end);
    let (start, restored) = start_of_stem(&folded, first, is_word);
    let rest = folded.to_source(Span::new(start, end));
    format!("{restored}{}", &text[rest.range()])
}

/// Where the stem of a word begins, and the letters that its particles have swallowed.
fn start_of_stem(folded: &Folded, word: Span, is_word: impl Fn(&str) -> bool) -> (usize, String) {
    let written = &folded.as_str()[word.range()];
    let is_definite =
        |stem: &str| stem.strip_prefix(ARTICLE).is_some_and(|noun| noun.chars().count() >= FEWEST_LETTERS);
    let certain = || splits(written, false).filter(|split| !split.doubtful);
    let definite = certain().find(|split| is_definite(&split.stem));
    let stem = definite.or_else(|| certain().find(|split| is_word(&split.stem)));
    let Some(stem) = stem else { return (word.start, String::new()) };
    let restored = stem.stem.strip_suffix(&written[stem.clitic..]).unwrap_or_default().to_owned();
    (word.start + stem.clitic, restored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn particles_go_where_a_word_remains() {
        let check = |text: &str, expected: &str| {
            let known = ["واشنطن", "موسكو"];
            assert_eq!(lemma(text, |word| known.contains(&word)), expected, "{text}");
        };
        check("وبالولايات المتحدة،", "الولايات المتحدة");
        check("«للأمم المتحدة»", "الأمم المتحدة");
        check("بموسكو", "موسكو");
        check("بروكسل", "بروكسل");
        check("واشنطن", "واشنطن");
        check("وزير الدفاع", "وزير الدفاع");
        check(" (حلب) ", "حلب");
        check("…", "…");
    }
}
