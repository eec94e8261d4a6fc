//! The glossary in the window.

use egui::Key;
use tarjuman::domain::{Concept, ConceptKind, PartOfSpeech, Term, TermStatus, TermType, UnitId};

use super::window::{ALT, ARTICLE, CTRL, NONE, SHIFT, Window, file, home};
use tarjuman::session::{Command, Session, Sheet};
use tarjuman::storage::termbase::{Store, fresh_id};

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

/// With the sample open and the glossary before it.
fn before_the_glossary(home: &std::path::Path) -> Window {
    let mut window = Window::on_sample(home);
    window.key(CTRL.plus(SHIFT), Key::G);
    window.wait("the glossary is shown", |session| !session.is_browsing() && !session.browsed().is_empty());
    assert_eq!(window.focused().as_deref(), Some("Search the glossary"));
    window
}

fn search(window: &mut Window, words: &str) {
    window.key(CTRL, Key::A);
    window.write(words);
    window.wait("it is found", |session| !session.is_browsing());
}

fn first(window: &Window) -> Concept {
    window.ask(|session| session.termbase().unwrap().get(&session.browsed()[0]).unwrap().clone())
}

#[test]
fn a_concept_is_found_in_either_language_changed_and_given_back() {
    let home = home();
    let mut window = before_the_glossary(home.path());
    search(&mut window, "بروكسل");
    assert_eq!(first(&window).preferred_english(), Some("Brussels"));
    search(&mut window, "bruss");
    let brussels = first(&window);
    assert_eq!(brussels.preferred_english(), Some("Brussels"));

    window.key(NONE, Key::Enter);
    assert_eq!(window.focused().as_deref(), Some("English of the concept"));
    window.key(CTRL, Key::A);
    window.write("Bruxelles");
    window.key(NONE, Key::Enter);
    let id = brussels.id.clone();
    window.wait("it is changed", |session| {
        let concept = session.termbase().unwrap().get(&id).unwrap();
        concept.preferred_english() == Some("Bruxelles") && !session.is_browsing()
    });
    assert_eq!(window.focused().as_deref(), Some("Search the glossary"), "one goes on searching");
    window.key(CTRL, Key::Z);
    let id = brussels.id.clone();
    window.wait("it is as it was", |session| {
        session.termbase().unwrap().get(&id).unwrap().preferred_english() == Some("Brussels")
    });
    search(&mut window, "bruss");
    window.wait("its history", |session| session.history_of(&session.browsed()[0]).len() == 3);
    assert!(window.shows("What it was") && window.shows("Bruxelles ·"));

    window.key(CTRL, Key::Delete);
    let id = brussels.id.clone();
    window.wait("it is gone", |session| session.termbase().unwrap().get(&id).is_none() && !session.is_browsing());
    window.click("Undo the change of the glossary");
    let id = brussels.id;
    window.wait("it is back", |session| session.termbase().unwrap().get(&id).is_some());
    window.key(NONE, Key::Escape);
    assert_eq!(window.focused().as_deref(), Some("Translation 1"), "one writes on");
}

#[test]
fn concepts_are_merged_and_changed_together() {
    let home = home();
    let mut window = before_the_glossary(home.path());
    window.click("Only: Place");
    window.wait("only places", |session| !session.is_browsing());
    let all = window.ask(|session| session.browsed().len());
    let concepts = window.ask(|session| {
        session.browsed()[..2].iter().map(|id| session.termbase().unwrap().get(id).unwrap().clone()).collect::<Vec<_>>()
    });
    assert!(concepts.iter().all(|concept| concept.kind == ConceptKind::Place));
    window.last("Search the glossary").focus();
    window.key(CTRL, Key::Enter);
    window.key(NONE, Key::ArrowDown);
    window.key(CTRL, Key::Enter);
    assert!(window.shows("2 ticked"));
    window.click("Merge");
    window.wait("they are one", |session| session.browsed().len() == all - 1 && !session.is_browsing());
    let merged = window.ask(|session| {
        let mut found = concepts.iter().filter_map(|concept| session.termbase().unwrap().get(&concept.id));
        (found.next().unwrap().clone(), found.next().is_none())
    });
    assert!(
        merged.1
            && concepts.iter().all(|concept| {
                let english = concept.preferred_english().unwrap();
                merged.0.english.iter().any(|term| &*term.text == english)
            })
    );
    window.key(CTRL, Key::Z);
    window.wait("they are two", |session| session.browsed().len() == all && !session.is_browsing());

    window.key(CTRL, Key::Enter);
    window.click("Change the kind to Event");
    window.wait("it is no place", |session| session.browsed().len() == all - 1 && !session.is_browsing());
}

