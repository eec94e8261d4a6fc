//! Reading the open article once more in another encoding.

use std::sync::Arc;

use super::notice::{Topic, reason};
use super::{Command, Session, Sheet};
use crate::formats::decode::TextEncoding;
use crate::jobs::{Decoding, Job, JobError, JobId, Opened, Preview};

/// What is known about other ways to read the open article.
#[derive(Debug, Default)]
pub(super) struct Rereading {
    /// How it begins in each encoding, once that is known.
    previews: Vec<Preview>,
    looking: Option<JobId>,
    running: Option<JobId>,
}

impl Session {
    /// The encoding that the open article was read in; none where its format leaves no choice.
    pub fn encoding(&self) -> Option<&TextEncoding> {
        let original = self.document.as_ref()?.original.as_ref()?;
        Some(&original.encoding)
    }

    /// How the open article begins in each encoding: the one it is read in first, then the likeliest. Empty as long as
    /// that is not known.
    pub fn previews(&self) -> &[Preview] {
        self.document.as_ref().map_or(&[], |document| &document.rereading.previews)
    }

    pub(super) fn ask_for_encoding(&mut self) {
        let Some(document) = &mut self.document else { return };
        let Some(original) = &document.original else {
            return self.notices.info(Topic::Open, "Its format leaves no choice of an encoding.");
        };
        let looking = self.work.start(Job::Preview(Arc::clone(original)));
        document.rereading = Rereading { looking: Some(looking.id), ..Rereading::default() };
        self.sheet = Some(Sheet::Encoding);
    }

    pub(super) fn previewed(&mut self, id: JobId, previews: Vec<Preview>) {
        if let Some(document) = &mut self.document
            && document.rereading.looking == Some(id)
        {
            document.rereading.previews = previews;
        }
    }

    pub(super) fn read_as(&mut self, decoding: Decoding) {
        let Some(document) = &mut self.document else { return };
        let Some(original) = document.original.clone() else { return };
        let (origin, came) = (document.project.origin().clone(), document.came.clone());
        let ticket = self.work.start(Job::Reread { original, origin, came, decoding });
        document.rereading.running = Some(ticket.id);
    }

    /// Takes in the article as it is in another encoding. What is written already stays with its paragraphs, or
    /// everything stays as it is.
    pub(super) fn reread(&mut self, id: JobId, opened: Opened) {
        let Some(document) = self.document.as_mut().filter(|document| document.rereading.running == Some(id)) else {
            return;
        };
        document.rereading.running = None;
        if document.is_untouched() {
            return self.show(opened);
        }
        self.notices.clear(Topic::Scrambled);
        if document.carry_over(opened) {
            self.notices.info(Topic::Open, "Read in another way; the translation stays as it is.");
            self.recognise();
        } else {
            let message = "Read in this way the article has other paragraphs, so that the translation would not stay with \
                           its own. Nothing was changed.";
            self.notices.warn(Topic::Open, message, &[]);
        }
    }

    /// Tells that the text was decoded wrongly before it came here, if it was.
    pub(super) fn tell_scrambled(&mut self, scrambled: bool) {
        self.notices.clear(Topic::Scrambled);
        if scrambled {
            let message = "Some of this text was decoded wrongly before it was saved, and looks like «Ø³ÙˆØ±».";
            self.notices.warn(Topic::Scrambled, message, &[Command::Unscramble]);
        }
    }

    /// Whether the failed job was one of these.
    pub(super) fn reread_failed(&mut self, id: JobId, error: &JobError) -> bool {
        let Some(document) = self.document.as_mut().filter(|document| document.rereading.running == Some(id)) else {
            return false;
        };
        document.rereading.running = None;
        let message = format!("Could not read it in another encoding: {}. Nothing was changed.", reason(error));
        self.notices.error(Topic::Open, message, &[]);
        true
    }
}
