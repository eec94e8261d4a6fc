//! What the commands on one file do.

use std::fmt::Write as _;
use std::path::Path;

use super::error::CliError;
use super::{Language, complain, complain_of, print};
use crate::domain::{Index, Termbase, Variation};
use crate::formats::decode::{Decoded, decode};
use crate::formats::export::Summary;
use crate::formats::reader::Hints;
use crate::formats::{glossary, matches_tsv};
use crate::jobs::{self, Came, ExportFormat, JobError};
use crate::storage::{Folders, files};

/// Prints the terms of a text, for programs or for people.
pub(super) fn terms(text: &Path, glossary: &Path, for_programs: bool, guess_plurals: bool) -> Result<(), CliError> {
    let bytes = files::read(text)?;
    let decoded = decode_file(text, &bytes)?;
    let reading = glossary::read(&files::read(glossary)?, glossary::Options::default())
        .map_err(|source| CliError::Glossary { path: glossary.to_owned(), source })?;
    complain_of(&glossary.display(), &reading.warnings);
    let index = Index::new(&reading.termbase);
    print(&if for_programs {
        matches_tsv::write(&decoded.text, &index, guess_plurals)
    } else {
        list_terms(&decoded.text, &index, &reading.termbase, guess_plurals)
    })
}

/// Lines of `number: term = translation`, numbers from 1 as editors count.
fn list_terms(text: &str, index: &Index, termbase: &Termbase, guess_plurals: bool) -> String {
    let mut list = String::new();
    let mut recogniser = index.recogniser();
    let mut guessing = guess_plurals.then(|| index.recogniser().guessing_plurals());
    for (number, line) in (1..).zip(text.lines()) {
        let guesses = guessing.as_mut().map(|guessing| guessing.guesses(line)).unwrap_or_default();
        for found in recogniser.recognise(line).into_iter().chain(guesses) {
            let perhaps = if found.variation == Variation::Hint { " (perhaps)" } else { "" };
            let concept = termbase.get(&found.concept);
            let english = concept.and_then(|concept| concept.preferred_english()).unwrap_or("(no translation)");
            // Writing to a string cannot fail.
            let _ = writeln!(list, "{number}: {} = {english}{perhaps}", &line[found.span.range()]);
        }
    }
    list
}

/// Prints the sentences of a text. Rules that the user wrote and that make no sense are complained of.
pub(super) fn sentences(file: &Path, language: Language, srx: Option<&Path>, short: bool) -> Result<(), CliError> {
    let bytes = files::read(file)?;
    let text = decode_file(file, &bytes)?.text;
    let own = Folders::of_user()?.sentence_rules();
    let (segmenters, left_out) = if let Some(path) = srx {
        jobs::read_segmenters(path)?
    } else {
        let rules = jobs::sentence_rules(&own)?;
        rules.refused.iter().for_each(|error| complain(error));
        (rules.segmenters, rules.left_out)
    };
    complain_of(&srx.unwrap_or(&own).display(), &left_out);
    let segmenter = match language {
        Language::Ar => segmenters.arabic,
        Language::En => segmenters.english,
    };
    let mut list = String::new();
    for paragraph in text.lines().filter(|line| !line.trim().is_empty()) {
        let spans = if short { segmenter.short_sentences(paragraph) } else { segmenter.sentences(paragraph) };
        for span in spans {
            list.push_str(paragraph[span.range()].trim());
            list.push('\n');
        }
        list.push('\n');
    }
    print(&list)
}

/// Writes the translated units of a working file in another format and prints how many there were.
pub(super) fn export(file: &Path, format: ExportFormat, out: &Path) -> Result<(), CliError> {
    let opened = jobs::open(file)?;
    if !matches!(opened.came, Came::WorkingFile { .. }) {
        return Err(CliError::NotAWorkingFile { path: file.to_owned() });
    }
    complain_of(&file.display(), &opened.warnings);
    let paths = format.paths(out);
    if paths.iter().any(|path| path == file) {
        return Err(CliError::OverInput { path: file.to_owned() });
    }
    // Files that exist are replaced, as by any command of a shell.
    let exported = jobs::export(&opened.project, format, out, &paths)?;
    print(&describe(exported.summary))
}

fn describe(summary: Summary) -> String {
    let Summary { written, untranslated, left_out, replaced_characters } = summary;
    let mut line = format!("{written} written, {untranslated} without a translation, {left_out} left out");
    if replaced_characters > 0 {
        // Writing to a string cannot fail.
        let _ = write!(line, "; {replaced_characters} characters that the format cannot hold became U+FFFD");
    }
    line + "\n"
}

fn decode_file<'a>(file: &Path, bytes: &'a [u8]) -> Result<Decoded<'a>, CliError> {
    Ok(decode(bytes, Hints::default()).map_err(|source| JobError::Format { path: file.to_owned(), source })?)
}
