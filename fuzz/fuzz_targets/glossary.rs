//! Any bytes as a glossary of any kind.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::glossary::{self, Options};

fuzz_target!(|bytes: &[u8]| {
    let _ = glossary::read(bytes, Options::default());
});
