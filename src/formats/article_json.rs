//! An article as JSON, for programs that measure or go on with what was extracted.

use serde::Serialize;

use super::names::kind_name;
use crate::domain::{Article, Paragraph, ParagraphKind};

/// The document: the first headline, byline and dateline on their own, then every paragraph in reading order
/// but the headline.
#[derive(Serialize)]
struct Document<'a> {
    /// The file or address that it was read from, where several are told apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    dateline: Option<&'a str>,
    /// ISO 8601.
    date: Option<String>,
    /// None where the format leaves no choice.
    encoding: Option<&'a str>,
    /// Whether it is one article and not a page of links to several.
    is_article: bool,
    paragraphs: Vec<Block<'a>>,
}

#[derive(Serialize)]
struct Block<'a> {
    /// `heading`, `paragraph`, `caption`, `byline`, `dateline` or `furniture`.
    kind: &'static str,
    text: &'a str,
}

/// One line of JSON with a line feed at its end. `encoding` is the name of the encoding that the article was read in, if
/// its format leaves a choice.
pub fn write(article: &Article, encoding: Option<&str>) -> String {
    write_one(None, article, encoding)
}

/// The same as one line of many: `file` says what it was read from.
pub fn write_line(file: &str, article: &Article, encoding: Option<&str>) -> String {
    write_one(Some(file), article, encoding)
}

#[expect(clippy::expect_used, reason = "strings and truth values always have a JSON form")]
fn write_one(file: Option<&str>, article: &Article, encoding: Option<&str>) -> String {
    let headline = article.paragraphs.iter().position(|paragraph| paragraph.kind == ParagraphKind::Headline);
    let document = Document {
        file,
        title: article.first(ParagraphKind::Headline),
        byline: article.first(ParagraphKind::Byline),
        dateline: article.first(ParagraphKind::Dateline),
        date: article.date.map(|date| date.to_string()),
        encoding,
        is_article: article.is_one(),
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
            ..Article::default()
        };
        let expected = r#"{"title":"عنوان","byline":"دمشق – سانا","dateline":null,"date":null,"encoding":"utf-8","is_article":true,"paragraphs":[{"kind":"byline","text":"دمشق – سانا"},{"kind":"paragraph","text":"قال \"نعم\"."}]}"#;
        assert_eq!(write(&article, Some("utf-8")), format!("{expected}\n"));
        let line = expected.replacen('{', r#"{"file":"a/b.txt","#, 1);
        assert_eq!(write_line("a/b.txt", &article, Some("utf-8")), format!("{line}\n"));
    }

    #[test]
    fn a_page_without_running_text_is_no_article() {
        assert!(write(&Article::default(), Some("utf-8")).contains(r#""title":null"#));
        assert!(write(&Article::default(), Some("utf-8")).contains(r#""is_article":false"#));
    }
}
