//! Files that mean harm, given to the program as somebody would who got one by mail: it answers or says in one
//! sentence why not, soon, in little memory, and touches nothing else on the disk or in the network.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod material;
mod server;

use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use material::{bench, files_in};
use server::{Server, answer};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What a file may take of a processor. Their sizes suit a build without optimisation, which is several times slower.
const MOST_TIME: Duration = Duration::from_secs(2);
/// What it may take of memory, in kilobytes.
const MOST_MEMORY: u64 = 200 << 10;
/// What no file may bring to light.
const SECRET: &str = "a line of a private file";

/// A folder with hostile files, and what they reach for.
struct Trap {
    folder: TempDir,
    server: Server,
}

/// What became of a file.
struct Answer {
    code: Option<i32>,
    stdout: String,
    stderr: String,
    /// Time on a processor, and memory in kilobytes, as far as they are known.
    spent: (Duration, u64),
}

#[test]
fn no_file_does_harm() {
    let trap = Trap::new();
    let mut files = trap.files();
    files.extend(bench("interop/hostile").iter().flat_map(|folder| files_in(folder)));
    let before = files_in(trap.folder.path());
    let mut failures = String::new();
    for file in &files {
        for form in ["--json", "--text", "--xliff"] {
            let answer = trap.extract(file, form);
            if let Some(fault) = fault(&answer) {
                let _ = writeln!(failures, "{} {form}: {fault}", file.display());
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert_eq!(files_in(trap.folder.path()), before, "something was written");
    assert_eq!(trap.server.requests(), Vec::<String>::new(), "something was fetched");
}

/// What is wrong with an answer.
fn fault(answer: &Answer) -> Option<String> {
    let Answer { code, stdout, stderr, spent: (time, memory) } = answer;
    let sentences = stderr.lines().filter(|line| line.starts_with("tarjuman: ")).count();
    let told = sentences == stderr.lines().count();
    let fault = match code {
        Some(0) if !told => "it read the file and said more than warnings",
        Some(1) if sentences != 1 || !told => "it refused the file in other than one sentence",
        Some(1) if !stdout.is_empty() => "it refused the file and printed something",
        Some(0 | 1) if stdout.contains(SECRET) => "it gave a private file away",
        Some(0 | 1) if *time > MOST_TIME => "it took too long",
        Some(0 | 1) if *memory > MOST_MEMORY => "it took too much memory",
        Some(0 | 1) => return None,
        _ => "it ended in no good way",
    };
    let beginning: String = stderr.chars().take(300).collect();
    Some(format!("{fault} ({code:?}, {time:?}, {memory} KB): {beginning}"))
}

impl Trap {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("secret.txt"), SECRET).unwrap();
        let server = Server::with(answer("200 OK", "Content-Type: text/plain\r\n", SECRET.as_bytes()));
        Self { folder, server }
    }

    fn extract(&self, file: &Path, form: &str) -> Answer {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tarjuman"));
        command.args(["extract", form]).arg(file).current_dir(self.folder.path());
        command.env("TARJUMAN_HOME", self.folder.path().join("home")).env("HOME", self.folder.path());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let (mut stdout, mut stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let reader = thread::spawn(move || {
            let mut text = Vec::new();
            stdout.read_to_end(&mut text).unwrap();
            String::from_utf8_lossy(&text).into_owned()
        });
        let complaints = thread::spawn(move || {
            let mut text = String::new();
            stderr.read_to_string(&mut text).unwrap();
            text
        });
        let mut spent = (Duration::ZERO, 0);
        let code = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status.code();
            }
            spent = spent_by(child.id()).unwrap_or(spent);
            if spent.0 > 4 * MOST_TIME {
                child.kill().unwrap();
            }
            thread::sleep(Duration::from_millis(1));
        };
        Answer { code, stdout: reader.join().unwrap(), stderr: complaints.join().unwrap(), spent }
    }

    /// Files written for this test.
    fn files(&self) -> Vec<PathBuf> {
        let away = format!("http://127.0.0.1:{}/", self.server.port);
        let secret = format!("file://{}", self.folder.path().join("secret.txt").display());
        let files = self.folder.path().join("files");
        fs::create_dir(&files).unwrap();
        let mut paths = Vec::new();
        let mut all = texts(&away, &secret);
        all.extend(packages(&away));
        for (name, content) in all {
            let path = files.join(name);
            fs::write(&path, content).unwrap();
            paths.push(path);
        }
        paths
    }
}

