//! Glossary files imported and exported, against the session without a window.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use support::{Desk, concept};
use tarjuman::domain::{Concept, Policy};
use tarjuman::formats::glossary::{self, Column, Container, GlossaryFormat, Layout, Options};
use tarjuman::jobs::{ReadAs, Selection};
use tarjuman::session::{Command, ImportChoices, NoticeKind, Session, Sheet};

/// With the glossary read, and these in the user's own.
fn desk(own: &[Concept]) -> Desk {
    let mut desk = Desk::new();
    desk.wait("the glossary is read", |session| session.termbase().is_some());
    if !own.is_empty() {
        let last = own.last().unwrap().id.clone();
        desk.run(Command::EditConcepts(own.to_vec()));
        desk.wait("they are there", |session| session.termbase().unwrap().get(&last).is_some());
    }
    desk
}

/// Chooses a file and waits until it is known what would happen, or why nothing would.
#[track_caller]
fn look_at(desk: &mut Desk, path: &Path) {
    desk.run(Command::ImportGlossary).run(Command::ImportFile(path.to_owned()));
    settle(desk);
}

#[track_caller]
fn settle(desk: &mut Desk) {
    desk.wait("it is known what would happen", |session| !session.import().is_working());
}

fn choose(desk: &mut Desk, choice: impl FnOnce(&mut ImportChoices)) {
    let mut choices = desk.session.import().choices().clone();
    choice(&mut choices);
    desk.run(Command::ChooseImport(choices));
}

#[track_caller]
fn import(desk: &mut Desk) {
    assert!(desk.session.can(&Command::Import));
    desk.run(Command::Import);
    desk.wait("it is imported", |session| {
        told(session).starts_with("Imported") || told(session).starts_with("Changed")
    });
}

fn told(session: &Session) -> String {
    session.notices().last().map(|notice| notice.message.clone()).unwrap_or_default()
}

/// New, changed, left out, undecided.
fn counts(session: &Session) -> [usize; 4] {
    let plan = session.import().plan().unwrap();
    [plan.add.len(), plan.change.len(), plan.skip.len(), plan.conflicts.len()]
}

/// The English of the user's own concepts, in the order of the alphabet.
fn own(session: &Session) -> Vec<String> {
    let concepts = session.termbase().unwrap().own().concepts().iter();
    let english = |concept: &Concept| concept.english.iter().map(|term| &*term.text).collect::<Vec<_>>().join("|");
    let mut all: Vec<String> = concepts.map(english).collect();
    all.sort();
    all
}

#[test]
fn every_format_is_imported_and_taken_back() {
    let concepts = [concept("مرفأ", "port"), concept("مدرج", "runway"), concept("سد", "dam")];
    for format in GlossaryFormat::OFFERED {
        let mut desk = desk(&[]);
        let size = desk.session.termbase().unwrap().len();
        let path = desk.path(&format!("x.{}", format.extension()));
        fs::write(&path, glossary::write(&concepts.iter().collect::<Vec<_>>(), format).unwrap().bytes).unwrap();
        look_at(&mut desk, &path);
        assert_eq!(counts(&desk.session), [3, 0, 0, 0], "{format:?}: {:?}", desk.session.import().problem());
        import(&mut desk);
        assert_eq!(desk.session.sheet(), None);
        assert_eq!(told(&desk.session), format!("Imported 3 concepts from “x.{}”.", format.extension()));
        assert_eq!(own(&desk.session), ["dam", "port", "runway"]);
        assert_eq!(desk.session.notices().last().unwrap().actions, [Command::UndoGlossary]);
        desk.run(Command::UndoGlossary);
        desk.wait("all of it is gone", |session| session.termbase().unwrap().len() == size);
    }
}

