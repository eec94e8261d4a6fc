//! Cards: titles with or without a few words beneath, one like the other, that lead to articles.

use super::facts::Fact;
use super::{Element, Page, head};

/// Words beneath a title that still only promise an article.
const LONGEST_TEASER: usize = 90;
/// Where the page does not say that it is an article, the first paragraphs of others can stand on it in full.
const LONGEST_OPENING: usize = 250;

/// For each block, whether it belongs to a card of a row of them.
pub(super) fn find(page: &Page, facts: &[Fact]) -> Vec<bool> {
    let mut found = vec![false; facts.len()];
    let is_article = page.about.is_article && head::is_confirmed(page, facts);
    mark_rows(page, facts, is_article, &mut found);
    // What says that it is an article may have a link after each of its paragraphs.
    if !is_article {
        mark_lists_in_one(page, facts, &mut found);
    }
    found
}

/// Marks containers beside each other that are each a card.
fn mark_rows(page: &Page, facts: &[Fact], is_article: bool, found: &mut [bool]) {
    const FEWEST: usize = 3;
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); page.containers.len()];
    for (index, container) in page.containers.iter().enumerate().skip(1) {
        if container.first < container.end {
            rows[container.parent].push(index);
        }
    }
    for row in rows.iter().filter(|row| row.len() >= FEWEST) {
        let cards: Vec<usize> = row.iter().copied().filter(|&index| is_card(page, facts, is_article, index)).collect();
        if cards.len() >= FEWEST && cards.len() * 2 >= row.len() {
            for card in cards {
                let card = &page.containers[card];
                found[card.first..card.end].fill(true);
            }
        }
    }
}

fn is_card(page: &Page, facts: &[Fact], is_article: bool, container: usize) -> bool {
    let container = &page.containers[container];
    if matches!(container.element, Element::Paragraph | Element::Heading(_)) {
        return false;
    }
    let blocks = &facts[container.first..container.end];
    let words: usize = blocks.iter().filter(|fact| !fact.is_linked()).map(|fact| fact.words).sum();
    let texts = blocks.iter().filter(|fact| fact.runs).count();
    let (longest, most) = if is_article { (LONGEST_TEASER, 2) } else { (LONGEST_OPENING, 4) };
    if words > longest || texts > most {
        return false;
    }
    let Some(title) = blocks.iter().position(|fact| fact.words >= 3) else { return false };
    let is_titled = !blocks[title].runs && blocks.get(title + 1).is_some_and(|next| next.runs);
    blocks[title].is_linked() || (container.element == Element::Item && is_titled && !is_article)
}

/// Whether a block leads to an article, or is a heading of a text with a way on under it: «التفاصيل».
fn is_title(facts: &[Fact], index: usize) -> bool {
    /// Blocks from a title to the way on.
    const FARTHEST: usize = 4;
    let is_heading = |fact: &Fact| matches!(fact.element, Element::Heading(_)) && !fact.phrase;
    let below = || facts[index + 1..].iter().take(FARTHEST).take_while(|fact| !is_heading(fact));
    let fact = &facts[index];
    (fact.is_led() && !fact.phrase) || (is_heading(fact) && below().any(|fact| fact.is_linked() && fact.phrase))
}

/// Marks texts that stand under titles that lead to articles in one container, title after title.
fn mark_lists_in_one(page: &Page, facts: &[Fact], found: &mut [bool]) {
    const FEWEST: usize = 5;
    let mut units: Vec<Vec<(usize, usize)>> = vec![Vec::new(); page.containers.len()];
    let home = |index: usize| page.home(page.blocks[index].container);
    let mut at = 0;
    while at < facts.len() {
        let start = at;
        at += 1;
        if !is_title(facts, start) {
            continue;
        }
        while at < facts.len() && !is_title(facts, at) && home(at) == home(start) {
            at += 1;
        }
        let words: usize = facts[start..at].iter().map(|fact| fact.words).sum();
        if words <= LONGEST_TEASER {
            units[home(start)].push((start, at));
        }
    }
    for (container, units) in page.containers.iter().zip(units).filter(|(_, units)| units.len() >= FEWEST) {
        let mut belongs = vec![false; container.end - container.first];
        for &(start, end) in &units {
            belongs[start - container.first..end - container.first].fill(true);
        }
        let text = |index: &usize| facts[*index].runs && !found[*index];
        let (inside, around): (Vec<usize>, Vec<usize>) =
            (container.first..container.end).filter(text).partition(|&index| belongs[index - container.first]);
        let words = |indices: Vec<usize>| indices.into_iter().map(|index| facts[index].words).sum::<usize>();
        if words(inside) * 3 >= words(around) * 7 {
            for &(start, end) in &units {
                found[start..end].fill(true);
            }
        }
    }
}
