//! Reading files into projects.

use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::pool::Report;
use super::{JobError, Outcome};
use crate::domain::{Origin, ParagraphKind, Project, ProjectId, WebPage};
use crate::formats::reader::{self, Hints, Reading};
use crate::formats::{Warning, plain_text, xliff};
use crate::storage::files::{self, Stamp};
use crate::storage::web::{self, Limits, Progress, Reach};

const SAMPLE: &str = include_str!("../../assets/sample.ar.txt");

/// A project that was read, and where it came from.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The project.
    pub project: Project,
    /// Where it came from.
    pub came: Came,
    /// What the file holds and the project does not.
    pub warnings: Vec<Warning>,
}

/// Where a project came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// A file that it can be saved to again.
    WorkingFile {
        /// The file.
        path: PathBuf,
        /// The file as it was read.
        stamp: Option<Stamp>,
    },
    /// A file with the Arabic alone, which is never written to.
    Article {
        /// The file.
        path: PathBuf,
    },
    /// A page on the web, which is never written to.
    Address {
        /// Its address, after all redirects.
        address: String,
    },
    /// The program itself.
    Sample,
}

/// An article that was read and is no project yet.
#[derive(Debug, Clone)]
pub struct Source {
    /// What was read.
    pub reading: Reading,
    /// Where it came from.
    pub origin: Origin,
}

/// Reads an article (plain text) or a working file (XLIFF); the content tells which, not the name.
pub fn open(path: &Path) -> Result<Opened, JobError> {
    // Taken first, so that a change made while it is read is noticed later.
    let stamp = files::stamp(path)?;
    let bytes = files::read(path)?;
    if is_markup(&bytes) {
        let failed = |source| JobError::Format { path: path.to_owned(), source };
        let (project, warnings) = xliff::read(&bytes, new_id()).map_err(failed)?;
        return Ok(Opened { project, came: Came::WorkingFile { path: path.to_owned(), stamp }, warnings });
    }
    let source = article_in(path, &bytes, Hints::default())?;
    opened(source, Came::Article { path: path.to_owned() }).ok_or(JobError::NoText { path: path.to_owned() })
}

/// Fetches and opens a page on the web. A page is an article, whatever it holds: nothing can be saved back to it.
pub(super) fn open_address(address: &str, reach: Reach, report: &Report) -> Result<Opened, JobError> {
    let progress = |Progress { done, total }| report.send(Ok(Outcome::Progress { done, total }));
    let source = read_page(address, reach, Hints::default(), &progress, &|| report.is_cancelled())?;
    let address = source.origin.page.as_ref().map_or_else(String::new, |page| page.address.clone());
    opened(source, Came::Address { address: address.clone() }).ok_or(JobError::EmptyPage { address })
}

/// Reads an article from a file.
pub fn read_file(path: &Path, hints: Hints) -> Result<Source, JobError> {
    article_in(path, &files::read(path)?, hints)
}

/// Fetches a page on the web and reads it as an article. The encoding that the server tells goes into the `hints`; for the
/// rest see [`web::fetch`].
pub fn read_page(
    address: &str,
    reach: Reach,
    hints: Hints,
    progress: &dyn Fn(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<Source, JobError> {
    let page = web::fetch(address, reach, &Limits::default(), progress, cancelled)?;
    let hints = Hints { declared_encoding: page.charset(), ..hints };
    let reading = match reader::read(&page.bytes, hints) {
        Ok(reading) => reading,
        Err(source) => return Err(JobError::PageFormat { address: page.address.into(), source }),
    };
    let headline = reading.article.first(ParagraphKind::Headline);
    let name = headline.or(page.address.host_str()).unwrap_or_default().to_owned();
    let page = WebPage { address: page.address.into(), retrieved: page.retrieved };
    Ok(Source { reading, origin: Origin { name, page: Some(page) } })
}

fn article_in(path: &Path, bytes: &[u8], hints: Hints) -> Result<Source, JobError> {
    let reading = reader::read(bytes, hints).map_err(|source| JobError::Format { path: path.to_owned(), source })?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Source { reading, origin: Origin { name, page: None } })
}

/// A project of what was read, if there is a text in it.
fn opened(source: Source, came: Came) -> Option<Opened> {
    let project = Project::from_article(new_id(), source.origin, source.reading.article);
    (!project.units().is_empty()).then_some(Opened { project, came, warnings: source.reading.warnings })
}

/// The article that comes with the program.
pub(super) fn open_sample() -> Opened {
    let origin = Origin { name: "Sample article".to_owned(), page: None };
    let project = Project::from_article(new_id(), origin, plain_text::read(SAMPLE));
    Opened { project, came: Came::Sample, warnings: Vec::new() }
}

fn new_id() -> ProjectId {
    ProjectId::new(Uuid::now_v7())
}

/// Whether the bytes start as XML does, and not as a text with a bracket in front.
fn is_markup(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    matches!(text, [b'<', next, ..] if next.is_ascii_alphabetic() || matches!(next, b'?' | b'!'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_tells_an_article_from_a_working_file() {
        let check = |bytes: &[u8], expected| assert_eq!(is_markup(bytes), expected, "{}", bytes.escape_ascii());
        check(b"<?xml version='1.0'?><xliff/>", true);
        check(b"\xef\xbb\xbf\r\n <xliff>", true);
        check(b"<!-- -->", true);
        check("<< عاجل >>".as_bytes(), false);
        check("سوريا <b>".as_bytes(), false);
        check(b"<", false);
        check(b"", false);
    }

    #[test]
    fn the_sample_opens() {
        let units = open_sample().project.units().to_vec();
        assert_eq!(units.iter().filter(|unit| unit.kind == ParagraphKind::Headline).count(), 1);
        assert_eq!(units.iter().filter(|unit| !unit.included).count(), 2);
    }
}
