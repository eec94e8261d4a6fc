//! What a person does with the glossary, against the session without a window.

#![allow(clippy::unwrap_used, reason = "a failed unwrap in a test is the test's failure")]

mod support;

use std::fs;

use support::{ARTICLE, Desk, concept};
use tarjuman::domain::{
    Concept, ConceptId, ConceptKind, Filter, Layer, Order, Place, SortBy, State, Term, TermStatus, TermUse, UnitId,
};
use tarjuman::jobs::{Only, Search};
use tarjuman::session::{Command, NewTerm, NoticeKind, Session, Sheet};
use tarjuman::storage::Folders;
use tarjuman::storage::termbase::Store;
use tarjuman::text::Span;

/// With the small article open and its terms known.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", ARTICLE);
    desk.open(&text);
    wait_for_terms(&mut desk);
    desk
}

#[track_caller]
fn wait_for_terms(desk: &mut Desk) {
    desk.wait("terms are known", |session| session.termbase().is_some() && session.busy().is_none());
}

/// The English of what a unit speaks of.
fn english_of(session: &Session, unit: u32) -> Vec<String> {
    let concepts =
        session.matches(UnitId::new(unit)).iter().filter_map(|found| session.termbase()?.get(&found.concept));
    concepts.filter_map(Concept::preferred_english).map(str::to_owned).collect()
}

fn store(desk: &Desk) -> Store {
    Store::open(&Folders::under(&desk.path("home")).termbase(), "").unwrap()
}

#[test]
fn what_is_added_is_found_at_once_and_on_another_day() {
    let mut desk = desk();
    assert!(!english_of(&desk.session, 3).contains(&"mission".to_owned()));
    let new = concept("مهمة", "mission");
    let size = desk.session.termbase().unwrap().len();
    desk.run(Command::EditConcepts(vec![new.clone()]));
    desk.wait("it is found", |session| english_of(session, 3).contains(&"mission".to_owned()));
    assert_eq!(desk.session.termbase().unwrap().layer(&new.id), Some(Layer::Own));
    assert_eq!(desk.session.termbase().unwrap().len(), size + 1);

    let mut desk = desk.restart();
    let text = desk.path("x.txt");
    desk.open(&text);
    wait_for_terms(&mut desk);
    assert!(english_of(&desk.session, 3).contains(&"mission".to_owned()));

    desk.run(Command::DeleteConcepts(vec![new.id.clone()]));
    desk.wait("it is not found", |session| !english_of(session, 3).contains(&"mission".to_owned()));
    assert!(desk.session.can(&Command::UndoGlossary));
    assert_eq!(desk.session.notices().last().unwrap().actions, [Command::UndoGlossary]);
    desk.run(Command::UndoGlossary);
    desk.wait("it is found again", |session| english_of(session, 3).contains(&"mission".to_owned()));
}

#[test]
fn a_concept_of_the_starter_is_copied_when_it_is_changed_and_comes_back() {
    let mut desk = desk();
    let found = desk.session.matches(UnitId::new(2))[0].concept.clone();
    let original = desk.session.termbase().unwrap().get(&found).unwrap().clone();
    assert_eq!(desk.session.termbase().unwrap().layer(&found), Some(Layer::Below(0)));

    let mut changed = original.clone();
    changed.english.insert(0, Term::new("Otherwise", TermStatus::Preferred));
    changed.english[1].status = TermStatus::Admitted;
    desk.run(Command::EditConcepts(vec![changed]));
    desk.wait("the new English shows", |session| english_of(session, 2)[0] == "Otherwise");
    assert_eq!(desk.session.termbase().unwrap().layer(&found), Some(Layer::Own));

    desk.run(Command::UndoGlossary);
    let english = original.preferred_english().unwrap().to_owned();
    desk.wait("the old English shows", |session| english_of(session, 2)[0] == english);

    desk.run(Command::DeleteConcepts(vec![found.clone()]));
    desk.wait("it is gone", |session| session.termbase().unwrap().get(&found).is_none());
    desk.wait("it is not found", |session| session.matches(UnitId::new(2)).iter().all(|other| other.concept != found));
    desk.run(Command::UndoGlossary);
    desk.wait("it is back", |session| english_of(session, 2)[0] == english);
}

