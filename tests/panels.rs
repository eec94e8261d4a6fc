//! Scripts of what a person does in the window, which finds everything by the names that a screen reader gets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what a test expects and does not get is its failure")]

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::accesskit::{Action, Role};
use egui::{DroppedFile, Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use tarjuman::domain::{Place, State, TermStatus, Unit, UnitId};
use tarjuman::session::{self, Command, Environment, SaveState, Session};
use tarjuman::storage::Folders;
use tarjuman::ui::App;
use tempfile::TempDir;

const CTRL: Modifiers = Modifiers::CTRL.plus(Modifiers::COMMAND);
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const NONE: Modifiers = Modifiers::NONE;

/// A headline, a byline, two paragraphs and a line of furniture.
const ARTICLE: &str = "اجتماع في بروكسل لوزراء الدفاع\n\nبروكسل ـ ترجمان\n\nقال وزير الدفاع الأمريكي في بروكسل إن القوات \
                       باقية في سوريا.\n\nوأضاف الوزير أن المهمة لم تنته بعد.\n\nمقالات ذات صلة\n";

/// The program, and a person before it.
struct Window {
    harness: Harness<'static, Rc<RefCell<Option<App>>>>,
}

impl Window {
    /// Starts the program for whoever keeps their files under `home`.
    fn start(home: &Path, wishes: Vec<Command>) -> Self {
        let slot = Rc::new(RefCell::new(None));
        let (filled, folders) = (Rc::clone(&slot), Folders::under(home));
        let harness = Harness::builder()
            .with_size([1180.0, 780.0])
            .with_step_dt(1.0 / 60.0)
            .with_context_setup(move |ctx| {
                let wake = ctx.clone();
                let environment = Environment { folders, wake: Arc::new(move || wake.request_repaint()) };
                *filled.borrow_mut() = Some(App::new(ctx, environment, wishes).without_file_dialogs());
            })
            .build_ui_state(
                |ui, slot: &mut Rc<RefCell<Option<App>>>| {
                    let mut slot = slot.borrow_mut();
                    let app = slot.as_mut().expect("it was started");
                    app.tick(ui.ctx());
                    app.frame(ui);
                },
                slot,
            );
        Self { harness }
    }

    /// With the sample open and its terms known.
    fn on_sample(home: &Path) -> Self {
        let mut window = Self::start(home, vec![Command::OpenSample]);
        window.wait("the sample and its terms", |session| {
            session.project().is_some() && session.termbase().is_some() && session.busy().is_none()
        });
        window
    }

    fn ask<T>(&self, question: impl FnOnce(&Session) -> T) -> T {
        question(self.harness.state().borrow().as_ref().expect("it was started").session())
    }

    /// Lets frames pass until the session says so.
    #[track_caller]
    fn wait(&mut self, what: &str, reached: impl Fn(&Session) -> bool) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            self.harness.step();
            if self.ask(&reached) {
                break;
            }
            assert!(Instant::now() < deadline, "never came to: {what}; {:?}", self.ask(|s| s.notices().to_vec()));
            std::thread::yield_now();
        }
        self.settle();
    }

    /// A few frames, in which commands and the focus arrive where they belong.
    fn settle(&mut self) {
        self.harness.run_steps(4);
    }

    fn send(&mut self, events: impl IntoIterator<Item = Event>) {
        self.harness.input_mut().events.extend(events);
        self.settle();
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    fn write(&mut self, text: &str) {
        for c in text.chars() {
            self.send([Event::Text(c.to_string())]);
        }
    }

    #[track_caller]
    fn click(&mut self, name: &str) {
        self.last(name).click();
        self.settle();
    }

    /// Of several things with one name the one in front: what is asked comes after what it is about.
    #[track_caller]
    fn last<'a>(&'a self, name: &'a str) -> Node<'a> {
        let found = self.harness.query_all_by_label(name).last();
        found.unwrap_or_else(|| panic!("nothing is called {name:?}; there are {:?}", self.names()))
    }

    fn names(&self) -> Vec<String> {
        let nodes = self.harness.root().children_recursive();
        nodes.filter_map(|node| node.accesskit_node().label().or(node.accesskit_node().value())).collect()
    }

    fn shows(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }

    fn focused(&self) -> Option<String> {
        let node = self.harness.query_all_by(|node| node.is_focused()).last()?;
        node.accesskit_node().label()
    }

    fn unit(&self, number: u32) -> Unit {
        self.ask(|session| session.project().unwrap().unit(UnitId::new(number)).unwrap().clone())
    }

    fn units(&self) -> Vec<Unit> {
        self.ask(|session| session.project().unwrap().units().to_vec())
    }

    fn active(&self) -> u32 {
        self.ask(|session| session.active().unwrap().number())
    }

    fn gutter(&self, number: u32, state: &str) -> bool {
        self.harness.query_all_by_label(&format!("Paragraph {number}, {state}")).next().is_some()
    }

    /// Answers the sheet that asks for a path.
    fn answer_path(&mut self, path: &Path) {
        assert_eq!(self.focused().as_deref(), Some("File"));
        self.key(CTRL, Key::A);
        self.send([Event::Paste(path.to_str().unwrap().to_owned())]);
        self.key(NONE, Key::Enter);
    }

    fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.settle();
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn file(home: &TempDir, name: &str, text: &str) -> PathBuf {
    let path = home.path().join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn an_article_is_translated_from_the_keyboard_saved_exported_and_opened_again() {
    let home = home();
    let mut window = Window::start(home.path(), Vec::new());
    window.click("Open the sample article");
    window.wait("the sample and its terms", |session| {
        session.project().is_some() && session.termbase().is_some() && session.busy().is_none()
    });
    assert_eq!(window.units().len(), 15);
    assert_eq!(window.focused().as_deref(), Some("Translation 1"), "one can begin to write at once");

    window.write("Aid for Syria");
    let second = window.ask(|session| session.terms_of_active()[1].concept.preferred_english().unwrap().to_owned());
    window.write(" by ");
    window.key(CTRL, Key::Num2);
    let headline = format!("Aid for Syria by {second}");
    assert_eq!(window.unit(1).target, headline);
    assert_eq!(window.last("Translation 1").value(), Some(headline.clone()));
    assert!(window.gutter(1, "draft, not confirmed"));

    window.key(CTRL, Key::Enter);
    assert!(window.gutter(1, "translated"));
    assert_eq!(window.focused().as_deref(), Some("Translation 2"));
    window.write("Geneva / Damascus");
    window.key(CTRL, Key::Enter);
    window.write("The ");
    let first = window.ask(|session| session.terms_of_active()[0].concept.preferred_english().unwrap().to_owned());
    window.click(&format!("Insert term 1: {first}"));
    assert_eq!(window.focused().as_deref(), Some("Translation 3"), "one writes on behind the term");
    window.write(" said");
    assert_eq!(window.unit(3).target, format!("The {first} said"));
    window.key(CTRL, Key::Enter);
    assert!(window.shows("3 of 13 translated"));
    assert!(window.shows("Not saved"));

    let saved = home.path().join("translated.xlf");
    window.key(CTRL, Key::S);
    window.answer_path(&saved);
    window.wait("it is saved", |session| session.save_state() == SaveState::Saved);
    assert!(window.shows("Saved"));
    assert_eq!(window.focused().as_deref(), Some("Translation 4"), "one writes on after saving");

    let exported = home.path().join("memory.tmx");
    window.key(CTRL, Key::E);
    window.answer_path(&exported);
    window.wait("it is exported", |session| !session.notices().is_empty());
    assert!(window.shows("Exported 3 paragraphs to “memory.tmx”"));
    let tmx = fs::read_to_string(&exported).unwrap();
    assert!(tmx.contains(&headline) && tmx.contains("Geneva / Damascus"));

    let before = window.units();
    window.key(CTRL, Key::W);
    assert!(window.shows("Drop an Arabic article here"));
    window.key(CTRL, Key::O);
    window.answer_path(&saved);
    window.wait("it is open again", |session| session.project().is_some());
    assert_eq!(window.units(), before);
    assert_eq!(window.focused().as_deref(), Some("Translation 4"), "one goes on where one was");
    drop(window);

    let mut another_day = Window::start(home.path(), Vec::new());
    another_day.click("Open translated.xlf");
    another_day.wait("it is open", |session| session.project().is_some());
    assert_eq!(another_day.units(), before);
}

#[test]
fn what_is_typed_behind_a_key_goes_where_the_key_leads() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    let key = |key, modifiers| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    let text = |text: &str| Event::Text(text.to_owned());
    // All in one frame, as after a frame that took long.
    window.send([text("one"), key(Key::Enter, CTRL), text("two"), key(Key::Enter, CTRL), text("three")]);
    window.settle();
    let targets: Vec<String> = window.units().into_iter().map(|unit| unit.target).take(4).collect();
    assert_eq!(targets, ["one", "two", "three", ""]);
    assert!(window.gutter(1, "translated") && window.gutter(2, "translated"));
    // And in the frame right behind it.
    window.harness.input_mut().events.push(key(Key::Enter, CTRL));
    window.harness.step();
    window.send([text("four")]);
    assert_eq!((window.unit(3).target.as_str(), window.unit(4).target.as_str()), ("three", "four"));
}

#[test]
fn furniture_is_left_out_and_comes_back_with_a_key() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.key(ALT, Key::End);
    assert_eq!(window.active(), 15);
    assert!(window.gutter(14, "left out of the article") && window.gutter(15, "left out of the article"));
    assert!(window.harness.query_by_label("Translation 15").is_none());
    window.key(CTRL, Key::D);
    assert!(window.gutter(15, "not translated"));
    assert_eq!(window.focused().as_deref(), Some("Translation 15"));
    window.write("Back to top");
    assert!(window.shows("0 of 14 translated"));
    window.key(CTRL, Key::D);
    assert!(window.gutter(15, "left out of the article"));
    assert!(window.harness.query_by_label("Translation 15").is_none());
    assert!(window.shows("0 of 13 translated"));
    window.key(ALT, Key::Home);
    assert_eq!(window.focused().as_deref(), Some("Translation 1"));
    window.key(CTRL, Key::D);
    assert!(window.gutter(1, "left out of the article"));
    window.key(CTRL, Key::Z);
    assert!(window.gutter(1, "not translated"));
    assert_eq!(window.focused().as_deref(), Some("Translation 1"));
}

