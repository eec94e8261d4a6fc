//! Inflection: the endings that Arabic nouns and adjectives take, and which word takes which.
//!
//! An ending is taken off a folded word only where the word that remains is known and has the [`Nature`] to take
//! it. So the rules say what a word of a glossary may become, and nothing is ever cut down to a stem.

use std::fmt;
use std::ops::{BitOr, BitOrAssign};

use super::Nature;
use super::nature::{TEH_OR_VOWEL, is_defective, letters};

/// How an inflected word differs from the word as a dictionary has it: a set of flags.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Inflection(u16);

impl Inflection {
    /// The word as it is.
    pub const NONE: Self = Self(0);
    /// The article in one and not in the other.
    pub const ARTICLE: Self = Self(1);
    /// The plural of a word in the singular.
    pub const PLURAL: Self = Self(1 << 1);
    /// The dual of a word in the singular.
    pub const DUAL: Self = Self(1 << 2);
    /// The feminine of a masculine word.
    pub const FEMININE: Self = Self(1 << 3);
    /// With a pronoun joined to its end: his, its, their.
    pub const PRONOUN: Self = Self(1 << 4);
    /// The ending ا of the indefinite accusative.
    pub const ACCUSATIVE: Self = Self(1 << 5);
    /// The singular of a word in the plural or dual.
    pub const SINGULAR: Self = Self(1 << 6);
    /// The masculine of a feminine word.
    pub const MASCULINE: Self = Self(1 << 7);
    /// Without the ي that a word like قاضي loses when it is indefinite.
    pub const SHORTENED: Self = Self(1 << 8);
    /// The adjective made of a noun: عراقي of عراق. It is another word, with another translation.
    pub const NISBA: Self = Self(1 << 9);
    /// A form that a person added by hand.
    pub const BY_HAND: Self = Self(1 << 10);
    /// A broken plural by its pattern alone, which may be another word.
    pub const GUESSED: Self = Self(1 << 11);

    const NAMES: [(Self, &'static str); 12] = [
        (Self::ARTICLE, "article"),
        (Self::PLURAL, "plural"),
        (Self::DUAL, "dual"),
        (Self::FEMININE, "feminine"),
        (Self::PRONOUN, "pronoun"),
        (Self::ACCUSATIVE, "accusative"),
        (Self::SINGULAR, "singular"),
        (Self::MASCULINE, "masculine"),
        (Self::SHORTENED, "shortened"),
        (Self::NISBA, "nisba"),
        (Self::BY_HAND, "by hand"),
        (Self::GUESSED, "guessed"),
    ];

    /// Whether all flags of `other` are set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any flag of `other` is set.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the word is as it is.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many flags are set.
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether it makes another word, or may do so, and a match is only a hint.
    pub const fn is_hint(self) -> bool {
        self.intersects(Self::NISBA.and(Self::GUESSED))
    }

    /// Without the flags of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOr for Inflection {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.and(other)
    }
}

impl BitOrAssign for Inflection {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.and(other);
    }
}

impl fmt::Debug for Inflection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (flag, name) in Self::NAMES {
            if self.contains(flag) {
                write!(f, "{separator}{name}")?;
                separator = "+";
            }
        }
        f.write_str(if self.is_empty() { "none" } else { "" })
    }
}

/// The feminine of a colour or a comparative, which has another shape.
pub fn irregular_feminine(spelled: &str) -> Option<&'static str> {
    if !spelled.starts_with(['أ', 'آ']) {
        return None;
    }
    IRREGULAR_FEMININES.iter().find(|(masculine, _)| *masculine == spelled).map(|(_, feminine)| *feminine)
}

/// A word like قاضي without the ي that it loses when it is indefinite.
pub fn shortened(spelled: &str) -> Option<&str> {
    is_defective(&letters(spelled)).then(|| spelled.strip_suffix('ي')).flatten()
}

/// A singular that a plural or dual may come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Singular {
    /// How it is spelled.
    pub spelled: String,
    /// Whether it means the same by itself, and not only in a phrase: of تحقيقات (investigations), تحقيق is also any
    /// achievement, and of إسلاميون (Islamists), إسلامي is mostly an adjective.
    pub alone: bool,
}

impl Singular {
    /// A singular that is known to be one.
    pub fn known(spelled: &str) -> Self {
        Self { spelled: spelled.to_owned(), alone: !Nature::of(spelled).contains(Nature::NISBA) }
    }
}

