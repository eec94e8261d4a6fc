//! Importing files into the glossary, and exporting it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::glossary::counted;
use super::notice::{Topic, quoted, reason};
use super::saving::with_extension;
use super::{Command, Session, Sheet};
use crate::domain::{ConceptId, ImportPlan, Policy};
use crate::formats::FormatError;
use crate::formats::glossary::GlossaryFormat;
use crate::jobs::{ExportedGlossary, GlossaryChange, GlossaryFile, Job, JobError, JobId, ReadAs, Selection, Ticket};

/// How a file is to be imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportChoices {
    /// How it is read.
    pub read_as: ReadAs,
    /// What to do with concepts that are there already.
    pub policy: Policy,
    /// Whether concepts that could be several of the glossary are added as new ones, and not left out.
    pub adds_undecided: bool,
}

impl Default for ImportChoices {
    fn default() -> Self {
        Self { read_as: ReadAs::default(), policy: Policy::Merge, adds_undecided: false }
    }
}

/// An import while it is prepared.
#[derive(Debug, Default)]
pub struct Import {
    choices: ImportChoices,
    file: Option<Arc<GlossaryFile>>,
    plan: Option<ImportPlan>,
    /// The file that was asked for last.
    path: PathBuf,
    /// Why it could not be read.
    failed: Option<String>,
    reading: Option<Ticket>,
    planning: Option<Ticket>,
}

/// What is going in or out.
#[derive(Default)]
pub(super) struct Transfer {
    import: Import,
    exporting: Option<Exporting>,
    /// Whether the glossary was shown before, and is to be shown again.
    from_glossary: bool,
    /// The folder that was used last.
    folder: Option<PathBuf>,
}

/// An export that is going on.
struct Exporting {
    ticket: Ticket,
    selection: Selection,
    format: GlossaryFormat,
    path: PathBuf,
    from_glossary: bool,
}

impl Import {
    /// What a person chose.
    pub fn choices(&self) -> &ImportChoices {
        &self.choices
    }

    /// The file, once it is read.
    pub fn file(&self) -> Option<&GlossaryFile> {
        self.file.as_deref()
    }

    /// What importing it would do, as far as that is known.
    pub fn plan(&self) -> Option<&ImportPlan> {
        self.plan.as_ref()
    }

    /// Whether the file is being read.
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// Whether something is being worked out that will change what is shown.
    pub fn is_working(&self) -> bool {
        self.reading.is_some() || self.planning.is_some()
    }

    /// Why nothing can be imported as things are: what happened, and what can be done.
    pub fn problem(&self) -> Option<String> {
        if let Some(why) = &self.failed {
            let name = quoted(&self.path);
            return Some(format!("Could not read {name}: {why}. Nothing was changed; choose another file."));
        }
        let file = self.file.as_ref()?;
        match file.reading() {
            Ok(reading) if reading.termbase.concepts().is_empty() => Some(format!(
                "There are no concepts in {}. Nothing was changed; {}.",
                quoted(file.path()),
                way_out(file)
            )),
            Ok(_) => None,
            Err(error) => Some(format!(
                "{} cannot be imported: {}. Nothing was changed; {}.",
                quoted(file.path()),
                in_words(error),
                way_out(file)
            )),
        }
    }

    /// Whether there is something that can be imported now.
    pub fn is_ready(&self) -> bool {
        let has_news =
            |plan: &ImportPlan| !plan.is_empty() || (self.choices.adds_undecided && !plan.conflicts.is_empty());
        !self.is_working() && self.plan.as_ref().is_some_and(has_news)
    }

    fn stop(&mut self) {
        for ticket in [self.reading.take(), self.planning.take()].into_iter().flatten() {
            ticket.cancel();
        }
    }
}

/// What to do about a file in which nothing makes sense.
fn way_out(file: &GlossaryFile) -> &'static str {
    match (file.preview().is_some(), file.encodings().is_empty()) {
        (true, true) => "say which column holds Arabic, or choose another file",
        (true, false) => "choose another encoding, say which column holds Arabic, or choose another file",
        (false, false) => "choose another encoding or another file",
        (false, true) => "choose another file",
    }
}

