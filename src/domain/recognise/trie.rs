//! The wordings of a termbase as a trie of words, with every form that can be told in advance.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::Arc;

use rustc_hash::FxBuildHasher;

use super::guards::{begins_with_article, is_function_word};
use crate::domain::{Concept, ConceptId, ConceptKind, Term, TermType};
use crate::text::{self, ARTICLE, Inflection, Nature, Nouns, Singular, fold, push_spelling};

/// The words of all wordings, and which of them follow each other.
///
/// A word is found by its folded form, and by others that it has at hand: without its article, its broken plurals,
/// its singular. What an ending makes of a form is left to whoever looks it up.
#[derive(Debug, Clone)]
pub(super) struct Trie {
    nouns: Arc<Nouns>,
    words: Vec<Word>,
    forms: Vec<Form>,
    /// The first form of those that are folded alike.
    first_forms: Map<Box<str>, FormId>,
    /// What follows the first word of a wording; where it begins is told by the word.
    edges: Map<(NodeId, WordId), NodeId>,
    nodes: Vec<Node>,
    wordings: Vec<Wording>,
    /// How many concepts were taken in before all others.
    first: i32,
}

type Map<K, V> = HashMap<K, V, FxBuildHasher>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct WordId(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct NodeId(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct FormId(u32);

/// From 1, so that none takes no room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct WordingId(NonZeroU32);

/// Where every wording begins.
pub(super) const ROOT: NodeId = NodeId(0);

/// A word of a wording as it is spelled.
#[derive(Debug, Clone)]
struct Word {
    spelled: Box<str>,
    /// Where the wordings go on that begin with it, or the root where none does.
    start: NodeId,
    /// Whether it begins with the article.
    definite: bool,
    /// Whether its forms are known, which names do without.
    inflects: bool,
}

/// What the words that lead here make.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Node {
    /// The words that a wording goes on with, each as one of the bits.
    next: u64,
    /// The last wording of just these.
    last: Option<WordingId>,
    /// Whether one goes on after a comma, a dash or a slash: الكونغو - كينشاسا.
    pub pauses: bool,
}

impl Node {
    /// Whether a wording has more words than those that lead here.
    pub(super) fn goes_on(&self) -> bool {
        self.next != 0
    }

    fn may_go_on_with(&self, word: WordId) -> bool {
        self.next & word.bit() != 0
    }
}

impl WordId {
    /// One of 64 bits, so that most words that do not follow another are told apart without a search.
    fn bit(self) -> u64 {
        1 << (self.0 % u64::BITS)
    }
}

/// A word in one of its forms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    pub word: WordId,
    /// Whether it is the word as the wording has it.
    pub own: bool,
    /// How it differs from the word, the article aside.
    pub inflection: Inflection,
    pub nature: Nature,
    pub place: Place,
    next: Option<FormId>,
}

impl Form {
    /// Whether it is a singular whose broken plural, if it has one, is not known.
    pub(super) fn may_have_unlisted_plural(&self) -> bool {
        self.inflection.is_empty() && !self.nature.intersects(Nature::MANY.and(Nature::LISTED))
    }
}

/// Where a word can have a form, the widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Anywhere,
    /// In a term of several words.
    Phrase,
    /// After another word of a term.
    Later,
}

/// What a person has added to a wording of a concept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ByHand {
    Nothing,
    /// Forms, which are wordings too.
    Forms,
    /// The wording itself is such a form.
    Itself,
}

/// The end of a wording.
#[derive(Debug, Clone)]
pub(super) struct Wording {
    pub concept: ConceptId,
    /// Whether it is a term and no name.
    pub inflects: bool,
    /// Its letters without blanks.
    pub spelling: Box<str>,
    /// What a person has added to it.
    pub by_hand: ByHand,
    /// Whether it is a word in ة that would be a noun with a pronoun if it ended in ه: حوارة, حواره.
    pub owned_in_heh: bool,
    /// Those that count more come first.
    pub order: i32,
    /// Another wording of the same words.
    next: Option<WordingId>,
}

