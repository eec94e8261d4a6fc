//! Several termbases, one above the other.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::{Concept, ConceptId, Termbase, search_key};

/// The user's own termbase above the read-only one that comes with the program. What has the same id below does not
/// show, nor does what was deleted above.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    own: Termbase,
    deleted: HashSet<ConceptId>,
    starter: Arc<Termbase>,
    /// The wordings of each concept of the starter as they are searched, made for the first search.
    keys: Arc<OnceLock<Vec<String>>>,
    /// How many concepts of the starter show.
    below: usize,
}

/// Where a concept comes from, the one that counts most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The user's own termbase.
    Own,
    /// The one that comes with the program, which nobody writes to.
    Starter,
}

impl Layers {
    /// The user's own concepts above those of the program, without what the user has `deleted`.
    pub fn new(own: Termbase, deleted: HashSet<ConceptId>, starter: Arc<Termbase>) -> Self {
        let mut layers = Self { own, deleted, starter, keys: Arc::default(), below: 0 };
        layers.below = layers.shown_below().count();
        layers
    }

    /// The concept that shows under an id.
    pub fn get(&self, id: &ConceptId) -> Option<&Concept> {
        self.own.get(id).or_else(|| self.starter.get(id).filter(|_| !self.deleted.contains(id)))
    }

    /// Which termbase the concept is of that shows under an id.
    pub fn layer(&self, id: &ConceptId) -> Option<Layer> {
        self.get(id).map(|_| if self.own.get(id).is_some() { Layer::Own } else { Layer::Starter })
    }

    /// Every concept that shows, those that count most first.
    pub fn concepts(&self) -> impl Iterator<Item = &Concept> {
        self.own.concepts().iter().chain(self.shown_below())
    }

    /// How many concepts show.
    pub fn len(&self) -> usize {
        self.own.concepts().len() + self.below
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes in what the user's own termbase has under an id now; `None` for what is deleted there.
    pub fn set(&mut self, id: &ConceptId, concept: Option<Concept>) {
        let before = self.shows_below(id);
        if let Some(concept) = concept {
            self.deleted.remove(id);
            self.own.insert(concept);
        } else {
            self.own.remove(id);
            self.deleted.insert(id.clone());
        }
        self.below = self.below + usize::from(self.shows_below(id)) - usize::from(before);
    }

    /// The concepts of the starter with a wording that fits a [`search_key`], each with how well it does: 0 if it is
    /// the same, 1 if it begins with it, 2 if a word does, 3 if it contains it.
    pub fn search_starter<'a>(&'a self, key: &'a str) -> impl Iterator<Item = (usize, &'a ConceptId)> {
        let keys = self.keys.get_or_init(|| self.starter.concepts().iter().map(keys_of).collect());
        let inside = format!(" {key}");
        let fit = move |wording: &str| match wording.find(key)? {
            0 if wording.len() == key.len() => Some(0),
            0 => Some(1),
            _ if wording.contains(&inside) => Some(2),
            _ => Some(3),
        };
        let concepts = self.starter.concepts().iter().zip(keys);
        concepts.filter_map(move |(concept, keys)| {
            // Most have it in none of their wordings.
            let best = if keys.contains(key) { keys.lines().filter_map(&fit).min() } else { None };
            best.map(|rank| (rank, &concept.id))
        })
    }

    fn shown_below(&self) -> impl Iterator<Item = &Concept> {
        self.starter.concepts().iter().filter(|concept| self.shows_below(&concept.id))
    }

    fn shows_below(&self, id: &ConceptId) -> bool {
        self.layer(id) == Some(Layer::Starter)
    }
}

/// Every wording of a concept as it is searched, a line each.
fn keys_of(concept: &Concept) -> String {
    let terms = concept.arabic.iter().chain(&concept.english);
    let keys: Vec<String> =
        terms.flat_map(|term| std::iter::once(&term.text).chain(&term.forms)).map(|text| search_key(text)).collect();
    keys.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ConceptKind, Term, TermStatus};

    fn concept(id: &str, english: &str) -> Concept {
        let english = vec![Term::new(english, TermStatus::Preferred)];
        Concept { english, ..Concept::new(ConceptId::new(id), ConceptKind::Place) }
    }

    #[test]
    fn what_stands_above_hides_what_stands_below() {
        let starter: Termbase =
            [concept("kyiv", "Kiev"), concept("homs", "Homs"), concept("hama", "Hama")].into_iter().collect();
        let own = [concept("kyiv", "Kyiv"), concept("mine", "Mine")].into_iter().collect();
        let mut layers = Layers::new(own, HashSet::from([ConceptId::new("homs")]), Arc::new(starter));
        let shown = |layers: &Layers| {
            let names: Vec<_> = layers.concepts().filter_map(Concept::preferred_english).collect();
            assert_eq!(names.len(), layers.len());
            names.join(" ")
        };
        assert_eq!(shown(&layers), "Kyiv Mine Hama");
        let layer = |layers: &Layers, id: &str| layers.layer(&ConceptId::new(id));
        assert_eq!(layer(&layers, "kyiv"), Some(Layer::Own));
        assert_eq!((layer(&layers, "hama"), layer(&layers, "homs")), (Some(Layer::Starter), None));

        layers.set(&ConceptId::new("hama"), None);
        layers.set(&ConceptId::new("homs"), Some(concept("homs", "Hims")));
        layers.set(&ConceptId::new("kyiv"), None);
        assert_eq!(shown(&layers), "Mine Hims", "a deletion hides what stands below too");
    }
}
