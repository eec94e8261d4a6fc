//! Bytes to text.

use std::borrow::Cow;

use super::FormatError;

/// A file's text and how it was encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'a> {
    /// The text without a byte order mark.
    pub text: Cow<'a, str>,
    /// The encoding's name in the IANA registry, in lower case.
    pub encoding: &'static str,
    /// Bytes before the text: the length of the byte order mark.
    pub text_start: usize,
}

/// Reads UTF-8 with or without a byte order mark; fails with [`FormatError::NotUtf8`] on anything else.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, FormatError> {
    const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
    let body = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    let text_start = bytes.len() - body.len();
    match std::str::from_utf8(body) {
        Ok(text) => Ok(Decoded { text: Cow::Borrowed(text), encoding: "utf-8", text_start }),
        Err(error) => Err(FormatError::NotUtf8 { position: text_start + error.valid_up_to() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf8_is_read_with_and_without_a_byte_order_mark() {
        let check = |bytes: &[u8], text: &str| assert_eq!(decode(bytes).unwrap().text, text);
        check("سوريا".as_bytes(), "سوريا");
        check("\u{feff}سوريا".as_bytes(), "سوريا");
        check(b"", "");
        // Only the first mark says how the file is encoded.
        check("\u{feff}\u{feff}a".as_bytes(), "\u{feff}a");
    }

    #[test]
    fn the_first_byte_that_does_not_fit_is_named() {
        let check = |bytes: &[u8], position| assert_eq!(decode(bytes), Err(FormatError::NotUtf8 { position }));
        check(b"\xcf\xe4", 0);
        check(b"\xff\xfe\x33\x06", 0);
        check(b"\xef\xbb\xbfab\xc7", 5);
    }
}
