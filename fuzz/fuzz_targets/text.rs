//! Any text as every kind of text, whatever it looks like.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::formats::{html, markdown, plain_text, subtitles, tsv};
use tarjuman::text;

fuzz_target!(|text: &str| {
    for read in [plain_text::read, html::read, markdown::read, subtitles::read] {
        let _ = read(text);
    }
    let _ = tsv::read(text);
    let repaired = text::apply_repairs(text, &text::repairs(text));
    assert!(text::repairs(&repaired).is_empty(), "a repair leaves something to repair");
});
