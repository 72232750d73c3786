/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-ledger.h"

G_BEGIN_DECLS

/* What is in the ledger. Errors are of DC_LEDGER_ERROR. */

/* One record. What it points to is valid during the call that it is handed to. */
typedef struct
{
  gint64        number;            /* of the row: the ledger's own */
  DcId          id;
  DcId          about;             /* only where has_about */
  gboolean      has_about;
  guint8        sealed_sha256[32];
  DcOrigin      origin;
  gint64        seq;
  DcKind        kind;
  const char   *day;               /* of the pledge, as its envelope says */
  const char   *collected;         /* the day on which it came */
  const char   *opened;            /* (nullable) a day */
  const char   *reference;         /* (nullable) known once it was opened */
  gint64        receipt;           /* 0: none */
  gint64        exported;          /* the latest export that it was in; 0: none */

  /* As things are now: */
  gboolean      foreign;           /* of a tablet that is not enrolled */
  gboolean      conflict;          /* another record of an enrolled tablet has its id: use neither */
  gboolean      withdrawn;         /* a withdrawal of the same tablet and queue is about it */

  const char   *gone;              /* (nullable) DC_LEDGER_GONE_…: there are no bytes */
  const GError *damage;            /* (nullable) its bytes are not those that came; DC_RECORD_ERROR */
  DcRecord     *record;            /* (nullable) verified anew; NULL where gone, damaged, or not asked for */
} DcLedgerRow;

/* FALSE with @error set ends it. */
typedef gboolean (*DcLedgerFunc) (const DcLedgerRow  *row,
                                  gpointer            data,
                                  GError            **error);

/* What is asked for, all of it at once; all zero is everything. */
typedef struct
{
  const char     *campaign;      /* (nullable) */
  const char     *day;           /* (nullable) */
  const char     *reference;     /* (nullable) */
  const DcId     *id;            /* (nullable) it, and what is about it */
  const DcOrigin *origin;        /* (nullable) */
  gboolean        no_receipt;    /* only those without */
  gboolean        not_exported;  /* only those that no export had */
  gboolean        marks_only;    /* spares reading and verifying the bytes: no record */
} DcLedgerFilter;

/* In the order of tablet, queue, campaign and number. @func must not change
 * the ledger. One that is damaged keeps no other back. DC_LEDGER_ERROR_DAMAGED:
 * a row's own columns are not as they were written. */
gboolean   dc_ledger_each            (DcLedger              *self,
                                      const DcLedgerFilter  *filter,
                                      DcLedgerFunc           func,
                                      gpointer               data,
                                      GError               **error);
/* Records of which there are bytes, and those of which there are none. */
gboolean   dc_ledger_count           (DcLedger    *self,
                                      gint64      *n_records,
                                      gint64      *n_gone,
                                      GError     **error);

/* Numbers of a queue that no record here bears, up to the last one here. Some
 * of them nobody will ever see: what a donor undid before it left. */
typedef struct
{
  guint8 tablet[32];
  DcId   queue;
  gint64 first;
  gint64 last;
} DcLedgerGap;

/* Of enrolled tablets. (transfer full) (element-type DcLedgerGap) */
GArray    *dc_ledger_list_gaps       (DcLedger    *self,
                                      GError     **error);

/* A place in a queue that two records claim, or (seq 0) a queue that two
 * tablets claim: a tablet was copied, or its key is in two hands. */
typedef struct
{
  guint8 tablet[32];
  DcId   queue;
  gint64 seq;
} DcLedgerTwin;

/* Of enrolled tablets. (transfer full) (element-type DcLedgerTwin) */
GArray    *dc_ledger_list_twins      (DcLedger    *self,
                                      GError     **error);

/* Where a record was found, all places that are known. (transfer full)
 * (element-type utf8) */
GPtrArray *dc_ledger_list_places     (DcLedger    *self,
                                      gint64       number,
                                      GError     **error);
/* The exports that a record was in, "2026-12-18 FILE", or the day alone where it
 * went to no file. (transfer full) (element-type utf8) */
GPtrArray *dc_ledger_list_exports    (DcLedger    *self,
                                      gint64       number,
                                      GError     **error);

/* A receipt that the office signed. */
typedef struct
{
  gint64    number;
  DcOrigin  origin;
  GBytes   *line;      /* (owned) */
} DcLedgerReceipt;

/* Those that do not lie at this destination, in this life of it.
 * (transfer full) (element-type DcLedgerReceipt) */
GPtrArray *dc_ledger_list_receipts   (DcLedger                     *self,
                                      const DcDestinationIdentity  *place,
                                      GError                      **error);

/* The latest statement of each queue and campaign, of enrolled tablets.
 * (transfer full) (element-type DcStatement) */
GPtrArray *dc_ledger_list_statements (DcLedger    *self,
                                      GError     **error);

G_END_DECLS
