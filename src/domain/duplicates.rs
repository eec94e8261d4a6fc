//! What a termbase says twice, or says in two ways.

use std::collections::HashMap;
use std::sync::Arc;

use super::{Concept, ConceptId, ConceptKind, TermStatus, Termbase};
use crate::text;

/// What two wordings have in common that are spelled differently: their folded words with single spaces between
/// them. Empty for a text without letters and digits.
pub fn search_key(text: &str) -> String {
    let folded = text::fold(text);
    let mut key = String::with_capacity(folded.as_str().len());
    for word in text::words(folded.as_str()).filter_map(|span| span.of(folded.as_str())) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(word);
    }
    key
}

/// Whether two domains do not speak against two concepts being one: they are equal, or one is unknown.
pub(super) fn may_be_one(one: &str, other: &str) -> bool {
    one.is_empty() || other.is_empty() || one == other
}

/// Groups of concepts of one kind, and of domains that do not differ, that share an Arabic wording but for its
/// spelling. Each group has at least two and is in the order of the termbase; forbidden wordings do not count.
pub fn duplicates(termbase: &Termbase) -> Vec<Vec<ConceptId>> {
    let mut groups: HashMap<(String, ConceptKind), Vec<Member>> = HashMap::new();
    for (position, concept) in termbase.concepts().iter().enumerate() {
        for key in keys(concept, |concept| &concept.arabic) {
            groups.entry((key, concept.kind)).or_default().push((position, concept.domain.clone()));
        }
    }
    let mut found: Vec<Vec<usize>> = groups.into_values().flat_map(split_by_domain).collect();
    found.sort();
    found.dedup();
    let id = |position: usize| termbase.concepts()[position].id.clone();
    found.into_iter().map(|group| group.into_iter().map(id).collect()).collect()
}

/// Where a concept stands in the termbase, and its domain.
type Member = (usize, Arc<str>);

/// Concepts of one wording, apart where their domains differ. One without a domain goes with the first.
fn split_by_domain(members: Vec<Member>) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Arc<str>, Vec<usize>)> = Vec::new();
    for (position, domain) in members {
        match groups.iter_mut().find(|(known, _)| may_be_one(known, &domain)) {
            Some((known, group)) => {
                if known.is_empty() {
                    *known = domain;
                }
                group.push(position);
            }
            None => groups.push((domain, vec![position])),
        }
    }
    groups.into_iter().map(|(_, group)| group).filter(|group| group.len() > 1).collect()
}

/// One wording that the termbase translates in several ways.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inconsistency {
    /// The wording, folded.
    pub wording: String,
    /// Whether it is Arabic with several English translations, or the other way round.
    pub is_arabic: bool,
    /// The preferred translations that differ, folded, in the order of the termbase.
    pub translations: Vec<String>,
    /// The concepts that it stands in.
    pub concepts: Vec<ConceptId>,
}

/// Preferred wordings of one language whose concepts prefer different wordings in the other, in the order of the
/// termbase: «دورية» that is "patrol" here and "periodical" there, or "Aleppo" that is both «حلب» and «حلب الشهباء».
pub fn inconsistencies(termbase: &Termbase) -> Vec<Inconsistency> {
    let mut found = Vec::new();
    for is_arabic in [true, false] {
        let mut groups: HashMap<String, Vec<(usize, String)>> = HashMap::new();
        for (position, concept) in termbase.concepts().iter().enumerate() {
            let (arabic, english) = (concept.preferred_arabic(), concept.preferred_english());
            let (Some(arabic), Some(english)) = (arabic.map(search_key), english.map(search_key)) else { continue };
            let (wording, translation) = if is_arabic { (arabic, english) } else { (english, arabic) };
            if !wording.is_empty() {
                groups.entry(wording).or_default().push((position, translation));
            }
        }
        for (wording, members) in groups {
            let mut translations: Vec<String> = Vec::new();
            for (_, translation) in &members {
                if !translations.contains(translation) {
                    translations.push(translation.clone());
                }
            }
            if translations.len() > 1 {
                let positions = members.into_iter().map(|(position, _)| position).collect::<Vec<_>>();
                found.push((positions, wording, is_arabic, translations));
            }
        }
    }
    found.sort_by_key(|(positions, _, is_arabic, _)| (!is_arabic, positions[0]));
    let id = |position: usize| termbase.concepts()[position].id.clone();
    found
        .into_iter()
        .map(|(positions, wording, is_arabic, translations)| Inconsistency {
            wording,
            is_arabic,
            translations,
            concepts: positions.into_iter().map(id).collect(),
        })
        .collect()
}

/// The keys of a concept's wordings in one language that may be used, each once.
pub(super) fn keys(concept: &Concept, terms: impl Fn(&Concept) -> &Vec<super::Term>) -> Vec<String> {
    let usable = terms(concept).iter().filter(|term| term.status != TermStatus::Forbidden);
    let mut keys: Vec<String> = usable.map(|term| search_key(&term.text)).filter(|key| !key.is_empty()).collect();
    keys.sort();
    keys.dedup();
    keys
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Term;

    fn concept(id: &str, kind: ConceptKind, domain: &str, arabic: &[&str], english: &str) -> Concept {
        Concept {
            domain: domain.into(),
            arabic: arabic.iter().map(|text| Term::new(*text, TermStatus::Preferred)).collect(),
            english: vec![Term::new(english, TermStatus::Preferred)],
            ..Concept::new(ConceptId::new(id), kind)
        }
    }

    fn termbase() -> Termbase {
        use ConceptKind::{Person, Place, Term};
        [
            concept("aleppo", Place, "", &["حلب", "حلب الشهباء"], "Aleppo"),
            concept("again", Place, "syria", &["حَلَب"], "Halab"),
            concept("milking", Term, "", &["حلب"], "milking"),
            concept("patrol", Term, "military", &["دورية"], "patrol"),
            concept("journal", Term, "media", &["دوريه"], "journal"),
            concept("ali", Person, "", &["علي"], "Ali"),
            concept("shahba", Place, "", &["الشهباء"], "aleppo"),
        ]
        .into_iter()
        .collect()
    }

    #[test]
    fn duplicates_share_wording_kind_and_domain() {
        let found = duplicates(&termbase());
        assert_eq!(found, [[ConceptId::new("aleppo"), ConceptId::new("again")]]);
    }

    #[test]
    fn inconsistent_translations_are_found_both_ways() {
        let found = inconsistencies(&termbase());
        let shown: Vec<_> =
            found.iter().map(|found| (&*found.wording, found.is_arabic, found.translations.join("/"))).collect();
        let expected = [
            ("حلب", true, "aleppo/halab/milking".to_owned()),
            ("دوريه", true, "patrol/journal".to_owned()),
            ("aleppo", false, "حلب/الشهباء".to_owned()),
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_key_keeps_words_apart_and_nothing_else() {
        let check = |text: &str, expected: &str| assert_eq!(search_key(text), expected, "{text}");
        check("  نظام (بشّار) الأسد! ", "نظام بشار الاسد");
        check("U.N. Security\u{a0}Council", "u n security council");
        check("—", "");
    }
}
