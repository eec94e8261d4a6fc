//! What a termbase promises, on real files.

use std::fs;
use std::ops::ControlFlow;
use std::path::PathBuf;

use super::*;
use crate::domain::{Concept, ConceptKind, Policy, Term, TermStatus, plan_import};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("glossary.db")
    }

    fn open(&self, author: &str) -> Store {
        Store::open(&self.path(), author).unwrap()
    }
}

fn concept(id: &str, arabic: &str, english: &str) -> Concept {
    Concept {
        arabic: vec![Term::new(arabic, TermStatus::Preferred)],
        english: vec![Term::new(english, TermStatus::Preferred)],
        ..Concept::new(ConceptId::new(id), ConceptKind::Term)
    }
}

/// What a termbase shows: Arabic and English of each concept.
fn shown(store: &Store) -> Vec<String> {
    let contents = store.read().unwrap();
    let mut shown: Vec<String> = contents
        .termbase
        .concepts()
        .iter()
        .map(|concept| {
            format!("{}={}", concept.preferred_arabic().unwrap_or("?"), concept.preferred_english().unwrap_or("?"))
        })
        .collect();
    shown.sort();
    shown
}

fn found(store: &Store, query: &str) -> Vec<(String, Rank)> {
    let hits = store.search(query, 10).unwrap();
    hits.into_iter().map(|hit| (hit.concept.preferred_english().unwrap_or("?").to_owned(), hit.rank)).collect()
}

#[test]
fn what_is_put_is_there_at_the_next_start() {
    let folder = Folder::new();
    let id = fresh_id();
    let written =
        Concept {
            domain: "media".into(), note: "two\nlines".into(), ..concept(id.as_str(), "صحيفة", "newspaper")
        };
    folder.open("منى").put("add", written.clone()).unwrap();
    let contents = folder.open("").read().unwrap();
    let read = contents.termbase.get(&id).unwrap();
    assert_eq!(read.modified.as_ref().map(|modified| &*modified.by), Some("منى"));
    assert!(read.modified.as_ref().is_some_and(|modified| modified.at.seconds() > 1_700_000_000));
    assert_eq!(Concept { modified: None, ..read.clone() }, written);
    assert_eq!((contents.conflicts, contents.deleted.len()), (Vec::new(), 0));
}

#[test]
fn every_version_stays_in_the_history_and_can_be_brought_back() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let id = ConceptId::new("term:هدنه");
    store.put("add", concept(id.as_str(), "هدنة", "truce")).unwrap();
    store.put("edit", concept(id.as_str(), "هدنة", "ceasefire")).unwrap();
    store.delete("delete", &id).unwrap();
    assert_eq!(shown(&store), Vec::<String>::new());
    assert!(store.read().unwrap().deleted.contains(&id));

    let history = store.history(&id).unwrap();
    let english = |version: &Version| version.concept.as_ref().and_then(|c| c.preferred_english().map(str::to_owned));
    let words: Vec<_> = history.iter().map(english).collect();
    assert_eq!(words, [None, Some("ceasefire".to_owned()), Some("truce".to_owned())]);
    assert_eq!(history[0].parents, [history[1].rev]);
    assert_eq!(history.iter().filter(|version| version.is_head).count(), 1);
    store.restore("restore", history[2].rev).unwrap();
    assert_eq!(shown(&store), ["هدنة=truce"]);
    assert_eq!(store.history(&id).unwrap().len(), 4);
}