impl Default for Trie {
    fn default() -> Self {
        Self {
            nouns: Arc::new(Nouns::shipped()),
            words: Vec::new(),
            forms: Vec::new(),
            first_forms: Map::default(),
            edges: Map::default(),
            nodes: vec![Node::default()],
            wordings: Vec::new(),
            first: 0,
        }
    }
}

impl Trie {
    /// Takes in every Arabic wording of a concept and its forms, behind all that there are.
    pub(super) fn insert(&mut self, concept: &Concept) {
        self.insert_at(concept, self.wordings.len() as i32);
    }

    /// The same, before all that there are.
    pub(super) fn insert_first(&mut self, concept: &Concept) {
        self.first -= 1;
        self.insert_at(concept, self.first);
    }

    fn insert_at(&mut self, concept: &Concept, order: i32) {
        let mut spelling = String::new();
        for (term, text, by_hand) in wordings(concept) {
            // Names take clitics alone, and so does what stands for a name.
            let inflects = concept.kind == ConceptKind::Term && term.term_type != Some(TermType::Abbreviation);
            let mut node = ROOT;
            for_each_word(text, |gap, folded, spelled| {
                let word = self.word(folded, spelled, inflects);
                self.nodes[node.0 as usize].pauses |= is_pause(gap);
                node = self.go(node, word);
            });
            if node != ROOT {
                spelling.clear();
                push_spelling(text, &mut spelling);
                let next = self.nodes[node.0 as usize].last;
                let owned_in_heh = !inflects && self.is_owned_in_heh(&spelling);
                self.wordings.push(Wording {
                    concept: concept.id.clone(),
                    inflects,
                    spelling: spelling.as_str().into(),
                    by_hand,
                    owned_in_heh,
                    order,
                    next,
                });
                self.nodes[node.0 as usize].last = NonZeroU32::new(self.wordings.len() as u32).map(WordingId);
            }
        }
    }

    fn is_owned_in_heh(&self, spelling: &str) -> bool {
        spelling.strip_suffix('ة').is_some_and(|noun| self.nouns.known(fold(noun).as_str()).singular)
    }

    /// Forgets a concept, given as it was when it was taken in. Its words stay behind, which does no harm.
    pub(super) fn remove(&mut self, concept: &Concept) {
        for (_, text, _) in wordings(concept) {
            let mut node = Some(ROOT);
            for_each_word(text, |_, folded, spelled| {
                let word = self.known_word(folded, spelled);
                node = node.zip(word).and_then(|(node, word)| self.lead(node, word));
            });
            if let Some(node) = node {
                self.unlink(node, &concept.id);
            }
        }
    }

    /// Takes the wordings of a concept out of those that end at `node`.
    fn unlink(&mut self, node: NodeId, concept: &ConceptId) {
        let mut kept = None;
        let mut at = self.nodes[node.0 as usize].last;
        while let Some(id) = at {
            let wording = &mut self.wordings[id.0.get() as usize - 1];
            at = wording.next;
            if wording.concept != *concept {
                wording.next = kept.replace(id);
            }
        }
        self.nodes[node.0 as usize].last = kept;
    }

    /// Sets memory aside for so many concepts more.
    pub(super) fn reserve(&mut self, concepts: usize) {
        self.words.reserve(concepts);
        self.forms.reserve(concepts);
        self.first_forms.reserve(concepts);
        self.nodes.reserve(concepts);
        self.wordings.reserve(concepts);
    }

    /// Gives back the memory that growing has set aside.
    pub(super) fn shrink(&mut self) {
        self.words.shrink_to_fit();
        self.forms.shrink_to_fit();
        self.first_forms.shrink_to_fit();
        self.edges.shrink_to_fit();
        self.nodes.shrink_to_fit();
        self.wordings.shrink_to_fit();
    }

    /// The words that have a folded form, each with how it has it.
    pub(super) fn forms(&self, folded: &str) -> impl Iterator<Item = &Form> {
        let form = |id: FormId| &self.forms[id.0 as usize];
        let first = self.first_forms.get(folded).copied().map(form);
        std::iter::successors(first, move |before| before.next.map(form))
    }

