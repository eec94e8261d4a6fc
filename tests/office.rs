//! Documents of word processors: everything that belongs to the text is read once and in order, nothing else is, and
//! a container that is broken, huge or something else is refused in words.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

use std::io::{Cursor, Write as _};

use tarjuman::domain::ParagraphKind::{self, Byline, Caption, Furniture, Heading, Headline, Paragraph};
use tarjuman::formats::FormatError;
use tarjuman::formats::reader::{self, FileKind, Hints, Reading};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TEXT: &str = "قال رئيس المجلس المحلي في المدينة إن أعمال الترميم ستبدأ مطلع الأسبوع المقبل وتستمر ستة أشهر.";

fn container(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let relationships = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
        <Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/word/document.xml"/>
        </Relationships>"#;
    let document = word("document", &format!("<w:body>{body}</w:body>"));
    let styles = word(
        "styles",
        r#"<w:style w:styleId="a1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="a2"><w:name w:val="Title"/></w:style>
        <w:style w:styleId="a3"><w:name w:val="عنوان المقال"/><w:basedOn w:val="a2"/></w:style>
        <w:style w:styleId="a4"><w:name w:val="caption"/></w:style>
        <w:style w:styleId="a5"><w:name w:val="toc 1"/></w:style>
        <w:style w:styleId="a6"><w:name w:val="فرعي"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>"#,
    );
    let mut parts =
        vec![("_rels/.rels", relationships), ("word/document.xml", &document), ("word/styles.xml", &styles)];
    parts.extend_from_slice(more);
    container(&parts)
}

fn word(root: &str, content: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><w:{root} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:v">{content}</w:{root}>"#
    )
}

