//! `tarjuman glossary` as a shell runs it, on files of its own; killed, and twice at once.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tarjuman::storage::termbase::Store;
use tempfile::TempDir;

const TABLE: &str = "arabic,english,kind,domain,note\n\
    هدنة | وقف إطلاق النار,truce | !armistice,term,military,\n\
    حلب,Aleppo,place,geography/syria,A town\n\
    جامعة الدول العربية | الجامعة العربية,Arab League,organisation,,\n";

/// A folder to run commands in, with a home of its own.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::write(desk.path("table.csv"), TABLE).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tarjuman"));
        command.current_dir(self.0.path()).env("TARJUMAN_HOME", self.path("home")).env("USER", "منى");
        command.arg("glossary").args(arguments);
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command prints that must not fail.
    #[track_caller]
    fn print(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The sentence of a command that must fail.
    #[track_caller]
    fn fail(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert_eq!(output.stdout, b"");
        String::from_utf8(output.stderr).unwrap()
    }

    /// The Arabic and English of what a search finds.
    fn search(&self, words: &str) -> Vec<String> {
        let line = |line: &str| line.split('\t').take(2).collect::<Vec<_>>().join("=");
        self.print(&["search", words]).lines().map(line).collect()
    }

    fn id(&self, words: &str) -> String {
        self.print(&["search", words]).lines().next().unwrap().rsplit('\t').next().unwrap().to_owned()
    }
}

#[test]
fn a_file_is_imported_searched_and_taken_back() {
    let desk = Desk::new();
    let expected = "columns: arabic, english, kind, domain, note\nwould be: 3 added, 0 changed, 0 left out\n";
    assert_eq!(desk.print(&["import", "table.csv", "--dry-run"]), expected);
    assert_eq!(desk.search("حلب"), Vec::<String>::new());
    assert_eq!(desk.print(&["import", "table.csv"]), "3 added, 0 changed, 0 left out (change 1)\n");
    assert!(desk.path("home/data/glossary.db").exists());
    assert_eq!(desk.search("حَلَبْ"), ["حلب=Aleppo"]);
    assert_eq!(desk.search("league"), ["جامعة الدول العربية=Arab League"]);
    assert_eq!(desk.search("armis"), ["هدنة=truce"]);
    assert_eq!(desk.print(&["import", "table.csv"]), "0 added, 0 changed, 3 left out\n");

    assert_eq!(desk.print(&["undo"]), "3 restored, 0 left as they are (change 2)\n");
    assert_eq!(desk.search("حلب"), Vec::<String>::new());
    assert!(desk.fail(&["undo"], 1).contains("nothing to undo"));
    assert_eq!(desk.print(&["undo", "2"]), "3 restored, 0 left as they are (change 3)\n");
    assert_eq!(desk.search("حلب"), ["حلب=Aleppo"]);
}

#[test]
fn concepts_are_added_changed_and_remembered() {
    let desk = Desk::new();
    desk.print(&["import", "table.csv"]);
    let added = desk.print(&["add", "حمص", "Homs", "--kind", "place", "--domain", "geography/syria"]);
    assert_eq!(added.trim(), desk.id("homs"));
    let refused = desk.fail(&["add", "حِلَب", "Halab", "--kind", "place"], 1);
    assert!(refused.contains(&desk.id("Aleppo")), "{refused}");
    desk.print(&["add", "حلب", "Halab", "--kind", "place", "--policy", "merge", "--author", "سامر"]);
    assert_eq!(desk.search("halab"), ["حلب=Aleppo"]);

    let history = desk.print(&["history", &desk.id("Aleppo")]);
    let lines: Vec<Vec<&str>> = history.lines().map(|line| line.split('\t').skip(1).collect()).collect();
    assert_eq!(lines, [["سامر", "3", "حلب = Aleppo | Halab"], ["منى", "1", "حلب = Aleppo"]]);
    assert_eq!(desk.print(&["history"]).lines().count(), 3);
    assert!(desk.fail(&["history", "no-such"], 1).contains("no concept no-such"));
    assert!(desk.fail(&["add", "حمص", "Homs", "--kind", "town"], 2).contains("person, place"));
}

#[test]
fn every_format_goes_out_and_comes_back() {
    let desk = Desk::new();
    desk.print(&["import", "table.csv"]);
    for file in ["a.tbx", "b.csv", "c.tsv", "d.xlsx"] {
        assert_eq!(desk.print(&["export", file]), "3 written\n");
        let other = ["--termbase", &format!("{file}.db")];
        let import = desk.print(&[&["import", file][..], &other].concat());
        assert_eq!(import, "3 added, 0 changed, 0 left out (change 1)\n", "{file}");
        let here = desk.print(&["search", "truce"]);
        assert_eq!(desk.print(&[&["search", "truce"][..], &other].concat()), here, "{file}: the id as well");
    }
    assert!(desk.print(&["export", "e.txt"]).starts_with("3 written; the format cannot hold everything"));
    assert_eq!(fs::read_to_string(desk.path("e.txt")).unwrap().lines().count(), 5);
    desk.print(&["export", "f.xml", "--format", "martif", "--kind", "place"]);
    let martif = fs::read_to_string(desk.path("f.xml")).unwrap();
    assert!(martif.contains("<term>Aleppo</term>") && !martif.contains("truce"));
    assert_eq!(desk.print(&["export", "g.csv", "--domain", "geography"]), "1 written\n");
    assert_eq!(desk.print(&["export", "i.csv", "--search", "حَلَب"]), "1 written\n");
    assert!(fs::read_to_string(desk.path("i.csv")).unwrap().contains("Aleppo"));
    assert_eq!(desk.print(&["export", "i.csv", "--status", "forbidden", "--kind", "term"]), "1 written\n");
    assert!(fs::read_to_string(desk.path("i.csv")).unwrap().contains("truce"));
    assert!(desk.fail(&["export", "i.csv", "--status", "odd"], 2).contains("preferred, admitted"));
    assert!(desk.fail(&["export", "i.csv", "--search", "nothing"], 1).contains("no such concepts"));
    assert!(desk.fail(&["export", "h.csv", "--untranslated"], 1).contains("no such concepts"));
    fs::write(desk.path("new.csv"), "arabic,english\nميناء,\n").unwrap();
    desk.print(&["import", "new.csv"]);
    assert_eq!(desk.print(&["export", "h.tsv", "--untranslated"]), "1 written\n");
    assert!(fs::read_to_string(desk.path("h.tsv")).unwrap().contains("ميناء\t\t"));
    assert!(desk.fail(&["export", "h.csv", "--domain", "geo"], 1).contains("no such concepts"));
    assert!(!desk.path("h.csv").exists());
    assert!(desk.fail(&["export", "h.doc"], 1).contains("--format"));
}

