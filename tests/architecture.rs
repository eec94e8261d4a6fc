//! Keeps the source within the layers that ARCHITECTURE.md draws.
//!
//! Every path that a file names is read from its tokens (comments and strings do not count), and held
//! against two tables: [`LAYERS`], each of which may use only itself and those before it, and
//! [`HOMES`], which says where a crate or a module of `std` may be named.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library, lowest first.
const LAYERS: [&str; 8] = ["text", "domain", "formats", "storage", "jobs", "session", "ui", "cli"];

/// What only some layers may name. `main` stands for `src/main.rs`.
const HOMES: [Home; 4] = [
    Home {
        names: &["egui", "eframe", "egui_kittest"],
        layers: &["ui", "cli", "main"],
        in_tests: false,
        why: "only ui draws",
    },
    Home { names: &["rfd"], layers: &["ui"], in_tests: false, why: "only ui opens dialogs" },
    Home {
        names: &["serde", "serde_json"],
        layers: &["formats", "storage"],
        in_tests: false,
        why: "the model is not serialisable: each format writes it in its own way",
    },
    Home {
        names: &[
            "std::fs",
            "std::net",
            "tokio::net",
            "reqwest",
            "hyper_util",
            "rustls",
            "walkdir",
            "rusqlite",
            "tempfile",
            "directories",
        ],
        layers: &["storage", "main"],
        in_tests: true,
        why: "only storage touches disk and network",
    },
];

/// Longer files tell more than one story.
const MOST_LINES: usize = 700;

struct Home {
    /// Crates, or modules of `std`.
    names: &'static [&'static str],
    /// Where they may be named.
    layers: &'static [&'static str],
    /// Whether a `mod tests` may name them anywhere, to read its fixtures.
    in_tests: bool,
    why: &'static str,
}

#[test]
fn source_keeps_to_its_layers() {
    let files = rust_files(&root().join("src"));
    let mut violations = Vec::new();
    for layer in LAYERS {
        assert!(files.contains(&format!("src/{layer}/mod.rs")), "the layer {layer} has no src/{layer}/mod.rs");
    }
    for file in &files {
        violations.extend(violations_in(file, &read(file)));
    }
    assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
}

#[test]
fn library_declares_the_layers_in_order() {
    let source = read("src/lib.rs");
    let tokens = tokens(&source);
    let declared: Vec<&str> = tokens
        .windows(3)
        .filter(|window| window[0].text == "mod" && window[2].text == ";")
        .map(|w| w[1].text)
        .collect();
    assert_eq!(declared, LAYERS);
}

