//! `TermBase` eXchange: concepts with terms in several languages.
//!
//! Read are ISO 30042:2019 (root `tbx`) of any dialect in both of its styles, DCA with the data category in an
//! attribute and DCT with an element of its own for each, and ISO 30042:2008 (root `martif`). Written are TBX-Basic
//! in either style and `martif`. What TBX-Basic has no category for, a concept's kind and a term's forms, stands in
//! notes that begin with `Kind:` and `Form:`.

mod names;
mod read;
mod write;

pub(super) use read::{is_tbx, read};
pub(super) use write::{write, write_martif};

/// How a TBX file of 2019 names data categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// Data category as attribute: `<termNote type="partOfSpeech">`.
    Dca,
    /// Data category as tag: `<min:partOfSpeech>`.
    Dct,
}

const NAMESPACE: &str = "urn:iso:std:iso:30042:ed-2";
/// What the namespaces of modules begin with.
const MODULES: &str = "http://www.tbxinfo.net/ns/";
const MIN_NAMESPACE: &str = "http://www.tbxinfo.net/ns/min";
const BASIC_NAMESPACE: &str = "http://www.tbxinfo.net/ns/basic";

/// What begins the note that tells a concept's kind.
const KIND_NOTE: &str = "Kind: ";
/// What begins the notes that tell forms of a term.
const FORM_NOTE: &str = "Form: ";
