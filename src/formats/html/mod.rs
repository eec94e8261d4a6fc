//! A page of the web, or a part of one from the clipboard, to an article.
//!
//! Nothing that the page refers to is fetched. `tree` parses within bounds, `blocks` makes lines of text of the tree,
//! `element` says what each element does to them, `names` reads classes, `about` what the page tells of itself; what
//! belongs to the article is decided in the domain.

mod about;
mod blocks;
mod element;
mod names;
mod tree;

use crate::domain::{Article, FurniturePhrases, article_of};

/// Reads a page; without paragraphs where nothing on it can be seen.
pub fn read(text: &str) -> Article {
    let tree = tree::parse(text);
    let mut page = blocks::read(&tree);
    page.about = about::read(&tree);
    article_of(&page, FurniturePhrases::arabic_news())
}

/// Whether a text is a page or a part of one: whether its first element is one of HTML's.
pub fn is_html(text: &str) -> bool {
    const ELEMENTS: [&str; 46] = [
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "base",
        "script",
        "style",
        "noscript",
        "div",
        "p",
        "span",
        "br",
        "hr",
        "a",
        "b",
        "i",
        "u",
        "em",
        "strong",
        "font",
        "center",
        "table",
        "tbody",
        "tr",
        "td",
        "ul",
        "ol",
        "li",
        "dl",
        "h1",
        "h2",
        "h3",
        "h4",
        "img",
        "pre",
        "blockquote",
        "figure",
        "article",
        "section",
        "main",
        "header",
        "footer",
        "nav",
        "aside",
    ];
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    // What may stand before it: comments, the doctype, the declaration of XHTML.
    while let Some(end) =
        ["<!--", "<!", "<?"].iter().find(|start| rest.starts_with(**start)).map(|start| match *start {
            "<!--" => "-->",
            _ => ">",
        })
    {
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let name = &tag[..tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len())];
    ELEMENTS.contains(&name.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_element_tells_a_page_from_other_texts() {
        let check = |text: &str, expected| assert_eq!(is_html(text), expected, "{text}");
        check("<!DOCTYPE html>\n<title>", true);
        check("\u{feff} <HTML dir=rtl>", true);
        check("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0'><html>", true);
        check("<!--StartFragment--><p>سوريا", true);
        check("<a href='/'>سوريا</a>", true);
        check("<?xml version='1.0'?><xliff>", false);
        check("<< عاجل >>", false);
        check("سوريا <b>", false);
        check("<!-- ", false);
        check("", false);
    }
}