#[test]
fn two_edits_of_one_version_are_a_conflict_until_somebody_settles_it() {
    let folder = Folder::new();
    let (mut here, mut there) = (folder.open("here"), folder.open("there"));
    let id = fresh_id();
    here.put("add", concept(id.as_str(), "حزب", "party")).unwrap();
    let base = here.heads(&id).unwrap()[0].rev;
    let edit = |english| NewVersion::new(id.clone(), vec![base], Some(concept(id.as_str(), "حزب", english)));
    here.write("edit", vec![edit("Party")]).unwrap();
    there.write("edit", vec![edit("faction")]).unwrap();
    assert_eq!(here.read().unwrap().conflicts, std::slice::from_ref(&id));
    assert_eq!(shown(&here), ["حزب=faction"], "the last one shows");
    assert_eq!(found(&here, "party"), [("Party".to_owned(), Rank::Exact)], "both are found");
    let authors: Vec<_> = here.heads(&id).unwrap().into_iter().map(|head| head.made.by.to_string()).collect();
    assert_eq!(authors, ["here", "there"]);

    here.settle("merge", concept(id.as_str(), "حزب", "party")).unwrap();
    assert_eq!(there.read().unwrap().conflicts, []);
    assert_eq!(there.heads(&id).unwrap()[0].parents.len(), 2);
}

#[test]
fn a_parent_must_be_a_version_of_the_concept_and_failure_writes_nothing() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let (one, other) = (fresh_id(), fresh_id());
    store.put("add", concept(one.as_str(), "وزير", "minister")).unwrap();
    let parents = vec![store.heads(&one).unwrap()[0].rev];
    let good = NewVersion::new(fresh_id(), Vec::new(), Some(concept("x", "سفير", "envoy")));
    let bad = NewVersion::new(other.clone(), parents, Some(concept("x", "قصر", "palace")));
    assert!(matches!(store.write("both", vec![good, bad]), Err(StorageError::UnknownVersion { .. })));
    let long = concept(other.as_str(), &"ا".repeat(30_000), "long");
    assert!(matches!(store.put("long", long), Err(StorageError::ConceptTooLong { .. })));
    assert_eq!(shown(&store), ["وزير=minister"]);
    assert_eq!(store.changes(9).unwrap().len(), 1);
    assert_eq!(found(&store, "envoy"), []);
}

#[test]
fn an_import_is_undone_as_a_whole_and_the_undo_too() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let (old, edited) = (fresh_id(), fresh_id());
    store.put("add", concept(old.as_str(), "دبابة", "panzer")).unwrap();
    let incoming = vec![
        concept(old.as_str(), "دبابة", "tank"),
        concept(edited.as_str(), "مدفع", "gun"),
        concept("c9", "لغم", "mine"),
    ];
    let import = store.put_all("import of war.tbx", incoming).unwrap();
    store.put("edit", concept(edited.as_str(), "مدفع", "cannon")).unwrap();

    let undone = store.undo(import).unwrap();
    assert_eq!((undone.restored, &undone.kept[..]), (2, std::slice::from_ref(&edited)));
    assert_eq!(shown(&store), ["دبابة=panzer", "مدفع=cannon"]);
    assert!(matches!(store.undo(import), Err(StorageError::NotUndoable { .. })));
    store.undo(undone.change).unwrap();
    assert_eq!(shown(&store), ["دبابة=tank", "لغم=mine", "مدفع=cannon"]);

    let changes = store.changes(2).unwrap();
    assert_eq!((changes[0].undoes, changes[1].undone_by), (Some(undone.change), Some(changes[0].number)));
    assert_eq!(changes[1].what, "undo: import of war.tbx");
}

