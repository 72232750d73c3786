-- SPDX-FileCopyrightText: The Daily Cup authors
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Version 2: which records stand in the second copy.
--
-- No index: it would cost each save a page more, and the copy is made when
-- nobody waits.

-- 1: its line stands in the journal on the removable card. The journal is the
-- evidence: whenever the card comes back, this is set after what is in it.
-- A record copied is one that may have left, so "offered" came first.
ALTER TABLE record ADD COLUMN
  copied        INTEGER NOT NULL DEFAULT 0
                CHECK (copied = 0 OR (copied = 1 AND offered = 1));
