//! What is done in the open article: writing, going about, states, terms.

use super::document::Recognition;
use super::notice::Topic;
use super::terms::Alternatives;
use super::{Command, Session};
use crate::domain::{Edit, EditError, Match, Place, State, TermStatus, Unit, UnitId};
use crate::jobs::{Job, JobId};
use crate::text::Span;

impl Session {
    /// Runs a command that only makes sense in an open article.
    pub(super) fn run_in_article(&mut self, command: Command) {
        let repaired = self.repaired();
        self.run_in_document(command);
        // What was found in the texts does not fit them any more.
        if self.repaired() != repaired {
            self.recognise_anew();
        }
    }

    fn run_in_document(&mut self, command: Command) {
        let Some(document) = &mut self.document else { return };
        match command {
            Command::Undo => {
                let result = document.undo();
                self.put_caret(result);
            }
            Command::Redo => {
                let result = document.redo();
                self.put_caret(result);
            }
            // Whoever typed has moved their own caret.
            Command::EditTarget { unit, span, text } => match document.edit(unit, span, text) {
                Ok(_) => (),
                failed => self.put_caret(failed),
            },
            Command::Select { unit, caret } => document.go_to(Place { unit, selection: caret }),
            Command::NextUnit => {
                let to = document.unit_below();
                self.go_to(to);
            }
            Command::PreviousUnit => {
                let to = document.unit_above();
                self.go_to(to);
            }
            Command::FirstUnit => {
                let to = document.project.units().first().map(|unit| unit.id);
                self.go_to(to);
            }
            Command::LastUnit => {
                let to = document.last_unit();
                self.go_to(to);
            }
            Command::NextUntranslated => self.go_to_next_untranslated(),
            Command::Confirm => self.confirm(),
            Command::SetState(state) => self.set_state(state),
            Command::ToggleIncluded => self.toggle_included(),
            Command::ToggleRepaired => self.toggle_repaired(false),
            Command::ToggleAllRepaired => self.toggle_repaired(true),
            Command::ToggleFold => self.toggle_fold(),
            Command::Unfold(unit) => {
                if let Some(place) = document.project.position(unit) {
                    document.unfold(place);
                }
            }
            Command::CopySource => self.copy_source(),
            Command::InsertTerm(number) => self.insert_term(number),
            Command::InsertFocused => self.insert_focused(),
            Command::InsertTranslation { found, english } => self.insert_translation(found, english),
            Command::NextTerm => self.move_focus(1),
            Command::PreviousTerm => self.move_focus(-1),
            // `run` has dealt with the others.
            _ => (),
        }
    }

    /// Asks for the caret to be put where an edit left it.
    pub(super) fn put_caret(&mut self, result: Result<Option<Place>, EditError>) {
        match result {
            Ok(place) => self.caret = place.or(self.caret),
            Err(error) => {
                tracing::error!("an edit did not fit: {error}");
                let message = format!("That was not done, because {error}. What was written before is unchanged.");
                self.notices.error(Topic::Edit, message, &[]);
            }
        }
    }

    /// Goes to the end of what is written in a unit.
    fn go_to(&mut self, unit: Option<UnitId>) {
        let Some(document) = &mut self.document else { return };
        if let Some(place) = unit.and_then(|unit| document.end_of(unit)) {
            document.go_to(place);
            self.caret = Some(place);
        }
    }

    fn active_unit(&self) -> Option<&Unit> {
        self.document.as_ref()?.active()
    }

    fn perform(&mut self, edit: Edit) {
        if let Some(document) = &mut self.document {
            let result = document.perform(&[edit]);
            self.put_caret(result);
        }
    }

    fn go_to_next_untranslated(&mut self) {
        let Some(document) = &self.document else { return };
        match document.next_untranslated() {
            Some(unit) => self.go_to(Some(unit)),
            None => self.notices.info(Topic::Edit, "Every other paragraph of the article is confirmed."),
        }
    }

