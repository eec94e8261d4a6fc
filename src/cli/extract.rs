//! `tarjuman extract`: articles out of files, folders and addresses.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{panic, thread};

use super::error::{CliError, reason};
use super::inputs::{self, Input, Source};
use super::interrupt::Interrupt;
use super::{ExtractForm, complain, complain_of, fresh_id, print};
use crate::domain::{Article, Project};
use crate::formats::reader::Hints;
use crate::formats::{Warning, article_json, plain_text, xliff};
use crate::jobs::{self, caught};
use crate::storage::web::Reach;
use crate::storage::{files, tree};

/// Articles that are read before their results are printed. It bounds how many wait for a slow one before them.
const AT_ONCE: usize = 256;

/// What to extract.
pub(super) struct Request {
    /// Files, folders and addresses.
    pub(super) inputs: Vec<PathBuf>,
    pub(super) form: ExtractForm,
    /// The folder for the results.
    pub(super) out: Option<PathBuf>,
    /// The encoding of all of them, if somebody knows it.
    pub(super) encoding: Option<String>,
    /// Whether an earlier wrong decoding is undone.
    pub(super) unscramble: bool,
    pub(super) reach: Reach,
}

/// An article in the form that was asked for.
struct Extracted {
    /// Nothing once it is in its file.
    text: String,
    warnings: Vec<Warning>,
    /// Whether its text was decoded wrongly before, and still is.
    scrambled: bool,
    /// What it is where it is not one article.
    instead: Option<String>,
}

/// Extracts one article, or many.
pub(super) fn extract(request: &Request) -> Result<(), CliError> {
    let interrupt = Interrupt::listen();
    match request.inputs.as_slice() {
        [one] if request.out.is_none() && !tree::is_folder(one) => {
            let (inputs, _) = inputs::expand(&request.inputs, None);
            inputs.iter().try_for_each(|input| {
                let extracted = read(input, request, &interrupt, article_json::write)?;
                tell(input, &extracted);
                print(&extracted.text)
            })
        }
        _ => extract_many(request, &interrupt),
    }
}

fn extract_many(request: &Request, interrupt: &Interrupt) -> Result<(), CliError> {
    match &request.out {
        Some(out) => tree::make_folder(out)?,
        None if request.form.json => (),
        None => return Err(CliError::NeedsFolder),
    }
    let (inputs, errors) = inputs::expand(&request.inputs, request.out.as_deref());
    if inputs.is_empty() && errors.is_empty() {
        return Err(CliError::NothingToRead);
    }
    let originals = inputs.iter().filter_map(Input::file).map(files::identity).collect();
    let mut summary = Summary::default();
    for error in errors {
        let name = error.path().map(|path| path.display().to_string()).unwrap_or_default();
        summary.add_failure(&error.into(), name);
    }
    let work = |input: &Input| (!interrupt.is_pressed()).then(|| result(input, request, interrupt, &originals));
    for some in inputs.chunks(AT_ONCE) {
        for (input, result) in some.iter().zip(in_parallel(some, work)) {
            match result {
                Some(Ok(extracted)) => {
                    tell(input, &extracted);
                    print(&extracted.text)?;
                    summary.add(&extracted);
                }
                Some(Err(CliError::Interrupted)) | None => return Err(CliError::Interrupted),
                Some(Err(error)) => summary.add_failure(&error, input.source.to_string()),
            }
        }
    }
    for sentence in summary.sentences() {
        complain(&sentence);
    }
    if summary.failures.is_empty() { Ok(()) } else { Err(CliError::SomeFailed) }
}

/// One of many articles, as a line for standard output or in a file of its own, never over one of the `originals`.
fn result(
    input: &Input,
    request: &Request,
    interrupt: &Interrupt,
    originals: &HashSet<PathBuf>,
) -> Result<Extracted, CliError> {
    let Some(out) = &request.out else {
        let name = input.source.to_string();
        return read(input, request, interrupt, |article, encoding| article_json::write_line(&name, article, encoding));
    };
    let mut path = out.join(&input.stem).into_os_string();
    path.push(".");
    path.push(request.form.extension());
    let path = PathBuf::from(path);
    if originals.contains(&files::identity(&path)) {
        return Err(CliError::OverInput { path });
    }
    let extracted = read(input, request, interrupt, article_json::write)?;
    path.parent().map_or(Ok(()), tree::make_folder)?;
    files::write_atomic(&path, extracted.text.as_bytes())?;
    Ok(Extracted { text: String::new(), ..extracted })
}

