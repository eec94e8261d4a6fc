//! Guards: words that only look like others.

use super::Variation;
use super::readings::Doubt;
use super::trie::Wording;
use crate::text::{ARTICLE, Nature};

/// Whether a word as it is spelled begins with the article, and not with a root in ل.
pub(super) fn begins_with_article(spelled: &str) -> bool {
    spelled.starts_with(ARTICLE) && spelled.chars().nth(3).is_some() && WITHOUT_ARTICLE.binary_search(&spelled).is_err()
}

/// Whether a word as it is spelled is one of grammar, which is nothing but itself.
pub(super) fn is_function_word(spelled: &str) -> bool {
    spelled.len() <= LONGEST_OF_GRAMMAR && FUNCTION_WORDS.binary_search(&spelled).is_ok()
}

/// Whether a folded word is common by itself, though it looks like the inflected form of another.
pub(super) fn is_independent(folded: &str) -> bool {
    INDEPENDENT_WORDS.binary_search(&folded).is_ok()
}

/// Whether a word that ends in `last` and has `letters` letters only looks like `wording`, because folding merges
/// letters that tell words apart. Writers who merge them are believed in long words and in names that stand alone.
pub(super) fn is_another_word(
    last: Option<char>,
    letters: usize,
    wording: &Wording,
    variation: Variation,
    doubt: Doubt,
) -> bool {
    if wording.inflects || doubt == Doubt::Grammar {
        return doubt != Doubt::None;
    }
    if variation == Variation::Folded {
        return false;
    }
    let merged = matches!(
        (last, wording.spelling.chars().next_back()),
        (Some('ى'), Some('ي')) | (Some('ي'), Some('ى')) | (Some('ه'), Some('ة')) | (Some('ة'), Some('ه'))
    );
    merged && letters < 4
}

/// Whether a preposition can have its noun after `gap`, in a text that goes on with the folded word `next`. If it
/// cannot, على is the name علي, as some write it.
pub(super) fn may_govern(gap: &str, next: &str) -> bool {
    !gap.contains(['،', ',', '؛', ';', '!', '؟', '?', ')', '»']) && NOT_GOVERNED.binary_search(&next).is_err()
}

/// Whether a word that is spelled to end in `written` cannot be a form of this nature: على and علي, كتابه (his book)
/// and كتابة (writing). In long words, ى is only a way to write ي.
pub(super) fn ends_unlike(written: char, nature: Nature, definite: bool) -> bool {
    match written {
        'ى' => !nature.intersects(Nature::MAKSURA.and(Nature::LONGEST)),
        'ي' => !nature.contains(Nature::LONGEST) && nature.contains(Nature::MAKSURA),
        'ه' => nature.contains(Nature::TEH) && !definite,
        'ة' => !nature.contains(Nature::TEH),
        _ => false,
    }
}

/// The most bytes that a word of [`FUNCTION_WORDS`] has.
pub(super) const LONGEST_OF_GRAMMAR: usize = 8;

/// Folded words that cannot follow a preposition: other prepositions, and what goes with a verb or after a name.
const NOT_GOVERNED: &[&str] = &["الي", "بن", "حتي", "سوف", "عن", "في", "قال", "قد", "كان", "لدي", "لم", "لن"];

/// Words that begin with the letters of the article and not with it.
#[rustfmt::skip]
const WITHOUT_ARTICLE: &[&str] = &[
    "الآن", "التئام", "التباس", "التحاق", "التزام", "التفات", "التفاف", "التقاء", "التقاط", "التماس", "التهاب",
    "التهام", "التي", "الذي", "الذين", "اللاتي", "اللتان", "اللذان", "الله", "اللواتي",
];

/// Words of grammar that fold to the same letters as names and nouns do, as they are spelled.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "ألا", "أم", "أما", "أن", "أنا", "أو", "أي", "أين", "إذ", "إذا", "إلا", "إلى", "إليه", "إما", "إن", "اذا", "الا",
    "الى", "ان", "او", "بدون", "به", "حتى", "على", "عليه", "عنه", "فى", "في", "فيه", "لدى", "لدي", "لديه", "له",
    "متى", "منه", "هى", "هي",
];

/// Folded words that look like the inflected form of a shorter one and are not: words of grammar, countries, nouns.
#[rustfmt::skip]
const INDEPENDENT_WORDS: &[&str] = &[
    "اثيوبيا", "اذا", "ارمينيا", "اسبانيا", "استراليا", "استونيا", "اسكتلندا", "اسيا", "افريقيا", "افغانستان",
    "البانيا", "المانيا", "امين", "اندونيسيا", "اوروبا", "اوغندا", "اوكرانيا", "ايران", "ايرلندا", "ايضا", "ايطاليا",
    "ايمان", "باكستان", "بحرين", "برلين", "بريطانيا", "بكين", "بلغاريا", "بنات", "بولندا", "بوليفيا", "بيان", "بينما",
    "تايلندا", "تركيا", "تعاون", "تنزانيا", "تونسيا", "ثمين", "جدا", "جورجيا", "حسين", "حيات", "دخان", "ديون",
    "رضوان", "رمضان", "رواندا", "روسيا", "رومانيا", "زامبيا", "زمان", "سجون", "سكان", "سلوفاكيا", "سلوفينيا",
    "سليمان", "سودان", "سوريا", "شعبان", "صربيا", "صين", "ضمان", "عثمان", "عدنان", "عمان", "عندما", "عنها", "عيون",
    "غامبيا", "غسان", "فرات", "فلسطين", "فنلندا", "فيها", "قانون", "قرون", "كانا", "كانوا", "كانون", "كردستان",
    "كرواتيا", "كندا", "كوبا", "كوريا", "كولومبيا", "كينيا", "لاتفيا", "لبنان", "لماذا", "ليبيا", "ليتوانيا", "ماذا",
    "ماليزيا", "مروان", "مقدونيا", "مكان", "ملايين", "منغوليا", "منها", "موريتانيا", "ميدان", "ناميبيا", "نبات",
    "نيجيريا", "نيوزيلندا", "هذا", "هنا", "هولندا", "وفيات", "يابان", "ياسين", "يمين", "يونان",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        for table in [NOT_GOVERNED, WITHOUT_ARTICLE, FUNCTION_WORDS, INDEPENDENT_WORDS] {
            assert!(table.is_sorted(), "{table:?}");
        }
        assert!(FUNCTION_WORDS.iter().all(|word| word.len() <= LONGEST_OF_GRAMMAR));
    }
}
