//! What the program tells a person: what happened, whether their work is safe, what they can do.
//!
//! This is the only place where errors turn into words.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::Command;
use crate::jobs::{JobError, Source};
use crate::storage::StorageError;
use crate::storage::web::WebProblem;

/// How long a mere information stays.
const SHOWN_FOR: Duration = Duration::from_secs(6);

/// Something to tell.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// How much it matters.
    pub kind: NoticeKind,
    /// The words.
    pub message: String,
    /// What can be done about it, as buttons.
    pub actions: &'static [Command],
    about: Topic,
    until: Option<Instant>,
}

/// How much a notice matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoticeKind {
    /// Good to know; it goes away by itself.
    Info,
    /// Something is not as expected.
    Warning,
    /// Something was not done.
    Error,
}

/// What a notice is about: a newer one takes the place of an older one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Autosave,
    Background,
    Edit,
    Export,
    Glossary,
    GlossaryChange,
    Open,
    Queue,
    Recovery,
    Rewording,
    Save,
    Scrambled,
    Sentences,
    Settings,
}

/// What is to be told at the moment, the newest last.
#[derive(Debug, Default)]
pub(super) struct Notices(Vec<Notice>);

impl Notices {
    pub(super) fn all(&self) -> &[Notice] {
        &self.0
    }

    pub(super) fn info(&mut self, about: Topic, message: impl Into<String>) {
        self.push(NoticeKind::Info, about, message.into(), &[]);
    }

    /// Information that goes away by itself, with something that can be done about it.
    pub(super) fn offer(&mut self, about: Topic, message: impl Into<String>, actions: &'static [Command]) {
        self.push(NoticeKind::Info, about, message.into(), actions);
    }

    pub(super) fn warn(&mut self, about: Topic, message: impl Into<String>, actions: &'static [Command]) {
        self.push(NoticeKind::Warning, about, message.into(), actions);
    }

    pub(super) fn error(&mut self, about: Topic, message: impl Into<String>, actions: &'static [Command]) {
        self.push(NoticeKind::Error, about, message.into(), actions);
    }

    fn push(&mut self, kind: NoticeKind, about: Topic, message: String, actions: &'static [Command]) {
        self.clear(about);
        self.0.push(Notice { kind, message, actions, about, until: None });
    }

    pub(super) fn clear(&mut self, about: Topic) {
        self.0.retain(|notice| notice.about != about);
    }

    pub(super) fn dismiss_newest(&mut self) {
        self.0.pop();
    }

    /// Lets information go that was shown for long enough; returns how long the next one still has.
    pub(super) fn tick(&mut self, now: Instant) -> Option<Duration> {
        for notice in self.0.iter_mut().filter(|notice| notice.kind == NoticeKind::Info) {
            notice.until.get_or_insert(now + SHOWN_FOR);
        }
        self.0.retain(|notice| notice.until.is_none_or(|until| now < until));
        self.0.iter().filter_map(|notice| notice.until).min().map(|until| until - now)
    }
}

/// A file's name for a sentence.
pub(super) fn quoted(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    format!("“{}”", name.to_string_lossy())
}

/// What an article is called before it is open, for a sentence.
pub(super) fn named(source: &Source) -> String {
    match source {
        Source::File(path) => quoted(path),
        Source::Address(_) => format!("“{}”", source.name()),
        Source::Clipboard => "what was copied".to_owned(),
        Source::Sample => "the sample article".to_owned(),
    }
}

/// Why a job came to nothing, as the second half of a sentence.
pub fn reason(error: &JobError) -> String {
    match error {
        JobError::Storage(error) => storage_reason(error),
        JobError::Web(error) => web_reason(&error.problem),
        JobError::Format { source, .. } | JobError::PageFormat { source, .. } | JobError::Encoding { source, .. } => {
            source.to_string()
        }
        JobError::EmptyPage { .. } => {
            "there is no text in it; if your browser shows one, copy it there and paste it here".to_owned()
        }
        JobError::NoText { .. } => "there is no text in it".to_owned(),
        JobError::NothingInEncoding { encoding } => format!("there is no text in it in {encoding}"),
        JobError::Copied(error) | JobError::Glossary(error) => error.to_string(),
        JobError::ChangedOnDisk { .. } => "somebody else has changed it".to_owned(),
        JobError::Exists { .. } => "a file of that name exists".to_owned(),
        JobError::SentenceRules { fault, .. } => fault.to_string(),
        JobError::Panicked(message) => format!("there is a fault in the program ({message})"),
    }
}