/// What a process has spent so far: time on processors, and the most memory, in kilobytes. Known on Linux alone.
fn spent_by(process: u32) -> Option<(Duration, u64)> {
    let folder = PathBuf::from(format!("/proc/{process}"));
    let status = fs::read_to_string(folder.join("status")).ok()?;
    let memory =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()?;
    let tasks = fs::read_dir(folder.join("task")).ok()?;
    let nanoseconds = tasks.filter_map(|task| {
        let times = fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        times.split_whitespace().next()?.parse::<u64>().ok()
    });
    Some((Duration::from_nanos(nanoseconds.sum()), memory))
}

/// Texts and markup that lead elsewhere or swell.
fn texts(away: &str, secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let paragraph = "<p>قال الوزير في افتتاح السوق إن العمل انتهى في موعده المحدد.</p>";
    let page = format!(
        "<html><head><base href='{away}'><meta http-equiv=refresh content='0;url={away}'><link rel=stylesheet href={away}a.css>\
         <style>@import '{away}b.css'; p {{ background: url({away}c) }}</style><script src={away}d.js></script></head>\
         <body onload=\"fetch('{away}e')\"><iframe src='{secret}'></iframe><object data='{secret}'></object>\
         <img src={away}f.png><video src={away}g poster={away}h></video><h1>عنوان</h1>{paragraph}</body></html>"
    );
    let entity =
        |system: &str| format!("<!DOCTYPE tmx [<!ENTITY e SYSTEM \"{system}\"><!ENTITY % p SYSTEM \"{system}\"> %p;]>");
    let tmx = |doctype: &str, segment: &str| {
        format!(
            "<?xml version=\"1.0\"?>{doctype}<tmx version=\"1.4\"><header srclang=\"ar\"/><body><tu><tuv xml:lang=\"ar\"><seg>خبر \
             {segment}</seg></tuv></tu></body></tmx>"
        )
    };
    let swelling = (1..12).fold("<!ENTITY a0 \"خبر خبر خبر خبر\">".to_owned(), |mut entities, level| {
        let _ = write!(entities, "<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
        entities
    });
    let xliff = format!(
        "<xliff xmlns=\"urn:oasis:names:tc:xliff:document:2.0\" version=\"2.0\" srcLang=\"ar\"><file id=\"f\" original=\"{secret}\">\
         <skeleton href=\"{away}s\"/><unit id=\"u\"><segment><source>خبر</source></segment></unit></file></xliff>"
    );
    let old_xliff = format!(
        "<xliff version=\"1.2\"><file original=\"{secret}\" source-language=\"ar\" datatype=\"plaintext\"><header><skl>\
         <external-file href=\"{secret}\"/></skl></header><body><trans-unit id=\"1\"><source>خبر</source></trans-unit></body></file></xliff>"
    );
    let saved = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Type: message/external-body; \
         access-type=URL; URL=\"{away}m\"\r\n\r\n--b\r\nContent-Type: text/html\r\nContent-Location: {away}n\r\n\r\n{page}\r\n--b--\r\n"
    );
    let nested = "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n".repeat(20_000);
    let pdf = format!(
        "%PDF-1.7\n1 0 obj <</Type /Catalog /Pages 2 0 R /OpenAction <</S /URI /URI ({away}o)>> /AA <</O <</S /Launch /F ({secret})>>>>>> endobj\n\
         2 0 obj <</Type /Pages /Count 2000000000 /Kids [2 0 R 3 0 R]>> endobj\n\
         3 0 obj <</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</XObject <</X 5 0 R>>>>>> endobj\n\
         4 0 obj <</Length 5 /F ({away}p)>> stream\n/X Do\nendstream endobj\n5 0 obj <</Subtype /Form /Length 16 /Resources <</XObject <</X 5 0 R>>>>>>\n\
         stream\n/X Do /X Do /X Do\nendstream endobj\ntrailer <</Root 1 0 R /Size 2147483647>>\n"
    );
    vec![
        ("leads-away.html", page.into_bytes()),
        ("entity-of-a-file.tmx", tmx(&entity(secret), "&e;").into_bytes()),
        ("entity-of-an-address.tmx", tmx(&entity(away), "&e;").into_bytes()),
        ("swelling.tmx", tmx(&format!("<!DOCTYPE tmx [{swelling}]>"), "&a11;").into_bytes()),
        ("outside.xlf", xliff.into_bytes()),
        ("outside-1.xlf", old_xliff.into_bytes()),
        ("saved.mht", saved.into_bytes()),
        ("nested.mht", format!("MIME-Version: 1.0\r\n{nested}").into_bytes()),
        ("acting.pdf", pdf.into_bytes()),
        ("pictures.md", format!("# عنوان\n\n![صورة]({away}q) [رابط]({secret})\n\n<img src='{away}r'>\n").into_bytes()),
        ("brackets.html", "<".repeat(1 << 20).into_bytes()),
        ("deep.html", ("<div><b>".repeat(200_000) + paragraph).into_bytes()),
        ("deep.xlf", format!("<xliff version=\"2.0\">{}", "<a>".repeat(500_000)).into_bytes()),
        ("quotes.md", format!("{}خبر", "> ".repeat(100_000)).into_bytes()),
        ("one-word.txt", "خبر".repeat(1 << 18).into_bytes()),
        ("marks.txt", format!("خ{}", "\u{64e}".repeat(1 << 19)).into_bytes()),
        ("turning.txt", "\u{202e}خبر a ".repeat(100_000).into_bytes()),
        ("lines.txt", "خبر\n\n".repeat(40_000).into_bytes()),
        ("zeros.txt", vec![0; 5 << 20]),
        ("cues.srt", "1\n00:00:00,000 --> 99999999999:00:00,000\nخبر\n\n".repeat(10_000).into_bytes()),
        ("tabs.tsv", "خبر\t".repeat(1 << 17).into_bytes()),
    ]
}

