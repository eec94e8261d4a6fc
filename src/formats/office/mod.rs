//! Documents of word processors, DOCX and ODT, to an article.
//!
//! Both are XML files in a ZIP container (`package`). `docx` and `odt` each walk their own XML once and put the
//! paragraphs they find into a `Flow`; styles that name a role (title, heading, caption, contents) decide what a
//! paragraph is, and `classify` decides the rest. Nothing is ever written, and nothing that a document refers to
//! outside itself is followed.

mod docx;
mod flow;
mod odt;
mod package;
mod role;

use flow::Flow;
use package::Package;
use role::{Role, Styles};

use super::FormatError;
use super::reader::FileKind;
use crate::domain::{Article, Block, FurniturePhrases, ParagraphKind, classify};

/// Reads a document in a ZIP container and says which of the two formats it is in.
///
/// Fails where the container or the XML is damaged, where it holds another kind of document, where it is encrypted,
/// and where it unpacks to more than any article.
pub fn read(bytes: &[u8]) -> Result<(Article, FileKind), FormatError> {
    let mut package = Package::open(bytes)?;
    let (blocks, kind) = match package.part("mimetype")? {
        Some(kind) if odt::is_text(&kind) => (odt::read(&mut package)?, FileKind::Odt),
        Some(_) => return Err(FormatError::OtherPackage),
        None => (docx::read(&mut package)?, FileKind::Docx),
    };
    Ok((article(blocks), kind))
}

/// Makes an article of the blocks of a document whose styles are known. There is one headline: the title of the
/// document, or its first heading where no style says title and no text stands before it.
pub(super) fn article(mut blocks: Vec<Block>) -> Article {
    let is = |kind| move |block: &Block| block.kind == Some(kind);
    if !blocks.iter().any(is(ParagraphKind::Headline)) {
        let head = blocks.iter().take_while(|block| !is_text(block)).position(is(ParagraphKind::Heading));
        if let Some(first) = head {
            blocks[first].kind = Some(ParagraphKind::Headline);
        }
    }
    let title = blocks.iter().position(is(ParagraphKind::Headline));
    let mut article = classify(blocks, FurniturePhrases::arabic_news());
    for (index, paragraph) in article.paragraphs.iter_mut().enumerate() {
        if paragraph.kind == ParagraphKind::Headline && title.is_some_and(|title| title != index) {
            paragraph.kind = ParagraphKind::Heading;
        }
    }
    article
}

fn is_text(block: &Block) -> bool {
    const LONGEST_HEAD: usize = 200;
    block.kind.is_none_or(|kind| kind == ParagraphKind::Paragraph) && block.text.chars().nth(LONGEST_HEAD).is_some()
}

/// Says why a file in the old container of Office is not read: it is a document of old Word or Excel, or a new one
/// with a password.
pub fn refuse_old(bytes: &[u8]) -> FormatError {
    // The name of the stream with the encrypted document, in UTF-16.
    const ENCRYPTED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    let is_encrypted = bytes.windows(ENCRYPTED.len()).any(|window| window == ENCRYPTED);
    if is_encrypted { FormatError::Encrypted } else { FormatError::OldOffice }
}
