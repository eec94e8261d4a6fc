//! ODT: text in the Open Document Format (ISO/IEC 26300) in a ZIP container.
//!
//! Read are the paragraphs and headings of the body with its tables, frames and notes, each note after the paragraph
//! that refers to it. What tracked changes deleted stands apart in the file and is not read; comments are not read.

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
    Office,
    Text,
    Table,
    Style,
    /// Titles and descriptions of pictures.
    Graphics,
    Other,
}

fn vocabulary(namespace: Option<&str>) -> Vocabulary {
    match namespace {
        Some("urn:oasis:names:tc:opendocument:xmlns:office:1.0") => Vocabulary::Office,
        Some("urn:oasis:names:tc:opendocument:xmlns:text:1.0") => Vocabulary::Text,
        Some("urn:oasis:names:tc:opendocument:xmlns:table:1.0") => Vocabulary::Table,
        Some("urn:oasis:names:tc:opendocument:xmlns:style:1.0") => Vocabulary::Style,
        Some("urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0") => Vocabulary::Graphics,
        _ => Vocabulary::Other,
    }
}

/// Whether a media type is that of a text document, a template or a master document.
pub(super) fn is_text(media_type: &str) -> bool {
    media_type.trim().starts_with("application/vnd.oasis.opendocument.text")
}

/// Reads the paragraphs of a document.
pub(super) fn read(package: &mut Package) -> Result<Vec<Block>, FormatError> {
    const MANIFEST: &str = "META-INF/manifest.xml";
    // The parts of an encrypted document are plain data to the container; its manifest tells.
    if package.part(MANIFEST)?.is_some_and(|manifest| manifest.contains("encryption-data")) {
        return Err(FormatError::Encrypted);
    }
    let mut styles = Styles::default();
    if let Some(text) = package.part("styles.xml")? {
        Body::new(&text, &mut styles).document().map_err(|error| error.in_part("styles.xml"))?;
    }
    let text = package.part("content.xml")?.ok_or(FormatError::OtherPackage)?;
    Body::new(&text, &mut styles).document().map_err(|error| error.in_part("content.xml"))
}

/// The walk through a part.
struct Body<'a, 'd> {
    xml: Pull<'a, Vocabulary>,
    styles: &'d mut Styles,
    flow: Flow,
}

impl<'a, 'd> Body<'a, 'd> {
    fn new(text: &'a str, styles: &'d mut Styles) -> Self {
        Self { xml: Pull::new(text, 0, vocabulary), styles, flow: Flow::default() }
    }

