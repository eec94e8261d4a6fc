//! The tree of a page to its blocks of text in reading order.

use scraper::{ElementRef, Html, Node};

use super::element::{Names, Way};
use crate::domain::{Container, Element, Hint, Link, Page, PageBlock, PageLink};
use crate::formats::plain_text;

/// Reads all that can be seen.
pub(super) fn read(tree: &Html) -> Page {
    let mut reader = Reader::default();
    reader.page.containers.push(Container { parent: 0, element: Element::Division, hint: None, first: 0, end: 0 });
    let root = tree.tree.root();
    let mut next = root.first_child();
    while let Some(mut node) = next {
        let goes_in = match node.value() {
            Node::Text(text) => {
                reader.text(text);
                false
            }
            Node::Element(_) => ElementRef::wrap(node).is_some_and(|element| reader.open(element)),
            _ => false,
        };
        next = node.first_child().filter(|_| goes_in);
        if goes_in && next.is_none() {
            reader.close();
        }
        while next.is_none() {
            next = node.next_sibling();
            match node.parent() {
                Some(parent) if next.is_none() && parent != root => {
                    reader.close();
                    node = parent;
                }
                _ => break,
            }
        }
    }
    reader.finish()
}

/// What to take back when an element ends.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    /// For a block, the container to go back to.
    outer: Option<usize>,
    /// How much bolder, and how much more preformatted, the text in it is.
    bold: usize,
    pre: usize,
    is_link: bool,
    /// The hint of an inline element.
    hint: Option<Hint>,
    is_apart: bool,
}

#[derive(Default)]
struct Reader {
    page: Page,
    open: Vec<Open>,
    container: usize,
    /// The line being written.
    block: PageBlock,
    /// In the line being written: whether a blank belongs before the next character.
    blank: bool,
    /// Whether the line being written follows a single break in the container of the line before it.
    broken: bool,
    /// Breaks since the last text of this container.
    breaks: usize,
    /// For each block, whether only a break parts it from the one before.
    follows_break: Vec<bool>,
    hints: Vec<Hint>,
    bold: usize,
    pre: usize,
    link: Option<(usize, String, String)>,
    /// Whether a link has ended and nothing came since.
    after_link: bool,
}

