//! Which wordings the words of a text make, along a way through the trie.

use std::cmp::Reverse;

use super::Variation;
use super::guards;
use super::readings::{Doubt, Reading};
use super::trie::{ByHand, NodeId, Place, ROOT, Wording, is_pause};
use crate::domain::ConceptId;
use crate::text::{self, Folded, Inflection, Span, spelling};

/// A match that may not be the best one.
pub(super) struct Found<'a> {
    pub rank: Rank,
    /// Of equally good ones, the one taken in first comes first.
    pub order: i32,
    pub concept: &'a ConceptId,
    pub span: Span,
    pub clitic: Span,
    pub inflection: Inflection,
}

/// What makes one match better than another at the same place, the best least: more words, then less variation,
/// then less inflection, then fewer bytes of clitics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    /// The word after it.
    pub end: Reverse<usize>,
    pub variation: Variation,
    pub inflections: u32,
    pub clitic: usize,
}

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    /// Where it stands in the folded text.
    pub folded: Span,
    /// Where it stands in the text.
    pub written: Span,
    /// By which number it is known.
    pub number: u32,
}

/// A text and its words.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub source: &'a str,
    pub folded: &'a Folded<'a>,
    pub words: &'a [Word],
}

/// A way into the trie: the words read so far, and how they were read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path {
    pub node: NodeId,
    /// The word after the last one read.
    pub end: usize,
    /// Bytes of clitics on the first word.
    pub clitic: usize,
    pub verbatim: bool,
    pub doubt: Doubt,
    pub inflection: Inflection,
    /// Whether a word is definite in the text and not in the termbase, or the reverse.
    pub article: bool,
    /// The narrowest place that a reading needs.
    pub place: Place,
}

impl Path {
    pub(super) const START: Self = Self {
        node: ROOT,
        end: 0,
        clitic: 0,
        verbatim: true,
        doubt: Doubt::None,
        inflection: Inflection::NONE,
        article: false,
        place: Place::Anywhere,
    };

    pub(super) fn and(self, node: NodeId, reading: &Reading) -> Self {
        Self {
            node,
            end: self.end + 1,
            clitic: self.clitic + usize::from(reading.clitic),
            verbatim: self.verbatim && reading.verbatim,
            doubt: self.doubt.max(reading.doubt),
            inflection: self.inflection | reading.inflection,
            article: self.article || reading.article,
            place: self.place.max(reading.place),
        }
    }
}

