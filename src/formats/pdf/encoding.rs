//! The characters of simple fonts: what codes and names of glyphs mean.

/// Base encodings of simple fonts (ISO 32000-2, annex D).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    WinAnsi,
    MacRoman,
    /// What a font has without saying so; its letters and digits are those of ASCII.
    Standard,
}

impl Base {
    /// The encoding of this name.
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"WinAnsiEncoding" => Some(Self::WinAnsi),
            b"MacRomanEncoding" => Some(Self::MacRoman),
            b"StandardEncoding" => Some(Self::Standard),
            _ => None,
        }
    }

    /// The character of a code.
    pub(super) fn character(self, code: u8) -> Option<char> {
        let decoded = match self {
            Self::WinAnsi => encoding_rs::WINDOWS_1252,
            Self::MacRoman => encoding_rs::MACINTOSH,
            Self::Standard => match code {
                0x27 => return Some('’'),
                0x60 => return Some('‘'),
                0xaa => return Some('“'),
                0xab => return Some('«'),
                0xb1 => return Some('–'),
                0xba => return Some('”'),
                0xbb => return Some('»'),
                0xd0 => return Some('—'),
                0x20..0x7f => return Some(char::from(code)),
                _ => return None,
            },
        };
        let bytes = [code];
        decoded.decode_without_bom_handling(&bytes).0.chars().next().filter(|c| !c.is_control() && *c != '\u{fffd}')
    }
}

/// The text of a glyph by its name, as the Adobe Glyph List specification reads names: what follows a dot is the
/// form of the glyph, underscores join the parts of a ligature, `uni0628` and `u0628` give numbers.
pub(super) fn glyph_text(name: &str) -> Option<String> {
    let stem = name.split('.').next().filter(|stem| !stem.is_empty())?;
    stem.split('_').map(component).collect::<Option<Vec<String>>>().map(|parts| parts.concat())
}

fn component(name: &str) -> Option<String> {
    if let Some(digits) = name.strip_prefix("uni").filter(|digits| digits.len() % 4 == 0 && digits.is_ascii()) {
        let units: Option<Vec<u16>> = digits
            .as_bytes()
            .chunks(4)
            .map(|unit| u16::from_str_radix(std::str::from_utf8(unit).ok()?, 16).ok())
            .collect();
        return String::from_utf16(&units?).ok().filter(|text| !text.is_empty());
    }
    if let Some(digits) = name.strip_prefix('u').filter(|digits| (4..=6).contains(&digits.len()))
        && let Some(character) = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
    {
        return Some(character.to_string());
    }
    let mut characters = name.chars();
    match (characters.next(), characters.next()) {
        (Some(letter), None) if letter.is_ascii_alphabetic() => Some(letter.to_string()),
        _ => arabic(name).or_else(|| latin(name)).map(|character| character.to_string()),
    }
}

/// Arabic glyphs have numbers of IBM's in the Adobe Glyph List, in the order of Unicode.
fn arabic(name: &str) -> Option<char> {
    let number: u32 = name.strip_prefix("afii")?.parse().ok()?;
    let code = match number {
        57381 => 0x66a,
        57388 => 0x60c,
        57392..=57401 => 0x660 + number - 57392,
        57403 => 0x61b,
        57407 => 0x61f,
        57409..=57434 => 0x621 + number - 57409,
        57440..=57450 => 0x640 + number - 57440,
        57451..=57458 => 0x64b + number - 57451,
        57470 => 0x647,
        57505 => 0x6a4,
        57506 => 0x67e,
        57507 => 0x686,
        57508 => 0x698,
        57509 => 0x6af,
        57511 => 0x679,
        57512 => 0x688,
        57513 => 0x691,
        57514 => 0x6ba,
        57519 => 0x6d2,
        _ => return None,
    };
    char::from_u32(code)
}

/// The names that fonts use for the digits and the marks of printed English and French.
fn latin(name: &str) -> Option<char> {
    const NAMES: [(&str, char); 64] = [
        ("space", ' '),
        ("nbspace", '\u{a0}'),
        ("exclam", '!'),
        ("quotedbl", '"'),
        ("numbersign", '#'),
        ("dollar", '$'),
        ("percent", '%'),
        ("ampersand", '&'),
        ("quotesingle", '\''),
        ("quoteleft", '‘'),
        ("quoteright", '’'),
        ("parenleft", '('),
        ("parenright", ')'),
        ("asterisk", '*'),
        ("plus", '+'),
        ("comma", ','),
        ("hyphen", '-'),
        ("minus", '−'),
        ("period", '.'),
        ("slash", '/'),
        ("zero", '0'),
        ("one", '1'),
        ("two", '2'),
        ("three", '3'),
        ("four", '4'),
        ("five", '5'),
        ("six", '6'),
        ("seven", '7'),
        ("eight", '8'),
        ("nine", '9'),
        ("colon", ':'),
        ("semicolon", ';'),
        ("less", '<'),
        ("equal", '='),
        ("greater", '>'),
        ("question", '?'),
        ("at", '@'),
        ("bracketleft", '['),
        ("backslash", '\\'),
        ("bracketright", ']'),
        ("underscore", '_'),
        ("braceleft", '{'),
        ("bar", '|'),
        ("braceright", '}'),
        ("endash", '–'),
        ("emdash", '—'),
        ("bullet", '•'),
        ("ellipsis", '…'),
        ("quotedblleft", '“'),
        ("quotedblright", '”'),
        ("guillemotleft", '«'),
        ("guillemotright", '»'),
        ("guilsinglleft", '‹'),
        ("guilsinglright", '›'),
        ("copyright", '©'),
        ("degree", '°'),
        ("Euro", '€'),
        ("sterling", '£'),
        ("eacute", 'é'),
        ("egrave", 'è'),
        ("agrave", 'à'),
        ("ccedilla", 'ç'),
        ("fi", 'ﬁ'),
        ("fl", 'ﬂ'),
    ];
    NAMES.iter().find(|(known, _)| *known == name).map(|(_, character)| *character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_glyphs_give_their_characters() {
        let check = |name: &str, expected: Option<&str>| assert_eq!(glyph_text(name).as_deref(), expected, "{name}");
        check("afii57415", Some("ا"));
        check("afii57450", Some("ي"));
        check("afii57457", Some("ّ"));
        check("uni0628.init", Some("ب"));
        check("uni06440627", Some("لا"));
        check("uni0644_uni0627.fina", Some("لا"));
        check("u0628", Some("ب"));
        check("A", Some("A"));
        check("parenleft", Some("("));
        check(".notdef", None);
        check("g123", None);
        check("uni06", None);
        check("uniD800", None);
    }
}
