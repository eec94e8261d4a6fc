//! What was copied last, in whatever program.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use arboard::Clipboard;

use super::StorageError;

/// How long the program that something was copied in may take to hand it over.
const PATIENCE: Duration = Duration::from_secs(5);
/// The most that is taken, in bytes.
const LARGEST: usize = 20 << 20;

/// What was copied, in each of the forms that it can be had in. Never are both absent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Copied {
    /// A page or a part of one, as HTML.
    pub html: Option<String>,
    /// Text without markup.
    pub text: Option<String>,
}

/// What is on the clipboard. It waits for another program, which may be slow, stopped or gone.
pub fn read() -> Result<Copied, StorageError> {
    let (sender, receiver) = channel();
    // The thread ends with the program that it waits for.
    let waiting = thread::Builder::new().name("clipboard".to_owned()).spawn(move || drop(sender.send(copied())));
    waiting.map_err(|error| StorageError::Clipboard { reason: error.to_string() })?;
    match receiver.recv_timeout(PATIENCE) {
        Ok(copied) => copied.and_then(checked),
        Err(RecvTimeoutError::Timeout) => Err(StorageError::ClipboardSilent),
        Err(RecvTimeoutError::Disconnected) => {
            Err(StorageError::Clipboard { reason: "reading it was broken off".to_owned() })
        }
    }
}

fn copied() -> Result<Copied, StorageError> {
    let failed = |error: arboard::Error| match error {
        arboard::Error::ContentNotAvailable => StorageError::ClipboardEmpty,
        other => StorageError::Clipboard { reason: other.to_string() },
    };
    let mut clipboard = Clipboard::new().map_err(failed)?;
    let html = clipboard.get().html().ok();
    match clipboard.get().text() {
        Ok(text) => Ok(Copied { html, text: Some(text) }),
        Err(_) if html.is_some() => Ok(Copied { html, text: None }),
        Err(error) => Err(failed(error)),
    }
}

/// Without the forms that say nothing; too much is refused.
fn checked(copied: Copied) -> Result<Copied, StorageError> {
    let says_something = |text: &String| !text.trim().is_empty();
    let copied = Copied { html: copied.html.filter(says_something), text: copied.text.filter(says_something) };
    let longest = copied.html.iter().chain(&copied.text).map(String::len).max();
    match longest {
        None => Err(StorageError::ClipboardEmpty),
        Some(length) if length > LARGEST => {
            Err(StorageError::Clipboard { reason: format!("more than {} MB was copied", LARGEST >> 20) })
        }
        Some(_) => Ok(copied),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_too_much_are_refused() {
        let text = |text: String| checked(Copied { html: Some(" \n".to_owned()), text: Some(text) });
        assert!(matches!(text(String::new()), Err(StorageError::ClipboardEmpty)));
        let copied = text("x".repeat(LARGEST)).unwrap();
        assert_eq!((copied.html, copied.text.map(|text| text.len())), (None, Some(LARGEST)));
        assert!(matches!(text("x".repeat(LARGEST + 1)), Err(StorageError::Clipboard { .. })));
    }
}
