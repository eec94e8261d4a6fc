//! Bytes and the model: one file format a module, without disk or network.

pub mod glossary_tsv;
pub mod matches_tsv;
