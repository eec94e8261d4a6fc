//! Background work: whatever may wait for a disk or compute for longer than a frame.
//!
//! A [`Job`] owns everything that it works on, and what comes of it is an [`Outcome`] or a [`JobError`], so
//! that nothing is shared with the thread that draws. No state lives here: what is open and what is still
//! wanted is the session's to know. Start with [`Job`], then [`Jobs`].

mod browse;
mod export;
mod glossary;
mod job;
mod open;
mod pool;
mod recover;
mod sentences;
mod transfer;

pub use browse::{Browsed, Only, Search};
pub use export::{ExportFormat, Exported, export};
pub use glossary::{
    ConceptEdit, GlossaryChange, GlossaryFiles, Marks, ReadGlossary, Reindexed, Shared, TermbaseFile, WrittenGlossary,
};
pub use job::{Job, JobError, Outcome, Replaces};
pub use open::{Came, Decoding, Lead, Opened, Original, Preview, ReadArticle, Source, open, read_file, read_page};
pub use pool::{Event, JobId, Jobs, Ticket, Wake, caught};
pub use sentences::{Fault, Segmenter, Segmenters, SentenceRules, read_segmenters, sentence_rules};
pub use transfer::{ExportedGlossary, GlossaryFile, ReadAs, Selection, export_glossary};