#[test]
fn undo_and_redo_go_to_the_place() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.write("first");
    window.key(ALT, Key::End);
    window.key(ALT, Key::ArrowUp);
    window.key(ALT, Key::ArrowUp);
    let last = format!("Translation {}", window.active());
    assert_eq!(last, "Translation 13");
    window.write("last");
    window.key(CTRL, Key::Z);
    assert_eq!((window.unit(13).target.as_str(), window.focused()), ("", Some(last.clone())));
    window.key(CTRL, Key::Z);
    assert_eq!((window.unit(1).target.as_str(), window.focused().as_deref()), ("", Some("Translation 1")));
    let view = window.harness.ctx.content_rect();
    assert!(view.contains_rect(window.last("Translation 1").rect()), "it is in view");
    window.key(CTRL.plus(SHIFT), Key::Z);
    assert_eq!((window.unit(1).target.as_str(), window.focused().as_deref()), ("first", Some("Translation 1")));
    window.key(CTRL.plus(SHIFT), Key::Z);
    assert_eq!((window.unit(13).target.as_str(), window.focused()), ("last", Some(last.clone())));
    assert!(view.contains_rect(window.last(&last).rect()), "it is in view");
    window.write("ing");
    assert_eq!(window.unit(13).target, "lasting", "the caret is where the step ends");
}

