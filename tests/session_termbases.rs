//! Several termbases at once, and an article that follows the glossary, against the session without a window.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod support;

use std::path::PathBuf;

use support::{ARTICLE, Desk, concept};
use tarjuman::domain::{Concept, Layer, Rewording, State, Term, TermStatus, UnitId};
use tarjuman::session::{Command, NoticeKind, Session, Sheet};
use tarjuman::storage::Folders;
use tarjuman::storage::termbase::Store;
use tarjuman::text::Span;

/// With the small article open, its terms known and the caret in its last paragraph.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text);
    desk.run(Command::Select { unit: UnitId::new(3), caret: Span::at(0) });
    desk.wait("terms are known", |session| session.termbase().is_some() && session.busy().is_none());
    desk
}

/// A termbase of somebody else, with what they have in it.
fn termbase(desk: &Desk, name: &str, concepts: &[Concept]) -> PathBuf {
    let path = desk.path(name);
    Store::open(&path, "somebody").unwrap().put_all("add", concepts.to_vec()).unwrap();
    path
}

/// The English that stands first for the article's last paragraph.
fn first(session: &Session) -> Option<String> {
    session.terms_of_active().first().and_then(|term| term.english).map(str::to_owned)
}

/// Whether some English is offered for the article's last paragraph.
fn offers(session: &Session, english: &str) -> bool {
    session.terms_of_active().iter().any(|term| term.english == Some(english))
}

/// The words of the article's last paragraph that no glossary of the program knows.
const WORD: &str = "وأضاف";

#[test]
fn the_upper_termbase_counts_for_more_and_alone_is_written_to() {
    let mut desk = desk();
    let theirs = concept(WORD, "of the desk");
    let shared = termbase(&desk, "desk.db", std::slice::from_ref(&theirs));
    desk.run(Command::AddTermbase(shared.clone()));
    desk.wait("theirs is found", |session| first(session).as_deref() == Some("of the desk"));
    assert_eq!(desk.session.termbase().unwrap().layer(&theirs.id), Some(Layer::Below(0)));
    assert_eq!(desk.session.termbase().unwrap().name(Layer::Below(0)), "desk");

    let ours = concept(WORD, "of our own");
    desk.run(Command::EditConcepts(vec![ours.clone()]));
    desk.wait("ours stands first", |session| first(session).as_deref() == Some("of our own"));
    desk.run(Command::RaiseTermbase(shared.clone()));
    desk.wait("theirs stands first", |session| first(session).as_deref() == Some("of the desk"));
    let listed = desk.session.termbases();
    let roles: Vec<_> = listed.iter().map(|it| (&*it.name, it.is_written, it.is_own)).collect();
    assert_eq!(roles, [("desk", true, false), ("My glossary", false, true)]);

    // What is changed goes to the one that is above now; the other stays as it is.
    let mut changed = ours.clone();
    changed.english[0].text = "changed".into();
    desk.run(Command::EditConcepts(vec![changed]));
    desk.wait("it is changed", |session| {
        session.termbase().unwrap().get(&ours.id).unwrap().preferred_english() == Some("changed")
    });
    assert!(Store::open(&shared, "").unwrap().read().unwrap().termbase.get(&ours.id).is_some());
    let own = Folders::under(&desk.path("home")).termbase();
    let kept = Store::open(&own, "").unwrap().read().unwrap().termbase.get(&ours.id).unwrap().clone();
    assert_eq!(kept.preferred_english(), Some("of our own"));
    desk.run(Command::UndoGlossary);
    desk.wait("what is below shows again", |session| {
        let termbase = session.termbase().unwrap();
        termbase.find(&ours.id).is_some_and(|(it, layer)| it.english == ours.english && layer == Layer::Below(0))
    });

    let mut desk = desk.restart();
    desk.wait("they are known on another day", |session| session.termbase().is_some());
    assert_eq!(desk.session.termbases().len(), 2);
    desk.run(Command::ToggleTermbase(shared.clone()));
    desk.wait("it is left out", |session| session.termbase().unwrap().get(&theirs.id).is_none());
    desk.run(Command::RemoveTermbase(shared.clone()));
    assert_eq!(desk.session.termbases().len(), 1);
    assert!(shared.exists(), "the file stays");

    let all = desk.session.termbase().unwrap().len();
    desk.run(Command::ToggleStarter);
    desk.wait("there is no starter", |session| session.termbase().unwrap().len() < all / 2);
}

#[test]
fn a_termbase_is_begun_and_what_cannot_be_read_is_told() {
    let mut desk = desk();
    let new = desk.path("client.db");
    desk.run(Command::BeginTermbase(new.clone()));
    desk.wait("it is listed", |session| session.termbases()[0].is_written && session.termbases()[0].path == new);
    let ours = concept(WORD, "for the client");
    desk.run(Command::EditConcepts(vec![ours.clone()]));
    desk.wait("it is found", |session| first(session).as_deref() == Some("for the client"));
    assert!(Store::open(&new, "").unwrap().read().unwrap().termbase.get(&ours.id).is_some());

    let bad = desk.file("notes.txt", "no termbase at all, whatever its name");
    desk.run(Command::AddTermbase(bad.clone()));
    desk.wait("it is told", |session| session.notices().iter().any(|notice| notice.kind == NoticeKind::Error));
    let notice = desk.session.notices().iter().find(|notice| notice.kind == NoticeKind::Error).unwrap().clone();
    assert!(notice.message.contains("“notes” could not be read"), "{}", notice.message);
    assert!(desk.session.termbases().last().unwrap().problem.is_some());
    assert_eq!(first(&desk.session).as_deref(), Some("for the client"), "the others work without it");
    desk.run(Command::RemoveTermbase(bad.clone()));
    desk.wait("nothing is wrong", |session| session.notices().iter().all(|notice| notice.kind != NoticeKind::Error));
    assert!(std::fs::read_to_string(&bad).unwrap().starts_with("no termbase"));
}

