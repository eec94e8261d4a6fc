//! Glossaries through every format and back, other programs' files, official schemas, and damaged files.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod material;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Write as _};
use std::process::Command;
use std::time::Duration;

use material::{bench, files_in, timed};
use tarjuman::domain::{
    Concept, ConceptId, ConceptKind, Modified, PartOfSpeech, Term, TermStatus, TermType, Timestamp,
};
use tarjuman::formats::glossary::{self, Certainty, Column, GlossaryFormat, Layout, Options, Reading, Style};
use tarjuman::formats::reader::Hints;
use tarjuman::formats::{FormatError, WarningKind};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TBX: [GlossaryFormat; 3] =
    [GlossaryFormat::Tbx(Style::Dca), GlossaryFormat::Tbx(Style::Dct), GlossaryFormat::Martif];
const TABLES: [GlossaryFormat; 3] = [GlossaryFormat::Csv, GlossaryFormat::Tsv, GlossaryFormat::Xlsx];

fn read(bytes: &[u8]) -> Result<Reading, FormatError> {
    glossary::read(bytes, Options::default())
}

fn write(concepts: &[Concept], format: GlossaryFormat) -> Vec<u8> {
    glossary::write(&concepts.iter().collect::<Vec<_>>(), format).unwrap().bytes
}

fn random_text(random: &mut fastrand::Rng, words: &[&str]) -> String {
    (0..random.usize(1..4)).map(|_| *random.choice(words).unwrap()).collect::<Vec<_>>().join(" ")
}

fn random_term(random: &mut fastrand::Rng, words: &[&str]) -> Term {
    let mut term = Term::new(random_text(random, words), TermStatus::ALL[random.usize(..3)]);
    if random.bool() {
        term.part_of_speech = Some(PartOfSpeech::ALL[random.usize(..5)]);
        term.term_type = Some(TermType::ALL[random.usize(..6)]);
        term.forms = (0..random.usize(..3)).map(|_| random_text(random, words).into()).collect();
    }
    term
}

/// A tidy concept with whatever a concept can have.
fn random_concept(random: &mut fastrand::Rng, number: usize) -> Concept {
    const ARABIC: [&str; 8] = ["وزير", "الدفاع", "«أزمة»", "مجلس", "الأمن،", "<ب>", "سوريا\u{200f}", "حَلَب"];
    const ENGLISH: [&str; 8] = ["minister", "U.N.", "\"crisis\"", "R&D", "a,b;c", "<b>", "it's", "Aleppo"];
    let ids = [format!("c{number}"), format!("place:حلب{number}"), format!("019323a1-7d2a-7c3e-9b1f-{number:012}")];
    let text = |random: &mut fastrand::Rng| if random.bool() { random_text(random, &ENGLISH) } else { String::new() };
    let mut concept = Concept {
        domain: text(random).into(),
        definition: text(random).into(),
        note: if random.bool() { "Kind: of\nsecond line".into() } else { text(random).into() },
        source: text(random).into(),
        arabic: (0..random.usize(1..4)).map(|_| random_term(random, &ARABIC)).collect(),
        english: (0..random.usize(..4)).map(|_| random_term(random, &ENGLISH)).collect(),
        modified: random.bool().then(|| Modified {
            by: random_text(random, &ENGLISH).into(),
            at: Timestamp::from_seconds(random.i64(0..4_000_000_000)),
        }),
        ..Concept::new(ConceptId::new(&*ids[random.usize(..3)]), ConceptKind::ALL[random.usize(..5)])
    };
    concept.tidy();
    concept
}

/// The part of a concept that a table holds: one preferred wording and others, or forbidden ones, and no more.
fn plain(mut concept: Concept) -> Concept {
    for terms in [&mut concept.arabic, &mut concept.english] {
        let mut status = TermStatus::Preferred;
        for term in terms.iter_mut() {
            *term = Term::new(&*term.text, term.status);
            if term.status != TermStatus::Forbidden {
                term.status = status;
                status = TermStatus::Admitted;
            }
        }
    }
    Concept { modified: None, ..concept }
}

