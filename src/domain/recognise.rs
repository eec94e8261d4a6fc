//! Recognition: where a text speaks of the concepts of a termbase.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::{Concept, ConceptId, ConceptKind, Termbase};
use crate::text::{self, ARTICLE, Folded, Span, Split, fold, spelling};

/// A place in a text that speaks of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// What it speaks of.
    pub concept: ConceptId,
    /// The term as it stands in the text, without particles joined to its front.
    pub span: Span,
    /// The particles joined to its front, where there are any.
    pub clitic: Option<Span>,
    /// How the text differs from the termbase.
    pub variation: Variation,
}

/// How what is written differs from the wording in the termbase, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variation {
    /// The same letters. Vowel signs, tatweel and punctuation don't count.
    Exact,
    /// Another spelling of the same word: hamza, ى for ي, ه for ة.
    Folded,
    /// With particles joined to its front.
    Proclitic,
    /// A word of it has the article in one and not in the other.
    Article,
}

/// The Arabic wordings of a termbase as a trie of folded words. Never changes once built; share it freely.
#[derive(Debug, Default)]
pub struct Index {
    words: HashMap<Box<str>, WordId>,
    edges: HashMap<(NodeId, WordId), NodeId>,
    endings: HashMap<NodeId, Vec<Wording>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct WordId(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct NodeId(u32);

const ROOT: NodeId = NodeId(0);

#[derive(Debug)]
struct Wording {
    concept: ConceptId,
    kind: ConceptKind,
    spelling: Box<str>,
}

impl Index {
    /// Takes in every Arabic wording, forbidden ones too: the text may use them.
    pub fn new(termbase: &Termbase) -> Self {
        let mut index = Self::default();
        for concept in termbase.concepts() {
            index.insert(concept);
        }
        index.words.shrink_to_fit();
        index.edges.shrink_to_fit();
        index.endings.shrink_to_fit();
        index
    }

    fn insert(&mut self, concept: &Concept) {
        for term in &concept.arabic {
            let folded = fold(&term.text);
            let mut node = ROOT;
            for span in text::words(folded.as_str()) {
                let word = self.word(&folded.as_str()[span.range()]);
                let next = NodeId(self.edges.len() as u32 + 1);
                node = *self.edges.entry((node, word)).or_insert(next);
            }
            if node != ROOT {
                let wording = Wording {
                    concept: concept.id.clone(),
                    kind: concept.kind,
                    spelling: spelling(&term.text).collect::<String>().into(),
                };
                // Nearly every wording is one concept's alone.
                self.endings.entry(node).or_insert_with(|| Vec::with_capacity(1)).push(wording);
            }
        }
    }

    fn word(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.words.get(word) {
            return id;
        }
        let id = WordId(self.words.len() as u32);
        self.words.insert(word.into(), id);
        id
    }

    /// Finds the concepts of `text` from its start on: at each place the wording of most words, and of those
    /// the ones that differ least. Matches don't overlap, except that wordings which are equally good name the
    /// same span one after the other.
    pub fn recognise(&self, text: &str) -> Vec<Match> {
        let folded = fold(text);
        let words: Vec<Span> = text::words(folded.as_str()).collect();
        let line = Line { source: text, folded: &folded, words: &words };
        let mut matches = Vec::new();
        let mut at = 0;
        while at < words.len() {
            at = self.best_at(line, at, &mut matches).unwrap_or(at + 1);
        }
        matches
    }

    /// Adds the best matches that start with the word `first`; returns the word after them.
    fn best_at(&self, line: Line<'_>, first: usize, matches: &mut Vec<Match>) -> Option<usize> {
        let kept = matches.len();
        let mut best: Option<Rank> = None;
        let mut paths: Vec<Path> = first_readings(line.word(first))
            .filter_map(|reading| {
                let node = self.step(ROOT, &reading.key)?;
                Some(Path { node, end: first + 1, clitic: reading.clitic, variation: reading.variation })
            })
            .collect();
        while let Some(path) = paths.pop() {
            for wording in self.endings.get(&path.node).into_iter().flatten() {
                let Some(found) = line.matched(first, path, wording) else { continue };
                let rank = (Reverse(path.end), found.variation, path.clitic);
                if best.is_none_or(|best| rank < best) {
                    matches.truncate(kept);
                    best = Some(rank);
                }
                if best == Some(rank) && !matches[kept..].contains(&found) {
                    matches.push(found);
                }
            }
            if line.joins(path.end) {
                paths.extend(later_readings(line.word(path.end)).filter_map(|(key, variation)| {
                    let node = self.step(path.node, &key)?;
                    Some(Path { node, end: path.end + 1, variation: path.variation.max(variation), ..path })
                }));
            }
        }
        best.map(|(Reverse(end), ..)| end)
    }

    fn step(&self, node: NodeId, word: &str) -> Option<NodeId> {
        let word = *self.words.get(word)?;
        self.edges.get(&(node, word)).copied()
    }
}

/// What makes one match better than another at the same place, the best least: more words, then less variation,
/// then fewer bytes of clitics.
type Rank = (Reverse<usize>, Variation, usize);

/// A text and its words.
#[derive(Clone, Copy)]
struct Line<'a> {
    source: &'a str,
    folded: &'a Folded<'a>,
    words: &'a [Span],
}

/// A way into the trie: the words read so far, and how they were read.
#[derive(Clone, Copy)]
struct Path {
    node: NodeId,
    /// The word after the last one read.
    end: usize,
    /// Bytes of clitics on the first word.
    clitic: usize,
    variation: Variation,
}

impl<'a> Line<'a> {
    fn word(self, index: usize) -> &'a str {
        &self.folded.as_str()[self.words[index].range()]
    }

