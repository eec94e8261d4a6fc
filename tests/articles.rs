//! How well real pages are read, against the floors that must hold.
//!
//! The pages are not part of the project: they are looked for in `../shared/bench` or `TARJUMAN_BENCH`, and
//! where they are missing nothing is measured. `cargo test --test articles -- --nocapture` shows the figures.

mod material;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use material::bench;
use serde_json::Value;
use tarjuman::domain::ParagraphKind;
use tarjuman::formats::reader::{self, Hints, Reading};

#[test]
fn real_pages_give_the_text_of_their_articles() {
    let scores: Vec<Score> = pages(&["article", "derived-encoding"]).filter_map(|page| score(&page)).collect();
    if scores.is_empty() {
        return;
    }
    let mean = |figure: fn(&Score) -> f64| scores.iter().map(figure).sum::<f64>() / scores.len() as f64;
    let (precision, f1) = (mean(|score| score.precision), mean(Score::f1));
    println!("precision {precision:.4} F1 {f1:.4}");
    assert!(precision >= 0.99, "precision {precision:.4}");
    assert!(f1 >= 0.99, "F1 {f1:.4}");
    for score in scores {
        assert!(score.f1() >= 0.95, "{}: F1 {:.4}", score.name, score.f1());
    }
}

#[test]
fn real_pages_that_lead_to_articles_are_not_taken_for_one() {
    let hubs: Vec<(String, Reading)> = pages(&["hub"]).map(|page| (page.name.clone(), page.read())).collect();
    for (name, reading) in &hubs {
        if reading.article.is_one() {
            println!("taken for an article: {name}");
        }
    }
    let refused = hubs.iter().filter(|(_, reading)| !reading.article.is_one()).count();
    assert!(refused * 100 >= hubs.len() * 95, "{refused} of {}", hubs.len());
}

struct Page {
    name: String,
    file: PathBuf,
    gold: Option<Value>,
}

impl Page {
    fn read(&self) -> Reading {
        let bytes = fs::read(&self.file).unwrap_or_else(|error| panic!("{}: {error}", self.name));
        reader::read(&bytes, Hints::default()).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}

struct Score {
    name: String,
    precision: f64,
    recall: f64,
}

impl Score {
    fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(f64::MIN_POSITIVE)
    }
}

/// Holds the words of the paragraphs, and the headline and date, against what people found; none without gold, or where
/// that is only the beginning.
fn score(page: &Page) -> Option<Score> {
    let gold = page.gold.as_ref()?;
    let article = page.read().article;
    assert!(article.is_one(), "{} was not taken for an article", page.name);
    let headline = article.first(ParagraphKind::Headline).unwrap_or_default();
    assert_eq!(words(headline), words(gold["title"].as_str()?), "{}", page.name);
    if let Some(date) = gold["date"].as_str() {
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some(date), "{}", page.name);
    }
    if gold["gold_is_prefix"] == true {
        return None;
    }
    let is_text = |kind| matches!(kind, ParagraphKind::Paragraph | ParagraphKind::Heading);
    let texts = article.paragraphs.iter().filter(|paragraph| is_text(paragraph.kind));
    let found = words(&texts.map(|paragraph| paragraph.text.as_str()).collect::<Vec<_>>().join("\n"));
    let expected =
        words(&gold["paragraphs"].as_array()?.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"));
    let both: usize = found.iter().map(|(word, count)| *count.min(expected.get(word).unwrap_or(&0))).sum();
    let share = |whole: &HashMap<String, usize>| both as f64 / whole.values().sum::<usize>().max(1) as f64;
    Some(Score { name: page.name.clone(), precision: share(&found), recall: share(&expected) })
}

fn words(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *words.entry(word.to_owned()).or_insert(0) += 1;
    }
    words
}

/// The pages of the given kinds; none where the collection is missing.
fn pages(kinds: &[&str]) -> impl Iterator<Item = Page> {
    let folders = bench("").and_then(|bench| fs::read_dir(bench.join("articles/dev")).ok());
    let folders = folders.into_iter().flatten().flatten().map(|entry| entry.path());
    folders.filter_map(move |folder| {
        let meta = json(&folder.join("meta.json"))?;
        let name = meta["id"].as_str()?.to_owned();
        let page = Page { name, file: folder.join("page.html"), gold: json(&folder.join("gold.json")) };
        kinds.contains(&meta["kind"].as_str()?).then_some(page)
    })
}

fn json(path: &Path) -> Option<Value> {
    serde_json::from_str(&fs::read_to_string(path).ok()?).ok()
}
