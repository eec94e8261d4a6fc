//! The work of a frame in an article of 10,000 paragraphs: ui, layout and tessellation, without the GPU.
//!
//! `cargo bench --bench frames` prints the median, the 95th and the 99th percentile and the maximum, in
//! milliseconds, of scrolling by 120 points a frame and of typing a character a frame.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Event, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, pos2, vec2};
use tarjuman::session::{Command, Environment};
use tarjuman::storage::Folders;
use tarjuman::ui::App;

const PARAGRAPHS: usize = 10_000;
const FRAMES: usize = 1_500;
const SCREEN: Rect = Rect::from_min_max(Pos2::ZERO, pos2(1280.0, 800.0));

fn main() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let article = home.path().join("long.txt");
    std::fs::write(&article, long_article()).expect("the article is written");
    let mut bench = Bench::open(&article, home.path());

    let wheel = Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -120.0),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    };
    bench.frame(vec![Event::PointerMoved(pos2(400.0, 400.0))]);
    report("scrolling", &mut (0..FRAMES).map(|_| bench.frame(vec![wheel.clone()])).collect::<Vec<_>>());

    bench.app_does(Command::LastUnit);
    let letters = "The parties agreed on wider access for aid convoys. ".chars().cycle();
    let typed = letters.take(FRAMES).map(|letter| bench.frame(vec![Event::Text(letter.to_string())]));
    report("typing", &mut typed.collect::<Vec<_>>());
}

struct Bench {
    ctx: Context,
    app: App,
    time: f64,
}

impl Bench {
    fn open(article: &Path, home: &Path) -> Self {
        let ctx = Context::default();
        let environment = Environment { folders: Folders::under(home), wake: Arc::new(|| ()) };
        let app = App::new(&ctx, environment, vec![Command::OpenThese(vec![article.to_owned().into()])]);
        let mut bench = Self { ctx, app, time: 0.0 };
        let deadline = Instant::now() + Duration::from_mins(1);
        while bench.app.session().project().is_none() || bench.app.session().busy().is_some() {
            bench.frame(Vec::new());
            assert!(Instant::now() < deadline, "the article does not open");
        }
        let count = bench.app.session().project().map_or(0, |project| project.units().len());
        println!("{count} paragraphs open");
        bench
    }

    fn app_does(&mut self, command: Command) {
        self.app.run(command);
        for _ in 0..4 {
            self.frame(Vec::new());
        }
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

fn report(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
    println!("{what}: p50 {:.2} ms, p95 {:.2}, p99 {:.2}, max {:.2}", at(0.5), at(0.95), at(0.99), at(1.0));
}

/// Paragraphs of the sample article over and over, each with a number of its own.
fn long_article() -> String {
    let sample = include_str!("../assets/sample.ar.txt");
    let paragraphs: Vec<&str> = sample.split("\n\n").filter(|text| text.chars().count() > 80).collect();
    let numbered = (1..=PARAGRAPHS).map(|number| format!("{number} {}", paragraphs[number % paragraphs.len()]));
    numbered.collect::<Vec<_>>().join("\n\n")
}
