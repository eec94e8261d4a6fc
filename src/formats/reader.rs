//! The bytes of a file or page to an article, whatever format they are in.
//!
//! The content tells the format, never the name.

use super::decode::{TextEncoding, decode};
use super::{FormatError, Warning, html, office, pdf, plain_text};
use crate::domain::Article;

/// What kind of file an article came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// Text without markup.
    PlainText,
    /// A page of the web, or a part of one.
    Html,
    /// A document of Word and its like.
    Docx,
    /// A text in the Open Document Format.
    Odt,
    /// A PDF with a text layer.
    Pdf,
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
    let decoded = decode(bytes, hints)?;
    let (kind, article) = if html::is_html(&decoded.text) {
        (FileKind::Html, html::read(&decoded.text))
    } else {
        (FileKind::PlainText, plain_text::read(&decoded.text))
    };
    Ok(Reading { article, kind, encoding: Some(decoded.encoding), warnings: decoded.warnings })
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