#[test]
fn the_users_own_counts_for_more_than_the_starter() {
    let mut desk = desk();
    let found = desk.session.matches(UnitId::new(2))[0].clone();
    let wording = found.span.of(desk.unit(2).text()).unwrap().to_owned();
    let kind = desk.session.termbase().unwrap().get(&found.concept).unwrap().kind;
    let own = Concept { kind, ..concept(&wording, "Ours") };
    desk.run(Command::EditConcepts(vec![own.clone()]));
    desk.wait("the own one is found", |session| english_of(session, 2).first().is_some_and(|first| first == "Ours"));

    let mut desk = desk.restart();
    let text = desk.path("x.txt");
    desk.open(&text);
    wait_for_terms(&mut desk);
    assert_eq!(english_of(&desk.session, 2)[0], "Ours", "on another day too");
}

#[test]
fn a_broken_glossary_is_left_alone_and_the_starter_works() {
    let mut desk = Desk::new();
    let path = Folders::under(&desk.path("home")).termbase();
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, "no database, but somebody's words all the same").unwrap();
    desk.open_sample();
    wait_for_terms(&mut desk);
    let notice = desk.session.notices().last().unwrap().clone();
    assert_eq!(notice.kind, NoticeKind::Error);
    assert!(notice.message.contains("stays as it is"), "{}", notice.message);
    desk.run(Command::NextUnit).run(Command::NextUnit);
    assert!(!desk.session.terms_of_active().is_empty());

    desk.run(Command::ShowGlossary);
    let words = "Damascus".to_owned();
    desk.run(Command::Browse(Search { words, ..Search::default() }));
    desk.wait("the starter can be searched", |session| !session.is_browsing() && !session.browsed().is_empty());
    desk.run(Command::CloseSheet);

    desk.run(Command::EditConcepts(vec![concept("مهمة", "mission")]));
    assert!(desk.session.notices().last().unwrap().message.starts_with("Nothing was written"));
    assert!(fs::read_to_string(&path).unwrap().starts_with("no database"));

    assert!(notice.actions.contains(&Command::SetGlossaryAside));
    desk.run(Command::SetGlossaryAside);
    desk.wait("a new one can begin", |session| session.notices().iter().all(|notice| notice.kind == NoticeKind::Info));
    let new = concept("مهمة", "mission");
    desk.run(Command::EditConcepts(vec![new.clone()]));
    desk.wait("it is there", |session| session.termbase().unwrap().get(&new.id).is_some());
    assert!(store(&desk).read().unwrap().termbase.get(&new.id).is_some());
    let aside = path.with_file_name("glossary.damaged-1.db");
    assert!(fs::read_to_string(aside).unwrap().starts_with("no database"));
}

#[test]
fn a_concept_that_is_too_long_is_refused_with_a_reason() {
    let mut desk = desk();
    let long = Concept { note: "x".repeat(100_000).into(), ..concept("مهمة", "mission") };
    desk.run(Command::EditConcepts(vec![long.clone()]));
    desk.wait("it is refused", |session| session.notices().iter().any(|notice| notice.kind == NoticeKind::Error));
    assert!(desk.session.notices().last().unwrap().message.contains("is longer than"));
    assert!(desk.session.termbase().unwrap().get(&ConceptId::new(long.id.as_str())).is_none());
}

#[test]
fn what_is_selected_in_the_arabic_is_added_with_two_keys() {
    let mut desk = desk();
    let unit = UnitId::new(2);
    let text = desk.unit(2).text().to_string();
    let start = text.find("في بروكسل").unwrap() + "في ".len();
    desk.run(Command::Select { unit, caret: Span::at(0) });
    // A caret in a word means the word.
    desk.run(Command::SelectSource(Place { unit, selection: Span::at(start + 2) })).run(Command::AddTerm);
    let Some(Sheet::AddTerm(term)) = desk.session.sheet().cloned() else { panic!("it asks for the English") };
    assert_eq!((&*term.arabic, &*term.english, term.kind), ("بروكسل", "", ConceptKind::Term));
    desk.wait("what there is already is shown", |session| !session.same_as("بروكسل").is_empty());
    assert!(desk.session.would_change("بروكسل", ConceptKind::Term).is_none(), "the starter knows a place");
    let known = desk.session.would_change("بروكسل", ConceptKind::Place).unwrap().id.clone();

    let typed = NewTerm { english: "Brussels-Capital ".to_owned(), kind: ConceptKind::Place, ..term };
    desk.run(Command::SaveTerm(typed));
    assert_eq!(desk.session.sheet(), None);
    desk.wait("it is found", |session| english_of(session, 2).contains(&"Brussels-Capital".to_owned()));
    let concept = desk.session.termbase().unwrap().get(&known).unwrap();
    let english: Vec<_> = concept.english.iter().map(|term| (&*term.text, term.status)).collect();
    assert_eq!(english[0], ("Brussels-Capital", TermStatus::Preferred));
    assert!(english.contains(&("Brussels", TermStatus::Admitted)), "{english:?}");

    let and_said = text_of(&desk, 3, "وأضاف");
    desk.run(Command::Select { unit: UnitId::new(3), caret: Span::at(0) });
    desk.run(Command::SelectSource(and_said)).run(Command::AddTerm);
    assert!(matches!(desk.session.sheet(), Some(Sheet::AddTerm(term)) if term.kind == ConceptKind::Place));
    desk.run(Command::CloseSheet);
    desk.type_text("x").run(Command::AddTerm);
    assert!(matches!(desk.session.sheet(), Some(Sheet::AddTerm(term)) if term.arabic.is_empty()));
}