impl<'a> Line<'a> {
    /// The letters of a word, folded.
    fn letters(self, index: usize) -> &'a str {
        &self.folded.as_str()[self.words[index].folded.range()]
    }

    /// Whether a term may go on from the word before `index` to the word at it: over blanks, brackets and
    /// quotes, over a hyphen, and over the full stop of an abbreviation. It goes on over a comma, a dash or a slash
    /// if it `pauses` there itself.
    pub(super) fn joins(self, index: usize, pauses: bool) -> bool {
        if index == self.words.len() {
            return false;
        }
        let gap = self.gap(index);
        if gap == " " {
            return true;
        }
        let stop = self.letters(index - 1).chars().nth(1).is_none().then_some('.');
        let open = |c| matches!(c, ' ' | '(' | ')' | '[' | ']' | '«' | '»' | '"' | '\'' | '‘'..='‟') || Some(c) == stop;
        matches!(gap, "-" | "‐" | "‑") || gap.chars().all(open) || (pauses && is_pause(gap))
    }

    /// The match of `wording` with the words from `first` along `path`, if its kind and spelling allow it.
    pub(super) fn matched(self, first: usize, path: Path, wording: &Wording) -> Option<Found<'_>> {
        let start = self.words[first].folded.start;
        let term = wording.inflects;
        let clitic = &self.folded.as_str()[start..start + path.clitic];
        let future = clitic.ends_with(text::FUTURE);
        if !term && (future || !path.verbatim) {
            return None;
        }
        // Whoever adds forms by hand adds the plural.
        if path.inflection.contains(Inflection::GUESSED) && wording.by_hand != ByHand::Nothing {
            return None;
        }
        let single = path.end == first + 1;
        // The particles of the future and of a question look too much like roots: أقاربه, أربعين.
        let as_it_is = future || clitic.starts_with(text::QUESTION);
        if (as_it_is && !path.inflection.is_empty()) || (single && path.place != Place::Anywhere) {
            return None;
        }
        let mut span = self.written(first, path.clitic, path.end);
        let written = span.of(self.source)?;
        let mut path = path;
        if wording.by_hand == ByHand::Itself {
            path.inflection |= Inflection::BY_HAND;
        }
        let same_letters = || *written == *wording.spelling || spelling(written).eq(wording.spelling.chars());
        let mut variation = path.variation(same_letters);
        if single && self.is_another_word(first, written, path, wording, variation) {
            return None;
        }
        // No word but one behind a particle begins like this (لله, للندن). A glossary can have it with its particle, and
        // then it is no better than the word without.
        if self.folded.as_str()[start + path.clitic..].starts_with("لل") {
            path.clitic += 'ل'.len_utf8();
            variation = variation.max(Variation::Proclitic);
            span = self.written(first, path.clitic, path.end);
        }
        let clitic = Span::new(self.words[first].written.start, span.start);
        let article = if path.article { Inflection::ARTICLE } else { Inflection::NONE };
        let inflection = path.inflection | article;
        let rank = Rank { end: Reverse(path.end), variation, inflections: inflection.count(), clitic: path.clitic };
        Some(Found { rank, order: wording.order, concept: &wording.concept, span, clitic, inflection })
    }

    /// Where the words from `first` to `end`, without so many bytes of clitics, stand in the text.
    fn written(self, first: usize, clitic: usize, end: usize) -> Span {
        let Word { folded, written, .. } = self.words[first];
        let start = match clitic {
            0 => written.start,
            _ => self.folded.to_source(Span::at(folded.start + clitic)).start,
        };
        Span::new(start, self.words[end - 1].written.end)
    }

    /// Whether the single word `at`, without clitics `written`, only looks like `wording`.
    fn is_another_word(self, at: usize, written: &str, path: Path, wording: &Wording, variation: Variation) -> bool {
        let last = text::last_letter(written);
        if !wording.inflects && guards::is_accusative(written) {
            return true;
        }
        if (!wording.inflects || variation >= Variation::Inflected) && self.follows_particle_of_verbs(at) {
            return true;
        }
        let preposition = match last {
            Some('ى') => path.doubt == Doubt::Grammar && !wording.inflects,
            Some('ي') if guards::is_preposition_in_yeh(&wording.spelling) => {
                self.is_set_phrase(at) || self.writes_yeh_for_maksura()
            }
            _ => false,
        };
        if preposition {
            return self.may_govern(at);
        }
        if variation == Variation::Exact {
            return false;
        }
        if wording.inflects || path.doubt == Doubt::Grammar {
            return path.doubt != Doubt::None;
        }
        let is_short = |letters: usize| letters < 4;
        let short = is_short(wording.spelling.chars().count()) || is_short(spelling(written).take(4).count());
        guards::is_another_name(last, short, wording, variation)
    }

    /// Whether the word before `at` is one that only verbs follow.
    fn follows_particle_of_verbs(self, at: usize) -> bool {
        at > 0 && self.gap(at) == " " && guards::is_before_verbs(self.letters(at - 1))
    }

    /// Whether what follows the word `at` is what stands after على in many phrases.
    fn is_set_phrase(self, at: usize) -> bool {
        at + 1 < self.words.len() && self.gap(at + 1) == " " && guards::follows_ala(self.letters(at + 1))
    }

    /// Whether this text writes ي for every ى at the end of words, so that a preposition looks like a name.
    fn writes_yeh_for_maksura(self) -> bool {
        let evident = |index: usize| {
            let written = &self.source[self.words[index].written.range()];
            guards::ends_in_maksura(self.letters(index)) && text::last_letter(written) == Some('ي')
        };
        (0..self.words.len()).any(evident)
    }

    /// Whether the preposition `at` can be one: what follows can belong to it, and nothing before it asks for a noun.
    fn may_govern(self, at: usize) -> bool {
        if at > 0 && self.gap(at) == " " && guards::is_before_nouns(self.letters(at - 1)) {
            return false;
        }
        at + 1 == self.words.len() || guards::may_govern(self.gap(at + 1), self.letters(at + 1))
    }

    /// What stands between the word `at` and the one before it.
    fn gap(self, at: usize) -> &'a str {
        &self.folded.as_str()[self.words[at - 1].folded.end..self.words[at].folded.start]
    }
}

impl Path {
    fn variation(&self, same_letters: impl FnOnce() -> bool) -> Variation {
        if self.inflection.is_hint() {
            Variation::Hint
        } else if !self.inflection.is_empty() {
            Variation::Inflected
        } else if self.article {
            Variation::Article
        } else if self.clitic > 0 {
            Variation::Proclitic
        } else if same_letters() {
            Variation::Exact
        } else {
            Variation::Folded
        }
    }
}