fn storage_reason(error: &StorageError) -> String {
    match error {
        StorageError::Read { source, .. } | StorageError::Write { source, .. } => system_reason(source),
        StorageError::NotAFile { .. } => "it is not a file".to_owned(),
        StorageError::TooLarge { limit, .. } => format!("it is larger than {} MB", limit >> 20),
        StorageError::ReadOnly { .. } => "it is marked as read-only".to_owned(),
        StorageError::ClipboardEmpty => "there is no text in it".to_owned(),
        StorageError::ClipboardSilent => "the program that it was copied in does not answer".to_owned(),
        StorageError::Clipboard { reason } => format!("the clipboard says “{reason}”"),
        StorageError::NoHome => "you have no home folder".to_owned(),
        StorageError::DamagedTermbase { .. } => "it is damaged, or no glossary of this program".to_owned(),
        StorageError::NewerTermbase { .. } => "a newer version of this program wrote it".to_owned(),
        StorageError::TermbaseBusy { .. } => "another program is writing to it".to_owned(),
        StorageError::UnknownVersion { .. } => "there is no such version of the concept".to_owned(),
        StorageError::NotUndoable { .. } => "there is no such change to undo".to_owned(),
        StorageError::ConceptTooLong { limit, .. } => format!("a concept is longer than {} KB", limit >> 10),
        StorageError::Cancelled { .. } => "it was cancelled".to_owned(),
        StorageError::Database { source, .. } => format!("the database says “{source}”"),
    }
}

/// Why a page could not be fetched, and what to do about it, as the second half of a sentence.
pub(super) fn web_reason(problem: &WebProblem) -> String {
    match problem {
        WebProblem::BadAddress => "this is not a web address; it should look like https://example.org/news".to_owned(),
        WebProblem::Scheme { scheme } => format!("only http and https addresses can be opened, not {scheme}"),
        WebProblem::Private { .. } => {
            "it belongs to this computer or its own network; the settings can allow such addresses".to_owned()
        }
        WebProblem::UnknownHost { host } => {
            format!("“{host}” was not found; check the spelling, and whether this computer is online")
        }
        WebProblem::NoConnection { reason } => {
            format!("there is no connection ({reason}); check whether this computer is online, or try again later")
        }
        WebProblem::Tls { reason } => {
            format!("there is no secure connection ({reason}), so what comes could be anybody’s; {ANOTHER_WAY}")
        }
        WebProblem::TimedOut => "the server takes too long to answer; try again later".to_owned(),
        WebProblem::TooLarge { limit } => format!("the page is larger than {} MB; {ANOTHER_WAY}", limit >> 20),
        WebProblem::TooManyRedirects { limit } => {
            format!("the address led on to another one more than {limit} times; {ANOTHER_WAY}")
        }
        WebProblem::Status { code } => status_reason(*code),
        WebProblem::NotText { media_type } => format!("there is no text at this address, but {media_type}"),
        WebProblem::Broken { reason } => format!("the answer of the server is damaged ({reason}); try again later"),
        WebProblem::Cancelled => "it was cancelled".to_owned(),
    }
}

/// What to do about a page that only a browser gets.
const ANOTHER_WAY: &str =
    "open it in your browser, then save the page and open the file, or copy the text and paste it";

/// The status codes of RFC 9110, in words.
fn status_reason(code: u16) -> String {
    match code {
        401 => format!("the page wants a password (401); {ANOTHER_WAY}"),
        402 => format!("the page is for subscribers (402); {ANOTHER_WAY}"),
        403 => format!("the server does not give this page to programs, or not to everybody (403); {ANOTHER_WAY}"),
        404 => "there is no such page (404); check the address".to_owned(),
        410 => "the page is no longer there (410)".to_owned(),
        429 => "the server was asked too often (429); try again in a few minutes".to_owned(),
        451 => "the page is blocked for legal reasons (451)".to_owned(),
        500..600 => format!("the server has a fault ({code}); try again later"),
        _ => format!("the server answered with status {code} and no page; {ANOTHER_WAY}"),
    }
}

fn system_reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you do not have the right to".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => format!("the system says “{error}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn information_goes_away_and_errors_stay() {
        let mut notices = Notices::default();
        let start = Instant::now();
        assert_eq!(notices.tick(start), None);
        notices.info(Topic::Edit, "one");
        notices.error(Topic::Save, "two", &[]);
        assert_eq!(notices.tick(start), Some(SHOWN_FOR));
        assert_eq!(notices.tick(start + SHOWN_FOR / 2), Some(SHOWN_FOR / 2));
        assert_eq!(notices.tick(start + SHOWN_FOR), None);
        assert_eq!(notices.all().len(), 1);
        notices.dismiss_newest();
        assert!(notices.all().is_empty());
    }

    #[test]
    fn news_replaces_what_was_said_before_about_the_same() {
        let mut notices = Notices::default();
        notices.error(Topic::Save, "failed", &[]);
        notices.info(Topic::Edit, "moved");
        notices.info(Topic::Save, "saved");
        let messages: Vec<_> = notices.all().iter().map(|notice| notice.message.as_str()).collect();
        assert_eq!(messages, ["moved", "saved"]);
    }
}
