//! Importing into the glossary, and exporting it, in the window.

use std::fs;
use std::path::Path;

use egui::Key;
use egui_kittest::kittest::NodeT as _;
use tarjuman::session::{Command, Session, Sheet};
use tempfile::TempDir;

use super::window::{CTRL, NONE, SHIFT, Window, file, home};

/// With the import sheet open and a file read.
fn before_import(home: &TempDir, name: &str, bytes: &[u8]) -> Window {
    let mut window = Window::on_sample(home.path());
    let path = file(home, name, "");
    fs::write(&path, bytes).unwrap();
    window.key(CTRL.plus(SHIFT), Key::I);
    window.answer_path(&path);
    wait(&mut window);
    window
}

fn wait(window: &mut Window) {
    window.wait("it is known what would happen", |session| {
        !session.import().is_working() && session.import().file().is_some()
    });
}

fn english(session: &Session) -> Vec<String> {
    let own = session.termbase().unwrap().own().concepts().iter();
    own.filter_map(|concept| concept.preferred_english().map(str::to_owned)).collect()
}

#[test]
fn a_wrong_guess_is_corrected_and_the_import_taken_back() {
    let home = home();
    let table = "Aleppo;halab;حلب\nHoms;hims;حمص\nHama;hamah;حماة\n";
    let mut window = before_import(&home, "towns.csv", table.as_bytes());
    assert!(window.shows("Look at those with a “?”"));
    window.harness.check_accessibility();
    window.click("Column 1: Note, a guess");
    window.click("English");
    wait(&mut window);
    window.click("Column 2: English, a guess");
    window.click("Not read");
    wait(&mut window);
    assert!(window.shows("Column 1: English") && window.shows("Show only: 3 new") && window.shows("Hama"));
    window.last("Import").focus();
    window.settle();
    window.key(NONE, Key::Enter);
    window.wait("it is imported", |session| english(session).len() == 3);
    assert!(window.ask(|session| session.sheet().is_none()));
    assert_eq!(window.ask(english), ["Aleppo", "Homs", "Hama"]);
    assert!(window.shows("Imported 3 concepts from “towns.csv”."));
    window.click("Undo the change of the glossary");
    window.wait("it is taken back", |session| english(session).is_empty());
}

#[test]
fn enter_imports_as_soon_as_a_file_is_read() {
    let home = home();
    let mut window = before_import(&home, "x.csv", "arabic,english,kind\nمرفأ,port,term\n".as_bytes());
    assert_eq!(window.focused().as_deref(), Some("Import"));
    window.key(NONE, Key::Enter);
    window.wait("it is imported", |session| english(session) == ["port"]);
    assert_eq!(window.focused().as_deref(), Some("Translation 1"), "one writes on");
}

#[test]
fn another_encoding_is_chosen() {
    let home = home();
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode("تدمر;Palmyra\nحمص;Homs\nالرقة;Raqqa\n");
    let mut window = before_import(&home, "old.csv", &bytes);
    window.click("Encoding: windows-1256");
    window.click("windows-1252");
    wait(&mut window);
    assert!(window.shows("“old.csv” cannot be imported"));
    assert!(window.last("Import").accesskit_node().is_disabled());
    window.click("Encoding: windows-1252");
    window.click("windows-1256");
    wait(&mut window);
    window.click("Import");
    window.wait("it is imported", |session| english(session) == ["Palmyra", "Homs", "Raqqa"]);
}

