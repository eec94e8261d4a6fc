//! Spaces that were lost between two words, mostly where a page's tags met.
//!
//! Only spelling counts as proof: ة ends words, so do ى and tanwin with few exceptions, and punctuation ends them too.
//! Arabic that meets Latin letters or digits proves nothing and is left alone.

use super::{Repair, RepairKind, is_letter, is_vowel_sign};
use crate::text::Span;

/// Letters on either side from which on ى and a full stop are taken for the end of a word.
const LONG: usize = 3;
const TANWIN_FATH: char = '\u{64b}';
const TANWIN_KASR: char = '\u{64d}';

/// The spaces to put into a text whose characters have been repaired.
pub(super) fn missing(text: &str) -> Vec<Repair> {
    let mut found = Vec::new();
    let mut before = Before::default();
    for (at, c) in text.char_indices() {
        let kind = is_letter(c).then(|| before.proves_an_end(&text[at..])).flatten();
        if let Some(kind) = kind {
            found.push(Repair { span: Span::at(at), kind, replacement: " ".to_owned() });
            before = Before::default();
        }
        before.push(c);
    }
    found
}

/// What stands before a letter.
#[derive(Default)]
struct Before {
    last: Option<char>,
    /// The last letter, if nothing but vowel signs has followed it.
    letter: Option<char>,
    /// The letter before that.
    previous: Option<char>,
    /// A tanwin on one of the two.
    tanwin: Option<char>,
    /// Letters of the word so far, or of the word before a punctuation mark.
    length: usize,
}

impl Before {
    fn push(&mut self, c: char) {
        if is_letter(c) {
            let continues = self.letter.is_some();
            (self.previous, self.letter) = (self.letter, Some(c));
            self.length = if continues { self.length + 1 } else { 1 };
            // Tanwin fath may stand on the letter before the alef.
            self.tanwin = self.tanwin.filter(|_| c == 'ا' && self.last == Some(TANWIN_FATH));
        } else if is_vowel_sign(c) {
            self.tanwin = matches!(c, TANWIN_FATH..=TANWIN_KASR).then_some(c).or(self.tanwin);
        } else {
            let length = if self.letter.is_some() { self.length } else { 0 };
            *self = Self { length, ..Self::default() };
        }
        self.last = Some(c);
    }

    /// Whether a word has ended, so that `rest` begins the next one.
    fn proves_an_end(&self, rest: &str) -> Option<RepairKind> {
        match (self.last?, self.letter) {
            ('،' | '؛' | '؟', _) if self.length > 0 => Some(RepairKind::NoSpaceAfterMark),
            ('.', _) if self.length >= LONG && word(rest).nth(LONG - 1).is_some() => Some(RepairKind::NoSpaceAfterMark),
            (_, Some('ة')) if self.length > 1 => Some(RepairKind::GluedWords),
            (_, Some('ا')) if self.tanwin.is_some() => Some(RepairKind::GluedWords),
            (_, Some('ء' | 'ى')) if self.tanwin.is_some() && !rest.starts_with(['ا', 'ى']) => {
                Some(RepairKind::GluedWords)
            }
            (_, Some('ى')) if self.length >= LONG && begins_a_word_after_ya(rest) => Some(RepairKind::GluedWords),
            _ => None,
        }
    }
}

/// Whether a word begins here and ى before it did not stand for ي: three letters and more, no ى in the middle of
/// them, and not the hamza of «مجىء».
fn begins_a_word_after_ya(rest: &str) -> bool {
    /// No word is longer.
    const LONGEST: usize = 24;
    let letters: Vec<char> = word(rest).take(LONGEST).collect();
    let inner = &letters[..letters.len().saturating_sub(1)];
    letters.len() >= LONG && letters[0] != 'ء' && !inner.contains(&'ى')
}

/// The letters of the word that a text begins with.
fn word(text: &str) -> impl Iterator<Item = char> {
    text.chars().take_while(|c| is_letter(*c) || is_vowel_sign(*c)).filter(|c| is_letter(*c))
}
