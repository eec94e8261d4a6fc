//! Where on a page the text of the article stands.

use super::facts::Fact;
use super::{Element, Page};

/// The container with the text of the article: the one whose running text outweighs everything else in it by most.
///
/// The best container is to a tree what the best segment is to a sequence in J. Pasternack and D. Roth,
/// «Extracting article text from the web with maximum subsequence segmentation», WWW 2009.
pub(super) fn find(page: &Page, facts: &[Fact], cards: &[bool]) -> usize {
    let mut sums = Vec::with_capacity(facts.len() + 1);
    sums.push(0);
    for (fact, card) in facts.iter().zip(cards) {
        sums.push(sums[sums.len() - 1] + weight(fact, *card));
    }
    let score = |container: &super::Container| sums[container.end] - sums[container.first];
    let mut best = 0;
    for (index, container) in page.containers.iter().enumerate() {
        // Of equal ones the innermost, which comes last.
        if holds_lines(container) && score(container) >= score(&page.containers[best]) {
            best = index;
        }
    }
    best
}

/// Whether a container is more than one line of text: a division around one block is a paragraph.
fn holds_lines(container: &super::Container) -> bool {
    match container.element {
        Element::Paragraph | Element::Heading(_) | Element::Item | Element::Quote => false,
        Element::Division | Element::Article => container.end > container.first + 1,
        _ => container.end > container.first,
    }
}

fn weight(fact: &Fact, card: bool) -> i64 {
    /// What one link counts against a container, at most: half of its words, and no more than a short title.
    const LINK: usize = 10;
    /// Words of the shortest sentence that counts for one.
    const SENTENCE: usize = 4;
    let tells = fact.runs || (fact.words >= SENTENCE && !fact.is_linked() && fact.line.ends_sentence());
    if card || !fact.is_open() {
        // It is known for what it is and does no harm inside.
        0
    } else if tells {
        fact.words as i64
    } else if fact.is_linked() {
        -(fact.words.min(LINK) as i64 + 1) / 2
    } else {
        0
    }
}

/// Words of running text among the blocks of a container that belong to no card.
pub(super) fn running_words(page: &Page, facts: &[Fact], cards: &[bool], container: usize) -> usize {
    let container = &page.containers[container];
    let inside = container.first..container.end;
    let runs =
        facts[inside.clone()].iter().zip(&cards[inside]).filter(|(fact, card)| fact.runs && fact.is_open() && !**card);
    runs.map(|(fact, _)| fact.words).sum()
}
