//! Any bytes as an article: the reader chooses among all formats by their content.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::reader::{self, Hints};

fuzz_target!(|bytes: &[u8]| {
    let _ = reader::read(bytes, Hints::default());
});
