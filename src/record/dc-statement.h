/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-clock.h"
#include "dc-delivery.h"
#include "dc-record.h"
#include "dc-state.h"
#include "dc-tablet-key.h"

G_BEGIN_DECLS

/* Records that are alike, counted. */
typedef struct
{
  DcKind      kind;
  DcState     state;
  gboolean    taken_back;     /* undone by a withdrawal that travels behind it */
  char        shift[65];      /* "" where none; "*" where several were joined */
  char        currency[4];    /* "" where there is no amount (withdrawals, tombstones) */
  DcFrequency frequency;      /* where there is an amount */
  gint64      count;          /* from 1 */
  gint64      sum;            /* minor units; the largest number stands for more, too */
} DcStatementRow;

/* What the coordinator set and checked on the tablet. Plain. */
typedef struct
{
  char   event[256];     /* "" where it has no name, else one line of UTF-8 */
  char   place[256];
  gint64 ready_s;        /* when the last check was, since 1970 in UTC; 0: never */
  char   ready[33];      /* what was found, a letter each: g(ood), a(mber), r(ed); "": never */
} DcStatementStall;

#define DC_STATEMENT_MAX_ROWS 1500
#define DC_STATEMENT_MAX_LINE (512 * 1024)
#define DC_STATEMENT_CONTEXT  "daily-cup/statement/1\n"

/**
 * DcStatement:
 *
 * What a tablet says it has taken and what became of it, signed by the tablet
 * and left at the destination with each run: the office holds it against what
 * it has. taken = waiting + delivered + receipted + refused + withdrawn, over
 * the rows of pledges. No donor in it. EXCHANGE.md is the definition. A plain
 * structure that owns its rows.
 */
typedef struct
{
  DcOrigin      origin;
  guint8        pack[32];
  gint64        number;        /* per queue, rises with each statement */
  DcStamp       time;          /* decides nothing */
  gint64        max_seq;       /* 0 where nothing was ever sealed */
  guint         set_aside;     /* queues that this tablet had to set aside */
  gint64        codes_shown;
  DcStatementStall stall;
  GArray       *rows;          /* (owned) of DcStatementRow */
} DcStatement;

DcStatement *dc_statement_new       (void);
void         dc_statement_free      (DcStatement   *self);
/* The file: one line, {"statement":"<base64>","signature":"<base64>"}. @key is
 * that of origin.tablet. No two rows may be alike in all but their numbers.
 * Too many rows: the shifts with the fewest records are joined, in @self, until
 * they fit. (transfer full) */
GBytes      *dc_statement_to_line   (DcStatement   *self,
                                     DcTabletKey   *key);
/* Reads it and verifies that the tablet which it names signed it. Whether it is
 * one that is known is for the caller to say. DC_RECORD_ERROR. (transfer full) */
DcStatement *dc_statement_from_line (GBytes        *line,
                                     GError       **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcStatement, dc_statement_free)

G_END_DECLS
