//! Characters: byte spans, folding of Arabic with a map back to the original, tokens and clitics.
//!
//! Everything here is a pure function of a string. Translation and files belong to later layers.
//! Start with [`Span`].

mod span;

pub use span::Span;
