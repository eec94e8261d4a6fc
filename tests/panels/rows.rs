//! The rows of a long article: what stands where while most of them have never been measured.

use std::collections::BTreeMap;
use std::path::PathBuf;

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, Vec2, pos2, vec2};
use egui_kittest::kittest::NodeT as _;
use tarjuman::session::Command;
use tempfile::TempDir;

use crate::window::{ALT, CTRL, NONE, Window, file, home};

const COUNT: usize = 10_000;

/// Paragraphs from one word to ninety.
fn long_article(home: &TempDir) -> PathBuf {
    const WORDS: [&str; 8] = ["قال", "الوزير", "إن", "المحادثات", "في", "جنيف", "مستمرة", "UNHCR"];
    let mut rng = fastrand::Rng::with_seed(8);
    let mut paragraph = || {
        let words: Vec<&str> = (0..rng.usize(1..90)).map(|_| WORDS[rng.usize(..WORDS.len())]).collect();
        format!("{}.\n\n", words.join(" "))
    };
    let text: String = (0..COUNT).map(|_| paragraph()).collect();
    file(home, "long.txt", &text)
}

fn on_long_article(home: &TempDir) -> Window {
    let path = long_article(home);
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
    window.wait("the long article", |session| session.project().is_some());
    assert_eq!(window.units().len(), COUNT);
    window
}

/// Where the rows on screen begin, by their numbers.
fn tops(window: &Window) -> BTreeMap<u32, f32> {
    let view = window.harness.ctx.content_rect();
    let mut tops = BTreeMap::new();
    for node in window.harness.root().children_recursive() {
        let Some(label) = node.accesskit_node().value() else { continue };
        let Some(rest) = label.strip_prefix("Paragraph ") else { continue };
        let number = rest.split(',').next().and_then(|number| number.parse().ok()).expect("a number");
        if view.intersects(node.rect()) {
            tops.insert(number, node.rect().top());
        }
    }
    tops
}

fn scroll(window: &mut Window, delta: f32) {
    let place = pos2(300.0, 400.0);
    let (unit, phase, modifiers) = (MouseWheelUnit::Point, TouchPhase::Move, Modifiers::NONE);
    window.harness.input_mut().events.extend([
        Event::PointerMoved(place),
        Event::MouseWheel { unit, delta: vec2(0.0, delta), phase, modifiers, source: MouseWheelSource::Trackpad },
    ]);
    window.harness.step();
}

/// Scrolls and checks that everything on the screen moves as one, and in the end as far as was asked for.
fn scroll_smoothly(window: &mut Window, delta: f32, times: usize) {
    let mut moved = 0.0;
    let mut before = tops(window);
    for frame in 0..times + 60 {
        scroll(window, if frame < times { delta } else { 0.0 });
        let now = tops(window);
        let movements: Vec<f32> = now.iter().filter_map(|(row, top)| Some(top - before.get(row)?)).collect();
        assert!(!movements.is_empty(), "frame {frame}: nothing of what was there is left");
        let (least, most) = movements.iter().fold((f32::MAX, f32::MIN), |(a, b), by| (a.min(*by), b.max(*by)));
        assert!(most - least < 1.5, "frame {frame}: rows drift apart: {movements:?}");
        assert!(least * delta.signum() > -1.5, "frame {frame}: the view jumps back: {movements:?}");
        assert!(most.abs() <= delta.abs() + 2.0 || least * delta.signum() >= 0.0, "frame {frame}: {movements:?}");
        moved += movements[0];
        before = now;
    }
    let asked = delta * times as f32;
    assert!((moved - asked).abs() < 2.0, "moved by {moved}, asked for {asked}");
}

#[test]
fn scrolling_up_through_rows_never_seen_moves_everything_as_one() {
    let home = home();
    let mut window = on_long_article(&home);
    window.key(ALT, Key::End);
    assert!(tops(&window).contains_key(&(COUNT as u32)));
    // Out of sight of the row with the caret first.
    scroll_smoothly(&mut window, 37.0, 150);
    scroll_smoothly(&mut window, 211.0, 40);
    scroll_smoothly(&mut window, -90.0, 30);
}

#[test]
fn the_row_at_the_top_stays_there_when_the_window_changes_its_width() {
    let home = home();
    let mut window = on_long_article(&home);
    scroll_smoothly(&mut window, -400.0, 50);
    let first = |window: &Window| *tops(window).keys().next().expect("there are rows");
    let top = first(&window);
    assert!(top > 50);
    for width in [700.0, 1900.0, 560.0, 1180.0] {
        window.harness.set_size(Vec2::new(width, 780.0));
        window.settle();
        assert_eq!(first(&window), top, "{width} wide");
        window.harness.run_steps(20);
        assert_eq!(first(&window), top, "{width} wide, later");
    }
}

#[test]
fn from_the_first_row_to_the_last_and_back() {
    let home = home();
    let mut window = on_long_article(&home);
    let before = tops(&window);
    let last = format!("Translation {COUNT}");
    for _ in 0..2 {
        window.key(ALT, Key::End);
        assert_eq!(window.focused().as_ref(), Some(&last));
        assert!(window.harness.ctx.content_rect().contains_rect(window.last(&last).rect()), "it is in view");
        window.key(ALT, Key::Home);
        assert_eq!(window.focused().as_deref(), Some("Translation 1"));
        assert_eq!(tops(&window), before);
    }
}

#[test]
fn only_what_is_on_screen_is_drawn() {
    let home = home();
    let mut window = on_long_article(&home);
    let fields = |window: &Window| {
        let nodes = window.harness.root().children_recursive();
        nodes.filter(|node| node.accesskit_node().label().is_some_and(|name| name.starts_with("Source "))).count()
    };
    assert!(fields(&window) < 60);
    window.key(ALT, Key::End);
    assert!(fields(&window) < 60);
}

#[test]
fn the_row_that_is_written_in_keeps_the_focus_out_of_sight_and_typing_returns_to_it() {
    let home = home();
    let mut window = on_long_article(&home);
    window.key(ALT, Key::ArrowDown);
    window.write("be");
    scroll_smoothly(&mut window, -500.0, 60);
    assert!(!tops(&window).contains_key(&2), "it is out of sight");
    assert_eq!(window.focused().as_deref(), Some("Translation 2"));
    window.write("gun");
    assert_eq!(window.unit(2).target, "begun");
    assert!(tops(&window).contains_key(&2), "it is in view again");
    scroll_smoothly(&mut window, -500.0, 60);
    window.key(CTRL, Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("Translation 3"));
    assert!(tops(&window).contains_key(&3), "it is in view");
    window.key(NONE, Key::ArrowLeft);
    assert_eq!(window.active(), 3);
}

#[test]
fn a_row_that_grows_while_it_is_written_keeps_its_caret_in_view() {
    let home = home();
    let mut window = on_long_article(&home);
    for _ in 0..30 {
        window.key(NONE, Key::Enter);
    }
    window.write("x");
    let view = window.harness.ctx.content_rect();
    let caret = window.harness.output().platform_output.ime.expect("there is a caret").cursor_rect;
    assert!(view.contains_rect(caret), "{caret:?} is out of {view:?}");
    assert_eq!(window.unit(1).target, format!("{}x", "\n".repeat(30)));
}
