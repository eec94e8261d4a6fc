//! The graph of versions: writing to it, what it shows, its history, and undoing.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::ops::ControlFlow;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, TransactionBehavior, params};
use uuid::Uuid;

use super::search::{self, Pending};
use super::{Contents, Store, fresh_id, now};
use crate::domain::{Concept, ConceptId, ImportPlan, Modified, Timestamp};
use crate::formats::concept_json;
use crate::storage::StorageError;

/// The longest body, in bytes: a shared server refuses 64 KiB, counted with the blanks that it adds.
const LONGEST_BODY: usize = 48 << 10;

/// Makes the UUID of a concept whose id is not one, such as those of the starter glossary: the same everywhere, so
/// that two people who change the same concept of the starter have changed one concept.
const NAMESPACE: Uuid = Uuid::from_u128(0x6f0c_41a5_8a5e_4d5b_9d0a_3f2c_1c77_2b90);

/// Names a version for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rev(Uuid);

impl Rev {
    /// The version that [`fmt::Display`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        Uuid::try_parse(text).ok().map(Self)
    }
}

impl fmt::Display for Rev {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Numbers the changes of one file, later ones higher.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeNumber(i64);

impl ChangeNumber {
    /// The change that [`fmt::Display`] wrote.
    pub fn new(number: i64) -> Self {
        Self(number)
    }
}

impl fmt::Display for ChangeNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// A version of a concept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Its name.
    pub rev: Rev,
    /// What it is a version of.
    pub id: ConceptId,
    /// What it was made from: nothing for the first, several for a merge.
    pub parents: Vec<Rev>,
    /// Who made it, and when.
    pub made: Modified,
    /// The concept, or `None` where this version deletes it.
    pub concept: Option<Concept>,
    /// Of a deletion: whether it only takes back what was written here, so that a concept of a termbase below shows.
    pub is_withdrawn: bool,
    /// Whether no version was made from it yet.
    pub is_head: bool,
    /// Whether a shared server has it.
    pub is_shared: bool,
    /// What it was made in, if in this file.
    pub change: Option<ChangeNumber>,
}

/// A version to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewVersion {
    /// Its name.
    pub rev: Rev,
    /// What it is a version of.
    pub id: ConceptId,
    /// What it is made from.
    pub parents: Vec<Rev>,
    /// The concept, or `None` to delete it.
    pub concept: Option<Concept>,
    /// Of a deletion: see [`Version::is_withdrawn`].
    pub is_withdrawn: bool,
}

impl NewVersion {
    /// A version with a name of its own that makes `concept` of what `parents` say, or deletes it.
    pub fn new(id: ConceptId, parents: Vec<Rev>, concept: Option<Concept>) -> Self {
        Self { rev: Rev(Uuid::now_v7()), id, parents, concept, is_withdrawn: false }
    }
}

/// What was done in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRecord {
    /// Its number.
    pub number: ChangeNumber,
    /// What it was, in words for people.
    pub what: String,
    /// Who did it, and when.
    pub made: Modified,
    /// How many versions it wrote.
    pub versions: usize,
    /// The change that it takes back, if it does.
    pub undoes: Option<ChangeNumber>,
    /// The change that took it back.
    pub undone_by: Option<ChangeNumber>,
}

/// What came of undoing a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The change that did it; undoing that one brings everything back.
    pub change: ChangeNumber,
    /// How many concepts are as they were.
    pub restored: usize,
    /// Concepts that were changed again since, and were left as they are.
    pub kept: Vec<ConceptId>,
}

/// Hears how much of some work is done, and says whether to go on.
pub type Watch<'a> = dyn FnMut(f32) -> ControlFlow<()> + 'a;

/// After how many concepts whoever watches hears of them.
const GLANCE: usize = 500;

/// How much of the work is done when everything is written that the search does not need.
const WRITING: f32 = 0.4;

const COLUMNS: &str = "version.rev, version.entry_id, version.parents, version.deleted, version.body, version.author,
     version.client_time, version.seq IS NOT NULL, version.change,
     EXISTS (SELECT 1 FROM head WHERE head.entry_id = version.entry_id AND head.version = version.number)";

fn unwatched(_: f32) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