#[test]
fn what_was_typed_comes_back_when_it_could_not_be_written() {
    let mut desk = desk();
    let typed = NewTerm { arabic: "مهمة".to_owned(), english: "x".repeat(100_000), kind: ConceptKind::Term };
    desk.run(Command::AddTerm).run(Command::SaveTerm(typed.clone()));
    desk.wait("it comes back", |session| session.sheet() == Some(&Sheet::AddTerm(typed.clone())));
    assert!(desk.session.notices().last().unwrap().message.starts_with("Nothing was written"));
}

/// Where some words of a unit's Arabic stand.
fn text_of(desk: &Desk, unit: u32, words: &str) -> Place {
    let start = desk.unit(unit).text().find(words).unwrap();
    Place { unit: UnitId::new(unit), selection: Span::new(start, start + words.len()) }
}

#[test]
fn a_translation_that_says_it_otherwise_is_told() {
    let mut desk = desk();
    let unit = UnitId::new(2);
    let names = |session: &Session| -> Vec<String> {
        let deviations = session.deviations(unit);
        deviations.iter().filter_map(|(concept, _)| concept.preferred_english()).map(str::to_owned).collect()
    };
    desk.run(Command::NextUnit).type_text("The minister said in Brussels");
    assert!(names(&desk.session).is_empty(), "it is not finished yet");
    desk.run(Command::SetState(State::Translated));
    let told = names(&desk.session);
    assert!(!told.is_empty() && !told.contains(&"Brussels".to_owned()), "{told:?}");

    let mut brussels = desk.session.found().find_map(|found| {
        let concept = desk.session.termbase()?.get(&found.concept)?;
        (concept.preferred_english() == Some("Brussels")).then(|| concept.clone())
    });
    let brussels = brussels.as_mut().unwrap();
    brussels.english =
        vec![Term::new("Bruxelles", TermStatus::Preferred), Term::new("Brussels", TermStatus::Forbidden)];
    desk.run(Command::EditConcepts(vec![brussels.clone()]));
    desk.wait("it is told", |session| {
        session.deviations(unit).iter().any(|(_, used)| *used == TermUse::Forbidden("Brussels"))
    });
}

#[test]
fn what_was_chosen_before_is_offered_again() {
    let mut desk = desk();
    let ours = Concept {
        english: vec![Term::new("mission", TermStatus::Preferred), Term::new("task", TermStatus::Admitted)],
        ..concept("مهمة", "")
    };
    desk.run(Command::EditConcepts(vec![ours.clone()]));
    desk.run(Command::Select { unit: UnitId::new(3), caret: Span::at(0) });
    desk.wait("it is found", |session| session.terms_of_active().iter().any(|term| term.concept.id == ours.id));
    let term = |session: &Session| {
        let terms = session.terms_of_active();
        let term = terms.iter().find(|term| term.concept.id == ours.id).unwrap();
        (term.number as u8, term.found, term.english.unwrap().to_owned())
    };
    let (number, found, english) = term(&desk.session);
    assert_eq!(english, "mission");
    desk.run(Command::InsertTranslation { found, english: 1 });
    assert_eq!(term(&desk.session).2, "task");
    desk.run(Command::InsertTerm(number));
    assert_eq!(desk.unit(3).target, "task task");
    let mut desk = desk.restart();
    desk.wait("everything is written", |session| session.termbase().is_some());
    let uses = store(&desk).uses().unwrap();
    assert_eq!(uses, [(ours.id.clone(), "task".to_owned(), 2)]);
}

