//! A large termbase: opening it, searching and showing it as somebody types, writing one concept, importing many.
//!
//! `cargo bench --bench termbase`; the number of concepts can follow, 200,000 otherwise.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

mod words;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use tarjuman::domain::{Concept, Filter, Layer, Listing, Order, SortBy};
use tarjuman::storage::termbase::Store;
use words::Words;

const CONCEPTS: usize = 200_000;
const IMPORT: usize = 50_000;
const RUNS: usize = 5;
const QUERIES: usize = 1_000;
const PUTS: usize = 100;
const SHOWN: usize = 200;

fn main() {
    let concepts = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(CONCEPTS);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("glossary.db");
    let mut random = fastrand::Rng::with_seed(1);
    let words = Words::new(&mut random);
    let mut store = Store::open(&path, "bench").expect("a termbase");

    let some: Vec<Concept> = (0..concepts).map(|_| words.concept(&mut random)).collect();
    let took = time(|| store.put_all("all", some.clone()).expect("it is written"));
    println!("{concepts} concepts written in {took:?}; the file has {} MB", size(&path) >> 20);

    let before = resident();
    let mut opened = Vec::new();
    for _ in 0..RUNS {
        opened.push(time(|| {
            let store = Store::open(&path, "bench").expect("a termbase");
            assert_eq!(store.read().expect("it is read").termbase.concepts().len(), concepts);
        }));
    }
    report("open and read all", opened);
    let kept = store.read().expect("it is read");
    println!("memory of the concepts: {} MB", resident().saturating_sub(before) >> 20);
    drop(kept);

    show_a_table(&some, &mut random);
    report("search as you type", (0..QUERIES).flat_map(|_| type_a_query(&store, &some, &mut random)).collect());
    let puts = (0..PUTS).map(|_| {
        let concept = words.concept(&mut random);
        time(|| store.put("add", concept).expect("it is written"))
    });
    report("put one", puts.collect());

    let mut imports = Vec::new();
    for _ in 0..3 {
        let many: Vec<Concept> = (0..IMPORT).map(|_| words.concept(&mut random)).collect();
        let begin = Instant::now();
        let change = store.put_all("import", many).expect("it is written");
        imports.push(begin.elapsed());
        println!("undo of an import of {IMPORT}: {:?}", time(|| store.undo(change).expect("it is undone")));
    }
    report(&format!("import {IMPORT}"), imports);
}

/// A table of everything: made, searched and sorted with every key, and changed.
fn show_a_table(concepts: &[Concept], random: &mut fastrand::Rng) {
    let before = resident();
    let begin = Instant::now();
    let mut listing = Listing::new(concepts.iter().map(|concept| (concept, Layer::Own)), &HashMap::new());
    println!("table made in {:?}, {} MB", begin.elapsed(), resident().saturating_sub(before) >> 20);
    for by in [SortBy::Fit, SortBy::Arabic, SortBy::English, SortBy::Kind, SortBy::Changed, SortBy::Uses] {
        let order = Order { by, reversed: random.bool() };
        let select = |query: &str| drop(listing.select(query, &Filter::default(), order));
        let keys = (0..QUERIES / 10).flat_map(|_| {
            let typed = typed(concepts, random);
            (1..=typed.len()).map(move |length| typed[..length].iter().collect::<String>())
        });
        report(&format!("table by {by:?}, a key typed"), keys.map(|query| time(|| select(&query))).collect());
        report(&format!("table by {by:?}, all"), (0..RUNS).map(|_| time(|| select(""))).collect());
    }
    let puts = (0..PUTS).map(|_| {
        let concept = &concepts[random.usize(..concepts.len())];
        time(|| listing.put(concept, Layer::Own))
    });
    report("table takes a change over", puts.collect());
}

/// The time that each search takes while somebody types a wording, or a word from the middle of one.
fn type_a_query(store: &Store, concepts: &[Concept], random: &mut fastrand::Rng) -> Vec<Duration> {
    let typed = typed(concepts, random);
    let query = |length: usize| -> String { typed[..length].iter().collect() };
    (1..=typed.len()).map(|length| time(|| store.search(&query(length), SHOWN).expect("a search"))).collect()
}

/// A wording, or what follows a place within one.
fn typed(concepts: &[Concept], random: &mut fastrand::Rng) -> Vec<char> {
    let concept = &concepts[random.usize(..concepts.len())];
    let terms = if random.bool() { &concept.arabic } else { &concept.english };
    let text = &terms[0].text;
    let from = if random.bool() { 0 } else { random.usize(..text.chars().count()) };
    text.chars().skip(from).collect()
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let begin = Instant::now();
    let result = work();
    let took = begin.elapsed();
    drop(result);
    took
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{what}: median {:?}, p99 {:?}, max {:?} of {}", at(0.5), at(0.99), at(1.0), times.len());
}

fn size(path: &std::path::Path) -> u64 {
    path.metadata().map_or(0, |metadata| metadata.len())
}

/// Resident memory in bytes; 0 where there is no `/proc`.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok()).unwrap_or(0) << 10
}
