//! The bytes of a file or page to an article, whatever format they are in.
//!
//! The content tells the format, never the name.

use uuid::Uuid;

use super::bilingual::Bilingual;
use super::decode::{Decoded, TextEncoding, decode};
use super::xml::Pull;
use super::{
    FormatError, Warning, WarningKind, html, markdown, mhtml, office, pdf, plain_text, subtitles, tmx, tsv, xliff,
};
use crate::domain::{Article, Paragraph, ProjectId};

/// What kind of file an article came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Text without markup.
    PlainText,
    /// A page of the web, or a part of one.
    Html,
    /// A page that a browser saved with its pictures in one file.
    Mhtml,
    /// A document of Word and its like.
    Docx,
    /// A text in the Open Document Format.
    Odt,
    /// A PDF with a text layer.
    Pdf,
    /// Text with marks for its headings and links.
    Markdown,
    /// `SubRip` or `WebVTT`.
    Subtitles,
    /// A table with tabs.
    Table,
    /// A translation memory.
    Tmx,
    /// A bilingual file.
    Xliff,
}

/// What is known of a file besides its bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// The encoding that a person chose, by its name in the IANA registry.
    pub chosen_encoding: Option<&'a str>,
    /// The encoding that a web server told, by its name there.
    pub declared_encoding: Option<&'a str>,
}

/// An article and how it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The article; without paragraphs where the file has no text.
    pub article: Article,
    /// What kind of file it was.
    pub kind: FileKind,
    /// How its text was encoded; none where the format leaves no choice.
    pub encoding: Option<TextEncoding>,
    /// What the file holds and the article does not.
    pub warnings: Vec<Warning>,
}

/// Reads an article.
pub fn read(bytes: &[u8], hints: Hints) -> Result<Reading, FormatError> {
    if let Some(document) = read_document(bytes) {
        let (article, kind) = document?;
        return Ok(Reading { article, kind, encoding: None, warnings: Vec::new() });
    }
    if let Some(page) = mhtml::is_mhtml(bytes).then(|| mhtml::read(bytes)).flatten() {
        let hints = Hints { declared_encoding: page.charset.as_deref(), ..hints };
        let decoded = decode(&page.bytes, hints)?;
        let (article, encoding) = (html::read(&decoded.text), Some(decoded.encoding));
        return Ok(Reading { article, kind: FileKind::Mhtml, encoding, warnings: decoded.warnings });
    }
    let mut decoded = decode(bytes, hints)?;
    let (kind, article, warnings) = read_text(bytes, &decoded)?;
    decoded.warnings.extend(warnings);
    Ok(Reading { article, kind, encoding: Some(decoded.encoding), warnings: decoded.warnings })
}

/// Reads a text by what it looks like, from the format that is easiest told to the one that anything is.
fn read_text(bytes: &[u8], decoded: &Decoded) -> Result<(FileKind, Article, Vec<Warning>), FormatError> {
    let text = &*decoded.text;
    let (kind, (article, warnings)) = match root_element(text).as_deref() {
        Some("tmx") => (FileKind::Tmx, tmx::read(decoded)?.into_article()),
        Some("xliff") => (FileKind::Xliff, read_xliff(bytes, decoded)?),
        _ if html::is_html(text) => (FileKind::Html, (html::read(text), Vec::new())),
        Some(name) if text.trim_start().starts_with("<?xml") => {
            return Err(FormatError::OtherXml { position: decoded.text_start, name: name.to_owned() });
        }
        _ if subtitles::is_subtitles(text) => (FileKind::Subtitles, (subtitles::read(text), Vec::new())),
        _ if tsv::is_table(text) => (FileKind::Table, tsv::read(text)),
        _ if markdown::is_markdown(text) => (FileKind::Markdown, (markdown::read(text), Vec::new())),
        _ => (FileKind::PlainText, (plain_text::read(text), Vec::new())),
    };
    Ok((kind, article, warnings))
}

/// The Arabic of XLIFF of either generation.
fn read_xliff(bytes: &[u8], decoded: &Decoded) -> Result<(Article, Vec<Warning>), FormatError> {
    match xliff::read(bytes, ProjectId::new(Uuid::nil())) {
        Err(FormatError::XliffVersion { .. }) => xliff::read_1(decoded).map(Bilingual::into_article),
        Err(error) => Err(error),
        Ok((project, mut warnings)) => {
            let translated = project.units().iter().filter(|unit| !unit.target.trim().is_empty()).count();
            if translated > 0 {
                warnings.push(Warning { kind: WarningKind::Translations, position: 0, count: translated });
            }
            let paragraphs = project.units().iter().filter(|unit| !unit.source.trim().is_empty());
            let paragraphs =
                paragraphs.map(|unit| Paragraph { kind: unit.kind, text: unit.source.to_string() }).collect();
            Ok((Article { paragraphs, ..Article::default() }, warnings))
        }
    }
}

/// The name of the first element of a text that begins as XML does.
fn root_element(text: &str) -> Option<String> {
    let begins = text.trim_start().strip_prefix('<')?;
    if !begins.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '?' | '!')) {
        return None;
    }
    Some(Pull::new(text, 0, |_| ()).root().ok()??.local_name().as_ref().to_owned())
}

/// Reads a file that is no text but tells by its first bytes what it is; `None` where they tell nothing.
fn read_document(bytes: &[u8]) -> Option<Result<(Article, FileKind), FormatError>> {
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some(office::read(bytes)),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some(Err(office::refuse_old(bytes))),
        [b'{', b'\\', b'r', b't', b'f', ..] => Some(Err(FormatError::RichText)),
        _ if pdf::is_pdf(bytes) => Some(pdf::read(bytes).map(|article| (article, FileKind::Pdf))),
        _ => None,
    }
}