#[test]
fn an_import_tells_how_far_it_is_and_can_be_stopped_anywhere() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    store.put("add", concept("c0", "باب", "door")).unwrap();
    let plan = || {
        let add = (1..1_200).map(|number| concept(&format!("c{number}"), &format!("باب {number}"), "gate")).collect();
        crate::domain::ImportPlan { add, ..Default::default() }
    };
    let mut heard = Vec::new();
    for stop in 0.. {
        heard.clear();
        let result = store.import_watched("import", plan(), &mut |share| {
            heard.push(share);
            if heard.len() > stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        if result.is_ok() {
            break;
        }
        assert!(matches!(result, Err(StorageError::Cancelled { .. })), "{result:?}");
        assert_eq!((shown(&store).len(), found(&store, "gate").len(), store.changes(9).unwrap().len()), (1, 0, 1));
    }
    assert!(heard.len() > 3 && heard.is_sorted() && heard.iter().all(|share| (0.0..=1.0).contains(share)), "{heard:?}");
    assert_eq!((shown(&store).len(), store.search("gate", 2_000).unwrap().len()), (1_200, 1_199));
    let import = store.last_change().unwrap().unwrap();
    let stopped = store.undo_watched(import, &mut |_| ControlFlow::Break(()));
    assert!(matches!(stopped, Err(StorageError::Cancelled { .. })));
    store.undo(import).unwrap();
    assert_eq!((shown(&store).len(), found(&store, "gate").len(), found(&store, "door").len()), (1, 0, 1));
}

#[test]
fn a_version_written_and_ended_in_one_change_is_not_found() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let id = fresh_id();
    let both = vec![concept(id.as_str(), "سد", "dike"), concept(id.as_str(), "سد", "dam")];
    store.put_all("twice", both).unwrap();
    assert_eq!((found(&store, "dike"), found(&store, "dam").len()), (Vec::new(), 1));
    store.verify().unwrap();
}

#[test]
fn the_termbase_of_somebody_else_is_read_and_never_written() {
    let folder = Folder::new();
    let path = folder.0.path().join("50% of it?#1.db");
    let id = ConceptId::new("1");
    Store::open(&path, "a").unwrap().put("add", concept("1", "باب", "door")).unwrap();
    let before = fs::read(&path).unwrap();
    let read = |store: &Store| (shown(store), found(store, "doo").len(), store.history(&id).unwrap().len());
    let expected = (vec!["باب=door".to_owned()], 1, 1);
    let mut store = Store::open_read_only(&path).unwrap();
    assert_eq!(read(&store), expected);
    assert!(matches!(store.put("edit", concept("1", "باب", "gate")), Err(StorageError::ReadOnly { .. })));
    assert!(matches!(store.count_use(&id, "door"), Err(StorageError::ReadOnly { .. })));
    drop(store);

    let locked = |is_locked| {
        for path in [&path, folder.0.path()] {
            let mut permissions = fs::metadata(path).unwrap().permissions();
            permissions.set_readonly(is_locked);
            fs::set_permissions(path, permissions).unwrap();
        }
    };
    locked(true);
    let result = Store::open_read_only(&path).map(|store| read(&store));
    locked(false);
    assert_eq!(result.unwrap(), expected);
    assert_eq!(fs::read(&path).unwrap(), before);

    let missing = folder.0.path().join("missing.db");
    assert!(Store::open_read_only(&missing).unwrap_err().is_not_found() && !missing.exists());
    fs::write(&missing, "").unwrap();
    assert!(matches!(Store::open_read_only(&missing), Err(StorageError::DamagedTermbase { .. })));
}

#[test]
fn an_import_never_writes_over_what_it_adds_beside() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let known = fresh_id();
    store.put("add", concept(known.as_str(), "باب", "door")).unwrap();
    let incoming = || vec![concept(known.as_str(), "باب", "gate"), concept("c1", "نافذة", "window")];
    let plan = plan_import(&store.read().unwrap().termbase, incoming(), Policy::AddAsNew);
    assert!(store.import("import", plan).unwrap().is_some());
    assert_eq!(shown(&store), ["باب=door", "باب=gate", "نافذة=window"]);
    let plan = plan_import(&store.read().unwrap().termbase, vec![concept("c2", "نافذة", "window")], Policy::Merge);
    assert_eq!(store.import("import", plan).unwrap(), None);
}

#[test]
fn undo_goes_further_back_each_time() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    for (arabic, english) in [("نهر", "river"), ("بحر", "sea")] {
        store.put("add", concept(fresh_id().as_str(), arabic, english)).unwrap();
    }
    let mut left = Vec::new();
    while let Some(change) = store.last_change().unwrap() {
        store.undo(change).unwrap();
        left.push(shown(&store).len());
    }
    assert_eq!(left, [1, 0]);
}