/// The singulars that a word in a sound plural or dual may come from.
pub fn singulars(spelled: &str) -> Vec<Singular> {
    let mut found = Vec::new();
    if let Some(rest) = spelled.strip_suffix("ات") {
        let shape = letters(rest);
        if shape.len() >= 3 {
            found.push(Singular { spelled: format!("{rest}ة"), alone: !matches!(shape[..], [_, 'ا', _, _]) });
        }
        if shape.len() >= 4 && shape[0] != 'م' {
            found.push(Singular { spelled: rest.to_owned(), alone: false });
        }
    }
    let two = spelled.strip_suffix("تين").or_else(|| spelled.strip_suffix("تان"));
    if let Some(rest) = two.filter(|rest| letters(rest).len() >= 3) {
        found.push(Singular { spelled: format!("{rest}ة"), alone: true });
    }
    let several = ["ين", "ون", "ان"].into_iter().find_map(|ending| spelled.strip_suffix(ending));
    if let Some(rest) = several {
        let shape = letters(rest);
        let nisba = shape.len() >= 4 && shape.last() == Some(&'ي');
        if nisba || matches!(shape[..], ['م', _, _, _, ..] | [_, 'ا', _, _]) {
            found.push(Singular::known(rest));
        }
    }
    found
}

/// The masculine of an adjective in ة.
pub fn masculine(spelled: &str) -> Option<&str> {
    let rest = spelled.strip_suffix('ة')?;
    Nature::of(rest).contains(Nature::ADJECTIVE).then_some(rest)
}

/// One way to read a word as another word and an ending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stem<'a> {
    /// The letters before the ending.
    pub rest: &'a str,
    /// What the word ends in where the ending is not.
    pub restores: &'static str,
    /// What the ending says.
    pub inflection: Inflection,
    /// What the word must be.
    needs: Nature,
    /// What the word must not be.
    excludes: Nature,
}

impl Stem<'_> {
    /// Whether a word of this nature takes the ending.
    pub fn suits(&self, nature: Nature) -> bool {
        nature.contains(self.needs) && !nature.intersects(self.excludes)
    }
}

/// Every way to take an ending off a folded word without clitics and article. `teh` says that the last letter is
/// written ة and not ه. After the article a word has neither pronoun nor accusative and is not shortened before
/// another noun.
pub fn stems(word: &str, definite: bool, teh: bool) -> impl Iterator<Item = Stem<'_>> {
    // Most words end in a letter that no ending ends in.
    let inflects = word.ends_with(LAST_LETTERS);
    let endings = if inflects { ENDINGS } else { &[] };
    let own =
        endings.iter().filter(move |ending| ending.fits(definite, teh)).filter_map(move |ending| ending.off(word));
    let pronouns = if definite || teh || !inflects { &[] } else { &PRONOUNS[..] };
    let owned = pronouns.iter().filter_map(move |pronoun| Some((strip(word, pronoun)?, *pronoun)));
    let owned = owned.flat_map(|(rest, pronoun)| {
        let endings = BEFORE_PRONOUNS.iter().filter_map(move |ending| ending.off(rest));
        endings.filter(move |stem| !matches!(pronoun, "ك" | "نا") || stem.rest.chars().nth(3).is_some())
    });
    own.chain(owned)
}

/// A folded word without the pronoun at its end, for each that it may have. Before a pronoun, ة is ت.
pub fn without_pronoun(word: &str) -> impl Iterator<Item = &str> {
    let nouns = PRONOUNS.iter().filter_map(move |pronoun| strip(word, pronoun));
    nouns.filter(|noun| noun.chars().nth(2).is_some())
}

/// `word` without `ending`. The last bytes tell nearly always that there is none, and sooner than a search.
fn strip<'a>(word: &'a str, ending: &str) -> Option<&'a str> {
    let last = ending.as_bytes().last();
    if last.is_some() && word.as_bytes().last() != last {
        return None;
    }
    word.strip_suffix(ending)
}

struct Ending {
    letters: &'static str,
    restores: &'static str,
    inflection: Inflection,
    needs: Nature,
    excludes: Nature,
    when: When,
}

/// Where an ending is possible.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    Indefinite,
    WrittenTeh,
}

impl Ending {
    fn fits(&self, definite: bool, teh: bool) -> bool {
        match self.when {
            When::Always => true,
            When::Indefinite => !definite,
            // After the article, ه can only be a careless ة.
            When::WrittenTeh => teh || definite,
        }
    }

