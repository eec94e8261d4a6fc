//! Searching a termbase in both languages while somebody types.
//!
//! Wordings are kept folded, words with single spaces between them. What equals the query comes first and what
//! begins with it second, by an ordinary index; then what has all its words, the last of them perhaps cut short, by
//! an FTS5 index of words; then what merely contains it, by an FTS5 index of trigrams.

use rusqlite::{Connection, ToSql, params};

use super::Store;
use crate::domain::{Concept, Rank, search_key};
use crate::storage::StorageError;

/// A concept that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The concept.
    pub concept: Concept,
    /// How well it fits.
    pub rank: Rank,
}

/// How many trigrams of a long query narrow the search; the text itself is looked at afterwards.
const MOST_TRIGRAMS: usize = 24;

impl Store {
    /// The concepts with a wording that fits `query`, at most `most`, the best first.
    pub fn search(&self, query: &str, most: usize) -> Result<Vec<Hit>, StorageError> {
        let numbers = self.matching(&search_key(query), most).map_err(|error| self.failed(error))?;
        numbers.into_iter().map(|(number, rank)| Ok(Hit { concept: self.shown(number)?, rank })).collect()
    }

    /// The versions that fit a folded query.
    fn matching(&self, query: &str, most: usize) -> rusqlite::Result<Vec<(i64, Rank)>> {
        let mut found = Found { versions: Vec::new(), most };
        if query.is_empty() {
            return Ok(found.versions);
        }
        let connection = &self.connection;
        found.extend(connection, Rank::Exact, "SELECT version FROM wording WHERE folded = ?1 LIMIT ?2", &[&query])?;
        let after = format!("{query}{}", char::MAX);
        let sql = "SELECT version FROM wording WHERE folded > ?1 AND folded < ?3 LIMIT ?2";
        found.extend(connection, Rank::Prefix, sql, &[&query, &after])?;
        let sql = "SELECT version FROM word JOIN wording ON wording.id = word.rowid WHERE word MATCH ?1 LIMIT ?2";
        found.extend(connection, Rank::Word, sql, &[&words_query(query)])?;
        if let Some(trigrams) = trigrams_query(query) {
            let sql = "SELECT version FROM trigram JOIN wording ON wording.id = trigram.rowid
                 WHERE trigram MATCH ?1 AND instr(wording.folded, ?3) LIMIT ?2";
            found.extend(connection, Rank::Substring, sql, &[&trigrams, &query])?;
        }
        Ok(found.versions)
    }
}

struct Found {
    versions: Vec<(i64, Rank)>,
    most: usize,
}

impl Found {
    /// Adds what a statement finds and was not found before. Its second parameter is how many rows it may give:
    /// enough for all that were found already to be among them, each by several wordings.
    fn extend(&mut self, connection: &Connection, rank: Rank, sql: &str, keys: &[&dyn ToSql]) -> rusqlite::Result<()> {
        if self.versions.len() >= self.most {
            return Ok(());
        }
        let limit = (2 * self.most + 4 * self.versions.len()) as i64;
        let mut values: Vec<&dyn ToSql> = keys.to_vec();
        values.insert(1, &limit);
        let mut statement = connection.prepare_cached(sql)?;
        let mut rows = statement.query(&*values)?;
        while let Some(row) = rows.next()? {
            let version: i64 = row.get(0)?;
            if self.versions.len() < self.most && !self.versions.iter().any(|&(known, _)| known == version) {
                self.versions.push((version, rank));
            }
        }
        Ok(())
    }
}

/// All words, in any order, the last one perhaps not finished. They are letters and digits, so quotes are enough.
fn words_query(query: &str) -> String {
    let words: Vec<String> = query.split(' ').map(|word| format!("\"{word}\"")).collect();
    words.join(" ") + "*"
}

