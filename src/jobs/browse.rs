//! Looking through the glossary: what fits some words and a filter, in order.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::JobError;
use crate::domain::{
    Concept, ConceptId, ConceptKind, Layer, Layers, TermStatus, Termbase, duplicates, inconsistencies, search_key,
};
use crate::storage::termbase::Store;

/// What to show of the glossary.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// In either language; empty for everything.
    pub words: String,
    /// Only of this kind.
    pub kind: Option<ConceptKind>,
    /// Only with an English wording of this status.
    pub status: Option<TermStatus>,
    /// Only of this termbase.
    pub layer: Option<Layer>,
    /// Only of this domain and those below it.
    pub domain: String,
    /// Only what needs a look, or what the article speaks of.
    pub only: Only,
    /// In which order; words bring an order of their own.
    pub sort: Sort,
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

/// The order of what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// By the Arabic, or by how well it fits the words.
    #[default]
    Arabic,
    /// By the English.
    English,
    /// By kind, then by domain.
    Kind,
    /// What was changed last first.
    Changed,
    /// What was chosen most often first.
    Used,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Browsed {
    /// The concepts, in order.
    pub rows: Vec<ConceptId>,
    /// How often a wording of a concept was chosen.
    pub uses: HashMap<ConceptId, u64>,
}

/// The most that a search gives: nobody reads on further, but types another letter.
const MOST_FOUND: usize = 1000;

/// Looks through the glossary. The user's own, where it can be read, is asked for words at `own`,
/// since that has an index.
pub(super) fn browse(
    own: Option<&Path>,
    layers: &Layers,
    filter: &Filter,
    in_article: &HashSet<ConceptId>,
) -> Result<Browsed, JobError> {
    let store = own.filter(|own| own.exists()).map(|own| Store::open(own, "")).transpose()?;
    let mut uses: HashMap<ConceptId, u64> = HashMap::new();
    for (id, _, count) in store.as_ref().map(Store::uses).transpose()?.unwrap_or_default() {
        *uses.entry(id).or_default() += count;
    }
    let key = search_key(&filter.words);
    let mut found: Vec<&Concept> = if !key.is_empty() {
        searched(store.as_ref(), layers, &filter.words, &key)?
    } else if matches!(filter.only, Only::Duplicates | Only::Inconsistent) {
        Vec::new()
    } else {
        layers.concepts().collect()
    };
    let mut is_ordered = !key.is_empty() && filter.sort == Sort::Arabic;
    match filter.only {
        Only::Everything => (),
        Only::InArticle => found.retain(|concept| in_article.contains(&concept.id)),
        Only::Duplicates | Only::Inconsistent => {
            let groups = needing_a_look(layers, filter.only);
            let words: Option<HashSet<&ConceptId>> =
                (!key.is_empty()).then(|| found.iter().map(|concept| &concept.id).collect());
            let shown = |id: &&ConceptId| words.as_ref().is_none_or(|words| words.contains(id));
            found = groups.iter().filter(shown).filter_map(|id| layers.get(id)).collect();
            is_ordered = true;
        }
    }
    found.retain(|concept| passes(concept, layers, filter));
    if !is_ordered {
        sort(&mut found, filter.sort, &uses);
    }
    Ok(Browsed { rows: found.into_iter().map(|concept| concept.id.clone()).collect(), uses })
}

/// What fits some words, the best first.
fn searched<'a>(
    store: Option<&Store>,
    layers: &'a Layers,
    words: &str,
    key: &str,
) -> Result<Vec<&'a Concept>, JobError> {
    let hits = store.map(|store| store.search(words, MOST_FOUND)).transpose()?.unwrap_or_default();
    let own = hits.into_iter().filter_map(|hit| Some((hit.rank as usize, layers.get(&hit.concept.id)?)));
    let starter = layers.search_starter(key).filter_map(|(rank, id)| Some((rank, layers.get(id)?)));
    let starter = starter.filter(|(_, concept)| layers.layer(&concept.id) == Some(Layer::Starter));
    let mut found: Vec<(usize, &Concept)> = own.chain(starter).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.truncate(MOST_FOUND);
    Ok(found.into_iter().map(|(_, concept)| concept).collect())
}

/// The concepts that are there twice, or translated in several ways, those that belong together side by side.
fn needing_a_look(layers: &Layers, only: Only) -> Vec<ConceptId> {
    let all: Termbase = layers.concepts().cloned().collect();
    let groups: Vec<Vec<ConceptId>> = match only {
        Only::Inconsistent => inconsistencies(&all).into_iter().map(|found| found.concepts).collect(),
        _ => duplicates(&all),
    };
    let mut seen = HashSet::new();
    groups.into_iter().flatten().filter(|id| seen.insert(id.clone())).collect()
}

fn passes(concept: &Concept, layers: &Layers, filter: &Filter) -> bool {
    filter.kind.is_none_or(|kind| concept.kind == kind)
        && filter.status.is_none_or(|status| concept.english.iter().any(|term| term.status == status))
        && filter.layer.is_none_or(|layer| layers.layer(&concept.id) == Some(layer))
        && (filter.domain.is_empty() || concept.is_within(&filter.domain))
}

fn sort(found: &mut [&Concept], sort: Sort, uses: &HashMap<ConceptId, u64>) {
    let arabic = |concept: &Concept| search_key(concept.preferred_arabic().unwrap_or_default());
    match sort {
        Sort::Arabic => found.sort_by_cached_key(|concept| arabic(concept)),
        Sort::English => {
            found.sort_by_cached_key(|concept| search_key(concept.preferred_english().unwrap_or_default()));
        }
        Sort::Kind => found.sort_by_cached_key(|concept| (concept.kind, Arc::clone(&concept.domain), arabic(concept))),
        Sort::Changed => {
            found.sort_by_cached_key(|concept| Reverse(concept.modified.as_ref().map(|modified| modified.at)));
        }
        Sort::Used => found.sort_by_cached_key(|concept| Reverse(uses.get(&concept.id).copied().unwrap_or(0))),
    }
}
