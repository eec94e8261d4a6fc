//! Bytes to the model and back, a file a format.
//!
//! Everything here is a pure function: no disk, no network, no clock, no state. Damaged input gives a value
//! and [`Warning`]s, or a [`FormatError`] with its position. Start with [`plain_text`] (how an article
//! comes in), [`xliff`] (the working file) and [`export`] (what every export has in common).

pub mod article_json;
pub mod concept_json;
pub mod decode;
pub mod export;
pub mod glossary;
pub mod html;
pub mod journal;
pub mod markdown;
pub mod matches_tsv;
pub mod mhtml;
pub mod moses;
pub mod office;
pub mod pdf;
pub mod plain_text;
pub mod reader;
pub mod srx;
pub mod subtitles;
pub mod tmx;
pub mod tsv;
pub mod xliff;

mod bilingual;
mod error;
mod names;
mod warning;
mod xml;

pub use error::FormatError;
pub use warning::{Warning, WarningKind};
