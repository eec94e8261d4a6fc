//! Guards: words that only look like others.

use super::Variation;
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

/// Whether a word that ends in `last` only looks like a name, because folding merges letters that tell words apart.
/// Writers who merge them are believed in words that are not `short`, and in names that stand alone.
pub(super) fn is_another_name(last: Option<char>, short: bool, wording: &Wording, variation: Variation) -> bool {
    let behind_clitic = variation != Variation::Folded;
    match (last, wording.spelling.chars().next_back()) {
        (Some('ه'), Some('ة')) => wording.owned_in_heh && (behind_clitic || !short),
        (Some('ى'), Some('ي')) | (Some('ي'), Some('ى')) | (Some('ة'), Some('ه')) => short && behind_clitic,
        _ => false,
    }
}

/// Whether a preposition can have its noun after `gap`, in a text that goes on with the folded word `next`. If it
/// cannot, على is the name علي, as some write it.
pub(super) fn may_govern(gap: &str, next: &str) -> bool {
    let both = next.starts_with("وال") && !next.starts_with("والد");
    !both && !gap.contains(['،', ',', '؛', ';', '!', '؟', '?', ')', '»']) && NOT_GOVERNED.binary_search(&next).is_err()
}

/// Whether a noun must follow the folded word `previous`, and no preposition can.
pub(super) fn is_before_nouns(previous: &str) -> bool {
    BEFORE_NOUNS.binary_search(&previous).is_ok()
}

/// Whether a verb must follow the folded word `previous`, and no noun can.
pub(super) fn is_before_verbs(previous: &str) -> bool {
    previous.len() <= 8 && BEFORE_VERBS.binary_search(&previous).is_ok()
}

/// Whether a name is spelled like a preposition whose ى has become ي.
pub(super) fn is_preposition_in_yeh(spelled: &str) -> bool {
    matches!(spelled, "علي" | "إلي" | "الي" | "لدي" | "حتي")
}

/// Whether the folded word `next` makes a phrase with على, as in على الرغم, that nobody would say of a person.
pub(super) fn follows_ala(next: &str) -> bool {
    AFTER_ALA.binary_search(&next).is_ok()
}

/// Whether a folded word is one that is spelled with ى by whoever writes ى at all.
pub(super) fn ends_in_maksura(folded: &str) -> bool {
    matches!(folded, "احدي" | "اخري" | "الي" | "حتي" | "كبري" | "مستوي" | "والي")
}

/// Whether a word is marked as an indefinite accusative (دومًا), which a name that ends in ا is not.
pub(super) fn is_accusative(written: &str) -> bool {
    written.ends_with("ا\u{64B}") || written.ends_with("\u{64B}ا")
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
#[rustfmt::skip]
const NOT_GOVERNED: &[&str] = &[
    "ابا", "اخا", "اعلن", "اكد", "الي", "بن", "ثم", "حتي", "رضي", "سوف", "ضد", "عليه", "عليهما", "عن", "عند", "في",
    "قال", "قام", "قد", "كان", "كانت", "كرم", "لان", "لدي", "لكن", "لم", "لن", "ليس", "مع", "منذ", "هو", "هي", "يقول",
];

/// Folded words that stand after على in set phrases.
#[rustfmt::skip]
const AFTER_ALA: &[&str] = &[
    "اثر", "احدث", "اساس", "الارض", "الاطلاق", "الاقل", "الاكثر", "التوالي", "الرغم", "الفور", "ان", "جانب", "حد",
    "حساب", "خلفيه", "راس", "رغم", "سبيل", "صعيد", "ضوء", "طول", "عكس", "غرار", "متن", "مدي", "مستوي", "نحو", "هامش",
    "وجه", "وشك",
];

/// Folded words that a noun follows and no preposition: other prepositions, and what stands before a name.
const BEFORE_NOUNS: &[&str] = &["ابن", "الامام", "الحاج", "الي", "بن", "بنت", "سيدنا", "ضد", "عن", "في"];

/// Folded words that only a verb follows.
#[rustfmt::skip]
const BEFORE_VERBS: &[&str] = &["سوف", "فسوف", "فلم", "فلن", "قد", "لقد", "لم", "لن", "وسوف", "وقد", "ولقد", "ولم", "ولن"];

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
        for table in
            [AFTER_ALA, NOT_GOVERNED, BEFORE_NOUNS, BEFORE_VERBS, WITHOUT_ARTICLE, FUNCTION_WORDS, INDEPENDENT_WORDS]
        {
            assert!(table.is_sorted(), "{table:?}");
        }
        assert!(FUNCTION_WORDS.iter().all(|word| word.len() <= LONGEST_OF_GRAMMAR));
    }
}
