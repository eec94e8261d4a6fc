//! Any bytes as rules for sentences.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::srx;

fuzz_target!(|bytes: &[u8]| {
    let _ = srx::read(bytes);
});