#[test]
fn the_import_is_looked_through_by_key() {
    let home = home();
    let rows: Vec<String> = (0..400).map(|row| format!("كلمة {row},word {row}")).collect();
    let mut window = before_import(&home, "many.csv", format!("arabic,english\n{}\n", rows.join("\n")).as_bytes());
    assert!(window.shows("Show only: 400 new") && !window.shows("word 399"));
    let mut reached = Vec::new();
    for _ in 0..30 {
        window.key(NONE, Key::Tab);
        reached.extend(window.focused());
        if reached.last().is_some_and(|name| name.starts_with("What would happen")) {
            break;
        }
    }
    for name in ["Cancel", "Another file…", "Keep both", "Encoding: utf-8", "Column 1: Arabic", "Show only: 400 new"]
    {
        assert!(reached.iter().any(|reached| reached == name), "{name}: {reached:?}");
    }
    window.key(NONE, Key::End);
    assert!(window.shows("word 399") && !window.shows("word 1 "));
    window.key(NONE, Key::Enter);
    window.wait("it is imported", |session| english(session).len() == 400);
}

#[test]
fn dropped_glossaries_are_imported() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    let path = file(&home, "bad.TBX", "<tbx>");
    window.drop_file(&path);
    wait(&mut window);
    assert!(window.shows("“bad.TBX” cannot be imported"));
    window.key(NONE, Key::Escape);
    assert!(window.ask(|session| session.sheet().is_none()));

    window.key(CTRL.plus(SHIFT), Key::G);
    window.wait("the glossary is shown", |session| !session.is_browsing());
    let path = file(&home, "x.csv", "arabic,english\nمرفأ,port\n");
    window.drop_file(&path);
    wait(&mut window);
    window.key(NONE, Key::Enter);
    window.wait("it is imported", |session| english(session) == ["port"]);
    assert!(window.ask(|session| session.sheet() == Some(&Sheet::Glossary)), "one looks on");
    assert!(window.shows("Imported a concept from “x.csv”"));
    window.click("Undo the change of the glossary");
    window.wait("it is taken back", |session| english(session).is_empty());
}

fn told_of_export(session: &Session) -> bool {
    session.notices().iter().any(|notice| notice.message.starts_with("Exported"))
}

fn lines(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn what_was_searched_for_is_exported() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.key(CTRL.plus(SHIFT), Key::G);
    window.wait("the glossary is shown", |session| !session.is_browsing() && !session.browsed().is_empty());
    window.write("bruss");
    window.wait("it is found", |session| !session.is_browsing() && session.browsed().len() < 20);
    let found = window.ask(|session| session.browsed().len());
    window.key(CTRL.plus(SHIFT), Key::E);
    window.harness.check_accessibility();
    assert!(window.shows(&format!("Those that fit what you searched for ({found})")));
    window.click("TSV");
    assert_eq!(window.last("File").value().as_deref(), Some("glossary.tsv"), "the extension follows the format");
    let path = home.path().join("found.tsv");
    window.answer_path(&path);
    window.wait("it is written", told_of_export);
    assert!(window.ask(|session| session.sheet() == Some(&Sheet::Glossary)));
    let lines = lines(&path);
    assert_eq!(lines.len(), found + 1);
    assert!(lines.iter().any(|line| line.contains("Brussels")));
    assert_eq!(window.last("Search the glossary").value().as_deref(), Some("bruss"), "one looks on");
    assert_eq!(window.ask(|session| session.browsed().len()), found);
}

#[test]
fn what_is_ticked_is_exported_and_replaces_only_after_a_question() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    let path = file(&home, "some.csv", "old");
    window.key(CTRL.plus(SHIFT), Key::G);
    window.wait("the glossary is shown", |session| !session.is_browsing() && !session.browsed().is_empty());
    window.key(CTRL, Key::Enter);
    window.click("Export the glossary…");
    assert!(window.shows("Those that are ticked (1)"));
    window.click("CSV");
    window.answer_path(&path);
    window.wait("it asks", |session| matches!(session.sheet(), Some(Sheet::GlossaryFileExists { .. })));
    assert_eq!(lines(&path), ["old"]);
    window.key(NONE, Key::Enter);
    window.wait("it is written", told_of_export);
    assert!(window.ask(|session| session.sheet() == Some(&Sheet::Glossary)));
    assert_eq!(lines(&path).len(), 2);
    assert!(window.ask(|session| session.can(&Command::ExportGlossary { ticked: Vec::new() })));
}
