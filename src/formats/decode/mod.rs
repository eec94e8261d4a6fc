//! Bytes to text: which encoding they are in, and what they say in it.
//!
//! The bytes decide. A byte order mark, a server's word or a declaration in the file is believed as long as the
//! bytes do not speak against it, since all three are often wrong; what a person chose always holds. `declared`
//! looks for declarations, `detect` judges bytes.

mod declared;
mod detect;

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding};

use super::reader::Hints;
use super::{FormatError, Warning, WarningKind};
use detect::Guess;

/// The encodings that news in Arabic comes in, for a person to choose from.
pub const USUAL_ENCODINGS: [&str; 6] = ["utf-8", "windows-1256", "iso-8859-6", "utf-16le", "utf-16be", "windows-1252"];

/// A file's text and how it was encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without a byte order mark.
    pub text: Cow<'a, str>,
    /// What it was encoded in.
    pub encoding: TextEncoding,
    /// Bytes before the text: the length of the byte order mark.
    pub text_start: usize,
    /// Bytes that mean nothing in this encoding.
    pub warnings: Vec<Warning>,
}

/// An encoding, how it was found, and what else it may have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextEncoding {
    /// Its name in the IANA registry, in lower case.
    pub name: &'static str,
    /// How it was found.
    pub found: FoundBy,
    /// Names of encodings that may be right if this one is not, the likeliest first.
    pub alternatives: Vec<&'static str>,
}

/// How an encoding was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FoundBy {
    /// By a byte order mark.
    Bom,
    /// The server or the file named it, and the bytes agree.
    Declared,
    /// By the bytes alone.
    Detected,
    /// A person chose it.
    Chosen,
}

/// Decodes a text in any encoding. Bytes that mean nothing become U+FFFD and are counted in a warning.
///
/// Fails where the chosen encoding has no such name, and with [`FormatError::NotText`] on bytes that are no text
/// at all, unless a person chose an encoding for them.
pub fn decode<'a>(bytes: &'a [u8], hints: Hints) -> Result<Decoded<'a>, FormatError> {
    let chosen = hints.chosen_encoding.map(named).transpose()?;
    let guess = detect::detect(bytes, &declared::in_order(bytes, hints));
    let encoding = match (chosen, guess) {
        (Some(chosen), _) => chosen,
        (None, Ok(Guess { encoding, .. })) => encoding,
        (None, Err(not_text)) => return Err(FormatError::NotText { position: not_text.position }),
    };
    let text_start = detect::byte_order_mark(bytes).filter(|(marked, _)| *marked == encoding).map_or(0, |(_, len)| len);
    let (text, malformed) = text_of(&bytes[text_start..], encoding);
    let warnings = malformed.map(|Malformed { first, count }| Warning {
        kind: WarningKind::Undecodable,
        position: text_start + first,
        count,
    });
    let guess = guess.ok();
    let encoding = TextEncoding {
        name: name_of(encoding),
        found: if chosen.is_some() { FoundBy::Chosen } else { guess.map_or(FoundBy::Detected, |guess| guess.found) },
        alternatives: alternatives(bytes, encoding, guess, hints),
    };
    Ok(Decoded { text, encoding, text_start, warnings: warnings.into_iter().collect() })
}

/// Bytes that mean nothing in an encoding.
struct Malformed {
    /// Where the first of them stands.
    first: usize,
    count: usize,
}