#[test]
fn states_are_given_by_key_and_told_in_the_gutter() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.write("Headline");
    let shifted = CTRL.plus(SHIFT);
    for (key, state, words) in [
        (Key::T, State::Translated, "translated"),
        (Key::R, State::Reviewed, "reviewed"),
        (Key::F, State::Final, "final"),
        (Key::D, State::Initial, "draft, not confirmed"),
    ] {
        window.key(shifted, key);
        assert_eq!(window.unit(1).state, state);
        assert!(window.gutter(1, words), "{words}");
    }
    window.key(shifted, Key::F);
    window.write("s");
    assert!(window.gutter(1, "draft, not confirmed"), "what was changed is a draft again");
}

#[test]
fn a_click_in_the_gutter_goes_to_the_paragraph() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.click("Paragraph 3, not translated");
    assert_eq!(window.active(), 3);
    window.write("x");
    assert_eq!(window.unit(3).target, "x");
}

#[test]
fn terms_are_looked_at_by_key_and_inserted() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    let english = |window: &Window, found: usize| {
        window.ask(|session| {
            let found = &session.matches(session.active().unwrap())[found];
            session.termbase().unwrap().get(&found.concept).unwrap().preferred_english().unwrap().to_owned()
        })
    };
    let (first, second) = (english(&window, 0), english(&window, 1));
    let shown = |window: &Window, words: &str| window.harness.query_all_by_label(words).count();
    let before = shown(&window, &second);
    window.key(NONE, Key::F8);
    window.key(NONE, Key::F8);
    assert!(shown(&window, &second) > before, "its translation stands beside the word");
    window.key(SHIFT, Key::F8);
    window.key(CTRL, Key::T);
    window.key(CTRL, Key::T);
    assert_eq!(window.unit(1).target, format!("{first} {second}"));
}

