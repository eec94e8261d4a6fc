//! The work of a frame in an article of 10,000 paragraphs: ui, layout and tessellation, without the GPU.
//!
//! `cargo bench --bench frames` prints the median, the 99th percentile and the maximum, in milliseconds, of scrolling by 120 points a frame and of typing a character a frame.

#![allow(clippy::expect_used, reason = "without these there is nothing to measure")]

mod drawn;

use std::time::Duration;

use drawn::{Drawn, report, wheel};
use egui::{Event, pos2};
use tarjuman::session::Command;

const PARAGRAPHS: usize = 10_000;
const FRAMES: usize = 1_500;

fn main() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let article = home.path().join("long.txt");
    std::fs::write(&article, long_article()).expect("the article is written");
    let mut bench = Drawn::start(home.path(), vec![Command::OpenThese(vec![article.into()])]);
    bench.until(Duration::ZERO, |session| session.project().is_some() && session.busy().is_none());
    println!("{} paragraphs open", bench.session().project().map_or(0, |project| project.units().len()));

    bench.frame(vec![Event::PointerMoved(pos2(400.0, 400.0))]);
    report("scrolling", (0..FRAMES).map(|_| bench.frame(vec![wheel(120.0)])).collect());

    bench.app.run(Command::LastUnit);
    for _ in 0..4 {
        bench.frame(Vec::new());
    }
    let letters = "The parties agreed on wider access for aid convoys. ".chars().cycle();
    report("typing", letters.take(FRAMES).map(|letter| bench.frame(vec![Event::Text(letter.to_string())])).collect());
}

/// Paragraphs of the sample article over and over, each with a number of its own.
fn long_article() -> String {
    let sample = include_str!("../assets/sample.ar.txt");
    let paragraphs: Vec<&str> = sample.split("\n\n").filter(|text| text.chars().count() > 80).collect();
    let numbered = (1..=PARAGRAPHS).map(|number| format!("{number} {}", paragraphs[number % paragraphs.len()]));
    numbered.collect::<Vec<_>>().join("\n\n")
}
