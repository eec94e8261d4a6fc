//! What a crash leaves behind, and what comes back.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod support;

use std::env;
use std::fmt::Write as _;
use std::fs::{self, OpenOptions};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{self, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use support::{ARTICLE, Desk};
use tarjuman::domain::State;
use tarjuman::session::{Command, NoticeKind, SaveState, Session, Sheet};

impl Desk {
    fn recovery(&self) -> PathBuf {
        self.path("home/state/recovery")
    }

    /// Waits until a crash would not lose `text` any more.
    #[track_caller]
    fn wait_kept(&mut self, text: &str) -> &mut Self {
        let folder = self.recovery();
        self.wait("it is kept", |_| files_in(&folder).iter().any(|file| file.1.contains(text)))
    }

    /// Opens a file after the session has had a look for unsaved work: jobs of both kinds come one by one.
    #[track_caller]
    fn look_for_recoveries(&mut self, file: &Path) -> &mut Self {
        self.session.tick(Instant::now());
        self.open(file)
    }

    #[track_caller]
    fn wait_offered(&mut self) -> &mut Self {
        self.wait("unsaved work is offered", |session| !session.recoveries().is_empty())
    }

    #[track_caller]
    fn restore(&mut self) -> &mut Self {
        self.wait_offered().run(Command::RestoreRecovery);
        self.wait("it is back", |session| session.project().is_some() && session.busy().is_none())
    }
}

fn files_in(folder: &Path) -> Vec<(PathBuf, String)> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.map(|path| (path.clone(), fs::read_to_string(path).unwrap_or_default())).collect()
}

#[test]
fn unsaved_work_comes_back_and_is_saved_where_it_belongs() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    let path = desk.path("x.xlf");
    desk.open(&text).type_text("Saved").save_to(&path);
    desk.type_text(" and not").run(Command::Confirm).type_text("Second").run(Command::LastUnit);
    desk.run(Command::ToggleIncluded).wait_kept("Second");
    let before = desk.units();

    let mut desk = desk.restart();
    desk.wait_offered();
    let notice = desk.session.notices().last().unwrap();
    assert_eq!(notice.kind, NoticeKind::Warning);
    assert!(notice.message.contains("x.xlf"), "{}", notice.message);
    desk.restore();
    assert_eq!(desk.units(), before);
    assert_eq!(desk.session.save_state(), SaveState::Recovered);
    assert!(desk.session.title().starts_with("• x.xlf"));
    assert!(desk.session.notices().is_empty(), "{:?}", desk.session.notices());

    desk.run(Command::Save).wait_saved();
    let folder = desk.recovery();
    desk.wait("nothing is left", |_| files_in(&folder).is_empty());
    desk.open(&path);
    assert_eq!(desk.units(), before);
}

#[test]
fn work_that_was_brought_back_survives_the_next_crash() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("One").wait_kept("One");
    let mut desk = desk.restart();
    desk.restore().run(Command::LastUnit).type_text("Two").wait_kept("Two");
    let mut desk = desk.restart();
    desk.restore();
    let targets: Vec<_> = desk.units().into_iter().map(|unit| unit.target).collect();
    assert_eq!(targets, ["One", "", "", "Two"]);
    desk.run(Command::Save);
    assert!(matches!(desk.session.sheet(), Some(Sheet::SaveAs { .. })), "it was never saved anywhere");
}

#[test]
fn work_of_a_running_program_is_left_alone() {
    let mut first = Desk::new();
    let text = first.file("x.txt", ARTICLE);
    first.open(&text).type_text("Mine").wait_kept("Mine");
    let mut second = Desk::at(&first.folder);
    second.look_for_recoveries(&text);
    second.type_text("Ours").wait_kept("Ours");
    assert!(second.session.recoveries().is_empty());

    let mut third = first.restart();
    third.wait_offered();
    assert_eq!(third.session.recoveries().len(), 1, "only of the one that died");
    third.restore();
    assert_eq!(third.unit(1).target, "Mine");
    second.type_text("!").wait_kept("Ours!");
}

