//! An import of 50,000 concepts into the glossary, and its undo: how long each step takes, and how long frames take
//! meanwhile.
//!
//! `cargo bench --bench import`; the number of concepts can follow.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

use std::fmt::Write as _;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use egui::{Context, Pos2, RawInput, Rect, pos2};
use tarjuman::domain::Policy;
use tarjuman::session::{Command, Environment, ImportChoices, Session};
use tarjuman::storage::Folders;
use tarjuman::ui::App;

const CONCEPTS: usize = 50_000;
const SCREEN: Rect = Rect::from_min_max(Pos2::ZERO, pos2(1280.0, 800.0));
/// What a screen of 60 Hz leaves.
const BETWEEN_FRAMES: Duration = Duration::from_millis(16);

fn main() {
    let concepts = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(CONCEPTS);
    let home = tempfile::tempdir().expect("a temporary folder");
    let path = home.path().join("many.csv");
    std::fs::write(&path, table(concepts)).expect("the table is written");
    let ctx = Context::default();
    let environment = Environment { folders: Folders::under(home.path()), wake: Arc::new(|| ()) };
    let app = App::new(&ctx, environment, vec![Command::OpenSample]).without_file_dialogs();
    let mut bench = Bench { ctx, app, time: 0.0 };
    bench.until("start", |session| session.termbase().is_some() && session.busy().is_none());
    let before = bench.size();

    bench.app.run(Command::ImportFile(path.clone()));
    bench.until("read and plan", |session| session.import().is_ready());
    bench.choose(Policy::Replace);
    bench.until("plan with another policy", |session| session.import().is_ready());
    bench.app.run(Command::Import);
    bench.until("import", |session| session.termbase().is_some_and(|all| all.len() == before + concepts));

    bench.app.run(Command::ImportFile(path));
    bench.until("read and plan once more", |session| !session.import().is_working());
    bench.app.run(Command::CloseSheet);
    bench.until("close", |session| session.busy().is_none());
    bench.app.run(Command::UndoGlossary);
    bench.until("undo", |session| session.termbase().is_some_and(|all| all.len() == before));
}

struct Bench {
    ctx: Context,
    app: App,
    time: f64,
}

impl Bench {
    fn size(&self) -> usize {
        self.app.session().termbase().map_or(0, tarjuman::domain::Layers::len)
    }

    fn choose(&mut self, policy: Policy) {
        let choices = ImportChoices { policy, ..self.app.session().import().choices().clone() };
        self.app.run(Command::ChooseImport(choices));
    }

    /// Draws frames until something is reached; reports how long that took, and the frames.
    fn until(&mut self, what: &str, reached: impl Fn(&Session) -> bool) {
        let begin = Instant::now();
        let mut frames = vec![self.frame()];
        while !reached(self.app.session()) {
            assert!(begin.elapsed() < Duration::from_mins(5), "{what}: {:?}", self.app.session().notices());
            thread::sleep(BETWEEN_FRAMES);
            frames.push(self.frame());
        }
        let took = begin.elapsed();
        // What was reached is shown.
        frames.extend((0..3).map(|_| self.frame()));
        frames.sort();
        let at = |part: f64| frames[((frames.len() - 1) as f64 * part) as usize].as_secs_f64() * 1000.0;
        let [median, late, longest] = [0.5, 0.99, 1.0].map(at);
        println!("{what}: {took:.2?}; frames p50 {median:.2} ms, p99 {late:.2}, max {longest:.2}");
    }

    fn frame(&mut self) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput { screen_rect: Some(SCREEN), time: Some(self.time), focused: true, ..RawInput::default() };
        let start = Instant::now();
        self.app.tick(&self.ctx);
        let mut output = self.ctx.run_ui(input, |ui| self.app.frame(ui));
        // There is no GPU that they go to.
        output.textures_delta.clear();
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = start.elapsed();
        assert!(!primitives.is_empty(), "something is drawn");
        took
    }
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
