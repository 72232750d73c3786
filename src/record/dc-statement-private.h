/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-statement.h"

G_BEGIN_DECLS

/* For dc-statement*.c alone. */

enum { DC_STATEMENT_JSON, DC_STATEMENT_SIGNATURE, DC_STATEMENT_N_PARTS };

extern const char * const dc_statement_parts[];

#define DC_STATEMENT_SEVERAL       "*"   /* a shift's name has no such character */
#define DC_STATEMENT_MAX_SET_ASIDE G_MAXINT32
#define DC_STATEMENT_LAST_S        G_GINT64_CONSTANT (253370764799)   /* the year 9998 ends */

/* The first field that is not as EXCHANGE.md says; NULL where all are. */
const char *dc_statement_row_fault (const DcStatementRow *row);
const char *dc_statement_stall_fault (const DcStatementStall *stall);
/* For a GHashTable: all but the numbers. */
guint       dc_statement_row_hash  (gconstpointer         row);
gboolean    dc_statement_row_alike (gconstpointer         a,
                                    gconstpointer         b);
gboolean    dc_statement_has_alike (GArray               *rows);

G_END_DECLS
