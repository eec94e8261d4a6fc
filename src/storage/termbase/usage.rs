//! How often wordings were chosen. Counts belong to one person's file; they have no versions and are not shared.

use rusqlite::params;

use super::{Store, now};
use crate::domain::ConceptId;
use crate::storage::StorageError;

impl Store {
    /// Counts that an English wording of a concept was chosen, and tells how often any of them was. The concept may be
    /// one of a termbase below.
    pub fn count_use(&mut self, id: &ConceptId, english: &str) -> Result<u64, StorageError> {
        let sql = "INSERT INTO usage (concept, english, count, last_time) VALUES (?1, ?2, 1, ?3)
             ON CONFLICT DO UPDATE SET count = count + 1, last_time = excluded.last_time";
        let counted =
            self.connection.prepare_cached(sql).and_then(|mut add| add.execute(params![id.as_str(), english, now()]));
        counted.map_err(|error| self.failed(error))?;
        let sql = "SELECT SUM(count) FROM usage WHERE concept = ?1";
        let all =
            self.connection.prepare_cached(sql).and_then(|mut all| all.query_row([id.as_str()], |row| row.get(0)));
        all.map(|all: i64| all as u64).map_err(|error| self.failed(error))
    }

    /// Every wording that was ever chosen and how often, the most frequent first.
    pub fn uses(&self) -> Result<Vec<(ConceptId, String, u64)>, StorageError> {
        let sql = "SELECT concept, english, count FROM usage ORDER BY count DESC, last_time DESC";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failed(error))?;
        let rows = statement
            .query_map([], |row| {
                let concept: String = row.get(0)?;
                Ok((ConceptId::new(concept), row.get(1)?, row.get::<_, i64>(2)? as u64))
            })
            .map_err(|error| self.failed(error))?;
        rows.collect::<Result<_, _>>().map_err(|error| self.failed(error))
    }
}
