//! Proclitics: the particles that Arabic writes joined to the front of a word.

use std::borrow::Cow;

/// One way to read a word as clitics and a stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split<'a> {
    /// How many bytes of the word are clitics.
    pub clitic: usize,
    /// The word that they stand before. It is not always the rest of the word: للكعبة is ل and الكعبة.
    pub stem: Cow<'a, str>,
}

/// The article.
pub const ARTICLE: &str = "ال";

/// The particle of the future, joined to verbs.
pub const FUTURE: char = 'س';

/// Every way to take conjunction and preposition off a folded word, fewest letters first: و or ف, then ب, ل or
/// ك, or one of them alone. The article stays with the stem, and comes back where لل has swallowed its alef.
/// [`FUTURE`] comes off verbs only. Common words that only begin like that stay whole.
pub fn splits(word: &str) -> impl Iterator<Item = Split<'_>> {
    let outer = word.strip_prefix(['و', 'ف']).filter(|_| !is_whole(word));
    let joined = outer.map(|rest| split(word, rest));
    let bare = prepositions(word, word);
    let stacked = outer.into_iter().flat_map(move |rest| prepositions(word, rest));
    let futures = std::iter::once(word).chain(outer).filter_map(move |rest| future(word, rest));
    joined.into_iter().chain(bare).chain(stacked).chain(futures)
}

/// Takes س off `rest`, an end of `word`, where a verb of the imperfect may follow: one of its four prefixes and at
/// least three letters more.
fn future<'a>(word: &'a str, rest: &'a str) -> Option<Split<'a>> {
    let verb = rest.strip_prefix(FUTURE)?;
    let imperfect = verb.starts_with(['ا', 'ن', 'ي', 'ت']) && verb.chars().nth(3).is_some();
    imperfect.then(|| split(word, verb))
}

/// The ways to take ب, ل or ك off `rest`, an end of `word`.
fn prepositions<'a>(word: &'a str, rest: &'a str) -> impl Iterator<Item = Split<'a>> {
    let stem = rest.strip_prefix(['ب', 'ل', 'ك']).filter(|_| !is_whole(rest));
    let plain = stem.map(|stem| split(word, stem));
    let swallowed = stem.filter(|stem| rest.starts_with('ل') && stem.starts_with('ل'));
    let restored = swallowed.into_iter().flat_map(move |stem| {
        // ل before ال loses the alef; before الل it loses one ل more.
        let clitic = word.len() - stem.len();
        let definite = format!("ا{stem}");
        let doubled = format!("ال{stem}");
        [Split { clitic, stem: definite.into() }, Split { clitic, stem: doubled.into() }]
    });
    plain.into_iter().chain(restored)
}

fn split<'a>(word: &'a str, stem: &'a str) -> Split<'a> {
    Split { clitic: word.len() - stem.len(), stem: stem.into() }
}

fn is_whole(word: &str) -> bool {
    WHOLE_WORDS.binary_search(&word).is_ok()
}

/// Common words, folded and sorted, whose first letter is no clitic though the rest looks like a word.
#[rustfmt::skip]
const WHOLE_WORDS: &[&str] = &[
    "باب", "باحث", "بارز", "باقي", "بان", "بانه", "بترول", "بحث", "بحر", "بدا", "بدايه", "بدر", "بدل", "بدون", "بديل",
    "بر", "برلمان", "برنامج", "بري", "بريد", "بسيط", "بضع", "بضعه", "بطل", "بطوله", "بعثه", "بعد", "بعده", "بعدها",
    "بعض", "بعيد", "بقاء", "بقيه", "بل", "بلا", "بلاد", "بلد", "بلده", "بلغ", "بما", "بنا", "بناء", "بنك", "به",
    "بها", "بهم", "بيان", "بيت", "بيد", "بيع", "بين", "بينما", "بينها", "بينهم", "فءاد", "فارق", "فاروق", "فبراير",
    "فتح", "فتره", "فرار", "فراس", "فرح", "فرد", "فرصه", "فرع", "فريق", "فعل", "فقط", "فكر", "فكره", "فلا", "فنان",
    "فهد", "فهم", "فور", "فوز", "فوق", "في", "فيلم", "فيما", "فيها", "فيهم", "كاس", "كامل", "كاميرا", "كان", "كانت",
    "كانوا", "كانون", "كبار", "كبري", "كبير", "كبيره", "كتاب", "كتب", "كثير", "كذلك", "كرسي", "كره", "كريم", "كريمه",
    "كشف", "كل", "كلا", "كلام", "كلم", "كلمه", "كلها", "كليه", "كم", "كما", "كمال", "كميه", "كي", "كيف", "لا", "لاعب",
    "لان", "لانه", "لبنان", "لجنه", "لحظه", "لدي", "لدينا", "لديه", "لديها", "لديهم", "لذا", "لذلك", "لسان", "لعل",
    "لغه", "لقاء", "لقب", "لقد", "لكن", "لكنه", "لكنها", "لم", "لما", "لماذا", "لن", "لنا", "لندن", "له", "لها",
    "لهم", "لهما", "لو", "لواء", "لوح", "لولا", "لي", "ليبيا", "ليس", "ليست", "ليل", "ليله", "ليون", "واجب", "واحد",
    "واحده", "وارد", "واسع", "واشنطن", "واضح", "واقع", "والد", "والده", "والي", "وثيقه", "وجه", "وجود", "وحده",
    "وحدها", "وحيد", "وديع", "وراء", "ورد", "ورقه", "وزاره", "وزراء", "وزير", "وساءل", "وسام", "وسط", "وسيط", "وسيم",
    "وصل", "وصول", "وضع", "وطن", "وطني", "وظيفه", "وفاه", "وفد", "وفق", "وفقا", "وقت", "وقف", "وكاله", "وكيل",
    "ولايه", "ولد", "وليد",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reading_of_a_word_is_found() {
        let check = |word: &str, expected: &[(&str, &str)]| {
            let found: Vec<_> = splits(word).map(|split| (&word[..split.clitic], split.stem.into_owned())).collect();
            let found: Vec<_> = found.iter().map(|(clitic, stem)| (*clitic, stem.as_str())).collect();
            assert_eq!(found, expected, "{word}");
        };
        check("سوريا", &[]);
        check("وسوريا", &[("و", "سوريا")]);
        check("بواشنطن", &[("ب", "واشنطن")]);
        check("وبالولايات", &[("و", "بالولايات"), ("وب", "الولايات")]);
        check("فللندن", &[("ف", "للندن"), ("فل", "لندن"), ("فل", "الندن"), ("فل", "اللندن")]);
        check("للكعبه", &[("ل", "لكعبه"), ("ل", "الكعبه"), ("ل", "اللكعبه")]);
        check("للاذقيه", &[("ل", "لاذقيه"), ("ل", "الاذقيه"), ("ل", "اللاذقيه")]);
        check("كامريكا", &[("ك", "امريكا")]);
        check("سيعلن", &[("س", "يعلن")]);
        check("وستعلن", &[("و", "ستعلن"), ("وس", "تعلن")]);
        check("سلام", &[]);
        check("و", &[("و", "")]);
    }

    #[test]
    fn common_words_stay_whole() {
        assert!(WHOLE_WORDS.is_sorted());
        for word in ["فبراير", "لدينا", "وساءل"] {
            assert_eq!(splits(word).count(), 0, "{word}");
        }
        assert_eq!(splits("ولدينا").map(|split| split.clitic).collect::<Vec<_>>(), ["و".len()]);
    }
}
