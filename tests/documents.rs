//! Keeps the documents true: every relative link leads to a file, and what ARCHITECTURE.md names exists.

#![allow(clippy::expect_used, reason = "a failed expectation in a test is the test's failure")]

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    let documents = files(Path::new("."), "md");
    assert!(documents.contains(&PathBuf::from("./README.md")), "{documents:?}");
    for document in documents {
        let folder = document.parent().expect("it lies in a folder");
        for link in links(&read(&document)) {
            let (path, heading) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { document.clone() } else { folder.join(path) };
            if !root().join(&target).exists() {
                broken.push(format!("{}: no file {path}", document.display()));
            } else if !heading.is_empty() && !headings(&read(&target)).contains(heading) {
                broken.push(format!("{}: no heading #{heading} in {}", document.display(), target.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn the_map_names_what_exists() {
    let sources: String = ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files(Path::new(folder), "rs"))
        .chain(["Cargo.toml".into()])
        .map(|file| read(&file))
        .collect();
    let words: HashSet<&str> = sources.split(|c: char| !is_name(c)).collect();
    let files = files(Path::new("."), "");
    let is_known = |name: &String| {
        // A file or folder by the end of its path, or names like `Session::tick`.
        let is_end = |file: &PathBuf| file.ancestors().any(|path| path.ends_with(name));
        let is_path = name.contains(['/', '.']);
        files.iter().any(is_end) || (!is_path && name.split(|c: char| !is_name(c)).all(|word| words.contains(word)))
    };
    let mut unknown = code_spans(&read(Path::new("ARCHITECTURE.md")));
    unknown.retain(|name| !is_known(name));
    assert!(unknown.is_empty(), "ARCHITECTURE.md names what does not exist: {unknown:?}");
}

#[test]
fn links_and_names_are_found_in_a_document() {
    let text = "# One two\n[a](b.md#c \"title\") ![d](e.png) <img src=\"f.png\"> [g](https://h.i) `j` ``k``\n```\n[l](m) `n`\n```\n";
    assert_eq!(links(text), ["b.md#c", "e.png", "f.png"]);
    assert_eq!(code_spans(text), ["j", "k"]);
    assert!(headings(text).contains("one-two"));
}

/// The targets of a Markdown text's links and pictures that lie in this repository.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text);
    let starts = ["](", "src=\"", "srcset=\"", "href=\""];
    let mut found: Vec<(usize, &str)> = Vec::new();
    for start in starts {
        found.extend(prose.match_indices(start).filter_map(|(at, _)| {
            let target = &prose[at + start.len()..];
            Some((at, &target[..target.find([')', '"', ' '])?]))
        }));
    }
    found.sort_unstable();
    found.into_iter().map(|(_, link)| link.to_owned()).filter(|link| !link.contains("://")).collect()
}

/// What stands between backquotes, blocks of code left out.
fn code_spans(text: &str) -> Vec<String> {
    let prose = prose(text).replace("``", "`");
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// A Markdown text without its blocks of code.
fn prose(text: &str) -> String {
    text.split("```").step_by(2).collect()
}

/// The anchors of a text's headings, as the hosts of Git repositories make them.
fn headings(text: &str) -> HashSet<String> {
    let anchor = |heading: &str| -> String {
        let kept = heading.trim().to_lowercase();
        kept.chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .collect::<String>()
            .replace(' ', "-")
    };
    prose(text).lines().filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#'))).collect()
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The files below a folder of the repository with an extension, or all, without what Git and Cargo keep there.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root().join(folder)).expect("the folder exists") {
        let entry = entry.expect("the folder can be read");
        let name = entry.file_name().into_string().expect("names are Unicode");
        let path = folder.join(&name);
        if entry.path().is_dir() {
            if !name.starts_with('.') && name != "target" {
                found.extend(files(&path, extension));
            }
        } else if extension.is_empty() || path.extension().is_some_and(|end| end == extension) {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
