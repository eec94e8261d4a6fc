//! Arabic that was decoded wrongly and stored that way: «Ø³ÙˆØ±ÙŠØ§» or «ط³ظˆط±ظٹط§» for «سوريا».
//!
//! Such a text came as UTF-8, was read as an encoding of one byte a character, and was written as UTF-8 again. Turned
//! back into bytes and read as UTF-8 it is as it was.

use encoding_rs::{Encoding, WINDOWS_1252, WINDOWS_1256};

/// The text as it was before it was decoded wrongly, once or twice; `None` where that did not happen to it.
///
/// What was not decoded wrongly, and bytes that were lost on the way, stay as they are.
pub fn unscrambled(text: &str) -> Option<String> {
    const TIMES: usize = 2;
    read_again(text, TIMES)
}

fn read_again(text: &str, times: usize) -> Option<String> {
    [WINDOWS_1252, WINDOWS_1256].into_iter().find_map(|encoding| {
        let read = Read::again(text, encoding);
        let deeper = if read.is_plausible() && times > 1 { read_again(&read.text, times - 1) } else { None };
        deeper.or_else(|| (read.is_plausible() && read.is_arabic()).then_some(read.text))
    })
}

/// A text that was turned back into bytes and read as UTF-8.
#[derive(Default)]
struct Read {
    text: String,
    /// Characters beyond ASCII that came out of several bytes …
    characters: usize,
    /// … how many of them are Arabic …
    arabic: usize,
    /// … and bytes that had no meaning, whose characters stay.
    meaningless: usize,
}

impl Read {
    fn again(text: &str, encoding: &'static Encoding) -> Self {
        let upper_half = upper_half(encoding);
        let mut read = Self { text: String::with_capacity(text.len()), ..Self::default() };
        let mut pending = Vec::new();
        for c in text.chars() {
            match byte_of(c, &upper_half) {
                Some(byte) => pending.push(byte),
                // The byte 0x81, the second of ف, has no meaning in windows-1252 and is often lost.
                None if c == char::REPLACEMENT_CHARACTER && pending.last() == Some(&0xd9) => pending.push(0x81),
                None => {
                    read.push(&mut pending, &upper_half);
                    read.text.push(c);
                }
            }
        }
        read.push(&mut pending, &upper_half);
        read
    }

    fn push(&mut self, pending: &mut Vec<u8>, upper_half: &[char; 128]) {
        for chunk in pending.utf8_chunks() {
            self.text.push_str(chunk.valid());
            for c in chunk.valid().chars().filter(|c| !c.is_ascii()) {
                self.characters += 1;
                self.arabic += usize::from(matches!(c, '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{fefc}'));
            }
            self.meaningless += chunk.invalid().len();
            self.text.extend(chunk.invalid().iter().map(|byte| upper_half[usize::from(byte - 128)]));
        }
        pending.clear();
    }

    /// Text that was never scrambled has a sequence of UTF-8 only by chance.
    fn is_plausible(&self) -> bool {
        self.characters > 1 && self.characters > self.meaningless * 4
    }

    fn is_arabic(&self) -> bool {
        self.arabic * 2 > self.characters
    }
}

/// The characters of the bytes from 128 on.
fn upper_half(encoding: &'static Encoding) -> [char; 128] {
    let bytes: [u8; 128] = std::array::from_fn(|index| index as u8 + 128);
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    let mut decoded = text.chars();
    std::array::from_fn(|_| decoded.next().unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// The byte that was read as this character; Latin-1 has its own for the controls U+0080 to U+009F.
fn byte_of(c: char, characters: &[char; 128]) -> Option<u8> {
    match c {
        '\0'..='\u{9f}' => Some(c as u8),
        _ => characters.iter().position(|known| *known == c).map(|index| index as u8 + 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "قال الوزير: «سيفتح المتحف أبوابه في سوريا غداً» – وفق الصحيفة.";

    fn scrambled(text: &str, encoding: &'static Encoding) -> String {
        encoding.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_read_wrongly_is_read_again() {
        for encoding in [WINDOWS_1252, WINDOWS_1256] {
            for text in [SENTENCE, "سوريا", "CNN: دمشق"] {
                let once = scrambled(text, encoding);
                assert_eq!(unscrambled(&once).as_deref(), Some(text), "{once}");
                let twice = scrambled(&once, encoding);
                assert_eq!(unscrambled(&twice).as_deref(), Some(text), "{twice}");
            }
        }
        let latin1: String = SENTENCE.bytes().map(char::from).collect();
        assert_eq!(unscrambled(&latin1).as_deref(), Some(SENTENCE));
    }

    #[test]
    fn what_was_lost_or_never_wrong_stays() {
        let check = |text: &str, expected: &str| assert_eq!(unscrambled(text).as_deref(), Some(expected));
        check("Ø³Ù\u{fffd}Ù\u{fffd}Ø±", "سففر");
        check("سوريا (Ø³ÙˆØ±ÙŠØ§)", "سوريا (سوريا)");
        check("Ø³ÙˆØ±ÙŠØ§ Ø", "سوريا Ø");
    }

    #[test]
    fn sound_text_is_none_of_its_business() {
        for text in [SENTENCE, "", "CNN", "L'été à Damas – déjà vu", "ÃÂ", "ط ظ", "نظام: طالبت الظروف", "é سوريا"]
        {
            assert_eq!(unscrambled(text), None, "{text}");
        }
    }

    #[test]
    fn it_is_done_once() {
        let text = unscrambled(&scrambled(SENTENCE, WINDOWS_1256)).unwrap();
        assert_eq!(unscrambled(&text), None);
    }
}