#[test]
fn what_overlaps_stands_behind() {
    let mut desk = desk();
    let minister = concept("وزير", "minister");
    desk.run(Command::EditConcepts(vec![minister.clone()])).run(Command::NextUnit);
    desk.wait("the longer term stands first", |session| {
        let terms = session.terms_of_active();
        let at = terms.iter().position(|term| term.concept.id == minister.id);
        at.is_some_and(|at| terms[at].is_alternative && terms[..at].iter().any(|term| !term.is_alternative))
    });
    let number = desk.session.terms_of_active().iter().find(|term| term.concept.id == minister.id).unwrap().number;
    desk.run(Command::InsertTerm(number as u8));
    assert_eq!(desk.unit(2).target, "minister");
}

#[test]
fn plurals_are_guessed_only_when_somebody_asks_for_it() {
    let mut desk = Desk::new();
    let text = desk.file("x.txt", "زار الوزير العاصمة أمس.\n\nفي الحديقة جنادب بيضاء كثيرة من كل لون.\n");
    desk.open(&text);
    wait_for_terms(&mut desk);
    let grasshopper = concept("جندب", "grasshopper");
    desk.run(Command::EditConcepts(vec![grasshopper.clone()]));
    desk.run(Command::Select { unit: UnitId::new(2), caret: Span::at(0) });
    let found = |session: &Session| session.terms_of_active().iter().any(|term| term.concept.id == grasshopper.id);
    desk.wait("it is kept", |session| session.termbase().unwrap().get(&grasshopper.id).is_some());
    wait_for_terms(&mut desk);
    assert!(!found(&desk.session));
    desk.run(Command::TogglePluralGuesses).wait("it is guessed", found);
    let terms = desk.session.terms_of_active();
    assert!(terms.iter().any(|term| term.concept.id == grasshopper.id && term.is_alternative));
    assert_eq!(desk.session.matches(UnitId::new(2)).iter().filter(|found| found.concept == grasshopper.id).count(), 0);
    let mut desk = desk.restart();
    assert!(desk.session.settings().plurals_guessed);
    desk.run(Command::TogglePluralGuesses);
    assert!(!desk.session.settings().plurals_guessed);
}

#[test]
fn the_glossary_is_looked_through_by_what_it_holds() {
    let mut desk = desk();
    let own = [concept("مهمة", "mission"), concept("مُهمّة", "task")];
    desk.run(Command::EditConcepts(own.to_vec()));
    desk.wait("they are there", |session| session.termbase().unwrap().get(&own[1].id).is_some());
    let mut found = |search: Search| {
        desk.run(Command::Browse(search)).wait("it is found", |session| !session.is_browsing());
        desk.session.browsed().to_vec()
    };
    let ids = [own[0].id.clone(), own[1].id.clone()];
    let own = || Filter { layer: Some(Layer::Own), ..Filter::default() };
    let twice = found(Search { only: Only::Duplicates, filter: own(), ..Search::default() });
    assert!(ids.iter().all(|id| twice.contains(id)), "{twice:?}");
    assert_eq!(found(Search { words: "missi".to_owned(), filter: own(), ..Search::default() }), [ids[0].clone()]);
    let here = found(Search { only: Only::InArticle, ..Search::default() });
    assert!(here.contains(&ids[0]) || here.contains(&ids[1]));
    assert!(here.len() < 30, "the article is short");
    assert!(found(Search { words: "no such words".to_owned(), ..Search::default() }).is_empty());

    desk.run(Command::MergeConcepts(ids.to_vec()));
    desk.wait("they are one", |session| session.termbase().unwrap().get(&ids[1]).is_none());
    let english = desk.session.termbase().unwrap().get(&ids[0]).unwrap().english.len();
    assert_eq!(english, 2);
}

