//! Writing the working file and the exports.

use std::path::{Path, PathBuf};

use super::document::{RunningSave, WorkingFile};
use super::notice::{Topic, quoted, reason};
use super::{Command, Session, Sheet};
use crate::jobs::{ExportFormat, Exported, Job, JobError, JobId, Replaces, Ticket};
use crate::storage::files::Stamp;

/// An export that is going on.
pub(super) struct Exporting {
    ticket: Ticket,
    format: ExportFormat,
    path: PathBuf,
}

impl Session {
    pub(super) fn save(&mut self) {
        match self.document.as_ref().map(|document| document.file.clone()) {
            Some(Some(WorkingFile { path, stamp })) => {
                self.save_to(path, stamp.map_or(Replaces::Anything, Replaces::Known));
            }
            Some(None) => self.ask_where_to_save(),
            None => (),
        }
    }

    pub(super) fn ask_where_to_save(&mut self) {
        if let Some(document) = &self.document {
            self.sheet = Some(Sheet::SaveAs { suggested: document.suggestion("xlf") });
        }
    }

    /// Saves to the file that a person named; asks first where another one stands there.
    pub(super) fn save_as(&mut self, named: &Path) {
        let named = std::path::absolute(named).unwrap_or(named.to_owned());
        let path = with_extension(&named, "xlf");
        let file = self.document.as_ref().and_then(|document| document.file.as_ref());
        match file {
            Some(file) if file.path == path => self.save(),
            _ => self.save_to(path, Replaces::Nothing),
        }
    }

    /// Writes a snapshot to `path`, unless something is there that it may not replace.
    fn save_to(&mut self, path: PathBuf, replaces: Replaces) {
        let Some(document) = &mut self.document else { return };
        if document.save.running.is_some() {
            document.save.next = Some((path, replaces));
            return;
        }
        let path = std::path::absolute(&path).unwrap_or(path);
        document.close_step();
        let job = Job::Save { project: document.project.clone(), path: path.clone(), replaces };
        let id = self.work.start(job).id;
        document.save.running = Some(RunningSave { id, path, position: document.position() });
    }

    pub(super) fn saved(&mut self, id: JobId, stamp: Option<Stamp>) {
        let Some(document) = &mut self.document else { return };
        let Some(RunningSave { path, position, .. }) = document.save.running.take_if(|running| running.id == id) else {
            return;
        };
        document.save.position = Some(position);
        document.save.failed = false;
        document.save.recovered = false;
        if document.file.as_ref().is_none_or(|file| file.path != path) {
            document.autosave.start_anew();
        }
        document.file = Some(WorkingFile { path: path.clone(), stamp });
        let next = document.save.next.take();
        self.notices.clear(Topic::Save);
        self.set(|settings| settings.add_recent(&path));
        match next {
            Some((next, _)) if next == path => self.save(),
            Some((next, replaces)) => self.save_to(next, replaces),
            None => self.leave(),
        }
    }

    /// Whether the failed job was a save of the open document.
    pub(super) fn save_failed(&mut self, id: JobId, error: &JobError) -> bool {
        let Some(document) = &mut self.document else { return false };
        let Some(running) = document.save.running.take_if(|running| running.id == id) else { return false };
        document.save.next = None;
        let asks = match error {
            JobError::ChangedOnDisk { path } => Some(Sheet::ChangedOnDisk { path: path.clone() }),
            JobError::Exists { path } => Some(Sheet::SaveExists { path: path.clone() }),
            _ => None,
        };
        if asks.is_some() {
            self.sheet = asks;
            return true;
        }
        self.leaving = None;
        document.save.failed = true;
        let safe = if document.autosave.protects() {
            "Your changes are still here, and a crash would not lose them."
        } else {
            "Your changes are still here."
        };
        let message = format!("Could not save {}: {}. {safe}", quoted(&running.path), reason(error));
        self.notices.error(Topic::Save, message, &[Command::Save, Command::SaveAs]);
        true
    }