#[test]
fn what_others_write_shows_when_one_comes_back() {
    let mut desk = desk();
    let shared = termbase(&desk, "desk.db", &[concept("شيء", "thing")]);
    desk.run(Command::AddTermbase(shared.clone()));
    desk.wait("it is read", |session| session.termbases().len() == 2 && session.busy().is_none());
    let own = Folders::under(&desk.path("home")).termbase();
    desk.run(Command::EditConcepts(vec![concept("آخر", "other")]));
    desk.wait("there is a file", |session| {
        session.termbase().unwrap().strata().next().unwrap().1.termbase.concepts().len() == 1
    });

    for (path, english) in [(own, "from a shell"), (shared, "from a colleague")] {
        let theirs = concept(WORD, english);
        Store::open(&path, "another").unwrap().put("add", theirs.clone()).unwrap();
        desk.session.look_around();
        desk.wait("it is found", |session| session.termbase().unwrap().get(&theirs.id).is_some());
    }
    desk.wait("both are offered", |session| offers(session, "from a shell") && offers(session, "from a colleague"));
    let offered: Vec<_> =
        desk.session.terms_of_active().iter().filter_map(|term| term.english).take(2).map(str::to_owned).collect();
    assert_eq!(offered, ["from a shell", "from a colleague"], "the upper one first");
}

#[test]
fn of_terms_at_one_place_the_best_stands_first() {
    let mut desk = desk();
    let admitted =
        Concept { arabic: vec![Term::new(WORD, TermStatus::Admitted)], ..concept("", "by an admitted wording") };
    let [one, other] = ["one", "other"].map(|english| concept(WORD, english));
    let shared = termbase(&desk, "desk.db", &[concept(WORD, "from below")]);
    desk.run(Command::AddTermbase(shared)).run(Command::EditConcepts(vec![admitted, one, other]));
    desk.wait("all are offered", |session| {
        ["by an admitted wording", "one", "other", "from below"].into_iter().all(|english| offers(session, english))
    });
    let offered = |desk: &Desk| -> Vec<String> {
        let terms = desk.session.terms_of_active();
        terms.iter().take(4).filter_map(|term| term.english).map(str::to_owned).collect()
    };
    let before = offered(&desk);
    assert_eq!(before[2..], ["by an admitted wording", "from below"]);
    desk.run(Command::InsertTerm(2));
    let after = offered(&desk);
    assert_eq!((&after[0], &after[2..]), (&before[1], &before[2..]), "what was used before comes first");
}

#[test]
fn the_article_follows_a_changed_translation() {
    let mut desk = desk();
    let ours = concept("مهمة", "mission");
    desk.run(Command::EditConcepts(vec![ours.clone()]));
    desk.wait("it is found", |session| session.terms_of_active().iter().any(|term| term.concept.id == ours.id));
    desk.type_text("Missions of a mission: the mission’s end, dismission").run(Command::SetState(State::Translated));
    assert!(!desk.session.can(&Command::ShowRewordings));

    let renamed = |english: &str| {
        let mut renamed = ours.clone();
        renamed.english[0].text = english.into();
        Command::EditConcepts(vec![renamed])
    };
    desk.run(renamed("assignment"));
    desk.wait("it is offered", |session| session.can(&Command::ShowRewordings));
    let notice = desk.session.notices().iter().find(|it| it.actions == [Command::ShowRewordings]).unwrap();
    assert_eq!(notice.message, "The article has the old wording at 3 places.");
    desk.run(Command::ShowRewordings);
    assert_eq!(desk.session.sheet(), Some(&Sheet::Rewordings));
    let shown = desk.session.rewordings();
    let words: Vec<_> = shown.iter().map(|Rewording { before, after, .. }| (&**before, &**after)).collect();
    assert_eq!(words, [("Missions", "Assignments"), ("mission", "assignment"), ("mission", "assignment")]);

    // One of them stays as it is.
    desk.run(Command::Reword(vec![shown[0].clone(), shown[2].clone()]));
    assert_eq!(desk.unit(3).target, "Assignments of a mission: the assignment’s end, dismission");
    assert_eq!((desk.unit(3).state, desk.session.sheet()), (State::Translated, None));
    assert!(!desk.session.can(&Command::ShowRewordings), "it is not offered again");
    desk.run(Command::Undo);
    assert_eq!(desk.unit(3).target, "Missions of a mission: the mission’s end, dismission", "one step");

    // Renamed twice, the first name counts too; what was written over meanwhile stays.
    desk.run(renamed("errand"));
    desk.wait("it is changed", |session| {
        session.termbase().unwrap().get(&ours.id).unwrap().preferred_english() == Some("errand")
    });
    desk.run(renamed("mission"));
    desk.wait("it is as at first", |session| {
        session.termbase().unwrap().get(&ours.id).unwrap().preferred_english() == Some("mission")
    });
    assert!(desk.session.rewordings().is_empty(), "the article says what the glossary says");
    desk.run(renamed("task"));
    desk.wait("it is offered", |session| session.can(&Command::ShowRewordings));
    let shown = desk.session.rewordings();
    desk.run(Command::EditTarget { unit: UnitId::new(3), span: Span::new(0, 8), text: "Nothing".to_owned() });
    desk.run(Command::Reword(shown));
    assert_eq!(desk.unit(3).target, "Nothing of a mission: the mission’s end, dismission");
}
