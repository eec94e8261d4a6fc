//! An article as it was opened, before anything is translated.

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

/// An article: its paragraphs in reading order, furniture included.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Article {
    /// Every paragraph, none of them empty.
    pub paragraphs: Vec<Paragraph>,
}

impl Article {
    /// The text of the first paragraph of a kind.
    pub fn first(&self, kind: ParagraphKind) -> Option<&str> {
        self.paragraphs.iter().find(|paragraph| paragraph.kind == kind).map(|paragraph| paragraph.text.as_str())
    }
}
