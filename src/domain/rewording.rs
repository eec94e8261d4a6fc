//! What becomes of a translation when the glossary changes: where it has the old wording, and what stands there then.

use super::{Concept, Term, TermStatus, Unit, UnitId};
use crate::text::Span;

/// A wording in a translation that is to become another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    /// Where.
    pub unit: UnitId,
    /// Where in its target.
    pub span: Span,
    /// What stands there.
    pub before: String,
    /// What is to stand there.
    pub after: String,
}

/// The wordings that might be written for a concept `before` a change and are not to be written any more, and the one
/// that takes their place; `None` where nothing written before is wrong now.
pub fn outdated(before: &Concept, after: &Concept) -> Option<(Vec<String>, String)> {
    let new = after.preferred_english()?;
    let stays = |text: &str| {
        let is_usable = |term: &Term| term.status != TermStatus::Forbidden && &*term.text == text;
        after.english.iter().any(is_usable) && before.preferred_english() != Some(text)
    };
    let usable = before.english.iter().filter(|term| term.status != TermStatus::Forbidden);
    let old: Vec<String> =
        usable.map(|term| &*term.text).filter(|text| *text != new && !stays(text)).map(str::to_owned).collect();
    (!old.is_empty()).then(|| (old, new.to_owned()))
}

/// Where the target of a unit has one of the `old` wordings, also in the plural or with a capital, in the order of
/// place. What stands within the `new` wording is right already.
pub fn rewordings(unit: &Unit, old: &[String], new: &str) -> Vec<Rewording> {
    let mut forms: Vec<(String, String)> = Vec::new();
    for old in old {
        forms.extend([(old.clone(), new.to_owned()), (plural(old), plural(new))]);
    }
    // “air strikes” before “air strike”.
    forms.sort_by_key(|(old, _)| std::cmp::Reverse(old.len()));
    let mut taken: Vec<Span> = [new, &plural(new)].iter().flat_map(|new| places(&unit.target, new)).collect();
    let mut found = Vec::new();
    for (old, new) in &forms {
        for span in places(&unit.target, old) {
            if taken.iter().any(|other| span.start < other.end && other.start < span.end) {
                continue;
            }
            taken.push(span);
            let before = unit.target[span.range()].to_owned();
            let after = if before == *old { new.clone() } else { capitalised(new) };
            found.push(Rewording { unit: unit.id, span, before, after });
        }
    }
    found.sort_by_key(|rewording| rewording.span.start);
    found
}

/// Where a text has a wording as whole words, its first letter perhaps a capital.
fn places(text: &str, wording: &str) -> Vec<Span> {
    if wording.is_empty() {
        return Vec::new();
    }
    let capital = capitalised(wording);
    let mut forms = vec![wording, &capital];
    forms.dedup();
    let spans =
        forms.into_iter().flat_map(|form| text.match_indices(form)).map(|(at, it)| Span::new(at, at + it.len()));
    spans.filter(|span| stands_alone(text, *span)).collect()
}

fn stands_alone(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}

fn capitalised(wording: &str) -> String {
    let mut letters = wording.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The plural of an English wording by the rules of spelling; a person looks at it before it is used.
fn plural(wording: &str) -> String {
    let stem = wording.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']));
    match stem {
        Some(stem) => format!("{stem}ies"),
        None if ["s", "x", "z", "ch", "sh"].iter().any(|hiss| wording.ends_with(hiss)) => format!("{wording}es"),
        None => format!("{wording}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ConceptId, ConceptKind, ParagraphKind, State};
    use TermStatus::{Admitted, Forbidden, Preferred};

    fn concept(english: &[(&str, TermStatus)]) -> Concept {
        let english = english.iter().map(|&(text, status)| Term::new(text, status)).collect();
        Concept { english, ..Concept::new(ConceptId::new("x"), ConceptKind::Term) }
    }

    #[test]
    fn a_wording_is_outdated_that_is_preferred_or_usable_no_more() {
        let check = |before: &[(&str, TermStatus)], after: &[(&str, TermStatus)], expected: Option<(&[&str], &str)>| {
            let found = outdated(&concept(before), &concept(after));
            let expected = expected.map(|(old, new)| (old.iter().map(|&it| it.to_owned()).collect(), new.to_owned()));
            assert_eq!(found, expected, "{before:?} {after:?}");
        };
        let [kyiv, kiev] = ["Kyiv", "Kiev"];
        check(&[(kiev, Preferred)], &[(kyiv, Preferred)], Some((&[kiev], kyiv)));
        check(&[(kiev, Preferred)], &[(kyiv, Preferred), (kiev, Admitted)], Some((&[kiev], kyiv)));
        check(&[(kyiv, Preferred), (kiev, Admitted)], &[(kyiv, Preferred), (kiev, Forbidden)], Some((&[kiev], kyiv)));
        check(&[(kyiv, Preferred)], &[(kyiv, Preferred), (kiev, Admitted)], None);
        check(&[(kyiv, Preferred), (kiev, Admitted)], &[(kyiv, Preferred), (kiev, Admitted)], None);
        check(&[(kiev, Preferred)], &[(kiev, Forbidden)], None);
        check(&[], &[(kyiv, Preferred)], None);
    }

    #[test]
    fn an_old_wording_is_found_in_the_forms_that_it_takes() {
        let check = |target: &str, old: &[&str], new: &str, expected: &str| {
            let unit = Unit { target: target.to_owned(), ..unit() };
            let old: Vec<String> = old.iter().map(|&it| it.to_owned()).collect();
            let mut text = target.to_owned();
            for found in rewordings(&unit, &old, new).into_iter().rev() {
                assert_eq!(found.before, target[found.span.range()]);
                text.replace_range(found.span.range(), &found.after);
            }
            assert_eq!(text, expected);
        };
        check("Kiev and Kiev’s mayor", &["Kiev"], "Kyiv", "Kyiv and Kyiv’s mayor");
        check("Air strikes hit; an air strike", &["air strike"], "airstrike", "Airstrikes hit; an airstrike");
        check("countries, a country", &["country"], "state", "states, a state");
        check("the state, the states", &["state"], "country", "the country, the countries");
        check("Kievan, the Kiev-based", &["Kiev"], "Kyiv", "Kievan, the Kyiv-based");
        check(
            "Iraqi Foreign Ministry, Foreign Ministry",
            &["Foreign Ministry"],
            "Iraqi Foreign Ministry",
            "Iraqi Foreign Ministry, Iraqi Foreign Ministry",
        );
        check("Kiev Oblast, Kiev", &["Kiev", "Kiev Oblast"], "Kyiv", "Kyiv, Kyiv");
        check("nothing", &["Kiev"], "Kyiv", "nothing");
        check("İx Kiev", &["Kiev", ""], "Kyiv", "İx Kyiv");
    }

    fn unit() -> Unit {
        Unit {
            id: UnitId::new(1),
            kind: ParagraphKind::Paragraph,
            source: "نص".into(),
            repaired: None,
            target: String::new(),
            state: State::Initial,
            included: true,
        }
    }
}
