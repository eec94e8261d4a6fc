//! Termbases on this disk: SQLite files that hold every version of every concept.
//!
//! The versions of a concept form a graph that only grows. An edit is a new version that names the one it was made
//! from as its parent, a merge names all that it settles, a deletion is a version that says so. A version that
//! nobody names is a head; a concept with several heads is in conflict, and keeps them all until a person settles
//! it. The rows are those that a shared server keeps, so a glossary can be shared without being converted.
//!
//! What this program does in one go is a change, written whole or not at all, and can be undone as a whole. Several
//! programs may have one file open. Start with [`Store`]; `graph.rs` has the versions, `search.rs` the search.

mod graph;
mod open;
mod search;
#[cfg(test)]
mod tests;
mod usage;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rusqlite::{Connection, ErrorCode};
use uuid::Uuid;

pub use graph::{ChangeNumber, ChangeRecord, NewVersion, Rev, Undone, Version, Watch};
pub use open::set_aside;
pub use search::Hit;

use super::StorageError;
pub use crate::domain::Rank;
use crate::domain::{ConceptId, Termbase};

/// An open termbase.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    author: Arc<str>,
}

/// Everything that a termbase shows.
#[derive(Debug, Clone, Default)]
pub struct Contents {
    /// The concepts that are not deleted; of one in conflict the version made last.
    pub termbase: Termbase,
    /// What was deleted here: a concept of a termbase below this one does not show either.
    pub deleted: HashSet<ConceptId>,
    /// The concepts with several heads.
    pub conflicts: Vec<ConceptId>,
}

impl Store {
    /// Where it is kept.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn failed(&self, error: rusqlite::Error) -> StorageError {
        database_error(&self.path, error)
    }

    fn damaged(&self, reason: &impl ToString) -> StorageError {
        StorageError::DamagedTermbase { path: self.path.clone(), reason: reason.to_string() }
    }
}

/// An id for a new concept, different from any other.
pub fn fresh_id() -> ConceptId {
    ConceptId::new(Uuid::now_v7().to_string())
}

/// What SQLite says, in the words of this layer.
fn database_error(path: &Path, error: rusqlite::Error) -> StorageError {
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
            StorageError::DamagedTermbase { path, reason: error.to_string() }
        }
        Some(ErrorCode::ReadOnly) => StorageError::ReadOnly { path },
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StorageError::TermbaseBusy { path },
        _ => StorageError::Database { path, source: error },
    }
}

/// Milliseconds since the beginning of 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
