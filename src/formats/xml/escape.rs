//! Writing text and attributes so that they read back the same.

/// Whether an XML 1.0 document can hold a character (Extensible Markup Language 1.0, production 2).
pub(in crate::formats) fn can_hold(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Appends character data that reads back the same, carriage returns included. Characters that XML cannot
/// hold are left to `otherwise`.
pub(in crate::formats) fn push_text(out: &mut String, text: &str, mut otherwise: impl FnMut(&mut String, char)) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#xD;"),
            c if can_hold(c) => out.push(c),
            c => otherwise(out, c),
        }
    }
}

/// Appends ` name="value"` so that it reads back the same; U+FFFD stands for what XML cannot hold.
pub(in crate::formats) fn push_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            c if can_hold(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    out.push('"');
}
