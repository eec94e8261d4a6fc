//! Files of other tools and whole collections of news, read as articles: an answer or a clear reason, and soon.
//!
//! None of them is part of the project: they are looked for in `../shared/bench` or `TARJUMAN_BENCH`, and where they are
//! missing nothing is measured. `cargo test --test reading -- --nocapture` shows the figures.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod material;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use material::{bench, files_in};
use tarjuman::domain::{Article, ParagraphKind};
use tarjuman::formats::reader::{self, FileKind, Hints};

#[test]
fn files_of_other_tools() {
    let Some(bench) = bench("") else { return };
    let check = |part: &str, kind, fewest| {
        let outcomes = outcomes(&bench.join("interop").join(part));
        eprintln!("{part}: {outcomes:?}");
        let read = outcomes.get(&format!("{kind:?}")).copied().unwrap_or_default();
        assert!(read >= fewest, "{part}: {read} read as {kind:?}");
    };
    check("dev/tmx", FileKind::Tmx, 34);
    check("dev/xliff", FileKind::Xliff, 271);
    check("hostile", FileKind::Tmx, 3);
}

/// How the files of a folder end: as a kind, or refused.
fn outcomes(folder: &Path) -> BTreeMap<String, usize> {
    let mut outcomes = BTreeMap::new();
    for path in files_in(folder) {
        let bytes = fs::read(&path).unwrap();
        let start = Instant::now();
        let outcome = match reader::read(&bytes, Hints::default()) {
            Ok(reading) => format!("{:?}", reading.kind),
            Err(error) => {
                eprintln!("{}: {error}", path.display());
                "refused".to_owned()
            }
        };
        assert!(start.elapsed() < Duration::from_secs(2), "{}", path.display());
        *outcomes.entry(outcome).or_default() += 1;
    }
    outcomes
}

#[test]
fn saudi_news() {
    let Some(bench) = bench("") else { return };
    let lines = fs::read_to_string(bench.join("texts/saudinewsnet/articles.jsonl")).unwrap();
    let articles = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let texts: Vec<String> = articles
        .map(|article| format!("{}\n\n{}\n", article["title"].as_str().unwrap(), article["content"].as_str().unwrap()))
        .collect();
    check_news("saudinewsnet", &texts, 602);
}

#[test]
fn tunisian_news() {
    let Some(bench) = bench("") else { return };
    let text_of = |path: &PathBuf| {
        let document = fs::read_to_string(path).unwrap();
        let part = |tag: &str| {
            let (_, after) = document.split_once(&format!("<{tag}>")).unwrap_or_default();
            after.split_once(&format!("</{tag}>")).unwrap_or_default().0.to_owned()
        };
        format!("{}\n\n{}\n", part("TITLE").trim(), part("TEXT"))
    };
    let texts: Vec<String> = files_in(&bench.join("texts/antcorpus")).iter().map(text_of).collect();
    check_news("antcorpus", &texts, 360);
}

/// Opens texts: no warning, every word there, and nearly always a headline.
fn check_news(name: &str, texts: &[String], fewest: usize) {
    assert!(texts.len() >= fewest, "{} texts", texts.len());
    let mut headlines = 0;
    for text in texts {
        let reading = reader::read(text.as_bytes(), Hints::default()).unwrap();
        assert_eq!((reading.kind, reading.warnings.as_slice()), (FileKind::PlainText, [].as_slice()), "{text}");
        assert_eq!(words(&all_of(&reading.article)), words(text));
        headlines += usize::from(reading.article.first(ParagraphKind::Headline).is_some());
    }
    eprintln!("{name}: {headlines} headlines of {}", texts.len());
    assert!(headlines * 100 >= texts.len() * 95, "{headlines} headlines of {}", texts.len());
}

fn all_of(article: &Article) -> String {
    article.paragraphs.iter().map(|paragraph| paragraph.text.clone() + "\n").collect()
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| !word.chars().all(tarjuman::text::is_invisible)).collect()
}