/// The text, borrowed where it is valid UTF-8.
fn text_of<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> (Cow<'a, str>, Option<Malformed>) {
    if encoding == encoding_rs::UTF_8
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return (Cow::Borrowed(text), None);
    }
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut malformed: Option<Malformed> = None;
    let mut read = 0;
    loop {
        let (result, taken) = decoder.decode_to_string_without_replacement(&bytes[read..], &mut text, true);
        read += taken;
        match result {
            DecoderResult::InputEmpty => return (Cow::Owned(text), malformed),
            DecoderResult::OutputFull => text.reserve(bytes.len() - read + 16),
            DecoderResult::Malformed(bad, after) => {
                let first = read.saturating_sub(usize::from(bad) + usize::from(after));
                malformed.get_or_insert(Malformed { first, count: 0 }).count += 1;
                text.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
}

/// What else the bytes may be: what they were taken for before a person chose, what was declared, and, where no
/// byte proves the encoding, the usual ones in which they make sense.
fn alternatives(bytes: &[u8], used: &'static Encoding, guess: Option<Guess>, hints: Hints) -> Vec<&'static str> {
    let unsure = guess.is_none_or(|guess| !guess.proven);
    let usual = USUAL_ENCODINGS.iter().filter_map(|name| Encoding::for_label(name.as_bytes()));
    let usual = usual.filter(|encoding| unsure && detect::makes_sense(bytes, encoding));
    let mut names = Vec::new();
    for encoding in guess.map(|guess| guess.encoding).into_iter().chain(declared::in_order(bytes, hints)).chain(usual) {
        let name = name_of(encoding);
        if encoding != used && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn named(name: &str) -> Result<&'static Encoding, FormatError> {
    Encoding::for_label(name.as_bytes()).ok_or_else(|| FormatError::UnknownEncoding { name: name.to_owned() })
}

/// An encoding's name in lower case.
fn name_of(encoding: &'static Encoding) -> &'static str {
    const NAMES: [&str; 39] = [
        "big5",
        "euc-jp",
        "euc-kr",
        "gb18030",
        "gbk",
        "ibm866",
        "iso-2022-jp",
        "iso-8859-10",
        "iso-8859-13",
        "iso-8859-14",
        "iso-8859-15",
        "iso-8859-16",
        "iso-8859-2",
        "iso-8859-3",
        "iso-8859-4",
        "iso-8859-5",
        "iso-8859-6",
        "iso-8859-7",
        "iso-8859-8",
        "iso-8859-8-i",
        "koi8-r",
        "koi8-u",
        "macintosh",
        "shift_jis",
        "utf-16be",
        "utf-16le",
        "utf-8",
        "windows-1250",
        "windows-1251",
        "windows-1252",
        "windows-1253",
        "windows-1254",
        "windows-1255",
        "windows-1256",
        "windows-1257",
        "windows-1258",
        "windows-874",
        "x-mac-cyrillic",
        "x-user-defined",
    ];
    let name = encoding.name();
    NAMES.into_iter().find(|lower| lower.eq_ignore_ascii_case(name)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "قال وزير الثقافة إن المعرض سيفتح أبوابه غداً.";

    fn encoded(text: &str, encoding: &str) -> Vec<u8> {
        match encoding {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            other => named(other).unwrap().encode(text).0.into_owned(),
        }
    }

    #[test]
    fn the_bytes_decide_over_what_is_declared() {
        let check = |text: &str, encoding: &str, server: Option<&str>, found| {
            let bytes = encoded(text, encoding);
            let decoded = decode(&bytes, Hints { declared_encoding: server, ..Hints::default() }).unwrap();
            assert_eq!((decoded.encoding.name, decoded.encoding.found), (encoding, found), "{text} {server:?}");
            assert_eq!(decoded.text, text);
        };
        for encoding in ["utf-8", "windows-1256", "iso-8859-6", "utf-16le", "utf-16be"] {
            check(SENTENCE, encoding, None, FoundBy::Detected);
            for wrong in ["iso-8859-1", "iso-2022-jp", "windows-1251", "klingon"] {
                check(SENTENCE, encoding, Some(wrong), FoundBy::Detected);
            }
        }
        for encoding in ["utf-8", "windows-1256", "iso-8859-6", "utf-16le"] {
            check(SENTENCE, encoding, Some(encoding), FoundBy::Declared);
            if encoding == "utf-16le" {
                // A declaration in UTF-16 proves nothing that its bytes do not.
                continue;
            }
            let page = format!("<html><meta charset=\"{encoding}\"><p>{SENTENCE}");
            check(&page, encoding, None, FoundBy::Declared);
            for other in ["utf-8", "windows-1256", "iso-8859-6"].into_iter().filter(|other| *other != encoding) {
                check(
                    &format!("<?xml version='1.0' encoding='{other}'?>{SENTENCE}"),
                    encoding,
                    None,
                    FoundBy::Detected,
                );
            }
        }
        check("L'été, le café est fermé à midi.", "windows-1252", Some("iso-8859-1"), FoundBy::Declared);
        check("Сегодня открылась выставка", "windows-1251", None, FoundBy::Detected);
        check("Сегодня открылась выставка", "windows-1251", Some("windows-1251"), FoundBy::Declared);
        check("ASCII", "windows-1256", Some("windows-1256"), FoundBy::Declared);
        check("ASCII", "utf-8", Some("utf-16"), FoundBy::Detected);
        check("", "utf-8", None, FoundBy::Detected);
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let check = |bytes: &[u8], encoding: &str, start, text: &str| {
            let decoded = decode(bytes, Hints::default()).unwrap();
            assert_eq!((decoded.encoding.name, decoded.encoding.found), (encoding, FoundBy::Bom));
            assert_eq!((decoded.text_start, decoded.text.as_ref()), (start, text));
        };
        check("\u{feff}سوريا".as_bytes(), "utf-8", 3, "سوريا");
        check("\u{feff}\u{feff}a".as_bytes(), "utf-8", 3, "\u{feff}a");
        check(&encoded("\u{feff}سوريا", "utf-16le"), "utf-16le", 2, "سوريا");
        check(&encoded("\u{feff}سوريا", "utf-16be"), "utf-16be", 2, "سوريا");
        check(&encoded("\u{feff}中文新聞", "utf-16be"), "utf-16be", 2, "中文新聞");
    }

    #[test]
    fn a_byte_order_mark_can_be_wrong() {
        let with_mark = [b"\xef\xbb\xbf".as_slice(), &encoded(SENTENCE, "windows-1256")].concat();
        let decoded = decode(&with_mark, Hints::default()).unwrap();
        assert_eq!((decoded.encoding.name, decoded.encoding.found), ("windows-1256", FoundBy::Detected));
        assert!(decoded.text.ends_with(SENTENCE));
    }

    #[test]
    fn a_choice_always_wins() {
        let check = |bytes: &[u8], chosen, text: &str| {
            let decoded = decode(bytes, Hints { chosen_encoding: Some(chosen), ..Hints::default() }).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding.found), (text, FoundBy::Chosen), "{chosen}");
        };
        check("é".as_bytes(), "windows-1252", "Ã©");
        check("\u{feff}é".as_bytes(), "utf-8", "é");
        check(b"a\0\0\0", "utf-16le", "a\0");
        check(b"\0\0\0", "utf-8", "\0\0\0");
        let unknown = decode(b"a", Hints { chosen_encoding: Some("klingon"), ..Hints::default() });
        assert_eq!(unknown, Err(FormatError::UnknownEncoding { name: "klingon".to_owned() }));
    }

    #[test]
    fn bytes_without_a_meaning_are_counted() {
        let check = |bytes: &[u8], text: &str, position, count| {
            let decoded = decode(bytes, Hints::default()).unwrap();
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.warnings, [Warning { kind: WarningKind::Undecodable, position, count }]);
        };
        let mark = b"\xef\xbb\xbf".as_slice();
        check(&["سور".as_bytes(), b"\xff a \xd8", "يا".as_bytes()].concat(), "سور\u{fffd} a \u{fffd}يا", 6, 2);
        check(&[mark, "سوريا".as_bytes(), b"\xd9"].concat(), "سوريا\u{fffd}", 13, 1);
        let broken = [encoded(SENTENCE, "iso-8859-6"), b"\xff".to_vec()].concat();
        check(&broken, &format!("{SENTENCE}\u{fffd}"), broken.len() - 1, 1);
        let odd = [encoded(SENTENCE, "utf-16le"), b"\x33".to_vec()].concat();
        check(&odd, &format!("{SENTENCE}\u{fffd}"), odd.len() - 1, 1);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        let check = |bytes: &[u8], position| {
            assert_eq!(
                decode(bytes, Hints::default()),
                Err(FormatError::NotText { position }),
                "{}",
                bytes.escape_ascii()
            );
        };
        check(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0", 6);
        check(&[0; 100], 0);
        check(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", 2);
        // A stray zero is damage and no reason to refuse a text.
        assert!(decode("العمود الأول\tالعمود الثاني\0".as_bytes(), Hints::default()).is_ok());
    }

    #[test]
    fn what_else_it_may_be_is_offered() {
        let check = |bytes: &[u8], hints, expected: &[&str]| {
            assert_eq!(decode(bytes, hints).unwrap().encoding.alternatives, expected);
        };
        let none = Hints::default();
        check(SENTENCE.as_bytes(), none, &[]);
        check(SENTENCE.as_bytes(), Hints { declared_encoding: Some("windows-1256"), ..none }, &["windows-1256"]);
        check(&encoded(SENTENCE, "windows-1256"), none, &["windows-1252"]);
        check(&encoded(SENTENCE, "iso-8859-6"), none, &["windows-1256", "windows-1252"]);
        check(SENTENCE.as_bytes(), Hints { chosen_encoding: Some("windows-1256"), ..none }, &["utf-8"]);
    }
}