    fn off<'a>(&self, word: &'a str) -> Option<Stem<'a>> {
        let rest = strip(word, self.letters).filter(|rest| rest.chars().nth(1).is_some())?;
        let Self { restores, inflection, needs, excludes, .. } = *self;
        Some(Stem { rest, restores, inflection, needs, excludes })
    }
}

const fn ending(
    letters: &'static str,
    restores: &'static str,
    inflection: Inflection,
    needs: Nature,
    excludes: Nature,
    when: When,
) -> Ending {
    Ending { letters, restores, inflection, needs, excludes, when }
}

const ANY: Nature = Nature::NONE;
const TEH_OR_PERSONS: Nature = Nature::TEH.and(Nature::PERSONS);
const TWO_FEMININE: Inflection = Inflection::FEMININE.and(Inflection::DUAL);
const NISBA_FEMININE: Inflection = Inflection::NISBA.and(Inflection::FEMININE);
const NISBA_PLURAL: Inflection = Inflection::NISBA.and(Inflection::PLURAL);

/// The pronouns that are joined to nouns. The ي of "my" is left out: it looks like the adjective in ي, and news
/// speaks in the third person.
const PRONOUNS: [&str; 9] = ["ه", "ها", "هم", "هما", "هن", "ك", "كم", "كما", "نا"];

/// The last letters of all endings.
const LAST_LETTERS: [char; 8] = ['ا', 'ت', 'ك', 'م', 'ن', 'ه', 'و', 'ي'];

/// What may stand before a pronoun.
#[rustfmt::skip]
const BEFORE_PRONOUNS: &[Ending] = &[
    ending("", "", Inflection::PRONOUN, ANY, Nature::TEH.and(Nature::MAKSURA), When::Always),
    ending("ت", "ه", Inflection::PRONOUN, Nature::TEH, ANY, When::Always),
    ending("ا", "ي", Inflection::PRONOUN, Nature::MAKSURA, ANY, When::Always),
    ending("ء", "ا", Inflection::PRONOUN, Nature::HAMZA, ANY, When::Always),
    ending("ات", "", Inflection::PLURAL.and(Inflection::PRONOUN), Nature::THINGS, ANY, When::Always),
    ending("ات", "ه", Inflection::PLURAL.and(Inflection::PRONOUN), Nature::TEH, Nature::MANY.and(Nature::LISTED), When::Always),
    ending("ي", "", Inflection::PLURAL.and(Inflection::PRONOUN), Nature::PERSONS.and(Nature::LONGER), ANY, When::Always),
    ending("و", "", Inflection::PLURAL.and(Inflection::PRONOUN), Nature::PERSONS.and(Nature::LONGER), ANY, When::Always),
    ending("تي", "ه", Inflection::DUAL.and(Inflection::PRONOUN), Nature::TEH, Nature::MANY, When::Always),
    ending("ت", "", Inflection::FEMININE.and(Inflection::PRONOUN), Nature::ADJECTIVE, ANY, When::Always),
];

