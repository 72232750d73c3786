-- SPDX-FileCopyrightText: The Daily Cup authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Version 3: where records were handed over, and what the office signed for.
--
-- Nothing here is touched when a pledge is saved: no index covers a record that
-- waits, and a destination is found by what it has, not by what it lacks.

-- The statements that this queue has made are numbered, from 1.
ALTER TABLE queue ADD COLUMN
  statements    INTEGER NOT NULL DEFAULT 0 CHECK (statements >= 0);

-- Places where records are handed over, as they said of themselves.
CREATE TABLE destination (
  key           INTEGER PRIMARY KEY CHECK (key > 0),
  id            BLOB NOT NULL UNIQUE CHECK (length (id) = 16),
  -- Its present life. With another one it has lost what it had.
  epoch         BLOB NOT NULL CHECK (length (epoch) = 16),
  -- No record up to this number is to be offered to it: what the next run need
  -- not look at. Lowered, in the same transaction, wherever one comes to be.
  passed        INTEGER NOT NULL DEFAULT 0 CHECK (passed >= 0),
  -- For people: when a run last ended well, in microseconds since 1970 in UTC
  -- by the tablet's clock; 0 for never.
  last_success  INTEGER NOT NULL DEFAULT 0 CHECK (last_success >= 0)
) STRICT;

-- A row says: these bytes are proven to be there, in its present life. It goes
-- when the office has signed for the record, since nobody asks any more.
CREATE TABLE delivery (
  seq           INTEGER NOT NULL REFERENCES record (seq),
  destination   INTEGER NOT NULL REFERENCES destination (key),
  PRIMARY KEY (seq, destination)
) STRICT, WITHOUT ROWID;

-- The office's receipts, each once: one is for up to a thousand records, whose
-- "receipt" is then its SHA-256.
CREATE TABLE receipt (
  key           INTEGER PRIMARY KEY,
  sha256        BLOB NOT NULL UNIQUE CHECK (length (sha256) = 32),
  line          BLOB NOT NULL CHECK (length (line) > 0)   -- its exact bytes
) STRICT;

-- Few, and looked for by themselves. A record is never refused when it is
-- saved, so that this costs a save nothing.
CREATE INDEX record_refused ON record (seq) WHERE state = 'refused';

-- What is to be purged: few as well, and none when a run has ended.
CREATE INDEX record_to_purge ON record (seq)
  WHERE state = 'receipted' AND sealed IS NOT NULL;

-- Where the records went that version 2 called delivered, nobody wrote down:
-- they wait, and a destination that has them will say so.
UPDATE record SET state = 'waiting' WHERE state = 'delivered';