#[test]
fn files_are_short_and_say_what_they_are_for() {
    let mut faults = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for file in rust_files(&root().join(folder)) {
            let source = read(&file);
            let lines = source.lines().count();
            if lines > MOST_LINES {
                faults.push(format!("{file}: {lines} lines, {MOST_LINES} are the most"));
            }
            if !source.starts_with("//! ") {
                faults.push(format!("{file}:1: no `//!` header"));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_font_and_asset_is_used_and_licensed() {
    let users: String =
        ["src", "scripts"].iter().flat_map(|folder| files(&root().join(folder))).map(|file| read(&file)).collect();
    let described = read("fonts/README.md");
    for file in ["assets", "fonts"].iter().flat_map(|folder| files(&root().join(folder))) {
        let (folder, name) = file.split_once('/').expect("below a folder");
        if name == "README.md" || name == "OFL.txt" || name.ends_with("-LICENSE.txt") {
            continue;
        }
        assert!(users.contains(name), "{file} is named nowhere in src/ and scripts/");
        assert!(folder != "fonts" || described.contains(name), "{file} is not in fonts/README.md");
    }
}

#[test]
fn planted_violations_are_caught() {
    let caught = [
        ("src/text/fold.rs", "use crate::domain::Unit;"),
        ("src/text/fold.rs", "use crate::{text::Span, ui};"),
        ("src/text/fold.rs", "use super::{super::{domain::Unit}};"),
        ("src/text/fold.rs", "pub(crate) use super::super::cli as shell;"),
        ("src/text/fold/map.rs", "fn f(unit: &super::super::super::domain::Unit) {}"),
        ("src/domain/unit.rs", "fn f() -> tarjuman::session::Command { todo!() }"),
        ("src/domain/unit.rs", "fn f() { let job = <crate::jobs::Job>::default(); }"),
        ("src/domain/mod.rs", "use super::formats::tmx;"),
        ("src/formats/tmx.rs", "mod inner { use super::super::super::storage; }"),
        ("src/formats/tmx.rs", "mod tests { use crate::session; }"),
        ("src/formats/tmx.rs", "use crate::*;"),
        ("src/formats/tmx.rs", "use crate as everything;"),
        ("src/formats/tmx.rs", "use crate::{self as everything};"),
        ("src/session/mod.rs", "fn f(_: &'static str, _: egui::Key) {}"),
        ("src/session/mod.rs", "fn f(c: char) -> bool { c == '\\'' && c != '\"' } use ::eframe::App;"),
        ("src/session/mod.rs", "mod tests { use egui_kittest::Harness; }"),
        ("src/cli/mod.rs", "rfd::FileDialog::new();"),
        ("src/domain/unit.rs", "#[derive(Debug, serde::Serialize)] struct Unit;"),
        ("src/ui/rows.rs", "use serde_json::json;"),
        ("src/formats/tmx.rs", "use std::{fmt::Write as _, fs::File};"),
        ("src/jobs/mod.rs", "fn f() { std::net::TcpStream::connect(\"[::1]:1\"); }"),
        ("src/jobs/mod.rs", "let r#type = r#\"quoted \" mark\"#; use reqwest::Client;"),
        ("src/helpers.rs", "//! A file outside every layer."),
    ];
    for (file, source) in caught {
        assert_eq!(violations_in(file, source).len(), 1, "in {file}: {source}");
    }

    let passed = [
        ("src/domain/unit.rs", "use crate::text::{Span, fold::{self, Folded}};"),
        ("src/domain/unit.rs", "use super::{Article, ui}; mod tests { use super::*; use super::super::session; }"),
        (
            "src/domain/unit.rs",
            "//! Shown by [`crate::ui`].\n/* crate::ui /* egui:: */ std::fs:: */ // use serde::Serialize;",
        ),
        (
            "src/domain/unit.rs",
            "const HELP: &str = \"use crate::ui;\"; const RAW: &str = r#\"egui::Ui \"std::fs\" \"#;",
        ),
        ("src/domain/unit.rs", "pub(crate) fn f<'a>(x: &'a u8) -> char { let _ = *x as usize; 'x' }"),
        ("src/formats/tmx.rs", "mod tests { fn bench() { std::fs::read_to_string(\"a\"); } }"),
        ("src/formats/json.rs", "use serde::Serialize;"),
        ("src/storage/files.rs", "use std::fs; use crate::formats::tmx;"),
        ("src/ui/rows.rs", "use egui::{Ui, Key}; use crate::session::Command;"),
        ("src/main.rs", "use tarjuman::cli; fn main() { std::fs::read(\"a\"); eframe::run_native(); }"),
    ];
    for (file, source) in passed {
        assert_eq!(violations_in(file, source), Vec::<String>::new(), "in {file}: {source}");
    }
}

/// What a file of the library breaks, a line each: `file:line: what and why`.
fn violations_in(file: &str, source: &str) -> Vec<String> {
    let module = module_of(file);
    let layer = match module.first() {
        None if file == "src/lib.rs" => return Vec::new(),
        None => "main",
        Some(first) if LAYERS.contains(first) => *first,
        Some(_) => return vec![format!("{file}: belongs to no layer; the layers are {}", LAYERS.join(", "))],
    };
    let mut violations = Vec::new();
    for reference in references(&tokens(source)) {
        let problem = against_layers(layer, &module, &reference).or_else(|| against_homes(layer, &reference));
        if let Some(problem) = problem {
            violations.push(format!("{file}:{}: `{}`: {problem}", reference.line, reference.path.join("::")));
        }
    }
    violations
}

fn against_layers(layer: &str, module: &[&str], reference: &Reference) -> Option<String> {
    let own = LAYERS.iter().position(|name| *name == layer)?;
    let resolved = resolve(module, reference)?;
    match resolved.first() {
        None if reference.renamed => Some("names the whole crate, every layer at once".to_owned()),
        Some(&"*") => Some("imports the whole crate, every layer at once".to_owned()),
        Some(first) if LAYERS.iter().position(|name| name == first)? > own => {
            Some(format!("{layer} comes before {first}"))
        }
        _ => None,
    }
}

fn against_homes(layer: &str, reference: &Reference) -> Option<String> {
    let in_tests = reference.inline.contains(&"tests");
    let names = |home: &Home| {
        home.names.iter().any(|name| name.split("::").eq(reference.path.iter().copied().take(name.split("::").count())))
    };
    let home = HOMES.iter().find(|home| names(home))?;
    let allowed = home.layers.contains(&layer) || (in_tests && home.in_tests);
    (!allowed).then(|| home.why.to_owned())
}

/// The path from the root of the crate, or `None` for one that leads elsewhere.
fn resolve<'a>(module: &[&'a str], reference: &Reference<'a>) -> Option<Vec<&'a str>> {
    let mut path = reference.path.as_slice();
    let mut at: Vec<&str> = module.iter().chain(&reference.inline).copied().collect();
    match path.first() {
        Some(&("crate" | "tarjuman")) => at.clear(),
        Some(&"self") => {}
        Some(&"super") => {
            at.pop();
        }
        _ => return None,
    }
    path = &path[1..];
    while let Some((first, rest)) = path.split_first().filter(|(first, _)| matches!(**first, "super" | "self")) {
        if *first == "super" {
            at.pop();
        }
        path = rest;
    }
    at.extend(path);
    Some(at)
}

/// A path as a file names it.
struct Reference<'a> {
    path: Vec<&'a str>,
    line: usize,
    /// The modules written out inside the file that it stands in.
    inline: Vec<&'a str>,
    /// Whether `as` follows, so that its parts can be reached by another name.
    renamed: bool,
}

/// Every path among `tokens`, the groups of `use` spelled out.
fn references<'a>(tokens: &[Token<'a>]) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    let mut inline: Vec<(&str, usize)> = Vec::new();
    let mut depth = 0;
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].text {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inline.retain(|(_, opened)| *opened <= depth);
            }
            "mod" if tokens.get(at + 2).is_some_and(|token| token.text == "{") => {
                inline.push((tokens[at + 1].text, depth + 1));
            }
            text if is_word(text) && starts_path(tokens, at) => {
                let modules: Vec<&str> = inline.iter().map(|(name, _)| *name).collect();
                at = read_path(tokens, at, &[], &modules, &mut found);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// Reads the path at `at`, which goes on after `prefix`; returns where it ends.
fn read_path<'a>(
    tokens: &[Token<'a>],
    mut at: usize,
    prefix: &[&'a str],
    inline: &[&'a str],
    found: &mut Vec<Reference<'a>>,
) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text);
    let line = tokens[at].line;
    let mut path = prefix.to_vec();
    loop {
        match text(at) {
            "{" => {
                at += 1;
                while !matches!(text(at), "}" | "") {
                    at = if is_word(text(at)) { read_path(tokens, at, &path, inline, found) } else { at + 1 };
                }
                return at + 1;
            }
            segment if segment == "*" || is_word(segment) => path.push(segment),
            _ => break,
        }
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    let renamed = text(at) == "as";
    found.push(Reference { path, line, inline: inline.to_vec(), renamed });
    // In a group the new name would look like the next path of the group.
    if renamed && !prefix.is_empty() { at + 2 } else { at }
}

fn starts_path(tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].text);
    before(1) != "::" || !(is_word(before(2)) || before(2) == ">")
}

