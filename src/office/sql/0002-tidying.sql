-- SPDX-FileCopyrightText: The Daily Cup authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The ledger of the office, version 2: how what was past its time went. Like
-- 0001, it names no donor.

-- One run of "tidy", or several of which all but the last were cut off.
CREATE TABLE tidying (
  number    INTEGER PRIMARY KEY,
  day       TEXT NOT NULL,          -- on which it began
  campaign  TEXT NOT NULL,
  rule      TEXT NOT NULL,          -- by which its time is over
  finished  TEXT                    -- a day; NULL: not all is known to have gone
) STRICT;

-- What it deletes: written down before it is touched, marked when it is gone.
CREATE TABLE tidied (
  tidying   INTEGER NOT NULL REFERENCES tidying (number),
  place     TEXT NOT NULL,          -- the folder, the address, or "ledger.db"
  thing     TEXT NOT NULL,          -- the file there
  records   INTEGER NOT NULL,
  first_day TEXT NOT NULL,          -- of the records in it
  last_day  TEXT NOT NULL,
  -- 'missing': a run was cut off at it, and the next one did not find it.
  state     TEXT NOT NULL CHECK (state IN ('begun', 'deleted', 'missing')),
  PRIMARY KEY (tidying, place, thing)
) STRICT, WITHOUT ROWID;
