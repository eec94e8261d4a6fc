//! A translation unit: a source text, its translation and how far it has come.

use std::sync::Arc;

use super::ParagraphKind;
use crate::text::{Repair, apply_repairs, repairs};

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
    /// The Arabic, exactly as it was opened; [`Unit::text`] is what people and programs read.
    pub source: Arc<str>,
    /// The Arabic with its form repaired, where that is read instead of the source.
    pub repaired: Option<Arc<str>>,
    /// The English; empty until somebody writes it.
    pub target: String,
    /// How far it has come.
    pub state: State,
    /// Whether it is part of the article. Furniture starts left out; a person may change either way.
    pub included: bool,
}

impl Unit {
    /// The Arabic to show, to recognise terms in and to export: repaired, or as it was opened. Shared, because background
    /// work borrows it.
    pub fn text(&self) -> &Arc<str> {
        self.repaired.as_ref().unwrap_or(&self.source)
    }

    /// What there is to repair in the source, whether or not it is read repaired.
    pub fn repairs(&self) -> Vec<Repair> {
        repairs(&self.source)
    }

    /// Makes the source be read repaired or as it was opened, and returns whether it was read repaired before. A source
    /// without damage is never read repaired.
    pub fn set_repaired(&mut self, repaired: bool) -> bool {
        let repairs = if repaired { self.repairs() } else { Vec::new() };
        let text = (!repairs.is_empty()).then(|| Arc::from(apply_repairs(&self.source, &repairs)));
        std::mem::replace(&mut self.repaired, text).is_some()
    }
}