#[test]
fn every_wording_of_a_card_is_a_click_away() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    let with_choice = |session: &Session| {
        let wordings = session.terms_of_active().into_iter().flat_map(|term| &term.concept.english);
        let admitted = wordings.into_iter().find(|wording| wording.status == TermStatus::Admitted);
        admitted.map(|wording| wording.text.clone())
    };
    let other = loop {
        if let Some(other) = window.ask(with_choice) {
            break other;
        }
        window.key(ALT, Key::ArrowDown);
    };
    let active = window.active();
    window.click(&other);
    assert_eq!(window.unit(active).target, other);
}

#[test]
fn hovering_over_a_term_shows_its_translation() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    let (word, english) = window.ask(|session| {
        let found = session.matches(UnitId::new(1))[0].clone();
        let concept = session.termbase().unwrap().get(&found.concept).unwrap();
        (found.span, concept.preferred_english().unwrap().to_owned())
    });
    let letter = {
        let source = window.last("Source 1").accesskit_node();
        let characters = window.unit(1).source[..word.start].chars().count();
        let at = source.text_position_from_global_usv_index(characters + 1).unwrap();
        let mut range = at.to_degenerate_range();
        range.set_end(at.forward_to_character_end());
        let rect = range.bounding_boxes()[0];
        egui::pos2(f64::midpoint(rect.x0, rect.x1) as f32, f64::midpoint(rect.y0, rect.y1) as f32)
    };
    let before = window.harness.query_all_by_label(&english).count();
    window.send([Event::PointerMoved(letter)]);
    assert!(window.harness.query_all_by_label(&english).count() > before, "{english}");
}

