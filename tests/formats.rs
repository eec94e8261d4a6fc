//! The files that the program reads and writes: nothing is lost on the way, other tools accept them, and no
//! input makes a reader crash or hang.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod material;

use std::fs;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use material::{bench, files_in};
use tarjuman::domain::{Origin, ParagraphKind, Project, ProjectId, State, Unit, UnitId, WebPage};
use tarjuman::formats::{FormatError, Warning, WarningKind, moses, plain_text, tmx, tsv, xliff};
use uuid::Uuid;

const KINDS: [ParagraphKind; 7] = [
    ParagraphKind::Headline,
    ParagraphKind::Byline,
    ParagraphKind::Dateline,
    ParagraphKind::Heading,
    ParagraphKind::Paragraph,
    ParagraphKind::Caption,
    ParagraphKind::Furniture,
];
const STATES: [State; 4] = [State::Initial, State::Translated, State::Reviewed, State::Final];

/// What has broken XML, line and table formats before, between ordinary words.
const PIECES: [&str; 36] = [
    "سوريا",
    "قوات التحالف",
    "word",
    "&",
    "<",
    ">",
    "\"",
    "'",
    "]]>",
    "<!--",
    "&amp;",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "\u{a0}",
    "\u{0}",
    "\u{1}",
    "\u{b}",
    "\u{c}",
    "\u{1f}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{200f}",
    "\u{202b}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{ffff}",
    "\u{10ffff}",
    "\\u{41}",
    "😀",
];

fn random_text(random: &mut fastrand::Rng) -> String {
    (0..random.usize(0..12)).map(|_| *random.choice(&PIECES).unwrap()).collect()
}

fn random_project(random: &mut fastrand::Rng) -> Project {
    let step = random.u32(1..5);
    let units = (0..random.u32(0..12))
        .map(|index| {
            let mut unit = Unit {
                id: UnitId::new(7 + index * step),
                kind: *random.choice(&KINDS).unwrap(),
                source: Arc::from(random_text(random)),
                repaired: None,
                target: random_text(random),
                state: *random.choice(&STATES).unwrap(),
                included: random.bool(),
            };
            unit.set_repaired(random.bool());
            unit
        })
        .collect();
    let id = ProjectId::new(Uuid::from_u128(random.u128(..)));
    let page = random.bool().then(|| random_page(random));
    Project::from_units(id, Origin { name: random_text(random), page }, units)
}

fn random_page(random: &mut fastrand::Rng) -> WebPage {
    let addresses =
        ["https://example.org/?a=1&b=%3C2%3E", "http://[2001:db8::1]:8080/it's", "https://xn--mgbh0fb.example/"];
    let times = ["2026-03-09T17:04:00Z", ""];
    WebPage {
        address: (*random.choice(&addresses).unwrap()).to_owned(),
        retrieved: (*random.choice(&times).unwrap()).to_owned(),
    }
}

fn nobody() -> ProjectId {
    ProjectId::new(Uuid::nil())
}

fn read(xml: &str) -> (Project, Vec<Warning>) {
    xliff::read(xml.as_bytes(), nobody()).unwrap()
}

