//! The model of a translation and its algorithms, without files, windows or network.
//!
//! Start with [`Article`] (what was opened), [`Project`] (what is being written) and [`Edit`] (the
//! only way to change a project); then [`Termbase`] (what things are called) and [`Index`] (where a
//! text speaks of them). Types here are plain data and are not serialisable: each file format decides
//! for itself how to write them.

mod article;
mod checks;
mod date;
mod duplicates;
mod furniture;
mod history;
mod import;
mod layers;
mod line;
mod listing;
mod page;
mod project;
mod recognise;
mod rewording;
mod structure;
mod termbase;
mod timestamp;
mod unit;

pub use article::{Article, Block, Date, Link, Paragraph, ParagraphKind};
pub use checks::{TermUse, term_use};
pub use date::find_date;
pub use duplicates::{Inconsistency, duplicates, inconsistencies, search_key};
pub use furniture::FurniturePhrases;
pub use history::{Change, History, Place};
pub use import::{Conflict, ImportPlan, PlannedChange, Policy, Skipped, merged, plan_import};
pub use layers::{Layer, Layers, Stratum};
pub use listing::{Filter, Listing, Order, Rank, Row, SortBy};
pub use page::{About, Container, Element, Hint, Page, PageBlock, PageLink, article_of};
pub use project::{Edit, EditError, Origin, Project, ProjectId, WebPage};
pub use recognise::{Index, Match, Recogniser, Variation};
pub use rewording::{Rewording, outdated, rewordings};
pub use structure::classify;
pub use termbase::{
    Concept, ConceptId, ConceptKind, Modified, PartOfSpeech, Term, TermStatus, TermType, Termbase, replace_shown,
    set_status_of_shown,
};
pub use timestamp::Timestamp;
pub use unit::{State, Unit, UnitId};