    fn confirm(&mut self) {
        let Some(unit) = self.active_unit() else { return };
        let (id, state, empty) = (unit.id, unit.state, is_blank(unit));
        if empty {
            self.notices.info(Topic::Edit, "There is no translation yet, so nothing was confirmed.");
        } else if state == State::Initial {
            self.perform(Edit::SetState { unit: id, state: State::Translated });
        }
        let Some(document) = &self.document else { return };
        match document.units_after().iter().find(|unit| unit.included).map(|unit| unit.id) {
            Some(next) => self.go_to(Some(next)),
            None => self.tell_end(),
        }
    }

    fn tell_end(&mut self) {
        let progress = self.progress();
        let message = match progress.total - progress.translated {
            0 => "This is the end, and every paragraph is confirmed.".to_owned(),
            1 => "This is the end; one paragraph is not confirmed.".to_owned(),
            open => format!("This is the end; {open} paragraphs are not confirmed."),
        };
        self.notices.info(Topic::Edit, message);
    }

    fn set_state(&mut self, state: State) {
        let Some(unit) = self.active_unit() else { return };
        let id = unit.id;
        if state > State::Initial && is_blank(unit) {
            self.notices.info(Topic::Edit, "There is no translation yet.");
        } else if unit.state != state {
            self.perform(Edit::SetState { unit: id, state });
        }
    }

    fn toggle_included(&mut self) {
        let Some(document) = &mut self.document else { return };
        let edits = document.active().map(|unit| document.toggled(unit)).unwrap_or_default();
        let result = document.perform(&edits);
        self.put_caret(result);
    }

    /// Makes the active unit, or all of them, be read repaired or as they were opened.
    fn toggle_repaired(&mut self, all: bool) {
        let Some(document) = &mut self.document else { return };
        let units = document.project.units().iter();
        let can_be_repaired = |unit: &Unit| unit.repaired.is_some() || !unit.repairs().is_empty();
        let active = document.active().map(|unit| unit.id);
        let meant: Vec<_> = units.filter(|unit| (all || active == Some(unit.id)) && can_be_repaired(unit)).collect();
        let repaired = meant.iter().all(|unit| unit.repaired.is_none());
        let edits: Vec<_> = meant.iter().map(|unit| Edit::SetRepaired { unit: unit.id, repaired }).collect();
        if edits.is_empty() {
            return self.notices.info(Topic::Edit, "There is nothing to repair in the Arabic.");
        }
        let result = document.perform(&edits);
        self.put_caret(result);
    }

    fn copy_source(&mut self) {
        if let Some(source) = self.active_unit().map(|unit| unit.text().to_string()) {
            self.insert(source);
        }
    }

    /// Puts a text in place of the selection.
    fn insert(&mut self, text: String) {
        let Some(document) = &mut self.document else { return };
        if let Some(Place { unit, selection }) = document.place() {
            let result = document.edit(unit, selection, text);
            self.put_caret(result);
        }
    }

    fn insert_term(&mut self, number: u8) {
        let term = self.terms_of_active().into_iter().find(|term| term.number == usize::from(number));
        if let Some(found) = term.map(|term| term.found) {
            self.insert_preferred(found);
        }
    }

    fn insert_focused(&mut self) {
        let found = self.focused_term().unwrap_or(0);
        self.insert_preferred(found);
        let Some(document) = &mut self.document else { return };
        let count = document.active().map_or(0, |unit| document.matches(unit.id).len());
        document.focused = Some(found + 1).filter(|next| *next < count);
    }

    fn insert_preferred(&mut self, found: usize) {
        if self.concept_at(found).is_none() {
            return;
        }
        match self.english_at(found).map(str::to_owned) {
            Some(english) => self.insert_choice(found, &english),
            None => self.notices.info(Topic::Edit, "The glossary has no English for this term yet."),
        }
    }

    fn insert_translation(&mut self, found: usize, english: usize) {
        let Some(term) = self.concept_at(found).and_then(|concept| concept.english.get(english)) else { return };
        if term.status == TermStatus::Forbidden {
            let message = format!("The glossary forbids “{}”.", term.text);
            self.notices.info(Topic::Edit, message);
        } else {
            let words = term.text.to_string();
            self.insert_choice(found, &words);
        }
    }

