//! Looking through the glossary: what fits some words and a filter, in order.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, Weak};

use super::JobError;
use super::pool::Report;
use crate::domain::{ConceptId, Filter, Layers, Listing, Order, Termbase, duplicates, inconsistencies};
use crate::storage::termbase::Store;

/// What to show of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    /// In either language; empty for everything.
    pub words: String,
    /// Of what sort.
    pub filter: Filter,
    /// Only what needs a look, or what the article speaks of.
    pub only: Only,
    /// In which order; what needs a look has one of its own.
    pub order: Order,
}

/// What part of the glossary to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Only {
    /// All of it.
    #[default]
    Everything,
    /// What the open article speaks of.
    InArticle,
    /// What is there twice.
    Duplicates,
    /// What is translated in several ways.
    Inconsistent,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Browsed {
    /// The concepts, in order.
    pub rows: Arc<[ConceptId]>,
    /// How often a wording of a concept was chosen.
    pub uses: HashMap<ConceptId, u64>,
}

/// Looks through the glossary. The listing of it is made the first time; how often wordings were chosen stands in the
/// user's own glossary, which is at `own` where it can be read.
pub(super) fn browse(
    own: Option<&Path>,
    layers: &Weak<Layers>,
    listing: &mut Option<Listing>,
    search: Search,
    report: &Report,
) -> Result<Browsed, JobError> {
    let Search { words, mut filter, only, order } = search;
    let looks = matches!(only, Only::Duplicates | Only::Inconsistent);
    let layers = if looks || listing.is_none() { layers.upgrade() } else { None };
    let groups = layers.as_ref().filter(|_| looks).map(|layers| needing_a_look(layers, only));
    let listing = match (listing, layers) {
        (Some(listing), _) => listing,
        (listing, Some(layers)) => listing.insert(list(own, &layers)?),
        // There is another glossary by now, and what fits of that is asked for too.
        (None, None) => return Ok(Browsed::default()),
    };
    if let Some(groups) = &groups {
        filter.among = Some(groups.iter().cloned().collect());
    }
    if words.trim().is_empty() && filter == Filter::default() {
        return Ok(Browsed { rows: listing.everything(order), uses: listing.uses() });
    }
    let rows = listing.select(&words, &filter, order);
    if report.is_cancelled() {
        return Ok(Browsed::default());
    }
    let mut rows: Vec<ConceptId> = rows.into_iter().map(|row| listing.id(row).clone()).collect();
    if let Some(groups) = &groups {
        let places: HashMap<&ConceptId, usize> = groups.iter().zip(0..).collect();
        rows.sort_by_key(|id| places.get(id));
    }
    Ok(Browsed { rows: rows.into(), uses: listing.uses() })
}

fn list(own: Option<&Path>, layers: &Layers) -> Result<Listing, JobError> {
    let store = own.filter(|own| own.exists()).map(|own| Store::open(own, "")).transpose()?;
    let mut uses: HashMap<ConceptId, u64> = HashMap::new();
    for (id, _, count) in store.as_ref().map(Store::uses).transpose()?.unwrap_or_default() {
        *uses.entry(id).or_default() += count;
    }
    Ok(Listing::new(layers.concepts(), &uses))
}

/// The concepts that are there twice, or else those that are translated in several ways; those that belong together side
/// by side.
fn needing_a_look(layers: &Layers, only: Only) -> Vec<ConceptId> {
    let all: Termbase = layers.concepts().map(|(concept, _)| concept.clone()).collect();
    let groups: Vec<Vec<ConceptId>> = match only {
        Only::Duplicates => duplicates(&all),
        _ => inconsistencies(&all).into_iter().map(|found| found.concepts).collect(),
    };
    let mut seen = HashSet::new();
    groups.into_iter().flatten().filter(|id| seen.insert(id.clone())).collect()
}