    /// Whether a term may go on from the word before `index` to the word at it: over blanks, brackets and
    /// quotes, over a hyphen, and over the full stop of an abbreviation.
    fn joins(self, index: usize) -> bool {
        let Some(next) = self.words.get(index) else { return false };
        let gap = &self.folded.as_str()[self.words[index - 1].end..next.start];
        let stop = self.word(index - 1).chars().nth(1).is_none().then_some('.');
        let open = |c| matches!(c, ' ' | '(' | ')' | '[' | ']' | '«' | '»' | '"' | '\'' | '‘'..='‟') || Some(c) == stop;
        matches!(gap, "-" | "‐" | "‑") || gap.chars().all(open)
    }

    /// The match of `wording` with the words from `first` along `path`, if its kind and spelling allow it.
    fn matched(self, first: usize, path: Path, wording: &Wording) -> Option<Match> {
        let start = self.words[first].start;
        let future = self.folded.as_str()[start..start + path.clitic].ends_with(text::FUTURE);
        if (future || path.variation == Variation::Article) && wording.kind != ConceptKind::Term {
            return None;
        }
        let span = self.folded.to_source(Span::new(start + path.clitic, self.words[path.end - 1].end));
        let clitic = Span::new(self.folded.to_source(Span::at(start)).start, span.start);
        let written: String = spelling(span.of(self.source)?).collect();
        let variation =
            if written == *wording.spelling { path.variation } else { path.variation.max(Variation::Folded) };
        let single = path.end == first + 1;
        if variation != Variation::Exact && single && is_another_word(&written, wording, variation) {
            return None;
        }
        let clitic = Some(clitic).filter(|clitic| !clitic.is_empty());
        Some(Match { concept: wording.concept.clone(), span, clitic, variation })
    }
}

