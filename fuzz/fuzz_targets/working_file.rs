//! Any bytes as a working file, and as the journal of one.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tarjuman::domain::ProjectId;
use tarjuman::formats::{journal, xliff};
use uuid::Uuid;

fuzz_target!(|bytes: &[u8]| {
    let _ = xliff::read(bytes, ProjectId::new(Uuid::nil()));
    let _ = journal::replay(&mut [], bytes);
});
