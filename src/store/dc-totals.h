/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"

G_BEGIN_DECLS

/* How many records there are of each kind, and what they sum up to: the table
 * "temp.total", on the database's thread. dc-totals.c says why it is there. */

/* Counts all records, which takes as long as reading them; once for each
 * connection. */
gboolean dc_totals_begin   (DcDatabase    *database,
                            GError       **error);

/* Within the caller's transaction. */

/* Around a change of record @seq: what it was is not counted any more, and what
 * it has become is. */
gboolean dc_totals_remove  (DcDatabase    *database,
                            gint64         seq,
                            GError       **error);
gboolean dc_totals_add     (DcDatabase    *database,
                            gint64         seq,
                            GError       **error);
/* All that is receipted has lost its bytes. */
gboolean dc_totals_purged  (DcDatabase    *database,
                            GError       **error);
/* After any other change of many. */
gboolean dc_totals_recount (DcDatabase    *database,
                            GError       **error);

G_END_DECLS