    /// Whether a word by itself is a wording or the form of one.
    pub(super) fn is_term(&self, folded: &str) -> bool {
        let ends = |form: &Form| self.node(self.start(form.word)).last.is_some();
        self.forms(folded).any(|form| form.place == Place::Anywhere && ends(form))
    }

    /// Whether the table of plurals has a noun with this folded form.
    pub(super) fn knows_noun(&self, folded: &str) -> bool {
        let known = self.nouns.known(folded);
        known.singular || known.plural
    }

    pub(super) fn is_definite(&self, word: WordId) -> bool {
        self.words[word.0 as usize].definite
    }

    /// Where the wordings go on that begin with `word`, or the root where none does.
    pub(super) fn start(&self, word: WordId) -> NodeId {
        self.words[word.0 as usize].start
    }

    pub(super) fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Where `word` leads from the node `id`.
    pub(super) fn step(&self, id: NodeId, node: &Node, word: WordId) -> Option<NodeId> {
        if node.may_go_on_with(word) { self.edges.get(&(id, word)).copied() } else { None }
    }

    /// The wordings that end at `node`.
    pub(super) fn wordings(&self, node: &Node) -> impl Iterator<Item = &Wording> {
        let wording = |id: WordingId| &self.wordings[id.0.get() as usize - 1];
        let last = node.last.map(wording);
        std::iter::successors(last, move |after| after.next.map(wording))
    }

    /// Where `word` leads from `node`, which can be the root.
    fn lead(&self, node: NodeId, word: WordId) -> Option<NodeId> {
        if node == ROOT {
            return Some(self.start(word)).filter(|start| *start != ROOT);
        }
        self.step(node, self.node(node), word)
    }

    /// Where `word` leads from `node`, made if it leads nowhere yet.
    fn go(&mut self, node: NodeId, word: WordId) -> NodeId {
        if let Some(next) = self.lead(node, word) {
            return next;
        }
        let next = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node::default());
        if node == ROOT {
            self.words[word.0 as usize].start = next;
        } else {
            self.nodes[node.0 as usize].next |= word.bit();
            self.edges.insert((node, word), next);
        }
        next
    }

    fn known_word(&self, folded: &str, spelled: &str) -> Option<WordId> {
        let own = self.forms(folded).filter(|form| form.own);
        own.map(|form| form.word).find(|word| *self.words[word.0 as usize].spelled == *spelled)
    }

    /// The word spelled like this.
    fn word(&mut self, folded: &str, spelled: &str, inflects: bool) -> WordId {
        let id = self.known_word(folded, spelled).unwrap_or_else(|| self.new_word(folded, spelled));
        let word = &mut self.words[id.0 as usize];
        if inflects && !word.inflects {
            word.inflects = true;
            self.add_inflected(id, spelled);
        }
        id
    }

    fn new_word(&mut self, folded: &str, spelled: &str) -> WordId {
        let id = WordId(self.words.len() as u32);
        let definite = begins_with_article(spelled);
        self.words.push(Word { spelled: spelled.into(), start: ROOT, definite, inflects: false });
        self.push_form(folded, spelled, Shape { own: true, ..Shape::of(id, Inflection::NONE) });
        id
    }

    /// Adds the forms of a word that no ending tells.
    fn add_inflected(&mut self, word: WordId, spelled: &str) {
        let base = bare(spelled);
        if is_function_word(base) {
            return;
        }
        if base.len() < spelled.len() {
            self.add_form(base, Shape::of(word, Inflection::NONE));
        }
        if let Some(shortened) = text::shortened(base) {
            self.add_form(shortened, Shape::of(word, Inflection::SHORTENED));
        }
        if let Some(feminine) = text::irregular_feminine(base) {
            self.add_form(feminine, Shape::of(word, Inflection::FEMININE));
        }
        if let Some(masculine) = text::masculine(base) {
            self.add_form(masculine, Shape { place: Place::Later, ..Shape::of(word, Inflection::MASCULINE) });
        }
        for (form, inflection, alone) in self.numbers(base) {
            let place = if alone { Place::Anywhere } else { Place::Phrase };
            self.add_form(&form, Shape { place, ..Shape::of(word, inflection) });
        }
    }

    /// The listed plurals of a word and the singulars of a plural, each with whether it is one by itself too.
    fn numbers(&self, base: &str) -> Vec<(String, Inflection, bool)> {
        let by_rule = if self.nouns.known(fold(base).as_str()).plural { Vec::new() } else { text::singulars(base) };
        let by_rule = by_rule.into_iter().map(|Singular { spelled, alone }| (spelled, Inflection::SINGULAR, alone));
        // A comparative alone is no plural: أشهر is the most famous, and months only in أشهر عدة.
        let comparative = text::is_comparative(base);
        let listed = self.nouns.others(base).map(|(form, inflection)| match inflection {
            Inflection::SINGULAR => {
                let by_rule = base.strip_suffix("ات") == Some(form);
                (form.to_owned(), inflection, Singular::known(form).alone && !comparative && !by_rule)
            }
            _ => (form.to_owned(), inflection, true),
        });
        by_rule.chain(listed).collect()
    }

    fn add_form(&mut self, spelled: &str, shape: Shape) {
        self.push_form(fold(spelled).as_str(), spelled, shape);
    }

    fn push_form(&mut self, folded: &str, spelled: &str, shape: Shape) {
        let mut nature = Nature::of(spelled);
        let known = self.nouns.known(folded);
        nature.add(Nature::PERSONS.and(Nature::HEADS), known.persons);
        if shape.inflection == Inflection::PLURAL || known.plural {
            nature = nature.of_many();
        } else if known.singular {
            nature = nature.of_listed(spelled.starts_with('م') && !known.persons);
        }
        let id = FormId(self.forms.len() as u32);
        let next = self.first_forms.get_mut(folded).map(|first| std::mem::replace(first, id));
        if next.is_none() {
            self.first_forms.insert(folded.into(), id);
        }
        let Shape { word, own, inflection, place } = shape;
        self.forms.push(Form { word, own, inflection, nature, place, next });
    }
}

