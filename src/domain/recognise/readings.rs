//! The ways to read a word of a text as a word of the termbase.

use std::borrow::Cow;

use super::guards::{LONGEST_OF_GRAMMAR, ends_unlike, is_function_word, is_independent};
use super::trie::{Form, Place, Trie, WordId};
use crate::text::{self, ARTICLE, Folded, Inflection, Nature, Plural, Span, Split, spelling};

/// A word of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    pub source: &'a str,
    pub folded: &'a Folded<'a>,
    /// Where it stands in the folded text.
    pub span: Span,
    /// Where it stands in the text.
    pub at: Span,
}

/// A word of a text as a word of the termbase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    pub word: WordId,
    /// Bytes of clitics before it.
    pub clitic: u8,
    /// Whether it is written as the termbase has it; names are not read in another way.
    pub verbatim: bool,
    /// Whether it has an article here and none in the termbase, or the reverse. A pronoun stands for an article.
    pub article: bool,
    /// How it differs from the word of the termbase, the article aside.
    pub inflection: Inflection,
    pub doubt: Doubt,
    /// Where it can be read so.
    pub place: Place,
}

impl Reading {
    pub(super) fn is_guess(&self) -> bool {
        self.inflection.contains(Inflection::GUESSED)
    }
}

/// Whether a word is another one than its folded letters say, the least doubt first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    None,
    /// It is a word of its own by how it is spelled, if writers can be believed.
    Unlike,
    /// It is one of grammar.
    Grammar,
}

/// Adds the ways to read a word as it is.
pub(super) fn whole(trie: &Trie, word: Written<'_>, readings: &mut Vec<Reading>) {
    stem(trie, word, &Split::whole(word.letters()), word.last(), readings);
}

/// Adds the ways to read a word without clitics, as the first of a term can be.
pub(super) fn without_clitics(trie: &Trie, word: Written<'_>, readings: &mut Vec<Reading>) {
    let asks = word.alef(word.span.start) == Nature::HAMZA_ABOVE;
    let ends = word.last();
    for split in text::splits(word.letters(), asks) {
        stem(trie, word, &split, ends, readings);
    }
}

/// Adds the ways to read a word as a broken plural that nobody has listed, by its pattern alone.
pub(super) fn guessed(trie: &Trie, word: Written<'_>, readings: &mut Vec<Reading>) {
    let letters = word.letters();
    for split in std::iter::once(Split::whole(letters)).chain(text::splits(letters, false)) {
        guess(trie, word, &split, readings);
    }
}

fn guess(trie: &Trie, written: Written<'_>, split: &Split<'_>, readings: &mut Vec<Reading>) {
    let (body, definite) = written.body(split);
    let is_known = |word: &str| trie.is_term(word) || trie.knows_noun(word) || is_independent(word);
    // No broken plural begins with إ.
    let other = split.doubtful || written.initial(split) == Nature::HAMZA_BELOW || written.is_of_grammar(split);
    if other || body.chars().nth(2).is_none() || is_known(&split.stem) || is_known(body) {
        return;
    }
    let last = written.last();
    let mut add = |noun: &str, written: Plural, inflection: Inflection| {
        for singular in text::guessed_singulars(noun, written) {
            for form in trie.forms(&singular).filter(|form| form.may_have_unlisted_plural()) {
                // A pronoun stands for an article.
                let article = inflection.is_empty() && written.definite != trie.is_definite(form.word);
                let inflection = inflection | Inflection::GUESSED;
                let (word, place, clitic) = (form.word, form.place, split.clitic as u8);
                readings.push(Reading {
                    word,
                    clitic,
                    verbatim: false,
                    article,
                    inflection,
                    doubt: Doubt::None,
                    place,
                });
            }
        }
    };
    add(body, Plural { definite, last }, Inflection::NONE);
    if definite || last == Some('ة') {
        return;
    }
    for noun in text::without_pronoun(body) {
        let opened = noun.strip_suffix('ت').map(|noun| format!("{noun}ه"));
        for noun in [Some(noun), opened.as_deref()].into_iter().flatten().filter(|noun| !is_known(noun)) {
            add(noun, Plural { definite: true, last: None }, Inflection::PRONOUN);
        }
    }
}

