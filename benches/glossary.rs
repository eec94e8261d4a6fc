//! A large glossary in the window: the table that scrolls, a search that is typed, and a changed concept until it is
//! found in the article.
//!
//! `cargo bench --bench glossary` prints milliseconds; the number of concepts can follow, 200,000 otherwise. A frame is
//! its own work: ui, layout and tessellation, without the GPU.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

mod words;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Event, Key, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, pos2, vec2};
use tarjuman::domain::{Concept, ConceptKind, Term, TermStatus, UnitId};
use tarjuman::session::{Command, Environment};
use tarjuman::storage::Folders;
use tarjuman::storage::termbase::{Store, fresh_id};
use tarjuman::ui::App;
use words::Words;

const CONCEPTS: usize = 200_000;
const FRAMES: usize = 1_000;
const QUERIES: usize = 40;
const CHANGES: usize = 30;
const SCREEN: Rect = Rect::from_min_max(Pos2::ZERO, pos2(1280.0, 800.0));

fn main() {
    let concepts = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(CONCEPTS);
    let home = tempfile::tempdir().expect("a temporary folder");
    let mut random = fastrand::Rng::with_seed(2);
    let words = Words::new(&mut random);
    let some: Vec<Concept> = (0..concepts).map(|_| words.concept(&mut random)).collect();
    let own = Folders::under(home.path()).termbase();
    Store::open(&own, "bench").expect("a termbase").put_all("all", some.clone()).expect("it is written");

    let mut bench = Bench::open(home.path());
    bench.app.run(Command::ShowGlossary);
    let begin = Instant::now();
    bench.until(|bench| !bench.app.session().is_browsing());
    println!("the table is there after {:?}", begin.elapsed());
    let wheel = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -340.0),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    };
    bench.frame(vec![Event::PointerMoved(pos2(400.0, 400.0))]);
    report("frames, scrolling the table", (0..FRAMES).map(|_| bench.frame(vec![wheel.clone()])).collect());

    let (mut frames, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..QUERIES {
        let concept = &some[random.usize(..some.len())];
        for letter in concept.english[0].text.chars().take(8) {
            let begin = Instant::now();
            frames.push(bench.frame(vec![Event::Text(letter.to_string())]));
            frames.extend(bench.until(|bench| !bench.app.session().is_browsing()));
            answers.push(begin.elapsed());
        }
        bench.frame(vec![key(Key::A), Event::Text(String::new())]);
        bench.frame(vec![key(Key::Backspace)]);
    }
    report("frames, typing a search", frames);
    report("from a key until what fits is shown", answers);

    bench.app.run(Command::CloseSheet);
    bench.until(|bench| bench.app.session().busy().is_none());
    let (mut frames, mut lives) = (Vec::new(), Vec::new());
    for number in 0..CHANGES {
        let new = concept_of_the_sample(number);
        let id = new.id.clone();
        let begin = Instant::now();
        bench.app.run(Command::EditConcepts(vec![new]));
        frames.extend(bench.until(|bench| {
            let matches = bench.app.session().matches(UnitId::new(1));
            matches.iter().any(|found| found.concept == id)
        }));
        lives.push(begin.elapsed());
        bench.until(|bench| bench.app.session().busy().is_none());
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

struct Bench {
    ctx: Context,
    app: App,
    time: f64,
}

impl Bench {
    /// With the sample and the glossary open.
    fn open(home: &Path) -> Self {
        let ctx = Context::default();
        let environment = Environment { folders: Folders::under(home), wake: Arc::new(|| ()) };
        let app = App::new(&ctx, environment, vec![Command::OpenSample]);
        let mut bench = Self { ctx, app, time: 0.0 };
        let begin = Instant::now();
        bench.until(|bench| bench.app.session().termbase().is_some());
        println!(
            "{} concepts known after {:?}",
            bench.app.session().termbase().map_or(0, tarjuman::domain::Layers::len),
            begin.elapsed()
        );
        bench.until(|bench| bench.app.session().busy().is_none());
        bench
    }

    /// Lets frames pass until something is so, and says how long each took.
    fn until(&mut self, reached: impl Fn(&Self) -> bool) -> Vec<Duration> {
        let deadline = Instant::now() + Duration::from_mins(1);
        let mut frames = Vec::new();
        while !reached(self) {
            frames.push(self.frame(Vec::new()));
            assert!(Instant::now() < deadline, "it never comes to that");
            // The threads in the background have the other core.
            std::thread::sleep(Duration::from_millis(1));
        }
        frames
    }

    /// Runs a frame and says how long that took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input =
            RawInput { screen_rect: Some(SCREEN), time: Some(self.time), focused: true, events, ..RawInput::default() };
        let start = Instant::now();
        self.app.tick(&self.ctx);
        let output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = start.elapsed();
        assert!(!primitives.is_empty(), "something is drawn");
        took
    }
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!("{what}: median {:.2}, p99 {:.2}, max {:.2} of {}", at(0.5), at(0.99), at(1.0), times.len());
}