#[test]
fn each_policy_does_what_it_promises() {
    let check = |policy: Policy, expected: [usize; 4], after: &[&str]| {
        let mut desk = desk(&[concept("هدنة", "truce"), concept("مدفع", "cannon")]);
        let path = desk.file("x.csv", "arabic,english\nهدنة,ceasefire\nمدفع,cannon\nسد,dam\n");
        look_at(&mut desk, &path);
        choose(&mut desk, |choices| choices.policy = policy);
        settle(&mut desk);
        assert_eq!(counts(&desk.session), expected, "{policy:?}");
        import(&mut desk);
        assert_eq!(own(&desk.session), after, "{policy:?}");
    };
    check(Policy::Skip, [1, 0, 2, 0], &["cannon", "dam", "truce"]);
    check(Policy::Merge, [1, 1, 1, 0], &["cannon", "dam", "truce|ceasefire"]);
    check(Policy::Replace, [1, 1, 1, 0], &["cannon", "ceasefire", "dam"]);
    check(Policy::AddAsNew, [3, 0, 0, 0], &["cannon", "cannon", "ceasefire", "dam", "truce"]);
}

#[test]
fn the_newest_choice_counts() {
    let mut desk = desk(&[concept("هدنة", "truce")]);
    let path = desk.file("x.csv", "arabic,english\nهدنة,ceasefire\n");
    look_at(&mut desk, &path);
    for policy in [Policy::Skip, Policy::AddAsNew, Policy::Merge, Policy::Replace] {
        choose(&mut desk, |choices| choices.policy = policy);
    }
    assert!(!desk.session.can(&Command::Import), "not before it is known what it does");
    settle(&mut desk);
    import(&mut desk);
    assert_eq!(own(&desk.session), ["ceasefire"]);
    assert_eq!(told(&desk.session), "Changed a concept by what “x.csv” says.");
}

#[test]
fn what_could_be_several_is_left_out_unless_a_person_says_so() {
    let in_domain = |domain: &str, english: &str| Concept { domain: domain.into(), ..concept("دورية", english) };
    let mut desk = desk(&[in_domain("military", "patrol"), in_domain("media", "periodical")]);
    let path = desk.file("x.csv", "arabic,english\nدورية,circular\n");
    look_at(&mut desk, &path);
    assert_eq!(counts(&desk.session), [0, 0, 0, 1]);
    assert!(!desk.session.can(&Command::Import), "nothing would be done");
    choose(&mut desk, |choices| choices.adds_undecided = true);
    import(&mut desk);
    assert_eq!(own(&desk.session), ["circular", "patrol", "periodical"]);
}

#[test]
fn columns_and_encodings_can_be_corrected() {
    let mut desk = desk(&[]);
    let path = desk.path("old.csv");
    let bytes = windows_1256("Tadmur;تدمر;Palmyra\nHims;حمص;Homs\n");
    fs::write(&path, bytes).unwrap();
    look_at(&mut desk, &path);
    let file = desk.session.import().file().unwrap();
    assert_eq!((file.container(), file.encoding().unwrap().name), (Some(Container::Text), "windows-1256"));
    assert!(file.encodings().contains(&"utf-8"));
    assert_eq!(file.preview().unwrap().rows[0], ["Tadmur", "تدمر", "Palmyra"]);

    choose(&mut desk, |choices| choices.read_as.encoding = Some("windows-1252"));
    settle(&mut desk);
    let problem = desk.session.import().problem().unwrap();
    assert!(
        problem.contains("no column") && problem.contains("Nothing was changed; choose another encoding"),
        "{problem}"
    );
    assert!(!desk.session.can(&Command::Import) && desk.session.import().plan().is_none());

    let layout = Layout { columns: vec![Column::Ignored, Column::Arabic, Column::English], has_header: false };
    let read_as = ReadAs { encoding: Some("windows-1256"), layout: Some(layout) };
    choose(&mut desk, |choices| choices.read_as = read_as);
    settle(&mut desk);
    import(&mut desk);
    assert_eq!(own(&desk.session), ["Homs", "Palmyra"]);
}

/// The bytes of a text in the old encoding of Windows for Arabic.
fn windows_1256(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1256.encode(text).0.into_owned()
}