/// What may stand at the end of a word.
#[rustfmt::skip]
const ENDINGS: &[Ending] = &[
    ending("ا", "", Inflection::ACCUSATIVE, Nature::LONG, TEH_OR_VOWEL, When::Indefinite),
    ending("ان", "", Inflection::DUAL, Nature::LONG, Nature::TEH.and(Nature::MANY), When::Always),
    ending("ين", "", Inflection::PLURAL, Nature::PERSONS, ANY, When::Always),
    ending("ين", "", Inflection::DUAL, Nature::LONG, TEH_OR_PERSONS.and(Nature::MANY), When::Always),
    ending("ون", "", Inflection::PLURAL, Nature::PERSONS, ANY, When::Always),
    ending("و", "", Inflection::PLURAL, Nature::HEADS, ANY, When::Indefinite),
    ending("ي", "", Inflection::PLURAL, Nature::HEADS, ANY, When::Indefinite),
    ending("ات", "", Inflection::PLURAL, Nature::THINGS, ANY, When::Always),
    ending("ات", "ه", Inflection::PLURAL, Nature::TEH, Nature::MANY.and(Nature::LISTED), When::Always),
    ending("اوات", "اء", Inflection::PLURAL, ANY, ANY, When::Always),
    ending("تان", "ه", Inflection::DUAL, Nature::TEH, Nature::MANY, When::Always),
    ending("تين", "ه", Inflection::DUAL, Nature::TEH, Nature::MANY, When::Always),
    ending("تا", "ه", Inflection::DUAL, Nature::TEH, Nature::MANY, When::Indefinite),
    ending("تي", "ه", Inflection::DUAL, Nature::TEH, Nature::MANY, When::Indefinite),
    ending("ه", "", Inflection::FEMININE, Nature::ADJECTIVE, ANY, When::WrittenTeh),
    ending("تان", "", TWO_FEMININE, Nature::ADJECTIVE, ANY, When::Always),
    ending("تين", "", TWO_FEMININE, Nature::ADJECTIVE, ANY, When::Always),
    ending("تا", "", TWO_FEMININE, Nature::ADJECTIVE, ANY, When::Indefinite),
    ending("تي", "", TWO_FEMININE, Nature::ADJECTIVE, ANY, When::Indefinite),
    ending("ي", "", Inflection::NISBA, Nature::LONG, Nature::NISBA.and(Nature::HEADS), When::Always),
    ending("ي", "ه", Inflection::NISBA, Nature::TEH.and(Nature::LONGER), ANY, When::Always),
    ending("يه", "", NISBA_FEMININE, Nature::LONG, Nature::NISBA, When::WrittenTeh),
    ending("يه", "ه", NISBA_FEMININE, Nature::TEH.and(Nature::LONGER), ANY, When::WrittenTeh),
    ending("يين", "", NISBA_PLURAL, Nature::LONG, Nature::NISBA, When::Always),
    ending("يون", "", NISBA_PLURAL, Nature::LONG, Nature::NISBA, When::Always),
    ending("يات", "", NISBA_PLURAL, Nature::LONG, Nature::NISBA.and(Nature::MAKSURA), When::Always),
];

