/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Looks into a write-ahead log before SQLite does. To SQLite the log ends at
 * the first frame that does not add up, as the last commit does that a power
 * cut tore. Where a byte changed in the midst of it, all commits after it
 * would go without a word. */

/* Whether the log @data ends before its end: at least two commits of its
 * present round lie behind the first frame that does not add up. One alone can
 * be the one that a power cut tore; the first of two was synced. Any bytes are
 * taken; what is no log has lost nothing. Pure. */
gboolean dc_journal_has_lost (const guint8  *data,
                              gsize          size);

/* DC_STORE_ERROR_DAMAGED where the log at @path has; a log that cannot be read
 * is an error, one that is not there is whole. Any thread; blocks. */
gboolean dc_journal_check    (const char    *path,
                              GError       **error);

G_END_DECLS
