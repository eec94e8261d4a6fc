//! Cards: titles with or without a few words beneath, one like the other, that lead to articles.

use super::facts::Fact;
use super::{Element, Page};

/// Words beneath a title that still only promise an article.
const LONGEST_TEASER: usize = 90;

/// For each block, whether it belongs to a card of a row of them.
pub(super) fn find(page: &Page, facts: &[Fact]) -> Vec<bool> {
    let mut found = vec![false; facts.len()];
    mark_rows(page, facts, &mut found);
    mark_lists_in_one(page, facts, &mut found);
    found
}

/// Marks containers beside each other that are each a card.
fn mark_rows(page: &Page, facts: &[Fact], found: &mut [bool]) {
    const FEWEST: usize = 3;
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); page.containers.len()];
    for (index, container) in page.containers.iter().enumerate().skip(1) {
        if container.first < container.end {
            rows[container.parent].push(index);
        }
    }
    for row in rows.iter().filter(|row| row.len() >= FEWEST) {
        let cards: Vec<usize> = row.iter().copied().filter(|&index| is_card(page, facts, index)).collect();
        if cards.len() >= FEWEST && cards.len() * 2 >= row.len() {
            for card in cards {
                let card = &page.containers[card];
                found[card.first..card.end].fill(true);
            }
        }
    }
}

fn is_card(page: &Page, facts: &[Fact], container: usize) -> bool {
    let container = &page.containers[container];
    if matches!(container.element, Element::Paragraph | Element::Heading(_)) {
        return false;
    }
    let blocks = &facts[container.first..container.end];
    let words: usize = blocks.iter().filter(|fact| !fact.linked).map(|fact| fact.words).sum();
    let texts = blocks.iter().filter(|fact| fact.runs).count();
    if words > LONGEST_TEASER || texts > 2 {
        return false;
    }
    let Some(title) = blocks.iter().position(|fact| fact.words >= 3) else { return false };
    let is_titled = !blocks[title].runs && blocks.get(title + 1).is_some_and(|next| next.runs);
    blocks[title].linked || (container.element == Element::Item && is_titled)
}

/// Marks texts that stand under linked titles in one container, title after title.
fn mark_lists_in_one(page: &Page, facts: &[Fact], found: &mut [bool]) {
    const FEWEST: usize = 4;
    let mut units: Vec<Vec<(usize, usize)>> = vec![Vec::new(); page.containers.len()];
    let home = |index: usize| {
        let container = page.blocks[index].container;
        match page.containers[container].element {
            Element::Heading(_) | Element::Paragraph => page.containers[container].parent,
            _ => container,
        }
    };
    let mut at = 0;
    while at < facts.len() {
        let is_title = |fact: &Fact| fact.linked && fact.words >= 3;
        let start = at;
        at += 1;
        if !is_title(&facts[start]) {
            continue;
        }
        while at < facts.len() && !is_title(&facts[at]) && home(at) == home(start) {
            at += 1;
        }
        let words: usize = facts[start + 1..at].iter().map(|fact| fact.words).sum();
        if words <= LONGEST_TEASER {
            units[home(start)].push((start, at));
        }
    }
    for (container, units) in page.containers.iter().zip(units) {
        let text = |range: std::ops::Range<usize>| -> usize {
            facts[range].iter().filter(|fact| fact.runs).map(|fact| fact.words).sum()
        };
        let promised: usize = units.iter().map(|&(start, end)| text(start..end)).sum();
        if units.len() >= FEWEST && promised * 10 >= text(container.first..container.end) * 7 {
            for (start, end) in units {
                found[start..end].fill(true);
            }
        }
    }
}
