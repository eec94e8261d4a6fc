//! Natures: which endings a word takes, as its spelling shows it.

/// What a word can take, as its spelling shows it: a set of flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Nature(u32);

impl Nature {
    /// Nothing in particular.
    pub const NONE: Self = Self(0);
    /// Ends in ة.
    pub const TEH: Self = Self(1);
    /// Ends in ى.
    pub const MAKSURA: Self = Self(1 << 1);
    /// Ends in another vowel or in اء, so that nothing marks its accusative.
    pub const OPEN: Self = Self(1 << 2);
    /// Ends in أ, whose seat changes before a pronoun.
    pub const HAMZA: Self = Self(1 << 3);
    /// Has a feminine in ة.
    pub const ADJECTIVE: Self = Self(1 << 4);
    /// Has a plural in ات.
    pub const THINGS: Self = Self(1 << 5);
    /// Has a plural in ون and ين.
    pub const PERSONS: Self = Self(1 << 6);
    /// Has a plural in ون that stands before another noun as و and ي.
    pub const HEADS: Self = Self(1 << 7);
    /// Has three letters or more.
    pub const LONG: Self = Self(1 << 8);
    /// Has four letters or more.
    pub const LONGER: Self = Self(1 << 9);
    /// Ends in the ي that makes an adjective of a noun.
    pub const NISBA: Self = Self(1 << 10);
    /// Is a broken plural, which has neither dual nor another plural.
    pub const MANY: Self = Self(1 << 11);
    /// Has plurals that are known, so that none is made by rule.
    pub const LISTED: Self = Self(1 << 12);
    /// Begins with أ.
    pub const HAMZA_ABOVE: Self = Self(1 << 13);
    /// Begins with إ.
    pub const HAMZA_BELOW: Self = Self(1 << 14);
    /// Begins with آ.
    pub const MADDA: Self = Self(1 << 15);

    /// Has five letters or more.
    pub const LONGEST: Self = Self(1 << 16);

    const INITIALS: Self = Self(Self::HAMZA_ABOVE.0 | Self::HAMZA_BELOW.0 | Self::MADDA.0);

    /// What a word can take that is spelled like this.
    pub fn of(spelled: &str) -> Self {
        let letters = letters(spelled);
        let length = letters.len();
        let mut nature = Self::initial(letters.first().copied());
        nature.add(Self::LONG, length >= 3);
        nature.add(Self::LONGER, length >= 4);
        nature.add(Self::LONGEST, length >= 5);
        match letters.last() {
            Some('ة') => nature.add(Self::TEH, true),
            Some('ى') => nature.add(Self::MAKSURA, true),
            Some('أ') => nature.add(Self::HAMZA, true),
            Some('ا' | 'آ') => nature.add(Self::OPEN, true),
            Some('ء') => nature.add(Self::OPEN, length >= 2 && letters[length - 2] == 'ا'),
            _ => (),
        }
        if nature.intersects(Self::TEH) {
            return nature;
        }
        let nisba = length >= 4 && letters[length - 1] == 'ي' && !is_defective(&letters);
        nature.add(Self::NISBA, nisba);
        let lexical = is_within_noun(spelled);
        let closed = !nature.intersects(TEH_OR_VOWEL);
        nature.add(Self::ADJECTIVE, closed && !lexical && (nisba || is_adjective(spelled, &letters)));
        // The plural in ات of an adjective in ي is that of the noun made of it: شخصيات of شخصية.
        nature.add(Self::THINGS, !nisba && !lexical && length >= 4 && !is_comparative(spelled));
        nature.add(Self::PERSONS, closed && (nisba || names_persons(&letters)));
        nature
            .add(Self::HEADS, nisba || (closed && length >= 5 && letters[0] == 'م' && !NOT_PERSONS.contains(&spelled)));
        nature
    }

    /// What a noun can take of that whose plurals are known. With a broken plural, a word like معبر is a place or a
    /// tool and has no feminine.
    #[must_use]
    pub fn of_listed(self, place: bool) -> Self {
        let without = if place { Self::THINGS.0 | Self::ADJECTIVE.0 } else { Self::THINGS.0 };
        Self((self.0 & !without) | Self::LISTED.0)
    }

