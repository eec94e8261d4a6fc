//! Sentences by rules, as the Segmentation Rules eXchange standard has them (SRX 2.0, LISA 2008).
//!
//! A rule has two patterns. It applies at a place between two characters when one of them matches text that ends
//! there and the other matches text that starts there; the first rule that applies says whether a sentence ends.
//! Text after the place is matched from it onwards. Text before it is matched backwards, by the reversed pattern
//! on the reversed text: so every place is decided exactly, in time that no pattern can blow up.

mod pattern;

use regex_automata::meta::{BuildError, Regex};
use regex_automata::{Anchored, Input, MatchKind, PatternID, PatternSet};
use regex_syntax::hir::Hir;

use super::{Span, is_invisible};
pub use pattern::{LanguagePattern, PatternError};

/// How far a pattern sees, in bytes to either side of the place.
const SIGHT: usize = 512;

/// The most memory for the automata of one direction, in bytes.
const MOST_MEMORY: usize = 32 << 20;

/// Where a sentence ends, or where it does not although a later rule says so.
#[derive(Debug, Clone)]
pub struct BreakRule {
    breaks: bool,
    /// Matches what stands before the place, from there backwards.
    before: Hir,
    after: Hir,
}

impl BreakRule {
    /// A rule of two ICU patterns; an empty one matches anywhere.
    pub fn new(breaks: bool, before: &str, after: &str) -> Result<Self, PatternError> {
        Ok(Self { breaks, before: pattern::reversed(&pattern::parse(before)?), after: pattern::parse(after)? })
    }
}

/// The rules of one language, ready to be applied.
#[derive(Debug)]
pub struct SegmentationRules {
    breaks: RuleSet,
    exceptions: RuleSet,
}

impl SegmentationRules {
    /// Rules in order: where several apply, the first one decides. Fails where they are too many or too large.
    pub fn new(rules: &[&BreakRule]) -> Result<Self, PatternError> {
        let of = |breaks: bool| {
            let ranked: Vec<(usize, &BreakRule)> =
                rules.iter().copied().enumerate().filter(|(_, rule)| rule.breaks == breaks).collect();
            RuleSet::new(&ranked).map_err(|_| PatternError::TooLarge)
        };
        Ok(Self { breaks: of(true)?, exceptions: of(false)? })
    }

    /// The sentences of a text, which follow one another without a gap. Whitespace between two of them ends the
    /// first, and none consists of whitespace alone unless the text does.
    pub fn sentences(&self, text: &str) -> Vec<Span> {
        let view = View::new(text);
        let mut sentences = Vec::new();
        let mut start = 0;
        for (at, _) in text.char_indices() {
            if at > start && self.ends_sentence(&view, at) && !is_blank(&text[start..at]) {
                let end = text.len() - text[at..].trim_start().len();
                if is_blank(&text[end..]) {
                    break;
                }
                sentences.push(Span::new(start, end));
                start = end;
            }
        }
        if start < text.len() {
            sentences.push(Span::new(start, text.len()));
        }
        sentences
    }

    /// The sentences of a text, long ones broken further where `clauses` allow it: every part then has at least
    /// `shortest` characters.
    pub fn short_sentences(&self, text: &str, clauses: &Self, shortest: usize) -> Vec<Span> {
        let is_long = |part: &str| part.chars().nth(shortest.saturating_sub(1)).is_some();
        let mut parts = Vec::new();
        for sentence in self.sentences(text) {
            let mut start = sentence.start;
            for clause in clauses.sentences(&text[sentence.range()]) {
                let end = sentence.start + clause.end;
                if end == sentence.end || (is_long(text[start..end].trim()) && is_long(text[end..sentence.end].trim()))
                {
                    parts.push(Span::new(start, end));
                    start = end;
                }
            }
        }
        parts
    }

    fn ends_sentence(&self, view: &View, at: usize) -> bool {
        let Some(rank) = self.breaks.first(view, at) else { return false };
        self.exceptions.first(view, at).is_none_or(|exception| rank < exception)
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// A text and the same characters in reversed order.
struct View<'t> {
    text: &'t str,
    backwards: String,
}

impl<'t> View<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, backwards: text.chars().rev().collect() }
    }
}

/// Rules that say the same, matched all at once.
#[derive(Debug)]
struct RuleSet {
    before: Regex,
    after: Regex,
    /// The place of each rule among all.
    ranks: Vec<usize>,
}

impl RuleSet {
    fn new(rules: &[(usize, &BreakRule)]) -> Result<Self, Box<BuildError>> {
        let all = |side: fn(&BreakRule) -> &Hir| {
            let patterns: Vec<&Hir> = rules.iter().map(|(_, rule)| side(rule)).collect();
            let config = Regex::config().match_kind(MatchKind::All).nfa_size_limit(Some(MOST_MEMORY)).onepass(false);
            Regex::builder().configure(config).build_many_from_hir(&patterns).map_err(Box::new)
        };
        let ranks = rules.iter().map(|(rank, _)| *rank).collect();
        Ok(Self { before: all(|rule| &rule.before)?, after: all(|rule| &rule.after)?, ranks })
    }