/// Whether it can be part of a path. The keywords are those that a path with leading colons can follow.
fn is_word(text: &str) -> bool {
    let keyword = matches!(text, "use" | "as" | "dyn" | "impl" | "mut" | "const" | "for" | "in" | "return" | "else");
    !keyword && text.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

/// A word, a `::` or one other character of Rust source.
#[derive(Clone, Copy)]
struct Token<'a> {
    text: &'a str,
    /// From 1.
    line: usize,
}

/// The tokens of Rust source without comments, strings, characters and lifetimes.
fn tokens(source: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut rest, mut line) = (source, 1);
    while !rest.is_empty() {
        let (text, is_token) = lexeme(rest);
        if is_token {
            found.push(Token { text, line });
        }
        line += text.matches('\n').count();
        rest = &rest[text.len()..];
    }
    found
}

/// What `rest` begins with, and whether it is a token.
fn lexeme(rest: &str) -> (&str, bool) {
    let through = |from: usize, end: &str| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let after = &rest[word..];
    if rest.starts_with("//") {
        (&rest[..rest.find('\n').unwrap_or(rest.len())], false)
    } else if rest.starts_with("/*") {
        (&rest[..block_comment(rest)], false)
    } else if after.starts_with('"') && matches!(&rest[..word], "" | "b" | "c") {
        (&rest[..quoted(rest, word + 1, '"')], false)
    } else if matches!(&rest[..word], "r" | "br" | "cr") && after.trim_start_matches('#').starts_with('"') {
        let hashes = after.len() - after.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        (&rest[..through(word + hashes + 1, &end)], false)
    } else if after.starts_with('\'') && matches!(&rest[..word], "" | "b") {
        (&rest[..character_or_lifetime(rest, word + 1)], false)
    } else if word > 0 {
        (&rest[..word], true)
    } else if rest.starts_with("::") {
        (&rest[..2], true)
    } else {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        (&rest[..first], !rest.starts_with(char::is_whitespace))
    }
}

