//! Every command by its menu entry and its key, and everything by the Tab key.

use std::collections::BTreeSet;
use std::path::Path;

use egui::accesskit::{Action, Role};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tarjuman::domain::{Place, State, UnitId};
use tarjuman::session::{self, Command, Session};

use crate::window::{ALT, ARTICLE, CTRL, NONE, SHIFT, Window, file, home};

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
    window.drop_files(&["a.txt", "b.txt"].map(|name| file(&home, name, ARTICLE)));
    for command in Command::LISTED {
        let Some(shortcut) = command.shortcut() else { continue };
        prepare(&mut window, command);
        if matches!(command, Command::CancelWork | Command::ShowEncodings | Command::Unscramble | Command::ToggleFold) {
            assert!(!window.ask(|session| session.can(command)), "nothing goes on, and the sample is sound");
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
        // The key before has said the same.
        Command::ToggleAllRepaired => window.key(NONE, Key::Escape),
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
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
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
    while window.focused().as_deref() != Some("Open…") {
        window.key(NONE, Key::Tab);
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
    let shifted = CTRL.plus(SHIFT);
    for (modifiers, key) in [
        (CTRL, Key::E),
        (CTRL, Key::O),
        (CTRL, Key::L),
        (CTRL, Key::Q),
        (NONE, Key::F1),
        (shifted, Key::I),
        (shifted, Key::E),
    ] {
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