#[test]
fn search_ranks_what_fits_best_first_in_both_languages() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let concepts = [
        ("وزارة الدفاع", "defence ministry"),
        ("دفاع", "defence"),
        ("وزير الدفاع", "minister of defence"),
        ("مدافعون", "undefenced"),
        ("إدلب", "Idlib"),
    ];
    let concepts = concepts.map(|(arabic, english)| concept(fresh_id().as_str(), arabic, english));
    store.put_all("import", concepts.to_vec()).unwrap();
    let check = |query: &str, expected: &[(&str, Rank)]| {
        let expected: Vec<_> = expected.iter().map(|&(english, rank)| (english.to_owned(), rank)).collect();
        assert_eq!(found(&store, query), expected, "{query}");
    };
    check(
        "Defence",
        &[
            ("defence", Rank::Exact),
            ("defence ministry", Rank::Prefix),
            ("minister of defence", Rank::Word),
            ("undefenced", Rank::Substring),
        ],
    );
    check("الدفاع وز", &[("defence ministry", Rank::Word), ("minister of defence", Rank::Word)]);
    check("ادلب", &[("Idlib", Rank::Exact)]);
    check("i", &[("Idlib", Rank::Prefix)]);
    check("\" OR *", &[]);
    check("  ", &[]);
    assert_eq!(store.search("defence", 2).unwrap().len(), 2);
}

#[test]
fn search_forgets_what_was_edited_or_deleted() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let id = fresh_id();
    store.put("add", concept(id.as_str(), "جسر", "bridge")).unwrap();
    store.put("edit", concept(id.as_str(), "جسر", "viaduct")).unwrap();
    assert_eq!(found(&store, "bridge"), []);
    assert_eq!(found(&store, "viad").len(), 1);
    store.delete("delete", &id).unwrap();
    for query in ["viad", "aduct", "جسر"] {
        assert_eq!(found(&store, query), [], "{query}");
    }
}

#[test]
fn what_cannot_be_opened_is_named_and_left_as_it_is() {
    let folder = Folder::new();
    let check = |bytes: &[u8], expected: &str| {
        fs::write(folder.path(), bytes).unwrap();
        let error = Store::open(&folder.path(), "a").unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains("glossary.db"), "{error}");
        assert_eq!(fs::read(folder.path()).unwrap(), bytes);
    };
    check(b"arabic\tenglish\n", "not a glossary");
    check(&[b"SQLite format 3\0".as_slice(), &[7; 4000]].concat(), "not a glossary");

    let other = folder.0.path().join("other.db");
    let database = Connection::open(&other).unwrap();
    database.execute_batch("CREATE TABLE bookmarks (address TEXT)").unwrap();
    drop(database);
    check(&fs::read(&other).unwrap(), "another program");

    fs::remove_file(folder.path()).unwrap();
    drop(folder.open("a"));
    let database = Connection::open(folder.path()).unwrap();
    database.execute_batch("PRAGMA user_version = 99; PRAGMA journal_mode = DELETE").unwrap();
    drop(database);
    check(&fs::read(folder.path()).unwrap(), "newer version");

    let aside = set_aside(&folder.path()).unwrap();
    assert_eq!(aside.file_name().unwrap(), "glossary.damaged-1.db");
    assert!(aside.exists() && !folder.path().exists());
    folder.open("a").put("add", concept("1", "باب", "door")).unwrap();
}

