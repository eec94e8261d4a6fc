//! The glossary in the window.

use egui::Key;
use tarjuman::domain::{ConceptKind, UnitId};

use super::window::{ALT, ARTICLE, CTRL, NONE, SHIFT, Window, file, home};
use tarjuman::session::Command;

#[test]
fn a_term_is_added_from_a_selection() {
    let home = home();
    let path = file(&home, "x.txt", ARTICLE);
    let mut window = Window::start(home.path(), vec![Command::OpenThese(vec![path.into()])]);
    window.wait("the terms", |session| {
        session.project().is_some() && session.termbase().is_some() && session.busy().is_none()
    });
    window.last("Source 4").focus();
    window.settle();
    window.key(NONE, Key::Home);
    for _ in 0.."وأضاف".chars().count() {
        window.key(SHIFT, Key::ArrowLeft);
    }
    window.key(CTRL, Key::G);
    assert!(window.shows("Add to the glossary"));
    assert_eq!(window.focused().as_deref(), Some("English"), "one can type the English at once");
    assert_eq!(window.last("Arabic").value().as_deref(), Some("وأضاف"));
    window.write("and added");
    window.key(ALT, Key::Num4);
    window.key(NONE, Key::Enter);
    window.wait("it is found", |session| {
        let mut found = session.matches(UnitId::new(4)).iter();
        found.any(|found| {
            let concept = session.termbase().unwrap().get(&found.concept).unwrap();
            concept.preferred_english() == Some("and added") && concept.kind == ConceptKind::Event
        })
    });
    assert!(window.shows("is in your glossary"));
    assert!(window.shows("Insert term 1: and added"));
    assert_eq!(window.focused().as_deref(), Some("Source 4"), "one reads on");
    window.click("Undo the change of the glossary");
    window.wait("it is gone", |session| session.matches(UnitId::new(4)).iter().all(|found| found.span.start > 0));
}
