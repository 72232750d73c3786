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

/* Adds a row to @list; FALSE: @error is set, and no further row is read. */
typedef gboolean (*DcLedgerAddRow) (sqlite3_stmt  *query,
                                    gpointer       list,
                                    GError       **error);

/* All rows of @query, which it owns (nullable: @error is set). */
gboolean      dc_ledger_add_rows (DcLedger        *self,
                                  sqlite3_stmt    *query,
                                  DcLedgerAddRow   add,
                                  gpointer         list,
                                  GError         **error);
/* A DcLedgerAddRow: the text of the first column, to a GPtrArray. */
gboolean      dc_ledger_add_text (sqlite3_stmt    *query,
                                  gpointer         list,
                                  GError         **error);

/* Whether the donor of the record r took it back. By the id, says the plus: by the
 * queue, all of it would be looked through for each record. */
#define DC_LEDGER_WITHDRAWN \
  "EXISTS (SELECT 1 FROM record AS w WHERE w.about = r.id AND w.kind = 'withdrawal' " \
  "AND +w.tablet = r.tablet AND +w.queue = r.queue)"
/* What goes of a record, by "UPDATE record SET gone = ?". */
#define DC_LEDGER_FORGET "envelope = NULL, signature = NULL, sealed = NULL, reference = NULL "

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS
