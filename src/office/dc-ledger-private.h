/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <sqlite3.h>

#include "dc-ledger.h"

G_BEGIN_DECLS

/* For the files of DcLedger alone. */

struct _DcLedger
{
  sqlite3   *handle;       /* (owned) */
  DcTablets *tablets;      /* (owned) SQL asks it as enrolled (tablet) */
  gboolean   in_transaction;
};

/* A statement for one use, with its values bound by letter: i gint64,
 * t text (nullable), d an id (DcId *), h 32 bytes, s 64 bytes, b GBytes. NULL: @error is
 * set. The pointers must stay until it is finished. */
sqlite3_stmt *dc_ledger_query (DcLedger    *self,
                               GError     **error,
                               const char  *sql,
                               const char  *types,
                               ...);
/* TRUE: a row. FALSE: the end, or an error, which is set. */
gboolean      dc_ledger_step  (DcLedger      *self,
                               sqlite3_stmt  *query,
                               GError       **error);
/* Runs one that gives no rows, and finishes it (nullable). */
gboolean      dc_ledger_run   (DcLedger      *self,
                               sqlite3_stmt  *query,
                               GError       **error);
/* Copies a column of exactly @size bytes. */
gboolean      dc_ledger_column (sqlite3_stmt  *query,
                                int            column,
                                void          *target,
                                gsize          size);
/* (transfer full) (nullable) */
GBytes       *dc_ledger_column_bytes (sqlite3_stmt *query,
                                      int           column);
gboolean      dc_ledger_damaged (GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
