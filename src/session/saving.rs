//! Writing the working file and the exports.

use std::path::{Path, PathBuf};

use super::document::{RunningSave, WorkingFile};
use super::notice::{Topic, quoted, reason};
use super::{Command, Session, Sheet};
use crate::jobs::{ExportFormat, Exported, Job, JobError, JobId, Ticket};
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
            Some(Some(WorkingFile { path, stamp })) => self.save_to(path, stamp),
            Some(None) => self.ask_where_to_save(),
            None => (),
        }
    }

    pub(super) fn ask_where_to_save(&mut self) {
        if let Some(document) = &self.document {
            self.sheet = Some(Sheet::SaveAs { suggested: document.suggestion("xlf") });
        }
    }

    /// Writes a snapshot to `path`, unless that file is not `known` any more.
    pub(super) fn save_to(&mut self, path: PathBuf, known: Option<Stamp>) {
        let Some(document) = &mut self.document else { return };
        if document.save.running.is_some() {
            document.save.next = Some(path);
            return;
        }
        let path = std::path::absolute(&path).unwrap_or(path);
        document.close_step();
        let job = Job::Save { project: document.project.clone(), path: path.clone(), known };
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
            Some(next) if next == path => self.save(),
            Some(next) => self.save_to(next, None),
            None => self.leave(),
        }
    }

    /// Whether the failed job was a save of the open document.
    pub(super) fn save_failed(&mut self, id: JobId, error: &JobError) -> bool {
        let Some(document) = &mut self.document else { return false };
        let Some(running) = document.save.running.take_if(|running| running.id == id) else { return false };
        document.save.next = None;
        if let JobError::ChangedOnDisk { path } = error {
            self.sheet = Some(Sheet::ChangedOnDisk { path: path.clone() });
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
            Some(Sheet::ChangedOnDisk { path }) => self.save_to(path, None),
            Some(Sheet::ExportExists { format, path, .. }) => self.export_to(format, path, true),
            _ => (),
        }
    }

    pub(super) fn ask_what_to_export(&mut self) {
        if let Some(document) = &self.document {
            self.sheet = Some(Sheet::Export { suggested: document.suggestion("") });
        }
    }

    pub(super) fn export_to(&mut self, format: ExportFormat, path: PathBuf, overwrite: bool) {
        let Some(document) = &self.document else { return };
        let path = std::path::absolute(&path).unwrap_or(path);
        let job = Job::Export { project: document.project.clone(), format, path: path.clone(), overwrite };
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
