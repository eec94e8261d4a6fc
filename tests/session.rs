//! Scripts of what a person does, against the session without a window.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod support;

use std::fs;
use std::time::{Duration, Instant};

use support::{ARTICLE, Desk};
use tarjuman::domain::{State, UnitId};
use tarjuman::jobs::ExportFormat;
use tarjuman::session::{Command, NoticeKind, SaveState, Session, Sheet};
use tarjuman::text::Span;

#[test]
fn the_main_job_from_the_sample_to_a_saved_file() {
    let mut desk = Desk::new();
    desk.open_sample();
    assert_eq!(desk.session.save_state(), SaveState::New);
    desk.wait("terms are known", |session| session.termbase().is_some() && session.busy().is_none());

    desk.run(Command::NextUnit).run(Command::NextUnit);
    assert!(desk.session.terms_of_active().len() >= 2, "the sample speaks of many things");
    let first = desk.session.terms_of_active()[0].concept.preferred_english().unwrap().to_owned();
    let second = desk.session.terms_of_active()[1].concept.preferred_english().unwrap().to_owned();
    desk.type_text("Of").run(Command::InsertTerm(1)).type_text(",").run(Command::InsertTerm(2)).type_text(".");
    let written = format!("Of {first}, {second}.");
    let active = desk.active();
    assert_eq!(desk.unit(active).target, written);

    desk.run(Command::Confirm);
    assert_eq!(desk.unit(active).state, State::Translated);
    assert_eq!(desk.active(), active + 1);
    assert_eq!(desk.session.progress().translated, 1);
    assert_eq!(desk.session.save_state(), SaveState::Unsaved);
    assert!(desk.session.title().starts_with('•'));

    desk.run(Command::Save);
    assert_eq!(desk.session.sheet(), Some(&Sheet::SaveAs { suggested: "Sample article.xlf".into() }));
    let path = desk.path("sample.xlf");
    desk.save_to(&path);
    assert!(!desk.session.title().starts_with('•'), "{}", desk.session.title());

    let before = desk.units();
    desk.run(Command::Close);
    assert!(desk.session.project().is_none() && desk.session.sheet().is_none());
    desk.open(&path);
    assert_eq!(desk.units(), before);
    assert_eq!(desk.session.save_state(), SaveState::Saved);
}

#[test]
fn an_article_is_saved_beside_its_text_which_is_never_written() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("A").run(Command::Save);
    let suggested = desk.path("x.xlf");
    assert_eq!(desk.session.sheet(), Some(&Sheet::SaveAs { suggested: suggested.clone() }));
    desk.save_to(&suggested);
    assert_eq!(desk.session.sheet(), None);
    desk.type_text("B").run(Command::Save).wait_saved();
    assert_eq!(fs::read_to_string(&text).unwrap(), ARTICLE);
    assert!(fs::read_to_string(&suggested).unwrap().contains(">AB<"));
    assert_eq!(desk.session.settings().recent, [suggested, text]);
}

#[test]
fn undo_and_redo_go_to_the_place() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("First words").run(Command::Confirm).type_text("Second").session.take_caret();
    let steps = [("", (2, 0)), ("", (1, 11)), ("First ", (1, 6)), ("", (1, 0))];
    for (number, (expected, caret)) in steps.into_iter().enumerate() {
        desk.run(Command::Undo);
        let text = if number == 0 { &desk.unit(2).target } else { &desk.unit(1).target };
        assert!(number == 1 || text == expected, "after undo {number}: {text}");
        assert_eq!(desk.caret(), caret, "after undo {number}");
        assert_eq!(desk.active(), caret.0);
    }
    assert!(!desk.session.can(&Command::Undo));
    assert_eq!(desk.session.save_state(), SaveState::New, "everything is as it was opened");
    for caret in [(1, 6), (1, 11), (1, 11), (2, 6)] {
        desk.run(Command::Redo);
        assert_eq!(desk.caret(), caret);
    }
    assert_eq!((desk.unit(1).state, desk.unit(2).target.as_str()), (State::Translated, "Second"));
}

