//! Folding: Arabic text reduced to the form in which two spellings of one word are equal.

use std::iter;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

use super::Span;

/// A folded text that knows where in its source every folded character came from.
#[derive(Debug, Clone)]
pub struct Folded<'a> {
    source: &'a str,
    text: String,
    /// Where folded and source bytes stop running in step: from each entry on they do again.
    steps: Vec<Step>,
    /// By how much source bytes are ahead of folded ones since the last step; negative numbers wrap around.
    ahead: usize,
}

/// From the byte `folded` on, folded text and source run in step, starting at the byte `source`.
#[derive(Debug, Clone, Copy)]
struct Step {
    folded: usize,
    source: usize,
}

/// Folds `source`: what a reader takes for the same word becomes the same characters.
///
/// Gone are vowel signs, tatweel, joiners and the invisible controls of direction. Presentation forms and
/// ligatures become letters, Persian and Urdu letters the Arabic ones they stand for, every digit an ASCII
/// digit, every blank a space, Latin small letters. The hamza leaves its alef, ى becomes ي and ة becomes ه.
/// Line breaks stay.
pub fn fold(source: &str) -> Folded<'_> {
    let mut folded = Folded { source, text: String::with_capacity(source.len()), steps: Vec::new(), ahead: 0 };
    // Most characters are their own folded form and are copied together, from here on.
    let mut same = 0;
    loop {
        let at = same + own_forms(&source[same..]);
        let Some(c) = source[at..].chars().next() else { break };
        folded.copy(same, at);
        same = at + c.len_utf8();
        match c {
            'ء'..='غ' | 'ف'..='ي' => folded.push(fold_plain(c), at),
            _ if c.is_ascii() => folded.push(fold_ascii(c), at),
            _ if is_mark_letter(c) => folded.compose_last(c),
            _ if is_vowel_sign(c) || is_invisible(c) => {}
            _ if is_presentation_form(c) => iter::once(c).nfkc().for_each(|c| folded.push(fold_letter(c), at)),
            _ if c.is_uppercase() => c.to_lowercase().for_each(|c| folded.push(c, at)),
            _ if c.is_whitespace() => folded.push(' ', at),
            _ => folded.push(fold_letter(c), at),
        }
    }
    folded.copy(same, source.len());
    folded
}

/// How many bytes at the start of a text need no look at the rules: blanks, and letters that have but one spelling.
fn own_forms(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b' ' | b'.', _) => at += 1,
            (ARABIC | ARABIC_TOO, Some(next)) if OWN_FORMS[two_bytes(byte, *next)] => at += 2,
            _ => break,
        }
    }
    at
}

/// The two bytes that the letters of the Arabic alphabet begin with in UTF-8.
const ARABIC: u8 = 0xD8;
const ARABIC_TOO: u8 = 0xD9;

/// The place of a character from U+0600 to U+067F in a table of them.
const fn two_bytes(first: u8, second: u8) -> usize {
    ((first & 1) as usize) << 6 | (second & 0x3F) as usize
}

/// Which characters from U+0600 to U+067F are folded to themselves.
const OWN_FORMS: [bool; 128] = {
    let mut table = [false; 128];
    let mut at = 0;
    while at < table.len() {
        if let Some(c) = char::from_u32(0x600 + at as u32) {
            table[at] = matches!(c, '،' | 'ء' | 'ا' | 'ب' | 'ت'..='غ' | 'ف'..='و' | 'ي');
        }
        at += 1;
    }
    table
};