#[test]
fn tbx_holds_everything() {
    let mut random = fastrand::Rng::with_seed(5);
    for format in TBX {
        let concepts: Vec<Concept> = (0..200).map(|number| random_concept(&mut random, number)).collect();
        let reading = read(&write(&concepts, format)).unwrap();
        assert_eq!(reading.warnings, [], "{format:?}");
        for (read, written) in reading.termbase.concepts().iter().zip(&concepts) {
            assert_eq!(read, written, "{format:?}");
        }
        assert_eq!(reading.termbase.concepts().len(), concepts.len());
    }
}

#[test]
fn tables_hold_wordings_and_texts() {
    let mut random = fastrand::Rng::with_seed(6);
    for format in TABLES {
        let concepts: Vec<Concept> = (0..200).map(|number| plain(random_concept(&mut random, number))).collect();
        let reading = read(&write(&concepts, format)).unwrap();
        assert_eq!(reading.warnings, [], "{format:?}");
        for (read, written) in reading.termbase.concepts().iter().zip(&concepts) {
            let mut written = written.clone();
            if format == GlossaryFormat::Tsv {
                written.note = written.note.replace('\n', " ").into();
            }
            assert_eq!(*read, written, "{format:?}");
        }
        assert_eq!(reading.termbase.concepts().len(), concepts.len(), "{format:?}");
    }
}

#[test]
fn omegat_gets_a_line_for_every_translation_that_may_be_used() {
    let file =
        "arabic\tenglish\tkind\tdomain\tnote\nحلب | الشهباء\tAleppo | !Halab\tplace\tsyria\tA town\nحمص\t\tplace\n";
    let concepts: Vec<Concept> = read(file.as_bytes()).unwrap().termbase.into_iter().collect();
    let text = String::from_utf8(write(&concepts, GlossaryFormat::OmegaT)).unwrap();
    assert_eq!(text, "حلب\tAleppo\tsyria; A town\nالشهباء\tAleppo\tsyria; A town\n");
    let again = read(text.as_bytes()).unwrap();
    assert_eq!(again.termbase.concepts().len(), 2);
    assert_eq!(&*again.termbase.concepts()[0].note, "syria; A town");
}

#[test]
fn what_cannot_be_held_is_counted() {
    let mut concept = random_concept(&mut fastrand::Rng::with_seed(1), 1);
    concept.arabic = vec![Term { forms: vec!["كتب".into()], ..Term::new("كتاب", TermStatus::Preferred) }];
    let written = |format| glossary::write(&[&concept], format).unwrap().curtailed;
    assert_eq!((written(GlossaryFormat::Csv), written(GlossaryFormat::Tbx(Style::Dca))), (1, 0));
}

/// English and Arabic of every concept of a file that has no header of ours.
fn pairs(reading: &Reading) -> Vec<String> {
    let all = |terms: &[Term]| terms.iter().map(|term| &*term.text).collect::<Vec<_>>().join("/");
    reading.termbase.concepts().iter().map(|concept| all(&concept.english) + "=" + &all(&concept.arabic)).collect()
}

