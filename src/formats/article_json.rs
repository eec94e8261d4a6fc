//! An article as JSON, for programs that measure or go on with what was extracted.

use serde::Serialize;

use super::names::kind_name;
use crate::domain::{Article, Paragraph, ParagraphKind};

/// The document: the first headline, byline and dateline on their own, then every paragraph in reading order
/// but the headline.
#[derive(Serialize)]
struct Document<'a> {
    title: Option<&'a str>,
    byline: Option<&'a str>,
    dateline: Option<&'a str>,
    /// ISO 8601; plain text tells none reliably.
    date: Option<&'a str>,
    encoding: &'a str,
    /// Whether there is running text.
    is_article: bool,
    paragraphs: Vec<Block<'a>>,
}

#[derive(Serialize)]
struct Block<'a> {
    /// `heading`, `paragraph`, `caption`, `byline`, `dateline` or `furniture`.
    kind: &'static str,
    text: &'a str,
}

/// One line of JSON with a line feed at its end. `encoding` is the name of the encoding that the article was read in.
#[expect(clippy::expect_used, clippy::missing_panics_doc, reason = "strings and truth values always have a JSON form")]
pub fn write(article: &Article, encoding: &str) -> String {
    let headline = article.paragraphs.iter().position(|paragraph| paragraph.kind == ParagraphKind::Headline);
    let document = Document {
        title: article.first(ParagraphKind::Headline),
        byline: article.first(ParagraphKind::Byline),
        dateline: article.first(ParagraphKind::Dateline),
        date: None,
        encoding,
        is_article: article.first(ParagraphKind::Paragraph).is_some(),
        paragraphs: (0..)
            .zip(&article.paragraphs)
            .filter(|(index, _)| Some(*index) != headline)
            .map(|(_, paragraph)| block(paragraph))
            .collect(),
    };
    let mut json = serde_json::to_string(&document).expect("plain data");
    json.push('\n');
    json
}

fn block(paragraph: &Paragraph) -> Block<'_> {
    let kind = match paragraph.kind {
        ParagraphKind::Headline => ParagraphKind::Heading,
        kind => kind,
    };
    Block { kind: kind_name(kind), text: &paragraph.text }
}