/// Why a file makes no sense, for somebody who does not count its bytes.
fn in_words(error: &FormatError) -> String {
    match error {
        FormatError::NotAGlossary { .. } => "no column of it is known to hold Arabic".to_owned(),
        FormatError::NotText { .. } => "it is neither a text nor a workbook".to_owned(),
        FormatError::NotTbx { .. } => "it is XML, but not TBX".to_owned(),
        other => other.to_string(),
    }
}

impl Session {
    /// The import that is being prepared.
    pub fn import(&self) -> &Import {
        &self.transfer.import
    }

    /// Does what a command of this part says.
    pub(super) fn run_transfer(&mut self, command: Command) {
        match command {
            Command::ImportGlossary => self.begin_transfer(Sheet::ImportGlossary),
            Command::ImportFile(path) => self.read_import(path),
            Command::ChooseImport(choices) => self.choose_import(choices),
            Command::Import => self.start_import(),
            Command::ExportGlossary { ticked } => self.ask_for_glossary_export(ticked),
            Command::ExportGlossaryTo { selection, format, path } => {
                self.export_glossary(selection, format, &path, false);
            }
            _ => (),
        }
    }

    /// Whether importing and exporting are possible: the glossary is read.
    pub(super) fn can_transfer(&self, command: &Command) -> bool {
        let Some(glossary) = &self.glossary else { return false };
        match command {
            Command::Import => self.import().is_ready() && !glossary.refused && self.changing_glossary().is_none(),
            Command::ImportGlossary | Command::ImportFile(_) => !glossary.refused,
            _ => true,
        }
    }

    fn begin_transfer(&mut self, sheet: Sheet) {
        if self.glossary.is_none() {
            return self.notices.info(Topic::GlossaryChange, "The glossary is still being read.");
        }
        if sheet == Sheet::ImportGlossary && self.glossary.as_ref().is_some_and(|glossary| glossary.refused) {
            let message = "Nothing can be imported, because your own glossary could not be read.";
            return self.notices.error(Topic::GlossaryChange, message, &[Command::ReadGlossary]);
        }
        let goes_on = self.sheet == Some(Sheet::ImportGlossary);
        self.transfer.from_glossary = self.sheet == Some(Sheet::Glossary) || (goes_on && self.transfer.from_glossary);
        let before = self.transfer.import.choices.clone();
        self.forget_import();
        if goes_on {
            self.transfer.import.choices = ImportChoices { read_as: ReadAs::default(), ..before };
        }
        self.leaving = None;
        self.sheet = Some(sheet);
    }

    /// Begins to read a file that is to be imported.
    fn read_import(&mut self, path: PathBuf) {
        self.begin_transfer(Sheet::ImportGlossary);
        if self.sheet == Some(Sheet::ImportGlossary) {
            let path = std::path::absolute(&path).unwrap_or(path);
            self.transfer.folder = path.parent().map(Path::to_path_buf);
            self.transfer.import.path.clone_from(&path);
            self.transfer.import.reading = Some(self.work.start(Job::ReadGlossaryFile(path)));
        }
    }

    /// Takes in another choice; the newest is the one that counts.
    fn choose_import(&mut self, choices: ImportChoices) {
        let import = &mut self.transfer.import;
        let before = std::mem::replace(&mut import.choices, choices);
        let Some(file) = import.file.clone() else { return };
        if before.read_as != import.choices.read_as {
            import.stop();
            let read_as = import.choices.read_as.clone();
            import.reading = Some(self.work.start(Job::RereadGlossaryFile { file, read_as }));
        } else if before.policy != import.choices.policy && import.reading.is_none() {
            self.plan_import();
        }
    }

