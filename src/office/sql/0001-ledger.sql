-- SPDX-FileCopyrightText: The Daily Cup authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The ledger of the office, version 1: what came from the tablets, sealed.
--
-- Nothing here names a donor: what a record says is in "sealed", which only
-- the desk key or the spare key opens. Run inside one transaction, which also
-- sets user_version. A later version is a further file, never a change to this.

-- "DCld".
PRAGMA application_id = 0x44436c64;

-- A receipt that the office signed. It is kept, so that it can be put at a
-- destination again, byte for byte.
CREATE TABLE receipt (
  number   INTEGER PRIMARY KEY,
  tablet   BLOB NOT NULL CHECK (length (tablet) = 32),
  queue    BLOB NOT NULL CHECK (length (queue) = 16),
  campaign TEXT NOT NULL,
  line     BLOB NOT NULL
) STRICT;

-- Where each lies: a destination, in that life of it.
CREATE TABLE receipt_place (
  receipt INTEGER NOT NULL REFERENCES receipt (number),
  id      BLOB NOT NULL CHECK (length (id) = 16),
  epoch   BLOB NOT NULL CHECK (length (epoch) = 16),
  PRIMARY KEY (receipt, id, epoch)
) STRICT, WITHOUT ROWID;

-- One run of "export" that reached its end, and the file that it wrote.
CREATE TABLE export (
  number  INTEGER PRIMARY KEY,
  day     TEXT NOT NULL,
  path    TEXT
) STRICT;

-- Where records were found: files and destinations, so that a person can be
-- told where else the records lie that were erased here.
CREATE TABLE place (
  number  INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE
) STRICT;

-- One row for each record of any kind, of any tablet, in the order in which
-- they came. Two rows with one id are two records that say they are the same:
-- both are kept, and neither is used until a person decides.
CREATE TABLE record (
  number         INTEGER PRIMARY KEY,
  id             BLOB NOT NULL CHECK (length (id) = 16),
  -- Of the envelope, which holds the hash of the sealed part: the same digest
  -- is the same record.
  digest         BLOB NOT NULL UNIQUE CHECK (length (digest) = 32),
  sealed_sha256  BLOB NOT NULL CHECK (length (sealed_sha256) = 32),
  -- What the envelope says without a key, to find it by.
  kind           TEXT NOT NULL
                 CHECK (kind IN ('pledge', 'correction', 'withdrawal', 'practice', 'drill')),
  about          BLOB CHECK (length (about) = 16),
  tablet         BLOB NOT NULL CHECK (length (tablet) = 32),
  queue          BLOB NOT NULL CHECK (length (queue) = 16),
  seq            INTEGER NOT NULL CHECK (seq > 0),
  campaign       TEXT NOT NULL,
  day            TEXT NOT NULL,

  -- The day on which it came, and on which a key opened it.
  collected      TEXT NOT NULL,
  opened         TEXT,
  -- "RF…", random; known once it was opened. By it a donor's letter or payment
  -- finds the record.
  reference      TEXT,
  receipt        INTEGER REFERENCES receipt (number),

  -- The three byte strings. They go, all three, when the record is erased or
  -- its time is over; "gone" says why.
  envelope       BLOB,
  signature      BLOB CHECK (length (signature) = 64),
  sealed         BLOB,
  gone           TEXT CHECK (gone IN ('erased', 'kept-long-enough', 'decided')),

  CHECK ((envelope IS NULL) = (gone IS NOT NULL)),
  CHECK ((signature IS NULL) = (gone IS NOT NULL)),
  CHECK ((sealed IS NULL) = (gone IS NOT NULL)),
  CHECK (reference IS NULL OR gone IS NULL)
) STRICT;

CREATE INDEX record_by_id ON record (id);
CREATE INDEX record_by_about ON record (about) WHERE about IS NOT NULL;
CREATE INDEX record_by_seq ON record (tablet, queue, seq);
CREATE INDEX record_by_queue ON record (queue);
CREATE INDEX record_by_reference ON record (reference) WHERE reference IS NOT NULL;

CREATE TABLE record_place (
  record  INTEGER NOT NULL REFERENCES record (number),
  place   INTEGER NOT NULL REFERENCES place (number),
  PRIMARY KEY (record, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE record_export (
  record  INTEGER NOT NULL REFERENCES record (number),
  export  INTEGER NOT NULL REFERENCES export (number),
  PRIMARY KEY (record, export)
) STRICT, WITHOUT ROWID;

-- Whom the donor asked to be forgotten. A record of this id, or about it, is
-- never kept again, wherever it comes from.
CREATE TABLE never_again (
  id             BLOB NOT NULL CHECK (length (id) = 16),
  sealed_sha256  BLOB NOT NULL CHECK (length (sealed_sha256) = 32),
  day            TEXT NOT NULL,
  PRIMARY KEY (id, sealed_sha256)
) STRICT, WITHOUT ROWID;

-- What tablets state, signed by them, each as it came. All are kept.
CREATE TABLE statement (
  tablet    BLOB NOT NULL CHECK (length (tablet) = 32),
  queue     BLOB NOT NULL CHECK (length (queue) = 16),
  campaign  TEXT NOT NULL,
  number    INTEGER NOT NULL,
  digest    BLOB NOT NULL CHECK (length (digest) = 32),
  line      BLOB NOT NULL,
  PRIMARY KEY (tablet, queue, number, digest)
) STRICT;

-- What was deleted, when, how much and why; of whom is not said.
CREATE TABLE deletion (
  number  INTEGER PRIMARY KEY,
  day     TEXT NOT NULL,
  what    TEXT NOT NULL,
  count   INTEGER NOT NULL,
  why     TEXT NOT NULL
) STRICT;
