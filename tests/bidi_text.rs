//! Text on screen against the Unicode bidirectional algorithm (UAX #9), and carets, clicks and selections
//! against what is drawn.

#![allow(clippy::expect_used, reason = "a failed expectation in a test is the test's failure")]

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Color32, Context, Id, Rect, pos2};
use tarjuman::text::Span;
use tarjuman::ui::text::{Block, Caret, Direction, Laid, Motion, TextEngine, TextStyle, Typeface};

struct Bench {
    ctx: Context,
    engine: TextEngine,
}

impl Bench {
    fn new() -> Self {
        Self { ctx: Context::default(), engine: TextEngine::default() }
    }

    fn lay_out(&mut self, text: &str, direction: Direction, width: f32) -> Arc<Laid> {
        let style = TextStyle {
            typeface: Typeface::Naskh,
            size: 20.0,
            line_height: 1.7,
            bold: false,
            color: Color32::BLACK,
            direction,
        };
        self.engine.lay_out(&self.ctx, Id::unique("text"), text, &style, width)
    }
}

/// Words, numbers, punctuation and single characters of both scripts, in any order.
fn random_mixed(rng: &mut fastrand::Rng) -> String {
    const PIECES: &[&str] = &[
        "سوريا",
        "الأمم المتحدة",
        "مُحَمَّدٌ",
        "لا",
        "الله",
        "ـ",
        "،",
        "؟",
        "«",
        "»",
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        "/",
        ":",
        "-",
        "–",
        ".",
        ",",
        "%",
        "$",
        "+",
        "1,250.5",
        "2016-2017",
        "٢٠١٨",
        "12:30",
        "UNHCR",
        "a",
        "b c",
        "naïve",
        "https://example.org/a?b=1",
        "é",
        "\u{5d0}\u{5d1}",
        "ک",
        "ی",
        "!",
        "'",
        "\"",
        "…",
        "&",
        "@",
        "#",
        "*",
    ];
    let mut text = String::new();
    for _ in 0..rng.usize(1..12) {
        text.push_str(PIECES[rng.usize(..PIECES.len())]);
        if rng.u8(..3) != 0 {
            text.push(' ');
        }
    }
    text
}

fn direction(rtl: bool) -> Direction {
    if rtl { Direction::Rtl } else { Direction::Ltr }
}

/// The cluster each visual character belongs to, runs of the same cluster made one.
fn clusters_in_order(block: &Block, bytes: impl Iterator<Item = usize>) -> Vec<Span> {
    let mut order: Vec<Span> = Vec::new();
    for byte in bytes {
        let cluster = block.clusters.iter().find(|cluster| cluster.text.contains(byte)).expect("every byte is drawn");
        if order.last() != Some(&cluster.text) {
            order.push(cluster.text);
        }
    }
    order
}

#[test]
fn random_mixed_strings_are_drawn_in_the_order_of_uax_9() {
    let mut bench = Bench::new();
    let mut rng = fastrand::Rng::with_seed(9);
    for _ in 0..20_000 {
        let text = random_mixed(&mut rng);
        let rtl = rng.bool();
        let laid = bench.lay_out(&text, direction(rtl), f32::INFINITY);
        let level = if rtl { unicode_bidi::Level::rtl() } else { unicode_bidi::Level::ltr() };
        let info = unicode_bidi::BidiInfo::new(&text, Some(level));
        let (levels, runs) = info.visual_runs(&info.paragraphs[0], 0..text.len());
        let bytes = runs.into_iter().flat_map(|run| {
            let mut bytes: Vec<usize> = text[run.clone()].char_indices().map(|(at, _)| run.start + at).collect();
            if levels[run.start].is_rtl() {
                bytes.reverse();
            }
            bytes
        });
        let expected = clusters_in_order(&laid.block, bytes);
        let drawn: Vec<Span> = laid.block.clusters.iter().map(|cluster| cluster.text).collect();
        assert_eq!(drawn, expected, "{text:?} rtl={rtl}");
    }
}

fn bench_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("TARJUMAN_BENCH").map_or_else(|| PathBuf::from("../shared/bench"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

#[test]
fn the_unicode_bidi_character_test_passes() {
    let Some(folder) = bench_folder() else {
        eprintln!("passed over: there is no evaluation data beside the project");
        return;
    };
    let file = File::open(folder.join("unicode/BidiCharacterTest-15.0.0.txt.gz")).expect("the file is there");
    let mut bench = Bench::new();
    let (mut checked, mut skipped, mut failed) = (0, 0, Vec::new());
    for line in BufReader::new(flate2::read::GzDecoder::new(file)).lines() {
        let line = line.expect("readable");
        let fields: Vec<&str> = line.split(';').collect();
        if line.starts_with('#') || fields.len() != 5 {
            continue;
        }
        let hex = |code: &str| char::from_u32(u32::from_str_radix(code, 16).ok()?);
        let text: String = fields[0].split(' ').filter_map(hex).collect();
        if text.contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{1c}', '\u{1d}', '\u{1e}']) {
            skipped += 1;
            continue;
        }
        checked += 1;
        let laid = bench.lay_out(&text, direction(fields[2] == "1"), f32::INFINITY);
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let bytes = fields[4].split(' ').filter_map(|at| at.parse::<usize>().ok()).map(|at| starts[at]);
        let expected = clusters_in_order(&laid.block, bytes);
        let drawn: Vec<Span> =
            laid.block.clusters.iter().map(|cluster| cluster.text).filter(|text| expected.contains(text)).collect();
        if drawn != expected {
            failed.push(line.clone());
        }
    }
    eprintln!("{checked} lines checked, {skipped} hold a paragraph separator");
    assert!(failed.is_empty(), "{} of {checked} fail, as {:#?}", failed.len(), &failed[..failed.len().min(10)]);
    assert!(checked > 80_000, "only {checked} lines were checked");
}

fn presses(block: &Block, from: Caret, motion: Motion) -> Vec<Caret> {
    let mut seen = vec![from];
    loop {
        let last = seen[seen.len() - 1];
        let next = block.moved(last, motion, None);
        if next == last {
            return seen;
        }
        assert!(!seen.contains(&next), "{motion:?} came back to {next:?} after {seen:?}");
        seen.push(next);
    }
}

#[test]
fn arrows_reach_every_stop_both_ways_without_loops() {
    let mut bench = Bench::new();
    let mut rng = fastrand::Rng::with_seed(10);
    for round in 0..3_000 {
        let mut text = random_mixed(&mut rng);
        if round % 3 == 0 {
            text = format!("{text}\n{}", random_mixed(&mut rng));
        }
        let width = if round % 2 == 0 { f32::INFINITY } else { 160.0 };
        let laid = bench.lay_out(&text, direction(rng.bool()), width);
        let block = &laid.block;
        let (forward, backward) = match block.direction {
            Direction::Ltr => (Motion::Right, Motion::Left),
            Direction::Rtl => (Motion::Left, Motion::Right),
        };
        let first = presses(block, Caret::before(0), backward).pop().expect("at least the start");
        let there = presses(block, first, forward);
        let last = there[there.len() - 1];
        let back = presses(block, last, backward);
        let gaps: usize = (0..block.lines.len()).map(|line| block.line_clusters(line).len() + 1).sum();
        let wraps = block.lines.iter().filter(|line| line.wraps).count();
        for (walk, name) in [(&there, "forward"), (&back, "backward")] {
            let mut stops: Vec<_> = walk.iter().map(|caret| block.stop(*caret)).collect();
            stops.sort_by_key(|stop| (stop.line, stop.gap));
            stops.dedup();
            assert!(stops.len() + wraps >= gaps, "{name}: {} of {gaps} stops of {text:?}", stops.len());
        }
        for cluster in &block.clusters {
            for index in [cluster.text.start, cluster.text.end] {
                let reached = there.iter().chain(&back).any(|caret| caret.index == index);
                assert!(reached, "no arrow reaches byte {index} of {text:?}");
            }
        }
    }
}

#[test]
fn a_click_on_half_a_glyph_puts_the_caret_at_that_edge() {
    let mut bench = Bench::new();
    let mut rng = fastrand::Rng::with_seed(11);
    for round in 0..3_000 {
        let text = random_mixed(&mut rng);
        let width = if round % 2 == 0 { f32::INFINITY } else { 160.0 };
        let laid = bench.lay_out(&text, direction(rng.bool()), width);
        let block = &laid.block;
        for number in 0..block.lines.len() {
            let y = f32::midpoint(block.lines[number].top, block.lines[number].bottom);
            for cluster in block.line_clusters(number) {
                let advance = cluster.right - cluster.left;
                if advance < 0.5 {
                    continue;
                }
                for (part, left_half) in [(0.25, true), (0.75, false)] {
                    let caret = block.hit(pos2(cluster.left + advance * part, y));
                    let expected = if left_half == cluster.rtl { cluster.text.end } else { cluster.text.start };
                    assert_eq!(caret.index, expected, "{text:?} {cluster:?}");
                    let drawn = block.caret_rect(caret).left();
                    let edge = if left_half { cluster.left } else { cluster.right };
                    assert!((drawn - edge).abs() < 0.01, "{text:?}: caret drawn at {drawn}, glyph's edge at {edge}");
                }
            }
        }
    }
}

#[test]
fn selected_rectangles_cover_what_copy_returns() {
    let mut bench = Bench::new();
    let mut rng = fastrand::Rng::with_seed(12);
    for round in 0..3_000 {
        let text = format!("{}\n{}", random_mixed(&mut rng), random_mixed(&mut rng));
        let width = if round % 2 == 0 { f32::INFINITY } else { 160.0 };
        let laid = bench.lay_out(&text, direction(rng.bool()), width);
        let block = &laid.block;
        let border = |rng: &mut fastrand::Rng| block.clusters[rng.usize(..block.clusters.len())].text.start;
        let (a, b) = (border(&mut rng), border(&mut rng));
        let span = Span::new(a.min(b), a.max(b));
        let rects = block.rects(span);
        for number in 0..block.lines.len() {
            let y = f32::midpoint(block.lines[number].top, block.lines[number].bottom);
            for cluster in block.line_clusters(number).iter().filter(|cluster| cluster.right - cluster.left > 0.1) {
                let middle = pos2(f32::midpoint(cluster.left, cluster.right), y);
                let covered = rects.iter().any(|rect| rect.contains(middle));
                assert_eq!(covered, cluster.text.overlaps(span), "{text:?} {span:?} {cluster:?}");
            }
        }
    }
}

#[test]
fn a_newline_in_right_to_left_text_puts_the_caret_at_the_right_edge_of_the_next_line() {
    let mut bench = Bench::new();
    let laid = bench.lay_out("سلام\n\nعليكم", Direction::Rtl, 300.0);
    let block = &laid.block;
    assert_eq!(block.lines.len(), 3);
    let end_of_first = Caret::after("سلام".len());
    let empty = block.moved(end_of_first, Motion::Left, None);
    assert_eq!(empty.index, "سلام\n".len());
    assert_eq!(block.caret_rect(empty), Rect::from_x_y_ranges(300.0..=300.0, 34.0..=68.0));
    let next = block.moved(empty, Motion::Left, None);
    assert_eq!(next.index, "سلام\n\n".len());
    assert!((block.caret_rect(next).left() - 300.0).abs() < 1.0);
    assert_eq!(block.moved(next, Motion::Right, None).index, empty.index);
}

#[test]
fn an_empty_right_to_left_field_has_its_caret_at_the_right_edge() {
    let laid = Bench::new().lay_out("", Direction::Rtl, 240.0);
    assert!((laid.block.caret_rect(Caret::default()).left() - 240.0).abs() < f32::EPSILON);
}