/// The length of the block comment that `rest` begins with; they nest.
fn block_comment(rest: &str) -> usize {
    let (mut at, mut depth) = (2, 1);
    while depth > 0 {
        let next = |mark: &str| rest[at..].find(mark).map_or(rest.len(), |found| at + found);
        let (open, close) = (next("/*"), next("*/"));
        if close == rest.len() {
            return rest.len();
        }
        depth = if open < close { depth + 1 } else { depth - 1 };
        at = open.min(close) + 2;
    }
    at
}

/// Where the literal ends whose first character stands at `from`.
fn quoted(rest: &str, from: usize, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest[from..].char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == mark => return from + at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn character_or_lifetime(rest: &str, from: usize) -> usize {
    let mut following = rest[from..].chars();
    match (following.next(), following.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(rest, from, '\''),
        _ => rest[from..].find(|c: char| !c.is_alphanumeric() && c != '_').map_or(rest.len(), |at| from + at),
    }
}

/// `src/text/fold.rs` is the module `text::fold`.
fn module_of(file: &str) -> Vec<&str> {
    let path = file.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').filter(|part| !matches!(*part, "mod" | "lib" | "main")).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// The `.rs` files below a folder, from the root of the package, in order. None where there is no folder.
fn rust_files(folder: &Path) -> Vec<String> {
    files(folder).into_iter().filter(|file| Path::new(file).extension().is_some_and(|end| end == "rs")).collect()
}

/// Every file below a folder, from the root of the package with `/` between its parts, in order.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(below) = path.strip_prefix(root()) {
                let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
                found.push(parts.join("/"));
            }
        }
    }
    found.sort();
    found
}
