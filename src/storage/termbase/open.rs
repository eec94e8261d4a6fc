//! Opening a termbase, making one, and putting one aside that cannot be opened.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use percent_encoding::{AsciiSet, CONTROLS};
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Store, database_error};
use crate::storage::{StorageError, folders};

/// The shape that this version of the program writes, SQLite's `user_version`. Those that came before are brought
/// up to it by [`MIGRATIONS`].
const SCHEMA_VERSION: usize = MIGRATIONS.len();

/// What makes version n + 1 of version n.
const MIGRATIONS: [&str; 1] = [include_str!("schema.sql")];

/// What marks a file as ours: "Tarj".
const APPLICATION_ID: i64 = 0x5461_726A;

/// What an address must not have as it is.
const NOT_IN_ADDRESSES: &AsciiSet = &CONTROLS.add(b'%').add(b'?').add(b'#').add(b' ');

/// How long to wait while another program writes.
const PATIENCE: Duration = Duration::from_secs(10);

impl Store {
    /// Opens the termbase at `path`, or makes an empty one where there is none. What is written will be `author`'s.
    ///
    /// Fails with [`StorageError::DamagedTermbase`] on what is no termbase and [`StorageError::NewerTermbase`] on
    /// one of a later version of this program, and leaves either as it is.
    pub fn open(path: &Path, author: &str) -> Result<Self, StorageError> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) {
            folders::make_private(folder)?;
        }
        let failed = |error| database_error(path, error);
        let mut connection = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        // Before anything is written, journal mode included: it may be somebody else's.
        let version = identify(&connection, path)?;
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
            .map_err(failed)?;
        if version < SCHEMA_VERSION {
            migrate(&mut connection, path)?;
        }
        Self::ready(connection, path, author)
    }

    /// Opens a termbase that is only to be read: somebody else's, or one on a disc that takes nothing. Whatever
    /// would write to it fails with [`StorageError::ReadOnly`].
    ///
    /// Fails as [`Store::open`] does, and where there is no file.
    pub fn open_read_only(path: &Path) -> Result<Self, StorageError> {
        fs::metadata(path).map_err(|source| StorageError::Read { path: path.to_owned(), source })?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let mut connection = connect(path, flags)?;
        connection.busy_timeout(PATIENCE).map_err(|error| database_error(path, error))?;
        let version = match identify(&connection, path) {
            // The files that SQLite wants beside it cannot be made there, so nobody else can be writing either.
            Err(StorageError::ReadOnly { .. } | StorageError::Database { .. }) => {
                connection = connect(&immutable(path), flags | OpenFlags::SQLITE_OPEN_URI)?;
                identify(&connection, path)?
            }
            version => version?,
        };
        if version < SCHEMA_VERSION {
            let reason = "it is empty".to_owned();
            return Err(StorageError::DamagedTermbase { path: path.to_owned(), reason });
        }
        Self::ready(connection, path, "")
    }

    fn ready(connection: Connection, path: &Path, author: &str) -> Result<Self, StorageError> {
        connection
            .execute_batch(
                "PRAGMA cache_size = -32000; PRAGMA temp_store = MEMORY;
                 CREATE TEMP TABLE ended (version INTEGER PRIMARY KEY);",
            )
            .map_err(|error| database_error(path, error))?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(Self { connection, path: path.to_owned(), author: author.into() })
    }

    /// Reads the whole file and fails with [`StorageError::DamagedTermbase`] if something in it does not fit.
    pub fn verify(&self) -> Result<(), StorageError> {
        let answer: String = self
            .connection
            .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
            .map_err(|error| self.failed(error))?;
        if answer == "ok" { Ok(()) } else { Err(self.damaged(&answer)) }
    }
}

fn connect(path: &Path, flags: OpenFlags) -> Result<Connection, StorageError> {
    if path.is_dir() {
        return Err(StorageError::NotAFile { path: path.to_owned() });
    }
    Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(|error| database_error(path, error))
}

/// The address of a file that nobody changes, as SQLite writes it.
fn immutable(path: &Path) -> PathBuf {
    let name = percent_encoding::percent_encode(path.as_os_str().as_encoded_bytes(), NOT_IN_ADDRESSES);
    PathBuf::from(format!("file:{name}?immutable=1"))
}

/// The schema's version of a file, 0 for an empty one.
fn identify(connection: &Connection, path: &Path) -> Result<usize, StorageError> {
    let failed = |error| database_error(path, error);
    let number = |pragma: &str| connection.query_row(pragma, [], |row| row.get::<_, i64>(0)).map_err(failed);
    let empty = number("SELECT count(*) FROM sqlite_schema")? == 0;
    if !empty && number("PRAGMA application_id")? != APPLICATION_ID {
        let reason = "it is a database of another program".to_owned();
        return Err(StorageError::DamagedTermbase { path: path.to_owned(), reason });
    }
    let version = usize::try_from(number("PRAGMA user_version")?).unwrap_or(usize::MAX);
    if version > SCHEMA_VERSION {
        return Err(StorageError::NewerTermbase { path: path.to_owned() });
    }
    Ok(version)
}

/// Brings a file up to this version. Another program may be doing the same, so the version is asked for again.
fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StorageError> {
    let failed = |error| database_error(path, error);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    for step in &MIGRATIONS[identify(&transaction, path)?..] {
        transaction.execute_batch(step).map_err(failed)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION as i64).map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// Gives a file that cannot be opened another name, so that a new one can take its place; returns that name.
/// Nothing of it is lost: what belongs to the file moves with it.
pub fn set_aside(path: &Path) -> Result<PathBuf, StorageError> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let with = |name: &str| path.with_file_name(name);
    let mut number = 1;
    let mut aside = with(&format!("{stem}.damaged-1.db"));
    while aside.exists() {
        number += 1;
        aside = with(&format!("{stem}.damaged-{number}.db"));
    }
    for suffix in ["-wal", "-shm", ""] {
        let part = |path: &Path| PathBuf::from(format!("{}{suffix}", path.display()));
        let (from, to) = (part(path), part(&aside));
        if from.exists() {
            fs::rename(&from, to).map_err(|source| StorageError::Write { path: from, source })?;
        }
    }
    Ok(aside)
}