#[test]
fn what_is_no_glossary_is_told_in_a_sentence_and_another_file_can_be_chosen() {
    let mut desk = desk(&[]);
    let size = desk.session.termbase().unwrap().len();
    let bad: [(&str, &[u8], &str); 7] = [
        ("empty.csv", b"", "There are no concepts in “empty.csv”. Nothing was changed"),
        ("latin.csv", b"a,b\nc,d\n", "no column of it is known to hold Arabic. Nothing was changed"),
        ("page.html", b"<html><body><p>x</p></body></html>", "“page.html” cannot be imported"),
        ("cut.tbx", b"<?xml version='1.0'?><tbx type='TBX-Basic'><text><body>", "the XML is damaged"),
        ("not.xlsx", b"PK\x03\x04 and no more", "the workbook cannot be read"),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\xff\0\xfe", "“picture.png” cannot be imported"),
        ("other.tbx", OTHER_LANGUAGES.as_bytes(), "there is no Arabic in this glossary"),
    ];
    for (name, bytes, expected) in bad {
        let path = desk.path(name);
        fs::write(&path, bytes).unwrap();
        look_at(&mut desk, &path);
        let problem = desk.session.import().problem().unwrap_or_default();
        assert!(problem.contains(expected) && problem.contains("Nothing was changed"), "{name}: {problem}");
        assert_eq!(problem.matches(". ").count(), 1, "one sentence, and what can be done: {problem}");
        assert!(!desk.session.can(&Command::Import), "{name}");
        assert_eq!(desk.session.sheet(), Some(&Sheet::ImportGlossary), "{name}");
    }
    for name in ["gone.tbx", "home"] {
        let path = desk.path(name);
        look_at(&mut desk, &path);
        let problem = desk.session.import().problem().unwrap();
        assert!(problem.starts_with(&format!("Could not read “{name}”: ")), "{problem}");
        assert!(problem.ends_with("Nothing was changed; choose another file."), "{problem}");
    }
    assert_eq!(desk.session.termbase().unwrap().len(), size);
    let good = desk.file("good.csv", "arabic,english\nسد,dam\n");
    look_at(&mut desk, &good);
    assert_eq!(desk.session.import().problem(), None);
    import(&mut desk);
    assert_eq!(own(&desk.session), ["dam"]);
}

const OTHER_LANGUAGES: &str = "<?xml version='1.0'?><tbx type='TBX-Basic' style='dca' xmlns='urn:iso:std:iso:30042:ed-2'>\
    <text><body><conceptEntry id='a'><langSec xml:lang='fr'><termSec><term>pain</term></termSec></langSec>\
    <langSec xml:lang='en'><termSec><term>bread</term></termSec></langSec></conceptEntry></body></text></tbx>";

#[test]
fn a_large_import_tells_how_far_it_is_can_be_stopped_and_taken_back() {
    const ROWS: usize = 3_000;
    let mut desk = desk(&[concept("هدنة", "truce")]);
    let size = desk.session.termbase().unwrap().len();
    let mut table = "arabic,english\n".to_owned();
    for row in 0..ROWS {
        writeln!(table, "كلمة رقم {row},word number {row}").unwrap();
    }
    let path = desk.file("many.csv", &table);
    look_at(&mut desk, &path);
    desk.run(Command::Import);
    assert!(desk.session.busy().unwrap().what.starts_with("Importing into the glossary"));
    assert!(desk.session.can(&Command::CancelWork));
    desk.run(Command::CancelWork);
    desk.wait("it is stopped", |session| told(session) == "Stopped; the glossary is as it was before.");
    assert_eq!(desk.session.termbase().unwrap().len(), size);
    assert_eq!(desk.session.busy(), None);

    look_at(&mut desk, &path);
    desk.run(Command::Import);
    desk.wait("some of it is written", |session| {
        session.busy().is_some_and(|busy| busy.fraction.is_some_and(|part| part > 0.0))
    });
    assert!(!desk.session.can(&Command::UndoGlossary), "one thing after the other");
    desk.wait("all of it is there", |session| session.termbase().unwrap().len() == size + ROWS);
    assert_eq!(told(&desk.session), format!("Imported {ROWS} concepts from “many.csv”."));
    desk.run(Command::UndoGlossary);
    desk.wait("all of it is gone", |session| session.termbase().unwrap().len() == size);
    assert_eq!(own(&desk.session), ["truce"], "what was there before stays");
}

