//! Damage that text takes on the web and in word processors, and how it is mended without touching what it says.
//!
//! Every repair is about form alone: blanks, invisible characters, stretched or pre-shaped letters, and spaces lost
//! where the spelling itself tells that a word has ended. [`repairs`] finds them, [`apply_repairs`] makes the repaired
//! text; whoever shows it keeps the original. [`characters`] mends what is there, [`spaces`] puts in what is missing.

mod characters;
mod spaces;
mod stray;

use super::Span;

/// One place that is mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The bytes that are replaced; empty where something is only put in.
    pub span: Span,
    /// What was wrong with them.
    pub kind: RepairKind,
    /// What comes in their place.
    pub replacement: String,
}

/// What can be wrong with the form of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RepairKind {
    /// Several blanks, blanks other than a space, or blanks at an end.
    Blanks,
    /// A blank before a punctuation mark that belongs to the word before it.
    BlankBeforeMark,
    /// No space after a punctuation mark.
    NoSpaceAfterMark,
    /// No space between two words.
    GluedWords,
    /// A letter stretched for looks.
    Tatweel,
    /// Invisible characters without an effect, such as directions that are closed and never opened.
    Invisible,
    /// Letters stored by their shapes in the word.
    PresentationForm,
}

/// Everything to repair, in order and without overlaps. The repaired text needs no further repair.
pub fn repairs(text: &str) -> Vec<Repair> {
    let mended = characters::repairs(text);
    let missing = spaces::missing(&apply_repairs(text, &mended));
    with_insertions(mended, missing)
}

/// The text with repairs made, which must be those that [`repairs`] found or some of them.
pub fn apply_repairs(text: &str, repairs: &[Repair]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for repair in repairs {
        out.push_str(&text[at..repair.span.start]);
        out.push_str(&repair.replacement);
        at = repair.span.end;
    }
    out + &text[at..]
}

/// Where repairs stand in the text that [`apply_repairs`] makes of them; empty where something is only gone.
pub fn places_of(repairs: &[Repair]) -> Vec<Span> {
    let (mut original, mut repaired) = (0, 0);
    let place = |repair: &Repair| {
        let start = repaired + repair.span.start - original;
        (original, repaired) = (repair.span.end, start + repair.replacement.len());
        Span::new(start, repaired)
    };
    repairs.iter().map(place).collect()
}

/// Adds insertions that were found in the text as `repairs` leave it.
fn with_insertions(repairs: Vec<Repair>, insertions: Vec<Repair>) -> Vec<Repair> {
    let mut all = Vec::with_capacity(repairs.len() + insertions.len());
    let mut insertions = insertions.into_iter().peekable();
    // Where the part of both texts starts that runs in step, in bytes of the original and of the repaired text.
    let (mut original, mut repaired) = (0, 0);
    for mut repair in repairs {
        let start = repaired + repair.span.start - original;
        while let Some(insertion) = insertions.next_if(|insertion| insertion.span.start <= start) {
            let at = original + insertion.span.start - repaired;
            all.push(Repair { span: Span::at(at), ..insertion });
        }
        (original, repaired) = (repair.span.end, start + repair.replacement.len());
        let within = std::iter::from_fn(|| insertions.next_if(|insertion| insertion.span.start < repaired));
        let moved = |insertion: Repair| Repair { span: Span::at(insertion.span.start - start), ..insertion };
        repair.replacement = apply_repairs(&repair.replacement, &within.map(moved).collect::<Vec<_>>());
        all.push(repair);
    }
    all.extend(insertions.map(|insertion| {
        let at = original + insertion.span.start - repaired;
        Repair { span: Span::at(at), ..insertion }
    }));
    all
}

const TATWEEL: char = 'ـ';

/// Blanks within a line.
fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{b}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// Letters of Arabic, those of its neighbours included.
fn is_letter(c: char) -> bool {
    matches!(c, 'ء'..='غ' | 'ف'..='ي' | '\u{671}'..='\u{6d3}' | '\u{6d5}')
}

fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Letters and vowel signs stored by their shape; not the phrases and brackets that are characters of their own, like ﷺ.
fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{fb50}'..='\u{fbb1}' | '\u{fbd3}'..='\u{fd3d}' | '\u{fd50}'..='\u{fd8f}' | '\u{fd92}'..='\u{fdc7}')
        || matches!(c, '\u{fe70}'..='\u{fe72}' | '\u{fe74}' | '\u{fe76}'..='\u{fefc}')
}

#[cfg(test)]
mod tests {
    use super::RepairKind::*;
    use super::*;

    fn check(text: &str, expected: &str, kinds: &[RepairKind]) {
        let found = repairs(text);
        assert_eq!(apply_repairs(text, &found), expected, "{text:?}");
        assert_eq!(found.iter().map(|repair| repair.kind).collect::<Vec<_>>(), kinds, "{text:?}");
    }

    #[test]
    fn blanks_become_one_space() {
        check("قال  الوزير", "قال الوزير", &[Blanks]);
        check("قال\u{a0}الوزير\tأمس \u{200b} في", "قال الوزير أمس في", &[Blanks, Blanks, Blanks]);
        check(" قال \n الوزير\u{a0}", "قال\nالوزير", &[Blanks, Blanks, Blanks, Blanks]);
    }