    pub(super) fn overwrite(&mut self, answered: Option<Sheet>) {
        match answered {
            Some(Sheet::ChangedOnDisk { path } | Sheet::SaveExists { path }) => {
                self.save_to(path, Replaces::Anything);
            }
            Some(Sheet::GlossaryFileExists { selection, format, path }) => {
                self.replace_glossary_file(selection, format, &path);
            }
            Some(Sheet::ExportExists { format, path, .. }) => {
                let agreed = format.paths(&path);
                self.export_to(format, path, agreed);
            }
            _ => (),
        }
    }

    pub(super) fn ask_what_to_export(&mut self) {
        if let Some(document) = &self.document {
            self.sheet = Some(Sheet::Export { suggested: document.suggestion("") });
        }
    }

    /// Exports to the file that a person named; asks first where one stands there.
    pub(super) fn export_as(&mut self, format: ExportFormat, named: &Path) {
        let named = std::path::absolute(named).unwrap_or(named.to_owned());
        let path = match format.extensions() {
            [extension] => with_extension(&named, extension),
            // A pair of files gets its extensions from the format.
            _ => named,
        };
        self.export_to(format, path, Vec::new());
    }

    fn export_to(&mut self, format: ExportFormat, path: PathBuf, agreed: Vec<PathBuf>) {
        let Some(document) = &self.document else { return };
        let job = Job::Export { project: document.project.clone(), format, path: path.clone(), agreed };
        self.exporting = Some(Exporting { ticket: self.work.start(job), format, path });
    }

    pub(super) fn exported(&mut self, id: JobId, exported: &Exported) {
        self.exporting.take_if(|exporting| exporting.ticket.id == id);
        let names: Vec<_> = exported.paths.iter().map(|path| quoted(path)).collect();
        let summary = exported.summary;
        let written = counted(summary.written, "paragraph");
        let missing = match summary.untranslated {
            0 => String::new(),
            count => format!(" {} without a translation left out.", counted(count, "paragraph")),
        };
        let message = format!("Exported {written} to {}.{missing}", names.join(" and "));
        if summary.replaced_characters == 0 {
            self.notices.info(Topic::Export, message);
        } else {
            let replaced = counted(summary.replaced_characters, "character");
            let message = format!("{message} {replaced} that the format cannot hold replaced.");
            self.notices.warn(Topic::Export, message, &[]);
        }
    }

    /// Whether the failed job was the export.
    pub(super) fn export_failed(&mut self, id: JobId, error: &JobError) -> bool {
        let Some(Exporting { format, path, .. }) = self.exporting.take_if(|exporting| exporting.ticket.id == id) else {
            return false;
        };
        if let JobError::Exists { path: existing } = error {
            self.sheet = Some(Sheet::ExportExists { existing: existing.clone(), format, path });
        } else {
            let message = format!("Could not export to {}: {}.", quoted(error_path(error, &path)), reason(error));
            self.notices.error(Topic::Export, message, &[Command::Export]);
        }
        true
    }
}

/// `path` with an extension, if it has none. What follows the last dot is one if it is a word of Latin letters, so
/// that “news.2026” has none.
pub(super) fn with_extension(path: &Path, extension: &str) -> PathBuf {
    let is_one =
        |end: &str| end.chars().all(|c| c.is_ascii_alphanumeric()) && end.contains(|c: char| c.is_ascii_alphabetic());
    let end = path.extension().and_then(|end| end.to_str());
    if path.file_name().is_none() || end.is_some_and(is_one) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

/// The file that an error is about; an export may write several.
fn error_path<'a>(error: &'a JobError, path: &'a Path) -> &'a Path {
    match error {
        JobError::Storage(error) => error.path().unwrap_or(path),
        _ => path,
    }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_without_an_extension_gets_one() {
        let check = |name: &str, expected: &str| {
            assert_eq!(with_extension(Path::new(name), "tmx"), Path::new(expected));
        };
        check("a", "a.tmx");
        check("dir.d/مقال", "dir.d/مقال.tmx");
        check("news.2026", "news.2026.tmx");
        check("د. أحمد", "د. أحمد.tmx");
        check("a.tmx", "a.tmx");
        check("a.TMX", "a.TMX");
        check("a.xml", "a.xml");
        check("a.mp4", "a.mp4");
        check("..", "..");
    }
}
