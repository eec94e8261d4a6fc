//! Several termbases, one above the other.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Concept, ConceptId, Termbase};

/// What one termbase says.
#[derive(Debug, Clone, Default)]
pub struct Stratum {
    /// What people call it.
    pub name: Arc<str>,
    /// Its concepts.
    pub termbase: Termbase,
    /// What it says is no concept: what has the same id below does not show.
    pub deleted: HashSet<ConceptId>,
}

/// The termbases in use, those that count most first. Only the first is written to, and it is the user's own. What has
/// the same id in a lower one does not show, nor does what a higher one has deleted.
#[derive(Debug, Clone, Default)]
pub struct Layers {
    own: Stratum,
    below: Vec<Arc<Stratum>>,
    /// How many concepts of those below show.
    shown_below: usize,
}

/// Which termbase a concept is of, the one that counts most first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The user's own, the only one that is written to.
    Own,
    /// One below it, from 0.
    Below(u8),
}

impl Layers {
    /// The user's own termbase above others, those that count most first.
    pub fn new(own: Stratum, below: Vec<Arc<Stratum>>) -> Self {
        let mut layers = Self { own, below, shown_below: 0 };
        layers.shown_below = layers.concepts_below().count();
        layers
    }

    /// The termbases, those that count most first.
    pub fn strata(&self) -> impl Iterator<Item = (Layer, &Stratum)> {
        let below = (0..).map(Layer::Below).zip(self.below.iter().map(|below| &**below));
        std::iter::once((Layer::Own, &self.own)).chain(below)
    }

    /// What people call a termbase.
    pub fn name(&self, layer: Layer) -> &str {
        self.strata().find(|(other, _)| *other == layer).map_or("", |(_, stratum)| &stratum.name)
    }

    /// The concept that shows under an id, and which termbase it is of.
    pub fn find(&self, id: &ConceptId) -> Option<(&Concept, Layer)> {
        for (layer, stratum) in self.strata() {
            if let Some(concept) = stratum.termbase.get(id) {
                return Some((concept, layer));
            }
            if stratum.deleted.contains(id) {
                break;
            }
        }
        None
    }

    /// The concept that shows under an id.
    pub fn get(&self, id: &ConceptId) -> Option<&Concept> {
        self.find(id).map(|(concept, _)| concept)
    }

    /// Which termbase the concept is of that shows under an id.
    pub fn layer(&self, id: &ConceptId) -> Option<Layer> {
        self.find(id).map(|(_, layer)| layer)
    }

    /// Every concept that shows, those that count most first.
    pub fn concepts(&self) -> impl Iterator<Item = (&Concept, Layer)> {
        self.own.termbase.concepts().iter().map(|concept| (concept, Layer::Own)).chain(self.concepts_below())
    }

    /// The user's own termbase alone.
    pub fn own(&self) -> &Termbase {
        &self.own.termbase
    }

    /// How many concepts show.
    pub fn len(&self) -> usize {
        self.own.termbase.concepts().len() + self.shown_below
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Takes in what the user's own termbase has under an id now.
    pub fn set(&mut self, id: &ConceptId, concept: Option<Concept>) {
        self.change(id, |own| {
            own.deleted.remove(id);
            match concept {
                Some(concept) => own.termbase.insert(concept),
                None => own.termbase.remove(id),
            };
        });
    }

    /// Takes in that the user's own termbase says there is no such concept, whatever those below say.
    pub fn delete(&mut self, id: &ConceptId) {
        self.change(id, |own| {
            own.termbase.remove(id);
            own.deleted.insert(id.clone());
        });
    }

    fn change(&mut self, id: &ConceptId, change: impl FnOnce(&mut Stratum)) {
        let before = self.shows_below(id);
        change(&mut self.own);
        self.shown_below = self.shown_below + usize::from(self.shows_below(id)) - usize::from(before);
    }

    fn concepts_below(&self) -> impl Iterator<Item = (&Concept, Layer)> {
        let all = self.strata().skip(1);
        let all = all.flat_map(|(layer, stratum)| stratum.termbase.concepts().iter().map(move |it| (it, layer)));
        all.filter(|(concept, layer)| self.layer(&concept.id) == Some(*layer))
    }

    fn shows_below(&self, id: &ConceptId) -> bool {
        self.layer(id).is_some_and(|layer| layer != Layer::Own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ConceptKind, Term, TermStatus};

    fn stratum(name: &str, concepts: &[(&str, &str)], deleted: &[&str]) -> Stratum {
        let concept = |&(id, english): &(&str, &str)| {
            let english = vec![Term::new(english, TermStatus::Preferred)];
            Concept { english, ..Concept::new(ConceptId::new(id), ConceptKind::Place) }
        };
        Stratum {
            name: name.into(),
            termbase: concepts.iter().map(concept).collect(),
            deleted: deleted.iter().map(|&id| ConceptId::new(id)).collect(),
        }
    }

    fn shown(layers: &Layers) -> String {
        let names: Vec<_> = layers.concepts().filter_map(|(concept, _)| concept.preferred_english()).collect();
        assert_eq!(names.len(), layers.len());
        names.join(" ")
    }

    #[test]
    fn what_stands_above_hides_what_stands_below() {
        let starter =
            stratum("starter", &[("kyiv", "Kiev"), ("homs", "Homs"), ("hama", "Hama"), ("deir", "Deir")], &[]);
        let desk = stratum("desk", &[("homs", "Hims"), ("kyiv", "Kyyiv")], &["deir"]);
        let own = stratum("own", &[("kyiv", "Kyiv"), ("mine", "Mine")], &["homs"]);
        let mut layers = Layers::new(own, vec![Arc::new(desk), Arc::new(starter)]);
        assert_eq!(shown(&layers), "Kyiv Mine Hama");
        let layer = |layers: &Layers, id: &str| layers.layer(&ConceptId::new(id));
        assert_eq!((layer(&layers, "kyiv"), layer(&layers, "hama")), (Some(Layer::Own), Some(Layer::Below(1))));
        assert_eq!((layer(&layers, "homs"), layer(&layers, "deir")), (None, None));
        assert_eq!(
            [Layer::Own, Layer::Below(0), Layer::Below(1)].map(|it| layers.name(it)),
            ["own", "desk", "starter"]
        );

        layers.delete(&ConceptId::new("hama"));
        assert_eq!(shown(&layers), "Kyiv Mine");
        layers.set(&ConceptId::new("homs"), None);
        assert_eq!(shown(&layers), "Kyiv Mine Hims", "what is withdrawn hides nothing");
        layers.set(&ConceptId::new("kyiv"), None);
        assert_eq!((shown(&layers), layer(&layers, "kyiv")), ("Mine Hims Kyyiv".to_owned(), Some(Layer::Below(0))));
        let homs = layers.get(&ConceptId::new("homs")).cloned();
        layers.set(&ConceptId::new("homs"), homs);
        assert_eq!(shown(&layers), "Mine Hims Kyyiv");
        assert_eq!(layer(&layers, "homs"), Some(Layer::Own));
    }
}
