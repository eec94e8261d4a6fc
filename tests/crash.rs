//! What is left of the work in a window that is killed while somebody types in it.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod desktop;
mod support;

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use tarjuman::session::Command;

const KILLS: usize = 20;

/// Between two keys of a fast typist.
const PACE: Duration = Duration::from_millis(25);

/// Keys in a paragraph before it is confirmed.
const PARAGRAPH: usize = 40;

/// What may be lost.
const LAST_SECOND: Duration = Duration::from_secs(1);

/// What is typed, as one text over all paragraphs.
fn text() -> impl Iterator<Item = char> {
    (0..).flat_map(|number: u32| format!("w{number} ").chars().collect::<Vec<_>>())
}

#[test]
fn a_killed_window_loses_at_most_the_last_second() {
    let Some(desk) = desktop::Desk::new(1180, 780) else { return };
    let article = desk.file("article.txt", include_bytes!("../assets/sample.ar.txt"));
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let losses = (0..KILLS).map(|_| {
        let lifetime = Duration::from_millis(random.u64(100..3000));
        let (typed, killed) = type_and_kill(&desk, &article, lifetime);
        let back = bring_back(&desk, &article);
        fs::remove_dir_all(desk.path("home")).unwrap();
        assert_eq!(back, text().take(back.len()).collect::<String>(), "what comes back is what was typed");
        // All is lost from the first key on that is not there.
        let loss = typed.get(back.len()).map_or(Duration::ZERO, |first| killed - *first);
        println!("{} of {} keys came back, {} ms lost", back.len(), typed.len(), loss.as_millis());
        loss
    });
    let largest = losses.max().unwrap();
    println!("the largest loss: {} ms", largest.as_millis());
    assert!(largest <= LAST_SECOND, "{} ms lost", largest.as_millis());
}

/// Types in a window at a steady pace and kills it. Returns when each key was pressed, and when the window was killed.
fn type_and_kill(desk: &desktop::Desk, article: &Path, lifetime: Duration) -> (Vec<Instant>, Instant) {
    let window = desk.open(&[article]);
    window.wait_title("article.txt — Tarjuman");
    let mut keyboard = desk.keyboard();
    let mut typed = Vec::new();
    let begin = Instant::now();
    for (count, letter) in text().enumerate().take_while(|_| begin.elapsed() < lifetime) {
        if count > 0 && count.is_multiple_of(PARAGRAPH) {
            keyboard.press("ctrl+Return");
        }
        typed.push(Instant::now());
        keyboard.press(&if letter == ' ' { "space".to_owned() } else { letter.to_string() });
        thread::sleep(PACE);
    }
    let killed = Instant::now();
    window.kill();
    (typed, killed)
}

/// What the next start of the program brings back of it.
fn bring_back(desk: &desktop::Desk, article: &Path) -> String {
    let mut next = support::Desk::at(desk.folder());
    next.session.tick(Instant::now());
    // Once something is open the session has looked for unsaved work.
    next.open(article);
    if !next.session.recoveries().is_empty() {
        next.run(Command::RestoreRecovery);
        next.wait("it is back", |session| session.recoveries().is_empty() && session.busy().is_none());
    }
    next.units().into_iter().map(|unit| unit.target).collect()
}
