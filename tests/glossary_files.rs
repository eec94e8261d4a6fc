//! Glossaries through every format and back, other programs' files, official schemas, and damaged files.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod material;

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use material::{bench, files_in};
use tarjuman::domain::{
    Concept, ConceptId, ConceptKind, Modified, PartOfSpeech, Term, TermStatus, TermType, Timestamp,
};
use tarjuman::formats::glossary::{self, Column, GlossaryFormat, Layout, Options, Reading, Style};
use tarjuman::formats::{FormatError, WarningKind};

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
    check(b"", &[]);
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
        let start = Instant::now();
        let result = read(bytes);
        assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
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
        let output = Command::new("jing").arg(schemas.join("TBXcoreStructV03.rng")).arg(&file).output().unwrap();
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stdout));
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

#[test]
fn glossaries_of_other_programs_are_read_or_refused_with_a_reason() {
    let mut outcomes = BTreeMap::<String, usize>::new();
    for part in ["interop/dev/tbx", "interop/dev/glossary", "interop/hostile"] {
        let Some(folder) = bench(part) else { return };
        for path in files_in(&folder) {
            let bytes = fs::read(&path).unwrap();
            let start = Instant::now();
            let outcome = match read(&bytes) {
                Ok(reading) => {
                    let concepts: Vec<Concept> = reading.termbase.into_iter().collect();
                    let again = read(&write(&concepts, GlossaryFormat::Tbx(Style::Dct))).unwrap();
                    assert_eq!(again.termbase.concepts(), concepts, "{}", path.display());
                    format!("{} concepts", concepts.len())
                }
                Err(error) => error.to_string(),
            };
            assert!(start.elapsed() < Duration::from_secs(4), "{}", path.display());
            println!("{}: {outcome}", path.file_name().unwrap().to_string_lossy());
            *outcomes.entry(outcome).or_default() += 1;
        }
    }
    assert!(outcomes.keys().any(|outcome| outcome.ends_with("concepts")));
}
