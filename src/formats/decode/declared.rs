//! What a server or the file itself says about its encoding, right or wrong.

use encoding_rs::Encoding;
use memchr::memchr;

use crate::formats::reader::Hints;

/// How far into a file a declaration is looked for. HTML wants it within the first 1,024 bytes; pages often have
/// comments and scripts before it.
const HEAD: usize = 16 * 1024;

/// The encodings that were declared, the most trustworthy first: the server's, then the file's.
pub(super) fn in_order(bytes: &[u8], hints: Hints) -> Vec<&'static Encoding> {
    let server = hints.declared_encoding.and_then(|name| Encoding::for_label(name.as_bytes()));
    let mut declared: Vec<_> = server.into_iter().chain(in_file(bytes)).collect();
    declared.dedup();
    declared
}

/// What the XML declaration or the first `<meta>` with a known encoding says.
fn in_file(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut rest = head;
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix(b"!--") {
            rest = &comment[find(comment, b"-->").unwrap_or(comment.len())..];
            continue;
        }
        let attribute: &[u8] = match rest {
            [b'?', b'x', b'm', b'l', ..] => b"encoding",
            _ if has_name(rest, b"meta") => b"charset",
            _ => continue,
        };
        let tag = &rest[..memchr(b'>', rest).unwrap_or(rest.len())];
        let label = value_after(tag, attribute);
        if let Some(encoding) = label.and_then(Encoding::for_label) {
            return Some(encoding);
        }
    }
    None
}

fn has_name(tag: &[u8], name: &[u8]) -> bool {
    tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
        && tag.get(name.len()).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/')
}

/// The value of `name = "value"`, inside another value as well, as in `content="text/html; charset=utf-8"`.
fn value_after<'a>(tag: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = find(&lower[from..], name) {
        from += at + name.len();
        let Some(value) = tag[from..].trim_ascii_start().strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b';' | b'/' | b'?');
        return Some(&value[..value.iter().position(ends).unwrap_or(value.len())]);
    }
    None
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_in_the_head_of_a_file() {
        let check = |head: &str, expected: Option<&str>| {
            assert_eq!(in_file(head.as_bytes()).map(Encoding::name), expected, "{head}");
        };
        check("<?xml version='1.0' encoding='windows-1256'?>", Some("windows-1256"));
        check("<!doctype html><META CHARSET=utf-8>", Some("UTF-8"));
        check("<html><head><meta charset = \"ISO-8859-6\" />", Some("ISO-8859-6"));
        check("<meta http-equiv='Content-Type' content='text/html; charset=cp1256'>", Some("windows-1256"));
        check("<meta http-equiv=Content-Type content=text/html;charset=arabic>", Some("ISO-8859-6"));
        check("<meta charset=utf-16>", Some("UTF-16LE"));
        // The first that means something counts.
        check("<meta name=charset content=x><meta charset=klingon><meta charset=utf-8>", Some("UTF-8"));
        check("<!-- <meta charset=utf-8> --><meta charset=windows-1256>", Some("windows-1256"));
        check("<metadata charset=utf-8>", None);
        check("سوريا charset=utf-8", None);
        check("<meta charset", None);
        check("<!-- <meta charset=utf-8>", None);
        check("", None);
    }

    #[test]
    fn the_server_comes_before_the_file() {
        let hints = Hints { declared_encoding: Some("Windows-1256"), ..Hints::default() };
        let names = |bytes: &[u8]| in_order(bytes, hints).iter().map(|encoding| encoding.name()).collect::<Vec<_>>();
        assert_eq!(names(b"<meta charset=utf-8>"), ["windows-1256", "UTF-8"]);
        assert_eq!(names(b"<meta charset=cp1256>"), ["windows-1256"]);
    }
}
