//! How well names and terms are recognised in real news, against the floors that must hold.
//!
//! The sets are not part of the project: they are looked for in `../shared/bench` or `TARJUMAN_BENCH`, and
//! where they are missing nothing is measured. `cargo test --test recognition -- --nocapture` shows the figures.

mod material;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;

use material::bench;
use tarjuman::domain::Index;
use tarjuman::formats::glossary::{self, Options};
use tarjuman::formats::matches_tsv;

/// A concept in a text: the line, the first and the last of its words, the id.
type Mention = (usize, usize, usize, String);

struct Figures {
    precision: f64,
    recall: f64,
    /// How many were found of how many, for each kind of variation.
    kinds: BTreeMap<String, (usize, usize)>,
}

impl Figures {
    fn recall_of(&self, kind: &str) -> f64 {
        let (hits, all) = self.kinds[kind];
        hits as f64 / all as f64
    }

    fn f1(&self) -> f64 {
        2.0 * self.precision * self.recall / (self.precision + self.recall).max(f64::MIN_POSITIVE)
    }
}

#[test]
fn names_in_news() {
    let Some(figures) = measure("names") else { return };
    assert!(figures.f1() >= 0.991, "F1 {:.4}", figures.f1());
}

#[test]
fn names_rewritten_in_every_spelling() {
    let Some(figures) = measure("synthetic") else { return };
    assert!(figures.recall >= 0.995, "recall {:.4}", figures.recall);
}

#[test]
fn terms_in_news() {
    let Some(figures) = measure("terms") else { return };
    assert!(figures.precision >= 0.935, "precision {:.4}", figures.precision);
    assert!(figures.f1() >= 0.955, "F1 {:.4}", figures.f1());
    for (kind, least) in [("broken", 0.90), ("sound", 0.90), ("enclitic", 0.95), ("mw-infl", 0.90), ("def", 0.99)] {
        assert!(figures.recall_of(kind) >= least, "recall of {kind} {:.4}", figures.recall_of(kind));
    }
}

/// Recognises the entries of a set in its text and prints how right that is.
fn measure(set: &str) -> Option<Figures> {
    let folder = bench("")?.join("glossary/dev").join(set);
    let read =
        |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name} of {set}: {error}"));
    let text = read("text.txt");
    let glossary = glossary::read(read("entries.tsv").as_bytes(), Options::default())
        .unwrap_or_else(|error| panic!("{set}: {error}"));
    let index = Index::new(&glossary.termbase);
    let found: HashSet<Mention> =
        mentions(&text, &matches_tsv::write(&text, &index, false)).into_iter().map(|(found, _)| found).collect();
    let gold: HashMap<Mention, String> = mentions(&text, &read("gold.tsv")).into_iter().collect();
    let ignored: HashSet<Mention> =
        mentions(&text, &read("ignore.tsv")).into_iter().map(|(ignored, _)| ignored).collect();

    let right = found.iter().filter(|found| gold.contains_key(found)).count();
    let anything = |found: &Mention| (found.0, found.1, found.2, "*".to_owned());
    let passed_over = |found: &&Mention| ignored.contains(found) || ignored.contains(&anything(found));
    let wrong = found.iter().filter(|found| !gold.contains_key(found)).filter(|found| !passed_over(found)).count();
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (mention, kind) in &gold {
        let (hits, all) = kinds.entry(kind.split(':').next().unwrap_or_default().to_owned()).or_default();
        *hits += usize::from(found.contains(mention));
        *all += 1;
    }
    let (precision, recall) = (right as f64 / (right + wrong) as f64, right as f64 / gold.len() as f64);
    let figures = Figures { precision, recall, kinds };
    println!("{set}: P {precision:.4} R {recall:.4} F1 {:.4}", figures.f1());
    for (kind, (hits, all)) in &figures.kinds {
        println!("  {kind:12} {hits:5} of {all:5}");
    }
    Some(figures)
}

/// The mentions of rows `line  start  end  id  kind`, their code points widened to words between spaces.
fn mentions(text: &str, rows: &str) -> Vec<(Mention, String)> {
    let lines: Vec<Vec<(usize, usize)>> = text.split('\n').map(words).collect();
    rows.lines()
        .filter_map(|row| {
            let columns: Vec<&str> = row.split('\t').collect();
            let number = |index: usize| columns.get(index)?.parse::<usize>().ok();
            let (line, start, end) = (number(0)?, number(1)?, number(2)?);
            let touches = |&(from, to): &(usize, usize)| from < end && start < to;
            let first = lines[line].iter().position(touches)?;
            let last = lines[line].iter().rposition(touches)?;
            let kind = columns.get(4).copied().unwrap_or_default().to_owned();
            Some(((line, first, last, (*columns.get(3)?).to_owned()), kind))
        })
        .collect()
}

/// Where each word between single spaces starts and ends, in code points.
fn words(line: &str) -> Vec<(usize, usize)> {
    let mut at = 0;
    let place = |word: &str| {
        let start = at;
        at += word.chars().count() + 1;
        (start, at - 1)
    };
    line.split(' ').map(place).collect()
}
