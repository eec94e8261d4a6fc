//! What whoever draws can see of a session.

use std::sync::Arc;

use super::document::Document;
use super::notice::web_reason;
use super::opening::{Opening, Wanted};
use super::{Command, Notice, Progress, SaveState, Session, Sheet, Waiting};
use crate::domain::{Match, Place, Project, UnitId};
use crate::jobs::{Lead, Source};
use crate::storage::recovery::Recovery;
use crate::storage::settings::{Settings, Theme};
use crate::storage::web::{self, WebProblem};
use crate::text::fold;

/// The steps of zoom.
const ZOOM_STEPS: [f32; 12] = [0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0];

/// Work in the background.
#[derive(Debug, Clone, PartialEq)]
pub struct Busy {
    /// What is going on.
    pub what: String,
    /// How much of it is done, from 0 to 1, where that is known.
    pub fraction: Option<f32>,
    /// Whether [`Command::CancelWork`] stops it.
    pub can_cancel: bool,
}

impl Session {
    /// The open project.
    pub fn project(&self) -> Option<&Project> {
        self.document.as_ref().map(|document| &document.project)
    }

    /// The unit that the person is in. There is one in every project that has units.
    pub fn active(&self) -> Option<UnitId> {
        self.place().map(|place| place.unit)
    }

    /// The active unit, and the caret or selection in its target as far as the session was told.
    pub fn place(&self) -> Option<Place> {
        self.document.as_ref()?.place()
    }

    /// Where the caret must go and what must be scrolled into view, once after each command that moves it.
    pub fn take_caret(&mut self) -> Option<Place> {
        self.caret.take()
    }

    /// What a unit speaks of, in order of place; empty as long as it is not known.
    pub fn matches(&self, unit: UnitId) -> &[Match] {
        self.document.as_ref().map_or(&[], |document| document.matches(unit))
    }

    /// Which of the matches of the active unit is in focus.
    pub fn focused_term(&self) -> Option<usize> {
        self.document.as_ref()?.focused
    }

    /// What there is to tell, the newest last.
    pub fn notices(&self) -> &[Notice] {
        self.notices.all()
    }

    /// The question that waits for an answer.
    pub fn sheet(&self) -> Option<&Sheet> {
        self.sheet.as_ref()
    }

    /// Whether what was written is safe. [`SaveState::New`] with nothing open.
    pub fn save_state(&self) -> SaveState {
        self.document.as_ref().map_or(SaveState::New, Document::save_state)
    }

    /// How much of the article is done.
    pub fn progress(&self) -> Progress {
        self.document.as_ref().map_or(Progress::default(), Document::progress)
    }

    /// What the user chose.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Unsaved work that can be brought back, the newest first.
    pub fn recoveries(&self) -> &[Arc<Recovery>] {
        &self.orphans
    }

    /// The title of the window, with a dot in front of unsaved work.
    pub fn title(&self) -> String {
        match &self.document {
            None => "Tarjuman".to_owned(),
            Some(document) => {
                let mark = if document.is_dirty() { "• " } else { "" };
                format!("{mark}{} — Tarjuman", document.name())
            }
        }
    }

    /// The work in the background that the user waits for most.
    pub fn busy(&self) -> Option<Busy> {
        let busy = |what: &str, fraction, can_cancel| Some(Busy { what: what.to_owned(), fraction, can_cancel });
        if let Some(opening) = &self.opening {
            let (words, fraction) = opening.arrived.map_or_else(Default::default, arrived);
            return busy(&format!("Opening {}{words}", opening.what.name()), fraction, true);
        }
        if self.exporting.is_some() {
            return busy("Exporting", None, false);
        }
        if self.is_exporting_glossary() {
            return busy("Exporting the glossary", None, false);
        }
        if let Some((what, done)) = self.changing_glossary() {
            let words = format!("{what}, {} %", (done * 100.0) as u32);
            return busy(&words, Some(done), true);
        }
        let document = self.document.as_ref()?;
        document.recognition.running.as_ref()?;
        let done = document.recognition.done as f32 / document.project.units().len().max(1) as f32;
        busy("Looking for terms", Some(done), true)
    }

    /// The articles that the page leads to which was opened last and is not one article itself.
    pub fn leads(&self) -> &[Lead] {
        self.page_of_leads.as_ref().map_or(&[], |page| &page.leads)
    }

    /// Which of the [`leads`](Self::leads) have these words in their title or address, however they are spelled.
    pub fn find_leads(&self, words: &str) -> Vec<usize> {
        let folded = fold(words.trim());
        let has = |text: &str| fold(text).as_str().contains(folded.as_str());
        let found = self.leads().iter().enumerate().filter(|(_, lead)| has(&lead.title) || has(&lead.address));
        found.map(|(number, _)| number).collect()
    }

