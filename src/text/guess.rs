//! Guesses: which singular a word may be a broken plural of, by the patterns of Arabic alone.
//!
//! A pattern fits many words that are no plural, so a guess is only a hint; what is known stands in
//! [`Nouns`](super::Nouns).

/// A pattern of broken plurals and those of the singulars that it belongs to, folded. A digit stands for a letter of
/// the root, the same digit for the same letter.
struct Pattern {
    plural: &'static str,
    singulars: &'static [&'static str],
    only: Only,
}

/// What a word must show besides to be a plural of a pattern.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Only {
    Anything,
    /// It ends in ة as it is written, or has an article.
    Teh,
    /// It ends in ى as it is written.
    Maksura,
    /// It has an article or a pronoun: without them it is rather a verb.
    Definite,
}

const fn pattern(plural: &'static str, singulars: &'static [&'static str], only: Only) -> Pattern {
    Pattern { plural, singulars, only }
}

/// The patterns, as grammars of Arabic list them; in brackets those of weak and doubled roots.
#[rustfmt::skip]
const PATTERNS: &[Pattern] = &[
    // أفعال
    pattern("ا12ا3", &["123"], Only::Anything),
    pattern("ا1وا2", &["1ا2"], Only::Anything),
    pattern("ا1يا2", &["1ا2"], Only::Anything),
    pattern("ا12اء", &["12و", "12ي", "12ا"], Only::Anything),
    // فعول, فعال, فعّال
    pattern("12و3", &["123"], Only::Anything),
    pattern("12ا3", &["12ي3", "1ا23"], Only::Definite),
    // فعلاء, أفعلاء
    pattern("123اء", &["12ي3", "1ا23"], Only::Anything),
    pattern("ا123اء", &["12ي3"], Only::Anything),
    pattern("ا12ياء", &["12ي"], Only::Anything),
    pattern("ا12اء", &["12ي2"], Only::Anything),
    // أفعلة
    pattern("ا123ه", &["12ا3", "12و3"], Only::Teh),
    pattern("ا12ه", &["12ي2", "12ا2"], Only::Teh),
    pattern("ا12يه", &["12اء"], Only::Teh),
    // فواعل, فواعيل
    pattern("1وا23", &["1ا23", "1ا23ه"], Only::Anything),
    pattern("1وا2", &["1ا2ه", "1ا2"], Only::Anything),
    pattern("1وا2ي", &["1ا2يه"], Only::Anything),
    pattern("1وا2ي3", &["1ا2و3", "1ا2ي3", "1ا2ا3"], Only::Anything),
    // مفاعل, مفاعيل
    pattern("م1ا23", &["م123", "م123ه"], Only::Anything),
    pattern("م1ا2", &["م12", "م12ه"], Only::Anything),
    pattern("م1ا2ي", &["م12ي", "م12اه"], Only::Anything),
    pattern("م1ا2ي3", &["م12و3", "م12ا3", "م12ي3"], Only::Anything),
    // أفاعل, فعالل, فعاليل
    pattern("ا1ا23", &["ا123", "ا123ي"], Only::Anything),
    pattern("12ا34", &["1234", "1234ه"], Only::Anything),
    pattern("12ا3ي4", &["123و4", "123ي4", "123ا4", "123و4ه"], Only::Anything),
    pattern("ا1ا2ي3", &["ا12و3", "ا12ا3", "ا12ي3"], Only::Anything),
    // فعائل, فعالى
    pattern("12اء3", &["12ي3ه", "12ا3ه", "12و3ه"], Only::Anything),
    pattern("12ايا", &["12يه"], Only::Anything),
    pattern("12اوي", &["12وي"], Only::Maksura),
    // فعاة, فعلى
    pattern("12اه", &["1ا2ي", "1ا2"], Only::Teh),
    pattern("123ي", &["12ي3"], Only::Maksura),
    // فعل
    pattern("123", &["12ي3ه"], Only::Definite),
];

/// The most letters that a pattern has a place for.
const ROOT: usize = 4;

/// How a word is written that may be a plural.
#[derive(Debug, Clone, Copy)]
pub struct Plural {
    /// Whether it has an article or a pronoun.
    pub definite: bool,
    /// The last letter as it is spelled, where folding merges it with another.
    pub last: Option<char>,
}

/// The singulars, folded, that the folded word `word` may be a broken plural of: without its clitics, its article and
/// its pronoun.
pub fn guessed_singulars(word: &str, written: Plural) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let fits = |pattern: &&Pattern| match pattern.only {
        Only::Anything => true,
        Only::Teh => written.last == Some('ة') || written.definite,
        Only::Maksura => written.last == Some('ى'),
        Only::Definite => written.definite,
    };
    let mut found = Vec::new();
    // What is written at the end is no letter of the root.
    let ending = written.last.filter(|last| matches!(last, 'ة' | 'ى')).and_then(|_| word.chars().next_back());
    let ends = |pattern: &&Pattern| ending.is_none_or(|ending| pattern.plural.ends_with(ending));
    for pattern in PATTERNS.iter().filter(fits).filter(ends) {
        let Some(root) = root(pattern, &letters) else { continue };
        for singular in pattern.singulars {
            let singular = filled(singular, root);
            if !found.contains(&singular) {
                found.push(singular);
            }
        }
    }
    found
}