impl Store {
    /// Everything that the termbase shows.
    pub fn read(&self) -> Result<Contents, StorageError> {
        let sql = "SELECT version.entry_id, version.rev, deleted, body, author, client_time
             FROM head CROSS JOIN version ON version.number = head.version ORDER BY head.entry_id, head.version";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failed(error))?;
        let mut rows = statement.query([]).map_err(|error| self.failed(error))?;
        let mut contents = Contents::default();
        let mut shared = Shared::default();
        let mut last: Option<(Uuid, ConceptId)> = None;
        while let Some(row) = rows.next().map_err(|error| self.failed(error))? {
            let head = self.head(row, &mut shared)?;
            let conflict = last.take().is_some_and(|(entry, _)| entry == head.entry);
            let id = head.concept.id.clone();
            if conflict && contents.conflicts.last() != Some(&id) {
                contents.conflicts.push(id.clone());
            }
            if !head.deleted {
                contents.deleted.remove(&id);
                contents.termbase.insert(head.concept);
            } else if !head.withdrawn && contents.termbase.get(&id).is_none() {
                contents.deleted.insert(id.clone());
            }
            last = Some((head.entry, id));
        }
        // Rows come in the order of this file. Which of several heads shows must be the same everywhere.
        for id in &contents.conflicts {
            let shown = self.heads(id)?.pop().and_then(|head| head.concept);
            shown.and_then(|concept| contents.termbase.insert(concept));
        }
        Ok(contents)
    }

    fn head(&self, row: &Row, shared: &mut Shared) -> Result<Head, StorageError> {
        let entry = uuid(row, 0).map_err(|error| self.failed(error))?;
        let deleted = row.get(2).map_err(|error| self.failed(error))?;
        let body = row.get_ref(3).map_err(|error| self.failed(error))?;
        let body = body.as_str().map_err(|error| self.damaged(&error))?;
        let withdrawn = deleted && concept_json::is_withdrawn(body).map_err(|error| self.damaged(&error))?;
        let mut concept = concept_json::read(body, || id_of(entry)).map_err(|error| self.damaged(&error))?;
        concept.domain = shared.text(&concept.domain);
        let author = row.get_ref(4).map_err(|error| self.failed(error))?;
        let by = shared.text(author.as_str().map_err(|error| self.damaged(&error))?);
        let time: i64 = row.get(5).map_err(|error| self.failed(error))?;
        concept.modified = Some(Modified { by, at: Timestamp::from_seconds(time / 1000) });
        Ok(Head { entry, deleted, withdrawn, concept })
    }

    /// The versions of a concept that nothing was made from yet, the one that shows last. Several are a conflict.
    pub fn heads(&self, id: &ConceptId) -> Result<Vec<Version>, StorageError> {
        let mut heads = self.history(id)?;
        heads.retain(|version| version.is_head);
        heads.sort_by_key(|version| (version.concept.is_some(), version.rev));
        Ok(heads)
    }