#[test]
fn columns_and_encodings_can_be_told() {
    let desk = Desk::new();
    fs::write(desk.path("odd.csv"), "Sham;x;دمشق\nHoms;x;حمص\n").unwrap();
    desk.print(&["import", "odd.csv", "--columns", "english,ignored,arabic"]);
    assert_eq!(desk.search("sham"), ["دمشق=Sham"]);
    assert!(desk.fail(&["import", "odd.csv", "--columns", "colour"], 1).contains("“colour”"));
    fs::write(desk.path("old.csv"), b"\xca\xcf\xe3\xd1;Palmyra\n").unwrap();
    desk.print(&["import", "old.csv", "--encoding", "windows-1256"]);
    assert_eq!(desk.search("palmyra"), ["تدمر=Palmyra"]);
}

#[test]
fn check_names_what_should_be_mended() {
    let desk = Desk::new();
    desk.print(&["import", "table.csv"]);
    assert_eq!(desk.print(&["check"]), "3 concepts, nothing to mend\n");
    desk.print(&["add", "حلب", "Halab", "--kind", "place", "--policy", "add"]);
    let found = desk.print(&["check"]);
    assert!(found.contains("twice\t") && found.contains("several translations\tحلب\taleppo | halab"), "{found}");
}

#[test]
fn what_only_reads_makes_no_glossary() {
    let desk = Desk::new();
    for command in [&["search", "x"][..], &["history"], &["check"], &["export", "x.tbx"]] {
        let sentence = desk.fail(&[command, &["--termbase", "missing.db"]].concat(), 1);
        assert!(sentence.contains("missing.db") && sentence.lines().count() == 1, "{sentence}");
    }
    assert!(!desk.path("missing.db").exists());
}

#[test]
fn what_is_no_glossary_is_named_and_left_alone() {
    let desk = Desk::new();
    fs::write(desk.path("broken.db"), TABLE).unwrap();
    let sentence = desk.fail(&["check", "--termbase", "broken.db"], 1);
    assert!(sentence.contains("broken.db") && sentence.lines().count() == 1, "{sentence}");
    assert_eq!(fs::read_to_string(desk.path("broken.db")).unwrap(), TABLE);
    fs::write(desk.path("broken.tbx"), "<tbx><text>").unwrap();
    assert!(desk.fail(&["import", "broken.tbx"], 1).contains("broken.tbx"));
    assert!(desk.fail(&["import", "missing.csv"], 1).contains("missing.csv"));
}

/// A table with so many concepts that writing them takes a while.
fn large_table(concepts: usize) -> String {
    let mut table = String::from("arabic,english\n");
    for number in 0..concepts {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "كلمة {number},word {number}");
    }
    table
}

#[test]
fn an_import_that_is_killed_leaves_all_or_nothing() {
    const CONCEPTS: usize = 1_500;
    let desk = Desk::new();
    fs::write(desk.path("large.csv"), large_table(CONCEPTS)).unwrap();
    let path = desk.path("home/data/glossary.db");
    desk.print(&["import", "table.csv"]);
    let journal = path.with_extension("db-wal");
    for kilobytes in [0, 1, 64, 512, 2048] {
        let mut child = desk.command(&["import", "large.csv"]).stdout(Stdio::null()).spawn().unwrap();
        // Until it has written so much, or has ended.
        let written = || fs::metadata(&journal).map_or(0, |metadata| metadata.len());
        while written() < kilobytes << 10 && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        let store = Store::open(&path, "").unwrap();
        store.verify().unwrap();
        let count = store.read().unwrap().termbase.concepts().len();
        assert!([3, 3 + CONCEPTS].contains(&count), "{count} after {kilobytes} KB");
        if let Some(change) = store.last_change().unwrap().filter(|_| count > 3) {
            Store::open(&path, "").unwrap().undo(change).unwrap();
        }
    }
}

#[test]
fn two_programs_write_to_one_glossary() {
    let desk = Desk::new();
    let tables = ["one", "two", "three"].map(|name| {
        let file = format!("{name}.csv");
        fs::write(
            desk.path(&file),
            large_table(400).replace("word", name).replace("كلمة", name).replace(' ', " كلمة "),
        )
        .unwrap();
        file
    });
    let children: Vec<_> = tables
        .iter()
        .map(|file| desk.command(&["import", file, "--policy", "add"]).stdout(Stdio::null()).spawn().unwrap())
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = Store::open(&desk.path("home/data/glossary.db"), "").unwrap();
    assert_eq!(store.read().unwrap().termbase.concepts().len(), 1200);
    assert_eq!(store.changes(9).unwrap().len(), 3);
}
