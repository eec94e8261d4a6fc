//! Reading files into projects.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use url::Url;
use uuid::Uuid;

use super::pool::Report;
use super::{JobError, Outcome};
use crate::domain::{Link, Origin, ParagraphKind, Project, ProjectId, WebPage};
use crate::formats::decode::{TextEncoding, USUAL_ENCODINGS, decode};
use crate::formats::reader::{self, Hints, Reading};
use crate::formats::{FormatError, Warning, plain_text, xliff};
use crate::storage::StorageError;
use crate::storage::clipboard::{self, Copied};
use crate::storage::files::{self, Stamp};
use crate::storage::tree;
use crate::storage::web::{self, Limits, Progress, Reach};
use crate::text::unscrambled;

const SAMPLE: &str = include_str!("../../assets/sample.ar.txt");

/// Where an article can be had from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file, or a folder of files.
    File(PathBuf),
    /// A page on the web, by its address as somebody typed it.
    Address(String),
    /// Whatever was copied last.
    Clipboard,
    /// The article that comes with the program.
    Sample,
}

impl Source {
    /// What a person would know it by.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
            Self::Address(address) => web::readable(address),
            Self::Clipboard => "Clipboard".to_owned(),
            Self::Sample => "Sample article".to_owned(),
        }
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

/// A project that was read, and where it came from.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The project.
    pub project: Project,
    /// Where it came from.
    pub came: Came,
    /// What the file holds and the project does not.
    pub warnings: Vec<Warning>,
    /// What the page leads to, where it is not one article but a front or section page.
    pub leads: Vec<Lead>,
    /// What it was read from, where another way to read it is possible.
    pub original: Option<Arc<Original>>,
    /// Whether its text was decoded wrongly and stored so before it came here.
    pub scrambled: bool,
}

/// An article that a page leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// What the page calls it.
    pub title: String,
    /// Where it is, as the page says it.
    pub address: String,
    /// Where it can be had from; none where nobody knows which site the address belongs to.
    pub source: Option<Source>,
}

/// A way to read the bytes of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decoding {
    /// In this encoding, by its name in the IANA registry.
    As(&'static str),
    /// In the encoding that was found, and with an earlier wrong decoding undone.
    Unscrambled,
}

/// What an article was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// The bytes.
    pub bytes: Arc<[u8]>,
    /// The encoding that a web server told.
    pub declared: Option<String>,
    /// How the bytes were decoded.
    pub encoding: TextEncoding,
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
    /// The clipboard.
    Clipboard,
    /// The program itself.
    Sample,
}

/// Opens an article, or finds what stands behind its source.
pub(super) fn open_source(source: Source, reach: Reach, report: &Report) -> Result<Outcome, JobError> {
    match source {
        Source::File(path) if tree::is_folder(&path) => Ok(files_of(&path)),
        Source::File(path) => open(&path).map(Outcome::Opened),
        Source::Address(address) => open_address(&address, reach, report).map(Outcome::Opened),
        Source::Clipboard => open_copied(&clipboard::read()?),
        Source::Sample => Ok(Outcome::Opened(open_sample())),
    }
}

/// The files of a folder, those that cannot be looked into left out.
fn files_of(folder: &Path) -> Outcome {
    const MOST: usize = 2_000;
    let mut files = tree::files_below(folder, None).filter_map(Result::ok).map(Source::File);
    let sources = files.by_ref().take(MOST).collect();
    Outcome::Several { sources, cut_short: files.next().is_some() }
}

/// Reads an article or a working file (XLIFF); the content tells which, not the name.
pub fn open(path: &Path) -> Result<Opened, JobError> {
    // Taken first, so that a change made while it is read is noticed later.
    let stamp = files::stamp(path)?;
    let bytes = files::read(path)?;
    let failed = |source| JobError::Format { path: path.to_owned(), source };
    if is_markup(&bytes) {
        match xliff::read(&bytes, new_id()) {
            Ok((project, warnings)) => {
                let came = Came::WorkingFile { path: path.to_owned(), stamp };
                return Ok(Opened { project, came, warnings, leads: Vec::new(), original: None, scrambled: false });
            }
            // Other markup, such as a page, or a generation of XLIFF that nothing is written in.
            Err(FormatError::NotXliff { .. } | FormatError::XliffVersion { .. }) => (),
            Err(source) => return Err(failed(source)),
        }
    }
    let read = article_in(path, bytes, Hints::default())?;
    opened(read, Came::Article { path: path.to_owned() }).ok_or_else(|| JobError::NoText { path: path.to_owned() })
}

