//! An article as it was opened, before anything is translated.

use std::fmt;

/// What a paragraph is to its article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// The title of the whole article.
    Headline,
    /// Who wrote it, and often from where: «بروكسل / هلسنكي ـ راديو الكل».
    Byline,
    /// A line that names only place or date.
    Dateline,
    /// A title inside the body.
    Heading,
    /// Running text.
    Paragraph,
    /// The words beneath a picture.
    Caption,
    /// What the page put around the article: menus, links to other articles, buttons.
    Furniture,
}

/// One paragraph in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its text, without the line break at its end.
    pub text: String,
}

/// A paragraph as a file gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is, where the file itself says so; otherwise its form and its place decide.
    pub kind: Option<ParagraphKind>,
    /// Its text, not empty, without the line break at its end.
    pub text: String,
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The year of the common era.
    pub year: u16,
    /// From 1.
    pub month: u8,
    /// From 1.
    pub day: u8,
}

impl fmt::Display for Date {
    /// As ISO 8601 has it: 2026-03-09.
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Something that a page leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What the page calls it.
    pub title: String,
    /// Where it is, as the page says it: absolute, or relative to the page.
    pub address: String,
}

/// An article: its paragraphs in reading order, furniture included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// Every paragraph, none of them empty.
    pub paragraphs: Vec<Paragraph>,
    /// When it was published, if the file tells.
    pub date: Option<Date>,
    /// What a page leads to that is not one article but a front or section page; empty for an article.
    pub links: Vec<Link>,
}

impl Article {
    /// Whether this is one article: it has running text, and is no page of links to articles.
    pub fn is_one(&self) -> bool {
        self.links.is_empty() && self.first(ParagraphKind::Paragraph).is_some()
    }

    /// The text of the first paragraph of a kind.
    pub fn first(&self, kind: ParagraphKind) -> Option<&str> {
        self.paragraphs.iter().find(|paragraph| paragraph.kind == kind).map(|paragraph| paragraph.text.as_str())
    }
}
