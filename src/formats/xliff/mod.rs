//! The working file: XLIFF 2.1 (OASIS Standard, 13 February 2018).
//!
//! A `<unit>` holds one [`Unit`](crate::domain::Unit) as one segment with its state; units that are not part
//! of the article are marked `translate="no"`. What XLIFF has no place for (the project's id, the page that it was
//! made from, what kind of paragraph a unit is, whether it is read repaired) stands in the metadata module under the
//! category `tarjuman`, so any other tool can
//! work on the file and leave it intact. [`write()`] and [`read()`] are exact inverses but for the revision.
//!
//! Files of other tools are read too (2.0 to 2.2): each `<unit>` becomes one unit, its segments joined, and
//! whatever has no place in a project is counted in the warnings.

mod read;
mod read_1;
mod write;

pub use read::read;
pub(super) use read_1::read as read_1;
pub use write::write;

/// The version of what stands in the metadata.
const FORMAT_VERSION: u32 = 1;

/// The category of our groups of metadata.
const CATEGORY: &str = "tarjuman";

const CORE_NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:2.0";
const CORE_NAMESPACE_22: &str = "urn:oasis:names:tc:xliff:document:2.2";
const METADATA_NAMESPACE: &str = "urn:oasis:names:tc:xliff:metadata:2.0";
