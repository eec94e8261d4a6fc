//! The window. The only place that knows egui.
//!
//! Start with [`App::frame`]: each panel is a function that borrows the session, draws, and adds the commands that
//! the user gave. Panels decide nothing and wait for nothing. `text` is text of either direction on the screen,
//! `rows` the article in two columns, `terms` the side panel, `sheets` the questions.

mod app;
mod dialogs;
mod empty;
mod icons;
mod notices;
mod rows;
mod sheets;
mod shortcuts;
mod status;
mod terms;
pub mod text;
mod theme;
mod toolbar;

use std::sync::Arc;

use egui::ViewportBuilder;

pub use app::App;

use crate::session::{Command, Environment};
use crate::storage::Folders;

/// Opens the window and returns when it is closed. It begins with `wishes`.
pub fn run(folders: Folders, wishes: Vec<Command>) -> Result<(), eframe::Error> {
    let size = crate::storage::settings::load(&folders.settings()).0.window;
    let size = size.map_or([1180.0, 780.0], |size| [size.width, size.height]);
    let viewport = ViewportBuilder::default()
        .with_title("Tarjuman")
        .with_app_id("tarjuman")
        .with_inner_size(size)
        .with_min_inner_size([520.0, 360.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport, ..eframe::NativeOptions::default() };
    eframe::run_native(
        "Tarjuman",
        options,
        Box::new(move |creation| {
            let ctx = creation.egui_ctx.clone();
            let environment = Environment { folders, wake: Arc::new(move || ctx.request_repaint()) };
            Ok(Box::new(App::new(&creation.egui_ctx, environment, wishes)))
        }),
    )
}
