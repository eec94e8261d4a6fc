//! A project to a translation memory.

use crate::domain::{Project, Unit};
use crate::formats::export::{Summary, translated};
use crate::formats::names::{kind_name, state_name};
use crate::formats::xml::{push_attribute, push_text};

/// Writes the translated units as a translation memory.
pub fn write(project: &Project) -> (String, Summary) {
    let (units, mut summary) = translated(project);
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n  <header");
    for (name, value) in [
        ("creationtool", env!("CARGO_PKG_NAME")),
        ("creationtoolversion", env!("CARGO_PKG_VERSION")),
        ("segtype", "paragraph"),
        ("o-tmf", "XLIFF 2.1"),
        ("adminlang", "en"),
        ("srclang", "ar"),
        ("datatype", "plaintext"),
    ] {
        push_attribute(&mut out, name, value);
    }
    out.push_str(">\n");
    push_property(&mut out, "    ", "x-original", &project.origin().name);
    out.push_str("  </header>\n  <body>\n");
    for unit in units {
        summary.replaced_characters += push_unit(&mut out, unit);
    }
    out.push_str("  </body>\n</tmx>\n");
    (out, summary)
}

/// Returns how many characters had to be replaced.
fn push_unit(out: &mut String, unit: &Unit) -> usize {
    out.push_str("    <tu");
    push_attribute(out, "tuid", &format!("u{}", unit.id.number()));
    out.push_str(">\n");
    push_property(out, "      ", "x-kind", kind_name(unit.kind));
    push_property(out, "      ", "x-state", state_name(unit.state));
    let mut replaced = 0;
    for (language, text) in [("ar", &**unit.text()), ("en", &unit.target)] {
        out.push_str("      <tuv");
        push_attribute(out, "xml:lang", language);
        out.push_str("><seg>");
        push_text(out, text, |out, _| {
            out.push(char::REPLACEMENT_CHARACTER);
            replaced += 1;
        });
        out.push_str("</seg></tuv>\n");
    }
    out.push_str("    </tu>\n");
    replaced
}

fn push_property(out: &mut String, indent: &str, name: &str, value: &str) {
    out.push_str(indent);
    out.push_str("<prop");
    push_attribute(out, "type", name);
    out.push('>');
    push_text(out, value, |out, _| out.push(char::REPLACEMENT_CHARACTER));
    out.push_str("</prop>\n");
}
