//! Damaged files of every kind: whatever the bytes, a reader answers or says what is wrong, soon and in little memory.
//!
//! Seeds are files of the project, and of other tools where the evaluation data is there. An input is a seed with a
//! few changes; its number alone decides which, so a failure comes again. `TARJUMAN_FUZZ=1000-2000` runs others than
//! the usual. The inputs run in a process of their own, which may not have more memory than any file should take. The
//! targets in `fuzz/` look at the same readers with coverage.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

use std::env;
use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use tarjuman::domain::ProjectId;
use tarjuman::formats::reader::{self, Hints};
use tarjuman::formats::{glossary, html, journal, markdown, plain_text, srx, subtitles, tsv, xliff};
use uuid::Uuid;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The inputs of an ordinary run.
const USUAL: Range<u64> = 0..2_000;
/// What one reader may take for one input. The program itself is several times faster than a test without optimisation.
const LONGEST: Duration = Duration::from_secs(2);
/// What the process may take besides itself, in kilobytes.
const MOST_MEMORY: usize = 200 << 10;
/// Larger files make bad seeds: little of them is ever changed.
const LARGEST_SEED: u64 = 60 << 10;
/// Tells the process with the inputs where to write the number of the one it is at.
const NUMBER_FILE: &str = "TARJUMAN_FUZZ_NUMBER";

/// A file to begin with.
enum Seed {
    Plain(Vec<u8>),
    /// The main part of a document, which is packed after it was changed, as a checksum would give changes away.
    Docx(String),
    Odt(String),
    /// The sheet of a workbook.
    Xlsx(String),
}

#[test]
fn whatever_the_bytes_a_reader_answers() {
    match env::var_os(NUMBER_FILE) {
        Some(file) => run_inputs(Path::new(&file)),
        None => watch_inputs(),
    }
}

/// Runs this test again in a process with little memory.
fn watch_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let number = folder.path().join("number");
    let program = env::current_exe().unwrap();
    // Without a shell or a list of processes there is no limit; those systems run the inputs all the same.
    let mut command = match own_memory() {
        Some(own) => {
            let mut shell = Command::new("sh");
            shell.arg("-c").arg(format!("ulimit -v {} && exec \"$0\" \"$@\"", own + MOST_MEMORY)).arg(&program);
            shell
        }
        None => Command::new(&program),
    };
    command.args(["--exact", "whatever_the_bytes_a_reader_answers", "--nocapture", "--test-threads=1"]);
    let output =
        command.env(NUMBER_FILE, &number).env("RUST_BACKTRACE", "0").current_dir(folder.path()).output().unwrap();
    let at = fs::read_to_string(&number).unwrap_or_default();
    assert!(output.status.success(), "input {at}: {}", String::from_utf8_lossy(&output.stderr));
    let left: Vec<PathBuf> = files_in(folder.path()).into_iter().filter(|path| *path != number).collect();
    assert_eq!(left, Vec::<PathBuf>::new(), "a reader wrote something");
}

/// The memory that this process has reserved, in kilobytes.
fn own_memory() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// How long this thread has run, not counting what others ran meanwhile; elsewhere than on Linux all time counts.
fn time_spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_cpu = statistics.and_then(|fields| fields.split_whitespace().next()?.parse().ok());
    on_cpu.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn run_inputs(number_file: &Path) {
    let seeds = seeds();
    let numbers = env::var("TARJUMAN_FUZZ").ok().map_or(USUAL, |range| {
        let (start, end) = range.split_once('-').unwrap();
        start.parse().unwrap()..end.parse().unwrap()
    });
    let (mut answered, mut slowest) = (0, Duration::ZERO);
    for number in numbers.clone() {
        fs::write(number_file, number.to_string()).unwrap();
        let input = input(&seeds, number);
        let (is_article, took) = read_with_all(&input);
        answered += usize::from(is_article);
        slowest = slowest.max(took);
        assert!(slowest < LONGEST, "input {number} took {slowest:?}");
    }
    eprintln!(
        "{} inputs from {} seeds, {answered} read, slowest {slowest:?}",
        numbers.end - numbers.start,
        seeds.len()
    );
}

