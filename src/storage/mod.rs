//! Disk and network: files written whole or not at all, the user's folders, settings, crash recovery, the system's
//! fonts, termbases, pages on the web.
//!
//! Policy belongs to the session: nothing here decides when to save or what to tell a person, and
//! nothing here opens a file or an address that it was not asked for. Start with [`files`].

pub mod clipboard;
pub mod files;
pub mod fonts;
pub mod recovery;
pub mod settings;
pub mod termbase;
pub mod tree;
pub mod web;

mod error;
mod folders;

pub use error::StorageError;
pub use folders::{Folders, HOME_VARIABLE, login};
