//! The window. The only place that knows egui.
//!
//! Start with [`App::frame`]: each panel is a function that borrows the session, draws, and adds the commands that
//! the user gave. Panels decide nothing and wait for nothing. `text` is text of either direction on the screen,
//! `rows` the article in two columns, `terms` the side panel, `sheets` the questions.

mod adding;
mod app;
mod dialogs;
mod drop_zone;
mod empty;
mod encoding;
mod exporting;
mod glossary;
mod icons;
mod importing;
mod leads;
mod line;
mod notices;
mod queue;
mod rewordings;
mod rows;
mod sheets;
mod shortcuts;
mod status;
mod termbases;
mod terms;
pub mod text;
mod theme;
mod toolbar;

use std::sync::{Arc, OnceLock};
use std::time::Instant;

use egui::{Context, ViewportBuilder};

pub use app::App;

use crate::session::{Command, Environment, Session};
use crate::storage::Folders;

/// Opens the window and returns when it is closed. It begins with `wishes`.
///
/// The session starts before the window: while the system sets the GPU up, the article and the glossary are read, and
/// the first frame shows both.
pub fn run(folders: Folders, wishes: Vec<Command>) -> Result<(), eframe::Error> {
    let window = Arc::new(OnceLock::<Context>::new());
    let woken = Arc::clone(&window);
    let wake = Arc::new(move || {
        if let Some(ctx) = woken.get() {
            ctx.request_repaint();
        }
    });
    let mut session = Session::new(Environment { folders, wake });
    for wish in wishes {
        session.run(wish);
    }
    // The first frame ticks again, whatever this says about when.
    let _ = session.tick(Instant::now());

    let size = session.settings().window.map_or([1180.0, 780.0], |size| [size.width, size.height]);
    let viewport = ViewportBuilder::default()
        .with_title("Tarjuman")
        .with_app_id("tarjuman")
        .with_inner_size(size)
        .with_min_inner_size([520.0, 360.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    let create = move |creation: &eframe::CreationContext<'_>| {
        // Only this closure sets it, and it runs once.
        let _ = window.set(creation.egui_ctx.clone());
        Ok(Box::new(App::on(&creation.egui_ctx, session)) as Box<dyn eframe::App>)
    };
    eframe::run_native("Tarjuman", options, Box::new(create))
}