#[test]
fn undo_back_to_what_is_saved_is_saved() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    let path = desk.path("x.xlf");
    desk.open(&text).type_text("One").save_to(&path).type_text(" two");
    assert_eq!(desk.session.save_state(), SaveState::Unsaved);
    desk.run(Command::Undo);
    assert_eq!(desk.unit(1).target, "One ");
    desk.run(Command::Undo);
    assert_eq!((desk.unit(1).target.as_str(), desk.session.save_state()), ("One", SaveState::Saved));
}

#[test]
fn writing_in_a_confirmed_paragraph_makes_it_a_draft_again() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("Done").run(Command::SetState(State::Final)).type_text("!");
    assert_eq!((desk.unit(1).state, desk.unit(1).target.as_str()), (State::Initial, "Done!"));
    desk.run(Command::Undo);
    assert_eq!((desk.unit(1).state, desk.unit(1).target.as_str()), (State::Final, "Done"));
}

#[test]
fn confirming_nothing_moves_on_and_says_so() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text(" ").run(Command::Confirm);
    assert_eq!((desk.unit(1).state, desk.active()), (State::Initial, 2));
    assert_eq!(desk.session.notices().last().unwrap().kind, NoticeKind::Info);
    desk.run(Command::Confirm).run(Command::Confirm);
    assert_eq!(desk.active(), 3, "the line of furniture is passed over");
    desk.run(Command::LastUnit).run(Command::ToggleIncluded);
    assert!(desk.unit(4).included);
    desk.run(Command::FirstUnit).run(Command::PreviousUnit);
    assert_eq!(desk.active(), 1);
    desk.type_text("x").run(Command::Confirm).run(Command::FirstUnit).run(Command::NextUntranslated);
    assert_eq!(desk.active(), 2);
}

#[test]
fn a_caret_beyond_the_text_and_an_edit_that_does_not_fit_do_no_harm() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("é");
    let unit = UnitId::new(1);
    let before = desk.session.place();
    desk.run(Command::Select { unit, caret: Span::at(9) });
    desk.run(Command::Select { unit: UnitId::new(77), caret: Span::at(0) });
    assert_eq!(desk.session.place(), before);
    desk.run(Command::EditTarget { unit, span: Span::at(1), text: "x".to_owned() });
    assert_eq!(desk.unit(1).target, "é");
    assert_eq!(desk.session.notices().last().unwrap().kind, NoticeKind::Error);
}

#[test]
fn terms_are_looked_at_and_inserted_by_key() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).wait("terms are known", |session| !session.matches(UnitId::new(2)).is_empty());
    desk.run(Command::NextUnit);
    let count = desk.session.matches(UnitId::new(2)).len();
    assert!(count >= 2);
    desk.run(Command::NextTerm);
    assert_eq!(desk.session.focused_term(), Some(0));
    desk.run(Command::PreviousTerm);
    assert_eq!(desk.session.focused_term(), Some(count - 1));
    desk.run(Command::NextTerm).run(Command::InsertFocused).run(Command::InsertFocused);
    let terms = desk.session.terms_of_active();
    let [first, second] = [0, 1].map(|index| terms[index].concept.preferred_english().unwrap());
    assert_eq!(desk.unit(2).target, format!("{first} {second}"));
    desk.run(Command::Select { unit: UnitId::new(2), caret: Span::new(0, desk.unit(2).target.len()) });
    desk.run(Command::InsertTranslation { found: 1, english: 0 });
    let second = desk.session.terms_of_active()[1].concept.english[0].text.clone();
    assert_eq!(desk.unit(2).target, *second, "what is selected is replaced");
    desk.run(Command::NextUnit);
    assert_eq!(desk.session.focused_term(), None);
    assert!(!desk.session.can(&Command::InsertTerm(9)));
    desk.run(Command::InsertTerm(9));
    assert_eq!(desk.unit(3).target, "");
}