/// Whether the word `written` only looks like `wording` because folding merges letters that tell words apart:
/// على and علي, كتابه (his book) and كتابة (writing). Writers who merge them are believed in long words and in
/// names that stand alone.
fn is_another_word(written: &str, wording: &Wording, variation: Variation) -> bool {
    if FUNCTION_WORDS.contains(&written) {
        return true;
    }
    let letters = written.chars().count().min(wording.spelling.chars().count());
    let name = wording.kind != ConceptKind::Term;
    if name && variation == Variation::Folded {
        return false;
    }
    match (written.chars().next_back(), wording.spelling.chars().next_back()) {
        (Some('ى'), Some('ي')) | (Some('ي'), Some('ى')) => letters < if name { 4 } else { 5 },
        (Some('ه'), Some('ة')) | (Some('ة'), Some('ه')) => !name || letters < 4,
        _ => false,
    }
}

/// Words of grammar that fold to the same letters as names and nouns do, as they are spelled.
#[rustfmt::skip]
const FUNCTION_WORDS: &[&str] = &[
    "على", "إلى", "الى", "أن", "إن", "ان", "أي", "أو", "او", "إذا", "اذا", "إذ", "إما", "أما", "لدى", "لدي", "حتى",
    "متى", "هي", "هى", "في", "فى", "ألا", "إلا", "الا", "أنا", "أين", "أم", "عليه", "إليه", "لديه", "فيه", "منه",
    "عنه", "له", "به",
];

/// A word as the trie might hold it.
struct Reading<'a> {
    key: Cow<'a, str>,
    clitic: usize,
    variation: Variation,
}

/// The ways to read the first word of a term: as it is, without clitics, with and without its article.
fn first_readings(word: &str) -> impl Iterator<Item = Reading<'_>> {
    let whole = Split { clitic: 0, stem: word.into() };
    std::iter::once(whole).chain(text::splits(word)).flat_map(|Split { clitic, stem }| {
        let variation = if clitic == 0 { Variation::Exact } else { Variation::Proclitic };
        let other = other_definiteness(&stem).map(|key| Reading { key, clitic, variation: Variation::Article });
        std::iter::once(Reading { key: stem, clitic, variation }).chain(other)
    })
}

/// The ways to read a later word of a term.
fn later_readings(word: &str) -> impl Iterator<Item = (Cow<'_, str>, Variation)> {
    let other = other_definiteness(word).map(|key| (key, Variation::Article));
    std::iter::once((Cow::Borrowed(word), Variation::Exact)).chain(other)
}

/// The word without its article, or with one where it has none; `None` for words too short to have one.
fn other_definiteness(word: &str) -> Option<Cow<'static, str>> {
    match word.strip_prefix(ARTICLE) {
        Some(bare) => has_letters(bare, 2).then(|| bare.to_owned().into()),
        None => has_letters(word, 3).then(|| format!("{ARTICLE}{word}").into()),
    }
}

fn has_letters(word: &str, least: usize) -> bool {
    word.chars().nth(least - 1).is_some()
}

#[cfg(test)]
mod tests {
    use ConceptKind::{Person, Place, Term as Noun};
    use Variation::{Article, Exact, Folded, Proclitic};

    use super::*;
    use crate::domain::{Term, TermStatus};

    fn index(wordings: &[(&str, ConceptKind)]) -> Index {
        let concept = |(number, &(text, kind)): (usize, &(&str, ConceptKind))| Concept {
            arabic: vec![Term::new(text, TermStatus::Preferred)],
            ..Concept::new(ConceptId::new(number.to_string()), kind)
        };
        Index::new(&wordings.iter().enumerate().map(concept).collect())
    }

    /// What is recognised of one wording: the clitic, the term and the variation of each match.
    fn check(kind: ConceptKind, wording: &str, text: &str, expected: &[(&str, &str, Variation)]) {
        let matches = index(&[(wording, kind)]).recognise(text);
        let clitic = |found: &Match| found.clitic.map_or("", |clitic| &text[clitic.range()]);
        let shown = |found: &Match| (clitic(found), &text[found.span.range()], found.variation);
        let found: Vec<_> = matches.iter().map(shown).collect();
        assert_eq!(found, expected, "{wording} in {text}");
    }