fn odt(content: &str, styles: &str) -> Vec<u8> {
    let names = r#"xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
        xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
        xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
        xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0""#;
    let content = format!(
        "<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>
        <office:body><office:text>{content}</office:text></office:body></office:document-content>"
    );
    container(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

fn read(bytes: &[u8]) -> Reading {
    reader::read(bytes, Hints::default()).unwrap()
}

#[track_caller]
fn check(bytes: &[u8], expected: &[(ParagraphKind, &str)]) {
    let article = read(bytes).article;
    let found: Vec<(ParagraphKind, &str)> =
        article.paragraphs.iter().map(|paragraph| (paragraph.kind, paragraph.text.as_str())).collect();
    assert_eq!(found, expected);
}

/// What a body holds, joined by `|`, whatever its paragraphs are.
#[track_caller]
fn check_texts(bytes: &[u8], expected: &str) {
    let texts: Vec<String> = read(bytes).article.paragraphs.into_iter().map(|paragraph| paragraph.text).collect();
    assert_eq!(texts.join("|"), expected);
}

fn p(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

#[test]
fn styles_of_word_tell_what_a_paragraph_is() {
    let body = [
        p("a5", "المحتويات 3"),
        p("a3", "ترميم السوق القديم يبدأ الأسبوع المقبل"),
        p("", "دمشق – المراسل"),
        p("", TEXT),
        p("a6", "شكاوى التجار"),
        p("", TEXT),
        p("a4", "السوق كما بدا أمس"),
        p("a1", "مواعيد"),
        p("", TEXT),
    ];
    let expected = [
        (Furniture, "المحتويات 3"),
        (Headline, "ترميم السوق القديم يبدأ الأسبوع المقبل"),
        (Byline, "دمشق – المراسل"),
        (Paragraph, TEXT),
        (Heading, "شكاوى التجار"),
        (Paragraph, TEXT),
        (Caption, "السوق كما بدا أمس"),
        (Heading, "مواعيد"),
        (Paragraph, TEXT),
    ];
    let bytes = docx(&body.concat(), &[]);
    check(&bytes, &expected);
    assert_eq!((read(&bytes).kind, read(&bytes).encoding), (FileKind::Docx, None));
    // Without a title the first heading is it.
    check(
        &docx(&[p("a1", "عنوان المقال هنا"), p("", TEXT)].concat(), &[]),
        &[(Headline, "عنوان المقال هنا"), (Paragraph, TEXT)],
    );
}

#[test]
fn of_word_only_the_text_is_read_and_all_of_it() {
    let check = |body: &str, expected: &str| check_texts(&docx(body, &[]), expected);
    check("<w:p><w:r><w:t>قبل </w:t><w:tab/><w:t>بعد</w:t><w:br/><w:t>سطر</w:t></w:r></w:p>", "قبل  بعد سطر");
    check("<w:p><w:r><w:t>فقرة</w:t><w:br/><w:br/><w:t>أخرى</w:t></w:r></w:p>", "فقرة|أخرى");
    check(
        "<w:p><w:ins><w:r><w:t>أضيف</w:t></w:r></w:ins><w:del><w:r><w:delText>حذف</w:delText></w:r></w:del></w:p>",
        "أضيف",
    );
    check(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>أول </w:t></w:r></w:p><w:p><w:r><w:t>ثان</w:t></w:r></w:p>",
        "أول ثان",
    );
    check("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>خفي</w:t></w:r><w:r><w:t>ظاهر</w:t></w:r></w:p>", "ظاهر");
    check(
        "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>رمز</w:t></w:r>
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>نتيجة</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>",
        "نتيجة",
    );
    check("<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r></w:p><w:p><w:r><w:t>باق</w:t></w:r></w:p>", "باق");
    check(
        "<w:p><w:hyperlink><w:r><w:t>رابط</w:t></w:r></w:hyperlink><w:r><w:softHyphen/><w:t>ه</w:t></w:r></w:p>",
        "رابطه",
    );
    check(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><v:box><w:txbxContent><w:p><w:r><w:t>صندوق</w:t></w:r></w:p></w:txbxContent></v:box></mc:Choice>
        <mc:Fallback><w:txbxContent><w:p><w:r><w:t>صندوق</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>
        <w:r><w:t>متن</w:t></w:r></w:p>",
        "متن|صندوق",
    );
    check(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>اكتب هنا</w:t></w:r></w:p></w:sdtContent></w:sdt>
        <w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>مكتوب</w:t></w:r></w:sdtContent></w:sdt></w:p>",
        "مكتوب",
    );
    check(
        "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>أ</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>ب</w:t></w:r></w:p></w:tc></w:tr>
        <w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>ج</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "أ|ب",
    );
}

#[test]
fn notes_of_word_follow_the_text() {
    let notes = word(
        "footnotes",
        "<w:footnote w:type='separator'><w:p><w:r><w:t>خط</w:t></w:r></w:p></w:footnote>
        <w:footnote><w:p><w:r><w:footnoteRef/><w:t>حاشية</w:t></w:r></w:p></w:footnote>",
    );
    let header = word("hdr", &p("", "رأس الصفحة"));
    let more = [("word/footnotes.xml", notes.as_str()), ("word/header1.xml", &header)];
    check_texts(&docx(&p("", "متن"), &more), "متن|حاشية");
}

#[test]
fn opendocument_is_read_alike() {
    let styles = r#"<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>"#;
    let content = format!(
        r#"<text:tracked-changes><text:p>محذوف</text:p></text:tracked-changes>
        <text:table-of-content><text:index-body><text:p>المحتويات</text:p></text:index-body></text:table-of-content>
        <text:p text:style-name="P1">ترميم السوق القديم يبدأ الأسبوع المقبل</text:p>
        <text:p>{TEXT}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>حاشية</text:p></text:note-body></text:note></text:p>
        <text:h text:outline-level="1">شكاوى  <text:span>التجار</text:span></text:h>
        <text:list><text:list-item><text:p>بند<text:s/>أول<text:line-break/>تتمته</text:p></text:list-item></text:list>
        <text:p><draw:frame><svg:title>صورة</svg:title><draw:text-box><text:p text:style-name="Illustration">السوق أمس</text:p></draw:text-box></draw:frame></text:p>
        <table:table><table:table-row><table:table-cell><text:p>أ</text:p></table:table-cell><table:table-cell><text:p>ب</text:p></table:table-cell></table:table-row></table:table>
        <text:p>{TEXT}<office:annotation><text:p>تعليق</text:p></office:annotation></text:p>"#
    );
    let expected = [
        (Furniture, "المحتويات"),
        (Headline, "ترميم السوق القديم يبدأ الأسبوع المقبل"),
        (Paragraph, TEXT),
        (Paragraph, "حاشية"),
        (Heading, "شكاوى التجار"),
        (Paragraph, "بند أول تتمته"),
        (Caption, "السوق أمس"),
        (Paragraph, "أ"),
        (Paragraph, "ب"),
        (Paragraph, TEXT),
    ];
    let bytes = odt(&content, styles);
    check(&bytes, &expected);
    assert_eq!(read(&bytes).kind, FileKind::Odt);
}

#[test]
fn other_containers_are_refused_in_words() {
    let error = |bytes: &[u8]| reader::read(bytes, Hints::default()).unwrap_err();
    assert_eq!(error(&container(&[("a.txt", "نص")])), FormatError::OtherPackage);
    assert_eq!(error(&container(&[("mimetype", "application/epub+zip")])), FormatError::OtherPackage);
    assert!(matches!(error(b"PK\x03\x04\x14\0"), FormatError::DamagedPackage { .. }));
    assert_eq!(error(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), FormatError::OldOffice);
    let protected: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    assert_eq!(error(&[b"\xd0\xcf\x11\xe0", &protected[..]].concat()), FormatError::Encrypted);
    let manifest = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    let text = ("mimetype", "application/vnd.oasis.opendocument.text");
    assert_eq!(error(&container(&[text, ("META-INF/manifest.xml", manifest)])), FormatError::Encrypted);
    let broken = error(&docx("<w:p>", &[]));
    assert!(matches!(&broken, FormatError::InPart { part, .. } if part == "word/document.xml"), "{broken}");
}

#[test]
fn what_unpacks_beyond_all_articles_is_refused() {
    let bomb = " ".repeat(40 << 20);
    let bytes = docx(&bomb, &[]);
    assert!(bytes.len() < 100_000);
    assert_eq!(reader::read(&bytes, Hints::default()).unwrap_err(), FormatError::TooLarge);
    let many = docx(&"<w:p><w:t>a</w:t></w:p>".repeat(100_001), &[]);
    assert_eq!(reader::read(&many, Hints::default()).unwrap_err(), FormatError::TooLarge);
}
