//! Pages that a browser saved as one file (MHTML, RFC 2557): the page itself, out of the message that it stands in.

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, MessageParser, MessagePart, MimeHeaders};

/// A page as its server sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPage {
    /// The markup.
    pub bytes: Vec<u8>,
    /// The encoding that the message tells, by its name in the IANA registry.
    pub charset: Option<String>,
}

/// Whether the bytes begin as a saved page does: with the header of a message that holds parts or a page.
pub fn is_mhtml(bytes: &[u8]) -> bool {
    /// Headers are longer only in letters.
    const MOST_LOOKED_AT: usize = 4096;
    let start =
        String::from_utf8_lossy(&bytes[..bytes.len().min(MOST_LOOKED_AT)]).replace("\r\n", "\n").to_ascii_lowercase();
    let header = start.split("\n\n").next().unwrap_or_default();
    let is_field = |line: &str| line.split_once(':').is_some_and(|(name, _)| is_field_name(name));
    let first_is_field = header.lines().next().is_some_and(is_field);
    let tells = |name: &str| header.lines().any(|line| line.starts_with(name));
    let holds_page = header.contains("multipart/related") || header.contains("text/html");
    first_is_field && tells("mime-version:") && tells("content-type:") && holds_page
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// The first page in a message; `None` where there is none.
pub fn read(bytes: &[u8]) -> Option<SavedPage> {
    let message = MessageParser::default().parse(bytes)?;
    let is_page = |part: &&MessagePart| {
        part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("text")
                && kind.subtype().is_some_and(|kind| kind.eq_ignore_ascii_case("html"))
        })
    };
    let part = message.parts.iter().find(is_page)?;
    let raw = bytes.get(part.offset_body as usize..part.offset_end as usize)?;
    let bytes = match part.encoding {
        Encoding::None => Some(raw.to_vec()),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    let charset = part.content_type().and_then(|kind| kind.attribute("charset")).map(str::to_owned);
    Some(SavedPage { bytes: bytes?, charset })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----b\"\r\n\r\n";

    fn saved(encoding: &str, body: &str) -> Option<SavedPage> {
        let page = format!(
            "{HEADER}------b\r\nContent-Type: text/html; charset=windows-1256\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{body}\r\n------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
        );
        assert!(is_mhtml(page.as_bytes()));
        read(page.as_bytes())
    }

    #[test]
    fn a_page_is_taken_out_of_its_message_byte_for_byte() {
        let check = |encoding: &str, body: &str| {
            let page = saved(encoding, body).unwrap();
            assert_eq!(page.bytes.trim_ascii(), b"<p>\xc7\xe1</p>", "{encoding}");
            assert_eq!(page.charset.as_deref(), Some("windows-1256"));
        };
        check("quoted-printable", "<p>=C7=\r\n=E1</p>");
        check("base64", "PHA+x+E8L3A+");
    }

    #[test]
    fn what_is_no_message_is_no_saved_page() {
        let check = |text: &str| assert!(!is_mhtml(text.as_bytes()), "{text}");
        check("<html>");
        check("قال: نعم\n\nContent-Type: text/html\nMIME-Version: 1.0");
        check("Subject: text/html\n\nسوريا");
        check("");
        assert_eq!(read(HEADER.as_bytes()), None);
    }
}
