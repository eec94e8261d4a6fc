//! What the rules ask of each block, worked out once.

use super::{Element, Hint, Page, PageBlock};
use crate::domain::FurniturePhrases;
use crate::domain::line::{Line, is_bracketed, is_date};

/// A block as the rules see it.
pub(super) struct Fact<'a> {
    pub(super) line: Line<'a>,
    /// What its innermost container is.
    pub(super) element: Element,
    pub(super) words: usize,
    /// What names say of it: its own, or those of the containers next to it.
    pub(super) hint: Option<Hint>,
    /// What the containers around it are said to hold, if that is no article: furniture or comments.
    outside: Option<Hint>,
    /// Furniture by its wording.
    pub(super) phrase: bool,
    /// Where in it the links are.
    links: Links,
    /// All of it is bold.
    pub(super) bold: bool,
    /// Reads as text rather than as a title or a label.
    pub(super) runs: bool,
}

impl Fact<'_> {
    /// Could be a part of the article by itself.
    pub(super) fn is_open(&self) -> bool {
        !self.is_outside() && !self.phrase
    }

    /// In a container that holds no article.
    pub(super) fn is_outside(&self) -> bool {
        self.outside.is_some()
    }

    pub(super) fn is_comment(&self) -> bool {
        self.outside == Some(Hint::Comments)
    }

    /// Most of it leads elsewhere.
    pub(super) fn is_linked(&self) -> bool {
        self.links == Links::Most
    }

    /// It begins with a link.
    pub(super) fn is_led(&self) -> bool {
        self.links != Links::Inside
    }
}

/// Where in a block its links are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Links {
    /// Nowhere, or among its words.
    Inside,
    /// It begins with one.
    First,
    /// Most of it is one.
    Most,
}

/// Works out what is known of each block.
pub(super) fn facts<'a>(page: &'a Page, phrases: &FurniturePhrases) -> Vec<Fact<'a>> {
    let mut facts: Vec<Fact> = page.blocks.iter().map(|block| fact(page, block, phrases)).collect();
    mark_outside(page, &mut facts);
    facts
}

fn fact<'a>(page: &Page, block: &'a PageBlock, phrases: &FurniturePhrases) -> Fact<'a> {
    let line = Line::new(&block.text);
    let element = page.containers[block.container].element;
    // A letter by itself belongs to an abbreviation.
    let is_word = |word: &&str| word.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some();
    let words = block.text.split_whitespace().filter(is_word).count();
    let letters = block.text.chars().filter(|c| !c.is_whitespace()).count();
    let links = match (block.linked * 2 > letters, block.led) {
        (true, _) => Links::Most,
        (false, true) => Links::First,
        (false, false) => Links::Inside,
    };
    let phrase = phrases.matches(&line.words);
    let is_label = matches!(element, Element::Heading(_)) && words < 40;
    let is_text = matches!(element, Element::Paragraph | Element::Division | Element::Quote)
        && words >= 10
        && !is_bracketed(&block.text);
    let is_sentence = words >= 8 && (line.is_running() || is_text) && !is_date(&line.words);
    let runs = links != Links::Most && !phrase && !is_label && is_sentence;
    let bold = block.bold * 10 >= letters * 9;
    let hint = block.hint.or_else(|| near_hint(page, block.container));
    Fact { line, element, words, hint, outside: None, phrase, links, bold, runs }
}

/// What the containers next to a block say of it.
fn near_hint(page: &Page, container: usize) -> Option<Hint> {
    const FARTHEST: usize = 3;
    /// Words beneath a picture and whose picture it is. What holds more is no caption, whatever it is called.
    const CAPTION: usize = 2;
    let chain = std::iter::successors(Some(container), |&inner| Some(page.containers[inner].parent));
    chain.take(FARTHEST).map(|container| &page.containers[container]).find_map(|container| match container.element {
        Element::Figure => Some(Hint::Caption),
        _ => container.hint.filter(|hint| *hint != Hint::Caption || container.end - container.first <= CAPTION),
    })
}

/// Marks what stands in containers whose names say furniture or comments. Names lie: a container with most of the
/// page's text is no furniture, whatever it is called.
fn mark_outside(page: &Page, facts: &mut [Fact]) {
    let text: usize = facts.iter().filter(|fact| fact.runs).map(|fact| fact.words).sum();
    for container in &page.containers[1..] {
        let Some(hint @ (Hint::Furniture | Hint::Comments)) = container.hint else { continue };
        let inside = container.first..container.end;
        let held: usize = facts[inside.clone()].iter().filter(|fact| fact.runs).map(|fact| fact.words).sum();
        if held * 2 > text && hint == Hint::Furniture && held > 40 {
            continue;
        }
        for fact in &mut facts[inside] {
            // What is in a comment stays a comment.
            if !fact.is_comment() {
                fact.outside = Some(hint);
            }
        }
    }
    mark_boxes(page, facts, text);
    for (fact, block) in facts.iter_mut().zip(&page.blocks) {
        let named = block.hint.filter(|hint| matches!(hint, Hint::Furniture | Hint::Comments) && !fact.runs);
        fact.outside = fact.outside.or(named);
    }
}

/// Marks boxes whose title says that they lead elsewhere, or over which a line leads readers on.
fn mark_boxes(page: &Page, facts: &mut [Fact], text: usize) {
    /// Blocks of a box that may be its title.
    const TITLE: usize = 3;
    for container in &page.containers[1..] {
        let inside = container.first..container.end;
        if inside.len() < 2 || !matches!(container.element, Element::Division | Element::Article | Element::List) {
            continue;
        }
        let blocks = &facts[inside.clone()];
        let is_title = |fact: &Fact| fact.phrase && (fact.bold || matches!(fact.element, Element::Heading(_)));
        let skips = |fact: &Fact| fact.phrase && fact.line.words.iter().any(|word| word == "تخطي");
        let held: usize = blocks.iter().filter(|fact| fact.runs).map(|fact| fact.words).sum();
        if held * 3 < text && (is_title(&blocks[0]) || blocks.iter().take(TITLE).any(skips)) {
            for fact in &mut facts[inside] {
                fact.outside = fact.outside.or(Some(Hint::Furniture));
            }
        }
    }
}