#[test]
fn unsaved_changes_are_asked_about() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("A").run(Command::Close);
    assert!(matches!(desk.session.sheet(), Some(Sheet::ConfirmClose { name }) if name == "x.txt"));
    desk.run(Command::CloseSheet);
    assert_eq!((desk.session.sheet(), desk.unit(1).target.as_str()), (None, "A"));

    // Saved first, through the question where to.
    let path = desk.path("x.xlf");
    desk.run(Command::Close).run(Command::SaveFirst).run(Command::SaveTo(path.clone()));
    desk.wait("it is closed", |session| session.project().is_none());
    assert!(fs::read_to_string(&path).unwrap().contains(">A<"));

    // The key that saves is an answer too.
    desk.open(&path).type_text("!").run(Command::Close).run(Command::Save);
    desk.wait("it is closed", |session| session.project().is_none() && session.sheet().is_none());

    // Another file, and the changes are not wanted.
    let other = desk.file("y.txt", ARTICLE);
    desk.open(&path).type_text("B").run(Command::OpenThese(vec![other.into()]));
    assert!(matches!(desk.session.sheet(), Some(Sheet::ConfirmClose { .. })));
    desk.run(Command::DropChanges).wait("the other is open", |session| session.title().contains("y.txt"));
    assert!(!fs::read_to_string(&path).unwrap().contains(">AB<"));

    // Quitting.
    desk.type_text("C").run(Command::Quit);
    assert!(!desk.session.should_close());
    desk.run(Command::DropChanges).wait("it may close", Session::should_close);
    let left: Vec<_> = fs::read_dir(desk.path("home/state/recovery")).unwrap().collect();
    assert!(left.is_empty(), "what is not wanted is not kept: {left:?}");
}

#[test]
fn a_file_that_somebody_else_changed_is_not_overwritten_unasked() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    let path = desk.path("x.xlf");
    desk.open(&text).type_text("mine").save_to(&path);
    fs::write(&path, "theirs").unwrap();
    desk.type_text("!").run(Command::Save).wait("it asks", |session| session.sheet().is_some());
    assert_eq!(desk.session.sheet(), Some(&Sheet::ChangedOnDisk { path: path.clone() }));
    assert_eq!(fs::read_to_string(&path).unwrap(), "theirs");
    assert_eq!(desk.session.save_state(), SaveState::Unsaved);
    desk.run(Command::CloseSheet).run(Command::Save).wait("it asks again", |session| session.sheet().is_some());
    desk.run(Command::Overwrite).wait_saved();
    assert!(fs::read_to_string(&path).unwrap().contains("mine!"));
    fs::remove_file(&path).unwrap();
    desk.type_text("?").run(Command::Save).wait_saved();
    assert!(path.exists(), "a file that is gone is simply written again");
}

#[test]
fn a_save_that_fails_says_so_and_loses_nothing() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    let nowhere = desk.path("absent/x.xlf");
    desk.open(&text).type_text("A").run(Command::Quit).run(Command::SaveFirst).run(Command::SaveTo(nowhere));
    desk.wait("it failed", |session| session.save_state() == SaveState::Failed);
    assert!(!desk.session.should_close());
    let notice = desk.session.notices().last().unwrap();
    assert_eq!(notice.kind, NoticeKind::Error);
    assert!(notice.message.contains("“x.xlf”") && notice.message.contains("still here"), "{}", notice.message);
    let path = desk.path("x.xlf");
    desk.save_to(&path);
    assert_eq!(desk.session.project().unwrap().units()[0].target, "A");
    assert!(desk.session.notices().is_empty() && !desk.session.should_close());
}

#[test]
fn files_that_cannot_be_opened_leave_everything_as_it_is() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text);
    for (name, content) in [
        ("empty.txt", &b" \n"[..]),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01"),
        ("a.xlf", b"<xliff"),
        ("b", b""),
    ] {
        let path = desk.path(name);
        if !content.is_empty() {
            fs::write(&path, content).unwrap();
        }
        desk.run(Command::OpenThese(vec![path.into()]));
        desk.wait("it says why", |session| {
            session.busy().is_none() && session.notices().iter().any(|notice| notice.message.contains(name))
        });
        assert_eq!(desk.session.notices().last().unwrap().kind, NoticeKind::Error);
        assert!(desk.session.title().contains("x.txt"));
    }
}