/// Gives the bytes to every reader that could meet them. Returns whether they are an article, and what the slowest
/// reader took.
fn read_with_all(bytes: &[u8]) -> (bool, Duration) {
    let mut slowest = Duration::ZERO;
    let mut timed = |read: &mut dyn FnMut()| {
        let start = time_spent();
        read();
        slowest = slowest.max(time_spent().saturating_sub(start));
    };
    let is_text = !bytes.starts_with(b"%PDF") && !bytes.starts_with(b"PK");
    timed(&mut || drop(glossary::read(bytes, glossary::Options::default())));
    if is_text {
        timed(&mut || drop(xliff::read(bytes, ProjectId::new(Uuid::nil()))));
        timed(&mut || drop(srx::read(bytes)));
        timed(&mut || drop(journal::replay(&mut [], bytes)));
    }
    // Text is read as every kind of text, whatever it looks like.
    if is_text && bytes.len() < 8 << 10 {
        let text = String::from_utf8_lossy(bytes);
        for read in [plain_text::read, html::read, markdown::read, subtitles::read] {
            timed(&mut || drop(read(&text)));
        }
        timed(&mut || drop(tsv::read(&text)));
    }
    let mut is_article = false;
    timed(&mut || is_article = reader::read(bytes, Hints::default()).is_ok());
    (is_article, slowest)
}

fn seeds() -> Vec<Seed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = files_in(&root.join("tests/fixtures"));
    paths.extend(files_in(&root.join("assets")));
    let beside = root.join("../shared/bench");
    let bench = env::var_os("TARJUMAN_BENCH").map_or(beside, PathBuf::from);
    paths.extend(files_in(&bench.join("interop")));
    paths.extend(files_in(&bench.join("articles/office")));
    let small = |path: &PathBuf| fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST_SEED);
    let mut seeds: Vec<Seed> =
        paths.iter().filter(|path| small(path)).map(|path| Seed::Plain(fs::read(path).unwrap())).collect();
    // The formats with the most to go wrong come up as often as all others together.
    for _ in 0..seeds.len() / 4 {
        seeds.push(Seed::Plain(PDF.replace('\n', "\r\n").into_bytes()));
        seeds.push(Seed::Plain(PDF.as_bytes().to_vec()));
        seeds.push(Seed::Docx(DOCX.to_owned()));
        seeds.push(Seed::Odt(ODT.to_owned()));
        seeds.push(Seed::Xlsx(SHEET.to_owned()));
        seeds.extend([MARTIF, TBX, TABLE, GLOSSARY].map(|text| Seed::Plain(text.as_bytes().to_vec())));
    }
    seeds
}

/// All files in a folder and its folders, in order; none where there is no such folder.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

/// The input of this number.
fn input(seeds: &[Seed], number: u64) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(number);
    let seed = random.choice(seeds).unwrap();
    let other = random.choice(seeds).unwrap();
    let changed = |bytes: &[u8], random: &mut fastrand::Rng| {
        let mut bytes = bytes.to_vec();
        for _ in 0..random.usize(1..=8) {
            change(&mut bytes, seed_bytes(other), random);
        }
        bytes
    };
    let bytes = changed(seed_bytes(seed), &mut random);
    match seed {
        Seed::Plain(_) => bytes,
        Seed::Docx(_) => packed(&[("_rels/.rels", RELATIONSHIPS.as_bytes()), ("word/document.xml", &bytes)]),
        Seed::Odt(_) => packed(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", &bytes)]),
        Seed::Xlsx(_) => packed(&[
            ("_rels/.rels", WORKBOOK_RELATIONSHIPS.as_bytes()),
            ("xl/workbook.xml", WORKBOOK.as_bytes()),
            ("xl/_rels/workbook.xml.rels", SHEET_RELATIONSHIPS.as_bytes()),
            ("xl/sharedStrings.xml", SHARED_STRINGS.as_bytes()),
            ("xl/worksheets/sheet1.xml", &bytes),
        ]),
    }
}

