//! (in preparation)
pub mod text;