#[test]
fn tables_of_other_programs_are_understood() {
    let check = |bytes: &[u8], expected: &[&str]| {
        assert_eq!(pairs(&read(bytes).unwrap()), expected, "{}", String::from_utf8_lossy(bytes));
    };
    check(
        "English;Arabic\nAleppo;حلب\n\"rain; snow\";\"مطر; ثلج\"\n".as_bytes(),
        &["Aleppo=حلب", "rain; snow=مطر; ثلج"],
    );
    check("# UTF-8\nحلب\tAleppo\tتعليق\nحلب\tHalab\n".as_bytes(), &["Aleppo/Halab=حلب"]);
    check(
        "source,target\ngovernor,محافظ\n\"the \"\"gate\"\"\",\"باب\nالمدينة\"\n".as_bytes(),
        &["governor=محافظ", "the \"gate\"=باب المدينة"],
    );
    let windows_1256 = b"English;\xc7\xe1\xda\xd1\xc8\xed\xc9\nminister;\xe6\xd2\xed\xd1\npresident;\xd1\xc6\xed\xd3\n";
    check(windows_1256, &["minister=وزير", "president=رئيس"]);
    let utf16: Vec<u8> =
        "\u{feff}وزير\tminister\r\nرئيس\tpresident\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(&utf16, &["minister=وزير", "president=رئيس"]);
    check("sep=;\r\nEnglish (United States);ar-SY\r\ngovernor;محافظ\r\n".as_bytes(), &["governor=محافظ"]);
    let database = "\u{feff}\"Entry_ID\";\"Entry_Subject\";\"Entry_ClientID\";\"Entry_Created\";\"Entry_Note\";\
        \"English_Def\";\"English\";\"Term_Info\";\"English\";\"Term_Info\";\"Arabic\";\"Term_Info\"\r\n\
        17;\"law\";\"desk\";\"1/2/2020\";\"first\r\nsecond\";\"a court\";\"tribunal\";\"noun\";\"court\";\"\";\"محكمة\";\"\"\r\n";
    check(database.as_bytes(), &["tribunal/court=محكمة"]);
    let reading = read(database.as_bytes()).unwrap();
    let court = &reading.termbase.concepts()[0];
    assert_eq!((court.id.as_str(), &*court.domain, &*court.definition), ("17", "law", "a court"));
    assert_eq!((&*court.note, reading.warnings[0].kind.clone()), ("first\nsecond", WarningKind::ExtraColumns));
    check("# comment\nهدنة\ttruce\nهدنة\tceasefire\tpolitics\n".as_bytes(), &["truce/ceasefire=هدنة"]);
    let omegat_1256 = b"\xcf\xe3\xd4\xde\tDamascus\r\n\xc8\xdb\xcf\xc7\xcf\tBaghdad\tcapital\r\n";
    check(omegat_1256, &["Damascus=دمشق", "Baghdad=بغداد"]);
    check(b"", &[]);
}