impl Folded<'_> {
    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The bytes of the source that the bytes `span` of the folded text came from, with the vowel signs that
    /// belong to its last letter. A letter that shares its ligature with the next one takes the whole ligature.
    pub fn to_source(&self, span: Span) -> Span {
        if self.steps.is_empty() && self.text.len() == self.source.len() {
            return span;
        }
        let first = self.steps.partition_point(|step| step.folded <= span.start);
        let start = self.source_after(first, span.start);
        let Some(last) = self.text[span.range()].chars().next_back().filter(|_| !span.is_empty()) else {
            return Span::at(start);
        };
        let last = span.end - last.len_utf8();
        let within = self.steps[first..].iter().take_while(|step| step.folded <= last).count();
        let last = self.source_after(first + within, last);
        let mut rest = self.source[last..].chars();
        rest.next();
        let mut end = self.source.len() - rest.as_str().len();
        for sign in rest.take_while(|c| !c.is_ascii() && is_vowel_sign(*c)) {
            end += sign.len_utf8();
        }
        Span::new(start, end)
    }

    /// Where in the source the folded byte `at` came from, which lies after so many steps.
    fn source_after(&self, steps: usize, at: usize) -> usize {
        match steps.checked_sub(1).map(|index| self.steps[index]) {
            Some(step) => step.source + (at - step.folded),
            None => at,
        }
    }

    fn push(&mut self, c: char, source: usize) {
        self.step(source);
        self.text.push(c);
    }

    /// Adds the bytes from `start` to `end` of the source as they are.
    fn copy(&mut self, start: usize, end: usize) {
        if start < end {
            self.step(start);
            self.text.push_str(&self.source[start..end]);
        }
    }

    /// Notes that what is added next comes from the byte `source`.
    fn step(&mut self, source: usize) {
        let folded = self.text.len();
        let ahead = source.wrapping_sub(folded);
        if ahead != self.ahead {
            self.steps.push(Step { folded, source });
            self.ahead = ahead;
        }
    }

    /// Adds a hamza or madda that is written as a character of its own to the letter that carries it.
    fn compose_last(&mut self, mark: char) {
        if let Some(carrier) = self.text.pop() {
            // The letters concerned have two bytes before and after, so the map stays right.
            self.text.push(compose(carrier, mark).map_or(carrier, fold_letter));
        }
    }
}

/// The letters and digits of `text` as they are spelled: without vowel signs, blanks and punctuation, and
/// with presentation forms and Persian letters made Arabic, but hamza, ى and ة as they are.
pub fn spelling(text: &str) -> impl Iterator<Item = char> {
    // What Unicode would leave as it is need not be asked.
    let plain = text.chars().all(|c| is_plain_letter(c) || c == ' ');
    let (plain, other) = if plain { (Some(text.chars()), None) } else { (None, Some(text.nfkc())) };
    let letters = plain.into_iter().flatten().chain(other.into_iter().flatten());
    let spelled = letters.filter(|&c| is_plain_letter(c) || (c.is_alphanumeric() && !is_vowel_sign(c)));
    spelled.map(arabic_letter)
}

/// Adds the spelling of `text` to `letters`; see [`spelling()`].
pub fn push_spelling(text: &str, letters: &mut String) {
    letters.reserve(text.len());
    if text.chars().all(is_plain_letter) {
        letters.push_str(text);
    } else {
        letters.extend(spelling(text));
    }
}

/// The last letter of `text` as [`spelling()`] has it.
pub fn last_letter(text: &str) -> Option<char> {
    text.chars().next_back().filter(|c| is_plain_letter(*c)).or_else(|| spelling(text).last())
}

/// A letter of the Arabic alphabet.
fn is_plain_letter(c: char) -> bool {
    matches!(c, 'ء'..='غ' | 'ف'..='ي')
}

fn fold_ascii(c: char) -> char {
    match c {
        '\t' | '\x0B' => ' ',
        _ => c.to_ascii_lowercase(),
    }
}

fn fold_letter(c: char) -> char {
    match arabic_letter(c) {
        'ٱ' | 'ٲ' | 'ٳ' | 'ٵ' => 'ا',
        '٠'..='٩' => digit(c, '٠'),
        '۰'..='۹' => digit(c, '۰'),
        letter => fold_plain(letter),
    }
}

