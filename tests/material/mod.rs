//! Real material to measure against. It is no part of the project: it is looked for in `../shared/bench` or
//! `TARJUMAN_BENCH`, and tests pass over what is not there.

#![allow(dead_code, reason = "each test program uses a part of this")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// A folder of it, if there is one.
pub(crate) fn bench(part: &str) -> Option<PathBuf> {
    let root = env::var_os("TARJUMAN_BENCH").map_or_else(|| PathBuf::from("../shared/bench"), PathBuf::from);
    let folder = root.join(part);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("passed over: there is no {}", folder.display());
    None
}

/// The files in a folder and all below it, sorted.
pub(crate) fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

/// How long this thread has run, not counting what others ran meanwhile; elsewhere than on Linux all time counts.
pub(crate) fn time_spent() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let on_cpu = statistics.and_then(|fields| fields.split_whitespace().next()?.parse().ok());
    on_cpu.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// What some work gives, and how long this thread ran for it.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = time_spent();
    let result = work();
    (result, time_spent().saturating_sub(start))
}