#[test]
fn a_dropped_file_is_opened() {
    let home = home();
    let path = file(&home, "article.txt", ARTICLE);
    let mut window = Window::start(home.path(), Vec::new());
    window.drop_file(&path);
    window.wait("it is open", |session| session.project().is_some());
    assert_eq!(window.units().len(), 5);
    assert!(window.gutter(5, "left out of the article"));
    assert_eq!(window.focused().as_deref(), Some("Translation 1"));
}

#[test]
fn a_file_dropped_onto_unsaved_work_asks_first() {
    let home = home();
    let path = file(&home, "article.txt", ARTICLE);
    let mut window = Window::on_sample(home.path());
    window.write("x");
    window.drop_file(&path);
    assert!(window.shows("Save the changes to"));
    window.click("Cancel");
    assert_eq!(window.unit(1).target, "x");
    window.write("y");
    assert_eq!(window.unit(1).target, "xy", "one writes on");
    window.drop_file(&path);
    window.click("Don’t save");
    window.wait("the other one is open", |session| session.project().is_some_and(|project| project.units().len() == 5));
}

#[test]
fn notices_say_what_went_wrong_and_can_be_dismissed() {
    let home = home();
    let mut window = Window::start(home.path(), vec![Command::OpenFiles(vec![home.path().join("missing.txt")])]);
    window.wait("it is told", |session| !session.notices().is_empty());
    assert!(window.shows("Could not open “missing.txt”: there is no such file or folder."));
    window.click("Dismiss");
    assert!(window.ask(|session| session.notices().is_empty()));
    assert!(!window.shows("Could not open"));
    window.drop_file(&home.path().join("missing.txt"));
    window.wait("it is told again", |session| !session.notices().is_empty());
    window.key(NONE, Key::Escape);
    assert!(window.ask(|session| session.notices().is_empty()));
}

#[test]
fn unsaved_work_is_brought_back_after_a_crash() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.write("Almost lost");
    let recovery = home.path().join("state/recovery");
    let kept = || {
        let files = fs::read_dir(&recovery).into_iter().flatten().flatten();
        files.filter_map(|file| fs::read_to_string(file.path()).ok()).any(|text| text.contains("Almost lost"))
    };
    window.wait("a crash would lose nothing", |_| kept());
    drop(window);

    let mut window = Window::start(home.path(), Vec::new());
    window.wait("it is offered", |session| !session.recoveries().is_empty());
    assert!(window.shows("was not saved when the program ended"));
    window.click("Bring unsaved work back");
    window.wait("it is back", |session| session.project().is_some());
    assert_eq!(window.unit(1).target, "Almost lost");
    assert!(window.shows("Brought back, not saved"));
    assert!(!window.shows("was not saved when"));
    window.write(" for good");
    assert_eq!(window.unit(1).target, "Almost lost for good");
}

#[test]
fn unsaved_work_that_nobody_wants_goes() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.write("Not worth it");
    window.wait("it is kept", |_| {
        fs::read_dir(home.path().join("state/recovery")).is_ok_and(|files| files.flatten().count() > 1)
    });
    drop(window);
    let mut window = Window::start(home.path(), Vec::new());
    window.wait("it is offered", |session| !session.recoveries().is_empty());
    window.click("Delete unsaved work");
    window.wait("it is gone", |_| {
        fs::read_dir(home.path().join("state/recovery")).is_ok_and(|files| files.flatten().count() == 0)
    });
    assert!(!window.shows("was not saved when"));
}

#[test]
fn the_columns_change_places() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    let left = |window: &Window, name: &str| window.last(name).rect().left();
    assert!(left(&window, "Translation 1") < left(&window, "Source 1"));
    window.write("x");
    window.key(NONE, Key::F9);
    assert!(left(&window, "Translation 1") > left(&window, "Source 1"));
    window.write("y");
    assert_eq!(window.unit(1).target, "xy", "one writes on");
}

