//! Pages as the programs of newsrooms make them, each with what must be read from it.
//!
//! The pages stand in `tests/pages`, invented like their news. A comment at the start of each says what it holds: every
//! paragraph but the furniture by its kind and its first words, or the addresses that a page of links must offer.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tarjuman::domain::{Article, ParagraphKind};
use tarjuman::formats::reader::{self, FileKind, Hints};

#[test]
fn pages_of_every_make_are_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut failures = String::new();
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let (_, rest) = text.split_once("<!--").unwrap();
        let (expected, page) = rest.split_once("-->").unwrap();
        let reading = reader::read(page.as_bytes(), Hints::default()).unwrap();
        assert_eq!(reading.kind, FileKind::Html, "{}", file.display());
        let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let found = describe(&reading.article);
        let fits = |(found, expected): (&String, &&str)| found.starts_with(*expected);
        if found.len() != expected.len() || !found.iter().zip(&expected).all(fits) {
            let _ = writeln!(failures, "{}\n  expected {expected:#?}\n  found {found:#?}", file.display());
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

fn describe(article: &Article) -> Vec<String> {
    if !article.links.is_empty() {
        let links = article.links.iter().map(|link| format!("link: {}", link.address));
        return std::iter::once("hub".to_owned()).chain(links).collect();
    }
    let (titles, others): (Vec<_>, Vec<_>) = article
        .paragraphs
        .iter()
        .filter(|paragraph| paragraph.kind != ParagraphKind::Furniture)
        .partition(|paragraph| paragraph.kind == ParagraphKind::Headline);
    let title = titles.first().map_or("headless".to_owned(), |title| format!("title: {}", title.text));
    let date = article.date.map(|date| format!("date: {date}"));
    let others = others.into_iter().map(|paragraph| format!("{}: {}", name(paragraph.kind), paragraph.text));
    std::iter::once(title).chain(date).chain(others).collect()
}

fn name(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::Headline => "title",
        ParagraphKind::Byline => "byline",
        ParagraphKind::Dateline => "dateline",
        ParagraphKind::Heading => "heading",
        ParagraphKind::Paragraph => "paragraph",
        ParagraphKind::Caption => "caption",
        ParagraphKind::Furniture => "furniture",
    }
}