    /// Works out what the import would do, once more where something has changed.
    pub(super) fn plan_import(&mut self) {
        let import = &mut self.transfer.import;
        let (Some(glossary), Some(file)) = (&self.glossary, import.file.clone()) else { return };
        if let Some(before) = import.planning.take() {
            before.cancel();
        }
        if import.reading.is_none() && import.problem().is_none() {
            let (layers, policy) = (Arc::clone(&glossary.layers), import.choices.policy);
            import.planning = Some(self.work.start(Job::PlanImport { file, layers, policy }));
        }
    }

    /// Waits for the glossary to be read once more, since much of it is something else.
    pub(super) fn forget_plan(&mut self) {
        let import = &mut self.transfer.import;
        if let Some(before) = import.planning.take() {
            before.cancel();
        }
        let before = import.plan.take();
        self.forget(before);
    }

    pub(super) fn import_read(&mut self, id: JobId, file: GlossaryFile) {
        let import = &mut self.transfer.import;
        if import.reading.take_if(|reading| reading.id == id).is_none() {
            return self.forget(file);
        }
        import.failed = None;
        let before = (import.file.replace(Arc::new(file)), import.plan.take());
        self.forget(before);
        self.plan_import();
    }

    pub(super) fn import_planned(&mut self, id: JobId, plan: ImportPlan) {
        let import = &mut self.transfer.import;
        let before = if import.planning.take_if(|planning| planning.id == id).is_some() {
            import.plan.replace(plan)
        } else {
            Some(plan)
        };
        self.forget(before);
    }

    fn start_import(&mut self) {
        let ready = self.can_transfer(&Command::Import);
        let import = &mut self.transfer.import;
        if let (true, Some(mut plan), Some(file)) = (ready, import.plan.take(), &import.file) {
            if import.choices.adds_undecided {
                plan.add_conflicts();
            }
            let name = quoted(file.path());
            let done = what_was_imported(&plan, &name);
            let what = format!("import of {}", name.trim_matches(['“', '”']));
            self.change_glossary(GlossaryChange::Import { what, plan: Box::new(plan) }, Some(done));
        }
        self.forget_import();
        self.return_to_glossary();
    }

    /// Deals with the end of one of these sheets that is not its answer.
    pub(super) fn leave_transfer(&mut self, command: &Command) {
        match command {
            Command::Import | Command::ExportGlossaryTo { .. } | Command::Overwrite => (),
            Command::CloseSheet => {
                self.forget_import();
                self.return_to_glossary();
            }
            _ => self.forget_import(),
        }
    }

    fn return_to_glossary(&mut self) {
        if std::mem::take(&mut self.transfer.from_glossary) && self.sheet.is_none() {
            self.sheet = Some(Sheet::Glossary);
            self.browse_again();
        }
    }

    fn forget_import(&mut self) {
        let mut before = std::mem::take(&mut self.transfer.import);
        before.stop();
        if before.file.is_some() {
            self.forget((before.file, before.plan));
        }
    }