    /// What a broken plural can take of that: pronouns and cases.
    #[must_use]
    pub const fn of_many(self) -> Self {
        let singular = Self::ADJECTIVE.0 | Self::THINGS.0 | Self::PERSONS.0 | Self::HEADS.0;
        Self((self.0 & !singular) | Self::MANY.0)
    }

    /// How a word begins that starts with `letter`.
    pub const fn initial(letter: Option<char>) -> Self {
        match letter {
            Some('أ') => Self::HAMZA_ABOVE,
            Some('إ') => Self::HAMZA_BELOW,
            Some('آ') => Self::MADDA,
            _ => Self(0),
        }
    }

    /// Whether two words cannot be the same because both write the hamza they begin with, differently.
    pub const fn begins_unlike(self, other: Self) -> bool {
        let (own, others) = (self.0 & Self::INITIALS.0, other.0 & Self::INITIALS.0);
        own != 0 && others != 0 && own != others
    }

    /// Whether all flags of `other` are set.
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether any flag of `other` is set.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Sets the flags of `other` if `condition` holds.
    pub fn add(&mut self, other: Self, condition: bool) {
        if condition {
            self.0 |= other.0;
        }
    }

    /// The flags of both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The letters of a word, in memory that is asked for once.
pub(super) fn letters(spelled: &str) -> Vec<char> {
    let mut letters = Vec::with_capacity(spelled.len());
    letters.extend(spelled.chars());
    letters
}

/// Whether a word with ة is a noun of its own.
fn is_within_noun(spelled: &str) -> bool {
    NOUNS_IN_TEH.binary_search_by(|noun| noun.trim_end_matches('ة').cmp(spelled)).is_ok()
}

/// Whether a word has the shape of an adjective or participle: مفعول, فاعل, فعيل.
fn is_adjective(spelled: &str, letters: &[char]) -> bool {
    match letters {
        [_, _, _] => SHORT_ADJECTIVES.contains(&spelled),
        // محاذي and its like are participles: المحاذية.
        ['م', _, 'ا', _, 'ي'] => true,
        // مفاعلة is first of all what somebody does: of مراقب (observer), مراقبة is observation.
        ['م', _, 'ا', _, _] => ACTIVE_ADJECTIVES.contains(&spelled),
        ['م', _, _, _, ..] | [_, 'ا', _, _] | [_, _, 'ي', _] => true,
        _ => false,
    }
}

/// Whether a word has the shape of a word for persons: مفعول, فاعل, فعيل, فعال.
fn names_persons(letters: &[char]) -> bool {
    matches!(letters, ['م', _, _, _, ..] | [_, 'ا', _, _] | [_, _, 'ي' | 'ا', _])
}

/// Whether the ي at the end of a word is the last letter of its root: قاضي, محامي, نواحي.
pub(super) fn is_defective(letters: &[char]) -> bool {
    match letters {
        // حالي, عادي and their like are adjectives of nouns.
        ['ح' | 'م' | 'آ', 'ا', 'ل', 'ي'] | ['ع' | 'م', 'ا', 'د', 'ي'] | [_, 'ا', 'ئ', 'ي'] => false,
        [_, 'ا', _, 'ي'] | ['م', _, 'ا', _, 'ي'] | [_, 'و', 'ا', _, 'ي'] | ['م', 'ت', _, 'ا', _, 'ي'] => {
            true
        }
        _ => false,
    }
}

/// Whether a word has the shape of a comparative, which plurals like أشهر share.
pub fn is_comparative(spelled: &str) -> bool {
    spelled.starts_with('أ') && spelled.chars().count() == 4
}

/// What ends in a vowel or in ة.
pub(super) const TEH_OR_VOWEL: Nature = Nature::TEH.and(Nature::MAKSURA).and(Nature::OPEN).and(Nature::HAMZA);

/// Adjectives of three letters, which no shape tells from nouns.
#[rustfmt::skip]
const SHORT_ADJECTIVES: &[&str] = &[
    "هام", "خاص", "عام", "حر", "حار", "جاد", "حاد", "صعب", "سهل", "ضخم", "فخم", "حسن", "عذب", "صلب", "رطب", "خصب", "جاف",
    "سام", "شاق", "ضار", "سار", "شاب", "مهم", "ملح", "مخل", "مضر", "ممل", "بطل", "نجم", "خشن", "شرس", "مرن", "هش",
    "قوي", "غني", "ذكي", "نقي", "غبي", "شقي", "سني", "حي", "خفي", "جلي", "فني",
];

/// Adjectives of the shape مفاعل.
const ACTIVE_ADJECTIVES: &[&str] = &[
    "مباشر",
    "معاصر",
    "مناسب",
    "مجاور",
    "مماثل",
    "مضاد",
    "ملائم",
    "محايد",
    "مشابه",
    "معاكس",
    "مغاير",
    "معارض",
    "مرافق",
];

/// Nouns in ة that are no feminine of the word without it, in the order of those words.
#[rustfmt::skip]
const NOUNS_IN_TEH: &[&str] = &[
    "آلية", "أقلية", "أهمية", "إمكانية", "اتفاقية", "باحة", "باخرة", "برقية", "بصيرة", "بلدية", "جائزة", "جامعة",
    "جريدة", "جريمة", "جزيرة", "جمهورية", "جنسية", "حادثة", "حافة", "حافلة", "حالة", "حامية", "حديقة", "حرية",
    "حصيلة", "حقيبة", "حقيقة", "خاتمة", "خاصية", "خليفة", "دائرة", "دقيقة", "ذخيرة", "رابطة", "راحة", "رعية", "زاوية",
    "سابقة", "ساحة", "سفينة", "سيرة", "شائعة", "شاحنة", "شخصية", "شريحة", "شريعة", "صحيفة", "ضاحية", "ضريبة", "طائرة",
    "طائفة", "طبيعة", "طريقة", "ظاهرة", "عائلة", "عاصفة", "عاصمة", "عاطفة", "عزيمة", "عقيدة", "عملية", "غنيمة",
    "فائدة", "فاتورة", "فاكهة", "فريضة", "فصيلة", "قائمة", "قارة", "قاعدة", "قافلة", "قبيلة", "قضية", "كارثة",
    "كتيبة", "كلية", "كمية", "كنيسة", "لائحة", "مؤسسة", "مائة", "مائدة", "مادة", "ماشية", "مبادرة", "مجزرة", "مجموعة",
    "محافظة", "محاولة", "محطة", "محكمة", "محنة", "مدة", "مدرسة", "مدينة", "مذبحة", "مرة", "مرتبة", "مرحلة", "مركبة",
    "مزرعة", "مسألة", "مساعدة", "مسرحية", "مسودة", "مسيرة", "مشكلة", "مصلحة", "مطبعة", "مظلة", "معدة", "معركة",
    "مفاوضة", "مقبرة", "مقدمة", "مكتبة", "ملحمة", "مناسبة", "منحة", "منطقة", "منظمة", "منظومة", "مهزلة", "مهنة",
    "موجة", "موسوعة", "ناحية", "نافذة", "ناقلة", "نتيجة", "نصيحة", "نظرية", "نظيرة", "هاوية", "هزيمة", "هوية",
    "وتيرة", "وثيقة", "وديعة", "وسيلة", "وليمة",
];

/// Words of five letters or more with م that are not persons, and make adjectives in ي.
#[rustfmt::skip]
const NOT_PERSONS: &[&str] = &[
    "مستقبل", "متوسط", "مجتمع", "موضوع", "محور", "مضمون", "مشروع", "معلومات", "مخابرات", "مؤسسات", "مقابل", "منهاج",
    "ميدان", "ميلاد", "مستوى", "مهرجان", "مناخ", "موسيقى", "مؤتمر", "محصول", "مفهوم", "منسوب", "محيط", "مصدر", "ميزان",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nouns_in_teh_are_in_order() {
        assert!(NOUNS_IN_TEH.is_sorted_by_key(|noun| noun.trim_end_matches('ة')));
    }
}
