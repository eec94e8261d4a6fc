//! Reads whole files, and writes them so that a reader sees the old content or the new, never a part.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use super::StorageError;

/// The longest file that is read, in bytes: an article of 100,000 paragraphs fits with room to spare.
pub const LARGEST_FILE: u64 = 256 << 20;

/// The most symbolic links followed one after the other, as on Linux.
const MOST_LINKS: usize = 40;

/// The bytes of the file at `path`; folders, devices, pipes and files beyond [`LARGEST_FILE`] are refused.
pub fn read(path: &Path) -> Result<Vec<u8>, StorageError> {
    read_up_to(path, LARGEST_FILE)
}

fn read_up_to(path: &Path, limit: u64) -> Result<Vec<u8>, StorageError> {
    let failed = |source| StorageError::Read { path: path.to_owned(), source };
    // Before opening it: opening a pipe would wait for its other end.
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(StorageError::NotAFile { path: path.to_owned() });
    }
    let mut bytes = Vec::with_capacity(metadata.len().min(limit) as usize);
    // The length is only a promise: the file may grow while it is read.
    File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)).map_err(failed)?;
    if bytes.len() as u64 > limit {
        return Err(StorageError::TooLarge { path: path.to_owned(), limit });
    }
    Ok(bytes)
}

/// What tells whether somebody else has written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

/// A name for a file about something with this title: its words, without what a file system or an extension needs.
pub fn name_for(title: &str) -> String {
    const LONGEST: usize = 80;
    let needed = |c: char| c.is_control() || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '.');
    let words: Vec<_> = title.split(|c: char| c.is_whitespace() || needed(c)).filter(|word| !word.is_empty()).collect();
    let name: String = words.join(" ").chars().take(LONGEST).collect();
    let name = name.trim_end();
    if name.is_empty() { "article".to_owned() } else { name.to_owned() }
}

/// The stamp of the file at `path`; `None` where there is none.
pub fn stamp(path: &Path) -> Result<Option<Stamp>, StorageError> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(Stamp { length: metadata.len(), modified: metadata.modified().ok() })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StorageError::Read { path: path.to_owned(), source }),
    }
}

/// Where `path` leads, links followed: equal for two paths of one file, also of one still to be made.
pub fn identity(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (fs::canonicalize(&absolute), absolute.parent(), absolute.file_name()) {
        (Ok(found), ..) => found,
        (Err(_), Some(folder), Some(name)) => identity(folder).join(name),
        (Err(_), ..) => absolute,
    }
}

/// Puts `bytes` at `path`, whole and synced to the disk, or leaves what is there untouched.
///
/// A symbolic link stays one: the file that it leads to is replaced. An existing file keeps its permissions;
/// one marked read-only is refused, and so is anything that is not a file.
pub fn write_atomic(path: &Path, bytes: &[u8]) -> Result<(), StorageError> {
    let failed = |source| StorageError::Write { path: path.to_owned(), source };
    let target = follow_links(path).map_err(failed)?;
    let permissions = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => return Err(StorageError::NotAFile { path: path.to_owned() }),
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(StorageError::ReadOnly { path: path.to_owned() });
        }
        Ok(metadata) => Some(metadata.permissions()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    replace(folder, &target, bytes, permissions).map_err(failed)
}

