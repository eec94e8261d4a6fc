//! Ctrl-C: the work ends after what it is at, so that nothing is left half done.

use std::io;
use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The exit code of a program that was interrupted, as shells have it.
pub(super) const EXIT_CODE: u8 = 130;

/// Whether Ctrl-C was pressed since. Who presses it again does not want to wait.
#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Begins to listen. Where that cannot be done, Ctrl-C ends the program as ever.
    pub(super) fn listen() -> Self {
        let interrupt = Self::default();
        let pressed = interrupt.clone();
        thread::spawn(move || {
            if let Err(error) = pressed.wait() {
                tracing::warn!("Ctrl-C is not heard: {error}");
            }
        });
        interrupt
    }

    pub(super) fn is_pressed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    fn wait(&self) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        runtime.block_on(async {
            tokio::signal::ctrl_c().await?;
            self.0.store(true, Ordering::Relaxed);
            tokio::signal::ctrl_c().await
        })?;
        process::exit(EXIT_CODE.into());
    }
}