#[test]
fn only_the_file_asked_for_last_is_shown() {
    let mut desk = Desk::new();
    let paths: Vec<_> = (0..4).map(|number| desk.file(&format!("{number}.txt"), ARTICLE)).collect();
    for path in &paths {
        desk.run(Command::OpenThese(vec![path.clone().into()]));
    }
    desk.wait("the last is open", |session| session.title().contains("3.txt"));
    assert_eq!(desk.session.settings().recent, [paths[3].clone()]);

    desk.run(Command::OpenThese(vec![paths[0].clone().into()])).run(Command::CancelWork);
    let jobs_done = |session: &Session| session.should_close();
    desk.run(Command::Quit).wait("it may close", jobs_done);
    assert!(!desk.session.title().contains("0.txt"));
}

#[test]
fn what_was_found_in_a_closed_article_is_not_shown_in_the_next() {
    let mut desk = Desk::new();
    let long: String = (0..3000).map(|_| "قال وزير الدفاع الأمريكي في بروكسل.\n\n").collect();
    let (long, plain) = (desk.file("long.txt", &long), desk.file("plain.txt", "كلمات\n\nأخرى\n"));
    desk.wait("the glossary is read", |session| session.termbase().is_some());
    desk.open(&long).wait("it has begun", |session| !session.matches(UnitId::new(1)).is_empty());
    desk.open(&plain).wait("it is done", |session| session.busy().is_none());
    assert!((1..=2).all(|number| desk.session.matches(UnitId::new(number)).is_empty()));
}

#[test]
fn exports_hold_what_is_translated() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("Headline").run(Command::Export);
    assert_eq!(desk.session.sheet(), Some(&Sheet::Export { suggested: desk.path("x") }));
    let exported = |desk: &mut Desk, format: ExportFormat, name: &str| {
        let path = desk.path(name);
        desk.run(Command::ExportTo { format, path });
        desk.wait("it is exported", |session| {
            session.busy().is_none()
                && session.notices().iter().any(|notice| notice.message.starts_with("Exported 1 paragraph to "))
        });
        desk.run(Command::DismissNotice);
    };
    exported(&mut desk, ExportFormat::Moses, "x");
    assert_eq!(fs::read_to_string(desk.path("x.ar")).unwrap(), "عنوان الخبر في سطر\n");
    assert_eq!(fs::read_to_string(desk.path("x.en")).unwrap(), "Headline\n");
    exported(&mut desk, ExportFormat::Tmx, "x.tmx");
    exported(&mut desk, ExportFormat::Tsv, "x.tsv");
    assert!(fs::read_to_string(desk.path("x.tmx")).unwrap().contains("Headline"));
    assert!(fs::read_to_string(desk.path("x.tsv")).unwrap().contains("Headline"));

    // The second of two files is never replaced unasked.
    fs::write(desk.path("x.en"), "precious").unwrap();
    desk.run(Command::ExportTo { format: ExportFormat::Moses, path: desk.path("x.ar") });
    desk.wait("it asks", |session| session.sheet().is_some());
    assert_eq!(fs::read_to_string(desk.path("x.en")).unwrap(), "precious");
    desk.run(Command::Overwrite);
    desk.wait("it is exported", |session| session.busy().is_none());
    assert_eq!(fs::read_to_string(desk.path("x.en")).unwrap(), "Headline\n");
}

