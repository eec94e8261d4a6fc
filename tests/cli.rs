//! The commands as a shell runs them: results on standard output, one sentence on standard error, exit codes.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod server;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;

use server::{Server, answer, hangs_up};
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
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), bytes).unwrap();
    }

    /// The names of the files in a folder and below it.
    fn files(&self, folder: &str) -> Vec<String> {
        let (mut names, mut folders) = (Vec::new(), vec![self.path(folder)]);
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else {
                    names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        names
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
fn many_articles_are_lines_in_order() {
    let folder = Folder::new();
    folder.write("more/b.txt", ARTICLE.as_bytes());
    folder.write("more/a.txt", ARTICLE.as_bytes());
    folder.write("more/.hidden", b"hidden");
    let files = |inputs: &[&str]| -> Vec<String> {
        let lines = folder.print(&[&["extract", "--json"], inputs].concat());
        let objects = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        objects.map(|object| object["file"].as_str().unwrap().replace('\\', "/")).collect()
    };
    assert_eq!(files(&["more"]), ["more/a.txt", "more/b.txt"]);
    assert_eq!(files(&["more", "article.txt"]), ["more/a.txt", "more/b.txt", "article.txt"]);
    assert_eq!(files(&["article.txt", "article.txt"]), ["article.txt", "article.txt"]);
}

#[test]
fn many_articles_go_to_files_of_their_own() {
    let folder = Folder::new();
    for name in ["in/a.txt", "in/b/a.txt", "in/b/خبر.ar.txt"] {
        folder.write(name, ARTICLE.as_bytes());
    }
    folder.write("in/out/old.txt", b"replaced");
    let output = folder.run(&["extract", "in", "article.txt", "in/a.txt", "--text", "--out", "in/out"]);
    assert_eq!((output.status.code(), output.stdout), (Some(0), Vec::new()));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "tarjuman: 5 read, 0 of them not one article; 0 failed\n");
    let expected = ARTICLE.replace("\n\nمقالات ذات صلة", "");
    let names = ["a.txt", "a-2.txt", "article.txt", "b/a.txt", "b/خبر.ar.txt"];
    for name in names {
        assert_eq!(folder.read(&format!("in/out/{name}")), expected, "{name}");
    }
    assert_eq!(folder.files("in/out").len(), names.len() + 1, "{:?}", folder.files("in/out"));

    folder.write("in/out/a.txt", b"old");
    assert!(folder.run(&["extract", "in/a.txt", "--text", "--out", "in/out"]).status.success());
    assert_eq!(folder.read("in/out/a.txt"), expected, "results are replaced");
}

#[test]
fn what_is_read_is_never_replaced() {
    let folder = Folder::new();
    folder.write("in/a.txt", ARTICLE.as_bytes());
    folder.write("b.txt", ARTICLE.as_bytes());
    let sentences = folder.fail(&["extract", "in", "b.txt", "--text", "--out", "in/../in"], 1);
    assert!(sentences.contains("--out"), "{sentences}");
    assert_eq!(folder.read("in/a.txt"), ARTICLE);
    assert_eq!(folder.files("in").len(), 2, "the other one is there");
}

#[test]
fn what_failed_and_why_is_told_at_the_end() {
    let folder = Folder::new();
    folder.write("in/good.txt", ARTICLE.as_bytes());
    folder.write("in/list.txt", "مقالات ذات صلة\n".as_bytes());
    folder.write("in/picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01");
    fs::create_dir(folder.path("empty")).unwrap();
    let output = folder.run(&["extract", "in", "gone.txt", "lost.txt", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 2, "the good ones are there");
    let sentences = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<_> = sentences.lines().collect();
    assert!(lines[0].ends_with("list.txt: no article was found in it"), "{sentences}");
    assert!(lines[1].ends_with("picture.png"), "{sentences}");
    assert_eq!(lines[2], "tarjuman: there is no such file or folder: gone.txt, lost.txt");
    assert_eq!(lines[3..], ["tarjuman: 2 read, 1 of them not one article; 3 failed"]);
    assert_eq!(folder.fail(&["extract", "empty", "--json"], 1), "tarjuman: there are no files to read\n");
}

#[test]
fn a_person_knows_the_encoding_best() {
    let folder = Folder::new();
    let (bytes, ..) = encoding_rs::ISO_8859_6.encode(ARTICLE);
    folder.write("article.txt", &bytes);
    let json = folder.print(&["extract", "article.txt", "--json", "--encoding", "ISO-8859-6"]);
    assert!(json.contains("بلدية المدينة تفتتح حديقة جديدة") && json.contains(r#""encoding":"iso-8859-6""#), "{json}");
    let json = folder.print(&["extract", "article.txt", "--json", "--encoding", "windows-1256"]);
    assert!(json.contains(r#""encoding":"windows-1256""#), "{json}");
}

#[test]
fn an_earlier_wrong_decoding_is_told_and_undone() {
    let folder = Folder::new();
    folder
        .write("scrambled.txt", encoding_rs::WINDOWS_1252.decode_without_bom_handling(ARTICLE.as_bytes()).0.as_bytes());
    let output = folder.run(&["extract", "scrambled.txt", "--text"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("--unscramble"), "{told}");
    assert!(!String::from_utf8(output.stdout).unwrap().contains("بلدية"));

    let output = folder.run(&["extract", "scrambled.txt", "--text", "--unscramble"]);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), folder.print(&["extract", "article.txt", "--text"]));
    let sound = folder.print(&["extract", "article.txt", "--text", "--unscramble"]);
    assert_eq!(sound, folder.print(&["extract", "article.txt", "--text"]));
}

#[test]
fn pages_are_fetched_when_they_are_allowed() {
    let folder = Folder::new();
    let server = Server::new(|path, stream| {
        let page = answer("200 OK", "Content-Type: text/plain; charset=utf-8\r\n", ARTICLE.as_bytes());
        stream.write_all(&path[1..].parse::<u16>().map_or(page, |status| answer(&format!("{status} No"), "", b"")))
    });
    let address = server.address("/news/1");
    let refused = folder.fail(&["extract", &address, "--json"], 1);
    assert!(refused.contains(&address) && refused.contains("--allow-private"), "{refused}");
    assert!(server.requests().is_empty());

    let fetch = |path: &str, form| ["extract".to_owned(), server.address(path), form, "--allow-private".to_owned()];
    let run = |path, form: &str| {
        let arguments = fetch(path, form.to_owned());
        folder.print(&arguments.each_ref().map(String::as_str))
    };
    assert!(run("/news/1", "--json").contains(r#""title":"بلدية المدينة تفتتح حديقة جديدة""#));
    let file = run("/news/1", "--xliff");
    assert!(file.contains(&format!(r#"<mda:meta type="address">{address}</mda:meta>"#)), "{file}");
    for (path, word) in [("/401", "password"), ("/403", "browser"), ("/404", "no such page"), ("/503", "later")] {
        let sentence = folder.fail(&fetch(path, "--text".to_owned()).each_ref().map(String::as_str), 1);
        assert!(sentence.contains(word) && sentence.contains(&path[1..]), "{sentence}");
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
    }

    let arguments = ["extract", &address, &address, "--json", "--allow-private", "--out", "out"];
    assert!(folder.run(&arguments).status.success());
    let name = format!("out/127.0.0.1-{}-news-1", server.port);
    assert_eq!(folder.read(&format!("{name}.json")), folder.read(&format!("{name}-2.json")));
}

#[test]
fn a_page_does_not_lead_into_a_private_network() {
    let folder = Folder::new();
    let secret = Server::with(answer("200 OK", "", ARTICLE.as_bytes()));
    let location = format!("Location: {}\r\n", secret.address("/"));
    // The proxy plays the internet.
    let proxy = Server::new(move |path, stream| {
        let public = path == "http://news.example/article";
        stream.write_all(&answer(if public { "200 OK" } else { "302 Found" }, &location, ARTICLE.as_bytes()))
    });
    let extract = |address: &str| {
        let mut command = tarjuman(folder.0.path());
        command.args(["extract", address, "--json"]).env_remove("NO_PROXY").env_remove("no_proxy");
        command.envs(["HTTP_PROXY", "http_proxy"].map(|name| (name, proxy.address("/")))).output().unwrap()
    };
    assert!(extract("http://news.example/article").status.success());
    for address in ["http://news.example/leads-there", "http://10.0.0.1/", "http://printer.local/"] {
        let output = extract(address);
        assert_eq!(output.status.code(), Some(1), "{address}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("--allow-private"), "{address}");
    }
    assert_eq!(proxy.requests().len(), 2);
    assert!(secret.requests().is_empty());
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_whole_files() {
    let folder = Folder::new();
    let (arrived, arrival) = mpsc::channel();
    let server = Server::new(move |_, stream| {
        arrived.send(()).unwrap();
        hangs_up(stream)
    });
    let address = server.address("/");
    let child = tarjuman(folder.0.path())
        .args(["extract", "article.txt", &address, "--json", "--allow-private", "--out", "out"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    arrival.recv().unwrap();
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    for name in folder.files("out") {
        assert_eq!(name, "article.json");
        let _: serde_json::Value = serde_json::from_str(&folder.read("out/article.json")).unwrap();
    }
}

#[test]
fn sentences_are_printed_by_the_rules_that_the_user_chose() {
    let folder = Folder::new();
    folder.write("text.txt", "قال د. سالم ذلك؛ ثم خرج. لم يعد.\n\nMr. Smith left. He came back.\n".as_bytes());
    let arabic = folder.print(&["sentences", "text.txt"]);
    assert!(arabic.starts_with("قال د. سالم ذلك؛ ثم خرج.\nلم يعد.\n\n"), "{arabic}");
    let english = folder.print(&["sentences", "text.txt", "--lang", "en"]);
    assert!(english.ends_with("\n\nMr. Smith left.\nHe came back.\n\n"), "{english}");

    let rules = "<srx version='2.0'><languagerule languagerulename='x'><rule><beforebreak>؛</beforebreak></rule>\n\
                 <rule><beforebreak>[</beforebreak></rule></languagerule>\
                 <languagemap languagepattern='.*' languagerulename='x'/></srx>";
    folder.write("own.srx", rules.as_bytes());
    let output = folder.run(&["sentences", "text.txt", "--srx", "own.srx"]);
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("قال د. سالم ذلك؛\nثم خرج. لم يعد.\n\n"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("own.srx: line 2: a rule for sentences was left out"));
    assert!(folder.fail(&["sentences", "text.txt", "--srx", "text.txt"], 1).contains("not SRX segmentation rules"));
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
    folder.write("entries.tsv", "Q3\tجندب\tgrasshopper\tterm\ttest\n".as_bytes());
    folder.write("text.txt", "رأى الجنادب\n".as_bytes());
    assert_eq!(folder.print(&command), "");
    assert_eq!(folder.print(&[&command[..], &["--guess-plurals"]].concat()), "1: الجنادب = grasshopper (perhaps)\n");
    let for_programs = ["--guess-plurals", "--tsv"];
    assert_eq!(folder.print(&[&command[..], &for_programs].concat()), "0\t4\t11\tQ3\tperhaps\n");
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
    let old = "<xliff version=\"1.2\"><file><body><trans-unit><source>نص</source></trans-unit></body></file></xliff>";
    folder.write("old.xlf", old.as_bytes());
    folder.write("torn.xlf", b"<xliff version=\"2.1\"><file");
    let check = |arguments: &[&str], parts: &[&str]| {
        let sentence = folder.fail(arguments, 1);
        assert_eq!(sentence.lines().count(), 1, "{sentence}");
        for part in parts {
            assert!(sentence.contains(part), "{sentence}");
        }
    };
    check(&["extract", "missing.txt", "--json"], &["missing.txt"]);
    check(&["terms", ".", "--glossary", "article.txt"], &["not a file"]);
    check(&["extract", "photo.txt", "--json"], &["photo.txt", "not a text", "byte 6"]);
    check(&["export", "old.xlf", "--format", "tmx", "--out", "x"], &["old.xlf", "not an XLIFF 2 file"]);
    check(&["export", "torn.xlf", "--format", "tmx", "--out", "x"], &["torn.xlf", "byte"]);
    check(&["export", "article.txt", "--format", "tmx", "--out", "x"], &["article.txt", "not an XLIFF 2 file"]);
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
        &["extract", "--json"],
        &["extract", "article.txt", "--json", "--encoding", "abjad"],
        &["extract", "article.txt", "article.txt", "--text"],
        &["extract", ".", "--xliff"],
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