#[test]
fn what_was_just_changed_is_looked_through_as_it_is() {
    fn found(desk: &mut Desk, words: &str) -> Vec<ConceptId> {
        let search = Search { words: words.to_owned(), ..Search::default() };
        desk.run(Command::Browse(search)).wait("it is found", |session| !session.is_browsing());
        desk.session.browsed().to_vec()
    }
    let mut desk = desk();
    assert!(found(&mut desk, "zithering").is_empty(), "from here on there is a listing");
    let mut ours = concept("مهمة", "zithering");
    let id = ours.id.clone();
    desk.run(Command::EditConcepts(vec![ours.clone()]));
    desk.wait("it is there", |session| session.termbase().unwrap().get(&id).is_some());
    assert_eq!(found(&mut desk, "zith"), std::slice::from_ref(&id));

    ours.english[0].text = "lute of ours".into();
    desk.run(Command::EditConcepts(vec![ours]));
    desk.wait("it is changed", |session| {
        session.termbase().unwrap().get(&id).unwrap().preferred_english() == Some("lute of ours")
    });
    assert!(found(&mut desk, "zithering").is_empty());
    assert_eq!(found(&mut desk, "lute of ours"), std::slice::from_ref(&id));

    desk.run(Command::Select { unit: UnitId::new(3), caret: Span::at(0) });
    desk.wait("it is offered", |session| session.terms_of_active().iter().any(|term| term.concept.id == id));
    let number = desk.session.terms_of_active().iter().find(|term| term.concept.id == id).unwrap().number;
    desk.run(Command::InsertTerm(number as u8));
    let by_use = Search { order: Order { by: SortBy::Uses, reversed: false }, ..Search::default() };
    while desk.session.times_chosen(&id) == 0 {
        desk.run(Command::Browse(by_use.clone())).wait("it is found", |session| !session.is_browsing());
    }
    assert_eq!(desk.session.browsed().first(), Some(&id));

    desk.run(Command::DeleteConcepts(vec![id.clone()]));
    desk.wait("it is gone", |session| session.termbase().unwrap().get(&id).is_none());
    assert!(found(&mut desk, "lute of ours").is_empty());
    desk.run(Command::UndoGlossary);
    desk.wait("it is back", |session| session.termbase().unwrap().get(&id).is_some());
    assert_eq!(found(&mut desk, "lute of ours"), [id]);
}

#[test]
fn every_change_can_be_taken_back_in_turn_or_out_of_turn() {
    let mut desk = desk();
    let [one, two, three] = ["one", "two", "three"].map(|english| concept(english, english));
    for concept in [&one, &two, &three] {
        desk.run(Command::EditConcepts(vec![concept.clone()]));
        desk.wait("it is there", |session| session.termbase().unwrap().get(&concept.id).is_some());
    }
    desk.run(Command::ShowChanges).wait("they are listed", |session| session.glossary_changes().len() == 3);
    let first = desk.session.glossary_changes()[2].number;
    desk.run(Command::UndoChange(first));
    desk.wait("the first is gone", |session| session.termbase().unwrap().get(&one.id).is_none());
    desk.wait("that is listed", |session| session.glossary_changes().len() == 4);
    assert!(desk.session.glossary_changes()[3].undone_by.is_some());
    desk.run(Command::CloseSheet).run(Command::UndoGlossary);
    desk.wait("the last is gone", |session| session.termbase().unwrap().get(&three.id).is_none());
    desk.run(Command::UndoGlossary);
    desk.wait("the one before is gone", |session| session.termbase().unwrap().get(&two.id).is_none());
    assert!(!desk.session.can(&Command::UndoGlossary), "there is nothing left");
}

#[test]
fn a_change_of_thousands_shows_and_is_taken_back() {
    let mut desk = desk();
    let ours = concept("مهمة", "mission");
    desk.run(Command::EditConcepts(vec![ours.clone()]));
    desk.wait("it is found", |session| english_of(session, 3).contains(&"mission".to_owned()));
    desk.run(Command::Select { unit: UnitId::new(3), caret: Span::at(0) }).type_text("A mission");
    let mut many: Vec<Concept> = (0..3_000).map(|number| concept(&format!("كلمة {number}"), "word")).collect();
    let mut renamed = ours.clone();
    renamed.english[0].text = "task".into();
    many.push(renamed);
    let size = desk.session.termbase().unwrap().len();
    desk.run(Command::EditConcepts(many));
    desk.wait("they show", |session| session.termbase().unwrap().len() == size + 3_000);
    assert!(desk.session.can(&Command::ShowRewordings), "what the article says is outdated");
    desk.run(Command::UndoGlossary);
    desk.wait("they are gone", |session| session.termbase().unwrap().len() == size);
    desk.wait("it is as before", |session| english_of(session, 3).contains(&"mission".to_owned()));
    assert!(!desk.session.can(&Command::ShowRewordings));
}
