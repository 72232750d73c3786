/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-postgresql-connection.h"

G_BEGIN_DECLS

/* The calls of DcDestination that take out and tidy up. */

gboolean dc_postgresql_put_note     (DcPostgresqlConnection  *connection,
                                     DcNote                   note,
                                     const DcOrigin          *origin,
                                     GBytes                  *line,
                                     DcTransfer              *transfer,
                                     GError                 **error);
gboolean dc_postgresql_read_notes   (DcPostgresqlConnection  *connection,
                                     DcNote                   note,
                                     const DcOrigin          *origin,
                                     DcTransfer              *transfer,
                                     DcDestinationFound       found,
                                     gpointer                 data,
                                     GError                 **error);
gboolean dc_postgresql_read_bundles (DcPostgresqlConnection  *connection,
                                     DcTransfer              *transfer,
                                     DcDestinationFound       found,
                                     gpointer                 data,
                                     GError                 **error);
/* @place is "record/12", "statement/12" or "receipt/12". */
gboolean dc_postgresql_remove       (DcPostgresqlConnection  *connection,
                                     const char              *place,
                                     DcTransfer              *transfer,
                                     GError                 **error);

/* A column that holds an int8 above @after; FALSE where it does not. */
gboolean dc_postgresql_read_number  (const PGresult          *answer,
                                     int                      row,
                                     int                      column,
                                     gint64                   after,
                                     gint64                  *number);
/* The bundles that the rows @from to before @to make, each up to the size of a
 * bundle: one in all but odd cases. Rows that are no record are given as they
 * are, a line each. FALSE: @found has had enough. Rows are batch, envelope,
 * signature, sealed. */
gboolean dc_postgresql_tell_batch   (const PGresult          *answer,
                                     int                      from,
                                     int                      to,
                                     const char              *place,
                                     DcDestinationFound       found,
                                     gpointer                 data);

G_END_DECLS