/// Folds a letter of the Arabic alphabet.
fn fold_plain(letter: char) -> char {
    match letter {
        'أ' | 'إ' | 'آ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        'ؤ' | 'ئ' => 'ء',
        _ => letter,
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(c as u32 - zero as u32, 10).unwrap_or(c)
}

/// The letter of the Arabic alphabet that a Persian, Urdu or Kurdish one stands for in an Arabic text.
fn arabic_letter(c: char) -> char {
    match c {
        'ک' | 'ڪ' | 'گ' => 'ك',
        'ی' | 'ې' | 'ے' | 'ێ' => 'ي',
        'ۓ' => 'ئ',
        'ہ' | 'ھ' | 'ە' | 'ۀ' | 'ۂ' => 'ه',
        'ۃ' => 'ة',
        'پ' => 'ب',
        'چ' => 'ج',
        'ژ' => 'ز',
        'ڤ' => 'ف',
        'ۆ' | 'ۇ' | 'ۋ' => 'و',
        _ => c,
    }
}

/// A hamza or madda written after its carrier.
fn is_mark_letter(c: char) -> bool {
    matches!(c, '\u{653}'..='\u{655}')
}

/// Signs above and below the letters, and the tatweel that only stretches them.
fn is_vowel_sign(c: char) -> bool {
    matches!(c, '\u{640}' | '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{610}'..='\u{61A}'
        | '\u{6D6}'..='\u{6DC}' | '\u{6DF}'..='\u{6E4}' | '\u{6E7}' | '\u{6E8}' | '\u{6EA}'..='\u{6ED}'
        | '\u{8D3}'..='\u{8E1}' | '\u{8E3}'..='\u{8FF}'
        // Presentation forms of the same signs, with the blank or tatweel that carries them.
        | '\u{FC5E}'..='\u{FC63}' | '\u{FCF2}'..='\u{FCF4}' | '\u{FE70}'..='\u{FE7F}')
}

/// Whether no reader sees a character: joiners, direction, byte order marks. Blanks are not among them.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

fn is_presentation_form(c: char) -> bool {
    matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE80}'..='\u{FEFC}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_fold_alike() {
        let cases = [
            ("hamza", "أحمد إدلب آسيا ٱلله", "احمد ادلب اسيا الله"),
            ("hamza on waw and yeh", "مسؤول مسئول", "مسءول مسءول"),
            ("hamza as a mark", "ا\u{654}حمد مسو\u{654}ول مسي\u{654}ول", "احمد مسءول مسءول"),
            ("yeh and teh marbuta", "على سورية", "علي سوريه"),
            ("vowel signs", "صدَامِ حُسَيْنٍ", "صدام حسين"),
            ("tatweel", "ســوريا", "سوريا"),
            ("presentation forms", "ﺑﻠﻨﺴﻴﺔ ﻻ ﷲ", "بلنسيه لا الله"),
            ("Persian letters", "گیلان پوتین", "كيلان بوتين"),
            ("digits", "٢٠١٤ ۲۰۱۴", "2014 2014"),
            ("joiners, direction and marks", "\u{FEFF}\u{202B}هد\u{200C}باء\u{202C}", "هدباء"),
            ("blanks", "بسر\u{A0}بن\tأبي", "بسر بن ابي"),
            ("line breaks stay", "أب\nأخ", "اب\nاخ"),
            ("Latin", "CNN É", "cnn é"),
        ];
        for (what, source, expected) in cases {
            assert_eq!(fold(source).as_str(), expected, "{what}");
        }
    }

    #[test]
    fn a_folded_word_leads_back_to_what_was_written() {
        let cases = [
            ("قال مُحَمَّدٌ، أمس", "محمد", "مُحَمَّدٌ"),
            ("في \u{202B}ســوريا\u{202C} اليوم", "سوريا", "ســوريا"),
            ("سنة ٢٠١٤ في إدلب", "ادلب", "إدلب"),
            ("سنة ٢٠١٤ في إدلب", "201", "٢٠١"),
            ("ﺑﻠﻨﺴﻴﺔ ﻻحقا", "لاحقا", "ﻻحقا"),
            ("قال ﻻحقا", "احقا", "ﻻحقا"),
        ];
        for (source, word, expected) in cases {
            let folded = fold(source);
            let at = folded.as_str().find(word).expect(word);
            let span = folded.to_source(Span::new(at, at + word.len()));
            assert_eq!(span.of(source), Some(expected), "{word} in {source}");
        }
    }

    #[test]
    fn every_folded_character_has_its_place_in_the_source() {
        let mut random = fastrand::Rng::with_seed(7);
        let alphabet: Vec<char> = "أ ى\u{654}ـ\u{64E}ﻻﷲ٣a\u{200F}\u{A0}É\u{FE8B}😀پ\n".chars().collect();
        for _ in 0..2000 {
            let source: String = (0..random.usize(0..12)).map(|_| alphabet[random.usize(..alphabet.len())]).collect();
            let folded = fold(&source);
            let mut last = 0;
            for (at, c) in folded.as_str().char_indices() {
                let span = folded.to_source(Span::new(at, at + c.len_utf8()));
                assert!(span.start >= last && span.of(&source).is_some(), "{source:?} {c:?} {span:?}");
                last = span.start;
            }
        }
    }

    #[test]
    fn spelling_keeps_hamza_and_teh_marbuta() {
        let check = |a: &str, b: &str, same: bool| assert_eq!(spelling(a).eq(spelling(b)), same, "{a} {b}");
        check("نظام (بشار) الأسد", "نظام بشّار الأسد", true);
        check("ﺑﻠﻨﺴﻴﺔ", "بلنسية", true);
        check("الاسد", "الأسد", false);
        check("سوريه", "سورية", false);
    }
}
