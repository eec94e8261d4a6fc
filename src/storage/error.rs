//! What can go wrong with a file.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a file could not be read or written, always with its path.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The system could not read it.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The system could not write it. What the file held before is untouched.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A folder, a device or a pipe where a file was expected.
    #[error("{} is not a file", path.display())]
    NotAFile {
        /// What is not a file.
        path: PathBuf,
    },
    /// Longer than this program reads.
    #[error("{} is larger than {limit} bytes", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The most that is read, in bytes.
        limit: u64,
    },
    /// Nothing was copied, or nothing that is text.
    #[error("there is no text on the clipboard")]
    ClipboardEmpty,
    /// The program that something was copied in does not hand it over.
    #[error("the program that holds the clipboard does not answer")]
    ClipboardSilent,
    /// The clipboard cannot be read.
    #[error("cannot read the clipboard: {reason}")]
    Clipboard {
        /// What the system said.
        reason: String,
    },
    /// The user has no home folder to keep the program's own files in.
    #[error("there is no home folder")]
    NoHome,
    /// Marked as not to be written to.
    #[error("{} is read-only", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A database that SQLite could not read or write.
    #[error("cannot use the glossary {}: {source}", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// What should be a termbase is damaged, or is something else. It is left as it is.
    #[error("{} is not a glossary that can be read: {reason}", path.display())]
    DamagedTermbase {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        reason: String,
    },
    /// A termbase of a later version of this program. It is left as it is.
    #[error("{} was written by a newer version of this program", path.display())]
    NewerTermbase {
        /// The file.
        path: PathBuf,
    },
    /// Another program has been writing to a termbase for too long.
    #[error("another program is writing to {}; try again", path.display())]
    TermbaseBusy {
        /// The file.
        path: PathBuf,
    },
    /// There is no such version of a concept.
    #[error("there is no version {rev} of this concept in {}", path.display())]
    UnknownVersion {
        /// The file.
        path: PathBuf,
        /// The name of the version.
        rev: String,
    },
    /// There is no such change, or it is undone already.
    #[error("there is no change {change} in {} that could be undone", path.display())]
    NotUndoable {
        /// The file.
        path: PathBuf,
        /// The number of the change.
        change: i64,
    },
    /// A concept with more text than a termbase takes.
    #[error("a concept is longer than the {limit} bytes that {} takes", path.display())]
    ConceptTooLong {
        /// The file.
        path: PathBuf,
        /// The most that it takes, in bytes of JSON.
        limit: usize,
    },
    /// A person stopped it. Nothing of it was written.
    #[error("cancelled; {} is as it was", path.display())]
    Cancelled {
        /// The file.
        path: PathBuf,
    },
}

impl StorageError {
    /// The file that it is about, where it is about one.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::Read { path, .. }
            | Self::Write { path, .. }
            | Self::NotAFile { path }
            | Self::TooLarge { path, .. }
            | Self::ReadOnly { path }
            | Self::Database { path, .. }
            | Self::DamagedTermbase { path, .. }
            | Self::NewerTermbase { path }
            | Self::TermbaseBusy { path }
            | Self::UnknownVersion { path, .. }
            | Self::NotUndoable { path, .. }
            | Self::ConceptTooLong { path, .. }
            | Self::Cancelled { path } => Some(path),
            Self::NoHome | Self::ClipboardEmpty | Self::ClipboardSilent | Self::Clipboard { .. } => None,
        }
    }

    /// Whether there is no such file.
    pub fn is_not_found(&self) -> bool {
        matches!(self, Self::Read { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }
}
