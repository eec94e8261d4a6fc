//! The glossary that comes with the program.

use super::JobError;
use crate::domain::Termbase;
use crate::formats::glossary_tsv::{self, Warning};

/// The files of the glossary.
const STARTER: [&str; 4] = [
    include_str!("../../assets/glossary/people.tsv"),
    include_str!("../../assets/glossary/places.tsv"),
    include_str!("../../assets/glossary/organisations.tsv"),
    include_str!("../../assets/glossary/terms.tsv"),
];

/// Reads every file into one termbase; a concept of a later file replaces one with the same id.
pub(super) fn starter() -> Result<(Termbase, Vec<Warning>), JobError> {
    let mut termbase = Termbase::default();
    let mut warnings = Vec::new();
    for text in STARTER {
        let reading = glossary_tsv::read(text.as_bytes())?;
        termbase.extend(reading.termbase.concepts().iter().cloned());
        warnings.extend(reading.warnings);
    }
    Ok((termbase, warnings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_starter_glossary_is_whole() {
        let (termbase, warnings) = starter().unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        assert!(termbase.concepts().len() >= 300);
    }
}
