//! The wordings of page furniture: menus, buttons, links to other articles.

use std::collections::HashSet;

use super::line::{folded_words, is_number};

/// The wordings of page furniture, compared by their folded words.
#[derive(Debug, Clone, Default)]
pub struct FurniturePhrases {
    /// A line made of nothing but these is furniture.
    whole: HashSet<Vec<String>>,
    /// A short line that starts with one of these is furniture.
    prefixes: Vec<Vec<String>>,
    /// Words in the longest of `whole`.
    longest: usize,
}

impl FurniturePhrases {
    /// The list in `assets/furniture.txt`.
    pub fn arabic_news() -> Self {
        Self::parse(include_str!("../../assets/furniture.txt"))
    }

    /// Reads a list: a phrase a line, `#` starts a comment, a final `*` marks the start of a line.
    pub fn parse(list: &str) -> Self {
        let mut phrases = Self::default();
        for line in list.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            let words: Vec<String> = folded_words(line).into_iter().filter(|word| !is_number(word)).collect();
            if words.is_empty() {
                continue;
            }
            if line.ends_with('*') {
                phrases.prefixes.push(words);
            } else {
                phrases.longest = phrases.longest.max(words.len());
                phrases.whole.insert(words);
            }
        }
        phrases
    }

    /// How many phrases the list holds.
    pub fn len(&self) -> usize {
        self.whole.len() + self.prefixes.len()
    }

    /// Whether the list holds no phrase.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a line of these folded words is furniture by its wording; numbers do not count.
    pub(super) fn matches(&self, words: &[String]) -> bool {
        // Longer lines are text, whatever they start with.
        const LONGEST_LINE: usize = 25;
        if words.len() > LONGEST_LINE {
            return false;
        }
        let words: Vec<String> = words.iter().filter(|word| !is_number(word)).cloned().collect();
        if words.is_empty() {
            return false;
        }
        self.prefixes.iter().any(|prefix| words.starts_with(prefix)) || self.fills(&words)
    }

    /// Whether `words` is one whole phrase after another, taking the longest each time.
    fn fills(&self, words: &[String]) -> bool {
        let mut rest = words;
        while !rest.is_empty() {
            let longest = self.longest.min(rest.len());
            match (1..=longest).rev().find(|&length| self.whole.contains(&rest[..length])) {
                Some(length) => rest = &rest[length..],
                None => return false,
            }
        }
        true
    }
}