#[test]
fn all_that_fits_is_changed_in_one_go() {
    let home = home();
    let mut window = before_the_glossary(home.path());
    search(&mut window, "geneva");
    let ids = window.ask(|session| session.browsed().to_vec());
    assert!(ids.len() > 3);
    window.click("Tick all");
    assert!(window.shows(&format!("{} ticked", ids.len())));
    window.last("Domain of all ticked").focus();
    window.settle();
    window.write("swiss/towns");
    window.key(NONE, Key::Enter);
    let all = |session: &Session, holds: &dyn Fn(&Concept) -> bool| {
        ids.iter().all(|id| session.termbase().unwrap().get(id).is_some_and(holds))
    };
    window.wait("all have the domain", |session| all(session, &|it| &*it.domain == "swiss/towns"));
    window.click("Change the status of the English to to avoid");
    window.wait("all are to be avoided", |session| {
        all(session, &|it| it.english.iter().any(|term| term.status == TermStatus::Forbidden))
    });
    window.key(CTRL, Key::Z);
    window.wait("they are not", |session| all(session, &|it| it.preferred_english().is_some()));
    window.click("Untick all");
    assert!(!window.shows("ticked:"));
}

#[test]
fn cells_of_the_table_are_written_in_from_the_keyboard() {
    let home = home();
    let mut window = before_the_glossary(home.path());
    search(&mut window, "geneva");
    let ids = window.ask(|session| session.browsed().to_vec());
    let english = |window: &Window, number: usize| {
        let id = ids[number].clone();
        window.ask(|session| session.termbase().unwrap().get(&id).unwrap().preferred_english().unwrap().to_owned())
    };
    let arabic = |window: &Window, number: usize| {
        let id = ids[number].clone();
        window.ask(|session| session.termbase().unwrap().get(&id).unwrap().preferred_arabic().unwrap().to_owned())
    };
    let (second, third) = (english(&window, 1), arabic(&window, 2));
    window.key(NONE, Key::F2);
    assert_eq!(window.focused().as_deref(), Some("English in the table"));
    window.write("Geneve");
    window.key(NONE, Key::ArrowDown);
    assert_eq!(window.last("English in the table").value().as_deref(), Some(&*second), "the row below is next");
    window.key(NONE, Key::ArrowDown);
    window.key(NONE, Key::Tab);
    assert_eq!(window.focused().as_deref(), Some("Arabic in the table"));
    assert_eq!(window.last("Arabic in the table").value().as_deref(), Some(&*third));
    window.write("جنيف");
    window.key(NONE, Key::Escape);
    assert_eq!(window.focused().as_deref(), Some("Search the glossary"));
    window.wait("the first is changed", |session| {
        session.termbase().unwrap().get(&ids[0]).unwrap().preferred_english() == Some("Geneve")
    });
    assert_eq!((english(&window, 1), arabic(&window, 2)), (second, third), "the others are as they were");
    assert_eq!(window.ask(|session| session.sheet().cloned()), Some(Sheet::Glossary), "it is still open");
}