    /// The rank of the first rule that applies at a place.
    fn first(&self, view: &View, at: usize) -> Option<usize> {
        let back = view.text.len() - at;
        let before = matching(&self.before, &view.backwards, back)?;
        let after = matching(&self.after, view.text, at)?;
        let applies = |rule: &PatternID| {
            after.contains(*rule)
                && matches_at(&self.before, &view.backwards, back, *rule)
                && matches_at(&self.after, view.text, at, *rule)
        };
        before.iter().find(applies).map(|rule| self.ranks[rule.as_usize()])
    }
}

/// The patterns that may match text starting at `at`, or `None` where none does: all that match, and a few that match
/// further on, where word borders among letters beyond ASCII keep the fast automaton from deciding.
fn matching(patterns: &Regex, text: &str, at: usize) -> Option<PatternSet> {
    let mut found = PatternSet::new(patterns.pattern_len());
    patterns.which_overlapping_matches(&sight(text, at).anchored(Anchored::Yes), &mut found);
    (!found.is_empty()).then_some(found)
}

/// Whether one of the patterns matches text starting at `at`.
fn matches_at(patterns: &Regex, text: &str, at: usize, pattern: PatternID) -> bool {
    patterns.search_half(&sight(text, at).anchored(Anchored::Pattern(pattern)).earliest(true)).is_some()
}

/// What can be seen of a text from `at` onwards.
fn sight(text: &str, at: usize) -> Input<'_> {
    Input::new(text).span(at..text.floor_char_boundary(at.saturating_add(SIGHT)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(rules: &[(bool, &str, &str)]) -> SegmentationRules {
        let rules: Vec<BreakRule> =
            rules.iter().map(|(breaks, before, after)| BreakRule::new(*breaks, before, after).unwrap()).collect();
        SegmentationRules::new(&rules.iter().collect::<Vec<_>>()).unwrap()
    }

    /// `|` stands between two sentences.
    #[track_caller]
    fn check(rules: &SegmentationRules, expected: &str) {
        let text = expected.replace('|', "");
        let parts: Vec<&str> = rules.sentences(&text).iter().map(|span| &text[span.range()]).collect();
        assert_eq!(parts.join("|"), expected);
    }

    #[test]
    fn the_first_rule_that_applies_decides() {
        let exception_first = rules(&[(false, r"\bMr\.", r"\s"), (true, r"[.?!]+", r"\s")]);
        check(&exception_first, "Mr. Blair came. |He left? |Yes!");
        let exception_last = rules(&[(true, r"[.?!]+", r"\s"), (false, r"\bMr\.", r"\s")]);
        check(&exception_last, "Mr. |Blair came. |He left.");
    }

    #[test]
    fn patterns_see_what_stands_around_the_place() {
        check(&rules(&[(true, r"\.", r"\s+\p{Lu}")]), "One. |Two. three");
        check(&rules(&[(false, r"^\s*\d+\.\s", ""), (true, r"\.\s", "")]), " 1. Title. |2. |Text");
        // Two matches of one rule overlap, and both count.
        check(&rules(&[(true, r"\.\w\.", "")]), "a.b.|c.|d");
        // A word of Arabic has borders too.
        check(&rules(&[(false, r"\bد\.", ""), (true, r"\.", "")]), "قال د. أحمد للجدد. |ثم عاد.");
        check(&rules(&[(false, r"\bد\.+", ""), (true, "؟", "")]), "عاد د.؟ |ثم؟ |نعم.");
    }

    #[test]
    fn whitespace_ends_a_sentence_and_makes_none() {
        let rules = rules(&[(true, r"[.?!]", r"\s|$"), (true, "", r"\n")]);
        check(&rules, "");
        check(&rules, "  ");
        check(&rules, "  One.\u{a0} \n|Two. \u{200f}");
        check(&rules, "\nOne\n\n|Two\n");
    }

    #[test]
    fn no_rules_make_no_breaks() {
        check(&rules(&[]), "One. Two.");
        check(&rules(&[(false, "", "")]), "One. Two.");
    }

    #[test]
    fn long_sentences_are_broken_at_clauses_when_asked() {
        let sentences = rules(&[(true, r"\.", r"\s")]);
        let clauses = rules(&[(true, "،", r"\sو")]);
        let text = "قال الوزير ذلك، وخرج، وذهب إلى المدينة ثم عاد إليها، وانتهى. قصيرة، وتمت.";
        let parts = |shortest| -> Vec<&str> {
            sentences.short_sentences(text, &clauses, shortest).iter().map(|span| &text[span.range()]).collect()
        };
        assert_eq!(parts(15), ["قال الوزير ذلك، ", "وخرج، وذهب إلى المدينة ثم عاد إليها، وانتهى. ", "قصيرة، وتمت."]);
        assert_eq!(parts(100).len(), 2);
    }

    #[test]
    fn patterns_that_backtracking_cannot_bear_take_no_time() {
        let start = std::time::Instant::now();
        let text = "a".repeat(2_000) + "ب";
        let hostile =
            rules(&[(false, r"\b(a|a|aa)*c", r"(a*)*b"), (true, r"(x+x+)+y|(.*)*z\b", r"((a?){30}a{30})*\b")]);
        assert_eq!(hostile.sentences(&text).len(), 1);
        assert!(start.elapsed().as_secs() < 2, "{:?}", start.elapsed());
    }
}