/// The texts of a workbook in the manner of spreadsheets: rows of cells as XML.
fn workbook(sheets: &[String], strings: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |name: &str, content: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    };
    let numbered = |text: &str| (1..=sheets.len()).map(|n| text.replace('#', &n.to_string())).collect::<String>();
    part(
        "_rels/.rels",
        &format!(
            r#"<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    let list = numbered(r##"<sheet name="S#" sheetId="#" r:id="r#"/>"##);
    part(
        "xl/workbook.xml",
        &format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{list}</sheets></workbook>"#),
    );
    let list =
        numbered(&format!(r#"<Relationship Id="r#" Type="{OFFICE}/worksheet" Target="worksheets/sheet#.xml"/>"#));
    part(
        "xl/_rels/workbook.xml.rels",
        &format!(
            r#"<Relationships xmlns="{PACKAGE}">{list}<Relationship Id="s" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="y" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>"#
        ),
    );
    part("xl/sharedStrings.xml", &format!(r#"<sst xmlns="{MAIN}">{strings}</sst>"#));
    part(
        "xl/styles.xml",
        &format!(r#"<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
    );
    for (number, rows) in (1..).zip(sheets) {
        part(
            &format!("xl/worksheets/sheet{number}.xml"),
            &format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#),
        );
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn workbooks_of_other_programs_are_understood() {
    let strings = "<si><t>English</t></si><si><t>Arabic</t></si><si><t>Note</t></si>\
                   <si><r><t>محا</t></r><r><t>فظ</t></r></si><si><t>governor</t></si>";
    let cover = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Our words</t></is></c></row>"#.to_owned();
    let words = r#"<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c></row>
        <row r="4"/><row r="5"><c r="A5" t="s"><v>4</v></c><c r="B5" t="s"><v>3</v></c><c r="C5" s="1"><v>45000</v></c></row>
        <row r="9"><c r="A9" t="str"><f>CONCATENATE("to","wn")</f><v>town</v></c>
        <c r="B9" t="inlineStr"><is><t>بلدة</t></is></c><c r="C9"><v>7</v></c></row>
        <row r="10"><c r="A10" t="e"><v>#REF!</v></c></row>"#;
    let merged = format!(r#"{words}</sheetData><mergeCells><mergeCell ref="A9:A10"/></mergeCells><sheetData>"#);
    let reading = read(&workbook(&[cover, merged], strings)).unwrap();
    assert_eq!(pairs(&reading), ["governor=محافظ", "town=بلدة"]);
    let notes: Vec<&str> = reading.termbase.concepts().iter().map(|concept| &*concept.note).collect();
    assert_eq!(notes, ["2023-03-15", "7"]);
}

#[test]
fn a_workbook_that_grows_without_end_is_refused() {
    let check = |sheet: String, strings: &str| {
        let bytes = workbook(&[sheet], strings);
        let (result, took) = timed(|| read(&bytes));
        let error = result.unwrap_err().to_string();
        assert!(error.contains("too large"), "{error}");
        assert!(took < Duration::from_secs(20), "{took:?}");
    };
    let rows = |row: &str, count: usize| (1..=count).map(|number| row.replace('#', &number.to_string())).collect();
    check(rows(r##"<row r="#"><c r="BL#"><v>1</v></c></row>"##, 100_000), "");
    let text = format!("<si><t>{}</t></si>", "ب".repeat(1 << 20));
    check(rows(r##"<row r="#"><c r="A#" t="s"><v>0</v></c></row>"##, 100), &text);
    check(" ".repeat(200 << 20), "");
    check(String::new(), &" ".repeat(40 << 20));
}

#[test]
fn a_person_can_say_what_the_columns_hold() {
    use Column::{Arabic, English, Ignored};
    let layout = Layout { columns: vec![English, Ignored, Arabic], has_header: false };
    let options = Options { layout: Some(&layout), ..Options::default() };
    let reading = glossary::read("Sham,الشام,دمشق\n".as_bytes(), options).unwrap();
    assert_eq!(pairs(&reading), ["Sham=دمشق"]);
    assert_eq!(reading.warnings[0].kind, WarningKind::ExtraColumns);
}

#[test]
fn a_table_can_be_looked_at_before_it_is_read() {
    let preview = |bytes: &[u8]| glossary::unpack(bytes, Hints::default()).unwrap().preview();
    let shown = preview("\u{feff}English;ar-SY;Client\r\nAleppo;حلب;\"a\r\nb\"\r\n".as_bytes()).unwrap();
    assert_eq!(shown.rows, [["English", "ar-SY", "Client"], ["Aleppo", "حلب", "a\r\nb"]]);
    assert_eq!(shown.certainties, [Certainty::Named, Certainty::Named, Certainty::Guessed]);
    let layout = shown.layout.unwrap();
    assert_eq!(layout.columns, [Column::English, Column::Arabic, Column::Ignored]);
    assert_eq!(preview("كلمة\tword\n".repeat(400).as_bytes()).unwrap().rows.len(), 50);
    assert!(preview(b"a,b\nc,d\n").unwrap().layout.is_none());
    assert!(preview(OLD_TBX.as_bytes()).is_none());
    let workbook = workbook(&[r#"<row r="1"><c r="B1" t="inlineStr"><is><t>باب</t></is></c></row>"#.to_owned()], "");
    assert_eq!(preview(&workbook).unwrap().rows, [["", "باب"]]);
}

#[test]
fn damaged_rows_are_named_by_their_line() {
    let file = "arabic\tenglish\tkind\n\nحلب\tAleppo\tplace\n\tnothing\tterm\nحلب\tHalab\tplace\nعين\teye\tbody\n";
    let reading = read(file.as_bytes()).unwrap();
    let warnings: Vec<String> = reading.warnings.iter().map(ToString::to_string).collect();
    let expected = [
        "line 4: there is no Arabic; the row was left out",
        "line 5: an earlier concept is the same; both were kept",
        "line 6: an unknown kind was read as a term",
    ];
    assert_eq!(warnings, expected);
    let ids: Vec<&str> = reading.termbase.concepts().iter().map(|concept| concept.id.as_str()).collect();
    assert_eq!(ids, ["place:حلب", "place:حلب~2", "term:عين"]);
}

const OLD_TBX: &str = r#"<?xml version="1.0"?><!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
 <termEntry id="e1"><descrip type="subjectField">law</descrip><descrip type="relatedConcept">court</descrip>
  <langSet xml:lang="AR-sy"><ntig><termGrp><term>محكمة <hi>عليا</hi></term>
    <termNote type="partOfSpeech">noun</termNote></termGrp></ntig></langSet>
  <langSet xml:lang="en_US"><descripGrp><descrip type="definition">The
     highest court.</descrip><admin type="source">a lexicon</admin></descripGrp>
   <tig><term>high court</term><termNote type="administrativeStatus">supersededTerm-admn-sts</termNote></tig>
   <tig><term>supreme court</term><note>in most countries</note></tig></langSet>
  <langSet xml:lang="fr"><tig><term>cour</term></tig></langSet></termEntry>
 <termEntry id="e2"><langSet xml:lang="en"><tig><term>orphan</term></tig></langSet></termEntry>
</body></text></martif>"#;

#[test]
fn tbx_of_other_programs_is_understood() {
    let reading = read(OLD_TBX.as_bytes()).unwrap();
    let [court] = reading.termbase.concepts() else { panic!("{reading:?}") };
    assert_eq!((court.id.as_str(), &*court.domain, &*court.source), ("e1", "law", "a lexicon"));
    assert_eq!(&*court.definition, "The highest court.");
    assert_eq!(&*court.note, "supreme court: in most countries");
    assert_eq!((&*court.arabic[0].text, court.arabic[0].part_of_speech), ("محكمة عليا", Some(PartOfSpeech::Noun)));
    let english: Vec<_> = court.english.iter().map(|term| (&*term.text, term.status)).collect();
    assert_eq!(english, [("supreme court", TermStatus::Preferred), ("high court", TermStatus::Forbidden)]);
    let kinds: Vec<_> = reading.warnings.into_iter().map(|warning| (warning.kind, warning.count)).collect();
    let expected = [WarningKind::DataCategories, WarningKind::OtherLanguages, WarningKind::ConceptWithoutArabic];
    assert_eq!(kinds, expected.map(|kind| (kind, 1)));
}

const DICTIONARY_TBX: &str = r#"<?xml version='1.0' encoding="UTF-8"?>
<!DOCTYPE martif PUBLIC "ISO 12200:1999A//DTD MARTIF core (DXFcdV04)//EN" "TBXcdv04.dtd" [<!ENTITY % x "">]>
<martif type='TBX' xml:lang='de' xmlns="urn:x-other"><martifHeader><fileDesc><sourceDesc><p/></sourceDesc></fileDesc>
<encodingDesc><p type='DCSName'>x.xcs</p></encodingDesc></martifHeader><text><front/><body>
<termEntry id='tid-7' xmlns:xlink="http://www.w3.org/1999/xlink">
  <adminGrp><admin type='entrySource'>memory</admin><adminNote type="x">y</adminNote></adminGrp>
  <descripGrp><descrip type='subjectField'>diplomacy</descrip><descrip type="subjectField">treaties</descrip></descripGrp>
  <transacGrp><transac type='transactionType'>origination</transac><date>2003-01-02</date></transacGrp>
  <transacGrp><transac type='transactionType'>modification</transac><transacNote type='responsibility'>Huda</transacNote>
    <date>2011-11-28T15:12:05+02:00</date></transacGrp>
  <langSet xml:lang='ar-EG'><descripGrp><descrip type='definition'>نص &#x628; &lt;ما&gt;</descrip></descripGrp>
    <ntig id="n1"><termGrp><term id="t1">اتفاقية <foreign xml:lang="la">pacta</foreign> سلام</term>
      <termNoteGrp><termNote type='termType'>fullForm</termNote><termNote type="grammaticalGender">feminine</termNote></termNoteGrp>
      <termCompList type="lemma"><termComp>اتفاقية</termComp><termCompGrp><termComp>سلام</termComp></termCompGrp></termCompList>
    </termGrp><admin type="customerSubset">x</admin></ntig></langSet>
  <langSet xml:lang='en-GB'><tig><term><![CDATA[peace & treaty]]></term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig></langSet>
  <langSet lang='EN'><tig><term>peace accord</term><termNote type='normativeAuthorization'>preferredTerm</termNote></tig></langSet>
</termEntry></body><back><refObjectList type="respPerson"><refObject id="p"><item type="role">x</item></refObject></refObjectList></back></text></martif>"#;

const TAGGED_TBX: &str = r#"<?xml version="1.0" encoding="UTF-8"?><?xml-model href="x.rng"?>
<t:tbx type="TBX-Linguist" style="dct" xml:lang="en" xmlns:t="urn:iso:std:iso:30042:ed-2" xmlns:m="http://www.tbxinfo.net/ns/min"
  xmlns:b="http://www.tbxinfo.net/ns/basic"><t:tbxHeader><t:fileDesc><t:sourceDesc><t:p>x</t:p></t:sourceDesc></t:fileDesc></t:tbxHeader>
<t:text><t:body><t:conceptEntry id="c7"><m:subjectField>law</m:subjectField>
  <t:descripGrp><b:definition>A court.</b:definition><b:source>a lexicon</b:source></t:descripGrp>
  <t:transacGrp><b:transactionType>modification</b:transactionType><b:responsibility>Huda</b:responsibility><t:date>2020-02-03</t:date></t:transacGrp>
  <t:langSec xml:lang="ar"><t:termSec><t:term>محكمة</t:term><m:partOfSpeech>noun</m:partOfSpeech>
    <t:termNoteGrp><m:administrativeStatus>preferredTerm-admn-sts</m:administrativeStatus></t:termNoteGrp></t:termSec></t:langSec>
  <t:langSec xml:lang="en-US"><t:termSec><t:term>court</t:term><b:termType>shortForm</b:termType><t:note>one</t:note></t:termSec></t:langSec>
</t:conceptEntry></t:body></t:text></t:tbx>"#;

#[test]
fn tbx_may_be_nested_declared_and_named_in_any_way() {
    let texts = |terms: &[Term]| terms.iter().map(|term| term.text.to_string()).collect::<Vec<_>>().join("/");
    let reading = read(DICTIONARY_TBX.as_bytes()).unwrap();
    let [treaty] = reading.termbase.concepts() else { panic!("{reading:?}") };
    assert_eq!((treaty.id.as_str(), &*treaty.domain, &*treaty.definition), ("tid-7", "diplomacy", "نص ب <ما>"));
    assert_eq!(
        (texts(&treaty.arabic), texts(&treaty.english)),
        ("اتفاقية pacta سلام".to_owned(), "peace accord/peace & treaty".to_owned())
    );
    assert_eq!(treaty.arabic[0].term_type, Some(TermType::FullForm));
    assert_eq!(treaty.english[0].status, TermStatus::Preferred);
    let modified = treaty.modified.as_ref().unwrap();
    assert_eq!((&*modified.by, modified.at.to_string()), ("Huda", "2011-11-28T15:12:05Z".to_owned()));
    assert_eq!(
        reading.warnings.iter().map(|warning| warning.kind.clone()).collect::<Vec<_>>(),
        [WarningKind::DataCategories]
    );

    let reading = read(TAGGED_TBX.as_bytes()).unwrap();
    let [court] = reading.termbase.concepts() else { panic!("{reading:?}") };
    assert_eq!(reading.warnings, []);
    assert_eq!((&*court.domain, &*court.definition, &*court.source), ("law", "A court.", "a lexicon"));
    assert_eq!(
        (court.arabic[0].part_of_speech, court.english[0].term_type),
        (Some(PartOfSpeech::Noun), Some(TermType::ShortForm))
    );
    assert_eq!((&*court.note, texts(&court.english)), ("court: one", "court".to_owned()));
    assert_eq!(court.modified.as_ref().map(|modified| &*modified.by), Some("Huda"));
}

#[test]
fn what_is_no_glossary_is_refused_with_a_reason() {
    let check = |bytes: &[u8], expected: &str| {
        let error = read(bytes).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    check("\nنص عادي".as_bytes(), "no column holds Arabic (line 2)");
    check(b"kde,csv kde\nquestion,csv q\n", "no column holds Arabic");
    check(b"<html><body/></html>", "not a TBX file");
    check(b"<tbx><text><body><conceptEntry", "damaged at byte");
    check(&OLD_TBX.as_bytes()[..OLD_TBX.len() - 30], "damaged at byte");
    check(&OLD_TBX.replace("AR-sy", "de").into_bytes(), "no Arabic");
    check(b"PK\x03\x04 and no more", "workbook");
    check(b"\x00\x01\x02\x03\x04\x05", "not a text");
}

#[test]
fn damage_never_stops_the_program() {
    let mut random = fastrand::Rng::with_seed(9);
    let concepts: Vec<Concept> = (0..6).map(|number| random_concept(&mut random, number)).collect();
    for format in TBX.into_iter().chain(TABLES) {
        let whole = write(&concepts, format);
        for _ in 0..300 {
            let mut bytes = whole.clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..bytes.len());
                match random.u8(..3) {
                    0 => bytes[at] = random.u8(..),
                    1 => bytes.truncate(at.max(1)),
                    _ => drop(bytes.splice(at..(at + 9).min(bytes.len()), *b"<a>\"\t,;")),
                }
            }
            drop(read(&bytes));
        }
    }
}

#[test]
fn hostile_files_cost_little() {
    let within = |bytes: &[u8]| {
        let (result, took) = timed(|| read(bytes));
        assert!(took < Duration::from_secs(4), "{took:?}");
        result
    };
    let deep = format!("<tbx>{}", "<text>".repeat(200_000));
    assert!(matches!(within(deep.as_bytes()), Err(FormatError::TooDeep { .. })));
    let bomb = "<!DOCTYPE tbx [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><tbx><text><body><conceptEntry id='1'>\
                <note>&b;</note></conceptEntry></body></text></tbx>";
    assert!(matches!(within(bomb.as_bytes()), Err(FormatError::UnknownEntity { .. })));
    assert!(within(&[b"\xd8\xa8".as_slice(), &b",".repeat(2_000_000)].concat()).is_ok());
    assert!(within("ب,a\n".repeat(200_000).as_bytes()).is_ok());
    assert!(within(format!("ب,\"{}", "a\n".repeat(1_000_000)).as_bytes()).is_ok());
}

#[test]
fn written_tbx_is_valid_by_the_official_schemas() {
    let mut random = fastrand::Rng::with_seed(8);
    let concepts: Vec<Concept> = (0..60).map(|number| random_concept(&mut random, number)).collect();
    for style in [Style::Dca, Style::Dct] {
        let text = String::from_utf8(write(&concepts, GlossaryFormat::Tbx(style))).unwrap();
        check_dialect(&text, style);
    }
    let Some(schemas) = bench("interop/schemas/tbx") else { return };
    if Command::new("jing").arg("-?").output().is_err() {
        println!("passed over: there is no jing");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in [(GlossaryFormat::Tbx(Style::Dca), "dca.tbx"), (GlossaryFormat::Tbx(Style::Dct), "dct.tbx")] {
        let file = folder.path().join(name);
        fs::write(&file, write(&concepts, format)).unwrap();
        let rules = if name == "dca.tbx" { "TBX-Basic_DCA.sch" } else { "TBX-Basic_DCT.sch" };
        for schema in ["TBXcoreStructV03.rng", rules] {
            let output = Command::new("jing").arg(schemas.join(schema)).arg(&file).output().unwrap();
            assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
        }
    }
    let martif = String::from_utf8(write(&concepts, GlossaryFormat::Martif)).unwrap();
    let declared = martif.replacen("?>", "?><!DOCTYPE martif SYSTEM \"TBXcoreStructV02.dtd\">", 1);
    let file = folder.path().join("old.tbx");
    fs::write(&file, declared).unwrap();
    fs::copy(schemas.join("TBXcoreStructV02.dtd"), folder.path().join("TBXcoreStructV02.dtd")).unwrap();
    match Command::new("xmllint").args(["--noout", "--valid"]).arg(&file).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => println!("passed over: there is no xmllint"),
    }
}

/// What the Schematron of TBX-Basic asks for, which jing cannot check: each data category at its level, and its
/// value out of the picklist.
fn check_dialect(text: &str, style: Style) {
    let allowed: [(&str, &str, &[&str]); 8] = [
        ("subjectField", "conceptEntry", &[]),
        ("definition", "conceptEntry", &[]),
        ("source", "conceptEntry", &[]),
        ("transactionType", "transacGrp", &["origination", "modification"]),
        ("responsibility", "transacGrp", &[]),
        (
            "administrativeStatus",
            "termSec",
            &["preferredTerm-admn-sts", "admittedTerm-admn-sts", "deprecatedTerm-admn-sts", "supersededTerm-admn-sts"],
        ),
        ("partOfSpeech", "termSec", &["adjective", "noun", "other", "verb", "adverb"]),
        ("termType", "termSec", &["fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"]),
    ];
    let mut open: Vec<&str> = Vec::new();
    let mut seen = 0;
    for part in text.split('<').skip(1) {
        let (tag, content) = part.split_once('>').unwrap();
        let name = tag.split(' ').next().unwrap();
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed));
            continue;
        }
        if name.starts_with('?') {
            continue;
        }
        let category = match style {
            Style::Dca => tag.split_once("type=\"").map(|(_, rest)| rest.split('"').next().unwrap()),
            Style::Dct => name.split_once(':').map(|(_, category)| category),
        };
        if let Some(category) = category.filter(|_| name != "tbx") {
            let rule = allowed.iter().find(|(name, ..)| *name == category);
            let (_, level, values) = rule.unwrap_or_else(|| panic!("{category}"));
            assert_eq!(open.last(), Some(level), "{category}");
            assert!(values.is_empty() || values.contains(&content), "{category}: {content}");
            seen += 1;
        }
        open.push(name);
    }
    assert!(seen > 300);
}

/// Reads a glossary; where it is TBX without Arabic, as if one of its languages were Arabic and one English.
fn read_as_arabic(bytes: &[u8]) -> Result<Reading, FormatError> {
    let result = read(bytes);
    if !matches!(result, Err(FormatError::NoArabic)) {
        return result;
    }
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let (_, after) = text.rsplit_once("xml:lang=").unwrap();
    let last = &after[..after[1..].find(['"', '\'']).unwrap() + 2];
    let arabic = text.replace(&format!("xml:lang={last}"), "xml:lang='ar-SY'");
    let reading = read(arabic.as_bytes())?;
    assert!(!reading.termbase.concepts().is_empty());
    Ok(reading)
}

#[test]
fn glossaries_of_other_programs_are_read_or_refused_with_a_reason() {
    let mut outcomes = BTreeMap::<String, usize>::new();
    for part in ["interop/dev/tbx", "interop/dev/glossary", "interop/hostile"] {
        let Some(folder) = bench(part) else { return };
        for path in files_in(&folder) {
            let bytes = fs::read(&path).unwrap();
            let (result, took) = timed(|| read_as_arabic(&bytes));
            let outcome = match result {
                Ok(reading) => {
                    let concepts: Vec<Concept> = reading.termbase.into_iter().collect();
                    let again = read(&write(&concepts, GlossaryFormat::Tbx(Style::Dct))).unwrap();
                    assert_eq!(again.termbase.concepts(), concepts, "{}", path.display());
                    format!("{} concepts", concepts.len())
                }
                Err(error) => error.to_string(),
            };
            assert!(took < Duration::from_secs(4), "{}", path.display());
            println!("{}: {outcome}", path.file_name().unwrap().to_string_lossy());
            *outcomes.entry(outcome).or_default() += 1;
        }
    }
    assert!(outcomes.keys().any(|outcome| outcome.ends_with("concepts")));
}
