//! A page of the web, or a part of one from the clipboard, to an article.
//!
//! Nothing that the page refers to is fetched. `tree` parses within bounds, `blocks` makes lines of text of the tree,
//! `names` reads classes, `about` what the page tells of itself; what belongs to the article is decided in the domain.

mod about;
mod blocks;
mod names;
mod tree;

use crate::domain::{Article, FurniturePhrases, article_of};

/// Reads a page; without paragraphs where nothing on it can be seen.
pub fn read(text: &str) -> Article {
    let tree = tree::parse(text);
    let mut page = blocks::read(&tree);
    page.about = about::read(&tree);
    article_of(page, &FurniturePhrases::arabic_news())
}

/// Whether a text is a page and not a text with a bracket in front: a doctype, a comment, or an element of HTML.
pub fn is_html(text: &str) -> bool {
    const MOST_LOOKED_AT: usize = 4096;
    const TAGS: [&str; 18] = [
        "html", "head", "body", "title", "meta", "div", "p", "span", "table", "article", "section", "main", "h1", "h2",
        "br", "b", "a", "script",
    ];
    let start = text[..text.floor_char_boundary(MOST_LOOKED_AT)].trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('<') {
        return false;
    }
    let lower = start.to_ascii_lowercase();
    lower.starts_with("<!doctype html")
        || lower.split('<').skip(1).any(|tag| {
            let name = tag.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
            TAGS.contains(&name)
        })
}
