//! Pages that lead to articles: how they are known, and what they lead to.

use std::collections::HashSet;

use super::reading::Reading;
use super::{PageBlock, PageLink, body};
use crate::domain::{Article, Link, Paragraph, ParagraphKind};

impl Reading<'_> {
    /// Whether the page leads to articles rather than being one: it promises more than it tells.
    pub(super) fn is_hub(&self) -> bool {
        const FEWEST: usize = 5;
        let text = body::running_words(self.page, self.facts, self.cards, self.main);
        let promised: usize = self
            .facts
            .iter()
            .zip(self.cards)
            .filter(|(fact, card)| **card && fact.runs)
            .map(|(fact, _)| fact.words)
            .sum();
        let titles = self
            .facts
            .iter()
            .zip(self.cards)
            .filter(|(fact, card)| (fact.is_linked() && fact.words >= 4) || (**card && (fact.is_led() || !fact.runs)))
            .count();
        let confirmed = self.headline.as_ref().is_some_and(|headline| {
            headline.confirmed
                && headline.block.is_some_and(|block| {
                    !self.facts[block].is_linked() && !self.cards[block] && self.facts[block].words >= 4
                })
        });
        let says_so = self.page.about.is_article || self.page.about.date.is_some();
        let enough = match (confirmed, says_so) {
            (true, true) => 8,
            (true, false) => 15,
            (false, true) => 30,
            (false, false) => 60,
        };
        titles >= FEWEST && (text < enough || (!confirmed && promised > text))
    }

    pub(super) fn hub(&self) -> Article {
        let paragraph = |block: &PageBlock| Paragraph { kind: ParagraphKind::Furniture, text: block.text.clone() };
        Article { paragraphs: self.page.blocks.iter().map(paragraph).collect(), date: None, links: self.hub_links() }
    }

    /// The links that read as titles or stand in a card, each address once.
    fn hub_links(&self) -> Vec<Link> {
        const FEWEST_WORDS: usize = 4;
        let mut seen = HashSet::new();
        let leads = |link: &&PageLink| {
            link.link.title.split_whitespace().count() >= FEWEST_WORDS || self.cards.get(link.block) == Some(&true)
        };
        let links =
            self.page.links.iter().filter(leads).map(|link| &link.link).filter(|link| !is_front_page(&link.address));
        let titled: Vec<Link> = links.filter(|link| seen.insert(link.address.as_str())).cloned().collect();
        if !titled.is_empty() {
            return titled;
        }
        self.page.links.iter().map(|link| link.link.clone()).collect()
    }
}

/// Whether an address is that of a site and of nothing on it.
fn is_front_page(address: &str) -> bool {
    let path = address.split_once("://").map_or(address, |(_, rest)| rest.find('/').map_or("", |slash| &rest[slash..]));
    path.trim_matches('/').is_empty()
}
