//! Characters: byte spans, folding of Arabic with a map back to the original, words, clitics,
//! endings and sentences.
//!
//! Everything here is a pure function of a string. Translation and files belong to later layers.
//! Start with [`Span`], then [`fold()`], which makes the spellings of a word comparable.

mod clitic;
mod fold;
mod guess;
mod inflection;
mod lemma;
mod mojibake;
mod nature;
mod nouns;
mod repair;
mod sentences;
mod span;
mod tokens;

pub use clitic::{ARTICLE, FUTURE, QUESTION, Split, splits};
pub use fold::{Folded, fold, is_invisible, last_letter, push_spelling, spelling};
pub use guess::{Plural, guessed_singulars};
pub use inflection::{
    Inflection, Singular, Stem, irregular_feminine, masculine, shortened, singulars, stems, without_pronoun,
};
pub use lemma::lemma;
pub use mojibake::unscrambled;
pub use nature::{Nature, is_comparative};
pub use nouns::{Known, Nouns};
pub use repair::{Repair, RepairKind, apply_repairs, places_of, repairs};
pub use sentences::{BreakRule, LanguagePattern, PatternError, SegmentationRules};
pub use span::Span;
pub use tokens::words;
