//! A page to its article: what each block is, or that the page is no article.

use std::collections::HashMap;
use std::ops::Range;

use super::facts::{Fact, facts};
use super::head::Headline;
use super::{Element, Hint, Page, body, cards, head};
use crate::domain::line::{folded_words, has_credit_label, is_bracketed, is_byline, is_caption, is_date};
use crate::domain::{Article, Date, FurniturePhrases, Paragraph, ParagraphKind, find_date};

/// The article on a page with everything around it as furniture, or the links of a page that is not one article.
pub fn article_of(page: &Page, phrases: &FurniturePhrases) -> Article {
    if page.blocks.is_empty() {
        return Article::default();
    }
    let facts = facts(page, phrases);
    let cards = cards::find(page, &facts);
    let main = body::find(page, &facts, &cards);
    let reading = Reading::new(page, &facts, &cards, main);
    if reading.is_hub() {
        return reading.hub();
    }
    reading.article()
}

/// A page with what was found on it so far.
pub(super) struct Reading<'a> {
    pub(super) page: &'a Page,
    pub(super) facts: &'a [Fact<'a>],
    pub(super) cards: &'a [bool],
    /// The container with the text.
    pub(super) main: usize,
    /// Its first block of running text.
    start: usize,
    pub(super) headline: Option<Headline>,
    /// The container in which most of the text stands, each paragraph directly.
    text_home: Option<usize>,
}

