//! Where the sentences of the open article end, for those who want to see it.

use super::Session;
use super::notice::{Topic, reason};
use crate::jobs::{Job, Segmenters, SentenceRules};

/// The rules for sentences, which are read when they are first wanted.
#[derive(Default)]
pub(super) enum Reading {
    #[default]
    Unread,
    Wanted,
    Read(Box<Segmenters>),
}

impl Session {
    /// What finds the sentences to mark; `None` while nobody wants to see them or their rules are not read.
    pub fn segmenters(&self) -> Option<&Segmenters> {
        match &self.sentences {
            Reading::Read(segmenters) if self.settings.sentences_marked => Some(segmenters),
            _ => None,
        }
    }

    pub(super) fn toggle_sentences(&mut self) {
        self.set(|settings| settings.sentences_marked = !settings.sentences_marked);
        self.read_sentence_rules();
    }

    /// Begins to read the rules for sentences if somebody wants to see where those end.
    pub(super) fn read_sentence_rules(&mut self) {
        if self.settings.sentences_marked && matches!(self.sentences, Reading::Unread) {
            self.sentences = Reading::Wanted;
            self.work.start(Job::ReadSentenceRules(self.folders.sentence_rules()));
        }
    }

    pub(super) fn sentence_rules_read(&mut self, rules: SentenceRules) {
        if let Some(error) = &rules.refused {
            let message = format!(
                "Your rules for sentences could not be read: {}. Those of the program are used instead.",
                reason(error)
            );
            self.notices.warn(Topic::Sentences, message, &[]);
        } else if !rules.left_out.is_empty() {
            let faults: Vec<String> = rules.left_out.iter().map(ToString::to_string).collect();
            let message = format!("Your rules for sentences are in use, but for some: {}.", faults.join("; "));
            self.notices.warn(Topic::Sentences, message, &[]);
        }
        self.sentences = Reading::Read(Box::new(rules.segmenters));
    }
}