/// The letters that the digits of a pattern stand for in a word, if it is made by that pattern.
fn root(pattern: &Pattern, letters: &[char]) -> Option<[char; ROOT]> {
    if pattern.plural.chars().count() != letters.len() {
        return None;
    }
    let mut root = [None; ROOT];
    for (at, (sign, &letter)) in pattern.plural.chars().zip(letters).enumerate() {
        let Some(place) = sign.to_digit(10) else {
            if sign == letter {
                continue;
            }
            return None;
        };
        // No root has an alef. One that ends in ي has patterns of its own, and أخيرة is no plural of خيار.
        let weak = letter == 'ي' && (at + 1 == letters.len() || pattern.only == Only::Teh);
        if letter == 'ا' || weak || *root.get_mut(place as usize - 1)?.get_or_insert(letter) != letter {
            return None;
        }
    }
    Some(root.map(Option::unwrap_or_default))
}

/// A pattern with letters for its digits.
fn filled(pattern: &str, root: [char; ROOT]) -> String {
    let letter = |sign: char| sign.to_digit(10).map_or(sign, |place| root[place as usize - 1]);
    pattern.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn a_singular_is_among_those_of_its_plural() {
        let check = |plural: &str, singular: &str, expected: bool| {
            let definite = plural.strip_prefix("ال");
            let word = definite.unwrap_or(plural);
            let written = Plural { definite: definite.is_some(), last: word.chars().next_back() };
            let found = guessed_singulars(fold(word).as_str(), written);
            assert_eq!(found.contains(&fold(singular).as_str().to_owned()), expected, "{singular} {plural} {found:?}");
        };
        for (plural, singular) in [
            ("أحزاب", "حزب"),
            ("أنياب", "ناب"),
            ("أعضاء", "عضو"),
            ("بنوك", "بنك"),
            ("العمال", "عامل"),
            ("وزراء", "وزير"),
            ("أصدقاء", "صديق"),
            ("أسلحة", "سلاح"),
            ("أدلة", "دليل"),
            ("أوعية", "وعاء"),
            ("عواصم", "عاصمة"),
            ("مواد", "مادة"),
            ("قوانين", "قانون"),
            ("مساجد", "مسجد"),
            ("مشاريع", "مشروع"),
            ("معابر", "معبر"),
            ("أجانب", "أجنبي"),
            ("فنادق", "فندق"),
            ("تقارير", "تقرير"),
            ("قذائف", "قذيفة"),
            ("قضايا", "قضية"),
            ("قتلى", "قتيل"),
            ("قضاة", "قاضي"),
            ("المدن", "مدينة"),
            ("أساليب", "أسلوب"),
            ("فتاوى", "فتوى"),
        ] {
            check(plural, singular, true);
        }
        for (plural, singular) in [
            ("مدن", "مدينة"),
            ("عمال", "عامل"),
            ("سيادة", "سيدة"),
            ("أخيرة", "خيار"),
            ("حوالي", "حالي"),
            ("أسلحه", "سلاح"),
            ("قتلي", "قتيل"),
        ] {
            check(plural, singular, false);
        }
    }

    #[test]
    fn a_singular_has_only_letters_of_its_plural() {
        for Pattern { plural, singulars, .. } in PATTERNS {
            let places = |pattern: &str| pattern.chars().filter_map(|c| c.to_digit(10)).collect::<Vec<_>>();
            let known = places(plural);
            assert!(known.iter().all(|place| (1..=ROOT as u32).contains(place)), "{plural}");
            assert!(singulars.iter().flat_map(|singular| places(singular)).all(|place| known.contains(&place)));
        }
    }
}
