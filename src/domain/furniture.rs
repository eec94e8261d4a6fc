//! The wordings of page furniture: menus, buttons, links to other articles.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::line::{folded_words, is_number};

/// The wordings of page furniture, compared by their folded words.
#[derive(Debug, Clone, Default)]
pub struct FurniturePhrases {
    /// A line made of nothing but these is furniture.
    whole: HashSet<Vec<String>>,
    /// A short line that starts with the first of these and ends with the second is furniture; by their first word.
    prefixes: HashMap<String, Vec<Ends>>,
    /// Words in the longest of `whole`.
    longest: usize,
}

/// The words that a line begins and ends with.
type Ends = (Vec<String>, Vec<String>);

impl FurniturePhrases {
    /// The list in `assets/furniture.txt`.
    pub fn arabic_news() -> &'static Self {
        static LIST: LazyLock<FurniturePhrases> =
            LazyLock::new(|| FurniturePhrases::parse(include_str!("../../assets/furniture.txt")));
        &LIST
    }

    /// Reads a list: a phrase a line, `#` starts a comment, `*` stands for any words.
    pub fn parse(list: &str) -> Self {
        let mut phrases = Self::default();
        for line in list.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            let words = |part| folded_words(part).into_iter().filter(|word| !is_number(word)).collect::<Vec<_>>();
            let (start, end) = line.split_once('*').map_or((line, None), |(start, end)| (start, Some(end)));
            let start = words(start);
            match end {
                _ if start.is_empty() => {}
                Some(end) => phrases.prefixes.entry(start[0].clone()).or_default().push((start, words(end))),
                None => {
                    phrases.longest = phrases.longest.max(start.len());
                    phrases.whole.insert(start);
                }
            }
        }
        phrases
    }

    /// How many phrases the list holds.
    pub fn len(&self) -> usize {
        self.whole.len() + self.prefixes.values().map(Vec::len).sum::<usize>()
    }

    /// Whether the list holds no phrase.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a line of these folded words is furniture by its wording; numbers do not count.
    pub(super) fn matches(&self, words: &[String]) -> bool {
        // Longer lines are text, whatever they start with; terms of use and the like run on, but their first words are
        // all the more their own.
        const LONGEST_LINE: usize = 25;
        const LONGEST_NOTICE: usize = 80;
        const FIRST_WORDS_OF_NOTICE: usize = 4;
        if words.len() > LONGEST_NOTICE {
            return false;
        }
        let words: Vec<String> = words.iter().filter(|word| !is_number(word)).cloned().collect();
        if words.is_empty() {
            return false;
        }
        let is_short = words.len() <= LONGEST_LINE;
        let begins = |rest: &[String]| {
            let of_line = |(start, _): &&(Vec<_>, _)| is_short || start.len() >= FIRST_WORDS_OF_NOTICE;
            let prefixes = rest.first().and_then(|word| self.prefixes.get(word)).into_iter().flatten();
            prefixes.filter(of_line).any(|(start, end)| rest.starts_with(start) && rest.ends_with(end))
        };
        begins(&words) || (is_short && self.fills(&words, begins))
    }

    /// Whether `words` is one whole phrase after another, taking the longest each time, the last of them perhaps the
    /// start of a line.
    fn fills(&self, words: &[String], begins: impl Fn(&[String]) -> bool) -> bool {
        let mut rest = words;
        while !rest.is_empty() && !begins(rest) {
            let longest = self.longest.min(rest.len());
            match (1..=longest).rev().find(|&length| self.whole.contains(&rest[..length])) {
                Some(length) => rest = &rest[length..],
                None => return false,
            }
        }
        true
    }
}