/// Packages that reach outside or swell.
fn packages(away: &str) -> Vec<(&'static str, Vec<u8>)> {
    let relations = |target: &str, mode: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"{target}\"{mode}/></Relationships>"
        )
    };
    let usual = relations("word/document.xml", "");
    let document = |body: &str| {
        format!(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
        )
    };
    let text = document("<w:p><w:r><w:t>خبر</w:t></w:r></w:p>");
    let swollen = document(&"<w:p><w:r><w:t>خبر</w:t></w:r></w:p>".repeat(4 << 20));
    let many: Vec<(String, &[u8])> = (0..20_000).map(|number| (format!("word/{number}.xml"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, content)| (name.as_str(), *content)).collect();
    let outside = relations(&format!("{away}document.xml"), " TargetMode=\"External\"");
    vec![
        (
            "climbing.docx",
            packed(&[
                ("_rels/.rels", usual.as_bytes()),
                ("word/document.xml", text.as_bytes()),
                ("../../climbed.txt", b"x"),
                ("/tmp/climbed.txt", b"x"),
            ]),
        ),
        ("target-climbs.docx", packed(&[("_rels/.rels", relations("../../secret.txt", "").as_bytes())])),
        ("target-outside.docx", packed(&[("_rels/.rels", outside.as_bytes()), ("word/document.xml", text.as_bytes())])),
        ("swollen.docx", packed(&[("_rels/.rels", usual.as_bytes()), ("word/document.xml", swollen.as_bytes())])),
        ("many-parts.docx", packed(&many)),
        (
            "swollen.odt",
            packed(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", swollen.as_bytes())]),
        ),
    ]
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, deflated).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
