//! A translation unit: a source text, its translation and how far it has come.

use std::sync::Arc;

use super::ParagraphKind;

/// Names a unit for the whole life of its project; never an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitId(u32);

impl UnitId {
    /// The id that a file gave as this number.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The number to write to a file.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// How far the translation of a unit has come: the states of XLIFF 2.1, §4.2.2.7 `state`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum State {
    /// Not translated yet, or written and not confirmed.
    #[default]
    Initial,
    /// Confirmed by its translator.
    Translated,
    /// Read by a second person.
    Reviewed,
    /// Ready to publish.
    Final,
}

/// One paragraph of the source and its translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Its name within the project.
    pub id: UnitId,
    /// What the source paragraph is to its article.
    pub kind: ParagraphKind,
    /// The Arabic, exactly as it was opened. Shared, because background work borrows it.
    pub source: Arc<str>,
    /// The English; empty until somebody writes it.
    pub target: String,
    /// How far it has come.
    pub state: State,
    /// Whether it is part of the article. Furniture starts left out; a person may change either way.
    pub included: bool,
}
