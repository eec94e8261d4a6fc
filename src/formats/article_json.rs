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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headline_is_the_title_and_no_paragraph() {
        let paragraph = |kind, text: &str| Paragraph { kind, text: text.to_owned() };
        let article = Article {
            paragraphs: vec![
                paragraph(ParagraphKind::Headline, "عنوان"),
                paragraph(ParagraphKind::Byline, "دمشق – سانا"),
                paragraph(ParagraphKind::Paragraph, "قال \"نعم\"."),
            ],
        };
        let expected = r#"{"title":"عنوان","byline":"دمشق – سانا","dateline":null,"date":null,"encoding":"utf-8","is_article":true,"paragraphs":[{"kind":"byline","text":"دمشق – سانا"},{"kind":"paragraph","text":"قال \"نعم\"."}]}"#;
        assert_eq!(write(&article, "utf-8"), format!("{expected}\n"));
    }

    #[test]
    fn a_page_without_running_text_is_no_article() {
        assert!(write(&Article::default(), "utf-8").contains(r#""title":null"#));
        assert!(write(&Article::default(), "utf-8").contains(r#""is_article":false"#));
    }
}
