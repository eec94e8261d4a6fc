//! What an element does to the text around it, and what its tag and attributes say that it holds.

use scraper::ElementRef;

use super::names;
use crate::domain::{Element, Hint};

/// What an element does to the text around it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way {
    /// Nothing but what its names say.
    Inline,
    /// It begins a line of its own.
    Block(Element),
    /// It ends a line.
    Break,
    /// Its content cannot be seen, or is no text.
    Hidden,
}

/// The attributes of an element that tell something of its content.
#[derive(Default)]
pub(super) struct Names<'a> {
    pub(super) tag: &'a str,
    class: &'a str,
    id: &'a str,
    label: &'a str,
    role: &'a str,
    property: &'a str,
    rel: &'a str,
    style: &'a str,
    pub(super) href: Option<&'a str>,
    is_hidden: bool,
}

impl<'a> Names<'a> {
    pub(super) fn of(element: ElementRef<'a>) -> Self {
        // Longer values are data.
        const LONGEST: usize = 500;
        let element = element.value();
        let mut names = Self { tag: element.name(), ..Self::default() };
        for (name, value) in element.attrs() {
            let short = &value[..value.floor_char_boundary(LONGEST)];
            match name {
                "class" => names.class = short,
                "id" => names.id = short,
                "aria-label" => names.label = short,
                "role" => names.role = short,
                "itemprop" => names.property = short,
                "rel" => names.rel = short,
                "style" => names.style = short,
                "href" => names.href = Some(&value[..value.floor_char_boundary(4 * LONGEST)]),
                "hidden" => names.is_hidden = true,
                _ => {}
            }
        }
        names
    }

    /// Whether it stands apart from the words around it: controls, pictures, times, ways to other places of the page, and
    /// words for screen readers alone.
    pub(super) fn is_apart(&self) -> bool {
        const FOR_READERS: [&str; 5] = ["screen-reader", "sr-only", "visually-hidden", "visuallyhidden", "assistive"];
        matches!(self.tag, "img" | "button" | "label" | "time" | "input")
            || self.href.is_some_and(|address| address.starts_with('#'))
            || FOR_READERS.iter().any(|name| self.class.contains(name))
    }

    pub(super) fn way(&self) -> Way {
        let style = self.style.to_ascii_lowercase().replace(' ', "");
        if self.is_hidden || style.contains("display:none") || style.contains("visibility:hidden") {
            return Way::Hidden;
        }
        let level = |number| Way::Block(Element::Heading(number));
        match self.tag {
            "head" | "script" | "style" | "template" | "noscript" | "svg" | "math" | "iframe" | "object" | "embed"
            | "canvas" | "audio" | "video" | "select" | "textarea" | "datalist" | "map" | "noembed" | "noframes" => {
                Way::Hidden
            }
            "br" => Way::Break,
            "article" => Way::Block(Element::Article),
            "p" => Way::Block(Element::Paragraph),
            "h1" => level(1),
            "h2" => level(2),
            "h3" => level(3),
            "h4" => level(4),
            "h5" | "h6" => level(5),
            "ul" | "ol" | "dl" | "menu" => Way::Block(Element::List),
            "li" | "dt" | "dd" => Way::Block(Element::Item),
            "table" | "tr" | "tbody" | "thead" | "tfoot" => Way::Block(Element::Table),
            "td" | "th" => Way::Block(Element::Cell),
            "blockquote" => Way::Block(Element::Quote),
            "figure" => Way::Block(Element::Figure),
            "html" | "body" | "div" | "section" | "main" | "nav" | "header" | "footer" | "aside" | "form"
            | "fieldset" | "figcaption" | "address" | "center" | "pre" | "hr" | "details" | "summary" | "dialog"
            | "legend" | "caption" | "hgroup" | "search" | "option" => Way::Block(Element::Division),
            _ => Way::Inline,
        }
    }

    pub(super) fn hint(&self) -> Option<Hint> {
        match (self.tag, self.role) {
            ("html" | "body" | "main" | "article", _) => return names::hint_of_property(self.property),
            ("nav" | "aside" | "footer" | "form" | "fieldset" | "dialog" | "button" | "label" | "menu", _)
            | (_, "navigation" | "search" | "complementary" | "contentinfo" | "dialog" | "button" | "menu") => {
                return Some(Hint::Furniture);
            }
            ("figcaption" | "caption", _) => return Some(Hint::Caption),
            ("time", _) => return Some(Hint::Date),
            _ => {}
        }
        if self.rel.split_ascii_whitespace().any(|rel| rel == "author") {
            return Some(Hint::Byline);
        }
        if self.rel.split_ascii_whitespace().any(|rel| rel == "tag") {
            return Some(Hint::Furniture);
        }
        let said = [self.class, self.id, self.label];
        names::hint_of_property(self.property).or_else(|| said.into_iter().find_map(names::hint_of))
    }
}
