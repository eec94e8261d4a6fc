//! Concepts to TBX.

use super::names::{status_name, xml_id};
use super::{BASIC_NAMESPACE, FORM_NOTE, KIND_NOTE, MIN_NAMESPACE, NAMESPACE, Style};
use crate::domain::{Concept, Term};
use crate::formats::glossary::Written;
use crate::formats::xml::{push_attribute, push_text};

/// What is said in the header; a file must say where it comes from.
const ORIGIN: &str = concat!("Exported from Tarjuman ", env!("CARGO_PKG_VERSION"));

/// Writes TBX-Basic of ISO 30042:2019. There is no way to write a valid file without concepts.
pub(in crate::formats::glossary) fn write(concepts: &[&Concept], style: Style) -> Written {
    let mut out = Out { text: declaration(), words: Words { style, ..Words::of_2019() } };
    out.text.push_str("<tbx");
    push_attribute(&mut out.text, "type", "TBX-Basic");
    push_attribute(&mut out.text, "style", if style == Style::Dca { "dca" } else { "dct" });
    push_attribute(&mut out.text, "xml:lang", "en");
    push_attribute(&mut out.text, "xmlns", NAMESPACE);
    if style == Style::Dct {
        push_attribute(&mut out.text, "xmlns:min", MIN_NAMESPACE);
        push_attribute(&mut out.text, "xmlns:basic", BASIC_NAMESPACE);
    }
    out.text.push_str(">\n  <tbxHeader><fileDesc><sourceDesc><p>");
    out.text.push_str(ORIGIN);
    out.text.push_str("</p></sourceDesc></fileDesc></tbxHeader>\n");
    out.body(concepts);
    out.text.push_str("</tbx>\n");
    Written { bytes: out.text.into_bytes(), concepts: concepts.len(), curtailed: 0 }
}

/// Writes TBX of ISO 30042:2008. There is no DOCTYPE, although the DTD is kept to: some readers would go and look
/// for it.
pub(in crate::formats::glossary) fn write_martif(concepts: &[&Concept]) -> Written {
    let mut out = Out { text: declaration(), words: Words::of_2008() };
    out.text.push_str("<martif type=\"TBX\" xml:lang=\"en\">\n  <martifHeader><fileDesc><sourceDesc><p>");
    out.text.push_str(ORIGIN);
    out.text.push_str("</p></sourceDesc></fileDesc><encodingDesc><p type=\"XCSURI\">TBXBasicXCSV02.xcs</p>");
    out.text.push_str("</encodingDesc></martifHeader>\n");
    out.body(concepts);
    out.text.push_str("</martif>\n");
    Written { bytes: out.text.into_bytes(), concepts: concepts.len(), curtailed: 0 }
}

fn declaration() -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned()
}

/// What the versions call their elements, and in which style data categories are named.
struct Words {
    concept: &'static str,
    language: &'static str,
    term: &'static str,
    style: Style,
}

impl Words {
    fn of_2019() -> Self {
        Self { concept: "conceptEntry", language: "langSec", term: "termSec", style: Style::Dca }
    }

    fn of_2008() -> Self {
        Self { concept: "termEntry", language: "langSet", term: "tig", style: Style::Dca }
    }
}

struct Out {
    text: String,
    words: Words,
}

impl Out {
    fn body(&mut self, concepts: &[&Concept]) {
        self.text.push_str("  <text>\n    <body>\n");
        for concept in concepts {
            self.concept(concept);
        }
        self.text.push_str("    </body>\n  </text>\n");
    }

    fn concept(&mut self, concept: &Concept) {
        self.text.push_str("      <");
        self.text.push_str(self.words.concept);
        push_attribute(&mut self.text, "id", &xml_id(&concept.id));
        self.text.push_str(">\n");
        let indent = "        ";
        self.category(indent, ("descrip", "min", "subjectField"), &concept.domain);
        self.category(indent, ("descrip", "basic", "definition"), &concept.definition);
        self.category(indent, ("admin", "basic", "source"), &concept.source);
        self.note(indent, &format!("{KIND_NOTE}{}", concept.kind.key()));
        for line in concept.note.lines() {
            self.note(indent, line);
        }
        if let Some(modified) = &concept.modified {
            self.text.push_str("        <transacGrp>\n");
            let indent = "          ";
            self.category(indent, ("transac", "basic", "transactionType"), "modification");
            self.element(indent, "date", &modified.at.to_string());
            self.category(indent, ("transacNote", "basic", "responsibility"), &modified.by);
            self.text.push_str("        </transacGrp>\n");
        }
        for (code, terms) in [("ar", &concept.arabic), ("en", &concept.english)] {
            self.language(code, terms);
        }
        self.close("      ", self.words.concept);
    }

    fn language(&mut self, code: &str, terms: &[Term]) {
        if terms.is_empty() {
            return;
        }
        self.text.push_str("        <");
        self.text.push_str(self.words.language);
        push_attribute(&mut self.text, "xml:lang", code);
        self.text.push_str(">\n");
        for term in terms {
            self.text.push_str("          <");
            self.text.push_str(self.words.term);
            self.text.push_str(">\n");
            self.term(term);
            self.close("          ", self.words.term);
        }
        self.close("        ", self.words.language);
    }

    fn term(&mut self, term: &Term) {
        let indent = "            ";
        self.element(indent, "term", &term.text);
        let part = term.part_of_speech.map_or("", crate::domain::PartOfSpeech::key);
        let term_type = term.term_type.map_or("", crate::domain::TermType::key);
        self.category(indent, ("termNote", "min", "administrativeStatus"), status_name(term.status));
        self.category(indent, ("termNote", "min", "partOfSpeech"), part);
        self.category(indent, ("termNote", "basic", "termType"), term_type);
        for form in &term.forms {
            self.note(indent, &format!("{FORM_NOTE}{form}"));
        }
    }

    /// A data category, given by its meta element, the prefix of its module and its name; nothing for an empty value.
    fn category(&mut self, indent: &str, (meta, prefix, name): (&str, &str, &str), value: &str) {
        if value.is_empty() {
            return;
        }
        self.text.push_str(indent);
        self.text.push('<');
        let element = match self.words.style {
            Style::Dca => meta.to_owned(),
            Style::Dct => format!("{prefix}:{name}"),
        };
        self.text.push_str(&element);
        if self.words.style == Style::Dca {
            push_attribute(&mut self.text, "type", name);
        }
        self.text.push('>');
        self.push_text(value);
        self.close("", &element);
    }

    fn note(&mut self, indent: &str, text: &str) {
        self.element(indent, "note", text);
    }

    fn element(&mut self, indent: &str, name: &str, text: &str) {
        self.text.push_str(indent);
        self.text.push('<');
        self.text.push_str(name);
        self.text.push('>');
        self.push_text(text);
        self.close("", name);
    }

    fn push_text(&mut self, text: &str) {
        push_text(&mut self.text, text, |out, _| out.push(char::REPLACEMENT_CHARACTER));
    }

    fn close(&mut self, indent: &str, name: &str) {
        self.text.push_str(indent);
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push_str(">\n");
    }
}