    /// Every version of a concept, the last one first.
    pub fn history(&self, id: &ConceptId) -> Result<Vec<Version>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM version WHERE entry_id = ?1 ORDER BY number DESC");
        self.versions(&sql, &entry_of(id).as_bytes()[..])
    }

    /// Writes versions as one change, all of them or none, with concepts made tidy. `what` says it to people.
    ///
    /// A version whose parent has another child already is written too: both are heads then. Fails with
    /// [`StorageError::UnknownVersion`] on a parent that is no version of the concept, and with
    /// [`StorageError::ConceptTooLong`] on a concept that no server would take.
    pub fn write(&mut self, what: &str, versions: Vec<NewVersion>) -> Result<ChangeNumber, StorageError> {
        self.in_transaction(&mut unwatched, |store, transaction, _| {
            let change = store.new_change(transaction, what, None)?;
            for version in versions {
                store.insert(transaction, change, version)?;
            }
            Ok(change)
        })
    }

    /// Writes a concept as the next version of it, or as its first.
    pub fn put(&mut self, what: &str, concept: Concept) -> Result<ChangeNumber, StorageError> {
        self.put_all(what, vec![concept])
    }

    /// Writes concepts, each as the next version of it or as its first.
    pub fn put_all(&mut self, what: &str, concepts: Vec<Concept>) -> Result<ChangeNumber, StorageError> {
        self.put_watched(what, concepts, &mut unwatched)
    }

    fn put_watched(
        &mut self,
        what: &str,
        concepts: Vec<Concept>,
        watch: &mut Watch,
    ) -> Result<ChangeNumber, StorageError> {
        let of = concepts.len() as f32;
        self.in_transaction(watch, |store, transaction, watch| {
            let change = store.new_change(transaction, what, None)?;
            for (number, concept) in concepts.into_iter().enumerate() {
                store.look(watch, number, number as f32 / of * WRITING)?;
                let parents = shown_head(transaction, entry_of(&concept.id)).map_err(|error| store.failed(error))?;
                let version = NewVersion::new(concept.id.clone(), parents, Some(concept));
                store.insert(transaction, change, version)?;
            }
            Ok(change)
        })
    }

    /// Does what an import was planned to do, as one change; `None` where there is nothing to do. A concept that is
    /// added keeps its id if that is a UUID which shows nothing here: it comes from a termbase like this one.
    pub fn import(&mut self, what: &str, plan: ImportPlan) -> Result<Option<ChangeNumber>, StorageError> {
        self.import_watched(what, plan, &mut unwatched)
    }

    /// Does what [`Store::import`] does, and tells `watch` again and again how much of it is done, from 0 to 1. Where
    /// that says to break off, it fails with [`StorageError::Cancelled`], and nothing was written.
    pub fn import_watched(
        &mut self,
        what: &str,
        plan: ImportPlan,
        watch: &mut Watch,
    ) -> Result<Option<ChangeNumber>, StorageError> {
        let mut concepts: Vec<Concept> = plan.change.into_iter().map(|change| change.after).collect();
        for mut concept in plan.add {
            let entry = Uuid::try_parse(concept.id.as_str()).ok();
            let shows = |entry| shows_something(&self.connection, entry).map_err(|error| self.failed(error));
            if entry.is_none() || entry.map(shows).transpose()? == Some(true) {
                concept.id = fresh_id();
            }
            concepts.push(concept);
        }
        if concepts.is_empty() { Ok(None) } else { self.put_watched(what, concepts, watch).map(Some) }
    }

    /// Deletes a concept: all its heads end here, and one of a termbase below shows no more.
    pub fn delete(&mut self, what: &str, id: &ConceptId) -> Result<ChangeNumber, StorageError> {
        let parents = self.heads(id)?.into_iter().map(|head| head.rev).collect();
        self.write(what, vec![NewVersion::new(id.clone(), parents, None)])
    }

    /// Settles a conflict: `concept` takes the place of all its heads.
    pub fn settle(&mut self, what: &str, concept: Concept) -> Result<ChangeNumber, StorageError> {
        let parents = self.heads(&concept.id)?.into_iter().map(|head| head.rev).collect();
        self.write(what, vec![NewVersion::new(concept.id.clone(), parents, Some(concept))])
    }

    /// Makes a concept what it was in a version of it, by a new version that settles its heads too.
    pub fn restore(&mut self, what: &str, rev: Rev) -> Result<ChangeNumber, StorageError> {
        let old = self.version(rev)?;
        let parents = self.heads(&old.id)?.into_iter().map(|head| head.rev).collect();
        self.write(
            what,
            vec![NewVersion { is_withdrawn: old.is_withdrawn, ..NewVersion::new(old.id, parents, old.concept) }],
        )
    }

    /// The last changes, the newest first.
    pub fn changes(&self, most: usize) -> Result<Vec<ChangeRecord>, StorageError> {
        let sql = "SELECT change.number, what, author, time, undoes,
                 (SELECT count(*) FROM version WHERE version.change = change.number),
                 (SELECT later.number FROM change AS later WHERE later.undoes = change.number)
             FROM change ORDER BY change.number DESC LIMIT ?1";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failed(error))?;
        let record = |row: &Row| {
            let author: String = row.get(2)?;
            Ok(ChangeRecord {
                number: ChangeNumber(row.get(0)?),
                what: row.get(1)?,
                made: Modified { by: author.into(), at: Timestamp::from_seconds(row.get::<_, i64>(3)? / 1000) },
                undoes: row.get::<_, Option<i64>>(4)?.map(ChangeNumber),
                versions: row.get::<_, i64>(5)? as usize,
                undone_by: row.get::<_, Option<i64>>(6)?.map(ChangeNumber),
            })
        };
        let records = statement.query_map([most as i64], record).map_err(|error| self.failed(error))?;
        records.collect::<Result<_, _>>().map_err(|error| self.failed(error))
    }

    /// A number that grows with every version that comes to the file, whoever writes it.
    pub fn mark(&self) -> Result<i64, StorageError> {
        let sql = "SELECT coalesce(max(number), 0) FROM version";
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.failed(error))
    }

    /// The last change that is neither undone nor itself an undo.
    pub fn last_change(&self) -> Result<Option<ChangeNumber>, StorageError> {
        let sql = "SELECT max(number) FROM change WHERE undoes IS NULL
             AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.undoes = change.number)";
        let last: Option<i64> =
            self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| self.failed(error))?;
        Ok(last.map(ChangeNumber))
    }

    /// Takes a change back: each concept that it wrote to gets a new version equal to the one before it, or is withdrawn
    /// where there was none. Concepts that were changed again since are left alone. Fails with [`StorageError::NotUndoable`] on a change that
    /// there is not, or that is undone already.
    pub fn undo(&mut self, change: ChangeNumber) -> Result<Undone, StorageError> {
        self.undo_watched(change, &mut unwatched)
    }

    /// Does what [`Store::undo`] does, watched as an import is by [`Store::import_watched`].
    pub fn undo_watched(&mut self, change: ChangeNumber, watch: &mut Watch) -> Result<Undone, StorageError> {
        self.in_transaction(watch, |store, transaction, watch| {
            let failed = |error| store.failed(error);
            let record = "SELECT what FROM change WHERE number = ?1
                 AND NOT EXISTS (SELECT 1 FROM change AS later WHERE later.undoes = ?1)";
            let what: Option<String> =
                transaction.query_row(record, [change.0], |row| row.get(0)).optional().map_err(failed)?;
            let what = what.ok_or_else(|| StorageError::NotUndoable { path: store.path.clone(), change: change.0 })?;
            let written = by_concept(store.written(change)?);
            let undo = store.new_change(transaction, &format!("undo: {what}"), Some(change))?;
            let mut undone = Undone { change: undo, restored: 0, kept: Vec::new() };
            let of = written.len() as f32;
            for (number, (first, last)) in written.into_iter().enumerate() {
                store.look(watch, number, number as f32 / of * WRITING)?;
                if !last.is_head {
                    undone.kept.push(last.id);
                    continue;
                }
                let before = first.parents.first().map(|&parent| store.version(parent)).transpose()?;
                let is_withdrawn = before.as_ref().is_none_or(|before| before.is_withdrawn);
                let concept = before.and_then(|before| before.concept);
                let new = NewVersion::new(last.id, vec![last.rev], concept);
                store.insert(transaction, undo, NewVersion { is_withdrawn, ..new })?;
                undone.restored += 1;
            }
            Ok(undone)
        })
    }

    /// What a change wrote, in that order.
    pub fn written(&self, change: ChangeNumber) -> Result<Vec<Version>, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM version WHERE change = ?1 ORDER BY number");
        self.versions(&sql, change.0)
    }

    /// A version by its name; fails with [`StorageError::UnknownVersion`] where there is none.
    pub fn version(&self, rev: Rev) -> Result<Version, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM version WHERE rev = ?1");
        let found = self.versions(&sql, &rev.0.as_bytes()[..])?.pop();
        found.ok_or_else(|| StorageError::UnknownVersion { path: self.path.clone(), rev: rev.to_string() })
    }

    /// The concept of a version that is a head and no deletion.
    pub(super) fn shown(&self, number: i64) -> Result<Concept, StorageError> {
        let sql = format!("SELECT {COLUMNS} FROM version WHERE number = ?1");
        let found = self.versions(&sql, number)?.pop().and_then(|version| version.concept);
        found.ok_or_else(|| self.damaged(&format_args!("the search index names version {number}")))
    }

    fn versions(&self, sql: &str, key: impl rusqlite::ToSql) -> Result<Vec<Version>, StorageError> {
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failed(error))?;
        let mut rows = statement.query([key]).map_err(|error| self.failed(error))?;
        let mut versions = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.failed(error))? {
            versions.push(self.read_version(row)?);
        }
        Ok(versions)
    }

    fn read_version(&self, row: &Row) -> Result<Version, StorageError> {
        let failed = |error| self.failed(error);
        let entry = uuid(row, 1).map_err(failed)?;
        let parents: Vec<u8> = row.get(2).map_err(failed)?;
        let deleted: bool = row.get(3).map_err(failed)?;
        let body: String = row.get(4).map_err(failed)?;
        let author: String = row.get(5).map_err(failed)?;
        let at = Timestamp::from_seconds(row.get::<_, i64>(6).map_err(failed)? / 1000);
        let made = Modified { by: author.into(), at };
        let concept = concept_json::read(&body, || id_of(entry)).map_err(|error| self.damaged(&error))?;
        let is_withdrawn = deleted && concept_json::is_withdrawn(&body).map_err(|error| self.damaged(&error))?;
        Ok(Version {
            rev: Rev(uuid(row, 0).map_err(failed)?),
            id: concept.id.clone(),
            parents: parents.chunks_exact(16).filter_map(|rev| Uuid::from_slice(rev).ok()).map(Rev).collect(),
            concept: (!deleted).then(|| Concept { modified: Some(made.clone()), ..concept }),
            made,
            is_withdrawn,
            is_shared: row.get(7).map_err(failed)?,
            change: row.get::<_, Option<i64>>(8).map_err(failed)?.map(ChangeNumber),
            is_head: row.get(9).map_err(failed)?,
        })
    }

    /// Runs `work` in a transaction of its own. Its statements go to the store's one connection, so those that read
    /// see what those before them wrote.
    fn in_transaction<T>(
        &mut self,
        watch: &mut Watch,
        work: impl FnOnce(&Self, &Connection, &mut Watch) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let failed = |error| self.failed(error);
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate).map_err(failed)?;
        let pending = Pending::begin(&transaction).map_err(failed)?;
        let result = work(self, &transaction, watch)?;
        pending.forget(&transaction).map_err(failed)?;
        for portion in pending.portions(&transaction).map_err(failed)? {
            self.look(watch, 0, WRITING + portion.done * (1.0 - WRITING))?;
            portion.index(&transaction).map_err(failed)?;
        }
        transaction.commit().map_err(failed)?;
        Ok(result)
    }

    /// Now and then tells `watch` how much is done, and fails with [`StorageError::Cancelled`] if that breaks off.
    fn look(&self, watch: &mut Watch, number: usize, share: f32) -> Result<(), StorageError> {
        if number.is_multiple_of(GLANCE) && watch(share).is_break() {
            return Err(StorageError::Cancelled { path: self.path.clone() });
        }
        Ok(())
    }

    fn new_change(
        &self,
        connection: &Connection,
        what: &str,
        undoes: Option<ChangeNumber>,
    ) -> Result<ChangeNumber, StorageError> {
        connection
            .prepare_cached("INSERT INTO change (what, author, time, undoes) VALUES (?1, ?2, ?3, ?4)")
            .and_then(|mut insert| insert.insert(params![what, &*self.author, now(), undoes.map(|change| change.0)]))
            .map(ChangeNumber)
            .map_err(|error| self.failed(error))
    }

    fn insert(&self, connection: &Connection, change: ChangeNumber, version: NewVersion) -> Result<(), StorageError> {
        let NewVersion { rev, id, parents, concept, is_withdrawn } = version;
        let (entry, named) = (entry_of(&id), Uuid::try_parse(id.as_str()).is_err());
        let concept = concept.map(|mut concept| {
            concept.tidy();
            Concept { id: id.clone(), ..concept }
        });
        let body = match &concept {
            Some(concept) => concept_json::write(concept, named),
            None => concept_json::write_deleted(&id, named, is_withdrawn),
        };
        if body.len() > LONGEST_BODY {
            return Err(StorageError::ConceptTooLong { path: self.path.clone(), limit: LONGEST_BODY });
        }
        self.end_heads(connection, entry, &parents)?;
        let parents: Vec<u8> = parents.iter().flat_map(|parent| *parent.0.as_bytes()).collect();
        let row = params![
            &rev.0.as_bytes()[..],
            &entry.as_bytes()[..],
            parents,
            concept.is_none(),
            body,
            &*self.author,
            now(),
            change.0
        ];
        let sql = "INSERT INTO version (rev, entry_id, parents, deleted, body, author, client_time, change)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        let written = connection.prepare_cached(sql).and_then(|mut insert| insert.insert(row)).and_then(|number| {
            connection
                .prepare_cached("INSERT INTO head (entry_id, version) VALUES (?1, ?2)")?
                .execute(params![&entry.as_bytes()[..], number])?;
            concept.iter().try_for_each(|concept| search::add(connection, number, concept))
        });
        written.map_err(|error| self.failed(error))
    }

    /// From here on the parents are no heads.
    fn end_heads(&self, connection: &Connection, entry: Uuid, parents: &[Rev]) -> Result<(), StorageError> {
        for parent in parents {
            let number: Option<i64> = connection
                .prepare_cached("SELECT number FROM version WHERE rev = ?1 AND entry_id = ?2")
                .and_then(|mut find| {
                    find.query_row(params![&parent.0.as_bytes()[..], &entry.as_bytes()[..]], |row| row.get(0))
                        .optional()
                })
                .map_err(|error| self.failed(error))?;
            let Some(number) = number else {
                return Err(StorageError::UnknownVersion { path: self.path.clone(), rev: parent.to_string() });
            };
            connection
                .prepare_cached("DELETE FROM head WHERE entry_id = ?1 AND version = ?2")
                .and_then(|mut delete| delete.execute(params![&entry.as_bytes()[..], number]))
                .and_then(|_| search::remove(connection, number))
                .map_err(|error| self.failed(error))?;
        }
        Ok(())
    }
}