/// Every three characters that stand together; `None` for less than three.
fn trigrams_query(query: &str) -> Option<String> {
    let characters: Vec<char> = query.chars().collect();
    let mut trigrams: Vec<String> = characters
        .windows(3)
        .take(MOST_TRIGRAMS)
        .map(|three| format!("\"{}\"", three.iter().collect::<String>()))
        .collect();
    trigrams.sort();
    trigrams.dedup();
    (!trigrams.is_empty()).then(|| trigrams.join(" "))
}

/// Makes the wordings of a version, and their forms, searchable once the [`Pending`] is settled.
pub(super) fn add(connection: &Connection, version: i64, concept: &Concept) -> rusqlite::Result<()> {
    let terms = concept.arabic.iter().chain(&concept.english);
    let mut keys: Vec<String> =
        terms.flat_map(|term| std::iter::once(&term.text).chain(&term.forms)).map(|text| search_key(text)).collect();
    keys.sort();
    keys.dedup();
    let mut insert = connection.prepare_cached("INSERT INTO wording (version, folded) VALUES (?1, ?2)")?;
    keys.iter().filter(|key| !key.is_empty()).try_for_each(|key| insert.execute(params![version, key]).map(|_| ()))
}

/// Takes the wordings of a version out of the search once the [`Pending`] is settled.
pub(super) fn remove(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    connection.prepare_cached("INSERT INTO temp.ended (version) VALUES (?1)")?.execute([version]).map(|_| ())
}

/// What a transaction has not told the indexes of words and trigrams yet.
///
/// They write all that they hold in memory whenever another statement begins within a transaction, which makes many
/// small statements slow. So a transaction writes everything else first, and they learn of it at its end.
pub(super) struct Pending {
    /// The last wording that they know.
    last: i64,
}

impl Pending {
    /// At the beginning of a transaction.
    pub(super) fn begin(connection: &Connection) -> rusqlite::Result<Self> {
        connection.prepare_cached("DELETE FROM temp.ended")?.execute([])?;
        last_wording(connection).map(|last| Self { last })
    }

    /// At its end: takes the wordings of ended versions out.
    pub(super) fn forget(&self, connection: &Connection) -> rusqlite::Result<()> {
        let ended = "SELECT EXISTS (SELECT 1 FROM temp.ended)";
        if !connection.prepare_cached(ended)?.query_row([], |row| row.get::<_, bool>(0))? {
            return Ok(());
        }
        for table in ["word", "trigram"] {
            let sql = format!(
                "DELETE FROM {table} WHERE rowid IN (SELECT id FROM temp.ended CROSS JOIN wording
                     ON wording.version = ended.version WHERE id <= ?1)"
            );
            connection.prepare_cached(&sql)?.execute([self.last])?;
        }
        let sql = "DELETE FROM wording WHERE version IN (SELECT version FROM temp.ended)";
        connection.prepare_cached(sql)?.execute([]).map(|_| ())
    }

    /// After that: what is to be brought in, some wordings after the other.
    pub(super) fn portions(self, connection: &Connection) -> rusqlite::Result<impl Iterator<Item = Portion>> {
        /// How many wordings an index learns of in one go.
        const PORTION: usize = 20_000;
        let (last, end) = (self.last, last_wording(connection)?);
        let done = move |after: i64| (after - last) as f32 / (end - last) as f32;
        Ok((last..end).step_by(PORTION).map(move |after| Portion {
            after,
            upto: after + PORTION as i64,
            done: done(after),
        }))
    }
}

/// Wordings to bring into the indexes, and how much was brought in before them.
pub(super) struct Portion {
    after: i64,
    upto: i64,
    pub(super) done: f32,
}

impl Portion {
    pub(super) fn index(&self, connection: &Connection) -> rusqlite::Result<()> {
        for table in ["word", "trigram"] {
            let sql = format!(
                "INSERT INTO {table} (rowid, folded) SELECT id, folded FROM wording
                 WHERE id > ?1 AND id <= ?2 ORDER BY id"
            );
            connection.prepare_cached(&sql)?.execute([self.after, self.upto])?;
        }
        Ok(())
    }
}

fn last_wording(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT coalesce(max(id), 0) FROM wording")?.query_row([], |row| row.get(0))
}
