//! Whether a translation says what the glossary says.

use super::{Concept, TermStatus, search_key};

/// How a translation speaks of a concept that its source speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TermUse<'a> {
    /// With this wording, which the glossary has.
    Known(&'a str),
    /// With this wording, which the glossary forbids.
    Forbidden(&'a str),
    /// With another one, or not at all.
    Otherwise,
}

/// How a translation speaks of a concept. Case, a plural, a possessive and the points of “U.S.” make no difference.
pub fn term_use<'a>(translation: &str, concept: &'a Concept) -> TermUse<'a> {
    let written = keys(translation);
    let find = |forbidden: bool| {
        let wordings = concept.english.iter().filter(|term| (term.status == TermStatus::Forbidden) == forbidden);
        wordings
            .filter(|term| std::iter::once(&term.text).chain(&term.forms).any(|text| contains(&written, &keys(text))))
            .map(|term| &*term.text)
            .max_by_key(|text| text.len())
    };
    match (find(false), find(true)) {
        // “Kiev Oblast” is no use of “Kiev” where both are listed.
        (Some(known), Some(forbidden)) if known.contains(forbidden) => TermUse::Known(known),
        (_, Some(forbidden)) => TermUse::Forbidden(forbidden),
        (Some(known), None) => TermUse::Known(known),
        (None, None) => TermUse::Otherwise,
    }
}

/// The words of an English text, each without what does not count.
fn keys(text: &str) -> Vec<String> {
    let mut plain = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let initial = c == '.' && before.is_uppercase();
        let possessive = matches!(c, '\'' | '’') && is_possessive(&text[at + c.len_utf8()..]);
        if possessive {
            plain.push('\u{1}');
        } else if !initial {
            plain.push(c);
        }
        before = c;
    }
    search_key(&plain.replace("\u{1}s", "")).split(' ').map(singular).filter(|word| word != "the").collect()
}

fn is_possessive(rest: &str) -> bool {
    rest.strip_prefix('s').is_some_and(|after| !after.starts_with(char::is_alphanumeric))
}

/// A word without the ending of a plural. It need not be a word: both sides lose the same.
fn singular(word: &str) -> String {
    let stem = match word {
        _ if word.len() < 4 || word.ends_with("ss") => return word.to_owned(),
        _ if word.ends_with("ies") => return format!("{}y", &word[..word.len() - 3]),
        _ => word.strip_suffix("es").filter(|stem| ends_in_hiss(stem)).or_else(|| word.strip_suffix('s')),
    };
    stem.unwrap_or(word).to_owned()
}

fn ends_in_hiss(stem: &str) -> bool {
    ["s", "x", "z", "ch", "sh"].iter().any(|hiss| stem.ends_with(hiss))
}

fn contains(words: &[String], wanted: &[String]) -> bool {
    !wanted.is_empty() && words.windows(wanted.len()).any(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ConceptId, ConceptKind, Term};

    #[test]
    fn a_wording_counts_in_every_form_and_a_forbidden_one_is_told() {
        use TermStatus::{Admitted, Forbidden, Preferred};
        let check = |english: &[(&str, TermStatus)], translation: &str, expected: TermUse<'_>| {
            let english = english.iter().map(|&(text, status)| Term::new(text, status)).collect();
            let concept = Concept { english, ..Concept::new(ConceptId::new("x"), ConceptKind::Place) };
            assert_eq!(term_use(translation, &concept), expected, "{translation}");
        };
        let kyiv = [("Kyiv", Preferred), ("Kyiv Oblast", Admitted), ("Kiev", Forbidden)];
        check(&kyiv, "Russia struck Kyiv’s suburbs.", TermUse::Known("Kyiv"));
        check(&kyiv, "in KYIV", TermUse::Known("Kyiv"));
        check(&kyiv, "Russia struck Kiev.", TermUse::Forbidden("Kiev"));
        check(&kyiv, "Russia struck Kyiv, or Kiev.", TermUse::Forbidden("Kiev"));
        check(&kyiv, "Russia struck the capital.", TermUse::Otherwise);
        check(&kyiv, "", TermUse::Otherwise);
        check(&[("air strike", Preferred)], "Air strikes went on", TermUse::Known("air strike"));
        check(&[("airstrikes", Preferred)], "an airstrike", TermUse::Known("airstrikes"));
        check(&[("country", Preferred)], "the countries", TermUse::Known("country"));
        check(&[("the Gulf", Preferred)], "Gulf states", TermUse::Known("the Gulf"));
        check(&[("U.S.", Preferred)], "a US official", TermUse::Known("U.S."));
        check(&[("US", Preferred)], "The U.S.-led coalition", TermUse::Known("US"));
        check(&[("crisis", Preferred)], "the crises", TermUse::Otherwise);
        check(&[("Iran", Preferred)], "Iranian", TermUse::Otherwise);
        check(
            &[("Tehran", Forbidden), ("Tehran University", Preferred)],
            "at Tehran University",
            TermUse::Known("Tehran University"),
        );
        check(&[], "anything", TermUse::Otherwise);
    }
}