/// The first and the last version of each concept that a change wrote, in the order of the first.
fn by_concept(written: Vec<Version>) -> Vec<(Version, Version)> {
    let mut places: HashMap<ConceptId, usize> = HashMap::new();
    let mut found: Vec<(Version, Version)> = Vec::new();
    for version in written {
        if let Some(&place) = places.get(&version.id) {
            found[place].1 = version;
        } else {
            places.insert(version.id.clone(), found.len());
            found.push((version.clone(), version));
        }
    }
    found
}

struct Head {
    entry: Uuid,
    deleted: bool,
    withdrawn: bool,
    concept: Concept,
}

/// Texts that many concepts share, each kept once.
#[derive(Default)]
struct Shared(HashSet<Arc<str>>);

impl Shared {
    fn text(&mut self, text: &str) -> Arc<str> {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new: Arc<str> = text.into();
        self.0.insert(new.clone());
        new
    }
}

/// The head that shows: what an edit without a word about its parent was made from.
fn shown_head(connection: &Connection, entry: Uuid) -> rusqlite::Result<Vec<Rev>> {
    let sql = "SELECT rev FROM head JOIN version ON version.number = head.version
         WHERE head.entry_id = ?1 ORDER BY deleted, rev DESC LIMIT 1";
    let mut statement = connection.prepare_cached(sql)?;
    let head = statement.query_row([&entry.as_bytes()[..]], |row| uuid(row, 0)).optional()?;
    Ok(head.map(Rev).into_iter().collect())
}

/// Whether a concept has a version that shows.
fn shows_something(connection: &Connection, entry: Uuid) -> rusqlite::Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM head JOIN version ON version.number = head.version
         WHERE head.entry_id = ?1 AND NOT deleted)";
    connection.prepare_cached(sql)?.query_row([&entry.as_bytes()[..]], |row| row.get(0))
}

fn uuid(row: &Row, column: usize) -> rusqlite::Result<Uuid> {
    row.get::<_, [u8; 16]>(column).map(Uuid::from_bytes)
}

/// The UUID of a concept: its id where that is one, else one made of it.
fn entry_of(id: &ConceptId) -> Uuid {
    Uuid::try_parse(id.as_str()).unwrap_or_else(|_| Uuid::new_v5(&NAMESPACE, id.as_str().as_bytes()))
}

fn id_of(entry: Uuid) -> ConceptId {
    ConceptId::new(entry.to_string())
}