impl<'a> Reading<'a> {
    fn new(page: &'a Page, facts: &'a [Fact<'a>], cards: &'a [bool], main: usize) -> Self {
        let container = &page.containers[main];
        let is_text = |index: &usize| facts[*index].runs && facts[*index].is_open() && !cards[*index];
        let first = (container.first..container.end).find(is_text).unwrap_or(container.first);
        let headline = head::find(page, facts, first);
        let words = |blocks: Range<usize>| blocks.filter(is_text).map(|index| facts[index].words).sum::<usize>();
        let below = headline.as_ref().and_then(|headline| headline.block).filter(|below| *below > first);
        // What stands above the headline is a notice to the visitor, unless it is most of the text.
        let start = below
            .filter(|&below| words(first..below) < words(below..container.end))
            .and_then(|below| (below..container.end).find(is_text))
            .unwrap_or(first);
        let mut reading = Self { page, facts, cards, main, start, headline, text_home: None };
        reading.text_home = reading.home_of_text();
        reading
    }

    fn article(&self) -> Article {
        let mut kinds = self.kinds();
        self.cut_tail(&mut kinds);
        let date = self.page.about.date.or_else(|| self.shown_date(&kinds));
        let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(kinds.len() + 1);
        if let Some(Headline { block: None, text, .. }) = &self.headline {
            paragraphs.push(Paragraph { kind: ParagraphKind::Headline, text: text.clone() });
        }
        let shown =
            self.page.blocks.iter().zip(kinds).map(|(block, kind)| Paragraph { kind, text: block.text.clone() });
        paragraphs.extend(shown);
        Article { paragraphs, date, links: Vec::new() }
    }

    fn kinds(&self) -> Vec<ParagraphKind> {
        let main = &self.page.containers[self.main];
        let headline = self.headline.as_ref().and_then(|headline| headline.block);
        let head = headline.unwrap_or(main.first).min(self.start);
        (0..self.facts.len())
            .map(|index| {
                if Some(index) == headline {
                    ParagraphKind::Headline
                } else if index < head {
                    self.kind_before_headline(index, head)
                } else if index < self.start {
                    self.kind_in_head(index)
                } else if index < main.end {
                    self.kind_in_body(index)
                } else {
                    ParagraphKind::Furniture
                }
            })
            .collect()
    }

    /// Above the headline only the day belongs to the article.
    fn kind_before_headline(&self, index: usize, headline: usize) -> ParagraphKind {
        const FARTHEST: usize = 3;
        let fact = &self.facts[index];
        let is_near = index + FARTHEST >= headline;
        if is_near && fact.is_open() && !fact.is_linked() && is_date(&fact.line.words) {
            return ParagraphKind::Dateline;
        }
        ParagraphKind::Furniture
    }

    /// Whether a block names one of those who the page says wrote it.
    fn names_author(&self, fact: &Fact) -> bool {
        let names = |author: &String| {
            let author = folded_words(author);
            !author.is_empty() && fact.line.words.windows(author.len()).any(|words| words == author)
        };
        fact.words <= 8 && self.page.about.authors.iter().any(names)
    }

    /// What a block between the headline and the text is.
    fn kind_in_head(&self, index: usize) -> ParagraphKind {
        let fact = &self.facts[index];
        let main = &self.page.containers[self.main];
        let is_inside = (main.first..main.end).contains(&index);
        let short = fact.words <= 12;
        let is_lone = is_inside && fact.element == Element::Paragraph && fact.words <= 3 && !fact.is_linked();
        let headline = self.headline.as_ref().and_then(|headline| headline.block);
        let is_under_headline = fact.element == Element::Paragraph && headline.is_some_and(|above| above + 1 == index);
        if fact.phrase || self.cards[index] || fact.is_comment() {
            ParagraphKind::Furniture
        } else if is_date(&fact.line.words) || (short && !fact.is_linked() && find_date(fact.line.text).is_some()) {
            ParagraphKind::Dateline
        } else if self.tells_nothing(fact) {
            ParagraphKind::Furniture
        } else if short
            && (is_lone
                || fact.hint == Some(Hint::Byline)
                || self.names_author(fact)
                || (!fact.is_outside() && is_byline(&fact.line, 5)))
        {
            ParagraphKind::Byline
        } else if fact.is_outside() {
            ParagraphKind::Furniture
        } else if is_picture_text(fact) {
            ParagraphKind::Caption
        } else if fact.is_linked() {
            ParagraphKind::Furniture
        } else if fact.runs {
            ParagraphKind::Paragraph
        } else if fact.words >= 4
            && (is_inside
                || fact.hint == Some(Hint::Lead)
                || matches!(fact.element, Element::Heading(2..))
                || is_under_headline)
        {
            ParagraphKind::Heading
        } else {
            ParagraphKind::Furniture
        }
    }

    /// What a block in the container of the text is, once that has begun.
    fn kind_in_body(&self, index: usize) -> ParagraphKind {
        /// So many blocks may stand between the text in short and the text.
        const NEAR: usize = 4;
        let fact = &self.facts[index];
        if !fact.is_open() || self.cards[index] || fact.is_linked() || self.tells_nothing(fact) {
            ParagraphKind::Furniture
        } else if is_picture_text(fact) {
            ParagraphKind::Caption
        } else if fact.runs {
            ParagraphKind::Paragraph
        } else if is_date(&fact.line.words) {
            // Some pages begin with the text in short and tell the day after it.
            if index <= self.start + NEAR { ParagraphKind::Dateline } else { ParagraphKind::Furniture }
        } else if fact.words <= 12
            && !matches!(fact.element, Element::Heading(_))
            && (fact.hint == Some(Hint::Byline) || (index <= self.start + NEAR && is_byline(&fact.line, 5)))
        {
            ParagraphKind::Byline
        } else if matches!(fact.element, Element::Heading(_)) || (fact.bold && !fact.line.ends_sentence()) {
            ParagraphKind::Heading
        } else {
            ParagraphKind::Paragraph
        }
    }

    /// No letters, or the headline once more.
    fn tells_nothing(&self, fact: &Fact) -> bool {
        let text = fact.line.text;
        let repeats = || self.headline.as_ref().is_some_and(|headline| folded_words(&headline.text) == fact.line.words);
        !text.contains(char::is_alphabetic) || repeats()
    }

    /// Behind the last running text only a credit belongs to the article; and what stands there in a container of its
    /// own, while the text stands together in another, does not belong to it either.
    fn cut_tail(&self, kinds: &mut [ParagraphKind]) {
        let main = &self.page.containers[self.main];
        let is_text = |index: &usize| kinds[*index] == ParagraphKind::Paragraph && self.facts[*index].runs;
        let mut last = (self.start..main.end).rev().find(is_text).unwrap_or(self.start);
        if let Some(home) = self.text_home {
            let at_home = |index: &usize| is_text(index) && self.is_in(*index, home);
            last = (self.start..=last).rev().find(at_home).unwrap_or(last);
        }
        let mut flows = true;
        let has_byline = kinds[..last].contains(&ParagraphKind::Byline);
        for (index, kind) in kinds.iter_mut().enumerate().skip(last + 1) {
            let near = index <= last + 4;
            let ends = index == last + 1 || self.facts[index].line.ends_sentence();
            flows &= *kind == ParagraphKind::Paragraph && ends && self.is_at_home(index);
            *kind = match *kind {
                ParagraphKind::Caption if near => ParagraphKind::Caption,
                _ if near && self.is_credit(index, has_byline) => ParagraphKind::Byline,
                ParagraphKind::Paragraph if flows => ParagraphKind::Paragraph,
                _ => ParagraphKind::Furniture,
            };
        }
    }

    /// «(وكالات)», «المصدر: رويترز», or a name that ends the text.
    fn is_credit(&self, index: usize, has_byline: bool) -> bool {
        let fact = &self.facts[index];
        if fact.phrase || fact.is_comment() || self.cards[index] {
            return false;
        }
        let is_name = !has_byline && fact.words <= 6 && (fact.hint == Some(Hint::Byline) || self.names_author(fact));
        let signs = (2..=4).contains(&fact.words) && self.is_at_home(index) && fact.bold && !fact.is_linked();
        let is_source = self.is_at_home(index) && is_byline(&fact.line, 5);
        let is_note = index + 1 == self.page.containers[self.main].end && is_note_on_author(fact);
        is_bracketed(fact.line.text) || has_credit_label(&fact.line) || is_name || signs || is_source || is_note
    }

    /// Whether a block stands where the text does.
    fn is_at_home(&self, index: usize) -> bool {
        let main = &self.page.containers[self.main];
        index < main.end && self.text_home.is_none_or(|home| self.is_in(index, home))
    }

    /// The container in which most of the text stands, each paragraph directly.
    fn home_of_text(&self) -> Option<usize> {
        let main = &self.page.containers[self.main];
        let mut words = HashMap::new();
        let mut all = 0;
        for index in self.start..main.end {
            let fact = &self.facts[index];
            if fact.runs && fact.is_open() && !self.cards[index] {
                *words.entry(self.home(index)).or_insert(0) += fact.words;
                all += fact.words;
            }
        }
        let (home, most) = words.into_iter().max_by_key(|(home, words)| (*words, *home))?;
        (most * 10 >= all * 6).then_some(home)
    }

    /// The container that holds the paragraphs, lists and quotations beside a block.
    fn home(&self, index: usize) -> usize {
        let mut container = self.page.blocks[index].container;
        while container != 0 {
            let here = &self.page.containers[container];
            match here.element {
                // A division around one block is a paragraph.
                Element::Division | Element::Article | Element::Cell if here.end > here.first + 1 => break,
                _ => container = here.parent,
            }
        }
        container
    }

    fn is_in(&self, index: usize, home: usize) -> bool {
        self.home(index) == home
    }

    /// The day that the lines around the headline name, else the first lines of the page.
    fn shown_date(&self, kinds: &[ParagraphKind]) -> Option<Date> {
        const LONGEST: usize = 200;
        let headline = kinds.iter().position(|kind| *kind == ParagraphKind::Headline).unwrap_or(0);
        let says = |index: usize, hinted: bool| {
            self.page.blocks[index].text.len() <= LONGEST && (!hinted || self.facts[index].hint == Some(Hint::Date))
        };
        let shown = |index: usize| find_date(&self.page.blocks[index].text);
        let datelines = (0..kinds.len()).filter(|&index| kinds[index] == ParagraphKind::Dateline);
        let head = (headline..=self.start).filter(|&index| says(index, false) && !self.facts[index].is_comment());
        let hinted = (0..kinds.len()).filter(|&index| says(index, true) && !self.cards[index]);
        datelines.chain(head).chain(hinted).find_map(shown)
    }
}

/// «* كاتب سوري»
fn is_note_on_author(fact: &Fact) -> bool {
    const LONGEST: usize = 15;
    fact.line.text.starts_with('*') && fact.words <= LONGEST && !fact.line.ends_sentence()
}

fn is_picture_text(fact: &Fact) -> bool {
    fact.words <= 60 && (fact.hint == Some(Hint::Caption) || fact.element == Element::Figure || is_caption(&fact.line))
}
