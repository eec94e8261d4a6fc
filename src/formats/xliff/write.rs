//! A project to XLIFF 2.1.

use std::fmt::Write as _;

use super::{CATEGORY, CORE_NAMESPACE, FORMAT_VERSION, METADATA_NAMESPACE};
use crate::domain::{Project, State, Unit};
use crate::formats::names::{kind_name, state_name};
use crate::formats::xml::{can_hold, push_attribute, push_text};

/// Writes the whole project, the units that are left out too.
pub fn write(project: &Project) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff");
    for (name, value) in [
        ("xmlns", CORE_NAMESPACE),
        ("xmlns:mda", METADATA_NAMESPACE),
        ("version", "2.1"),
        ("srcLang", "ar"),
        ("trgLang", "en"),
    ] {
        push_attribute(&mut out, name, value);
    }
    out.push_str(">\n  <file id=\"f1\"");
    push_attribute(&mut out, "original", &escape_name(&project.origin().name));
    out.push_str(" srcDir=\"rtl\" trgDir=\"ltr\">\n");
    let version = FORMAT_VERSION.to_string();
    let project_id = project.id().uuid().to_string();
    let mut metadata = vec![("format", version.as_str()), ("project", &project_id)];
    if let Some(page) = &project.origin().page {
        metadata.extend([("address", page.address.as_str()), ("retrieved", &page.retrieved)]);
    }
    push_metadata(&mut out, "    ", &metadata);
    for unit in project.units() {
        push_unit(&mut out, unit);
    }
    if project.units().is_empty() {
        // A file must hold a unit or a group.
        out.push_str("    <group id=\"g1\"/>\n");
    }
    out.push_str("  </file>\n</xliff>\n");
    out
}

fn push_unit(out: &mut String, unit: &Unit) {
    out.push_str("    <unit");
    push_attribute(out, "id", &format!("u{}", unit.id.number()));
    if !unit.included {
        push_attribute(out, "translate", "no");
    }
    out.push_str(">\n");
    let repaired = unit.repaired.is_some().then_some(("repaired", "yes"));
    let metadata: Vec<_> = [("kind", kind_name(unit.kind))].into_iter().chain(repaired).collect();
    push_metadata(out, "      ", &metadata);
    out.push_str("      <segment");
    push_attribute(out, "state", state_name(unit.state));
    out.push_str(">\n");
    push_content(out, "source", &unit.source);
    // A segment past `initial` must have a target, be it empty.
    if !unit.target.is_empty() || unit.state != State::Initial {
        push_content(out, "target", &unit.target);
    }
    out.push_str("      </segment>\n    </unit>\n");
}

fn push_content(out: &mut String, element: &str, text: &str) {
    out.push_str("        <");
    out.push_str(element);
    push_attribute(out, "xml:space", "preserve");
    out.push('>');
    push_text(out, text, |out, c| {
        // Writing to a string cannot fail.
        let _ = write!(out, "<cp hex=\"{:04X}\"/>", u32::from(c));
    });
    out.push_str("</");
    out.push_str(element);
    out.push_str(">\n");
}

fn push_metadata(out: &mut String, indent: &str, entries: &[(&str, &str)]) {
    out.push_str(indent);
    out.push_str("<mda:metadata><mda:metaGroup");
    push_attribute(out, "category", CATEGORY);
    out.push('>');
    for (name, value) in entries {
        out.push_str("<mda:meta");
        push_attribute(out, "type", name);
        out.push('>');
        push_text(out, value, |_, _| ());
        out.push_str("</mda:meta>");
    }
    out.push_str("</mda:metaGroup></mda:metadata>\n");
}

/// A name that an attribute can hold: what XML cannot is written `\u{1f}`, a backslash twice.
fn escape_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            c if can_hold(c) => out.push(c),
            c => out.extend(c.escape_unicode()),
        }
    }
    out
}