    #[test]
    fn a_name_is_found_however_it_is_spelled() {
        check(Place, "إدلب", "في إدلب، وفي ادلب.", &[("", "إدلب", Exact), ("", "ادلب", Folded)]);
        check(Place, "سوريا", "(ســوريَا)", &[("", "ســوريَا", Exact)]);
        check(Place, "بلنسية", "إلى ﺑﻠﻨﺴﻴﺔ", &[("", "ﺑﻠﻨﺴﻴﺔ", Exact)]);
        check(Person, "ناجي صبري", "ناجى صبرى", &[("", "ناجى صبرى", Folded)]);
    }

    #[test]
    fn a_name_is_found_behind_its_clitics() {
        check(Place, "واشنطن", "بواشنطن", &[("ب", "واشنطن", Proclitic)]);
        check(Place, "الولايات المتحدة", "وبالولايات المتحدة", &[("وب", "الولايات المتحدة", Proclitic)]);
        check(Place, "الكعبة", "للكعبة", &[("ل", "لكعبة", Proclitic)]);
        check(Place, "اللاذقية", "وللاذقية", &[("ول", "لاذقية", Proclitic)]);
        check(Person, "محمد السادس", "فَمحمد السادس", &[("فَ", "محمد السادس", Proclitic)]);
    }

    #[test]
    fn a_verb_is_found_behind_the_particle_of_the_future_and_a_name_is_not() {
        check(Noun, "يعلن", "وسيعلن", &[("وس", "يعلن", Proclitic)]);
        check(Place, "اليمن", "ساليمن", &[]);
    }

    #[test]
    fn words_that_only_look_like_a_name_are_not_it() {
        let cases = [
            ("علي", "على وعلى"),
            ("دينا", "لدينا"),
            ("راير", "فبراير"),
            ("ايل", "وسائل"),
            ("بري", "كبرى"),
            ("بيت", "البيت"),
        ];
        for (name, text) in cases {
            check(Person, name, text, &[]);
        }
        check(Person, "علي", "وعلي على", &[("و", "علي", Proclitic)]);
    }

    #[test]
    fn a_term_is_found_with_and_without_its_article() {
        check(Noun, "وزير", "الوزير", &[("", "الوزير", Article)]);
        check(Noun, "وزير", "للوزير", &[("ل", "لوزير", Article)]);
        check(Noun, "وزير النفط", "ووزير نفط", &[("و", "وزير نفط", Article)]);
        check(Noun, "كتابة", "كتابه", &[]);
        check(Noun, "أولي", "الأولى", &[]);
    }

    #[test]
    fn a_term_goes_on_over_brackets_but_not_over_a_comma() {
        check(Person, "نظام بشار الأسد", "نظام (بشار) الأسد", &[("", "نظام (بشار) الأسد", Exact)]);
        check(Place, "أبو ظبي", "أبو-ظبي أبو - ظبي", &[("", "أبو-ظبي", Exact)]);
        check(Place, "د ب أ", "(د.ب.أ)", &[("", "د.ب.أ", Exact)]);
        check(Place, "سوريا العراق", "سوريا، العراق\nسوريا\nالعراق", &[]);
    }

    #[test]
    fn the_longest_wording_wins_then_the_closest() {
        let index = index(&[
            ("مجلس", Noun),
            ("مجلس الأمن", Noun),
            ("الأمن", Noun),
            ("الاسد", Person),
            ("الأسد", Person),
            ("أسد", Noun),
        ]);
        let check = |text: &str, expected: &[&str]| {
            let found: Vec<String> = index.recognise(text).iter().map(|found| found.concept.to_string()).collect();
            assert_eq!(found, expected, "{text}");
        };
        check("مجلس الأمن", &["1"]);
        check("مجلس والأمن", &["0", "2"]);
        check("الأسد", &["4"]);
        check("للأسد", &["3", "4"]);
        check("أسد", &["5"]);
    }
}
