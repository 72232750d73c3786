/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The sealed records of a tablet's database, damaged or not. The files are
 * only read: SQLite is given a copy in a private folder that is gone when this
 * returns. There is nothing in it but sealed bytes. */

typedef struct
{
  guint n_rows;         /* that could be read, those without bytes too */
  guint n_gone;         /* of these: withdrawn or purged, so there are no bytes */
  guint n_unreadable;   /* numbers that were given out and are not to be read */
  gboolean at_least;    /* the damage hides how many were given out */
} DcSalvage;

/* One record's bytes as they stand there, not verified; NULL where a column
 * holds something else. */
typedef void (*DcSalvageFunc) (gint64     seq,
                               GBytes    *envelope,
                               GBytes    *signature,
                               GBytes    *sealed,
                               gpointer   user_data);

/* @database: queue.db; its journals are found beside it. Row by row in their
 * order; where that breaks off, number by number. What could not be read is
 * counted in @salvage. FALSE, an error of G_IO_ERROR or G_FILE_ERROR that
 * names the file: nothing could be read at all. */
gboolean dc_salvage_read (const char     *database,
                          DcSalvageFunc   func,
                          gpointer        user_data,
                          DcSalvage      *salvage,
                          GError        **error);

G_END_DECLS