#[test]
fn work_that_is_not_wanted_goes_for_good() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    for word in ["First", "Second"] {
        desk.open(&text).type_text(word).wait_kept(word);
        desk = desk.restart();
    }
    // The first one was offered at the second start, and let be.
    desk.wait("both are offered", |session| session.recoveries().len() == 2);
    desk.run(Command::DiscardRecovery);
    assert_eq!(desk.session.recoveries().len(), 1);
    desk.restore();
    assert_eq!(desk.unit(1).target, "First", "the newest was discarded");
    desk.run(Command::Close).run(Command::DropChanges).run(Command::Quit).wait("it may close", Session::should_close);
    assert!(files_in(&desk.recovery()).is_empty());
}

#[test]
fn a_line_that_was_cut_short_is_left_out() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("Whole").wait_kept("Whole");
    let folder = desk.recovery();
    let crash = |desk: Desk, torn: &str| {
        let desk = desk.restart();
        let journal = files_in(&folder).into_iter().map(|file| file.0).find(|path| is_journal(path)).unwrap();
        OpenOptions::new().append(true).open(journal).unwrap().write_all(torn.as_bytes()).unwrap();
        desk
    };
    let mut desk = crash(desk, "{\"unit\":1,\"target\":\"Wh");
    desk.restore().type_text(" again");
    assert!(desk.session.notices().is_empty(), "{:?}", desk.session.notices());
    desk.wait_kept("Whole again");
    let mut desk = desk.restart();
    desk.restore();
    assert_eq!(desk.unit(1).target, "Whole again");
}

fn is_journal(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "edits")
}

#[test]
fn a_crash_just_after_saving_brings_nothing_back() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    let path = desk.path("x.xlf");
    desk.open(&text).save_to(&path).type_text("Words").wait_kept("Words");
    let kept = files_in(&desk.recovery());
    desk.run(Command::Save).wait_saved().run(Command::Quit).wait("it may close", Session::should_close);
    for (path, content) in kept {
        fs::write(path, content).unwrap();
    }
    let mut desk = desk.restart();
    let folder = desk.recovery();
    desk.wait("it is tidied up", |_| files_in(&folder).is_empty());
    assert!(desk.session.recoveries().is_empty());
}

#[test]
fn a_file_that_changed_since_the_crash_is_not_overwritten_unasked() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    let path = desk.path("x.xlf");
    desk.open(&text).save_to(&path).type_text("Mine").wait_kept("Mine");
    let mut desk = desk.restart();
    fs::write(&path, "theirs").unwrap();
    desk.restore().run(Command::Save).wait("it asks", |session| session.sheet().is_some());
    assert_eq!(desk.session.sheet(), Some(&Sheet::ChangedOnDisk { path: path.clone() }));
    assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
}

#[test]
fn work_that_cannot_be_read_is_kept_and_named() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("Words").wait_kept("Words");
    let mut desk = desk.restart();
    let base = files_in(&desk.recovery()).into_iter().map(|file| file.0).find(|path| !is_journal(path)).unwrap();
    fs::write(&base, "<damaged").unwrap();
    desk.wait_offered().run(Command::RestoreRecovery);
    desk.wait("it says so", |session| session.notices().iter().any(|notice| notice.kind == NoticeKind::Error));
    let message = &desk.session.notices().last().unwrap().message;
    assert!(message.contains(base.to_str().unwrap()), "{message}");
    assert_eq!(files_in(&desk.recovery()).len(), 2);
}

#[test]
fn undoing_everything_leaves_nothing_to_bring_back() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("Word").wait_kept("Word").run(Command::Undo);
    let folder = desk.recovery();
    desk.wait("nothing is left", |_| files_in(&folder).is_empty());
    desk.run(Command::Redo).wait_kept("Word");
}

/// Where the program that is killed works; unset in every other run.
const VICTIM: &str = "TARJUMAN_TEST_VICTIM";
/// Characters that the victim writes in a paragraph before it confirms it.
const PARAGRAPH: usize = 40;
const PARAGRAPHS: usize = 400;

/// What the victim writes, as one text over all paragraphs.
fn written() -> impl Iterator<Item = char> {
    (0..).flat_map(|number: u32| format!("w{number} ").chars().collect::<Vec<_>>())
}

