//! The program drawn without a screen: each frame's own work is its ui, layout and tessellation.

#![allow(dead_code, reason = "each benchmark uses a part of this")]

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Context, Event, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, pos2, vec2};
use tarjuman::session::{Command, Environment, Session};
use tarjuman::storage::Folders;
use tarjuman::ui::App;

const SCREEN: Rect = Rect::from_min_max(Pos2::ZERO, pos2(1280.0, 800.0));

/// The program, and how far its clock is.
pub(crate) struct Drawn {
    pub(crate) ctx: Context,
    pub(crate) app: App,
    time: f64,
}

impl Drawn {
    /// For whoever keeps their files under `home`, with what they wish for at the start.
    pub(crate) fn start(home: &Path, wishes: Vec<Command>) -> Self {
        let ctx = Context::default();
        let environment = Environment { folders: Folders::under(home), wake: Arc::new(|| ()) };
        let app = App::new(&ctx, environment, wishes).without_file_dialogs();
        Self { ctx, app, time: 0.0 }
    }

    pub(crate) fn session(&self) -> &Session {
        self.app.session()
    }

    /// Runs a frame and says how long that took.
    pub(crate) fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input =
            RawInput { screen_rect: Some(SCREEN), time: Some(self.time), focused: true, events, ..RawInput::default() };
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

    /// Lets frames pass, so far apart, until something is so; says how long each took.
    pub(crate) fn until(&mut self, apart: Duration, reached: impl Fn(&Session) -> bool) -> Vec<Duration> {
        let deadline = Instant::now() + Duration::from_mins(5);
        let mut frames = vec![self.frame(Vec::new())];
        while !reached(self.session()) {
            assert!(Instant::now() < deadline, "it never comes to that: {:?}", self.session().notices());
            // The threads in the background have the processor meanwhile.
            std::thread::sleep(apart);
            frames.push(self.frame(Vec::new()));
        }
        frames
    }
}

/// The wheel turned so far that what is under the pointer moves up by `points`.
pub(crate) fn wheel(points: f32) -> Event {
    Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -points),
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    }
}

/// Prints the median, the 99th percentile and the maximum, in milliseconds.
pub(crate) fn report(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1000.0;
    println!("{what}: median {:.2} ms, p99 {:.2}, max {:.2} of {}", at(0.5), at(0.99), at(1.0), times.len());
}
