//! Words of texts with the ways to read them, so that a word which comes again need not be read again.

use std::collections::HashMap;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use super::line::Path;
use super::readings::{self, Reading, Written};
use super::trie::{Place, ROOT, Trie};

/// What is known of words as they are written, each by a number.
#[derive(Debug, Default)]
pub(super) struct Known {
    numbers: HashMap<Box<str>, u32, FxBuildHasher>,
    words: Vec<Word>,
    first: Vec<Path>,
    later: Vec<Reading>,
    /// The readings without clitics of the word that is new.
    split: Vec<Reading>,
    /// Whether broken plurals are guessed.
    guesses: bool,
}

/// The ways to read a word as the first of a term and as a later one.
#[derive(Debug)]
struct Word {
    first: Range<u32>,
    later: Range<u32>,
}

/// More words are not remembered from one text to the next.
const MOST: usize = 50_000;

impl Known {
    /// Nothing is known yet. `guesses` says whether words are read as broken plurals that nobody has listed.
    pub(super) fn new(guesses: bool) -> Self {
        Self { guesses, ..Self::default() }
    }

    /// Forgets all numbers when there are too many.
    pub(super) fn forget_if_many(&mut self) {
        if self.words.len() > MOST {
            *self = Self::new(self.guesses);
        }
    }

    /// The number of a word, which is read if it is new.
    pub(super) fn number(&mut self, trie: &Trie, word: Written<'_>) -> u32 {
        let written = word.written();
        if let Some(number) = self.numbers.get(written) {
            return *number;
        }
        let (first, later) = (self.first.len() as u32, self.later.len() as u32);
        readings::whole(trie, word, &mut self.later);
        readings::without_clitics(trie, word, &mut self.split);
        if self.guesses {
            readings::guessed(trie, word, &mut self.split);
            self.later.extend(self.split.iter().filter(|reading| reading.is_guess() && reading.clitic == 0));
        }
        let whole = self.later[later as usize..].iter().copied().filter(|reading| !reading.is_guess());
        for reading in whole.chain(self.split.drain(..)).filter(|reading| reading.place != Place::Later) {
            let start = trie.start(reading.word);
            if start != ROOT {
                self.first.push(Path::START.and(start, &reading));
            }
        }
        let number = self.words.len() as u32;
        self.words.push(Word { first: first..self.first.len() as u32, later: later..self.later.len() as u32 });
        self.numbers.insert(written.into(), number);
        number
    }

    /// The ways into the trie by a word, as if it were the first of its text.
    pub(super) fn first(&self, number: u32) -> &[Path] {
        let Range { start, end } = self.words[number as usize].first;
        &self.first[start as usize..end as usize]
    }

    /// The ways to read a word as a later one of a term.
    pub(super) fn later(&self, number: u32) -> &[Reading] {
        let Range { start, end } = self.words[number as usize].later;
        &self.later[start as usize..end as usize]
    }
}
