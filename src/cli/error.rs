//! Why a command failed, in the words that the shell shows.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::formats::glossary_tsv::GlossaryTsvError;
use crate::jobs::JobError;
use crate::storage::StorageError;

/// Why a command failed.
#[derive(Debug, Error)]
pub(super) enum CliError {
    /// A file could not be read or written.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A file makes no sense, or could not be read or written.
    #[error(transparent)]
    Job(#[from] JobError),
    /// A glossary makes no sense.
    #[error("cannot read {}: {source}", path.display())]
    Glossary { path: PathBuf, source: GlossaryTsvError },
    /// There are no translations in a file.
    #[error("{} is not an XLIFF file; only those hold translations to export", path.display())]
    NotAWorkingFile { path: PathBuf },
    /// The export would take the place of what it is made from.
    #[error("{} is the file to export; give --out another name", path.display())]
    OverInput { path: PathBuf },
    /// Standard output is gone.
    #[error("cannot write to standard output: {0}")]
    Output(io::Error),
    /// The system gives no window.
    #[error("cannot open a window: {0}; the commands of tarjuman --help work without one")]
    Window(#[from] eframe::Error),
}