/// Reads what was copied: as HTML where it can be had, for that tells a headline from a paragraph. An address and
/// nothing else stands for its page.
fn open_copied(copied: &Copied) -> Result<Outcome, JobError> {
    if let Some(address) = copied.text.as_deref().and_then(only_address) {
        return Ok(Outcome::Several { sources: vec![Source::Address(address)], cut_short: false });
    }
    let text = copied.html.as_ref().or(copied.text.as_ref()).ok_or(StorageError::ClipboardEmpty)?;
    let origin = Origin { name: Source::Clipboard.name(), page: None };
    let hints = Hints { declared_encoding: Some("utf-8"), ..Hints::default() };
    let read = article(text.as_bytes().into(), hints, origin).map_err(JobError::Copied)?;
    let opened = opened(read, Came::Clipboard).ok_or(StorageError::ClipboardEmpty)?;
    // What was copied is text already: there is no other way to decode it.
    Ok(Outcome::Opened(Opened { original: None, ..opened }))
}

/// The web address that a text is, if it is nothing else.
fn only_address(text: &str) -> Option<String> {
    let text = text.trim();
    let is_one =
        ["http://", "https://"].iter().any(|start| text.starts_with(start)) && !text.contains(char::is_whitespace);
    (is_one && web::parse(text).is_ok()).then(|| text.to_owned())
}

/// Fetches and opens a page on the web. A page is an article, whatever it holds: nothing can be saved back to it.
fn open_address(address: &str, reach: Reach, report: &Report) -> Result<Opened, JobError> {
    let progress = |Progress { done, total }| report.send(Ok(Outcome::Progress { done, total }));
    let read = read_page(address, reach, Hints::default(), &progress, &|| report.is_cancelled())?;
    let address = read.origin.page.as_ref().map_or_else(String::new, |page| page.address.clone());
    opened(read, Came::Address { address: address.clone() }).ok_or(JobError::EmptyPage { address })
}

/// Reads an article from a file.
pub fn read_file(path: &Path, hints: Hints) -> Result<ReadArticle, JobError> {
    article_in(path, files::read(path)?, hints)
}

/// Fetches a page on the web and reads it as an article. The encoding that the server tells goes into the `hints`; for the
/// rest see [`web::fetch`].
pub fn read_page(
    address: &str,
    reach: Reach,
    hints: Hints,
    progress: &dyn Fn(Progress),
    cancelled: &dyn Fn() -> bool,
) -> Result<ReadArticle, JobError> {
    let page = web::fetch(address, reach, &Limits::default(), progress, cancelled)?;
    let (address, declared) = (String::from(page.address.clone()), page.charset().map(str::to_owned));
    let hints = Hints { declared_encoding: declared.as_deref(), ..hints };
    let name = page.address.host_str().unwrap_or_default().to_owned();
    let origin = Origin { name, page: Some(WebPage { address: address.clone(), retrieved: page.retrieved }) };
    article(page.bytes.into(), hints, origin).map_err(|source| JobError::PageFormat { address, source })
}

fn article_in(path: &Path, bytes: Vec<u8>, hints: Hints) -> Result<ReadArticle, JobError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let read = article(bytes.into(), hints, Origin { name, page: None });
    read.map_err(|source| JobError::Format { path: path.to_owned(), source })
}

/// The article that comes with the program.
fn open_sample() -> Opened {
    let origin = Origin { name: Source::Sample.name(), page: None };
    let project = Project::from_article(new_id(), origin, plain_text::read(SAMPLE));
    Opened { project, came: Came::Sample, warnings: Vec::new(), leads: Vec::new(), original: None, scrambled: false }
}

/// An article that was read and is no project yet.
#[derive(Debug, Clone)]
pub struct ReadArticle {
    /// What was read.
    pub reading: Reading,
    /// Where it came from.
    pub origin: Origin,
    /// The bytes that it was read from.
    bytes: Arc<[u8]>,
    /// The encoding that a web server told.
    declared: Option<String>,
}

impl ReadArticle {
    /// Whether its text was decoded wrongly and stored so before it came here: one paragraph of the first ones tells.
    pub fn is_scrambled(&self) -> bool {
        const LOOKED_AT: usize = 60;
        let mut first = self.reading.article.paragraphs.iter().take(LOOKED_AT);
        self.reading.encoding.is_some() && first.any(|paragraph| unscrambled(&paragraph.text).is_some())
    }

    /// The same with an earlier wrong decoding undone; itself where none shows. Its encoding stays that of the bytes.
    #[must_use]
    pub fn unscrambled(self) -> Self {
        let Some(encoding) = self.reading.encoding.as_ref().filter(|_| self.is_scrambled()) else { return self };
        let hints = Hints { chosen_encoding: Some(encoding.name), declared_encoding: self.declared.as_deref() };
        let text = decode(&self.bytes, hints).ok().and_then(|decoded| unscrambled(&decoded.text));
        let utf_8 = Hints { chosen_encoding: Some("utf-8"), ..Hints::default() };
        match text.map(|text| article(text.into_bytes().into(), utf_8, self.origin.clone())) {
            Some(Ok(read)) => {
                let reading = Reading { encoding: self.reading.encoding, ..read.reading };
                Self { reading, origin: read.origin, ..self }
            }
            _ => self,
        }
    }
}

