//! What a page tells of itself besides its text: `meta`, `title`, JSON-LD, elements with a date.

use scraper::{ElementRef, Html, Node};
use serde_json::Value;

use crate::domain::{About, Date, find_date};

/// Reads what the page tells of itself.
pub(super) fn read(tree: &Html) -> About {
    let mut found = Found::default();
    for element in tree.tree.nodes().filter(|node| node.value().is_element()).filter_map(ElementRef::wrap) {
        let attribute = |name: &str| {
            element.value().attrs().find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default()
        };
        match element.value().name() {
            "meta" => {
                let key = [attribute("property"), attribute("name"), attribute("itemprop")];
                let key = key.into_iter().find(|key| !key.is_empty()).unwrap_or_default();
                found.meta(&key.to_ascii_lowercase(), attribute("content"));
            }
            "title" if found.page_title.is_empty() && is_in_head(element) => found.page_title = text_of(element),
            "script" if attribute("type").trim().eq_ignore_ascii_case("application/ld+json") => {
                found.linked_data(&text_of(element));
            }
            "time" | "abbr" if !attribute("datetime").is_empty() || attribute("class").contains("published") => {
                let published = attribute("itemprop") == "datePublished" || attribute("class").contains("publish");
                let date = Date::from_iso(attribute("datetime")).or_else(|| Date::from_iso(attribute("title")));
                found.times.push((published, date));
            }
            _ if attribute("itemtype").ends_with("Article") => found.about.is_article = true,
            _ => {}
        }
    }
    found.finish()
}

fn is_in_head(title: ElementRef) -> bool {
    title
        .ancestors()
        .filter_map(ElementRef::wrap)
        .all(|element| matches!(element.value().name(), "head" | "html" | "body"))
}

fn text_of(element: ElementRef) -> String {
    let texts = element.children().filter_map(|child| match child.value() {
        Node::Text(text) => Some(&**text),
        _ => None,
    });
    texts.collect()
}

#[derive(Default)]
struct Found {
    about: About,
    page_title: String,
    /// Headlines and dates as JSON-LD gives them.
    data_titles: Vec<String>,
    data_date: Option<Date>,
    meta_titles: Vec<String>,
    meta_date: Option<Date>,
    /// Elements that tell a time, and whether they say that it is the time of publication.
    times: Vec<(bool, Option<Date>)>,
}

impl Found {
    fn meta(&mut self, key: &str, content: &str) {
        const DATES: [&str; 15] = [
            "article:published_time",
            "og:published_time",
            "datepublished",
            "publishdate",
            "publish_date",
            "publish-date",
            "pubdate",
            "publisheddate",
            "date",
            "dc.date",
            "dc.date.issued",
            "dcterms.created",
            "sailthru.date",
            "parsely-pub-date",
            "article.published",
        ];
        match key {
            "og:title" | "twitter:title" | "headline" | "dc.title" | "parsely-title" => {
                self.meta_titles.push(spaced(content));
            }
            "og:site_name" | "application-name" => self.about.site = Some(spaced(content)),
            "og:type" if content.trim().eq_ignore_ascii_case("article") => self.about.is_article = true,
            "author" | "article:author" | "dc.creator" if !content.contains("://") => {
                self.about.authors.push(spaced(content));
            }
            _ if DATES.contains(&key) => {
                self.meta_date = self.meta_date.or_else(|| Date::from_iso(content).or_else(|| find_date(content)));
            }
            _ => {}
        }
    }

    /// Reads JSON-LD, where an article may stand at the top, in a list or in a graph.
    fn linked_data(&mut self, text: &str) {
        const MOST: usize = 2000;
        let Ok(value) = serde_json::from_str::<Value>(text.trim()) else { return };
        let mut waiting = vec![&value];
        let mut seen = 0;
        while let Some(value) = waiting.pop() {
            seen += 1;
            if seen > MOST {
                return;
            }
            match value {
                Value::Array(values) => waiting.extend(values.iter().rev()),
                Value::Object(object) => {
                    if is_article_type(&value["@type"]) {
                        self.linked_article(value);
                    }
                    waiting.extend(object.get("@graph").into_iter().chain(object.get("mainEntity")));
                }
                _ => {}
            }
        }
    }

    fn linked_article(&mut self, article: &Value) {
        self.about.is_article = true;
        let text = |value: &Value| value.as_str().map(spaced).filter(|text| !text.is_empty());
        self.data_titles.extend(text(&article["headline"]).or_else(|| text(&article["name"])));
        let date = article["datePublished"].as_str().or_else(|| article["dateCreated"].as_str());
        self.data_date = self.data_date.or_else(|| date.and_then(Date::from_iso));
        let authors = match &article["author"] {
            Value::Array(authors) => authors.iter().collect(),
            author => vec![author],
        };
        self.about
            .authors
            .extend(authors.into_iter().filter_map(|author| text(author).or_else(|| text(&author["name"]))));
    }

    fn finish(self) -> About {
        let published = self.times.iter().find(|(published, date)| *published && date.is_some());
        // Several times belong to several articles, or to comments.
        let only = self.times.first().filter(|_| self.times.len() == 1);
        let time = published.or(only).and_then(|(_, date)| *date);
        let titles = self.data_titles.into_iter().chain(self.meta_titles).chain([spaced(&self.page_title)]);
        let titles = titles.filter(|title| !title.is_empty()).collect();
        About { titles, date: self.data_date.or(self.meta_date).or(time), ..self.about }
    }
}

fn is_article_type(kind: &Value) -> bool {
    let is_article =
        |name: &str| name.ends_with("Article") || name.ends_with("BlogPosting") || name.ends_with("Report");
    match kind {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is_article),
        kind => kind.as_str().is_some_and(is_article),
    }
}

/// Blanks as one space, and entities that were written twice as the characters that they stand for.
fn spaced(text: &str) -> String {
    const TWICE: [(&str, &str); 8] = [
        ("&quot;", "\""),
        ("&#039;", "'"),
        ("&#39;", "'"),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&ldquo;", "“"),
        ("&rdquo;", "”"),
        ("&amp;", "&"),
    ];
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    TWICE.iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}
