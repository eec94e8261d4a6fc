//! Translation memories: TMX 1.4b, and what older tools made of it.
//!
//! [`write()`] leaves the DOCTYPE out, although it keeps to the DTD: some readers would go and look for it. `read` takes the
//! Arabic alone.

mod read;
mod write;

pub(super) use read::read;
pub use write::write;