fn stem(trie: &Trie, written: Written<'_>, split: &Split<'_>, ends: Option<char>, readings: &mut Vec<Reading>) {
    let stem = &*split.stem;
    // Most stems are no words of the termbase.
    let mut spelled = None;
    let least = if split.doubtful { Place::Phrase } else { Place::Anywhere };
    let mut add = |form: &Form, definite: bool, bare: bool, inflection: Inflection| {
        let own = form.own && !bare;
        let definite = definite || (own && trie.is_definite(form.word));
        let spelled = spelled.get_or_insert_with(|| Spelled::of(written, split, ends));
        let doubt = spelled.doubt(form, definite, inflection);
        let inflection = plain(form.inflection | inflection);
        let (word, place, clitic) = (form.word, form.place.max(least), split.clitic as u8);
        let article = definite != trie.is_definite(form.word);
        readings.push(Reading { word, clitic, verbatim: own, article, inflection, doubt, place });
    };
    for form in trie.forms(stem) {
        add(form, false, false, Inflection::NONE);
    }
    let (body, definite) = written.body(split);
    if body.chars().nth(1).is_none() {
        return;
    }
    if definite {
        for form in trie.forms(body) {
            add(form, true, true, Inflection::NONE);
        }
    }
    let mut key = String::with_capacity(32);
    for stem in text::stems(body, definite, ends == Some('ة')) {
        key.clear();
        key.push_str(stem.rest);
        key.push_str(stem.restores);
        for form in trie.forms(&key).filter(|form| stem.suits(form.nature) && !is_independent(body)) {
            // A pronoun makes definite without an article.
            let owned = stem.inflection.contains(Inflection::PRONOUN) && trie.is_definite(form.word);
            add(form, definite || owned, true, stem.inflection);
        }
    }
}

/// The inflection of a form of a form: the plural of the singular of a plural is no change.
fn plain(inflection: Inflection) -> Inflection {
    let number = Inflection::PLURAL | Inflection::DUAL;
    if inflection.contains(Inflection::SINGULAR) && inflection.intersects(number) {
        return inflection.without(Inflection::SINGULAR);
    }
    inflection
}

/// How a word begins and ends before it is folded.
struct Spelled {
    initial: Nature,
    ends: Option<char>,
    grammar: bool,
}

impl Spelled {
    fn of(word: Written<'_>, split: &Split<'_>, ends: Option<char>) -> Self {
        Self { initial: word.initial(split), ends, grammar: word.is_of_grammar(split) }
    }

    fn doubt(&self, form: &Form, definite: bool, inflection: Inflection) -> Doubt {
        let ends = inflection.is_empty() && self.ends.is_some_and(|last| ends_unlike(last, form.nature, definite));
        match self.grammar {
            true => Doubt::Grammar,
            false if ends || form.nature.begins_unlike(self.initial) => Doubt::Unlike,
            false => Doubt::None,
        }
    }
}

impl<'a> Written<'a> {
    /// The word as it is written, with its vowel signs.
    pub(super) fn written(self) -> &'a str {
        &self.source[self.at.range()]
    }

    pub(super) fn letters(self) -> &'a str {
        &self.folded.as_str()[self.span.range()]
    }

    /// The last letter as it is spelled, where folding merges it with another.
    fn last(self) -> Option<char> {
        let folded = self.letters().chars().next_back().filter(|last| matches!(last, 'ه' | 'ي'))?;
        let span = Span::new(self.span.end - folded.len_utf8(), self.span.end);
        text::last_letter(self.folded.to_source(span).of(self.source)?)
    }

    /// Whether a stem, as it is spelled, is a word of grammar.
    fn is_of_grammar(self, split: &Split<'_>) -> bool {
        // What a particle has swallowed letters of is a noun.
        let Cow::Borrowed(stem) = split.stem else { return false };
        if stem.len() > LONGEST_OF_GRAMMAR {
            return false;
        }
        let span = Span::new(self.span.start + split.clitic, self.span.end);
        let written = self.folded.to_source(span).of(self.source);
        written.is_some_and(|written| is_function_word(&spelling(written).collect::<String>()))
    }

    /// A stem without its article, and whether it has one.
    fn body<'s>(self, split: &'s Split<'_>) -> (&'s str, bool) {
        match split.stem.strip_prefix(ARTICLE).filter(|_| !self.begins_with_hamza(split)) {
            Some(body) => (body, true),
            None => (&split.stem, false),
        }
    }

    /// Whether the first letter of a stem is an alef with a hamza, which no article has.
    fn begins_with_hamza(self, split: &Split<'_>) -> bool {
        self.alef(self.span.start + split.clitic) != Nature::initial(None)
    }

    /// How the letter after the clitics and the article is spelled.
    fn initial(self, split: &Split<'_>) -> Nature {
        let stem = self.span.start + split.clitic;
        let article = self.folded.as_str()[stem..self.span.end].starts_with(ARTICLE) && !self.begins_with_hamza(split);
        self.alef(if article { stem + ARTICLE.len() } else { stem })
    }

    /// What the alef at a byte of the folded text carries.
    fn alef(self, start: usize) -> Nature {
        let Some(letter) = self.folded.as_str()[start..].chars().next().filter(|letter| *letter == 'ا') else {
            return Nature::initial(None);
        };
        let span = Span::new(start, start + letter.len_utf8());
        Nature::initial(self.folded.to_source(span).of(self.source).and_then(|letter| spelling(letter).next()))
    }
}