#[test]
fn quitting_with_unsaved_work_asks_and_saves() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.write("x");
    window.key(CTRL, Key::Q);
    assert!(window.shows("Save the changes to"));
    assert_eq!(window.focused().as_deref(), Some("Save"));
    window.key(NONE, Key::Enter);
    let path = home.path().join("kept.xlf");
    window.answer_path(&path);
    window.wait("it may close", Session::should_close);
    assert!(fs::read_to_string(&path).unwrap().contains(">x<"));
}

/// What a person can see of a session.
fn state_of(session: &Session) -> String {
    let place: Option<Place> = session.place();
    let units = session.project().map(|project| project.units().to_vec());
    let notices: Vec<_> = session.notices().iter().map(|notice| notice.message.clone()).collect();
    let asked = (session.sheet().cloned(), session.should_close(), session.recoveries().len());
    format!("{:?}", (units, place, session.focused_term(), session.settings(), notices, asked, session.save_state()))
}

/// In the middle of work, so that as many commands as possible make sense.
fn at_work(home: &Path) -> Window {
    let mut window = Window::on_sample(home);
    window.write("Headline");
    window.key(ALT, Key::ArrowDown);
    window.key(ALT, Key::ArrowDown);
    window.write("one two");
    window.key(CTRL, Key::Z);
    window.key(ALT, Key::ArrowUp);
    window.key(ALT, Key::ArrowDown);
    window
}

#[test]
fn every_command_has_a_menu_entry_that_works_when_it_can() {
    let home = home();
    let mut window = at_work(home.path());
    window.click("Menu");
    let mut entries = BTreeSet::new();
    for listed in Command::LISTED.chunk_by(|a, b| a.menu() == b.menu()) {
        window.click(listed[0].menu().label());
        for command in listed {
            let entry = window.last(command.label());
            let enabled = !entry.accesskit_node().is_disabled();
            assert_eq!(enabled, window.ask(|session| session.can(command)), "{command:?}");
            entries.insert(command.label());
        }
    }
    assert_eq!(entries.len(), Command::LISTED.len());
}

#[test]
fn a_menu_entry_does_what_it_says() {
    let home = home();
    let mut window = at_work(home.path());
    for (menu, entry, done) in [
        ("View", "Swap the columns", (|session| session.settings().panes_swapped) as fn(&Session) -> bool),
        ("Paragraph", "Mark as reviewed", |session| session.project().unwrap().units()[2].state == State::Reviewed),
        ("Go", "First paragraph", |session| session.active() == Some(UnitId::new(1))),
        ("Paragraph", "Mark as reviewed", |session| session.project().unwrap().units()[0].state == State::Reviewed),
        ("File", "Save as…", |session| session.sheet().is_some()),
    ] {
        window.click("Menu");
        window.click(menu);
        window.click(entry);
        assert!(window.ask(done), "{entry}");
        assert!(window.harness.query_by_label("File").is_none() || entry == "Save as…", "the menu is closed");
    }
}

#[test]
fn every_key_does_something_when_its_command_can() {
    let home = home();
    let mut window = at_work(home.path());
    for command in Command::LISTED {
        let Some(shortcut) = command.shortcut() else { continue };
        prepare(&mut window, command);
        if *command == Command::CancelWork {
            assert!(!window.ask(|session| session.can(command)), "nothing goes on");
            continue;
        }
        assert!(window.ask(|session| session.can(command)), "{command:?}");
        let before = window.ask(state_of);
        window.key(modifiers(shortcut), egui_key(shortcut.key));
        let after = window.ask(state_of);
        assert!(before != after, "{shortcut} did nothing ({command:?})");
    }
}