    /// The articles that wait to be opened, in that order.
    pub fn queue(&self) -> &[Waiting] {
        self.queue.all()
    }

    /// The article that [`Command::OpenNext`] opens.
    pub fn next_in_queue(&self) -> Option<&Source> {
        self.queue.next()
    }

    /// What is wrong with a web address as it was typed, in words; none where it may be tried.
    pub fn problem_with_address(&self, typed: &str) -> Option<String> {
        match web::parse(typed) {
            Ok(address) if matches!(address.scheme(), "http" | "https") => None,
            Ok(address) => Some(web_reason(&WebProblem::Scheme { scheme: address.scheme().to_owned() })),
            Err(problem) => Some(web_reason(&problem)),
        }
    }

    /// How many paragraphs are read with their form repaired.
    pub fn repaired(&self) -> usize {
        self.document.as_ref().map_or(0, |document| document.repaired)
    }

    /// Whether an article is being opened.
    pub fn is_opening(&self, source: &Source) -> bool {
        matches!(&self.opening, Some(Opening { what: Wanted::Source(opening), .. }) if opening == source)
    }

    /// Whether a command would do something now, so that it need not be offered where it would not.
    pub fn can(&self, command: &Command) -> bool {
        match command {
            Command::Save | Command::SaveAs | Command::SaveTo(_) | Command::Close | Command::Export => {
                self.document.is_some()
            }
            Command::ExportTo { .. }
            | Command::EditTarget { .. }
            | Command::Select { .. }
            | Command::SelectSource(_)
            | Command::AddTerm => self.document.is_some(),
            Command::Undo => self.document.as_ref().is_some_and(Document::can_undo),
            Command::Redo => self.document.as_ref().is_some_and(Document::can_redo),
            Command::InsertTerm(number) => self.terms_of_active().len() >= usize::from(*number),
            Command::NextTerm | Command::PreviousTerm | Command::InsertFocused => {
                self.active().is_some_and(|unit| !self.matches(unit).is_empty())
            }
            Command::CopySource
            | Command::NextUnit
            | Command::PreviousUnit
            | Command::FirstUnit
            | Command::LastUnit
            | Command::NextUntranslated
            | Command::Confirm
            | Command::SetState(_)
            | Command::ToggleIncluded
            | Command::ToggleRepaired
            | Command::ToggleAllRepaired
            | Command::InsertTranslation { .. } => self.active().is_some(),
            Command::Unscramble => self.notices().iter().any(|notice| notice.actions.contains(command)),
            Command::ShowEncodings | Command::ReadAs(_) => self.encoding().is_some(),
            Command::ToggleFold => self.has_folds(),
            Command::UndoGlossary => self.can_undo_glossary(),
            Command::ShowRewordings => self.has_rewordings(),
            Command::ImportGlossary
            | Command::ImportFile(_)
            | Command::Import
            | Command::ExportGlossary { .. }
            | Command::ExportGlossaryTo { .. } => self.can_transfer(command),
            Command::OpenNext => self.queue.next().is_some(),
            Command::ShowQueue | Command::ClearQueue => !self.queue().is_empty(),
            Command::DismissNotice => !self.notices().is_empty(),
            Command::RestoreRecovery | Command::DiscardRecovery => !self.orphans.is_empty(),
            Command::CancelWork => self.busy().is_some_and(|busy| busy.can_cancel),
            _ => true,
        }
    }
}

/// How much of a page is here: in words behind its name, and as a part of the whole.
fn arrived((done, total): (u64, Option<u64>)) -> (String, Option<f32>) {
    let kilobytes = |bytes: u64| bytes.div_ceil(1024);
    match total.filter(|total| *total >= done && *total > 0) {
        Some(total) => (format!(", {} of {} kB", kilobytes(done), kilobytes(total)), Some(done as f32 / total as f32)),
        None => (format!(", {} kB", kilobytes(done)), None),
    }
}

pub(super) fn next_theme(theme: Theme) -> Theme {
    match theme {
        Theme::System => Theme::Light,
        Theme::Light => Theme::Dark,
        Theme::Dark => Theme::System,
    }
}

pub(super) fn larger(zoom: f32) -> f32 {
    ZOOM_STEPS.into_iter().find(|step| *step > zoom + 0.01).unwrap_or(zoom)
}

pub(super) fn smaller(zoom: f32) -> f32 {
    ZOOM_STEPS.into_iter().rev().find(|step| *step < zoom - 0.01).unwrap_or(zoom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zoom_goes_in_steps_within_what_is_readable() {
        assert!((larger(1.0) - 1.1).abs() < 0.01);
        assert!((smaller(1.05) - 1.0).abs() < 0.01);
        for zoom in ZOOM_STEPS {
            assert!(Settings::ZOOM.contains(&larger(zoom)) && Settings::ZOOM.contains(&smaller(zoom)));
        }
    }
}
