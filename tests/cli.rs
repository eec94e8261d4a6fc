//! The commands as a shell runs them: results on standard output, one sentence on standard error, exit codes.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const ARTICLE: &str = "بلدية المدينة تفتتح حديقة جديدة\n\nدمشق – المراسل\n\n\
    افتتحت بلدية المدينة أمس حديقة عامة جديدة في وسط دمشق بحضور مئات السكان.\n\n\
    وقالت البلدية إن الحديقة تضم ملاعب للأطفال ومسرحا صغيرا في الهواء الطلق.\n\nمقالات ذات صلة\n";

/// A folder to run commands in.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        folder.write("article.txt", ARTICLE.as_bytes());
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        tarjuman(self.0.path()).args(arguments).output().unwrap()
    }

    /// What a command prints that must not fail.
    fn print(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The one sentence of a command that must fail with `code`.
    fn fail(&self, arguments: &[&str], code: i32) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(code), "{arguments:?}");
        assert_eq!(output.stdout, b"");
        String::from_utf8(output.stderr).unwrap()
    }
}

fn tarjuman(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tarjuman"));
    command.current_dir(folder);
    command
}

#[test]
fn extract_prints_an_article_as_json_or_text() {
    let folder = Folder::new();
    let json: serde_json::Value = serde_json::from_str(&folder.print(&["extract", "article.txt", "--json"])).unwrap();
    assert_eq!(json["title"], "بلدية المدينة تفتتح حديقة جديدة");
    assert_eq!(json["byline"], "دمشق – المراسل");
    assert_eq!((&json["dateline"], &json["date"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!((&json["encoding"], &json["is_article"]), (&"utf-8".into(), &true.into()));
    let kinds: Vec<&str> =
        json["paragraphs"].as_array().unwrap().iter().map(|paragraph| paragraph["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["byline", "paragraph", "paragraph", "furniture"]);

    let text = folder.print(&["extract", "article.txt", "--text"]);
    assert_eq!(text, ARTICLE.replace("\n\nمقالات ذات صلة", ""));
}

#[test]
fn an_article_goes_through_xliff_into_every_export() {
    let folder = Folder::new();
    let xliff = folder.print(&["extract", "article.txt", "--xliff"]);
    assert_eq!(xliff.matches("<unit ").count(), 5);
    let translated = xliff.replacen("</source>", "</source><target>A new park opens</target>", 1);
    folder.write("article.xlf", translated.as_bytes());

    let export = |format, out| folder.print(&["export", "article.xlf", "--format", format, "--out", out]);
    let summary = "1 written, 3 without a translation, 1 left out\n";
    assert_eq!(export("tmx", "a.tmx"), summary);
    assert!(folder.read("a.tmx").contains("<seg>A new park opens</seg>"));
    assert_eq!(export("tsv", "a.tsv"), summary);
    assert!(folder.read("a.tsv").ends_with("\tA new park opens\tinitial\theadline\n"));
    for out in ["pair", "pair.en"] {
        assert_eq!(export("moses", out), summary);
        assert_eq!(folder.read("pair.ar"), "بلدية المدينة تفتتح حديقة جديدة\n");
        assert_eq!(folder.read("pair.en"), "A new park opens\n");
        fs::remove_file(folder.path("pair.ar")).unwrap();
    }
    assert!(folder.fail(&["export", "article.xlf", "--format", "tmx", "--out", "article.xlf"], 1).contains("--out"));
    assert_eq!(folder.read("article.xlf"), translated);
}

#[test]
fn terms_are_listed_for_programs_and_for_people() {
    let folder = Folder::new();
    folder
        .write("entries.tsv", "Q1\tدمشق\tDamascus\tLOC\ttest\nQ2\tالبلدية\tthe municipality\tterm\ttest\n".as_bytes());
    folder.write("text.txt", "لا شيء هنا\nفي 😀 ودمشق، قالت البلدية\n".as_bytes());
    let command = ["terms", "text.txt", "--glossary", "entries.tsv"];
    assert_eq!(folder.print(&[&command[..], &["--tsv"]].concat()), "1\t6\t10\tQ1\n1\t17\t24\tQ2\n");
    assert_eq!(folder.print(&command), "2: دمشق = Damascus\n2: البلدية = the municipality\n");
}

#[test]
fn the_encoding_of_a_text_is_found() {
    let folder = Folder::new();
    folder.write("cp1256.txt", b"\xde\xc7\xe1 \xc7\xe1\xe6\xd2\xed\xd1");
    let json: serde_json::Value = serde_json::from_str(&folder.print(&["extract", "cp1256.txt", "--json"])).unwrap();
    assert_eq!((&json["encoding"], &json["paragraphs"][0]["text"]), (&"windows-1256".into(), &"قال الوزير".into()));
}

#[test]
fn bad_files_are_named_in_one_sentence() {
    let folder = Folder::new();
    folder.write("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0");
    folder.write("old.xlf", b"<xliff version=\"1.2\"/>");
    folder.write("torn.xlf", b"<xliff version=\"2.1\"><file");
    let check = |arguments: &[&str], parts: &[&str]| {
        let sentence = folder.fail(arguments, 1);
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
        for part in parts {
            assert!(sentence.contains(part), "{sentence}");
        }
    };
    check(&["extract", "missing.txt", "--json"], &["missing.txt"]);
    check(&["extract", ".", "--json"], &["not a file"]);
    check(&["extract", "photo.txt", "--json"], &["photo.txt", "not a text", "byte 6"]);
    check(&["export", "old.xlf", "--format", "tmx", "--out", "x"], &["old.xlf", "XLIFF 1.2"]);
    check(&["export", "torn.xlf", "--format", "tmx", "--out", "x"], &["torn.xlf", "byte"]);
    check(&["export", "article.txt", "--format", "tmx", "--out", "x"], &["article.txt", "not an XLIFF file"]);
    check(&["terms", "article.txt", "--glossary", "article.txt"], &["article.txt", "glossary"]);
    assert!(!folder.path("x").exists());
}

#[test]
fn wrong_arguments_end_with_2() {
    let folder = Folder::new();
    for arguments in [
        &["extract"][..],
        &["extract", "article.txt"],
        &["extract", "article.txt", "--json", "--text"],
        &["export", "a.xlf", "--format", "docx", "--out", "x"],
        &["--no-such-option"],
    ] {
        assert!(folder.fail(arguments, 2).contains("--help"), "{arguments:?}");
    }
    assert!(folder.print(&["--help"]).contains("extract"));
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let folder = Folder::new();
    let long = ARTICLE.repeat(5_000);
    folder.write("long.txt", long.as_bytes());
    let mut child = tarjuman(folder.0.path())
        .args(["extract", "long.txt", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}