/// Brings the third paragraph of the sample into a state in which a command makes a difference.
fn prepare(window: &mut Window, command: &Command) {
    if window.ask(|session| session.sheet().is_some()) {
        window.key(NONE, Key::Escape);
    }
    window.key(ALT, Key::Home);
    window.key(ALT, Key::ArrowDown);
    window.key(ALT, Key::ArrowDown);
    if !window.unit(3).included {
        window.key(CTRL, Key::D);
    }
    match command {
        Command::Redo => window.key(CTRL, Key::Z),
        Command::SetState(State::Initial) => window.key(CTRL.plus(SHIFT), Key::T),
        Command::SetState(_) => window.key(CTRL.plus(SHIFT), Key::D),
        Command::ZoomReset => window.key(CTRL, Key::Plus),
        Command::DismissNotice => {
            window.key(ALT, Key::End);
            window.key(CTRL, Key::Enter);
        }
        _ => (),
    }
}

fn modifiers(shortcut: session::Shortcut) -> Modifiers {
    let held = [(shortcut.ctrl, CTRL), (shortcut.shift, SHIFT), (shortcut.alt, ALT)];
    held.into_iter().filter(|(held, _)| *held).fold(NONE, |all, (_, modifier)| all.plus(modifier))
}

fn egui_key(key: session::Key) -> Key {
    let name = match key {
        session::Key::Char('+') => "Plus".to_owned(),
        session::Key::Char('-') => "Minus".to_owned(),
        session::Key::Char(key) => key.to_string(),
        session::Key::Function(number) => format!("F{number}"),
        session::Key::Up => "ArrowUp".to_owned(),
        session::Key::Down => "ArrowDown".to_owned(),
        other => format!("{other:?}"),
    };
    Key::from_name(&name).unwrap_or_else(|| panic!("no key is called {name}"))
}

#[test]
fn the_tab_key_reaches_everything_and_everything_has_a_name() {
    let home = home();
    let path = file(&home, "article.txt", ARTICLE);
    let mut window = Window::start(home.path(), vec![Command::OpenFiles(vec![path])]);
    window.wait("the article and its terms", |session| {
        session.project().is_some() && session.termbase().is_some() && session.busy().is_none()
    });
    window.harness.check_accessibility();
    let mut reached = BTreeSet::new();
    for _ in 0..80 {
        window.key(NONE, Key::Tab);
        // Behind the last thing is nothing, and then the first one.
        reached.extend(window.focused());
    }
    let focusable = window
        .harness
        .query_all_by(|node| node.data().supports_action(Action::Focus) && !node.is_disabled() && !node.is_hidden());
    for node in focusable {
        let node = node.accesskit_node();
        let name = node.label().or(node.value()).unwrap_or_default();
        assert!(reached.contains(&name), "Tab never came to {name:?} ({:?}); it came to {reached:?}", node.role());
        assert_eq!(name, name.trim(), "a name without filling");
    }
    for name in ["Translation 1", "Source 4", "Save", "Menu"] {
        assert!(reached.contains(name), "{name}");
    }
}

#[test]
fn sheets_keep_the_tab_key_to_themselves() {
    let home = home();
    let mut window = at_work(home.path());
    for (modifiers, key) in [(CTRL, Key::E), (CTRL, Key::O), (CTRL, Key::Q), (NONE, Key::F1)] {
        window.key(modifiers, key);
        assert!(window.ask(|session| session.sheet().is_some()));
        window.harness.check_accessibility();
        for _ in 0..12 {
            window.key(NONE, Key::Tab);
            let name = window.focused().unwrap_or_default();
            assert!(name != "Translation 3" && !name.starts_with("Source"), "{name} is behind the sheet");
        }
        window.key(NONE, Key::Escape);
        assert!(window.ask(|session| session.sheet().is_none()), "Escape closes it");
        assert_eq!(window.focused().as_deref(), Some("Translation 3"), "one writes on");
    }
}

#[test]
fn every_button_and_field_has_a_role_of_its_own() {
    let home = home();
    let window = Window::on_sample(home.path());
    assert_eq!(window.last("Save").accesskit_node().role(), Role::Button);
    assert_eq!(window.last("Translation 1").accesskit_node().role(), Role::MultilineTextInput);
    assert!(window.last("Source 1").accesskit_node().is_read_only());
}