/// Runs `xmllint` on a document, or says that there is none.
fn validate(name: &str, document: &str, arguments: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(name);
    fs::write(&file, document).unwrap();
    match Command::new("xmllint").args(["--nonet", "--noout"]).args(arguments).arg(&file).output() {
        Ok(output) => assert!(output.status.success(), "{}\n{document}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => eprintln!("passed over: xmllint does not run: {error}"),
    }
}

#[test]
fn any_project_survives_the_working_file() {
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..2_000 {
        let project = random_project(&mut random);
        let file = xliff::write(&project);
        let (read, warnings) = read(&file);
        assert_eq!(read, project, "{file}");
        assert_eq!(warnings, []);
    }
}

#[test]
fn working_files_are_valid() {
    let Some(schema) = bench("interop/schemas/xliff-21/xliff_core_2.0.xsd") else { return };
    let mut random = fastrand::Rng::with_seed(2);
    for _ in 0..40 {
        let file = xliff::write(&random_project(&mut random));
        validate("project.xlf", &file, &["--schema", schema.to_str().unwrap()]);
    }
}

#[test]
fn translation_memories_are_valid() {
    let Some(dtd) = bench("interop/schemas/tmx/tmx14.dtd") else { return };
    let mut random = fastrand::Rng::with_seed(3);
    for _ in 0..40 {
        let (file, _) = tmx::write(&random_project(&mut random));
        validate("memory.tmx", &file, &["--dtdvalid", dtd.to_str().unwrap()]);
    }
}

#[test]
fn both_sides_of_a_moses_pair_have_as_many_lines() {
    let mut random = fastrand::Rng::with_seed(4);
    for _ in 0..500 {
        let (bitext, summary) = moses::write(&random_project(&mut random));
        for side in [&bitext.arabic, &bitext.english] {
            let ends = |c: char| matches!(c, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}');
            assert_eq!(side.matches(ends).count(), summary.written, "{side:?}");
        }
    }
}

#[test]
fn a_table_reads_back_as_it_was() {
    let mut random = fastrand::Rng::with_seed(5);
    for _ in 0..500 {
        let project = random_project(&mut random);
        let (table, summary) = tsv::write(&project);
        let rows = rows_of(table.strip_prefix('\u{feff}').unwrap());
        assert_eq!(rows.len(), summary.written + 1);
        let exported = project
            .units()
            .iter()
            .filter(|unit| unit.included && !unit.target.trim().is_empty() && !unit.text().trim().is_empty());
        for (row, unit) in rows[1..].iter().zip(exported) {
            assert_eq!(row[..2], [unit.text().to_string(), unit.target.clone()]);
        }
    }
}

/// RFC 4180 with tabs, as spreadsheets read it.
fn rows_of(table: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut characters = table.chars().peekable();
    while let Some(c) = characters.next() {
        let row = rows.last_mut().unwrap();
        match c {
            '"' if quoted && characters.peek() == Some(&'"') => row.last_mut().unwrap().extend(characters.next()),
            '"' => quoted = !quoted,
            '\t' if !quoted => row.push(String::new()),
            '\n' if !quoted => rows.push(vec![String::new()]),
            c => row.last_mut().unwrap().push(c),
        }
    }
    assert_eq!(rows.pop(), Some(vec![String::new()]), "the last line has an end");
    rows
}

#[test]
fn exports_leave_out_furniture_and_what_is_not_translated() {
    let unit = |number: u32, target: &str, included| Unit {
        id: UnitId::new(number),
        kind: ParagraphKind::Paragraph,
        source: Arc::from("نص"),
        repaired: None,
        target: target.to_owned(),
        state: State::Translated,
        included,
    };
    let units = vec![unit(1, "Text", true), unit(2, " \n", true), unit(3, "Related", false), unit(4, "More", true)];
    let project = Project::from_units(nobody(), Origin::default(), units);
    let (memory, summary) = tmx::write(&project);
    assert_eq!((summary.written, summary.untranslated, summary.left_out), (2, 1, 1));
    assert_eq!(memory.matches("<tu ").count(), 2);
    assert_eq!(moses::write(&project).0.english, "Text\nMore\n");
    assert_eq!(tsv::write(&project).1, summary);
}

#[test]
fn the_sample_article_has_its_parts() {
    let Some(folder) = bench("../sample") else { return };
    let text = fs::read_to_string(folder.join("article.ar.txt")).unwrap();
    let article = plain_text::read(&text);
    let count = |kind| article.paragraphs.iter().filter(|paragraph| paragraph.kind == kind).count();
    assert_eq!(KINDS.map(count), [1, 1, 0, 0, 11, 0, 2]);
}

#[test]
fn segments_of_another_tool_become_one_unit() {
    let (project, warnings) = read(
        r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="ar-SY" trgLang="en-GB">
            <file id="f" original="news.html"><group id="g"><unit id="a"><notes><note>n</note></notes>
              <segment state="final"><source>جملة <pc id="1">أولى</pc>.</source><target order="3">First.</target></segment>
              <ignorable><source> </source></ignorable>
              <segment state="translated"><source>جملة
                 ثانية.</source><target order="1">Second</target></segment>
            </unit></group><unit id="b" translate="no"><segment state="odd"><source/></segment></unit></file></xliff>"#,
    );
    assert_eq!(project.origin().name, "news.html");
    let [unit, second] = project.units() else { panic!("two units") };
    assert_eq!(&*unit.source, "جملة أولى. جملة ثانية.");
    assert_eq!((unit.target.as_str(), unit.state), ("Second First.", State::Translated));
    assert!(unit.included && !second.included);
    let kinds: Vec<&WarningKind> = warnings.iter().map(|warning| &warning.kind).collect();
    assert_eq!(
        kinds,
        [
            &WarningKind::Notes,
            &WarningKind::InlineCodes,
            &WarningKind::SegmentsJoined,
            &WarningKind::UnknownState,
            &WarningKind::UnitsRenumbered
        ]
    );
}

#[test]
fn another_tool_may_translate_the_working_file() {
    let mut random = fastrand::Rng::with_seed(6);
    let mut projects = std::iter::repeat_with(|| random_project(&mut random));
    let project = projects.find(|project| project.units().len() > 2).unwrap();
    // It keeps what it does not know, reformats the rest and writes a target.
    let file = xliff::write(&project).replace("    <", "\t<").replace("<segment state=\"initial\"", "<segment");
    let first = file.find("</source>").unwrap();
    let end = file[first..].find("</segment>").unwrap() + first;
    let edited = format!("{}</source><target>Done</target>{}", &file[..first], &file[end..]);
    let (read, warnings) = read(&edited);
    assert_eq!(warnings, []);
    assert_eq!(read.units()[0].target, "Done");
    assert_eq!((read.id(), read.origin()), (project.id(), project.origin()));
    assert_eq!(read.units()[1..], project.units()[1..]);
}

#[test]
fn nothing_of_another_tool_is_lost_silently() {
    let check = |inside: &str, expected: WarningKind| {
        let (_, warnings) = read(&format!(
            "<xliff version='2.1' srcLang='ar' trgLang='en' xmlns:o='other'><file id='f'>{inside}</file></xliff>"
        ));
        assert_eq!(warnings.iter().map(|warning| warning.kind.clone()).collect::<Vec<_>>(), [expected], "{inside}");
    };
    let unit = |inside: &str| format!("<unit id='u1'>{inside}<segment><source>نص</source></segment></unit>");
    check("<skeleton href='x'/>", WarningKind::Skeleton);
    check("<notes><note>n</note></notes>", WarningKind::Notes);
    check("<o:thing/>", WarningKind::Extensions);
    check("<segment/>", WarningKind::MisplacedElements);
    check("lost", WarningKind::MisplacedText);
    check("<group id='g' name='n'/>", WarningKind::Attributes);
    check("<unit id='u1'/>", WarningKind::UnitWithoutSource);
    check(&unit("<o:thing/>"), WarningKind::Extensions);
    check(&unit("lost"), WarningKind::MisplacedText);
    check(&unit("").replace("<segment", "<segment state='done'"), WarningKind::UnknownState);
    check(&unit("").replace("<segment", "<segment subState='a:b'"), WarningKind::Attributes);
    check(&unit("").replace("نص", "<ph id='1'/>"), WarningKind::InlineCodes);
    check(&unit("").replace("نص", "<cp hex='D800'/>"), WarningKind::NotACharacter);
    check(&unit("").replace("u1", "first"), WarningKind::UnitsRenumbered);
    check(&unit("").repeat(2), WarningKind::UnitsRenumbered);
    let newer = xliff::write(&Project::from_units(nobody(), Origin::default(), Vec::new()))
        .replace("<mda:meta type=\"format\">1<", "<mda:meta type=\"format\">2<");
    assert_eq!(read(&newer).1[0].kind, WarningKind::NewerVersion);
    assert_eq!(
        read("<xliff version='2.1' srcLang='de' trgLang='en'/>").1[0].kind.to_string(),
        "the languages are “de” and “en”; treated as Arabic and English"
    );
    assert_eq!(read("<xliff version='2.1' srcLang='ar' trgLang='en'/>x").1[0].kind, WarningKind::TrailingContent);
}

#[test]
fn damaged_files_are_refused_with_the_place() {
    let check = |xml: &str, expected: fn(&FormatError) -> bool, position: usize| {
        let error = xliff::read(xml.as_bytes(), nobody()).unwrap_err();
        assert!(expected(&error) && error.position() == position, "{error:?}");
    };
    check("", |error| matches!(error, FormatError::NotXliff { .. }), 0);
    check("<html/>", |error| matches!(error, FormatError::NotXliff { .. }), 0);
    check("  <xliff version='1.2'/>", |error| matches!(error, FormatError::XliffVersion { .. }), 2);
    check("<xliff version='2.1'><file id='f'>", |error| matches!(error, FormatError::DamagedXml { .. }), 34);
    check(
        "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><xliff version='2.1'><file id='f'>\
         <unit id='u1'><segment><source>&f;</source></segment></unit></file></xliff>",
        |error| matches!(error, FormatError::UnknownEntity { .. }),
        119,
    );
}

#[test]
fn nesting_and_size_do_no_harm() {
    let within = |limit: Duration, xml: String| {
        let start = Instant::now();
        let result = xliff::read(xml.as_bytes(), nobody());
        assert!(start.elapsed() < limit, "took {:?}", start.elapsed());
        result
    };
    let open = "<xliff version='2.1' srcLang='ar' trgLang='en'><file id='f'>";
    let limit = Duration::from_secs(2);
    for element in ["<group id='g'>", "<unit id='u1'><segment><source>", "<x xmlns:a='b'>"] {
        let nested = format!("{open}{}", element.repeat(200_000));
        assert!(within(limit, nested).is_err());
    }
    let attributes = (0..200_000).map(|number| format!(" xmlns:a{number}='b'")).collect::<Vec<_>>().concat();
    drop(within(limit, format!("{open}<group{attributes}/></file></xliff>")));
    let codes = "<ph id='1'/>".repeat(200_000);
    let unit = format!("<unit id='u1'><segment><source>{codes}</source></segment></unit>");
    assert!(within(limit, format!("{open}{unit}</file></xliff>")).is_ok());
}

#[test]
fn files_of_other_tools_are_read_or_refused_with_a_reason() {
    let mut outcomes = std::collections::BTreeMap::<&str, usize>::new();
    for part in ["interop/dev/xliff", "interop/hostile"] {
        let Some(folder) = bench(part) else { return };
        for path in files_in(&folder) {
            let bytes = fs::read(&path).unwrap();
            let start = Instant::now();
            let outcome = match xliff::read(&bytes, nobody()) {
                Ok((project, _)) => {
                    let again = xliff::read(xliff::write(&project).as_bytes(), nobody()).unwrap().0;
                    assert_eq!(again.units(), project.units(), "{}", path.display());
                    "read"
                }
                Err(FormatError::NotText { .. } | FormatError::UnknownEncoding { .. }) => "not a text",
                Err(FormatError::DamagedXml { .. }) => "damaged",
                Err(FormatError::UnknownEntity { .. }) => "entities",
                Err(FormatError::TooDeep { .. }) => "too deep",
                Err(FormatError::NotXliff { .. }) => "not XLIFF",
                Err(FormatError::XliffVersion { .. }) => "XLIFF 1",
                Err(error) => panic!("{}: {error}", path.display()),
            };
            *outcomes.entry(outcome).or_default() += 1;
            assert!(start.elapsed() < Duration::from_secs(2), "{}", path.display());
            drop(plain_text::read(&String::from_utf8_lossy(&bytes)));
            assert!(start.elapsed() < Duration::from_secs(4), "{} as plain text", path.display());
        }
    }
    eprintln!("{outcomes:?}");
}
