//! A page of the web as its markup gives it, and the article on it.
//!
//! [`Page`] holds what the algorithm may know of a page: blocks of text in reading order, and the containers that they
//! stand in. [`article_of`] decides what each block is. Start there.

mod body;
mod cards;
mod facts;
mod head;
mod hub;
mod reading;
#[cfg(test)]
mod tests;

use super::{Date, Link};

pub use reading::article_of;

/// A page in reading order.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Every container, parents before what they hold; the first one holds everything.
    pub containers: Vec<Container>,
    /// The visible texts.
    pub blocks: Vec<PageBlock>,
    /// What the page leads to, in reading order.
    pub links: Vec<PageLink>,
    /// What the page tells of itself besides its text.
    pub about: About,
}

impl Page {
    /// The division that holds a container, past paragraphs, lists and tables.
    fn home(&self, container: usize) -> usize {
        let mut home = container;
        while home != 0 && !matches!(self.containers[home].element, Element::Division | Element::Article) {
            home = self.containers[home].parent;
        }
        home
    }
}

/// An element that begins a line of its own and holds blocks or other containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Container {
    /// The one that it stands in, by index; the first one stands in itself.
    pub parent: usize,
    /// What it is by its tag.
    pub element: Element,
    /// What its names say that it holds.
    pub hint: Option<Hint>,
    /// The index of the first block in it, or of the one after it when it is empty.
    pub first: usize,
    /// The index after its last block.
    pub end: usize,
}

/// What a container is by its tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Element {
    /// A division of no certain kind.
    Division,
    /// A unit that could stand for itself: an article, or a card that leads to one.
    Article,
    /// A paragraph.
    Paragraph,
    /// A title, the highest level is 1.
    Heading(u8),
    /// A list, or a list of terms.
    List,
    /// What a list consists of.
    Item,
    /// A table or a row of it.
    Table,
    /// A cell of a table.
    Cell,
    /// A quotation.
    Quote,
    /// A picture with what belongs to it.
    Figure,
}

/// What the names of an element say that it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hint {
    /// The text of the article.
    Body,
    /// What stands above it in short.
    Lead,
    /// Who wrote it.
    Byline,
    /// When it was published.
    Date,
    /// Words beneath a picture.
    Caption,
    /// Menus, links to other pages, buttons, forms.
    Furniture,
    /// What readers wrote.
    Comments,
}

/// A text of a page between two breaks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageBlock {
    /// Its text, not empty, blanks as one space.
    pub text: String,
    /// The innermost container, by index.
    pub container: usize,
    /// What the names of the one inline element say that all of it stands in.
    pub hint: Option<Hint>,
    /// How many of its characters lead to another page.
    pub linked: usize,
    /// Whether its first character is one of them.
    pub led: bool,
    /// How many of its characters are bold.
    pub bold: usize,
}

/// A link of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// The block that it begins in, by index.
    pub block: usize,
    /// Where it leads and what it is called.
    pub link: Link,
}

/// What a page tells of itself besides its text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// What it calls its article, most trustworthy first; the site's name may stand at either end.
    pub titles: Vec<String>,
    /// What it calls the site.
    pub site: Option<String>,
    /// Who wrote the article.
    pub authors: Vec<String>,
    /// When the article was published.
    pub date: Option<Date>,
    /// Whether it says that it is an article.
    pub is_article: bool,
}