/// Feminines that do not end in ة.
const IRREGULAR_FEMININES: &[(&str, &str)] = &[
    ("أحمر", "حمراء"),
    ("أسود", "سوداء"),
    ("أبيض", "بيضاء"),
    ("أخضر", "خضراء"),
    ("أزرق", "زرقاء"),
    ("أصفر", "صفراء"),
    ("أسمر", "سمراء"),
    ("أشقر", "شقراء"),
    ("أعمى", "عمياء"),
    ("أعرج", "عرجاء"),
    ("أصم", "صماء"),
    ("أحمق", "حمقاء"),
    ("أكبر", "كبرى"),
    ("أصغر", "صغرى"),
    ("أعظم", "عظمى"),
    ("أوسط", "وسطى"),
    ("أقصى", "قصوى"),
    ("أدنى", "دنيا"),
    ("أعلى", "عليا"),
    ("أول", "أولى"),
    ("آخر", "أخرى"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    /// What a text says that has `word` where a dictionary has `base`, or nothing if it cannot be the same word.
    fn check(base: &str, words: &[(&str, Option<Inflection>)]) {
        let (key, nature) = (fold(base).as_str().to_owned(), Nature::of(base));
        for (word, expected) in words {
            let definite = word.strip_prefix("ال");
            let folded = fold(definite.unwrap_or(word)).as_str().to_owned();
            let found = stems(&folded, definite.is_some(), word.ends_with('ة'))
                .filter(|stem| stem.suits(nature) && format!("{}{}", stem.rest, stem.restores) == key)
                .map(|stem| stem.inflection)
                .min_by_key(|inflection| (inflection.is_hint(), inflection.count()));
            assert_eq!(found, *expected, "{base} in {word}");
        }
    }

    const ACCUSATIVE: Option<Inflection> = Some(Inflection::ACCUSATIVE);
    const DUAL: Option<Inflection> = Some(Inflection::DUAL);
    const FEMININE: Option<Inflection> = Some(Inflection::FEMININE);
    const NISBA: Option<Inflection> = Some(Inflection::NISBA);
    const PLURAL: Option<Inflection> = Some(Inflection::PLURAL);
    const PRONOUN: Option<Inflection> = Some(Inflection::PRONOUN);
    const THEIR_PLURAL: Option<Inflection> = Some(Inflection::PLURAL.and(Inflection::PRONOUN));

    #[test]
    fn a_noun_in_teh_opens_it_before_an_ending() {
        check(
            "حكومة",
            &[
                ("حكومته", PRONOUN),
                ("حكومتهما", PRONOUN),
                ("حكومتان", DUAL),
                ("الحكومتين", DUAL),
                ("حكومتي", DUAL),
                ("حكومات", PLURAL),
                ("الحكومات", PLURAL),
                ("حكوماتها", THEIR_PLURAL),
                ("حكومي", NISBA),
                ("حكوم", None),
                ("حكوما", None),
                ("حكومه", None),
                ("الحكومتهم", None),
            ],
        );
    }

    #[test]
    fn a_verbal_noun_takes_pronouns_cases_and_a_plural_in_at() {
        check(
            "اتفاق",
            &[
                ("اتفاقا", ACCUSATIVE),
                ("الاتفاقا", None),
                ("اتفاقه", PRONOUN),
                ("اتفاقان", DUAL),
                ("الاتفاقين", DUAL),
                ("اتفاقات", PLURAL),
                ("اتفاقاتهم", THEIR_PLURAL),
                ("اتفاقة", None),
                ("اتفاقون", None),
            ],
        );
        check("إجراء", &[("إجراءات", PLURAL), ("إجراؤه", PRONOUN), ("إجرائهم", PRONOUN), ("إجراءا", None)]);
        check("مستوى", &[("مستواه", PRONOUN), ("مستويات", PLURAL), ("مستويين", DUAL), ("مستوىه", None)]);
        check("مبدأ", &[("مبدئها", PRONOUN), ("مبدؤه", PRONOUN)]);
        check("سماء", &[("سماوات", PLURAL)]);
    }

    #[test]
    fn short_nouns_have_no_plural_by_rule() {
        check("عمل", &[("عملات", None), ("عملين", DUAL), ("عملا", ACCUSATIVE), ("عملة", None), ("عملنا", None)]);
        check("حق", &[("حقا", None), ("حقان", None), ("حقها", PRONOUN)]);
        check("شعب", &[("شعبك", None), ("شعبه", PRONOUN)]);
    }

    #[test]
    fn adjectives_and_persons_have_their_own_endings() {
        check(
            "عسكري",
            &[
                ("عسكرية", FEMININE),
                ("العسكرية", FEMININE),
                ("العسكريه", FEMININE),
                ("عسكريه", PRONOUN),
                ("عسكريون", PLURAL),
                ("العسكريين", PLURAL),
                ("عسكريات", None),
                ("عسكريا", ACCUSATIVE),
            ],
        );
        check("مسؤول", &[("مسؤولو", PLURAL), ("مسؤولي", PLURAL), ("مسؤوليهم", THEIR_PLURAL), ("المسؤولو", None)]);
        check("مستقبل", &[("مستقبلي", NISBA)]);
        check("قديم", &[("قديمة", FEMININE)]);
        check("مراقب", &[("مراقبة", None), ("مراقبون", PLURAL)]);
        check("مباشر", &[("مباشرة", FEMININE)]);
        check("طريق", &[("طريقة", None)]);
        check("جامع", &[("جامعة", None), ("جامعات", None)]);
        check("عراق", &[("عراقي", NISBA), ("عراقية", Some(NISBA_FEMININE)), ("العراقيين", Some(NISBA_PLURAL))]);
    }

    #[test]
    fn singulars_are_told_from_plurals_and_duals() {
        let check = |plural: &str, expected: &[(&str, bool)]| {
            let found = singulars(plural);
            let found: Vec<_> = found.iter().map(|singular| (&*singular.spelled, singular.alone)).collect();
            assert_eq!(found, expected, "{plural}");
        };
        check("مواجهات", &[("مواجهة", true)]);
        check("تحقيقات", &[("تحقيقة", true), ("تحقيق", false)]);
        check("صادرات", &[("صادرة", false), ("صادر", false)]);
        check("بطولتين", &[("بطولة", true)]);
        check("مسؤولين", &[("مسؤول", true)]);
        check("إسرائيليين", &[("إسرائيلي", false)]);
        check("قانون", &[]);
        check("تعاون", &[]);
        check("لبنان", &[]);
    }

    #[test]
    fn some_words_change_inside() {
        assert_eq!(shortened("قاضي"), Some("قاض"));
        assert_eq!(shortened("محامي"), Some("محام"));
        assert_eq!(shortened("عربي"), None);
        assert_eq!(shortened("حالي"), None);
        assert_eq!(masculine("أمريكية"), Some("أمريكي"));
        assert_eq!(masculine("مدرسة"), None);
        assert_eq!(irregular_feminine("أحمر"), Some("حمراء"));
    }
}
