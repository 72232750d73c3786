-- SPDX-FileCopyrightText: The Daily Cup authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- The ledger of the office, version 3: promises that were written on paper and
-- typed in here. Each is a record like any other, made by this desk as if it
-- were a tablet. Like 0001, this names no donor.

-- One row: the queue to which those records belong. A ledger of its own has a
-- queue of its own, as a tablet's database has, so that no number is used twice.
CREATE TABLE paper_queue (
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  queue  BLOB NOT NULL CHECK (length (queue) = 16)
) STRICT;

INSERT INTO paper_queue VALUES (1, randomblob (16));

-- Each form that was typed in, so that it is taken once. Its reference opens
-- nothing, but leads to a donor's letter, and must go when the donor is erased;
-- the form must not come back then either. So it is here as
-- SHA-256 ("daily-cup/paper/1\n" + reference).
CREATE TABLE paper_form (
  digest  BLOB PRIMARY KEY CHECK (length (digest) = 32)
) STRICT, WITHOUT ROWID;
