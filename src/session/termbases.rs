//! Which termbases the glossary consists of, and in which order they count.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Session;
use crate::jobs::{GlossaryFiles, TermbaseFile};
use crate::storage::settings::{Settings, TermbaseChoice};

/// A termbase of the glossary, as it stands in the list of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedTermbase {
    /// What people call it.
    pub name: Arc<str>,
    /// Its file.
    pub path: PathBuf,
    /// Whether it is used.
    pub used: bool,
    /// Whether what is added and changed goes to it: the first of those that are used.
    pub is_written: bool,
    /// Whether it is the one that every user has.
    pub is_own: bool,
    /// Why it could not be read, if that was tried.
    pub problem: Option<String>,
}

impl Session {
    /// The termbases that the user has chosen, those that count most first.
    pub fn termbases(&self) -> Vec<ListedTermbase> {
        let mut written = true;
        let list = self.choices().into_iter().map(|TermbaseChoice { path, used }| {
            let is_own = path == self.folders.termbase();
            let name = if is_own { "My glossary".into() } else { name_of(&path) };
            let is_written = used && std::mem::take(&mut written);
            let unreadable = self.glossary.as_ref().map(|glossary| &glossary.unreadable);
            let problem = unreadable.and_then(|unreadable| unreadable.get(&path).cloned()).filter(|_| used);
            ListedTermbase { name, path, used, is_written, is_own, problem }
        });
        list.collect()
    }

    /// What the glossary is read from.
    pub(super) fn glossary_files(&self) -> GlossaryFiles {
        let used = self.termbases().into_iter().filter(|listed| listed.used);
        let file = |listed: ListedTermbase| TermbaseFile {
            may_be_missing: listed.is_own || listed.is_written,
            name: listed.name,
            path: listed.path,
        };
        let mut files: Vec<_> = used.map(file).collect();
        let below = files.split_off(1);
        let own = files.remove(0);
        GlossaryFiles { own, below, starter: self.settings.starter_used }
    }

    /// Puts a termbase above all others, so that what is added goes to it. There need not be a file yet.
    pub(super) fn begin_termbase(&mut self, path: &Path) {
        self.choose_termbases(|choices| {
            choices.retain(|choice| choice.path != path);
            choices.insert(0, TermbaseChoice { path: path.to_owned(), used: true });
        });
    }

    /// Puts a termbase below all others, so that it is only read.
    pub(super) fn add_termbase(&mut self, path: &Path) {
        self.choose_termbases(|choices| {
            choices.retain(|choice| choice.path != path);
            choices.push(TermbaseChoice { path: path.to_owned(), used: true });
        });
    }

    /// Takes a termbase from the list; its file stays.
    pub(super) fn remove_termbase(&mut self, path: &Path) {
        self.choose_termbases(|choices| choices.retain(|choice| choice.path != path));
    }

    /// Uses a termbase, or no longer.
    pub(super) fn toggle_termbase(&mut self, path: &Path) {
        self.choose_termbases(|choices| {
            for choice in choices.iter_mut().filter(|choice| choice.path == path) {
                choice.used = !choice.used;
            }
        });
    }

    /// Lets a termbase count for more than the one above it.
    pub(super) fn raise_termbase(&mut self, path: &Path) {
        self.choose_termbases(|choices| {
            if let Some(place) = choices.iter().position(|choice| choice.path == path).filter(|place| *place > 0) {
                choices.swap(place, place - 1);
            }
        });
    }

    /// Uses the termbase that comes with the program, or no longer.
    pub(super) fn toggle_starter(&mut self) {
        self.set(|settings| settings.starter_used = !settings.starter_used);
        self.read_glossary();
    }

    fn choices(&self) -> Vec<TermbaseChoice> {
        let own = self.folders.termbase();
        let mut choices = self.settings.termbases.clone();
        if choices.iter().all(|choice| choice.path != own) {
            choices.insert(0, TermbaseChoice { path: own.clone(), used: true });
        }
        // There must be one to write to.
        if choices.iter().all(|choice| !choice.used) {
            choices.iter_mut().filter(|choice| choice.path == own).for_each(|choice| choice.used = true);
        }
        choices
    }

    fn choose_termbases(&mut self, change: impl FnOnce(&mut Vec<TermbaseChoice>)) {
        let mut choices = self.choices();
        change(&mut choices);
        if self.choices() != choices {
            self.set(|settings: &mut Settings| settings.termbases = choices);
            self.read_glossary();
        }
    }
}

fn name_of(path: &Path) -> Arc<str> {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into()
}