#[test]
fn damage_inside_is_an_error_and_no_panic() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let concepts = (0..500).map(|number| concept(fresh_id().as_str(), &format!("كلمة {number}"), "word"));
    store.put_all("import", concepts.collect()).unwrap();
    store.connection.execute_batch("PRAGMA journal_mode = DELETE").unwrap();
    drop(store);
    let whole = fs::read(folder.path()).unwrap();
    let mut random = fastrand::Rng::with_seed(11);
    let mut refused = 0;
    for _ in 0..40 {
        let mut bytes = whole.clone();
        let at = random.usize(100..bytes.len() - 3000);
        bytes[at..at + 3000].fill(random.u8(..));
        fs::write(folder.path(), &bytes).unwrap();
        let result = Store::open(&folder.path(), "a").and_then(|mut store| {
            store.read()?;
            store.search("word 4", 20)?;
            store.verify()?;
            store.put("edit", concept("1", "باب", "door"))
        });
        refused += usize::from(result.is_err());
    }
    assert!(refused > 20, "{refused}");
}

#[test]
fn versions_cannot_be_rewritten() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    store.put("add", concept("1", "باب", "door")).unwrap();
    for sql in ["DELETE FROM version", "UPDATE version SET body = '{}'", "UPDATE version SET deleted = 1"] {
        assert!(store.connection.execute(sql, []).is_err(), "{sql}");
    }
    store.connection.execute("UPDATE version SET seq = 1, author = 'server', server_time = 2", []).unwrap();
    assert!(store.history(&ConceptId::new("1")).unwrap()[0].is_shared);
}

#[test]
fn uses_are_counted_by_wording() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let id = ConceptId::new("place:حلب");
    let totals = ["Halab", "Aleppo", "Aleppo"].map(|english| store.count_use(&id, english).unwrap());
    assert_eq!(totals, [1, 2, 3]);
    let expected = [(id.clone(), "Aleppo".to_owned(), 2), (id, "Halab".to_owned(), 1)];
    assert_eq!(store.uses().unwrap(), expected);
}

#[test]
fn what_is_undone_hides_nothing_below_and_what_is_deleted_does() {
    let folder = Folder::new();
    let mut store = folder.open("a");
    let id = ConceptId::new("place:حلب");
    let hides = |store: &Store| store.read().unwrap().deleted.contains(&id);
    let copy = NewVersion::new(id.clone(), Vec::new(), Some(concept("place:حلب", "حلب", "Aleppo")));
    let changed = NewVersion::new(id.clone(), vec![copy.rev], Some(concept("place:حلب", "حلب", "Halab")));
    let change = store.write("change", vec![copy, changed]).unwrap();
    assert_eq!(shown(&store), ["حلب=Halab"]);

    let undone = store.undo(change).unwrap();
    assert_eq!((shown(&store).len(), hides(&store)), (0, false), "both versions were of that change");
    assert_eq!((undone.restored, undone.kept), (1, Vec::new()));
    let head = store.heads(&id).unwrap().pop().unwrap();
    assert!(head.concept.is_none() && head.is_withdrawn);
    let again = store.undo(undone.change).unwrap();
    assert_eq!(shown(&store), ["حلب=Halab"]);
    store.undo(again.change).unwrap();
    assert!(!hides(&store), "it is withdrawn once more");

    let deletion = store.delete("delete", &id).unwrap();
    assert!(hides(&store));
    store.undo(deletion).unwrap();
    assert!(!hides(&store));
    let before = store.history(&id).unwrap().pop().unwrap().rev;
    let mark = store.mark().unwrap();
    store.restore("back", before).unwrap();
    assert_eq!(shown(&store), ["حلب=Aleppo"]);
    assert!(store.mark().unwrap() > mark);
}

#[test]
fn a_change_of_a_starter_concept_is_one_concept_everywhere() {
    let (here, there) = (Folder::new(), Folder::new());
    let entries = [&here, &there].map(|folder| {
        let mut store = folder.open("a");
        store.put("edit", concept("place:حلب", "حلب", "Aleppo")).unwrap();
        let entry: [u8; 16] = store.connection.query_row("SELECT entry_id FROM version", [], |row| row.get(0)).unwrap();
        assert!(store.read().unwrap().termbase.get(&ConceptId::new("place:حلب")).is_some());
        entry
    });
    assert_eq!(entries[0], entries[1]);
}
