//! Markup to a tree, as browsers build it, within bounds.

use std::cell::Cell;

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use scraper::{Html, HtmlTreeSink};

/// Elements inside elements; pages have some dozens. What goes deeper is read as if it had no tags.
const DEEPEST: usize = 256;
/// Elements and texts of a page; large ones have some ten thousand. Beyond, the text is read without its tags.
const MOST_NODES: usize = 300_000;

/// Parses a page or a fragment of one, as the HTML standard says.
pub(super) fn parse(text: &str) -> Html {
    let sink = HtmlTreeSink::new(Html::new_document());
    let bounded = Bounded {
        builder: TreeBuilder::new(sink, TreeBuilderOpts::default()),
        depth: Cell::new(0),
        left_out: Cell::new(0),
    };
    let tokenizer = Tokenizer::new(bounded, TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(text));
    // The tokenizer stops after every script, for whoever would run it.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink.builder.sink.finish()
}

/// A tree builder that is not told of tags beyond the bounds. The standard's algorithm looks through all open
/// elements at many tags, and opens unclosed formatting again in each paragraph; unbounded, both are quadratic.
struct Bounded {
    builder: TreeBuilder<<HtmlTreeSink as TreeSink>::Handle, HtmlTreeSink>,
    /// Elements that an end tag has to close and that are open.
    depth: Cell<usize>,
    /// Start tags left out whose end tags are still to come.
    left_out: Cell<usize>,
}

impl TokenSink for Bounded {
    type Handle = <HtmlTreeSink as TreeSink>::Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Self::Handle> {
        let is_beyond = matches!(&token, Token::TagToken(tag) if self.is_beyond(tag));
        let token = if is_beyond { Token::CharacterTokens(StrTendril::from_slice(" ")) } else { token };
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Bounded {
    fn is_beyond(&self, tag: &Tag) -> bool {
        if is_raw(&tag.name) {
            return false;
        }
        if self.builder.sink.0.borrow().tree.values().len() >= MOST_NODES {
            return true;
        }
        if tag.self_closing || closes_itself(&tag.name) {
            return false;
        }
        match tag.kind {
            TagKind::StartTag if self.depth.get() >= DEEPEST => {
                self.left_out.set(self.left_out.get() + 1);
                true
            }
            TagKind::StartTag => {
                self.depth.set(self.depth.get() + 1);
                false
            }
            TagKind::EndTag if self.left_out.get() > 0 => {
                self.left_out.set(self.left_out.get() - 1);
                true
            }
            TagKind::EndTag => {
                self.depth.set(self.depth.get().saturating_sub(1));
                false
            }
        }
    }
}

/// Elements whose content is no markup: what is in them must not be taken for text.
fn is_raw(name: &str) -> bool {
    matches!(name, "script" | "style" | "title" | "textarea" | "noscript" | "iframe" | "xmp" | "noembed" | "noframes")
}

/// Elements without content, and those that the next of their kind closes.
fn closes_itself(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "body"
            | "p"
            | "li"
            | "dd"
            | "dt"
            | "td"
            | "th"
            | "tr"
            | "tbody"
            | "thead"
            | "tfoot"
            | "colgroup"
            | "option"
            | "optgroup"
            | "rp"
            | "rt"
            | "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "source"
            | "track"
            | "wbr"
            | "param"
    )
}
