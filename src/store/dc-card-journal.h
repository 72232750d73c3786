/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-id.h"

G_BEGIN_DECLS

/* The second copy of one queue: a file that only grows, one line a record
 * (record/FORMAT.md), no trailer. A torn last line counts for nothing. Any
 * thread that may wait; errors as in dc-card.h. */

/* @folder/daily-cup/TABLET8-QUEUE32.jsonl; (transfer full) */
char       *dc_card_journal_get_path (const char    *folder,
                                      const guint8   tablet[static 32],
                                      const DcId    *queue);
/* The records of @queue that stand in it whole, each line read and verified: a
 * set of DcId, empty where there is no file. (transfer full) */
GHashTable *dc_card_journal_read     (const char    *path,
                                      const DcId    *queue,
                                      GError       **error);
/* Appends @records (element-type DcRecord). TRUE: all of them are on the card,
 * synced. On failure the file is cut to what it was, where that can be done.
 * A line that was torn before is ended first, so that it stays alone. */
gboolean    dc_card_journal_append   (const char    *path,
                                      GPtrArray     *records,
                                      GError       **error);

G_END_DECLS
