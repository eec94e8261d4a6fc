//! Extraction of articles from pages of the web: pages a second on one core, and the slowest page.
//!
//! `cargo bench --bench extraction` reads the pages of the tests, and every page below `TARJUMAN_BENCH` or
//! `../shared/bench` where there is one: from bytes to an article, nothing from the disk.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tarjuman::formats::reader::{self, Hints};

const RUNS: usize = 15;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    measure("pages of the tests", &root.join("tests/pages"));
    let beside = env::var_os("TARJUMAN_BENCH").map_or_else(|| root.join("../shared/bench"), PathBuf::from);
    measure("real pages", &beside.join("articles"));
}

fn measure(what: &str, folder: &Path) {
    let pages: Vec<Vec<u8>> = pages_below(folder).iter().map(|page| fs::read(page).expect("a page")).collect();
    if pages.is_empty() {
        return println!("{what}: there are none in {}", folder.display());
    }
    let mut times: Vec<Duration> = pages.iter().map(|page| median_time(page)).collect();
    times.sort_unstable();
    let (sum, size): (Duration, usize) = (times.iter().sum(), pages.iter().map(Vec::len).sum());
    println!("{what}: {} of {} KB on average", pages.len(), size / pages.len() / 1024);
    println!("    {:.0} pages a second", pages.len() as f64 / sum.as_secs_f64());
    println!("    a page takes {:.1?}, the slowest {:.1?}", times[times.len() / 2], times[times.len() - 1]);
}

/// How long one page takes: of several runs the median.
fn median_time(page: &[u8]) -> Duration {
    let time = |_| {
        let start = Instant::now();
        drop(black_box(reader::read(page, Hints::default())));
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..RUNS).map(time).collect();
    times.sort_unstable();
    times[RUNS / 2]
}

/// The HTML files in a folder and below it; none where there is no such folder.
fn pages_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path());
    let is_page = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "html");
    let found = |path: PathBuf| if path.is_dir() { pages_below(&path) } else { vec![path] };
    entries.flat_map(found).filter(is_page).collect()
}
