//! XML 1.0, what the formats written in it share: [`Pull`] to read, [`push_text`] and [`push_attribute`] to write.

mod escape;
mod pull;

pub(super) use escape::{can_hold, push_attribute, push_text};
pub(super) use pull::{Pull, Token};