impl Reader {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if matches!(c, '\n' | '\r') && self.pre > 0 {
                if c == '\n' {
                    self.line_break();
                }
            } else if matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0C') {
                self.blank = true;
            } else {
                self.character(c);
            }
        }
    }

    fn character(&mut self, c: char) {
        if self.block.text.is_empty() {
            self.block.hint = self.hints.last().copied();
            self.block.container = self.container;
            self.block.led = self.link.is_some();
        } else {
            if self.blank {
                self.block.text.push(' ');
            }
            if self.block.hint.is_some() && self.block.hint != self.hints.last().copied() && !c.is_ascii_punctuation() {
                self.block.hint = None;
            }
        }
        if let Some((_, title, _)) = &mut self.link {
            if self.blank && !title.is_empty() {
                title.push(' ');
            }
            title.push(c);
            self.block.linked += 1;
        }
        self.blank = false;
        self.after_link = false;
        self.block.bold += usize::from(self.bold > 0);
        self.block.text.push(c);
    }

    /// Returns whether its content is to be read.
    fn open(&mut self, element: ElementRef) -> bool {
        let names = Names::of(element);
        let (way, hint) = (names.way(), names.hint());
        let mut open = Open::default();
        match way {
            Way::Hidden => return false,
            Way::Break => {
                self.line_break();
                return false;
            }
            Way::Block(element) => {
                self.end_line();
                self.breaks = 0;
                self.broken = false;
                let first = self.page.blocks.len();
                self.page.containers.push(Container { parent: self.container, element, hint, first, end: first });
                open.outer = Some(self.container);
                open.pre = usize::from(names.tag == "pre");
                self.container = self.page.containers.len() - 1;
            }
            Way::Inline => {
                let is_new = self.hints.last() != hint.as_ref();
                open.is_apart = names.is_apart() || (is_new && matches!(hint, Some(Hint::Date | Hint::Byline)));
                self.set_apart(open.is_apart, hint.filter(|_| is_new));
                if let Some(hint) = hint.filter(|hint| is_new && *hint != Hint::Body) {
                    self.hints.push(hint);
                    open.hint = Some(hint);
                }
                self.open_link(&names, &mut open);
            }
        }
        open.bold = usize::from(matches!(names.tag, "b" | "strong" | "th"));
        self.bold += open.bold;
        self.pre += open.pre;
        self.open.push(open);
        true
    }

    fn open_link(&mut self, names: &Names, open: &mut Open) {
        let Some(address) = names.href.filter(|address| names.tag == "a" && leads_away(address)) else { return };
        if self.link.is_none() {
            // Two links are two things, whatever stands between them.
            self.blank |= self.after_link;
            self.link = Some((self.page.blocks.len(), String::new(), address.to_owned()));
            open.is_link = true;
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if let Some(outer) = open.outer {
            self.end_line();
            self.breaks = 0;
            self.broken = false;
            let end = self.page.blocks.len();
            self.page.containers[self.container].end = end;
            self.container = outer;
        }
        if open.is_link {
            if let Some((block, title, address)) = self.link.take().filter(|(_, title, _)| !title.is_empty()) {
                self.page.links.push(PageLink { block, link: Link { title, address } });
            }
            self.after_link = true;
        }
        self.set_apart(open.is_apart, open.hint);
        if open.hint.is_some() {
            self.hints.pop();
        }
        self.bold -= open.bold;
        self.pre -= open.pre;
    }

    /// Keeps words apart at either end of an element. In a head made of such elements each is a line of its own.
    fn set_apart(&mut self, is_apart: bool, hint: Option<Hint>) {
        let is_line = |element| matches!(element, Element::Paragraph | Element::Heading(_) | Element::Quote);
        if is_apart
            && matches!(hint, Some(Hint::Date | Hint::Byline))
            && !is_line(self.page.containers[self.container].element)
        {
            self.end_line();
            self.broken = false;
            self.breaks = 2;
        }
        self.blank |= is_apart;
    }

    fn line_break(&mut self) {
        let had_text = self.end_line();
        self.breaks = if had_text { 1 } else { self.breaks + 1 };
        self.broken = self.breaks == 1 && self.page.blocks.last().is_some_and(|last| last.container == self.container);
        self.blank = false;
    }

    /// Returns whether there was a line.
    fn end_line(&mut self) -> bool {
        self.blank = false;
        let block = std::mem::take(&mut self.block);
        let text = block.text.trim_matches(|c: char| c.is_whitespace() || crate::text::is_invisible(c));
        if text.is_empty() {
            return false;
        }
        let text = block.text.trim().to_owned();
        self.page.blocks.push(PageBlock { text, ..block });
        self.follows_break.push(self.broken);
        true
    }

    fn finish(mut self) -> Page {
        self.end_line();
        self.page.containers[0].end = self.page.blocks.len();
        join_filled_lines(&mut self.page, &self.follows_break);
        self.page
    }
}

/// Puts lines that were broken at one width together again, as in a text.
fn join_filled_lines(page: &mut Page, follows_break: &[bool]) {
    // The lines of a container are held to one width; blank lines part its runs.
    let mut joins: Vec<bool> = Vec::with_capacity(page.blocks.len());
    for lines in page.blocks.chunk_by(|left, right| left.container == right.container) {
        let follows = &follows_break[joins.len()..];
        let mut runs: Vec<Vec<&str>> = Vec::new();
        for (line, follows) in lines.iter().zip(follows) {
            match runs.last_mut().filter(|_| *follows) {
                Some(run) => run.push(&line.text),
                None => runs.push(vec![&line.text]),
            }
        }
        joins.extend(plain_text::continued_lines(&runs));
    }
    if !joins.contains(&true) {
        return;
    }
    // Where each block went: those that were joined share a place.
    let places: Vec<usize> = joins
        .iter()
        .scan(0, |next, join| {
            *next += usize::from(!join);
            Some(*next - 1)
        })
        .collect();
    let mut blocks: Vec<PageBlock> = Vec::new();
    for (block, join) in page.blocks.drain(..).zip(&joins) {
        match blocks.last_mut().filter(|_| *join) {
            Some(last) => {
                last.text.push(' ');
                last.text.push_str(&block.text);
                last.linked += block.linked;
                last.bold += block.bold;
            }
            None => blocks.push(block),
        }
    }
    let place = |index: usize| places.get(index).copied().unwrap_or(blocks.len());
    for container in &mut page.containers {
        (container.first, container.end) = (place(container.first), place(container.end));
    }
    for link in &mut page.links {
        link.block = place(link.block);
    }
    page.blocks = blocks;
}

/// Whether a link goes to another page and not within this one.
fn leads_away(address: &str) -> bool {
    let address = address.trim();
    !address.is_empty() && !address.starts_with('#')
}