    fn insert_choice(&mut self, found: usize, english: &str) {
        self.insert_words(english);
        self.note_choice(found, english);
    }

    fn insert_words(&mut self, words: &str) {
        let Some(place) = self.place() else { return };
        if let Some(unit) = self.active_unit() {
            let text = spaced(&unit.target, place.selection, words);
            self.insert(text);
        }
    }

    fn move_focus(&mut self, step: isize) {
        let Some(document) = &mut self.document else { return };
        let count = document.active().map_or(0, |unit| document.matches(unit.id).len()) as isize;
        if count > 0 {
            let before = document.focused.map_or(if step > 0 { -1 } else { count }, |focused| focused as isize);
            document.focused = Some((before + step).rem_euclid(count) as usize);
        }
    }

    /// Begins to look for terms in the open article, from the active unit on. What was found before stays until then.
    pub(super) fn recognise(&mut self) {
        self.stop_recognising();
        let (Some(glossary), Some(document)) = (&self.glossary, &mut self.document) else { return };
        let active = document.active().into_iter();
        let units = active.chain(document.units_after()).chain(document.units_before());
        let units = units.map(|unit| (unit.id, unit.text().clone())).collect();
        let ticket = self.work.start(Job::Recognise { index: glossary.index.clone(), units });
        document.recognition.running = Some(ticket);
        document.recognition.done = 0;
        document.recognition.alternatives = Alternatives::default();
    }

    /// Forgets what was found in the open article, and looks once more, because its texts are others.
    pub(super) fn recognise_anew(&mut self) {
        self.stop_recognising();
        if let Some(document) = &mut self.document {
            document.recognition = Recognition::default();
            self.recognise();
        }
    }

    pub(super) fn stop_recognising(&mut self) {
        let running = self.document.as_mut().and_then(|document| document.recognition.running.take());
        if let Some(running) = running {
            running.cancel();
        }
    }

    pub(super) fn recognised(&mut self, id: JobId, matches: Vec<(UnitId, Vec<Match>)>, finished: bool) {
        let Some(document) = &mut self.document else { return };
        let recognition = &mut document.recognition;
        if recognition.running.as_ref().is_some_and(|running| running.id == id) {
            recognition.done += matches.len();
            recognition.matches.extend(matches);
            if recognition.running.take_if(|_| finished).is_some() {
                tracing::info!("the terms are marked");
            }
        }
    }
}

fn is_blank(unit: &Unit) -> bool {
    unit.target.trim().is_empty()
}

/// `words` with the spaces that set them apart from what stands around `span` in `target`.
fn spaced(target: &str, span: Span, words: &str) -> String {
    let before = target.get(..span.start).and_then(|text| text.chars().next_back());
    let after = target.get(span.end..).and_then(|text| text.chars().next());
    let opens = |c: char| c.is_whitespace() || "([{“‘«\"'-–—/#@$£€".contains(c);
    let starts_word = |c: char| c.is_alphanumeric() || "([{“‘«".contains(c);
    let space = |needed| if needed { " " } else { "" };
    format!("{}{words}{}", space(!before.is_none_or(opens)), space(after.is_some_and(starts_word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inserted_words_are_set_apart() {
        // `|` is the caret, `[` and `]` hold a selection.
        let check = |text: &str, expected: &str| {
            let start = text.find(['|', '[']).unwrap();
            let mut target = text.to_owned();
            target.remove(start);
            let end = target.find(']').unwrap_or(start);
            if text.contains(']') {
                target.remove(end);
            }
            let inserted = spaced(&target, Span::new(start, end), "NATO");
            target.replace_range(start..end, &inserted);
            assert_eq!(target, expected, "{text}");
        };
        check("|", "NATO");
        check("by|", "by NATO");
        check("by |", "by NATO");
        check("by |forces", "by NATO forces");
        check("by|, and", "by NATO, and");
        check("by| forces", "by NATO forces");
        check("“|”", "“NATO”");
        check("ended.|", "ended. NATO");
        check("non-|", "non-NATO");
        check("the [alliance] said", "the NATO said");
        check("the[ ]said", "the NATO said");
    }
}
