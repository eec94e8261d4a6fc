//! What each command does.

use std::ffi::OsString;
use std::fmt::{Display, Write as _};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::error::CliError;
use super::{ExportFormat, ExtractForm, complain, print};
use crate::domain::{Index, Origin, Project, ProjectId, Termbase};
use crate::formats::decode::{Decoded, decode};
use crate::formats::export::Summary;
use crate::formats::{FormatError, article_json, glossary_tsv, matches_tsv, moses, plain_text, tmx, tsv, xliff};
use crate::storage::files;

/// Prints an article in one of its forms.
pub(super) fn extract(file: &Path, form: ExtractForm) -> Result<(), CliError> {
    let bytes = files::read(file)?;
    let decoded = decode_file(file, &bytes)?;
    let article = plain_text::read(&decoded.text);
    print(&if form.xliff {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        xliff::write(&Project::from_article(fresh_id(), Origin { name }, article))
    } else if form.text {
        plain_text::write(&article)
    } else {
        article_json::write(&article, decoded.encoding)
    })
}

/// Prints the terms of a text, for programs or for people.
pub(super) fn terms(text: &Path, glossary: &Path, for_programs: bool) -> Result<(), CliError> {
    let bytes = files::read(text)?;
    let decoded = decode_file(text, &bytes)?;
    let reading = glossary_tsv::read(&files::read(glossary)?)
        .map_err(|source| CliError::Glossary { path: glossary.to_owned(), source })?;
    complain_of(glossary, &reading.warnings);
    let index = Index::new(&reading.termbase);
    print(&if for_programs {
        matches_tsv::write(&decoded.text, &index)
    } else {
        list_terms(&decoded.text, &index, &reading.termbase)
    })
}

/// Lines of `number: term = translation`, numbers from 1 as editors count.
fn list_terms(text: &str, index: &Index, termbase: &Termbase) -> String {
    let mut list = String::new();
    for (number, line) in (1..).zip(text.lines()) {
        for found in index.recognise(line) {
            let concept = termbase.get(&found.concept);
            let english = concept.and_then(|concept| concept.preferred_english()).unwrap_or("(no translation)");
            // Writing to a string cannot fail.
            let _ = writeln!(list, "{number}: {} = {english}", &line[found.span.range()]);
        }
    }
    list
}

/// Writes the translated units of a working file in another format and prints how many there were.
pub(super) fn export(file: &Path, format: ExportFormat, out: &Path) -> Result<(), CliError> {
    let (project, warnings) = xliff::read(&files::read(file)?, fresh_id()).map_err(|source| bad_file(file, source))?;
    complain_of(file, &warnings);
    let summary = match format {
        ExportFormat::Tmx => {
            let (memory, summary) = tmx::write(&project);
            write(file, out, &memory)?;
            summary
        }
        ExportFormat::Tsv => {
            let (table, summary) = tsv::write(&project);
            write(file, out, &table)?;
            summary
        }
        ExportFormat::Moses => {
            let (bitext, summary) = moses::write(&project);
            write(file, &side_of_pair(out, "ar"), &bitext.arabic)?;
            write(file, &side_of_pair(out, "en"), &bitext.english)?;
            summary
        }
    };
    print(&describe(summary))
}

fn write(input: &Path, out: &Path, text: &str) -> Result<(), CliError> {
    if input == out {
        return Err(CliError::OverInput { path: out.to_owned() });
    }
    Ok(files::write_atomic(out, text.as_bytes())?)
}

/// `news` and `news.ar` and `news.en` all name the pair `news.ar`, `news.en`.
fn side_of_pair(out: &Path, language: &str) -> PathBuf {
    let names_a_side = out.extension().is_some_and(|extension| extension == "ar" || extension == "en");
    let stem = if names_a_side { out.with_extension("") } else { out.to_owned() };
    let mut side = OsString::from(stem);
    side.push(".");
    side.push(language);
    side.into()
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
    decode(bytes).map_err(|source| bad_file(file, source))
}

fn bad_file(path: &Path, source: FormatError) -> CliError {
    CliError::Format { path: path.to_owned(), source }
}

fn complain_of(file: &Path, warnings: &[impl Display]) {
    const MOST: usize = 10;
    for warning in warnings.iter().take(MOST) {
        complain(&format_args!("{}: {warning}", file.display()));
    }
    if warnings.len() > MOST {
        complain(&format_args!("{}: {} more of these", file.display(), warnings.len() - MOST));
    }
}

fn fresh_id() -> ProjectId {
    ProjectId::new(Uuid::now_v7())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_side_names_the_pair() {
        let check = |out: &str, expected: &str| assert_eq!(side_of_pair(Path::new(out), "ar"), Path::new(expected));
        check("news", "news.ar");
        check("a/news.en", "a/news.ar");
        check("news.ar", "news.ar");
        check("news.v1.2", "news.v1.2.ar");
    }
}