    /// Reads the styles that the part defines and the paragraphs of its body.
    fn document(mut self) -> Result<Vec<Block>, FormatError> {
        self.xml.root()?;
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Office, tag) => match tag.local_name().as_ref() {
                    "styles" | "automatic-styles" => self.styles()?,
                    "body" => self.paragraphs()?,
                    _ => self.xml.skip()?,
                },
                Token::Open(..) => self.xml.skip()?,
                Token::Text(_) => {}
                Token::Close => return Ok(self.flow.into_blocks()),
            }
        }
    }

    fn styles(&mut self) -> Result<(), FormatError> {
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Style, tag) if tag.local_name().as_ref() == "style" => {
                    let name = self.xml.attribute(&tag, "style:name")?.unwrap_or_default();
                    let parent = self.xml.attribute(&tag, "style:parent-style-name")?;
                    // Other families have styles of the same names.
                    if self.xml.attribute(&tag, "style:family")?.as_deref() == Some("paragraph") {
                        self.styles.add(name.clone(), Style { role: Role::of_style(&name), parent });
                    }
                    self.xml.skip()?;
                }
                Token::Open(..) => self.xml.skip()?,
                Token::Text(_) => {}
                Token::Close => return Ok(()),
            }
        }
    }

    /// Reads what stands between paragraphs, up to the end of the element just opened.
    fn paragraphs(&mut self) -> Result<(), FormatError> {
        loop {
            match self.xml.next()? {
                Token::Open(vocabulary, tag) => match (vocabulary, tag.local_name().as_ref()) {
                    (Vocabulary::Text, "p" | "h") => self.paragraph(&tag)?,
                    (Vocabulary::Text, "list") => self.list()?,
                    (Vocabulary::Text, "index-body") => self.index()?,
                    (Vocabulary::Table, "table-row") => self.row()?,
                    (vocabulary, name) if is_left_out(vocabulary, name) => self.xml.skip()?,
                    _ => self.paragraphs()?,
                },
                Token::Text(_) => {}
                Token::Close => return Ok(()),
            }
        }
    }

    fn list(&mut self) -> Result<(), FormatError> {
        let start = self.flow.mark();
        self.paragraphs()?;
        self.flow.set_kind(start, ParagraphKind::Paragraph);
        Ok(())
    }

    /// The contents of the document, or another index that its program made.
    fn index(&mut self) -> Result<(), FormatError> {
        let start = self.flow.mark();
        self.paragraphs()?;
        self.flow.set_kind(start, ParagraphKind::Furniture);
        Ok(())
    }

    /// A row of a table. Cells that stand beside others hold data, and no title of the article.
    fn row(&mut self) -> Result<(), FormatError> {
        let start = self.flow.mark();
        let mut cells = 0;
        loop {
            match self.xml.next()? {
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

    fn paragraph(&mut self, tag: &BytesStart) -> Result<(), FormatError> {
        let start = self.flow.mark();
        let style = self.xml.attribute(tag, "text:style-name")?.unwrap_or_default();
        let outline = (tag.local_name().as_ref() == "h").then_some(Role::Heading);
        let mut text = String::new();
        self.inline(&mut text)?;
        self.finish(start, &style, outline, &text)
    }

    fn finish(&mut self, start: Mark, style: &str, outline: Option<Role>, text: &str) -> Result<(), FormatError> {
        let role = self.styles.role(style).or(outline);
        self.flow.add(start, role.and_then(|role| role.kind(text)), text)
    }

    /// Reads what stands in a line, up to the end of the element just opened. Runs of whitespace mean one space, and
    /// what is meant otherwise is an element.
    fn inline(&mut self, text: &mut String) -> Result<(), FormatError> {
        loop {
            match self.xml.next()? {
                Token::Text(piece) => {
                    for character in piece.chars() {
                        let is_space = matches!(character, ' ' | '\t' | '\r' | '\n');
                        if !is_space {
                            text.push(character);
                        } else if !text.ends_with([' ', '\n']) {
                            text.push(' ');
                        }
                    }
                }
                Token::Open(vocabulary, tag) => match (vocabulary, tag.local_name().as_ref()) {
                    (Vocabulary::Text, "s" | "tab") => self.character(text, ' ')?,
                    (Vocabulary::Text, "line-break") => self.character(text, '\n')?,
                    (Vocabulary::Text, "note") => self.note()?,
                    (vocabulary, name) if is_left_out(vocabulary, name) => self.xml.skip()?,
                    (Vocabulary::Text, "p" | "h") => self.paragraph(&tag)?,
                    (Vocabulary::Text, "list") => self.list()?,
                    (Vocabulary::Table, "table") => self.paragraphs()?,
                    _ => self.inline(text)?,
                },
                Token::Close => return Ok(()),
            }
        }
    }

    /// A footnote or endnote, without the number that refers to it.
    fn note(&mut self) -> Result<(), FormatError> {
        let start = self.flow.mark();
        loop {
            match self.xml.next()? {
                Token::Open(Vocabulary::Text, tag) if tag.local_name().as_ref() == "note-body" => self.paragraphs()?,
                Token::Open(..) => self.xml.skip()?,
                Token::Text(_) => {}
                Token::Close => break,
            }
        }
        self.flow.set_kind(start, ParagraphKind::Paragraph);
        Ok(())
    }

    fn character(&mut self, text: &mut String, character: char) -> Result<(), FormatError> {
        text.push(character);
        self.xml.skip()
    }
}

/// Elements whose text is none of the document's: deletions, comments, descriptions of pictures, readings above
/// characters.
fn is_left_out(vocabulary: Vocabulary, name: &str) -> bool {
    match vocabulary {
        Vocabulary::Text => matches!(name, "tracked-changes" | "ruby-text" | "note-citation"),
        Vocabulary::Office => matches!(name, "annotation" | "forms" | "binary-data"),
        Vocabulary::Graphics => matches!(name, "title" | "desc"),
        Vocabulary::Table | Vocabulary::Style | Vocabulary::Other => false,
    }
}