    #[test]
    fn marks_lean_on_the_word_before_them() {
        check("قال الوزير ، وأضاف", "قال الوزير، وأضاف", &[BlankBeforeMark]);
        check("من قال ؟ انتهى .", "من قال؟ انتهى.", &[BlankBeforeMark, BlankBeforeMark]);
        check("الوزير ،وأضاف", "الوزير، وأضاف", &[BlankBeforeMark, NoSpaceAfterMark]);
        check("الوزير،وأضاف؛ثم", "الوزير، وأضاف؛ ثم", &[NoSpaceAfterMark, NoSpaceAfterMark]);
        check("أغلقت المدينة.وقال", "أغلقت المدينة. وقال", &[NoSpaceAfterMark]);
        for sound in [
            "أ.د. محمد",
            "سنة 300 ق.م.",
            "نطاق .com",
            "3،5 في المئة",
            "قال ...",
            "«نعم»، قال",
            "الساعة 10:30",
            "د.محمد",
        ] {
            check(sound, sound, &[]);
        }
    }

    #[test]
    fn a_letter_that_only_ends_words_tells_a_lost_space() {
        check("في المدينةقال الوزير", "في المدينة قال الوزير", &[GluedWords]);
        check("إلىالمدينة", "إلى المدينة", &[GluedWords]);
        check("المستشفىوقال", "المستشفى وقال", &[GluedWords]);
        check("غداًقال أيضًاقال", "غداً قال أيضًا قال", &[GluedWords, GluedWords]);
        check("مدرسةٌكبيرة", "مدرسةٌ كبيرة", &[GluedWords]);
        for sound in
            ["شىء مجىء", "السىاسىة", "الرئىس", "مدرسةً", "هدًى", "فى مصر", "CNNقال", "عام2014", "المئة20", "جزءاً", "ىعمل"]
        {
            check(sound, sound, &[]);
        }
    }

    #[test]
    fn tatweel_goes_from_inside_a_word() {
        check("ســــوريا الجـديدة", "سوريا الجديدة", &[Tatweel, Tatweel]);
        check("عام 1435هــــ", "عام 1435هـ", &[Tatweel]);
        for sound in ["1447هـ", "لـ«حلف»", "الـ20", "بروكسل ـ راديو", "ــــــ", "\"ـات\""]
        {
            check(sound, sound, &[]);
        }
    }

    #[test]
    fn invisible_characters_go_unless_they_do_something() {
        check("\u{202b}قال\u{202c} ال\u{200b}وزير\u{feff}", "\u{202b}قال\u{202c} الوزير", &[Invisible, Invisible]);
        check("قال\u{202c} الوزير\u{202b}", "قال الوزير", &[Invisible, Invisible]);
        check("\u{200f}قال\u{200f}\u{200f} الوزير\u{200e}", "قال الوزير", &[Invisible, Invisible, Invisible]);
        check("قا\u{200d}ل الـ\u{200c}وزير", "قال الوزير", &[Invisible, Tatweel]);
        check("قا\u{2067} ل\u{2069}\u{2069}", "قا\u{2067} ل\u{2069}", &[Invisible]);
        for sound in [
            "\u{202a}F-16\u{202c}",
            "مى\u{200c}خواهم",
            "1435ه\u{200d}",
            "CNN\u{200f}.",
            "👨\u{200d}👩 هنا",
            "خلية \u{2067}A\u{2069} ب",
        ] {
            check(sound, sound, &[]);
        }
    }

    #[test]
    fn shapes_become_letters_and_phrases_stay() {
        check("ﺑﻠﻨﺴﻴﺔ ﻻﺣﻘﺎ", "بلنسية لاحقا", &[PresentationForm, PresentationForm]);
        check("ﻣﺪﺭﺳﺔﻗﺎﻝ", "مدرسة قال", &[PresentationForm]);
        check("مدرﺳﺔقال", "مدرسة قال", &[PresentationForm, GluedWords]);
        check("محمد ﷺ ﷲ ﴿قل﴾ ﷼", "محمد ﷺ ﷲ ﴿قل﴾ ﷼", &[]);
    }

    #[test]
    fn repairs_are_in_order_and_nothing_is_left_to_repair() {
        let mut random = fastrand::Rng::with_seed(11);
        let alphabet: Vec<char> =
            "اةىقلءً\u{64e}ـ.،؟: \u{a0}\n\u{200b}\u{200c}\u{200d}\u{200f}\u{202b}\u{202c}\u{2067}\u{2069}ﺔﻻﹼﹰaB1»("
                .chars()
                .collect();
        for _ in 0..20_000 {
            let text: String = (0..random.usize(0..14)).map(|_| alphabet[random.usize(..alphabet.len())]).collect();
            let found = repairs(&text);
            let mut last = 0;
            for repair in &found {
                assert!(
                    repair.span.start >= last && repair.span.of(&text).is_some_and(|part| part != repair.replacement)
                );
                last = repair.span.end;
            }
            let repaired = apply_repairs(&text, &found);
            assert_eq!(repairs(&repaired), [], "{text:?} became {repaired:?}");
        }
    }

    #[test]
    fn long_runs_take_no_time_in_the_square() {
        for unit in
            ["\u{200b}", "\u{200f}", "ى", "ـ", " ", "\u{202b}", "\u{2067}", "ة.", "\u{200c}", "ﺔ", "\u{202a}\u{202c}"]
        {
            drop(repairs(&unit.repeat(100_000)));
        }
    }

    #[test]
    fn repairs_are_found_again_in_the_repaired_text() {
        let text = "قـــال  الوزير\u{200f} ،نعم";
        let repairs = repairs(text);
        let repaired = apply_repairs(text, &repairs);
        for (repair, place) in repairs.iter().zip(places_of(&repairs)) {
            assert_eq!(place.of(&repaired), Some(repair.replacement.as_str()), "{repair:?}");
        }
        assert!(repairs.len() >= 3);
    }
}
