//! Guards: words that only look like others.

use super::Variation;
use super::trie::Wording;
use crate::text::{ARTICLE, Nature};

/// Whether a word as it is spelled begins with the article, and not with a root in ل.
pub(super) fn begins_with_article(spelled: &str) -> bool {
    spelled.starts_with(ARTICLE) && spelled.chars().nth(3).is_some() && !WITHOUT_ARTICLE.contains(&spelled)
}

/// Whether a word as it is spelled is one of grammar, which is nothing but itself.
pub(super) fn is_function_word(spelled: &str) -> bool {
    FUNCTION_WORDS.contains(&spelled)
}

/// Whether a folded word is common by itself, though it looks like the inflected form of another.
pub(super) fn is_independent(folded: &str) -> bool {
    INDEPENDENT_WORDS.contains(&folded)
}

/// Whether the word `written` only looks like `wording`, because it is one of grammar or because folding merges
/// letters that tell words apart. Writers who merge them are believed in long words and in names that stand alone.
pub(super) fn is_another_word(written: &str, wording: &Wording, variation: Variation, unlike: bool) -> bool {
    if is_function_word(written) {
        return true;
    }
    if wording.inflects {
        return unlike;
    }
    if variation == Variation::Folded {
        return false;
    }
    let letters = written.chars().count().min(wording.spelling.chars().count());
    let merged = matches!(
        (written.chars().next_back(), wording.spelling.chars().next_back()),
        (Some('ى'), Some('ي')) | (Some('ي'), Some('ى')) | (Some('ه'), Some('ة')) | (Some('ة'), Some('ه'))
    );
    merged && letters < 4
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

/// Words that begin with the letters of the article and not with it.
const WITHOUT_ARTICLE: &[&str] = &[
    "التزام",
    "التحاق",
    "التقاء",
    "التهاب",
    "التفاف",
    "التماس",
    "التباس",
    "التفات",
    "التهام",
    "التئام",
    "التقاط",
    "الله",
    "الآن",
    "الذي",
    "التي",
    "الذين",
    "اللذان",
    "اللتان",
    "اللواتي",
    "اللاتي",
];

/// Words of grammar that fold to the same letters as names and nouns do, as they are spelled.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "على", "إلى", "الى", "أن", "إن", "ان", "أي", "أو", "او", "إذا", "اذا", "إذ", "إما", "أما", "لدى", "لدي", "حتى",
    "متى", "هي", "هى", "في", "فى", "ألا", "إلا", "الا", "أنا", "أين", "أم", "عليه", "إليه", "لديه", "فيه", "منه",
    "عنه", "له", "به", "بدون",
];

/// Folded words that look like the inflected form of a shorter one and are not: words of grammar, countries, nouns.
#[rustfmt::skip]
const INDEPENDENT_WORDS: &[&str] = &[
    "ايضا", "جدا", "كانا", "كانوا", "هنا", "هذا", "لماذا", "ماذا", "اذا", "عندما", "بينما", "منها", "فيها", "عنها",
    "سوريا", "ليبيا", "روسيا", "تركيا", "بريطانيا", "ايطاليا", "المانيا", "اسبانيا", "كوريا", "استراليا", "نيجيريا",
    "اثيوبيا", "كينيا", "ماليزيا", "اندونيسيا", "اسيا", "افريقيا", "اوروبا", "اوكرانيا", "رومانيا", "بلغاريا",
    "صربيا", "كرواتيا", "البانيا", "مقدونيا", "سلوفاكيا", "سلوفينيا", "لاتفيا", "ليتوانيا", "استونيا", "ارمينيا",
    "جورجيا", "منغوليا", "كولومبيا", "بوليفيا", "تنزانيا", "زامبيا", "ناميبيا", "غامبيا", "موريتانيا", "تونسيا",
    "كندا", "هولندا", "بولندا", "فنلندا", "ايرلندا", "اسكتلندا", "نيوزيلندا", "تايلندا", "اوغندا", "رواندا", "كوبا",
    "بحرين", "سودان", "لبنان", "عمان", "باكستان", "افغانستان", "كردستان", "ايران", "يونان", "يابان", "فلسطين", "صين",
    "شعبان", "رمضان", "حسين", "ياسين", "سليمان", "عثمان", "برلين", "بكين", "مروان", "عدنان", "غسان", "رضوان",
    "قانون", "تعاون", "بيان", "ضمان", "زمان", "مكان", "سكان", "ايمان", "يمين", "امين", "ثمين", "كانون", "قرون",
    "عيون", "ديون", "سجون", "حيات", "نبات", "بنات", "فرات", "وفيات", "ملايين", "ميدان", "دخان",
];