    /// Lets go of something that may be large, where nobody waits for it.
    pub(super) fn forget<T: Send + 'static>(&mut self, large: T) {
        self.work.start(Job::Forget(Box::new(large)));
    }

    fn ask_for_glossary_export(&mut self, ticked: Vec<ConceptId>) {
        let is_searched = self.sheet == Some(Sheet::Glossary) && !self.is_browsing();
        let found = is_searched.then(|| self.browsed().into());
        let name = PathBuf::from("glossary");
        let suggested = self.transfer.folder.as_ref().map_or(name.clone(), |folder| folder.join(name));
        self.begin_transfer(Sheet::ExportGlossary { suggested, found, ticked });
    }

    /// Exports to the file that a person named; asks first where one stands there.
    fn export_glossary(&mut self, selection: Selection, format: GlossaryFormat, named: &Path, replaces: bool) {
        let Some(glossary) = &self.glossary else { return };
        let named = std::path::absolute(named).unwrap_or(named.to_owned());
        let path = with_extension(&named, format.extension());
        self.transfer.folder = path.parent().map(Path::to_path_buf);
        let (layers, selected, to) = (Arc::clone(&glossary.layers), selection.clone(), path.clone());
        let ticket = self.work.start(Job::ExportGlossary { layers, selection: selected, format, path: to, replaces });
        let from_glossary = self.transfer.from_glossary;
        self.transfer.exporting = Some(Exporting { ticket, selection, format, path, from_glossary });
        self.return_to_glossary();
    }

    pub(super) fn replace_glossary_file(&mut self, selection: Selection, format: GlossaryFormat, path: &Path) {
        self.export_glossary(selection, format, path, true);
    }

    pub(super) fn is_exporting_glossary(&self) -> bool {
        self.transfer.exporting.is_some()
    }

    pub(super) fn glossary_exported(&mut self, id: JobId, exported: ExportedGlossary) {
        let Some(exporting) = self.transfer.exporting.take_if(|exporting| exporting.ticket.id == id) else { return };
        let message = format!("Exported {} to {}.", counted(exported.concepts), quoted(&exporting.path));
        if exported.curtailed == 0 {
            self.notices.info(Topic::Export, message);
        } else {
            let message = format!("{message} The format cannot hold everything of {} of them.", exported.curtailed);
            self.notices.warn(Topic::Export, message, &[]);
        }
    }

    /// Whether a job that failed was one of these.
    pub(super) fn transfer_failed(&mut self, id: JobId, error: &JobError) -> bool {
        let import = &mut self.transfer.import;
        let read = import.reading.take_if(|reading| reading.id == id).is_some();
        let planned = import.planning.take_if(|planning| planning.id == id).is_some();
        if read || planned {
            import.failed = Some(reason(error));
            return true;
        }
        let Some(exporting) = self.transfer.exporting.take_if(|exporting| exporting.ticket.id == id) else {
            return false;
        };
        let Exporting { selection, format, path, from_glossary, .. } = exporting;
        if let JobError::Exists { .. } = error {
            self.transfer.from_glossary = from_glossary;
            self.sheet = Some(Sheet::GlossaryFileExists { selection, format, path });
        } else {
            let message = format!("Could not export to {}: {}. Nothing was written.", quoted(&path), reason(error));
            self.notices.error(Topic::Export, message, &[]);
        }
        true
    }
}

/// What an import has done, once it has.
fn what_was_imported(plan: &ImportPlan, name: &str) -> String {
    let done = match (plan.add.len(), plan.change.len()) {
        (added, 0) => format!("Imported {} from {name}.", counted(added)),
        (0, changed) => format!("Changed {} by what {name} says.", counted(changed)),
        (added, changed) => format!("Imported {} from {name} and changed {changed}.", counted(added)),
    };
    match plan.skip.len() + plan.conflicts.len() {
        0 => done,
        1 => format!("{done} One was left out."),
        left_out => format!("{done} {left_out} were left out."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Concept, ConceptId, ConceptKind, Conflict, PlannedChange};

    #[test]
    fn what_was_imported_is_told_in_a_sentence() {
        let check = |added: usize, changed: usize, undecided: usize, expected: &str| {
            let concept = Concept::new(ConceptId::new("a"), ConceptKind::Term);
            let change = PlannedChange { after: concept.clone(), differs: false };
            let conflict = Conflict { incoming: concept.clone(), candidates: Vec::new() };
            let plan = ImportPlan {
                add: vec![concept; added],
                change: vec![change; changed],
                skip: Vec::new(),
                conflicts: vec![conflict; undecided],
            };
            assert_eq!(what_was_imported(&plan, "“x.tbx”"), expected);
        };
        check(312, 0, 0, "Imported 312 concepts from “x.tbx”.");
        check(1, 0, 1, "Imported a concept from “x.tbx”. One was left out.");
        check(2, 3, 4, "Imported 2 concepts from “x.tbx” and changed 3. 4 were left out.");
        check(0, 2, 0, "Changed 2 concepts by what “x.tbx” says.");
    }
}
