//! DOCX: the word processing part of Office Open XML (ISO/IEC 29500-1, transitional and strict) in a ZIP container.
//!
//! Read are the paragraphs of the body with its tables, text boxes and content controls, then the footnotes and
//! endnotes. Insertions that are tracked are read, deletions are not; of a field its result is, its code is not.
//! Headers and footers lie in parts of their own and are left alone.

use quick_xml::events::BytesStart;

use super::flow::Mark;
use super::role::Style;
use super::{Flow, Package, Role, Styles};
use crate::domain::{Block, ParagraphKind};
use crate::formats::FormatError;
use crate::formats::xml::{Pull, Token};

/// Whose element it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Vocabulary {
    Word,
    Math,
    /// Alternatives for readers of different age.
    Compatibility,
    Relationships,
    Other,
}

fn vocabulary(namespace: Option<&str>) -> Vocabulary {
    match namespace {
        Some(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
            | "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ) => Vocabulary::Word,
        Some(
            "http://schemas.openxmlformats.org/officeDocument/2006/math"
            | "http://purl.oclc.org/ooxml/officeDocument/math",
        ) => Vocabulary::Math,
        Some("http://schemas.openxmlformats.org/markup-compatibility/2006") => Vocabulary::Compatibility,
        Some("http://schemas.openxmlformats.org/package/2006/relationships") => Vocabulary::Relationships,
        _ => Vocabulary::Other,
    }
}

/// Fields inside fields; deeper ones are taken for text.
const DEEPEST_FIELD: usize = 64;

type Xml<'a> = Pull<'a, Vocabulary>;

/// Reads the paragraphs of a document.
pub(super) fn read(package: &mut Package) -> Result<Vec<Block>, FormatError> {
    let main = main_part(package)?;
    let folder = main.rfind('/').map_or("", |slash| &main[..=slash]);
    let styles = match package.part(&format!("{folder}styles.xml"))? {
        Some(xml) => read_styles(&xml).map_err(|error| error.in_part("styles.xml"))?,
        None => Styles::default(),
    };
    let text = package.part(&main)?.ok_or(FormatError::OtherPackage)?;
    let mut flow = Flow::default();
    Body::new(&text, &styles, &mut flow).document().map_err(|error| error.in_part(&main))?;
    drop(text);
    let notes = flow.mark();
    for name in ["footnotes.xml", "endnotes.xml"] {
        let part = format!("{folder}{name}");
        if let Some(text) = package.part(&part)? {
            Body::new(&text, &styles, &mut flow).notes().map_err(|error| error.in_part(&part))?;
        }
    }
    flow.set_kind(notes, ParagraphKind::Paragraph);
    Ok(flow.into_blocks())
}

/// The name of the part with the text, by the relationships of the package.
fn main_part(package: &mut Package) -> Result<String, FormatError> {
    const RELATIONSHIPS: &str = "_rels/.rels";
    let Some(text) = package.part(RELATIONSHIPS)? else { return Err(FormatError::OtherPackage) };
    let main = find_main_part(&text).map_err(|error| error.in_part(RELATIONSHIPS))?;
    Ok(main.unwrap_or_else(|| "word/document.xml".to_owned()))
}

fn find_main_part(text: &str) -> Result<Option<String>, FormatError> {
    let mut xml = Pull::new(text, 0, vocabulary);
    xml.root()?;
    loop {
        match xml.next()? {
            Token::Open(Vocabulary::Relationships, tag) => {
                let kind = xml.attribute(&tag, "Type")?.unwrap_or_default();
                let target = xml.attribute(&tag, "Target")?.unwrap_or_default();
                if kind.ends_with("/officeDocument") {
                    return Ok(Some(target.trim_start_matches('/').to_owned()));
                }
                xml.skip()?;
            }
            Token::Open(..) => xml.skip()?,
            Token::Text(_) => {}
            Token::Close => return Ok(None),
        }
    }
}

fn read_styles(text: &str) -> Result<Styles, FormatError> {
    let mut xml = Pull::new(text, 0, vocabulary);
    let mut styles = Styles::default();
    xml.root()?;
    loop {
        match xml.next()? {
            Token::Open(Vocabulary::Word, tag) if tag.local_name().as_ref() == "style" => {
                let id = word_attribute(&xml, &tag, "styleId")?;
                let style = read_style(&mut xml)?;
                styles.add(id.unwrap_or_default(), style);
            }
            Token::Open(..) => xml.skip()?,
            Token::Text(_) => {}
            Token::Close => return Ok(styles),
        }
    }
}

fn read_style(xml: &mut Xml) -> Result<Style, FormatError> {
    let mut style = Style::default();
    loop {
        match xml.next()? {
            Token::Open(Vocabulary::Word, tag) => match tag.local_name().as_ref() {
                "name" => {
                    let name = word_attribute(xml, &tag, "val")?.unwrap_or_default();
                    style.role = Role::of_style(&name).or(style.role);
                    xml.skip()?;
                }
                "basedOn" => {
                    style.parent = word_attribute(xml, &tag, "val")?;
                    xml.skip()?;
                }
                "pPr" => style.role = style.role.or(read_properties(xml)?.outline),
                _ => xml.skip()?,
            },
            Token::Open(..) => xml.skip()?,
            Token::Text(_) => {}
            Token::Close => return Ok(style),
        }
    }
}

/// What a paragraph's properties say.
#[derive(Default)]
struct Properties {
    style: Option<String>,
    /// A level of the document's outline makes a heading.
    outline: Option<Role>,
    is_list_item: bool,
    /// The paragraph's end was deleted with its text, so the next one goes on with it.
    is_end_deleted: bool,
}

/// Reads `<w:pPr>`, whose start has been read.
fn read_properties(xml: &mut Xml) -> Result<Properties, FormatError> {
    let mut properties = Properties::default();
    loop {
        match xml.next()? {
            Token::Open(Vocabulary::Word, tag) => match tag.local_name().as_ref() {
                "pStyle" => {
                    properties.style = word_attribute(xml, &tag, "val")?;
                    xml.skip()?;
                }
                "outlineLvl" => {
                    // Nine is the level of running text.
                    let level = word_attribute(xml, &tag, "val")?.and_then(|value| value.parse::<u8>().ok());
                    properties.outline = level.filter(|level| *level < 9).map(|_| Role::Heading);
                    xml.skip()?;
                }
                "numPr" => {
                    properties.is_list_item = true;
                    xml.skip()?;
                }
                "rPr" => properties.is_end_deleted = has_switch(xml, "del")?,
                _ => xml.skip()?,
            },
            Token::Open(..) => xml.skip()?,
            Token::Text(_) => {}
            Token::Close => return Ok(properties),
        }
    }
}

/// Whether the properties whose start has been read hold an element of that name that is not switched off.
fn has_switch(xml: &mut Xml, name: &str) -> Result<bool, FormatError> {
    let mut found = false;
    loop {
        match xml.next()? {
            Token::Open(vocabulary, tag) => {
                if vocabulary == Vocabulary::Word && tag.local_name().as_ref() == name {
                    let value = word_attribute(xml, &tag, "val")?;
                    found = !matches!(value.as_deref(), Some("0" | "false" | "off"));
                }
                xml.skip()?;
            }
            Token::Text(_) => {}
            Token::Close => return Ok(found),
        }
    }
}

/// An attribute of the vocabulary of Word, which all producers write with the same prefix.
fn word_attribute(xml: &Xml, tag: &BytesStart, name: &str) -> Result<Option<String>, FormatError> {
    for attribute in tag.attributes().with_checks(false).flatten() {
        if attribute.key.local_name().as_ref() == name {
            return xml.attribute(tag, attribute.key.as_ref());
        }
    }
    Ok(None)
}

/// The walk through a part with text.
struct Body<'a, 'd> {
    xml: Xml<'a>,
    styles: &'d Styles,
    flow: &'d mut Flow,
    /// The fields that are open, innermost last; whether their code is being read rather than their result.
    fields: Vec<bool>,
    /// Text of paragraphs whose end was deleted.
    carried: String,
}

impl<'a, 'd> Body<'a, 'd> {
    fn new(text: &'a str, styles: &'d Styles, flow: &'d mut Flow) -> Self {
        let xml = Pull::new(text, 0, vocabulary);
        Self { xml, styles, flow, fields: Vec::new(), carried: String::new() }
    }

    fn document(mut self) -> Result<(), FormatError> {
        match self.xml.root()? {
            Some(tag) if tag.local_name().as_ref() == "document" => self.paragraphs()?,
            _ => return Err(FormatError::OtherPackage),
        }
        let carried = std::mem::take(&mut self.carried);
        self.flow.add(self.flow.mark(), None, &carried)
    }

    fn notes(mut self) -> Result<(), FormatError> {
        self.xml.root()?;
        self.paragraphs()
    }

    /// Reads what stands between paragraphs, up to the end of the element just opened.
    fn paragraphs(&mut self) -> Result<(), FormatError> {
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Compatibility, tag) if tag.local_name().as_ref() == "Fallback" => {
                    self.xml.skip()?;
                }
                Token::Open(Vocabulary::Word, tag) => match tag.local_name().as_ref() {
                    "p" => self.paragraph()?,
                    "tr" => self.row()?,
                    "sdt" => self.control(None)?,
                    "footnote" | "endnote"
                        if word_attribute(&self.xml, &tag, "type")?.as_deref().is_some_and(is_separator) =>
                    {
                        self.xml.skip()?;
                    }
                    name if is_left_out(name) => self.xml.skip()?,
                    _ => self.paragraphs()?,
                },
                Token::Open(..) => self.paragraphs()?,
                Token::Text(_) => {}
                Token::Close => return Ok(()),
            }
        }
    }

    /// A row of a table. Cells that stand beside others hold data, and no title of the article.
    fn row(&mut self) -> Result<(), FormatError> {
        let start = self.flow.mark();
        let mut cells = 0;
        let mut is_deleted = false;
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Word, tag) if tag.local_name().as_ref() == "trPr" => {
                    is_deleted = has_switch(&mut self.xml, "del")?;
                }
                Token::Open(..) if is_deleted => self.xml.skip()?,
                Token::Open(Vocabulary::Word, tag) if is_left_out(tag.local_name().as_ref()) => self.xml.skip()?,
                Token::Open(..) => {
                    cells += 1;
                    self.paragraphs()?;
                }
                Token::Text(_) => {}
                Token::Close => break,
            }
        }
        if cells > 1 {
            self.flow.set_kind(start, ParagraphKind::Paragraph);
        }
        Ok(())
    }

    /// A content control; what it shows until somebody fills it in is no text. Inside a paragraph its text goes to
    /// `text`.
    fn control(&mut self, mut text: Option<&mut String>) -> Result<(), FormatError> {
        let mut is_empty = false;
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Word, tag) => match (tag.local_name().as_ref(), &mut text) {
                    ("sdtPr", _) => is_empty = has_switch(&mut self.xml, "showingPlcHdr")?,
                    ("sdtContent", Some(text)) if !is_empty => self.inline(text)?,
                    ("sdtContent", None) if !is_empty => self.paragraphs()?,
                    _ => self.xml.skip()?,
                },
                Token::Open(..) => self.xml.skip()?,
                Token::Text(_) => {}
                Token::Close => return Ok(()),
            }
        }
    }

    fn paragraph(&mut self) -> Result<(), FormatError> {
        let start = self.flow.mark();
        let mut text = std::mem::take(&mut self.carried);
        let mut properties = Properties::default();
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Word, tag) if tag.local_name().as_ref() == "pPr" => {
                    properties = read_properties(&mut self.xml)?;
                }
                Token::Open(vocabulary, tag) => self.inside(vocabulary, &tag, &mut text)?,
                Token::Text(_) => {}
                Token::Close => break,
            }
        }
        // A field that lacks its end must not swallow the rest of the document.
        self.fields.fill(false);
        if properties.is_end_deleted {
            self.carried = text;
            return Ok(());
        }
        self.finish(start, &properties, &text)
    }

    fn finish(&mut self, start: Mark, properties: &Properties, text: &str) -> Result<(), FormatError> {
        let styled = properties.style.as_deref().and_then(|id| self.styles.role(id));
        let role = if properties.is_list_item { styled.filter(|role| *role != Role::Title) } else { styled };
        let kind = role.or(properties.outline).and_then(|role| role.kind(text));
        let item = properties.is_list_item.then_some(ParagraphKind::Paragraph);
        self.flow.add(start, kind.or(item), text)
    }

    /// Reads what stands in a line, up to the end of the element just opened.
    fn inline(&mut self, text: &mut String) -> Result<(), FormatError> {
        loop {
            match self.xml.next()? {
                Token::Open(vocabulary, tag) => self.inside(vocabulary, &tag, text)?,
                Token::Text(_) => {}
                Token::Close => return Ok(()),
            }
        }
    }

    /// An element of a paragraph, just opened.
    fn inside(&mut self, vocabulary: Vocabulary, tag: &BytesStart, text: &mut String) -> Result<(), FormatError> {
        let local_name = tag.local_name();
        match (vocabulary, local_name.as_ref()) {
            (Vocabulary::Word | Vocabulary::Math, "t") => self.characters(text),
            (Vocabulary::Word, "r") => self.run(text),
            (Vocabulary::Word, "tab" | "ptab") => self.character(text, ' '),
            (Vocabulary::Word, "br" | "cr") => self.character(text, '\n'),
            (Vocabulary::Word, "noBreakHyphen") => self.character(text, '\u{2011}'),
            (Vocabulary::Word, "sdt") => self.control(Some(text)),
            (Vocabulary::Word, "txbxContent") => self.paragraphs(),
            (Vocabulary::Word, "fldChar") => self.field(tag),
            (Vocabulary::Word, name) if is_left_out(name) => self.xml.skip(),
            (Vocabulary::Compatibility, "Fallback") => self.xml.skip(),
            _ => self.inline(text),
        }
    }

    /// A run; its text is left out where it is hidden.
    fn run(&mut self, text: &mut String) -> Result<(), FormatError> {
        let length = text.len();
        let mut is_hidden = false;
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Word, tag) if tag.local_name().as_ref() == "rPr" => {
                    is_hidden = has_switch(&mut self.xml, "vanish")?;
                }
                Token::Open(vocabulary, tag) => self.inside(vocabulary, &tag, text)?,
                Token::Text(_) => {}
                Token::Close => break,
            }
        }
        if is_hidden {
            text.truncate(length);
        }
        Ok(())
    }

    /// The begin, middle or end of a field.
    fn field(&mut self, tag: &BytesStart) -> Result<(), FormatError> {
        match word_attribute(&self.xml, tag, "fldCharType")?.as_deref() {
            Some("begin") if self.fields.len() < DEEPEST_FIELD => self.fields.push(true),
            Some("separate") => {
                if let Some(in_code) = self.fields.last_mut() {
                    *in_code = false;
                }
            }
            _ => {
                self.fields.pop();
            }
        }
        self.xml.skip()
    }

    fn character(&mut self, text: &mut String, character: char) -> Result<(), FormatError> {
        if !self.fields.contains(&true) {
            text.push(character);
        }
        self.xml.skip()
    }

    fn characters(&mut self, text: &mut String) -> Result<(), FormatError> {
        loop {
            match self.xml.next()? {
                Token::Text(piece) if !self.fields.contains(&true) => {
                    text.extend(piece.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
                }
                Token::Text(_) => {}
                Token::Open(..) => self.xml.skip()?,
                Token::Close => return Ok(()),
            }
        }
    }
}

/// Elements whose text is none of the document's: what was deleted or moved away, the codes of fields, readings
/// above characters, and properties.
fn is_left_out(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "delText" | "instrText" | "delInstrText" | "rt") || name.ends_with("Pr")
}

fn is_separator(kind: &str) -> bool {
    kind != "normal"
}
