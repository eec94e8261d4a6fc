//! The headline: which block it is, and what it is called where no block shows it.

use super::facts::Fact;
use super::{About, Element, Page};
use crate::domain::line::folded_words;

/// A headline that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Headline {
    /// The block that shows it.
    pub(super) block: Option<usize>,
    /// Its text.
    pub(super) text: String,
    /// Whether what the page tells of itself says so too.
    pub(super) confirmed: bool,
}

/// Finds the headline of the text that begins with the block `start`.
pub(super) fn find(page: &Page, facts: &[Fact], start: usize) -> Option<Headline> {
    /// So many blocks may stand between a headline that no element marks and the text.
    const NEAR: usize = 4;
    let titles: Vec<Vec<String>> = page.about.titles.iter().map(|title| folded_words(title)).collect();
    let shown =
        |block: usize, confirmed| Headline { block: Some(block), text: page.blocks[block].text.clone(), confirmed };
    let best = (0..facts.len())
        .filter(|&index| facts[index].words >= 2 && facts[index].words <= 60)
        .map(|index| (score(&facts[index], index, start, &titles), index))
        .filter(|(score, _)| *score > 0)
        .max_by_key(|(score, index)| (*score, std::cmp::Reverse(index.abs_diff(start))));
    if let Some((_, block)) = best {
        return Some(shown(block, true));
    }
    let is_heading = |index: &usize, level: u8| {
        let fact = &facts[*index];
        matches!(fact.element, Element::Heading(its) if its <= level)
            && !fact.phrase
            && !fact.is_linked()
            && fact.words >= 2
            && !fact.is_outside()
    };
    let nearest = |level| (0..start).rev().find(|index| is_heading(index, level));
    if let Some(block) = nearest(1).or_else(|| nearest(2)).or_else(|| nearest(3)) {
        return Some(shown(block, false));
    }
    let is_bold = |index: &usize| {
        let fact = &facts[*index];
        fact.bold && fact.words >= 3 && !fact.runs && !fact.phrase && !fact.is_linked() && !fact.is_outside()
    };
    if let Some(block) = (start.saturating_sub(NEAR)..start).find(is_bold) {
        return Some(shown(block, false));
    }
    let text = page.about.titles.first().map(|title| without_site(title, &page.about))?;
    (folded_words(&text).len() >= 3).then_some(Headline { block: None, text, confirmed: false })
}

/// Whether a block of some length shows what the page gives as its title.
pub(super) fn is_confirmed(page: &Page, facts: &[Fact]) -> bool {
    let titles: Vec<Vec<String>> = page.about.titles.iter().map(|title| folded_words(title)).collect();
    let shows = |fact: &Fact| fact.words >= 4 && titles.iter().any(|title| coverage(&fact.line.words, title) > 0);
    facts.iter().any(|fact| matches!(fact.element, Element::Heading(_)) && !fact.is_linked() && shows(fact))
}

/// How much speaks for a block: that the page gives it as its title, that it is a heading of a high level, that it stands
/// before the text. Zero where it is not the title.
fn score(fact: &Fact, index: usize, start: usize, titles: &[Vec<String>]) -> usize {
    let covered = titles.iter().map(|title| coverage(&fact.line.words, title)).max().unwrap_or(0);
    if covered == 0 {
        return 0;
    }
    let level = match fact.element {
        Element::Heading(level) => 30 - 5 * usize::from(level),
        _ => 0,
    };
    let place = if index < start { 20 } else { 0 };
    let free = if fact.is_linked() || fact.is_outside() { 0 } else { 20 };
    covered + level + place + free
}

/// How much of a title, in percent, a block's words are; zero unless they are the most of it. Either may be cut short at
/// its end, and the title may have the site's name at either end.
fn coverage(block: &[String], title: &[String]) -> usize {
    if block.len() < 2 || title.is_empty() {
        return 0;
    }
    let inside = title.len() >= block.len() && title.windows(block.len()).any(|window| window == block);
    let common = block.iter().zip(title).take_while(|(left, right)| left == right).count();
    let share = 100 * block.len().min(title.len()) / title.len();
    if inside && (share >= 40 || block.len() >= 5) {
        share
    } else if common >= 4 && common * 10 >= block.len().min(title.len()) * 7 {
        share.saturating_sub(20).max(1)
    } else {
        0
    }
}

/// The title of a page without the site's name at either end.
pub(super) fn without_site(title: &str, about: &About) -> String {
    const SEPARATORS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", "|"];
    let mut title = title.trim();
    let site = about.site.as_deref().map(folded_words).unwrap_or_default();
    while let Some((before, after)) = SEPARATORS.iter().find_map(|separator| title.rsplit_once(separator)) {
        let (before, after) = (before.trim(), after.trim());
        let (first, last) = (folded_words(before), folded_words(after));
        let is_site = |words: &[String]| {
            !site.is_empty() && (words == site || words.starts_with(&site) || site.starts_with(words))
        };
        if is_site(&last) || (!is_site(&first) && last.len() <= 5 && last.len() < first.len()) {
            title = before;
        } else if is_site(&first) || (first.len() <= 3 && first.len() < last.len()) {
            title = after;
        } else {
            break;
        }
    }
    title.to_owned()
}
