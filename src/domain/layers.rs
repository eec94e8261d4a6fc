//! Several termbases, one above the other.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Concept, ConceptId, Termbase};

/// The user's own termbase above the read-only one that comes with the program. What has the same id below does not
/// show, nor does what was deleted above.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    own: Termbase,
    deleted: HashSet<ConceptId>,
    starter: Arc<Termbase>,
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
        let mut layers = Self { own, deleted, starter, below: 0 };
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

    fn shown_below(&self) -> impl Iterator<Item = &Concept> {
        self.starter.concepts().iter().filter(|concept| self.shows_below(&concept.id))
    }

    fn shows_below(&self, id: &ConceptId) -> bool {
        self.layer(id) == Some(Layer::Starter)
    }
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
