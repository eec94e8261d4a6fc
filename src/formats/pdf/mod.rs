//! PDF (ISO 32000) with a text layer to an article.
//!
//! A PDF holds no text, only glyphs at places. They go through one step a file: `tame` takes out of the file what
//! would unpack too far, `content` walks the pages and says where which characters stand (`font`, `encoding`),
//! `line` puts those of a line into the order in which they are read, and `layout` finds columns, paragraphs,
//! titles and what repeats on every page. The syntax of PDF itself is `hayro-syntax`'s, which is fuzzed and forbids
//! recursion without end; fonts are read here because its sister for fonts lets a width table of three numbers fill
//! the memory.

mod content;
mod encoding;
mod font;
mod layout;
mod line;
mod tame;

use hayro_syntax::{LoadPdfError, Pdf};
use memchr::memmem;

use super::{FormatError, office};
use crate::domain::Article;

/// Pages beyond these are no article's.
const MOST_PAGES: usize = 1_000;

/// Whether the file is a PDF. The header may have something in front, as readers allow.
pub fn is_pdf(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(1024)];
    memmem::find(start, b"%PDF-").is_some_and(|at| at == 0 || !start[..at].is_ascii() || at < 16)
}

/// Reads the text of all pages.
///
/// Fails where the file is damaged beyond repair, encrypted or too large, where its pages are pictures
/// ([`FormatError::NoTextLayer`]), and where its fonts do not tell their characters ([`FormatError::NoCharacters`]).
pub fn read(bytes: &[u8]) -> Result<Article, FormatError> {
    let pdf = Pdf::new(tame::tame(bytes)?).map_err(|error| match error {
        LoadPdfError::Decryption(_) => FormatError::Encrypted,
        LoadPdfError::Invalid if memmem::find(bytes, b"/Encrypt").is_some() => FormatError::Encrypted,
        LoadPdfError::Invalid => FormatError::DamagedPdf,
    })?;
    let mut reader = content::Reader::default();
    let pages: Vec<content::Page> = pdf.pages().iter().take(MOST_PAGES).map(|page| reader.page(page)).collect();
    let known = pages.iter().map(|page| page.glyphs.len()).sum::<usize>();
    if known == 0 && reader.unknown == 0 {
        return Err(FormatError::NoTextLayer);
    }
    if reader.unknown > known {
        return Err(FormatError::NoCharacters);
    }
    Ok(office::article(layout::blocks(pages)))
}
