//! Unsaved work, kept where a crash cannot reach it.
//!
//! A recovery is two files of one name: `NAME.xlf`, the project as it was when its first unsaved edit came, and
//! `NAME.edits`, a line that says whose work it is and then the journal of what changed since. The program that
//! writes them holds a lock on the journal for as long as it lives; the system releases it however the program
//! ends. So a recovery without a lock has lost its owner.

use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::files::{self, Stamp};
use super::{StorageError, folders};

/// Unsaved work that this program owns, for as long as this value lives.
#[derive(Debug)]
pub struct Recovery {
    belongs: Belongs,
    written: SystemTime,
    base: PathBuf,
    edits: PathBuf,
    /// Locked.
    journal: Mutex<File>,
}

/// Whose work it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Belongs {
    /// The file to save to, where there is one.
    pub file: Option<PathBuf>,
    /// That file as it was when its work began.
    pub stamp: Option<Stamp>,
    /// What a person would call the article.
    pub name: String,
}

/// What the two files hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The project at its first unsaved edit, in XLIFF.
    pub base: Vec<u8>,
    /// The journal since. Its last line may be torn.
    pub lines: Vec<u8>,
}

impl Recovery {
    /// Begins one in `folder`, which is made if need be, with the project as it is in XLIFF.
    pub fn start(folder: &Path, belongs: Belongs, base: &[u8]) -> Result<Self, StorageError> {
        folders::make_private(folder)?;
        let name = Uuid::now_v7();
        let edits = folder.join(format!("{name}.edits"));
        let failed = |source| StorageError::Write { path: edits.clone(), source };
        let file = File::options().read(true).write(true).create_new(true).open(&edits).map_err(failed)?;
        file.try_lock().map_err(|error| failed(error.into()))?;
        // Only from here on it is ours: another program that looks for orphans may have come between the last
        // two lines, and removed what had no base yet.
        if !edits.exists() {
            return Err(failed(io::ErrorKind::NotFound.into()));
        }
        let base_path = edits.with_extension("xlf");
        // Need not be atomic: without the journal's first line, which comes after it, the base is nothing.
        let written = File::create_new(&base_path).and_then(|mut file| {
            file.write_all(base)?;
            file.sync_all()
        });
        written.map_err(|source| StorageError::Write { path: base_path.clone(), source })?;
        // JSON cannot hold a path that is not Unicode; such a file has to be chosen again.
        let belongs = Belongs { file: belongs.file.filter(|file| file.to_str().is_some()), ..belongs };
        let recovery = Self {
            written: SystemTime::now(),
            base: base_path,
            edits: edits.clone(),
            journal: Mutex::new(file),
            belongs,
        };
        let header = serde_json::to_string(&recovery.belongs).map_err(|error| failed(error.into()))?;
        recovery.append(&format!("{header}\n"))?;
        Ok(recovery)
    }

    /// Whose work it is.
    pub fn belongs(&self) -> &Belongs {
        &self.belongs
    }

    /// The file with the project as it was.
    pub fn base(&self) -> &Path {
        &self.base
    }

    /// When something was last written to it before this program took it over.
    pub fn written(&self) -> SystemTime {
        self.written
    }

    /// Adds whole lines, and returns when they are on the disk. On an error the journal ends as before.
    pub fn append(&self, lines: &str) -> Result<(), StorageError> {
        let failed = |source| StorageError::Write { path: self.edits.clone(), source };
        let mut journal = lock(&self.journal);
        let length = journal.seek(io::SeekFrom::End(0)).map_err(failed)?;
        journal.write_all(lines.as_bytes()).and_then(|()| journal.sync_data()).map_err(|error| {
            // A full disk may have taken half a line.
            let _ = journal.set_len(length);
            failed(error)
        })
    }

    /// What is in it.
    pub fn read(&self) -> Result<Stored, StorageError> {
        let failed = |source| StorageError::Read { path: self.edits.clone(), source };
        let mut lines = read_from_start(&mut lock(&self.journal)).map_err(failed)?;
        let header = lines.iter().position(|&byte| byte == b'\n').map_or(lines.len(), |end| end + 1);
        lines.drain(..header);
        Ok(Stored { base: files::read(&self.base)?, lines })
    }

