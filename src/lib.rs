//! Tarjuman opens an Arabic news article beside an English pane, marks the names and terms of a
//! glossary in it, and saves both as a standard bilingual file.
//!
//! Each module uses only the ones before it; `tests/architecture.rs` fails when one does not.
//! ARCHITECTURE.md is the map.

pub mod text;

pub mod domain;

pub mod formats;

pub mod storage;

pub mod jobs;

pub mod session;

pub mod ui;

pub mod cli;
