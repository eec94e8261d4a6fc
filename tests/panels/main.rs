//! Scripts of what a person does in the window, which find everything by the names that a screen reader gets.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "what a test expects and does not get is its failure")]

mod commands;
mod glossary;
mod opening;
mod rows;
mod transfer;
mod window;

use std::fs;

use egui::{Event, Key};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tarjuman::domain::{State, TermStatus, UnitId};
use tarjuman::session::{Command, SaveState, Session};

use window::{ALT, ARTICLE, CTRL, NONE, SHIFT, Window, file, home};

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
    assert!(window.shows("Drop Arabic articles here"));
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
    assert_eq!(window.unit(active).target, *other);
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
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![home.path().join("missing.txt").into()])]);
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

#[test]
fn long_runs_of_furniture_are_folded_until_they_are_wanted() {
    let home = home();
    let furniture = ["مقالات ذات صلة", "أخبار ذات صلة", "مواضيع متعلقة", "مقالات مشابهة", "قد يهمك"].join("\n\n");
    let path = file(&home, "article.txt", &format!("{ARTICLE}\n{furniture}\n"));
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
    window.wait("the article", |session| session.project().is_some());
    assert_eq!(window.units().len(), 10);
    let folded = "Show 6 lines of page furniture";
    assert!(window.shows(folded) && window.harness.query_by_label("Source 5").is_none());

    window.key(ALT, Key::End);
    assert_eq!((window.active(), window.focused().as_deref()), (5, Some(folded)), "one row stands for all");
    window.key(ALT, Key::ArrowUp);
    assert_eq!(window.active(), 4);
    window.key(ALT, Key::ArrowDown);
    window.key(NONE, Key::F7);
    assert!(!window.shows(folded) && window.gutter(10, "left out of the article"));
    window.key(ALT, Key::ArrowDown);
    assert_eq!(window.active(), 6, "each can be gone to");
    window.key(NONE, Key::F7);
    assert!(window.shows(folded));
    assert_eq!(window.active(), 5);

    window.key(CTRL, Key::D);
    assert!(window.gutter(5, "not translated") && window.gutter(10, "not translated"), "all come back");
    assert!(window.shows("0 of 10 translated"));
    window.key(CTRL, Key::Z);
    assert!(window.shows(folded));
    window.key(ALT, Key::Home);
    window.click(folded);
    assert!(window.gutter(10, "left out of the article") && !window.shows(folded));
    assert_eq!(window.active(), 1, "whoever clicks stays where they write");
    window.key(CTRL, Key::U);
    assert_eq!(window.active(), 2);
}