fn seed_bytes(seed: &Seed) -> &[u8] {
    match seed {
        Seed::Plain(bytes) => bytes,
        Seed::Docx(text) | Seed::Odt(text) | Seed::Xlsx(text) => text.as_bytes(),
    }
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        zip.start_file(*name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Changes some bytes: what damaged discs, torn downloads and attackers do.
fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut fastrand::Rng) {
    const PIECES: [&[u8]; 20] = [
        b"\0",
        b"\xff",
        b"<",
        b">",
        b"&",
        b"\"",
        b"]]>",
        b"<!--",
        b"&a;",
        b"[[[[[[[[",
        b"((((((((",
        b"<<<<<<<<",
        b"99999999999",
        b"-1",
        b"1e38",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        "\u{202e}".as_bytes(),
        "\u{fdfa}".as_bytes(),
        b"/Length 4294967295",
    ];
    let place = random.usize(0..=bytes.len());
    let length = random.usize(0..=64.min(bytes.len() - place));
    let range = place..place + length;
    match random.u8(0..9) {
        0 => bytes[range].iter_mut().for_each(|byte| *byte = random.u8(..)),
        1 => drop(bytes.drain(range)),
        2 => bytes.truncate(place),
        3 => insert(bytes, place, random.choice(PIECES).unwrap()),
        4 => insert(bytes, place, &random.choice(PIECES).unwrap().repeat(random.usize(1..2_000))),
        5 => {
            let copy = bytes[range].repeat(random.usize(1..200));
            insert(bytes, place, &copy);
        }
        6 if !other.is_empty() => {
            let start = random.usize(0..other.len());
            let end = (start + random.usize(0..512)).min(other.len());
            insert(bytes, place, &other[start..end]);
        }
        7 => {
            if let Some(digit) = bytes[place..].iter().position(u8::is_ascii_digit) {
                bytes[place + digit] = b'0' + random.u8(0..10);
            }
        }
        _ => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1 << random.u8(0..8);
            }
        }
    }
}

fn insert(bytes: &mut Vec<u8>, place: usize, piece: &[u8]) {
    drop(bytes.splice(place..place, piece.iter().copied()));
}

const RELATIONSHIPS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;

const DOCX: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/><w:numPr/><w:outlineLvl w:val="1"/></w:pPr><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>عنوان</w:t></w:r></w:p>
<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>1</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>أ</w:t><w:br/><w:tab/></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>
<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:ins><w:r><w:t>نص &amp; نص</w:t></w:r></w:ins><w:del><w:r><w:delText>ح</w:delText></w:r></w:del></w:p></w:sdtContent></w:sdt>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>صندوق</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback/></mc:AlternateContent></w:r></w:p>
</w:body></w:document>"#;

const ODT: &str = r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">
<office:automatic-styles><style:style style:name="P1" style:family="paragraph" style:parent-style-name="P1"/></office:automatic-styles><office:body><office:text>
<text:h text:style-name="P1">عنوان</text:h><text:p>نص<text:s text:c="999"/><text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>حاشية</text:p></text:note-body></text:note></text:p>
<text:list><text:list-item><text:p>بند<text:line-break/></text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>أ</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"#;

const MARTIF: &str = r#"<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif type="TBX" xml:lang="en"><martifHeader/><text><body>
<termEntry id="e1"><descripGrp><descrip type="subjectField">law</descrip></descripGrp><transacGrp><transac type="transactionType">modification</transac><transacNote type="responsibility">H</transacNote><date>2020-02-03T10:11:12Z</date></transacGrp>
<langSet xml:lang="ar-SY"><ntig><termGrp><term>محكمة <hi>عليا</hi></term><termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
<langSet xml:lang="en"><tig><term><![CDATA[court]]> &#x628;&amp;</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote><note>Form: courts</note></tig></langSet></termEntry>
</body></text></martif>"#;

const TBX: &str = r#"<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><tbxHeader/><text><body>
<conceptEntry id="c-019323a1-7d2a-7c3e-9b1f-0123456789ab"><min:subjectField>war</min:subjectField><note>Kind: place</note><langSec xml:lang="ar"><termSec><term>حلب</term><min:partOfSpeech>noun</min:partOfSpeech></termSec></langSec>
<langSec xml:lang="en"><termSec><term>Aleppo</term><basic:termType>fullForm</basic:termType></termSec></langSec></conceptEntry>
<conceptEntry id="place_x3A_حلب"><langSec xml:lang="ar"><termSec><term>حمص</term></termSec></langSec></conceptEntry></body></text></tbx>"#;