/// Reads an article; `json` writes that form of it.
fn read(
    input: &Input,
    request: &Request,
    interrupt: &Interrupt,
    json: impl FnOnce(&Article, Option<&str>) -> String,
) -> Result<Extracted, CliError> {
    let hints = Hints { chosen_encoding: request.encoding.as_deref(), ..Hints::default() };
    let is_pressed = || interrupt.is_pressed();
    let source = caught(|| match &input.source {
        Source::File(path) => jobs::read_file(path, hints),
        Source::Address(address) => jobs::read_page(address, request.reach, hints, &|_| (), &is_pressed),
    });
    let read = match source {
        Err(_) if is_pressed() => return Err(CliError::Interrupted),
        source => source?,
    };
    let read = if request.unscramble { read.unscrambled() } else { read };
    let scrambled = read.is_scrambled();
    let jobs::ReadArticle { reading, origin, .. } = read;
    let article = reading.article;
    let instead = instead_of_article(&article);
    let text = if request.form.xliff {
        xliff::write(&Project::from_article(fresh_id(), origin, article))
    } else if request.form.text {
        plain_text::write(&article)
    } else {
        json(&article, reading.encoding.as_ref().map(|encoding| encoding.name))
    };
    Ok(Extracted { text, warnings: reading.warnings, scrambled, instead })
}

fn instead_of_article(article: &Article) -> Option<String> {
    (!article.is_one()).then(|| match article.links.len() {
        0 => "no article was found in it".to_owned(),
        count => format!("this is not one article but a page with links to {count}"),
    })
}

fn tell(input: &Input, extracted: &Extracted) {
    complain_of(&input.source, &extracted.warnings);
    if extracted.scrambled {
        complain(&format_args!(
            "{}: some of it was decoded wrongly before it was saved; --unscramble undoes that",
            input.source
        ));
    }
    if let Some(instead) = &extracted.instead {
        complain(&format_args!("{}: {instead}", input.source));
    }
}

/// What `work` makes of each item, in their order.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
        numbers.map_while(|number| Some((number, work(items.get(number)?)))).collect::<Vec<_>>()
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let mut done: Vec<_> = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        running
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|fault| panic::resume_unwind(fault)))
            .collect()
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().map(|(_, result)| result).collect()
}

/// What became of all the inputs.
#[derive(Default)]
struct Summary {
    read: usize,
    not_one_article: usize,
    /// Reasons, each with the inputs that it holds for, in the order in which they came up.
    failures: Vec<(String, Vec<String>)>,
}

impl Summary {
    fn add(&mut self, extracted: &Extracted) {
        self.read += 1;
        self.not_one_article += usize::from(extracted.instead.is_some());
    }

    fn add_failure(&mut self, error: &CliError, input: String) {
        let reason = reason(error);
        match self.failures.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, inputs)) => inputs.push(input),
            None => self.failures.push((reason, vec![input])),
        }
    }

    /// Every reason with its inputs, and how many there were.
    fn sentences(&self) -> Vec<String> {
        let by_reason = |(reason, inputs): &(String, Vec<String>)| format!("{reason}: {}", inputs.join(", "));
        let failed: usize = self.failures.iter().map(|(_, inputs)| inputs.len()).sum();
        let Self { read, not_one_article, .. } = self;
        let count = format!("{read} read, {not_one_article} of them not one article; {failed} failed");
        self.failures.iter().map(by_reason).chain([count]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_what_they_are_made_of() {
        for count in [0, 1, 1_000] {
            let items: Vec<usize> = (0..count).collect();
            assert_eq!(in_parallel(&items, |item| item * 2), items.iter().map(|item| item * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn failures_are_told_by_their_reasons() {
        let mut summary = Summary::default();
        for name in ["a", "b"] {
            summary.add_failure(&CliError::OverInput { path: name.into() }, name.to_owned());
        }
        summary.add_failure(&CliError::NeedsFolder, "c".to_owned());
        let expected = [
            format!("{}: a, b", reason(&CliError::OverInput { path: PathBuf::new() })),
            format!("{}: c", CliError::NeedsFolder),
            "0 read, 0 of them not one article; 3 failed".to_owned(),
        ];
        assert_eq!(summary.sentences(), expected);
    }
}