/// Reads an article. A page of the web is called by its headline.
fn article(bytes: Arc<[u8]>, hints: Hints, mut origin: Origin) -> Result<ReadArticle, FormatError> {
    let reading = reader::read(&bytes, hints)?;
    if let Some(headline) = reading.article.first(ParagraphKind::Headline).filter(|_| origin.page.is_some()) {
        headline.clone_into(&mut origin.name);
    }
    Ok(ReadArticle { reading, origin, bytes, declared: hints.declared_encoding.map(str::to_owned) })
}

/// A project of what was read, if there is a text in it.
fn opened(read: ReadArticle, came: Came) -> Option<Opened> {
    let scrambled = read.is_scrambled();
    let ReadArticle { reading: Reading { mut article, encoding, warnings, .. }, origin, bytes, declared } = read;
    let base = origin.page.as_ref().and_then(|page| Url::parse(&page.address).ok());
    let links = std::mem::take(&mut article.links);
    let leads: Vec<_> = links.into_iter().filter_map(|link| lead(link, base.as_ref())).collect();
    let original = encoding.map(|encoding| Arc::new(Original { bytes, declared, encoding }));
    let project = Project::from_article(new_id(), origin, article);
    let says_something = !(project.units().is_empty() && leads.is_empty());
    says_something.then_some(Opened { project, came, warnings, leads, original, scrambled })
}

/// A link, if it leads to a page. Without the address of the page that it is on, only whole addresses can be followed.
fn lead(link: Link, base: Option<&Url>) -> Option<Lead> {
    let Link { title, address } = link;
    let source = match Url::options().base_url(base).parse(&address) {
        Ok(whole) if is_of_the_web(&whole) => Some(Source::Address(whole.into())),
        Ok(_) => return None,
        Err(_) => None,
    };
    Some(Lead { title, address, source })
}

/// Reads an article once more, in a way that a person chose.
pub(super) fn reread(original: &Original, origin: Origin, came: Came, decoding: Decoding) -> Result<Outcome, JobError> {
    let encoding = match decoding {
        Decoding::As(encoding) => encoding,
        Decoding::Unscrambled => original.encoding.name,
    };
    let hints = Hints { chosen_encoding: Some(encoding), declared_encoding: original.declared.as_deref() };
    let read = article(Arc::clone(&original.bytes), hints, origin);
    let read = read.map_err(|source| JobError::Encoding { encoding, source })?;
    let nothing = JobError::NothingInEncoding { encoding };
    match decoding {
        Decoding::As(_) => opened(read, came).ok_or(nothing).map(Outcome::Reread),
        Decoding::Unscrambled => {
            let opened = opened(read.unscrambled(), came).ok_or(nothing)?;
            // The encoding was not chosen anew: it is told, and can be changed, as before.
            Ok(Outcome::Reread(Opened { original: Some(Arc::new(original.clone())), ..opened }))
        }
    }
}

/// How an article begins in an encoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The encoding, by its name in the IANA registry.
    pub encoding: &'static str,
    /// Whether the bytes may be in this encoding, as far as they tell.
    pub likely: bool,
    /// The first words; empty where there would be none.
    pub beginning: String,
}

/// How an article begins in each encoding that it may be in, the one that it was read in first, then the likeliest.
pub(super) fn preview(original: &Original) -> Vec<Preview> {
    let TextEncoding { name, alternatives, .. } = &original.encoding;
    let mut names = vec![*name];
    for name in alternatives.iter().chain(&USUAL_ENCODINGS) {
        if !names.contains(name) {
            names.push(name);
        }
    }
    let likely = 1 + alternatives.len();
    let preview =
        |(place, encoding)| Preview { encoding, likely: place < likely, beginning: beginning(original, encoding) };
    names.into_iter().enumerate().map(preview).collect()
}

fn beginning(original: &Original, encoding: &'static str) -> String {
    const CHARACTERS: usize = 90;
    let hints = Hints { chosen_encoding: Some(encoding), declared_encoding: original.declared.as_deref() };
    let Ok(Reading { article, .. }) = reader::read(&original.bytes, hints) else { return String::new() };
    let first = article.first(ParagraphKind::Headline).or_else(|| article.first(ParagraphKind::Paragraph));
    let first = first.or_else(|| article.paragraphs.first().map(|paragraph| paragraph.text.as_str()));
    first.unwrap_or_default().chars().take(CHARACTERS).collect()
}

fn is_of_the_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https")
}

fn new_id() -> ProjectId {
    ProjectId::new(Uuid::now_v7())
}

/// Whether the bytes start as XML does, in any encoding, and not as a text with a bracket in front.
fn is_markup(bytes: &[u8]) -> bool {
    const HEAD: usize = 256;
    let Ok(head) = decode(&bytes[..bytes.len().min(HEAD)], Hints::default()) else { return false };
    let next = head.text.trim_start().strip_prefix('<').and_then(|rest| rest.chars().next());
    next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '?' | '!'))
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
