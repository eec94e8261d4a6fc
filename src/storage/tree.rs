//! The files below a folder.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::{StorageError, files};

/// Every file below `folder`, sorted by name within each folder, and what could not be looked into.
///
/// Left out are hidden files, the folder `except`, symbolic links that lead back to a folder above them, and the
/// pictures and scripts that browsers keep beside a saved page: `page_files` beside `page.html`.
pub fn files_below(folder: &Path, except: Option<&Path>) -> impl Iterator<Item = Result<PathBuf, StorageError>> {
    let except = except.map(files::identity);
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    let wanted = move |entry: &DirEntry| {
        entry.depth() == 0
            || !(is_hidden(entry)
                || is_beside_page(entry)
                || except
                    .as_ref()
                    .is_some_and(|except| entry.file_type().is_dir() && files::identity(entry.path()) == *except))
    };
    walk.filter_entry(wanted).filter_map(move |entry| match entry {
        Ok(entry) => entry.file_type().is_file().then(|| Ok(entry.into_path())),
        // What the link leads to is walked already.
        Err(error) if error.loop_ancestor().is_some() => None,
        Err(error) => {
            let path = error.path().unwrap_or(folder).to_owned();
            Some(Err(StorageError::Read { path, source: io::Error::from(error) }))
        }
    })
}

/// Whether a folder is there.
pub fn is_folder(path: &Path) -> bool {
    path.is_dir()
}

/// Makes a folder and those above it, where they are not there yet.
pub fn make_folder(path: &Path) -> Result<(), StorageError> {
    std::fs::create_dir_all(path).map_err(|source| StorageError::Write { path: path.to_owned(), source })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn is_beside_page(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let Some(page) = name.strip_suffix("_files").filter(|_| entry.file_type().is_dir()) else { return false };
    ["html", "htm"].iter().any(|end| entry.path().with_file_name(format!("{page}.{end}")).is_file())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn names(folder: &Path, except: Option<&Path>) -> Vec<String> {
        let found = files_below(folder, except).map(Result::unwrap);
        found.map(|path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/")).collect()
    }

    fn write(folder: &Path, name: &str) {
        let path = folder.join(name);
        make_folder(path.parent().unwrap()).unwrap();
        fs::write(path, name).unwrap();
    }

    #[test]
    fn files_come_in_order_without_what_is_no_article() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let shown = ["a/2.txt", "a/10.txt", "b.txt", "page.html", "report_files/c.txt", "خبر.txt"];
        let left_out = [".hidden", ".git/config", "a/.b/c.txt", "page_files/icon.png", "out/b.json"];
        shown.iter().chain(&left_out).for_each(|name| write(folder, name));
        let mut expected = shown.to_vec();
        expected.swap(0, 1);
        assert_eq!(names(folder, Some(&folder.join("a/../out"))), expected);
        let absent = folder.join("absent");
        assert!(
            matches!(&files_below(&absent, None).collect::<Vec<_>>()[..], [Err(StorageError::Read { path, .. })] if *path == absent)
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_never_in_a_circle() {
        use std::os::unix::fs::symlink;

        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(folder.path(), "a/1.txt");
        write(other.path(), "2.txt");
        symlink(folder.path(), folder.path().join("a/up")).unwrap();
        symlink(other.path(), folder.path().join("b")).unwrap();
        assert_eq!(names(folder.path(), None), ["a/1.txt", "b/2.txt"]);
    }
}