/// Not a test by itself: types until it is killed, and tells after each key how many it has typed.
#[test]
fn victim() {
    let Some(folder) = env::var_os(VICTIM) else { return };
    let folder = PathBuf::from(folder);
    let mut desk = Desk::at(&folder);
    let path = folder.join("x.xlf");
    let saves = folder.join("saves").exists();
    desk.open(&path);
    for (count, key) in written().take(PARAGRAPH * PARAGRAPHS).enumerate() {
        if count > 0 && count.is_multiple_of(PARAGRAPH) {
            desk.run(Command::Confirm);
        }
        desk.type_text(key.encode_utf8(&mut [0; 4]));
        if saves && count % 100 == 99 {
            desk.run(Command::Save);
        }
        println!("typed {}", count + 1);
        // The next key comes in two milliseconds, whatever the session does meanwhile.
        let next = Instant::now() + Duration::from_millis(2);
        while let Some(left) = next.checked_duration_since(Instant::now()) {
            let _ = desk.woken.recv_timeout(left);
            desk.session.tick(Instant::now());
        }
    }
}

#[test]
fn a_killed_program_loses_at_most_the_last_second() {
    let seed = fastrand::u64(..);
    println!("seed {seed}");
    let kills: Vec<_> = (0..20).map(|kill| (kill % 2 == 0, fastrand::Rng::with_seed(seed + kill))).collect();
    thread::scope(|scope| {
        for some in kills.chunks(5) {
            scope.spawn(move || some.iter().for_each(|(saves, random)| kill_and_recover(*saves, &mut random.clone())));
        }
    });
}

/// Kills a program that types, at a random moment of its second or so, and compares what comes back with what it
/// said it had typed a second before.
fn kill_and_recover(saves: bool, random: &mut fastrand::Rng) {
    let mut desk = Desk::new();
    let mut article = String::new();
    for number in 0..PARAGRAPHS {
        writeln!(article, "فقرة رقم {number} من الخبر.\n").unwrap();
    }
    let (text, path) = (desk.file("x.txt", &article), desk.path("x.xlf"));
    desk.open(&text).save_to(&path).run(Command::Quit).wait("it may close", Session::should_close);
    if saves {
        desk.file("saves", "");
    }

    let life = Duration::from_millis(random.u64(150..2500));
    let told = type_and_die(&desk.folder, life);
    let killed = Instant::now();
    let safe = told.iter().rev().find(|(time, _)| killed - *time >= Duration::from_secs(1)).map_or(0, |typed| typed.1);

    let mut desk = desk.restart();
    desk.look_for_recoveries(&path);
    if !desk.session.recoveries().is_empty() {
        desk.restore();
    }
    let units = desk.units();
    let back: String = units.iter().map(|unit| unit.target.as_str()).collect();
    let expected: String = written().take(back.len()).collect();
    assert_eq!(back, expected, "what comes back is what was typed");
    let typed = told.last().unwrap().1;
    println!("killed after {life:?}: {typed} typed, {} lost", typed.saturating_sub(back.len()));
    assert!(back.len() >= safe, "{} of {safe} came back after {life:?}", back.len());
    for unit in units.iter().take(back.len() / PARAGRAPH).take_while(|unit| unit.target.len() == PARAGRAPH) {
        let last = unit.id == units[back.len().div_ceil(PARAGRAPH) - 1].id;
        assert!(last || unit.state == State::Translated, "unit {} was confirmed", unit.id.number());
    }
}

/// Runs the victim in `folder` for a while after its first key and kills it. Returns what it told, and when.
fn type_and_die(folder: &Path, lifetime: Duration) -> Vec<(Instant, usize)> {
    let mut victim = process::Command::new(env::current_exe().unwrap())
        .args(["--exact", "victim", "--nocapture"])
        .env(VICTIM, folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told: Vec<(Instant, usize)> = Vec::new();
    for line in BufReader::new(victim.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        let Some((_, count)) = line.split_once("typed ") else { continue };
        told.push((Instant::now(), count.parse().unwrap()));
        if told[0].0.elapsed() >= lifetime {
            break;
        }
    }
    victim.kill().unwrap();
    victim.wait().unwrap();
    told
}