/// What a form is, before it is known which forms are folded alike.
#[derive(Clone, Copy)]
struct Shape {
    word: WordId,
    own: bool,
    inflection: Inflection,
    place: Place,
}

impl Shape {
    fn of(word: WordId, inflection: Inflection) -> Self {
        Self { word, own: false, inflection, place: Place::Anywhere }
    }
}

/// The Arabic wordings of a concept, forbidden ones too since a text may use them, and their forms added by hand.
fn wordings(concept: &Concept) -> impl Iterator<Item = (&Term, &str, ByHand)> {
    concept.arabic.iter().flat_map(|term| {
        let by_hand = if term.forms.is_empty() { ByHand::Nothing } else { ByHand::Forms };
        let forms = term.forms.iter().map(move |form| (term, &**form, ByHand::Itself));
        std::iter::once((term, &*term.text, by_hand)).chain(forms)
    })
}

/// Calls `each` with the words of a wording: what separates it from the one before, folded, and as it is spelled.
fn for_each_word(wording: &str, mut each: impl FnMut(&str, &str, &str)) {
    let folded = fold(wording);
    let (mut spelled, mut end) = (String::new(), None);
    for span in text::words(folded.as_str()) {
        spelled.clear();
        push_spelling(&wording[folded.to_source(span).range()], &mut spelled);
        let gap = end.map_or("", |end| &folded.as_str()[end..span.start]);
        each(gap, &folded.as_str()[span.range()], &spelled);
        end = Some(span.end);
    }
}

/// Whether what stands between two words is a comma, a dash or a slash, and blanks.
pub(super) fn is_pause(gap: &str) -> bool {
    let mut signs = gap.chars().filter(|c| *c != ' ');
    let sign = signs.next().is_some_and(|c| matches!(c, ',' | '،' | '-' | '‐'..='―' | '/' | '−'));
    sign && signs.next().is_none()
}

/// The word without its article.
fn bare(spelled: &str) -> &str {
    if begins_with_article(spelled) { &spelled[ARTICLE.len()..] } else { spelled }
}
