//! Markdown (`CommonMark` with tables) to an article.

use pulldown_cmark::{Event, HeadingLevel, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use crate::domain::{Article, Block, FurniturePhrases, ParagraphKind, classify};

/// Whether a text has marks that nobody writes outside Markdown: a heading with number signs, a link with its address, or
/// metadata at the top. A hashtag has no space after its sign.
pub fn is_markdown(text: &str) -> bool {
    let has_metadata = text.starts_with("---\n") && text[4..].contains("\n---\n");
    has_metadata || text.lines().any(|line| is_heading(line) || has_link(line))
}

fn is_heading(line: &str) -> bool {
    let signs = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&signs) && line[signs..].starts_with(' ') && !line[signs..].trim().is_empty()
}

fn has_link(line: &str) -> bool {
    let address = line.split_once("](").map(|(before, after)| (before.contains('['), after));
    address.is_some_and(|(opened, after)| opened && after.starts_with(['h', '/', '<']) && after.contains(')'))
}

/// Reads the text; code, addresses and raw HTML are left out.
pub fn read(text: &str) -> Article {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut blocks = Blocks::default();
    for event in Parser::new_ext(text, options) {
        blocks.take(event);
    }
    blocks.finish(None);
    classify(blocks.done, FurniturePhrases::arabic_news())
}

#[derive(Default)]
struct Blocks {
    done: Vec<Block>,
    text: String,
    has_headline: bool,
    /// Elements open around here whose text is none of the article's.
    hidden: usize,
}

impl Blocks {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(MetadataBlockKind::YamlStyle)) => {
                self.finish(None);
                self.hidden += 1;
            }
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_)) => self.hidden = self.hidden.saturating_sub(1),
            Event::End(TagEnd::Heading(level)) => self.finish_heading(level),
            Event::End(TagEnd::Image) => self.finish(Some(ParagraphKind::Caption)),
            Event::Start(
                Tag::Paragraph | Tag::Heading { .. } | Tag::Item | Tag::TableRow | Tag::TableHead | Tag::Image { .. },
            )
            | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::TableRow | TagEnd::TableHead)
            | Event::Rule => self.finish(None),
            Event::Text(text) | Event::Code(text) if self.hidden == 0 => self.text.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::TableCell) => self.text.push(' '),
            _ => (),
        }
    }

    /// The first heading of the first level is the headline.
    fn finish_heading(&mut self, level: HeadingLevel) {
        let is_headline = level == HeadingLevel::H1 && !self.has_headline;
        self.has_headline |= is_headline;
        self.finish(Some(if is_headline { ParagraphKind::Headline } else { ParagraphKind::Heading }));
    }

    fn finish(&mut self, kind: Option<ParagraphKind>) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if !text.is_empty() {
            self.done.push(Block { kind, text: text.to_owned() });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_kinds_and_go() {
        let text = "---\nlayout: post\n---\n# بلدية المدينة تفتتح حديقة\n\n![الحديقة صباحاً](a.jpg)\n\n\
                    أعلنت البلدية **أمس** افتتاح\n[حديقة جديدة](https://example.org) في وسط المدينة القديمة.\n\n\
                    ## تفاصيل\n\n* مساحتها واسعة\n* أشجارها كثيرة\n\n| الاسم | العدد |\n|---|---|\n| نخيل | 20 |\n\n```\ncode\n```\n";
        assert!(is_markdown(text));
        let article = read(text);
        let found: Vec<(ParagraphKind, &str)> = article.paragraphs.iter().map(|p| (p.kind, p.text.as_str())).collect();
        assert_eq!(found[0], (ParagraphKind::Headline, "بلدية المدينة تفتتح حديقة"));
        assert_eq!(found[1], (ParagraphKind::Caption, "الحديقة صباحاً"));
        assert_eq!(found[2].1, "أعلنت البلدية أمس افتتاح حديقة جديدة في وسط المدينة القديمة.");
        assert_eq!(found[3], (ParagraphKind::Heading, "تفاصيل"));
        let rest: Vec<&str> = found[4..].iter().map(|(_, text)| *text).collect();
        assert_eq!(rest, ["مساحتها واسعة", "أشجارها كثيرة", "الاسم العدد", "نخيل 20"]);
    }

    #[test]
    fn plain_text_is_no_markdown() {
        for text in ["#سوريا تفوز", "* نجمة", "قال [الوزير] (أمس)", "1. أولاً", "---", "#", "# ", "كلمة_أخرى **مهمة**"]
        {
            assert!(!is_markdown(text), "{text}");
        }
    }
}
