//! What a command is given: files, folders and addresses, and what the results are called.

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};

use crate::storage::{StorageError, tree, web};

/// One article to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Input {
    pub(super) source: Source,
    /// What its result is called, without an extension; below a folder also where it stands.
    pub(super) stem: PathBuf,
}

impl Input {
    /// The file that it is, if it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) => Some(path),
            Source::Address(_) => None,
        }
    }
}

/// Where an article is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Source {
    File(PathBuf),
    Address(String),
}

impl fmt::Display for Source {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::File(path) => path.display().fmt(out),
            Self::Address(address) => out.write_str(&web::presentable(address)),
        }
    }
}

/// What was given, folders opened up, in the order given and by name within a folder; and what cannot be looked into.
/// Results go to `out`, so that is no input. No two stems are the same, not even where upper and lower case are.
pub(super) fn expand(given: &[PathBuf], out: Option<&Path>) -> (Vec<Input>, Vec<StorageError>) {
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    for path in given {
        if let Some(address) = as_address(path) {
            inputs.push(Input { stem: stem_of_address(address), source: Source::Address(address.to_owned()) });
        } else if tree::is_folder(path) {
            for found in tree::files_below(path, out) {
                match found {
                    Ok(file) => inputs.push(input(file.strip_prefix(path).unwrap_or(&file), file.clone())),
                    Err(error) => errors.push(error),
                }
            }
        } else {
            inputs.push(input(Path::new(path.file_name().unwrap_or_default()), path.clone()));
        }
    }
    tell_apart(&mut inputs);
    (inputs, errors)
}

fn input(name: &Path, file: PathBuf) -> Input {
    Input { stem: name.with_extension(""), source: Source::File(file) }
}

/// The address that an argument is, if it is one.
fn as_address(argument: &Path) -> Option<&str> {
    argument.to_str().filter(|text| text.contains("://"))
}

/// The letters and digits of an address as the name of a file.
fn stem_of_address(address: &str) -> PathBuf {
    const LONGEST: usize = 80;
    let text = web::readable(address);
    let words: Vec<_> =
        text.split(|c: char| !c.is_alphanumeric() && c != '.').map(|word| word.trim_matches('.')).collect();
    let name: String = words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join("-");
    name.chars().take(LONGEST).collect::<String>().into()
}

/// Numbers those that would have the same name as one before them.
fn tell_apart(inputs: &mut [Input]) {
    let mut taken = HashSet::new();
    for input in inputs {
        let first = input.stem.clone();
        for number in 2.. {
            if taken.insert(input.stem.to_string_lossy().to_lowercase()) {
                break;
            }
            let mut name = first.clone().into_os_string();
            name.push(format!("-{number}"));
            input.stem = name.into();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(given: &[&str]) -> Vec<String> {
        let given: Vec<_> = given.iter().map(PathBuf::from).collect();
        let (inputs, errors) = expand(&given, None);
        assert!(errors.is_empty(), "{errors:?}");
        inputs.iter().map(|input| input.stem.to_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn results_are_named_after_what_they_are_made_of() {
        let check = |given: &str, expected: &str| assert_eq!(stems(&[given]), [expected]);
        check("a/خبر.html", "خبر");
        check("news.2024.txt", "news.2024");
        check("https://example.org/news/a-1.html?page=2#top", "example.org-news-a-1.html-page-2-top");
        check("http://me:secret@[::1]:8080/../..", "1-8080");
        check("https://example.org/%D8%AE%D8%A8%D8%B1", "example.org-خبر");
        check("https://example.org/خبر/", "example.org-خبر");
        check(&format!("https://example.org/{}", "a".repeat(500)), &format!("example.org-{}", "a".repeat(68)));
    }

    #[test]
    fn no_two_results_have_the_same_name() {
        let given = ["a.txt", "b/A.html", "a-2.txt", "a.txt", "https://x.example/", "https://x.example"];
        assert_eq!(stems(&given), ["a", "A-2", "a-2-2", "a-3", "x.example", "x.example-2"]);
    }
}
