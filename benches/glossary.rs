//! A large glossary in the window: the table that scrolls, a search that is typed, and a changed concept until it is
//! found in the article.
//!
//! `cargo bench --bench glossary` prints milliseconds; the number of concepts can follow, 200,000 otherwise. A frame is
//! its own work: ui, layout and tessellation, without the GPU.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

mod drawn;
mod words;

use std::time::{Duration, Instant};

use drawn::{Drawn, report, wheel};
use egui::{Event, Key, Modifiers, pos2};
use tarjuman::domain::{Concept, ConceptKind, Layers, Term, TermStatus, UnitId};
use tarjuman::session::Command;
use tarjuman::storage::Folders;
use tarjuman::storage::termbase::{Store, fresh_id};
use words::Words;

const CONCEPTS: usize = 200_000;
const FRAMES: usize = 1_000;
const QUERIES: usize = 40;
const CHANGES: usize = 30;
/// Frames follow one another so closely that they hardly add to what is measured.
const APART: Duration = Duration::from_millis(1);

fn main() {
    let concepts = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(CONCEPTS);
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut random = fastrand::Rng::with_seed(2);
    let words = Words::new(&mut random);
    let some: Vec<Concept> = (0..concepts).map(|_| words.concept(&mut random)).collect();
    let own = Folders::under(home.path()).termbase();
    Store::open(&own, "bench").expect("a termbase").put_all("all", some.clone()).expect("it is written");

    let mut bench = Drawn::start(home.path(), vec![Command::OpenSample]);
    let begin = Instant::now();
    bench.until(APART, |session| session.termbase().is_some());
    let known = bench.session().termbase().map_or(0, Layers::len);
    println!("{known} concepts known after {:?}", begin.elapsed());
    bench.until(APART, |session| session.busy().is_none());
    bench.app.run(Command::ShowGlossary);
    let begin = Instant::now();
    bench.until(APART, |session| !session.is_browsing());
    println!("the table is there after {:?}", begin.elapsed());
    bench.frame(vec![Event::PointerMoved(pos2(400.0, 400.0))]);
    report("frames, scrolling the table", (0..FRAMES).map(|_| bench.frame(vec![wheel(340.0)])).collect());

    let (mut frames, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..QUERIES {
        let concept = &some[random.usize(..some.len())];
        for letter in concept.english[0].text.chars().take(8) {
            let begin = Instant::now();
            frames.push(bench.frame(vec![Event::Text(letter.to_string())]));
            frames.extend(bench.until(APART, |session| !session.is_browsing()));
            answers.push(begin.elapsed());
        }
        bench.frame(vec![key(Key::A), Event::Text(String::new())]);
        bench.frame(vec![key(Key::Backspace)]);
    }
    report("frames, typing a search", frames);
    report("from a key until what fits is shown", answers);

    bench.app.run(Command::CloseSheet);
    bench.until(APART, |session| session.busy().is_none());
    let (mut frames, mut lives) = (Vec::new(), Vec::new());
    for number in 0..CHANGES {
        let new = concept_of_the_sample(number);
        let id = new.id.clone();
        let begin = Instant::now();
        bench.app.run(Command::EditConcepts(vec![new]));
        frames.extend(
            bench.until(APART, |session| session.matches(UnitId::new(1)).iter().any(|found| found.concept == id)),
        );
        lives.push(begin.elapsed());
        bench.until(APART, |session| session.busy().is_none());
    }
    report("frames, while a concept is changed", frames);
    report("from a changed concept until it is marked", lives);
}

/// A concept that the headline of the sample speaks of, with an English of its own.
fn concept_of_the_sample(number: usize) -> Concept {
    Concept {
        arabic: vec![Term::new("تفاهم", TermStatus::Preferred)],
        english: vec![Term::new(format!("understanding {number}"), TermStatus::Preferred)],
        ..Concept::new(fresh_id(), ConceptKind::Term)
    }
}

fn key(key: Key) -> Event {
    let modifiers = if key == Key::A { Modifiers::COMMAND } else { Modifiers::NONE };
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}
