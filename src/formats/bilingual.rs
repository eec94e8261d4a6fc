//! The Arabic side of a file with texts in several languages.

use super::warning::Warnings;
use super::xml::{Pull, Token};
use super::{FormatError, Warning, WarningKind};
use crate::domain::{Article, Block, FurniturePhrases, classify};

/// What a file in several languages holds.
#[derive(Default)]
pub(super) struct Bilingual {
    /// The language that the file says it was translated from; empty where it says nothing.
    pub(super) source_language: String,
    /// What was left out so far.
    pub(super) warnings: Warnings,
    units: Vec<Unit>,
}

struct Unit {
    position: usize,
    texts: Vec<Wording>,
}

/// A unit's text in one language.
pub(super) struct Wording {
    /// Its tag as the file has it, empty where there is none.
    pub(super) language: String,
    /// The text, without codes.
    pub(super) text: String,
    /// What it is to the unit.
    pub(super) side: Side,
}

/// What a text is to its unit, where the format tells.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Source,
    Target,
    Unknown,
}

impl Bilingual {
    pub(super) fn push(&mut self, position: usize, texts: Vec<Wording>) {
        self.units.push(Unit { position, texts });
    }

    /// The article that the Arabic makes, a paragraph a unit. Where nothing is in Arabic, the source is taken for it.
    pub(super) fn into_article(self) -> (Article, Vec<Warning>) {
        let Self { source_language, mut warnings, units } = self;
        let has_arabic = units.iter().flat_map(|unit| &unit.texts).any(|text| is_arabic(&text.language));
        if !has_arabic && let Some(first) = units.first() {
            let kind = WarningKind::Languages { source: source_language.clone(), target: String::new() };
            warnings.add(kind, first.position);
        }
        let is_wanted = |text: &Wording| {
            if has_arabic {
                is_arabic(&text.language)
            } else {
                text.side == Side::Source || is_same(&text.language, &source_language)
            }
        };
        let mut blocks = Vec::new();
        for Unit { position, mut texts } in units {
            let place = texts.iter().position(is_wanted).or((!has_arabic && !texts.is_empty()).then_some(0));
            let text = place.map(|place| texts.swap_remove(place).text);
            let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            if texts.iter().any(|text| !text.text.trim().is_empty()) {
                warnings.add(WarningKind::Translations, position);
            }
            match text {
                Some(text) => blocks.push(Block { kind: None, text }),
                None => warnings.add(WarningKind::UnitWithoutSource, position),
            }
        }
        (classify(blocks, FurniturePhrases::arabic_news()), warnings.into_vec())
    }
}

fn is_arabic(tag: &str) -> bool {
    is_same(tag, "ar") || is_same(tag, "ara")
}

/// Whether two tags name one language, wherever it is spoken.
fn is_same(tag: &str, other: &str) -> bool {
    let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    primary(tag) == primary(other)
}

/// The text inside the element just opened, without elements of these names. Line breaks become spaces.
pub(super) fn inline_text(xml: &mut Pull<()>, codes: &[&str], warnings: &mut Warnings) -> Result<String, FormatError> {
    let mut text = String::new();
    let mut open = 1;
    while open > 0 {
        match xml.next()? {
            Token::Open((), tag) => {
                warnings.add(WarningKind::InlineCodes, xml.position());
                if codes.contains(&tag.local_name().as_ref()) { xml.skip()? } else { open += 1 }
            }
            Token::Text(piece) => text.push_str(&piece),
            Token::Close => open -= 1,
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(if lines.len() > 1 { lines.join(" ") } else { text })
}
