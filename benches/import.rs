//! An import of 50,000 concepts into the glossary, and its undo: how long each step takes, and how long frames take
//! meanwhile.
//!
//! `cargo bench --bench import`; the number of concepts can follow.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

mod drawn;

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use drawn::{Drawn, report};
use tarjuman::domain::{Layers, Policy};
use tarjuman::session::{Command, ImportChoices, Session};

const CONCEPTS: usize = 50_000;
/// What a screen of 60 Hz leaves.
const BETWEEN_FRAMES: Duration = Duration::from_millis(16);

fn main() {
    let concepts = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(CONCEPTS);
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("many.csv");
    std::fs::write(&path, table(concepts)).expect("the table is written");
    let mut bench = Drawn::start(home.path(), vec![Command::OpenSample]);
    until(&mut bench, "start", |session| session.termbase().is_some() && session.busy().is_none());
    let before = bench.session().termbase().map_or(0, Layers::len);

    bench.app.run(Command::ImportFile(path.clone()));
    until(&mut bench, "read and plan", |session| session.import().is_ready());
    let choices = ImportChoices { policy: Policy::Replace, ..bench.session().import().choices().clone() };
    bench.app.run(Command::ChooseImport(choices));
    until(&mut bench, "plan with another policy", |session| session.import().is_ready());
    bench.app.run(Command::Import);
    until(&mut bench, "import", |session| session.termbase().is_some_and(|all| all.len() == before + concepts));

    bench.app.run(Command::ImportFile(path));
    until(&mut bench, "read and plan once more", |session| !session.import().is_working());
    bench.app.run(Command::CloseSheet);
    until(&mut bench, "close", |session| session.busy().is_none());
    bench.app.run(Command::UndoGlossary);
    until(&mut bench, "undo", |session| session.termbase().is_some_and(|all| all.len() == before));
}

/// Draws frames until something is reached; reports how long that took, and the frames.
fn until(bench: &mut Drawn, what: &str, reached: impl Fn(&Session) -> bool) {
    let begin = Instant::now();
    let mut frames = bench.until(BETWEEN_FRAMES, reached);
    println!("{what}: {:.2?}", begin.elapsed());
    // What was reached is shown.
    frames.extend((0..3).map(|_| bench.frame(Vec::new())));
    report("    frames meanwhile", frames);
}

/// Arabic and English made up, no two alike.
fn table(concepts: usize) -> String {
    let letters: Vec<char> = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي".chars().collect();
    let mut random = fastrand::Rng::with_seed(1);
    let mut table = "arabic,english,kind,domain\n".to_owned();
    for number in 0..concepts {
        let mut word = || (0..random.usize(3..8)).map(|_| letters[random.usize(..letters.len())]).collect::<String>();
        let (first, second) = (word(), word());
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{first} {second} {number},word number {number},term,made/up");
    }
    table
}
