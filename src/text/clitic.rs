//! Proclitics: the particles that Arabic writes joined to the front of a word.

use std::borrow::Cow;

/// One way to read a word as clitics and a stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split<'a> {
    /// How many bytes of the word are clitics.
    pub clitic: usize,
    /// The word that they stand before. It is not always the rest of the word: للكعبة is ل and الكعبة.
    pub stem: Cow<'a, str>,
    /// Whether only the words after it can tell that it is read so: بلا is "without", and in بلا باز it is ب and لا.
    pub doubtful: bool,
}

impl<'a> Split<'a> {
    /// A word without clitics.
    pub fn whole(word: &'a str) -> Self {
        split(word, word, false)
    }
}

/// The article.
pub const ARTICLE: &str = "ال";

/// The particle of the future, joined to verbs.
pub const FUTURE: char = 'س';

/// The particle of a question, as it is folded.
pub const QUESTION: char = 'ا';

/// The letters that a stem has behind the particle of the question, where nothing else tells that it is one: أحمد and
/// أنور are names of their own, and أمثلة is a plural.
const LEAST_ASKED: usize = 5;

/// Every way to take conjunction and preposition off a folded word, fewest letters first: و or ف, then ب, ل or
/// ك, or one of them alone. The article stays with the stem, and comes back where لل has swallowed its alef.
/// [`FUTURE`] comes off verbs only. Common words that only begin like that are doubtful.
///
/// `asks` says that the word is spelled with أ, which may be the particle of a question before all of these.
pub fn splits(word: &str, asks: bool) -> impl Iterator<Item = Split<'_>> {
    let question = word.strip_prefix(QUESTION).filter(|rest| asks && !rest.is_empty());
    let asked = question.into_iter().flat_map(move |rest| {
        let asked = std::iter::once(split(word, rest, false)).chain(particles(word, rest));
        asked.map(|split| Split { doubtful: split.doubtful || is_short(&split.stem), ..split })
    });
    let outer = word.strip_prefix(CONJUNCTIONS);
    let futures = std::iter::once(word).chain(outer).filter_map(move |rest| future(word, rest));
    particles(word, word).chain(futures).chain(asked)
}

const CONJUNCTIONS: [char; 2] = ['و', 'ف'];

fn is_short(stem: &str) -> bool {
    stem.chars().nth(LEAST_ASKED - 1).is_none()
}

/// The ways to take conjunction and preposition off `rest`, an end of `word`.
fn particles<'a>(word: &'a str, rest: &'a str) -> impl Iterator<Item = Split<'a>> {
    let doubtful = is_whole(rest);
    let outer = rest.strip_prefix(CONJUNCTIONS);
    let joined = outer.map(|stem| split(word, stem, doubtful));
    let stacked = outer.into_iter().flat_map(move |rest| prepositions(word, rest, doubtful));
    joined.into_iter().chain(prepositions(word, rest, false)).chain(stacked)
}

/// Takes س off `rest`, an end of `word`, where a verb of the imperfect may follow: one of its four prefixes and at
/// least three letters more.
fn future<'a>(word: &'a str, rest: &'a str) -> Option<Split<'a>> {
    let verb = rest.strip_prefix(FUTURE)?;
    let imperfect = verb.starts_with(['ا', 'ن', 'ي', 'ت']) && verb.chars().nth(3).is_some();
    imperfect.then(|| split(word, verb, is_whole(word)))
}

/// The ways to take ب, ل or ك off `rest`, an end of `word`.
fn prepositions<'a>(word: &'a str, rest: &'a str, doubtful: bool) -> impl Iterator<Item = Split<'a>> {
    let stem = rest.strip_prefix(['ب', 'ل', 'ك']);
    let doubtful = doubtful || (stem.is_some() && is_whole(rest));
    let plain = stem.map(|stem| split(word, stem, doubtful));
    let swallowed = stem.filter(|stem| rest.starts_with('ل') && stem.starts_with('ل'));
    let restored = swallowed.into_iter().flat_map(move |stem| {
        // ل before ال loses the alef; before الل it loses one ل more.
        let clitic = word.len() - stem.len();
        let definite = format!("ا{stem}");
        let doubled = format!("ال{stem}");
        [definite, doubled].map(|stem| Split { clitic, stem: stem.into(), doubtful })
    });
    plain.into_iter().chain(restored)
}

fn split<'a>(word: &'a str, stem: &'a str, doubtful: bool) -> Split<'a> {
    Split { clitic: word.len() - stem.len(), stem: stem.into(), doubtful }
}

fn is_whole(word: &str) -> bool {
    word.starts_with(['و', 'ف', 'ب', 'ل', 'ك']) && WHOLE_WORDS.binary_search(&word).is_ok()
}

