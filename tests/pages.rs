//! Pages as the programs of newsrooms make them, each with what must be read from it.
//!
//! The pages stand in `tests/pages`, invented like their news. A comment at the start of each says what it holds: every
//! paragraph but the furniture by its kind and its first words, or the addresses that a page of links must offer.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

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

#[test]
fn a_saved_page_is_read_like_the_page() {
    let page = "<h1>افتتاح الجسر الجديد فوق النهر</h1><p>افتتح أمس الجسر الجديد فوق النهر بعد ثلاثة أعوام من العمل المتواصل.</p>";
    let encoded: String = page.bytes().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "={byte:02X}");
        text
    });
    let header = "MIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n";
    let part = "--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n";
    let saved = format!("{header}{part}{encoded}\r\n--b--\r\n");
    let reading = reader::read(saved.as_bytes(), Hints::default()).unwrap();
    assert_eq!(reading.kind, FileKind::Mhtml);
    let alone = reader::read(page.as_bytes(), Hints::default()).unwrap();
    assert_eq!(describe(&reading.article), describe(&alone.article));
}

/// What grows faster than the page that asks for it would end no page of this size in time.
#[test]
fn hostile_pages_are_read_in_a_moment() {
    let text = "<p>قال الوزير في افتتاح السوق إن العمل انتهى في موعده المحدد.</p>";
    let unclosed = |count: usize| (0..count).map(|number| format!("<b id={number}><p>ن")).collect::<Vec<_>>().concat();
    let pages = [
        "<div>".repeat(200_000) + text,
        "<table><tr><td>".repeat(50_000) + text,
        "<ul><li>".repeat(100_000) + text,
        "<a href=x><b><i>".repeat(50_000) + text,
        unclosed(50_000) + text,
        format!("<p title=\"{}\">", "ا".repeat(2_000_000)) + text,
        format!("<div class=\"{}\">", "a-b ".repeat(500_000)) + text,
        "<!--".repeat(200_000) + "-->" + text,
        "<p>نص <br>".repeat(100_000) + text,
        "<li><a href=x>عنوان</a> كلمة أو كلمتان ".repeat(50_000) + text,
        "<svg><style><".repeat(50_000) + text,
        format!("<script type=application/ld+json>{}</script>", "[".repeat(500_000)) + text,
    ];
    for page in pages {
        let start = Instant::now();
        let reading = reader::read(page.as_bytes(), Hints::default());
        let took = start.elapsed();
        // Debug builds are some ten times slower than what is promised.
        assert!(took < Duration::from_secs(20), "{took:?}: {}", &page[..page.floor_char_boundary(60)]);
        println!("{took:?} {}", &page[..page.floor_char_boundary(40)]);
        drop(reading);
    }
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