#[test]
fn what_is_added_while_a_large_import_is_read_again_stays() {
    let mut desk = desk(&[]);
    let mut table = "arabic,english\n".to_owned();
    for row in 0..1_500 {
        writeln!(table, "كلمة رقم {row},word number {row}").unwrap();
    }
    let path = desk.file("many.csv", &table);
    look_at(&mut desk, &path);
    desk.run(Command::Import).run(Command::EditConcepts(vec![concept("سد", "dam")]));
    desk.wait("both are there", |session| {
        let all = own(session);
        all.len() == 1_501 && all.contains(&"dam".to_owned())
    });
}

#[test]
fn what_is_exported_comes_back_and_no_file_is_replaced_unasked() {
    let own_concepts = [concept("سد", "dam"), concept("مرفأ", "port"), concept("مدرج", "runway")];
    let mut desk = desk(&own_concepts);
    let all = desk.session.termbase().unwrap().len();
    let export = |desk: &mut Desk, selection: Selection, format: GlossaryFormat, name: &str| {
        let path = desk.path(name);
        desk.run(Command::ExportGlossary { ticked: Vec::new() });
        assert!(matches!(desk.session.sheet(), Some(Sheet::ExportGlossary { .. })));
        desk.run(Command::ExportGlossaryTo { selection, format, path });
        desk.wait("it is exported", |session| !session.notices().is_empty() || session.sheet().is_some());
    };
    for format in GlossaryFormat::OFFERED {
        let name = format!("{}.{}", format.label(), format.extension());
        export(&mut desk, Selection::Own, format, &name);
        assert!(told(&desk.session).starts_with(&format!("Exported 3 concepts to “{name}”.")));
        let read = glossary::read(&fs::read(desk.path(&name)).unwrap(), Options::default()).unwrap();
        assert_eq!(read.termbase.concepts().len(), 3, "{format:?}");
        desk.run(Command::DismissNotice);
    }
    let these = Selection::These([own_concepts[1].id.clone()].into());
    export(&mut desk, these, GlossaryFormat::Csv, "one");
    let text = fs::read_to_string(desk.path("one.csv")).unwrap();
    assert!(text.contains("port") && !text.contains("dam"));

    desk.run(Command::DismissNotice);
    export(&mut desk, Selection::All, GlossaryFormat::Csv, "one.csv");
    assert!(matches!(desk.session.sheet(), Some(Sheet::GlossaryFileExists { .. })), "it asks first");
    desk.run(Command::CloseSheet);
    assert_eq!(fs::read_to_string(desk.path("one.csv")).unwrap(), text);
    export(&mut desk, Selection::All, GlossaryFormat::Csv, "one.csv");
    desk.run(Command::Overwrite);
    desk.wait("it is replaced", |session| told(session).contains("Exported"));
    assert!(told(&desk.session).starts_with(&format!("Exported {all} concepts to “one.csv”.")));

    desk.run(Command::DismissNotice);
    export(&mut desk, Selection::Own, GlossaryFormat::Csv, "no/such/folder.csv");
    assert_eq!(desk.session.notices().last().unwrap().kind, NoticeKind::Error);
    assert!(told(&desk.session).ends_with("Nothing was written."), "{}", told(&desk.session));
}

#[test]
fn whoever_came_from_the_glossary_goes_back_to_it() {
    let mut desk = desk(&[]);
    let path = desk.file("x.csv", "arabic,english\nسد,dam\n");
    desk.run(Command::ShowGlossary);
    look_at(&mut desk, &path);
    import(&mut desk);
    assert_eq!(desk.session.sheet(), Some(&Sheet::Glossary));
    desk.wait("it shows", |session| {
        let mut shown = session.browsed().iter();
        shown.any(|id| session.termbase().unwrap().own().get(id).is_some())
    });
    desk.run(Command::ExportGlossary { ticked: Vec::new() }).run(Command::CloseSheet);
    assert_eq!(desk.session.sheet(), Some(&Sheet::Glossary));
    desk.run(Command::CloseSheet);
    assert_eq!(desk.session.sheet(), None);
}