fn replace(folder: &Path, target: &Path, bytes: &[u8], permissions: Option<fs::Permissions>) -> io::Result<()> {
    // Beside the target, because only within one file system is a rename atomic. Dropping it on an error removes it.
    let mut temporary = new_temporary(folder)?;
    temporary.write_all(bytes)?;
    if let Some(permissions) = permissions {
        temporary.as_file().set_permissions(permissions)?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(target).map_err(|error| error.error)?;
    sync_folder(folder);
    Ok(())
}

fn new_temporary(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tarjuman-").suffix(".part");
    // A new file gets what the user's umask leaves of this, as from any other program.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Makes the rename itself survive a power cut. Where the system cannot (Windows, some network disks) the
/// rename has still happened, so there is nothing to report.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Where `path` leads when each symbolic link is followed; the last one may lead to a file still to be made.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&target) {
            // An absolute link replaces the whole path in `join`.
            Ok(next) => target = target.parent().unwrap_or(Path::new("")).join(next),
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_title_makes_a_name() {
        let check = |title: &str, expected: &str| assert_eq!(name_for(title), expected);
        check("قال د. محمد: «نعم/لا»؟", "قال د محمد «نعم لا»؟");
        check("../../etc/passwd", "etc passwd");
        check("C:\\a\0b", "C a b");
        check("...", "article");
        check(&"كلمة ".repeat(40), "كلمة ".repeat(16).trim_end());
    }

    #[test]
    fn what_is_written_is_read_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("مقال.xlf");
        for text in ["أول", "ثانٍ وأطول", ""] {
            write_atomic(&path, text.as_bytes()).unwrap();
            assert_eq!(read(&path).unwrap(), text.as_bytes());
        }
        assert_eq!(names_in(folder.path()), ["مقال.xlf"]);
    }

    #[test]
    fn what_is_not_a_file_is_refused_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        assert!(matches!(read(path), Err(StorageError::NotAFile { path: named }) if named == path));
        assert!(matches!(write_atomic(path, b"x"), Err(StorageError::NotAFile { path: named }) if named == path));
        let absent = path.join("absent");
        assert!(matches!(read(&absent), Err(StorageError::Read { path: named, .. }) if named == absent));
        let lost = path.join("absent/file");
        assert!(matches!(write_atomic(&lost, b"x"), Err(StorageError::Write { path: named, .. }) if named == lost));
        assert!(names_in(path).is_empty());
    }

    #[test]
    fn a_file_is_read_up_to_its_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "1234").unwrap();
        assert_eq!(read_up_to(&path, 4).unwrap(), b"1234");
        assert!(matches!(read_up_to(&path, 3), Err(StorageError::TooLarge { limit: 3, .. })));
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "old").unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        assert!(matches!(write_atomic(&path, b"new"), Err(StorageError::ReadOnly { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"old");
    }

    #[test]
    fn a_stamp_tells_whether_somebody_wrote() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        assert_eq!(stamp(&path).unwrap(), None);
        fs::write(&path, "old").unwrap();
        let old = stamp(&path).unwrap();
        assert_eq!(stamp(&path).unwrap(), old);
        fs::write(&path, "older").unwrap();
        assert_ne!(stamp(&path).unwrap(), old);
        let file = File::options().write(true).open(&path).unwrap();
        let longer = stamp(&path).unwrap();
        file.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_ne!(stamp(&path).unwrap(), longer);
    }

    #[test]
    fn two_paths_of_one_file_are_known_to_be() {
        let folder = tempfile::tempdir().unwrap();
        let [file, inner] = ["file", "inner"].map(|name| folder.path().join(name));
        fs::write(&file, "").unwrap();
        fs::create_dir(&inner).unwrap();
        assert_eq!(identity(&inner.join("../file")), identity(&file));
        assert_eq!(identity(&inner.join("../made/here")), identity(&folder.path().join("made/here")));
        assert_ne!(identity(&inner.join("file")), identity(&file));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_survive() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};

        let folder = tempfile::tempdir().unwrap();
        let [file, link, chain, dangling] = ["file", "link", "chain", "dangling"].map(|name| folder.path().join(name));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("file", &link).unwrap();
        symlink(&link, &chain).unwrap();
        symlink("made", &dangling).unwrap();

        write_atomic(&chain, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        write_atomic(&dangling, b"made").unwrap();
        assert_eq!(fs::read(folder.path().join("made")).unwrap(), b"made");
        assert!([link, chain, dangling].iter().all(|link| fs::symlink_metadata(link).unwrap().is_symlink()));

        let [one, other] = ["one", "other"].map(|name| folder.path().join(name));
        symlink(&one, &other).unwrap();
        symlink(&other, &one).unwrap();
        assert!(matches!(write_atomic(&one, b"x"), Err(StorageError::Write { .. })));
    }
}