#[test]
fn files_get_the_extension_of_their_format() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    let (working, path) = (desk.path("news.2026"), desk.path("memory"));
    desk.open(&text).type_text("Headline").run(Command::SaveTo(working)).wait_saved();
    desk.run(Command::ExportTo { format: ExportFormat::Tmx, path });
    desk.wait("it is exported", |session| session.busy().is_none());
    assert!(desk.path("news.2026.xlf").exists() && !desk.path("news.2026").exists());
    assert!(desk.path("memory.tmx").exists() && !desk.path("memory").exists());

    // Nothing that is there is replaced unasked, named in full or not.
    for name in ["other.xlf", "other.tsv"] {
        fs::write(desk.path(name), "precious").unwrap();
    }
    let path = desk.path("other");
    desk.run(Command::SaveTo(path.clone())).wait("it asks", |session| session.sheet().is_some());
    assert_eq!(desk.session.sheet(), Some(&Sheet::SaveExists { path: desk.path("other.xlf") }));
    let named = desk.path("other.xlf");
    desk.run(Command::CloseSheet).run(Command::SaveTo(named));
    desk.wait("it asks", |session| session.sheet().is_some());
    assert_eq!(desk.session.sheet(), Some(&Sheet::SaveExists { path: desk.path("other.xlf") }));
    desk.run(Command::CloseSheet).run(Command::ExportTo { format: ExportFormat::Tsv, path: path.clone() });
    desk.wait("it asks", |session| session.sheet().is_some());
    assert!(desk.session.sheet().unwrap().title().contains("other.tsv"));
    for name in ["other.xlf", "other.tsv"] {
        assert_eq!(fs::read_to_string(desk.path(name)).unwrap(), "precious");
    }

    desk.run(Command::Overwrite).wait("it is exported", |session| session.busy().is_none());
    desk.run(Command::SaveTo(path)).wait("it asks", |session| session.sheet().is_some());
    desk.run(Command::Overwrite).wait_saved();
    for name in ["other.xlf", "other.tsv"] {
        assert!(fs::read_to_string(desk.path(name)).unwrap().contains("Headline"));
    }
}

#[test]
fn settings_are_there_at_the_next_start() {
    let mut desk = Desk::new();
    desk.run(Command::ToggleTheme).run(Command::ZoomIn).run(Command::SwapPanes).run(Command::Quit);
    desk.wait("it may close", Session::should_close);
    let chosen = desk.session.settings().clone();
    let desk = desk.restart();
    assert_eq!(desk.session.settings(), &chosen);
    assert!(desk.session.notices().is_empty());

    let path = desk.path("home/config/settings.json");
    let damaged = fs::read_to_string(&path).unwrap().replace("\"light\"", "\"loud\"");
    fs::write(&path, damaged).unwrap();
    let desk = desk.restart();
    assert!(desk.session.settings().panes_swapped, "what makes sense is kept");
    assert_eq!(desk.session.notices().len(), 1);
}

#[test]
fn sentences_are_marked_by_rules_that_the_user_can_change() {
    let mut desk = Desk::new();
    assert!(desk.session.segmenters().is_none(), "nobody asked for them");
    desk.run(Command::ToggleSentences).wait("the rules are read", |session| session.segmenters().is_some());
    let count = |session: &Session| session.segmenters().unwrap().arabic.sentences("ذهب؛ ثم عاد. انتهى.").len();
    assert_eq!(count(&desk.session), 2);
    desk.run(Command::ToggleSentences);
    assert!(desk.session.segmenters().is_none());
    desk.run(Command::ToggleSentences).run(Command::Quit).wait("it may close", Session::should_close);

    let own = "<srx version='2.0'><languagerule languagerulename='x'>\n<rule><beforebreak>[؛.]</beforebreak></rule>\
               <!--bad--></languagerule><languagemap languagepattern='ar' languagerulename='x'/></srx>";
    let path = desk.path("home/config/segmentation.srx");
    for (rules, sentences, notice) in [
        (own.to_owned(), 3, None),
        (own.replace("<!--bad-->", "\n<rule><beforebreak>(</beforebreak></rule>"), 3, Some("line 3")),
        (own.replace("<!--bad-->", "</wrong>"), 2, Some("Those of the program are used instead")),
    ] {
        fs::write(&path, rules).unwrap();
        desk = desk.restart();
        desk.wait("the rules are read", |session| session.segmenters().is_some());
        assert_eq!(count(&desk.session), sentences);
        let told = desk.session.notices().first().map(|notice| notice.message.clone());
        assert_eq!(told.is_some(), notice.is_some(), "{told:?}");
        assert!(notice.is_none_or(|words| told.is_some_and(|told| told.contains(words))));
    }
}

#[test]
fn an_idle_session_asks_for_no_time() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text).type_text("Some words");
    desk.wait("it is idle", |session| session.busy().is_none() && session.termbase().is_some());
    let deadline = Instant::now() + Duration::from_secs(20);
    while let Some(next) = desk.session.tick(Instant::now()) {
        assert!(Instant::now() < deadline);
        let _ = desk.woken.recv_timeout(next);
    }
}