    /// Removes it for good. Nothing can be added to it afterwards.
    pub fn discard(&self) -> Result<(), StorageError> {
        // The journal last: as long as it stands, it is locked and nobody else touches the pair.
        for path in [&self.base, &self.edits] {
            match fs::remove_file(path) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(StorageError::Write { path: path.clone(), source });
                }
                _ => (),
            }
        }
        Ok(())
    }

    /// Takes over the recovery at `edits`, unless its owner lives or there is nothing in it.
    fn take_over(edits: PathBuf) -> Option<Self> {
        let mut file = File::options().read(true).write(true).open(&edits).ok()?;
        file.try_lock().ok()?;
        let base = edits.with_extension("xlf");
        let text = read_from_start(&mut file).ok()?;
        let whole = text.iter().rposition(|&byte| byte == b'\n').map_or(0, |end| end + 1);
        if whole == 0 || !base.exists() {
            // Its owner died before the first edit, and there is nothing to lose.
            let _ = fs::remove_file(&base);
            let _ = fs::remove_file(&edits);
            return None;
        }
        let written = file.metadata().and_then(|metadata| metadata.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
        // New lines must not continue a torn one. (Setting the length alone would count as a change.)
        if whole < text.len() {
            file.set_len(whole as u64).ok()?;
        }
        let header = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
        let belongs = serde_json::from_slice(header).unwrap_or_default();
        Some(Self { belongs, written, base, edits, journal: Mutex::new(file) })
    }
}

/// Takes over the recoveries in `folder` whose owners are dead, the newest first. None where there is no folder.
pub fn orphans(folder: &Path) -> Result<Vec<Recovery>, StorageError> {
    let failed = |source| StorageError::Read { path: folder.to_owned(), source };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let paths = entries.collect::<io::Result<Vec<_>>>().map_err(failed)?.into_iter().map(|entry| entry.path());
    let journals = paths.filter(|path| path.extension().is_some_and(|extension| extension == "edits"));
    let mut found: Vec<_> = journals.filter_map(Recovery::take_over).collect();
    found.sort_by_key(|recovery| std::cmp::Reverse(recovery.written));
    Ok(found)
}

fn read_from_start(file: &mut File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(files::LARGEST_FILE).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A panic elsewhere leaves the file as usable as it was.
fn lock(journal: &Mutex<File>) -> MutexGuard<'_, File> {
    journal.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn belongs(name: &str) -> Belongs {
        Belongs { file: Some(PathBuf::from("/tmp/مقال.xlf")), stamp: None, name: name.to_owned() }
    }

    fn names(recoveries: &[Recovery]) -> Vec<&str> {
        recoveries.iter().map(|recovery| recovery.belongs().name.as_str()).collect()
    }

    #[test]
    fn work_is_found_once_its_owner_is_dead() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("made");
        assert!(orphans(&folder).unwrap().is_empty());
        let owned = Recovery::start(&folder, belongs("مقال"), b"base").unwrap();
        owned.append("one\n").unwrap();
        owned.append("two\nthree\n").unwrap();
        assert!(orphans(&folder).unwrap().is_empty(), "its owner lives");

        drop(owned);
        let found = orphans(&folder).unwrap();
        assert_eq!(found[0].belongs(), &belongs("مقال"));
        let stored = Stored { base: b"base".to_vec(), lines: b"one\ntwo\nthree\n".to_vec() };
        assert_eq!(found[0].read().unwrap(), stored);
        assert!(orphans(&folder).unwrap().is_empty(), "it has an owner again");
    }

    #[test]
    fn work_goes_on_in_a_recovery_that_was_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let owned = Recovery::start(folder.path(), belongs("a"), b"base").unwrap();
        owned.append("one\nto").unwrap();
        drop(owned);
        let found = orphans(folder.path()).unwrap();
        found[0].append("two\n").unwrap();
        assert_eq!(found[0].read().unwrap().lines, b"one\ntwo\n");
    }

    #[test]
    fn the_newest_work_comes_first_and_discarded_work_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        for (name, seconds) in [("old", 1), ("new", 3), ("middle", 2)] {
            let owned = Recovery::start(folder.path(), belongs(name), b"base").unwrap();
            let time = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
            lock(&owned.journal).set_modified(time).unwrap();
        }
        let found = orphans(folder.path()).unwrap();
        assert_eq!(names(&found), ["new", "middle", "old"]);
        found[1].discard().unwrap();
        drop(found);
        assert_eq!(names(&orphans(folder.path()).unwrap()), ["new", "old"]);
    }

    #[test]
    fn what_died_before_its_first_edit_is_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        drop(Recovery::start(folder.path(), belongs("kept"), b"base").unwrap());
        fs::write(folder.path().join("1.edits"), "{}\n").unwrap();
        fs::write(folder.path().join("2.edits"), "{\"na").unwrap();
        fs::write(folder.path().join("2.xlf"), "base").unwrap();
        fs::write(folder.path().join("somebody else's.txt"), "").unwrap();
        assert_eq!(names(&orphans(folder.path()).unwrap()), ["kept"]);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[test]
    fn a_damaged_first_line_loses_only_the_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("1.edits"), "\u{0}\u{0}\none\n").unwrap();
        fs::write(folder.path().join("1.xlf"), "base").unwrap();
        let found = orphans(folder.path()).unwrap();
        assert_eq!(found[0].belongs(), &Belongs::default());
        assert_eq!(found[0].read().unwrap().lines, b"one\n");
    }
}
