//! Why a command failed, in the words that the shell shows.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::{complain, interrupt};
use crate::formats::FormatError;
use crate::jobs::JobError;
use crate::session;
use crate::storage::StorageError;
use crate::storage::web::{WebError, WebProblem};

/// Why a command failed.
#[derive(Debug, Error)]
pub(super) enum CliError {
    /// A file or page makes no sense, or could not be read or written.
    #[error("{}", sentence(.0))]
    Job(#[from] JobError),
    /// A glossary makes no sense.
    #[error("cannot read {}: {source}", path.display())]
    Glossary { path: PathBuf, source: FormatError },
    /// There are no translations in a file.
    #[error("{} is not an XLIFF 2 file; only those hold translations to export", path.display())]
    NotAWorkingFile { path: PathBuf },
    /// The export would take the place of what it is made from.
    #[error("{} is the file to export; give --out another name", path.display())]
    OverInput { path: PathBuf },
    /// Several results that one text cannot hold.
    #[error("several articles are more than one text; give --out a folder for them (see tarjuman extract --help)")]
    NeedsFolder,
    /// A folder without files.
    #[error("there are no files to read")]
    NothingToRead,
    /// Some of many articles were bad. Which ones has been said.
    #[error("some failed")]
    SomeFailed,
    /// Somebody pressed Ctrl-C.
    #[error("interrupted; what is written is whole")]
    Interrupted,
    /// The name of a file says no format.
    #[error("the name of {} says no format; give --format", path.display())]
    UnknownFormat { path: PathBuf },
    /// No such column.
    #[error("“{name}” is no column of a glossary; see tarjuman glossary import --help")]
    UnknownColumn { name: String },
    /// No concept fits the filter.
    #[error("there are no such concepts; nothing was written")]
    NothingToExport,
    /// A concept to add is there.
    #[error("that is there already: {id}; give --policy to merge, replace or add all the same")]
    AlreadyThere { id: String },
    /// No such concept.
    #[error("there is no concept {id}; tarjuman glossary search finds them")]
    UnknownConcept { id: String },
    /// Everything is taken back already.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Standard output is gone.
    #[error("cannot write to standard output: {0}")]
    Output(io::Error),
    /// The system gives no window.
    #[error("cannot open a window: {0}; the commands of tarjuman --help work without one")]
    Window(String),
}

impl From<StorageError> for CliError {
    fn from(error: StorageError) -> Self {
        Self::Job(error.into())
    }
}

impl CliError {
    /// Says it, unless it has been said.
    pub(super) fn tell(&self) {
        if !matches!(self, Self::SomeFailed) {
            complain(self);
        }
    }

    pub(super) fn exit_code(&self) -> u8 {
        match self {
            Self::NeedsFolder => 2,
            Self::Interrupted => interrupt::EXIT_CODE,
            _ => 1,
        }
    }
}

/// Why a command failed for one of many files, without its name, so that equal reasons read the same.
pub(super) fn reason(error: &CliError) -> String {
    match error {
        CliError::Job(error) => job_reason(error),
        CliError::OverInput { .. } => "the result would take its place; give --out another folder".to_owned(),
        other => other.to_string(),
    }
}

fn sentence(error: &JobError) -> String {
    match error {
        JobError::Web(web) => format!("cannot open {}: {}", web.address, job_reason(error)),
        other => other.to_string(),
    }
}

fn job_reason(error: &JobError) -> String {
    match error {
        JobError::Web(WebError { problem: WebProblem::Private { .. }, .. }) => {
            "the address is of this computer or its own network; --allow-private allows it".to_owned()
        }
        other => session::reason(other),
    }
}
