//! PDFs as different programs make them: the text that went in comes out, word for word and paragraph for paragraph,
//! and what holds no text says so.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tarjuman::domain::{Article, ParagraphKind};
use tarjuman::formats::reader::{self, FileKind, Hints};
use tarjuman::formats::{FormatError, plain_text};

fn fixture(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pdf").join(name)).unwrap()
}

fn read(bytes: &[u8]) -> Result<Article, FormatError> {
    reader::read(bytes, Hints::default()).map(|reading| {
        assert_eq!((reading.kind, reading.encoding), (FileKind::Pdf, None));
        reading.article
    })
}

/// A PDF of these content streams, one a page, with Helvetica as `/F`; `more` goes into its trailer.
fn pdf(pages: &[&str], more: &str) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n");
    let kids: Vec<String> = (0..pages.len()).map(|index| format!("{} 0 R", index * 2 + 4)).collect();
    let kids = kids.join(" ");
    let count = pages.len();
    let _ = writeln!(out, "2 0 obj <</Type /Pages /Count {count} /Kids [{kids}] /MediaBox [0 0 600 800]>> endobj");
    out.push_str("3 0 obj <</Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding>> endobj\n");
    for (index, content) in pages.iter().enumerate() {
        let (page, stream) = (index * 2 + 4, index * 2 + 5);
        let _ = writeln!(
            out,
            "{page} 0 obj <</Type /Page /Parent 2 0 R /Contents {stream} 0 R /Resources <</Font <</F 3 0 R>>>>>> endobj"
        );
        let _ = writeln!(out, "{stream} 0 obj <</Length {}>> stream\n{content}\nendstream endobj", content.len());
    }
    let _ = writeln!(out, "trailer <</Root 1 0 R {more}>>");
    out.into_bytes()
}

fn texts(article: &Article, furniture: bool) -> Vec<&str> {
    let paragraphs = article.paragraphs.iter();
    paragraphs
        .filter(|paragraph| (paragraph.kind == ParagraphKind::Furniture) == furniture)
        .map(|paragraph| paragraph.text.as_str())
        .collect()
}

#[test]
fn the_article_that_was_printed_is_read() {
    let expected = String::from_utf8(fixture("article.txt")).unwrap();
    let check = |name: &str, expected: &str| {
        let article = read(&fixture(name)).unwrap();
        assert_eq!(plain_text::write(&article), expected, "{name}");
        let first = &article.paragraphs[0];
        assert_eq!((first.kind, first.text.as_str()), (ParagraphKind::Headline, expected.lines().next().unwrap()));
    };
    check("chromium.pdf", &expected);
    check("columns.pdf", &expected);
    check("libreoffice.pdf", &expected);
    check("cairo.pdf", &expected);
    // A percent sign to the right of its number means the other order in a line from right to left.
    check("xetex.pdf", &expected.replace("45%", "%45"));
}

#[test]
fn what_a_browser_prints_around_the_article_is_furniture() {
    let article = read(&fixture("chromium.pdf")).unwrap();
    let furniture = texts(&article, true);
    assert!(furniture.contains(&"1/1"), "{furniture:?}");
    assert!(furniture.iter().any(|line| line.starts_with("file:")), "{furniture:?}");
}

#[test]
fn what_repeats_on_every_page_is_furniture() {
    let page = |number: usize, text: &str| {
        format!(
            "BT /F 9 Tf 50 770 Td (Daily news) Tj ET BT /F 12 Tf 50 600 Td ({text}) Tj ET BT /F 9 Tf 290 30 Td ({number}) Tj ET"
        )
    };
    let pages = [page(1, "The first page ends here."), page(2, "The second page ends here.")];
    let article = read(&pdf(&[&pages[0], &pages[1]], "")).unwrap();
    assert_eq!(texts(&article, false), ["The first page ends here.", "The second page ends here."]);
    assert_eq!(texts(&article, true), ["Daily news", "1", "Daily news", "2"]);
}

#[test]
fn a_sentence_goes_on_over_the_page() {
    let first = "BT /F 12 Tf 15 TL 50 600 Td (The council of the town has decided) Tj T* (to open the library after two years) Tj ET";
    let second = "BT /F 12 Tf 15 TL 50 600 Td (of work on its roof and its windows) Tj T* (and doors.) Tj ET";
    let article = read(&pdf(&[first, second], "")).unwrap();
    let expected = "The council of the town has decided to open the library after two years of work on its roof and its windows and doors.";
    assert_eq!(texts(&article, false), [expected]);
}

#[test]
fn what_holds_no_text_says_so() {
    let check = |bytes: &[u8], expected| assert_eq!(read(bytes).unwrap_err(), expected);
    check(&pdf(&["0 0 100 100 re f"], ""), FormatError::NoTextLayer);
    check(b"%PDF-1.7\nnothing", FormatError::DamagedPdf);
    check(b"%PDF-", FormatError::DamagedPdf);
    let lock = "/Encrypt <</Filter /Standard /V 1 /R 2 /O <00> /U <00> /P -4>>";
    check(&pdf(&["BT /F 12 Tf (A) Tj ET"], lock), FormatError::Encrypted);
}

#[test]
fn no_drawing_goes_on_without_an_end() {
    // A form that draws itself twice, a page that is its own kid, a stack that only grows.
    let form = "/Resources <</XObject <</X 9 0 R>>>>";
    let text = "BT /F 12 Tf 50 600 Td (Text) Tj ET ";
    let content = format!("{text}{} /X Do", "q ".repeat(100_000));
    let mut bytes = String::from_utf8(pdf(&[&content], "")).unwrap();
    bytes = bytes.replace("<</Font <</F 3 0 R>>>>", "<</Font <</F 3 0 R>> /XObject <</X 9 0 R>>>>");
    let twice = "/X Do ".repeat(10);
    let loop_ =
        format!("9 0 obj <</Subtype /Form {form} /Length {}>> stream\n{twice}\nendstream endobj\ntrailer", twice.len());
    bytes = bytes.replace("trailer", &loop_).replace("/Kids [4 0 R ]", "/Kids [4 0 R 2 0 R]");
    assert_eq!(texts(&read(bytes.as_bytes()).unwrap(), false), ["Text"]);
}

#[test]
fn streams_that_unpack_too_far_are_left_out() {
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use std::io::Write as _;

    let mut bomb = ZlibEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b' '; 80 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    let mut bytes = pdf(&["BT /F 12 Tf 50 600 Td (Text) Tj ET"], "");
    let end = bytes.len() - bytes.windows(7).rev().position(|window| window == b"trailer").unwrap() - 7;
    let trailer = bytes.split_off(end);
    bytes = String::from_utf8(bytes).unwrap().replace("/Contents 5 0 R", "/Contents [5 0 R 9 0 R]").into_bytes();
    bytes.extend(format!("9 0 obj <</Filter /FlateDecode /Length {}>> stream\n", bomb.len()).bytes());
    bytes.extend(bomb);
    bytes.extend(b"\nendstream endobj\n");
    bytes.extend(trailer);
    assert_eq!(texts(&read(&bytes).unwrap(), false), ["Text"]);
}
