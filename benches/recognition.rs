//! Recognition against large glossaries: building the index, its memory, words a second, a changed concept.
//!
//! `cargo bench --bench recognition` prints the median of several runs for 100,000 and 500,000 terms. The terms are
//! words of the starter glossary and words made of its letters by the patterns of Arabic, one to three of them.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use tarjuman::domain::{Concept, ConceptId, ConceptKind, Index, Term, TermStatus, Termbase};
use tarjuman::formats::glossary::{self, Options};

const RUNS: usize = 7;
/// A change takes less time than a clock can tell.
const CHANGES: u32 = 20_000;
const TEXT_PIECES: usize = 200_000;

fn main() {
    let starter = starter();
    let mut random = fastrand::Rng::with_seed(4);
    let vocabulary = vocabulary(&starter, &mut random);
    for count in [100_000, 500_000] {
        let termbase: Termbase = (0..count).map(|number| concept(number, &vocabulary, &mut random)).collect();
        let lines = text(&termbase, &starter, &mut random);
        measure(count, &termbase, &lines);
    }
}

fn measure(count: usize, termbase: &Termbase, lines: &[String]) {
    let before = resident();
    let mut index = Index::new(termbase);
    let memory = resident() - before;
    let built = median(|| drop(black_box(Index::new(termbase))));
    let mut found = 0;
    let read = median(|| {
        let mut recogniser = index.recogniser();
        found = lines.iter().map(|line| recogniser.recognise(line).len()).sum();
    });
    let concept = &termbase.concepts()[count / 2];
    let change = |index: &mut Index| {
        index.remove(concept);
        index.insert(concept);
    };
    let copied = median(|| {
        let mut copy = index.clone();
        change(&mut copy);
        index = copy;
    });
    let changed = median(|| (0..CHANGES).for_each(|_| change(&mut index))) / CHANGES;
    let words: usize = lines.iter().map(|line| line.split_whitespace().count()).sum();
    let speed = words as f64 / read.as_secs_f64() / 1e6;
    println!("{count} terms: built in {built:.1?}, {memory:.1} MB");
    println!("    {speed:.2} million words/s, {found} matches in {words} words");
    println!("    a changed concept: {changed:.1?}, with a copy of the index {copied:.1?}");
}

/// The time that this thread runs for something, of several runs the median. Where the system tells, what others do
/// on the machine does not count.
fn median(mut run: impl FnMut()) -> Duration {
    let mut time = || {
        let (start, busy) = (Instant::now(), busy());
        run();
        busy.zip(self::busy()).map_or(start.elapsed(), |(before, after)| after.saturating_sub(before))
    };
    let mut times: Vec<Duration> = (0..RUNS).map(|_| time()).collect();
    times.sort_unstable();
    times[RUNS / 2]
}

/// How long this thread has run.
fn busy() -> Option<Duration> {
    let nanoseconds = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    nanoseconds.split(' ').next()?.parse().ok().map(Duration::from_nanos)
}

/// The memory of this process in megabytes, where the system tells.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

fn starter() -> Termbase {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/glossary");
    let files = ["people.tsv", "places.tsv", "organisations.tsv", "terms.tsv", "cldr.tsv"];
    let read = |name| glossary::read(&fs::read(folder.join(name)).expect("a file of the glossary"), Options::default());
    files.into_iter().flat_map(|name| read(name).expect("a glossary").termbase).collect()
}

/// The words of the starter glossary, and twice as many times ten made of three of their letters.
fn vocabulary(starter: &Termbase, random: &mut fastrand::Rng) -> Vec<String> {
    let wordings = starter.concepts().iter().flat_map(|concept| &concept.arabic);
    let mut words: Vec<String> = wordings.flat_map(|term| term.text.split(' ').map(str::to_owned)).collect();
    words.sort_unstable();
    words.dedup();
    let letters: Vec<char> = words.iter().flat_map(|word| word.chars()).filter(|c| ('ب'..='ي').contains(c)).collect();
    let patterns =
        ["فعل", "فاعل", "مفعول", "تفعيل", "انفعال", "استفعال", "فعيلة", "مفعلة", "فعلي", "أفعال", "مفاعل", "تفاعل"];
    for _ in 0..60_000 {
        let root = [(); 3].map(|()| letters[random.usize(..letters.len())]);
        let pattern = patterns[random.usize(..patterns.len())];
        let letter = |c| match c {
            'ف' => root[0],
            'ع' => root[1],
            'ل' => root[2],
            other => other,
        };
        let article = if random.u8(..3) == 0 { "ال" } else { "" };
        words.push(format!("{article}{}", pattern.chars().map(letter).collect::<String>()));
    }
    words
}

fn concept(number: usize, vocabulary: &[String], random: &mut fastrand::Rng) -> Concept {
    // Most wordings have two words.
    let length = [1, 2, 2, 2, 3, 3][random.usize(..6)];
    let words: Vec<&str> = (0..length).map(|_| &*vocabulary[random.usize(..vocabulary.len())]).collect();
    let kind = if random.u8(..10) < 6 { ConceptKind::Term } else { ConceptKind::Person };
    Concept {
        arabic: vec![Term::new(words.join(" "), TermStatus::Preferred)],
        ..Concept::new(ConceptId::new(number.to_string()), kind)
    }
}

/// Lines of thirty pieces of news: words of the sample article, with every tenth piece a wording of a termbase.
fn text(termbase: &Termbase, starter: &Termbase, random: &mut fastrand::Rng) -> Vec<String> {
    let sample = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample.ar.txt"));
    let sample = sample.expect("the sample");
    let sample: Vec<&str> = sample.split_whitespace().collect();
    let wording = |base: &Termbase, random: &mut fastrand::Rng| {
        let concepts = base.concepts();
        concepts[random.usize(..concepts.len())].arabic[0].text.to_string()
    };
    let mut words = (0..TEXT_PIECES).map(|_| match random.u8(..20) {
        0 => wording(termbase, random),
        1 => wording(starter, random),
        _ => sample[random.usize(..sample.len())].to_owned(),
    });
    (0..TEXT_PIECES / 30).map(|_| words.by_ref().take(30).collect::<Vec<_>>().join(" ")).collect()
}
