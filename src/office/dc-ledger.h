/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination.h"
#include "dc-receipt.h"
#include "dc-record.h"
#include "dc-statement.h"

G_BEGIN_DECLS

#define DC_LEDGER_FILE "ledger.db"

#define DC_LEDGER_ERROR (dc_ledger_error_quark ())
GQuark dc_ledger_error_quark (void);

typedef enum
{
  DC_LEDGER_ERROR_FAILED,     /* SQLite said why: the disk, no room, in use by another */
  DC_LEDGER_ERROR_NOT_OURS,   /* another program's file, or of a later version */
  DC_LEDGER_ERROR_DAMAGED,
} DcLedgerError;

/**
 * DcLedger:
 *
 * What the office has: ledger.db in its folder (sql/0001-ledger.sql). Sealed
 * bytes, and of each record what its envelope says; never what a donor typed.
 * Owns one SQLite connection, which is durable (WAL, synchronous=FULL) and
 * overwrites what it deletes. Another program of the office that has it open
 * is waited for, five seconds. Main thread. Errors are of DC_LEDGER_ERROR.
 */
typedef struct _DcLedger DcLedger;

/* Makes the folder and the ledger where they are not there, and brings one of
 * an earlier version to this one. (transfer full) */
DcLedger *dc_ledger_open     (const char  *folder,
                              GError     **error);
void      dc_ledger_free     (DcLedger    *self);
/* One transaction at a time; what is not committed when @self goes is undone. */
gboolean  dc_ledger_begin    (DcLedger    *self,
                              GError     **error);
gboolean  dc_ledger_commit   (DcLedger    *self,
                              GError     **error);
void      dc_ledger_undo     (DcLedger    *self);
/* After something was erased: leaves no byte of it in the journal. */
gboolean  dc_ledger_cut      (DcLedger    *self,
                              GError     **error);

typedef enum
{
  DC_LEDGER_NEW,
  DC_LEDGER_SAME,      /* this very record is there */
  DC_LEDGER_DIFFERS,   /* kept; another one with its id is there too */
  DC_LEDGER_ERASED,    /* asked to be forgotten: nothing but its number is kept */
} DcLedgerTaken;

/* @day: today, "2026-12-18". */
gboolean  dc_ledger_take            (DcLedger       *self,
                                     DcRecord       *record,
                                     const char     *day,
                                     DcLedgerTaken  *taken,
                                     GError        **error);
/* A statement that was verified. @is_new: its bytes were not there. */
gboolean  dc_ledger_take_statement  (DcLedger           *self,
                                     const DcStatement  *statement,
                                     GBytes             *line,
                                     gboolean           *is_new,
                                     GError            **error);

/* One row. Valid during the call that it is handed to. */
typedef struct
{
  gint64      number;
  DcId        id;
  guint8      sealed_sha256[32];
  DcOrigin    origin;
  gint64      seq;
  const char *kind;
  const char *day;
  const char *collected;
  const char *opened;        /* (nullable) a day */
  const char *reference;     /* (nullable) */
  gint64      receipt;       /* 0: none */
  gint64      exported;      /* 0: not yet */
  const char *gone;          /* (nullable) why there are no bytes */
  DcRecord   *record;        /* (nullable) verified anew; NULL where it is gone */
} DcLedgerRow;

/* FALSE with @error set ends it. */
typedef gboolean (*DcLedgerFunc) (const DcLedgerRow  *row,
                                  gpointer            data,
                                  GError            **error);

/* Of what is asked for; all zero is everything. */
typedef struct
{
  const char *campaign;      /* (nullable) */
  const char *day;           /* (nullable) */
  const char *reference;     /* (nullable) */
  const DcId *id;            /* (nullable) it, and what is about it */
  gboolean    no_receipt;    /* only those without */
} DcLedgerFilter;

/* In the order of tablet, queue and number. @func must not change the ledger.
 * DC_LEDGER_ERROR_DAMAGED: a row is not what was put there. */
gboolean  dc_ledger_each            (DcLedger              *self,
                                     const DcLedgerFilter  *filter,
                                     DcLedgerFunc           func,
                                     gpointer               data,
                                     GError               **error);
/* Records with these bytes or none, by number. */
gboolean  dc_ledger_count           (DcLedger    *self,
                                     gint64      *n_records,
                                     gint64      *n_gone,
                                     GError     **error);
/* A key opened it: @reference (nullable) is what it says. */
gboolean  dc_ledger_mark_opened     (DcLedger    *self,
                                     gint64       number,
                                     const char  *reference,
                                     const char  *day,
                                     GError     **error);

/* Begins an export of the day; dc_ledger_mark_exported () says what is in it. */
gboolean  dc_ledger_add_export      (DcLedger    *self,
                                     const char  *day,
                                     gint64      *export,
                                     GError     **error);
gboolean  dc_ledger_mark_exported   (DcLedger    *self,
                                     const DcId  *id,
                                     gint64       export,
                                     GError     **error);

/* Keeps a receipt of the records @numbers (element-type gint64). */
gboolean  dc_ledger_add_receipt     (DcLedger        *self,
                                     const DcOrigin  *origin,
                                     GBytes          *line,
                                     GArray          *numbers,
                                     GError         **error);
/* Those that do not lie at this destination, in this life of it. */
typedef struct
{
  gint64    number;
  DcOrigin  origin;
  GBytes   *line;      /* (owned) */
} DcLedgerReceipt;

/* (transfer full) (element-type DcLedgerReceipt) */
GPtrArray *dc_ledger_list_receipts  (DcLedger                     *self,
                                     const DcDestinationIdentity  *place,
                                     GError                      **error);
gboolean   dc_ledger_mark_receipt   (DcLedger                     *self,
                                     gint64                        number,
                                     const DcDestinationIdentity  *place,
                                     GError                      **error);

/* Ends the bytes of a record; @why: "erased", "kept-long-enough", "decided".
 * "erased" puts it on the list of those that never come back. */
gboolean  dc_ledger_erase           (DcLedger           *self,
                                     const DcLedgerRow  *row,
                                     const char         *why,
                                     const char         *day,
                                     GError            **error);
gboolean  dc_ledger_add_deletion    (DcLedger    *self,
                                     const char  *day,
                                     const char  *what,
                                     guint        count,
                                     const char  *why,
                                     GError     **error);

/* What a queue's latest statement says; (transfer full) (element-type
 * DcStatement), one a queue. */
GPtrArray *dc_ledger_list_statements (DcLedger    *self,
                                      GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcLedger, dc_ledger_free)

G_END_DECLS
