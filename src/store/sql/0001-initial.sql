-- SPDX-FileCopyrightText: The Daily Cup authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The queue of one tablet, version 1.
--
-- Run inside one transaction, which also sets user_version and inserts the
-- row of "queue". A later version is a further file, never a change to this.
-- Every table is STRICT: a column holds its type or the row is refused.
-- No trigger and no view: the connection has both switched off.

-- "DCup". A file with another number is not ours and is set aside unwritten.
PRAGMA application_id = 0x44437570;

-- This queue's identity: one row, made with the database.
CREATE TABLE queue (
  only  INTEGER PRIMARY KEY CHECK (only = 1),
  id    BLOB NOT NULL CHECK (length (id) = 16)   -- random; in every envelope
) STRICT;

-- One row for each record of any kind, in the order in which they were
-- sealed. A row is never deleted, so that the totals always add up.
CREATE TABLE record (
  -- From 1, never used twice (AUTOINCREMENT): with the queue's id this is the
  -- order of the records, whatever the clock says.
  seq           INTEGER PRIMARY KEY AUTOINCREMENT CHECK (seq > 0),
  -- Random; the identity of a record everywhere.
  id            BLOB NOT NULL UNIQUE CHECK (length (id) = 16),
  kind          TEXT NOT NULL
                CHECK (kind IN ('pledge', 'withdrawal', 'practice', 'drill')),
  -- The legal changes are in dc-state.c.
  state         TEXT NOT NULL
                CHECK (state IN ('waiting', 'delivered', 'refused',
                                 'receipted', 'withdrawn')),
  -- 1: it may have left the tablet; committed before its first byte leaves,
  -- and never 0 again.
  offered       INTEGER NOT NULL DEFAULT 0 CHECK (offered IN (0, 1)),
  -- "2026-12-18" in the time zone of the campaign.
  day           TEXT NOT NULL
                CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  -- The shift that took it: random, names nobody.
  shift         TEXT,

  -- Minor units, ISO 4217, and how often. A withdrawal has none, and a
  -- tombstone has none any more.
  amount        INTEGER CHECK (amount >= 0),
  currency      TEXT CHECK (length (currency) = 3),
  frequency     TEXT CHECK (frequency IN ('once', 'monthly', 'yearly')),

  -- For a withdrawal: the record that it undoes.
  about         BLOB REFERENCES record (id),
  -- For a record undone after it may have left: the withdrawal.
  withdrawn_by  BLOB REFERENCES record (id),

  -- Why a destination will not have it.
  reason        TEXT,
  -- The exact bytes of the office's signed receipt.
  receipt       BLOB,

  -- The three byte strings of the record. They never change; they go, all
  -- three, when the record is undone before it left or purged after its
  -- receipt.
  signature     BLOB CHECK (length (signature) = 64),
  envelope      BLOB,
  sealed        BLOB,

  CHECK ((envelope IS NULL) = (sealed IS NULL)),
  CHECK ((signature IS NULL) = (sealed IS NULL)),
  CHECK ((amount IS NULL) = (currency IS NULL)),
  CHECK ((amount IS NULL) = (frequency IS NULL)),
  CHECK ((amount IS NULL) = (kind = 'withdrawal' OR state = 'withdrawn')),
  CHECK ((about IS NULL) = (kind <> 'withdrawal')),
  CHECK ((reason IS NULL) = (state <> 'refused')),
  CHECK ((receipt IS NULL) = (state <> 'receipted')),
  -- Whole unless undone or receipted; undone only if it never left.
  CHECK (sealed IS NOT NULL OR state IN ('receipted', 'withdrawn')),
  CHECK (state <> 'withdrawn' OR (sealed IS NULL AND offered = 0)),
  CHECK (offered = 1 OR state IN ('waiting', 'refused', 'withdrawn'))
) STRICT;

-- Giving codes shown on each day. A scanned code leaves no record.
CREATE TABLE code_shown (
  day    TEXT PRIMARY KEY
         CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  count  INTEGER NOT NULL CHECK (count > 0)
) STRICT, WITHOUT ROWID;

-- Something to write when the disk is in doubt; never read.
CREATE TABLE probe (
  only    INTEGER PRIMARY KEY CHECK (only = 1),
  filler  BLOB NOT NULL
) STRICT;