#[test]
fn the_article_is_updated_after_a_look_at_each_place() {
    let home = home();
    let mut window = Window::on_sample(home.path());
    window.key(ALT, Key::Home);
    window.write("Talks in Geneva, Geneva");
    window.key(CTRL.plus(SHIFT), Key::G);
    window.wait("the glossary is shown", |session| !session.is_browsing() && !session.browsed().is_empty());
    search(&mut window, "geneva");
    window.key(NONE, Key::F2);
    window.write("Geneve");
    window.key(NONE, Key::Enter);
    window.wait("it is offered", |session| session.can(&Command::ShowRewordings));
    window.click("Update the article…");
    assert!(window.shows("Talks in Geneve, Geneva") && window.shows("Talks in Geneva, Geneve"));
    window.click("In paragraph 1: Geneve instead of Geneva");
    assert_eq!(window.unit(1).target, "Talks in Geneva, Geneva", "nothing is done yet");
    window.click("Update one place");
    let target = window.unit(1).target;
    assert!(["Talks in Geneve, Geneva", "Talks in Geneva, Geneve"].contains(&&*target), "{target}");
    assert!(window.shows("One place was updated."));
    window.key(CTRL, Key::Z);
    assert_eq!(window.unit(1).target, "Talks in Geneva, Geneva");
}

#[test]
fn termbases_are_added_ordered_and_left_out() {
    let home = home();
    let path = home.path().join("desk.db");
    let theirs = Concept {
        arabic: vec![Term::new("جنيف", TermStatus::Preferred)],
        english: vec![Term::new("Geneva of the desk", TermStatus::Preferred)],
        ..Concept::new(fresh_id(), ConceptKind::Place)
    };
    Store::open(&path, "somebody").unwrap().put("add", theirs.clone()).unwrap();
    let mut window = Window::on_sample(home.path());
    window.ask(|session| assert!(session.can(&Command::ShowTermbases)));
    window.harness.state().borrow_mut().as_mut().unwrap().run(Command::ShowTermbases);
    window.settle();
    assert_eq!(window.focused().as_deref(), Some("File of a termbase"));
    window.send([egui::Event::Paste(path.to_str().unwrap().to_owned())]);
    window.key(NONE, Key::Enter);
    window.wait("it is read", |session| session.termbase().unwrap().get(&theirs.id).is_some());
    assert!(window.shows("is only read · 1 concept"));
    window.click("Move up desk");
    window.wait("it is written to", |session| {
        session.termbases()[0].is_written && &*session.termbases()[0].name == "desk"
    });
    window.click("Use desk");
    window.wait("it is left out", |session| session.termbase().unwrap().get(&theirs.id).is_none());
    assert!(window.shows("is not used"));
    window.click("Use the starter glossary");
    window.wait("nothing is left", |session| session.termbase().unwrap().is_empty());
    window.click("Remove desk");
    window.key(NONE, Key::Escape);
    assert_eq!(window.focused().as_deref(), Some("Translation 1"));
}

#[test]
fn everything_about_a_concept_is_written_in_its_form() {
    let home = home();
    let mut window = before_the_glossary(home.path());
    search(&mut window, "بروكسل");
    let id = first(&window).id;
    window.click("More about بروكسل");
    window.click("variant");
    window.click("noun");
    for (field, text) in
        [("Forms of Arabic", "بروكسيل, بروكسلات"), ("Definition", "The capital of Belgium"), ("Source", "Style guide")]
    {
        window.last(field).focus();
        window.settle();
        window.send([egui::Event::Paste(text.to_owned())]);
    }
    window.key(NONE, Key::Enter);
    window.wait("it is written", |session| {
        let concept = session.termbase().unwrap().get(&id).unwrap();
        let term = &concept.arabic[0];
        let forms: Vec<_> = term.forms.iter().map(|form| &**form).collect();
        (&*concept.definition, &*concept.source) == ("The capital of Belgium", "Style guide")
            && (term.term_type, term.part_of_speech) == (Some(TermType::Variant), Some(PartOfSpeech::Noun))
            && forms == ["بروكسيل", "بروكسلات"]
    });
}