/// Common words, folded and sorted, whose first letter is no clitic though the rest looks like a word.
#[rustfmt::skip]
const WHOLE_WORDS: &[&str] = &[
    "باب", "باحث", "بارز", "باسل", "باسم", "باقر", "باقي", "بالغ", "بان", "بانه", "بترول", "بحث", "بحر", "بدا", "بدايه",
    "بدر", "بدل", "بدون", "بديل", "بر", "برج", "برد", "برق", "بركه", "برلمان", "برنامج", "بري", "بريد", "بسام", "بسمه",
    "بسيط", "بشار", "بصمه", "بضع", "بضعه", "بطاقه", "بطل", "بطوله", "بعثه", "بعد", "بعده", "بعدها", "بعض", "بعيد",
    "بقاء", "بقعه", "بقيه", "بكر", "بل", "بلا", "بلاد", "بلاغ", "بلال", "بلد", "بلده", "بلغ", "بلوغ", "بما", "بنا",
    "بناء", "بنت", "بند", "بنك", "به", "بها", "بهم", "بوابه", "بيءه", "بيان", "بيت", "بيد", "بيع", "بين", "بينما",
    "بينها", "بينهم", "فءاد", "فاءده", "فارق", "فاروق", "فاز", "فاس", "فاطمه", "فبراير", "فتاه", "فتح", "فتره", "فحص",
    "فخر", "فرار", "فراس", "فرح", "فرد", "فرصه", "فرع", "فريق", "فساد", "فسر", "فسرت", "فصل", "فصيله", "فضل", "فعل",
    "فقر", "فقط", "فكر", "فكره", "فلا", "فلم", "فنان", "فندق", "فهد", "فهم", "فور", "فوز", "فوق", "في", "فيلم", "فيما",
    "فيها", "فيهم", "كاتب", "كادر", "كارثه", "كاس", "كافر", "كافه", "كامل", "كاميرا", "كان", "كانت", "كانوا", "كانون",
    "كبار", "كبري", "كبير", "كبيره", "كتاب", "كتب", "كتله", "كثير", "كذلك", "كرامه", "كرسي", "كره", "كريم", "كريمه",
    "كسب", "كسبت", "كسبها", "كسر", "كشف", "كفاءه", "كل", "كلا", "كلام", "كلب", "كلم", "كلمه", "كلها", "كليه", "كم",
    "كما", "كمال", "كمين", "كميه", "كندا", "كنز", "كنيسه", "كوب", "كي", "كيف", "لا", "لاجء", "لاحق", "لاعب", "لان",
    "لانه", "لباس", "لبنان", "لجنه", "لجوء", "لحظه", "لحم", "لدي", "لدينا", "لديه", "لديها", "لديهم", "لذا", "لذلك",
    "لسان", "لطيف", "لعل", "لغات", "لغز", "لغه", "لقاء", "لقب", "لقد", "لقمه", "لكن", "لكنه", "لكنها", "لم", "لما",
    "لماذا", "لن", "لنا", "لندن", "له", "لها", "لهم", "لهما", "لو", "لواء", "لوح", "لوحه", "لولا", "لون", "لي", "ليالي",
    "ليبيا", "ليس", "ليست", "ليل", "ليله", "ليون", "واجب", "واحد", "واحده", "وادي", "وارد", "واسع", "واشنطن", "واضح",
    "واقع", "والد", "والده", "والدي", "والي", "وباء", "وثيقه", "وجه", "وجود", "وحده", "وحدها", "وحيد", "وخيمه", "وديع",
    "وراء", "وراثه", "ورد", "ورشه", "ورقه", "وزاره", "وزراء", "وزن", "وزير", "وساءل", "وسام", "وسط", "وسيط", "وسيله",
    "وسيم", "وصل", "وصول", "وضع", "وطن", "وطني", "وظيفه", "وعد", "وعي", "وفاه", "وفد", "وفق", "وفقا", "وفود", "وقت",
    "وقف", "وقود", "وكاله", "وكر", "وكيل", "ولاء", "ولايه", "ولد", "وليد",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The ways to read a word that are beyond doubt.
    fn check(word: &str, asks: bool, expected: &[(&str, &str)]) {
        let certain = splits(word, asks).filter(|split| !split.doubtful);
        let found: Vec<_> = certain.map(|split| (&word[..split.clitic], split.stem.into_owned())).collect();
        let found: Vec<_> = found.iter().map(|(clitic, stem)| (*clitic, stem.as_str())).collect();
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn every_reading_of_a_word_is_found() {
        check("سوريا", false, &[]);
        check("وسوريا", false, &[("و", "سوريا")]);
        check("بواشنطن", false, &[("ب", "واشنطن")]);
        check("وبالولايات", false, &[("و", "بالولايات"), ("وب", "الولايات")]);
        check("فللندن", false, &[("ف", "للندن"), ("فل", "لندن"), ("فل", "الندن"), ("فل", "اللندن")]);
        check("للكعبه", false, &[("ل", "لكعبه"), ("ل", "الكعبه"), ("ل", "اللكعبه")]);
        check("للاذقيه", false, &[("ل", "لاذقيه"), ("ل", "الاذقيه"), ("ل", "اللاذقيه")]);
        check("كامريكا", false, &[("ك", "امريكا")]);
        check("سيعلن", false, &[("س", "يعلن")]);
        check("وستعلن", false, &[("و", "ستعلن"), ("وس", "تعلن")]);
        check("سلام", false, &[]);
        check("و", false, &[("و", "")]);
    }

    #[test]
    fn a_question_stands_before_all_other_particles() {
        check("اسوريا", true, &[("ا", "سوريا")]);
        check("اسوريا", false, &[]);
        check("افبسوريا", true, &[("ا", "فبسوريا"), ("اف", "بسوريا"), ("افب", "سوريا")]);
        check("احمد", true, &[]);
    }

    #[test]
    fn common_words_stay_whole() {
        assert!(WHOLE_WORDS.is_sorted());
        for word in ["فبراير", "لدينا", "وساءل"] {
            check(word, false, &[]);
        }
        check("ولدينا", false, &[("و", "لدينا")]);
        assert_eq!(splits("بلا", false).collect::<Vec<_>>(), [Split { clitic: 2, stem: "لا".into(), doubtful: true }]);
    }
}
