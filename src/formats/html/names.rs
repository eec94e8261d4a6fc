//! What the classes, ids and roles of an element say that it holds, in the words that pages of all kinds use.

use crate::domain::Hint;

/// The words of a name that say what it is; the first list with a word of the name decides.
const WORDS: [(Hint, &[&str]); 6] = [
    (Hint::Comments, &["comment", "comments", "commentlist", "respond", "disqus", "reply", "replies"]),
    (
        Hint::Furniture,
        &[
            "ad",
            "ads",
            "adv",
            "advert",
            "advertisement",
            "aside",
            "bar",
            "banner",
            "breadcrumb",
            "breadcrumbs",
            "breaking",
            "button",
            "buttons",
            "btn",
            "carousel",
            "cookie",
            "cookies",
            "copyright",
            "copyrights",
            "dropdown",
            "follow",
            "footer",
            "gallery-nav",
            "inject",
            "latest",
            "links",
            "login",
            "logo",
            "menu",
            "modal",
            "more",
            "mostread",
            "nav",
            "navbar",
            "navigation",
            "newsletter",
            "next",
            "pager",
            "pagination",
            "poll",
            "popular",
            "popup",
            "prev",
            "print",
            "promo",
            "recommend",
            "recommended",
            "related",
            "recommendation",
            "recommendations",
            "search",
            "share",
            "shared",
            "shares",
            "sharing",
            "sharebar",
            "sidebar",
            "skip",
            "slider",
            "social",
            "sponsor",
            "sponsored",
            "sticky",
            "subscribe",
            "subscription",
            "suggested",
            "tag",
            "tagcloud",
            "tags",
            "ticker",
            "toolbar",
            "tools",
            "toolbox",
            "topnav",
            "trending",
            "vote",
            "weather",
            "widget",
            "widgets",
        ],
    ),
    (
        Hint::Caption,
        &[
            "caption",
            "figcaption",
            "imgcaption",
            "photocaption",
            "cap",
            "imgcap",
            "imgdesc",
            "photo",
            "image",
            "img",
            "picture",
        ],
    ),
    (Hint::Byline, &["author", "authors", "byline", "writer", "writeby", "writers", "journalist", "reporter"]),
    (
        Hint::Lead,
        &[
            "lead",
            "lede",
            "standfirst",
            "subtitle",
            "subheadline",
            "summary",
            "excerpt",
            "sapo",
            "intro",
            "synopsis",
            "sub",
            "deck",
            "dek",
            "chapo",
            "brief",
        ],
    ),
    (Hint::Date, &["date", "datetime", "time", "timestamp", "published", "pubdate", "publishdate"]),
];

/// Two words in a row that say together that an element holds the text of the article.
const BODY: (&[&str], &[&str]) = (
    &[
        "article", "articles", "content", "entry", "news", "post", "page", "story", "item", "single", "main", "full",
        "text", "details",
    ],
    &["body", "content", "text", "txt", "details", "detail", "story", "article", "desc", "description", "cont", "main"],
);

/// Reads the names of an element, `class` and `id`, each of one or several names.
pub(super) fn hint_of(names: &str) -> Option<Hint> {
    // Utility classes can be as long as they like.
    const MOST: usize = 40;
    let words: Vec<String> = names.split_ascii_whitespace().flat_map(words_of).take(MOST).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let known = WORDS.iter().find(|(_, list)| has(list)).map(|(hint, _)| *hint);
    let is_body = || {
        let pair = |pair: &[String]| BODY.0.contains(&pair[0].as_str()) && BODY.1.contains(&pair[1].as_str());
        words.windows(2).any(pair)
            || has(&["articlebody", "storybody", "postcontent", "entrycontent", "articletext", "newsbody"])
    };
    known.or_else(|| is_body().then_some(Hint::Body))
}

/// What `itemprop` says, in the words of schema.org.
pub(super) fn hint_of_property(name: &str) -> Option<Hint> {
    match name {
        "articleBody" => Some(Hint::Body),
        "author" | "creator" => Some(Hint::Byline),
        "datePublished" | "dateModified" | "dateCreated" => Some(Hint::Date),
        "caption" => Some(Hint::Caption),
        "comment" => Some(Hint::Comments),
        "publisher" | "image" | "breadcrumb" | "keywords" => Some(Hint::Furniture),
        _ => None,
    }
}

/// `articleBody`, `article-body`, `article__body` → `article`, `body`.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        if c.is_ascii_alphabetic() {
            let begins = !before.is_ascii_alphabetic() || (c.is_ascii_uppercase() && before.is_ascii_lowercase());
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        }
        before = c;
    }
    words
}