const TABLE: &str = "\u{feff}sep=;\r\narabic;english;kind;note;id\r\n\"هدنة | وقف إطلاق النار\";truce | !armistice;term;\"a \"\"note\"\"\r\nof two lines\";7\r\n\
    حلب;Aleppo;place;;8\r\nحلب;Halab;place;;8\r\n;;;;\r\n";

const GLOSSARY: &str =
    "# glossary\nهدنة\ttruce\tpolitics\nحلب\tAleppo\n\"مطر\"\t\"rain\"\n\tnothing\nهدنة\tceasefire\n";

const WORKBOOK_RELATIONSHIPS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship
Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;

const SHEET_RELATIONSHIPS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

const SHARED_STRINGS: &str = r#"<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Arabic</t></si><si><t>English</t></si><si><r><t>حل</t></r><r><t>ب</t></r></si></sst>"#;

const SHEET: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:D4"/><sheetData>
<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="inlineStr"><is><t>Aleppo</t></is></c><c r="C2"><v>1.5e3</v></c></row>
<row r="4"><c r="A4" t="str"><f>A2</f><v>حمص</v></c><c r="B4" t="b"><v>1</v></c><c r="D4" t="e"><v>#REF!</v></c><c r="BL4" t="d"><v>2020-01-02</v></c></row>
</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells></worksheet>"#;

/// A PDF with nothing packed, so that changes reach its content, its fonts and its tables.
const PDF: &str = "%PDF-1.5
1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj
2 0 obj <</Type /Pages /Count 1 /Kids [3 0 R] /MediaBox [0 0 600 800] /Rotate 0>> endobj
3 0 obj <</Type /Page /Parent 2 0 R /Contents [4 0 R 4 0 R] /Resources <</Font <</F 5 0 R /G 6 0 R /T 11 0 R>> /XObject <</X 9 0 R>>
  /Properties <</P <</ActualText (A)>>>>>>>> endobj
4 0 obj <</Length 420>> stream
q 1 0 0 1 0 0 cm BT /F 12 Tf 14 TL 2 Tc 1 Tw 90 Tz 1 Ts 50 700 Td (First line of a text) Tj T* (second) ' 1 2 (third) \" ET Q
/Artifact BMC BT /G 12 Tf 1 0 0 1 50 600 Tm [<000100020003> -250 <0002>] TJ ET EMC
/Span <</ActualText <FEFF0633>>> BDC BT /G 12 Tf 1 0 0 1 50 560 Tm <0001> Tj ET EMC /P /P BDC EMC
BT /T 1 Tf 12 0 0 12 50 500 Tm (ab) Tj ET BI /W 1 /H 1 ID x EI /X Do
endstream endobj
5 0 obj <</Type /Font /Subtype /TrueType /BaseFont /A /FirstChar 32 /Widths [250 300 400 500 600 700] /FontDescriptor 12 0 R
  /Encoding <</BaseEncoding /WinAnsiEncoding /Differences [65 /afii57415 /uni0628.init /a 90 /one]>>>> endobj
6 0 obj <</Type /Font /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 8 0 R>> endobj
7 0 obj <</Type /Font /Subtype /CIDFontType2 /W [1 [500 600] 3 9 700] /DW 1000 /CIDToGIDMap 10 0 R /FontDescriptor 12 0 R>> endobj
8 0 obj <</Length 190>> stream
/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfchar <0001> <06440627> endbfchar 1 beginbfrange <0002> <0009> <0628> endbfrange endcmap
endstream endobj
9 0 obj <</Subtype /Form /BBox [0 0 9 9] /Matrix [1 0 0 1 0 0] /Resources <</XObject <</X 9 0 R>>>> /Length 5>> stream
/X Do
endstream endobj
10 0 obj <</Length 8>> stream
abcdefgh
endstream endobj
11 0 obj <</Type /Font /Subtype /Type3 /FontMatrix [.001 0 0 .001 0 0] /FirstChar 97 /Widths [500 500] /Encoding <</Differences [97 /b /c]>>>> endobj
12 0 obj <</Type /FontDescriptor /Flags 4 /MissingWidth 400>> endobj
trailer <</Root 1 0 R /Size 13>>
";
