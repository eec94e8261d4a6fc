-- The versions of a glossary's concepts, as a graph that only grows: the same rows as on a shared server.
CREATE TABLE version (
  number INTEGER PRIMARY KEY,        -- the order in which they came to this file
  rev BLOB NOT NULL UNIQUE CHECK (length(rev) = 16),            -- UUID v7, made where the version was made
  entry_id BLOB NOT NULL CHECK (length(entry_id) = 16),         -- UUID of the concept
  parents BLOB NOT NULL CHECK (length(parents) % 16 = 0),       -- revs: none = new, one = edited, more = merged
  seq INTEGER UNIQUE,                -- the server's order; NULL = not sent yet
  deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
  body TEXT NOT NULL,                -- JSON
  author TEXT NOT NULL,
  client_time INTEGER NOT NULL,      -- milliseconds since 1970, UTC
  server_time INTEGER,
  change INTEGER REFERENCES change (number)                     -- what it was made in; of this file alone
);
CREATE INDEX version_entry ON version (entry_id);
CREATE INDEX version_change ON version (change);
CREATE INDEX version_outbox ON version (number) WHERE seq IS NULL;

-- Only the server's answer may still be entered; nothing else is ever changed or removed.
CREATE TRIGGER version_is_kept BEFORE DELETE ON version
BEGIN SELECT RAISE (ABORT, 'versions are never removed'); END;
CREATE TRIGGER version_is_fixed BEFORE UPDATE OF number, rev, entry_id, parents, deleted, body, client_time, change ON version
BEGIN SELECT RAISE (ABORT, 'versions are never changed'); END;

-- What a person did in one go: an edit, an import, an undo.
CREATE TABLE change (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  what TEXT NOT NULL,
  author TEXT NOT NULL,
  time INTEGER NOT NULL,
  undoes INTEGER UNIQUE REFERENCES change (number)
);

-- The versions that no other one names as a parent. More than one of a concept is a conflict.
CREATE TABLE head (
  entry_id BLOB NOT NULL,
  version INTEGER NOT NULL REFERENCES version (number),
  PRIMARY KEY (entry_id, version)
) WITHOUT ROWID;

-- The wordings of the heads, folded, to search in.
CREATE TABLE wording (
  id INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES version (number),
  folded TEXT NOT NULL
);
CREATE INDEX wording_folded ON wording (folded, version);
CREATE INDEX wording_version ON wording (version);
CREATE VIRTUAL TABLE word USING fts5 (
  folded, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);
CREATE VIRTUAL TABLE trigram USING fts5 (
  folded, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);
-- What they hold in memory before they write it, in bytes: an import is written in few large pieces.
INSERT INTO word (word, rank) VALUES ('hashsize', 16777216);
INSERT INTO trigram (trigram, rank) VALUES ('hashsize', 16777216);

-- How often a person chose a wording.
CREATE TABLE usage (
  concept TEXT NOT NULL,
  english TEXT NOT NULL,
  count INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  PRIMARY KEY (concept, english)
) WITHOUT ROWID;
