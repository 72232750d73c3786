/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination.h"
#include "dc-receipt.h"
#include "dc-record.h"
#include "dc-statement.h"
#include "dc-tablets.h"

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
 * What the office has: ledger.db in its folder (LEDGER.md). Sealed
 * bytes, and of each record what its envelope says; never what a donor typed.
 * Owns one SQLite connection, which is durable (WAL, synchronous=FULL) and
 * overwrites what it deletes. Another program of the office that has it open
 * is waited for, five seconds. Main thread. Errors are of DC_LEDGER_ERROR.
 *
 * Here is what changes it; dc-ledger-read.h has what is read out of it,
 * dc-ledger-tidy.h what ends when its time is over.
 */
typedef struct _DcLedger DcLedger;

/* Makes the folder and the ledger where they are not there. Which tablets are
 * enrolled, tablets.ini in the same folder says, as it is now; its errors are
 * those of dc_tablets_load (). (transfer full) */
DcLedger  *dc_ledger_open        (const char  *folder,
                                  GError     **error);
void       dc_ledger_free        (DcLedger    *self);
/* (transfer none) */
DcTablets *dc_ledger_get_tablets (DcLedger    *self);
/* One transaction at a time; what is not committed when @self goes is undone. */
gboolean   dc_ledger_begin       (DcLedger    *self,
                                  GError     **error);
gboolean   dc_ledger_commit      (DcLedger    *self,
                                  GError     **error);
void       dc_ledger_undo        (DcLedger    *self);
/* After something was erased: leaves no byte of it in the journal. */
gboolean   dc_ledger_cut         (DcLedger    *self,
                                  GError     **error);
/* The same, and gives the room back. Outside a transaction. */
gboolean   dc_ledger_shrink      (DcLedger    *self,
                                  GError     **error);

typedef enum
{
  DC_LEDGER_NEW,
  DC_LEDGER_SAME,      /* this very record is there */
  DC_LEDGER_DIFFERS,   /* kept; another one with its id is there too */
  DC_LEDGER_ERASED,    /* asked to be forgotten: only what its envelope says is kept */
} DcLedgerTaken;

/* @place (nullable): the file or the address where it was found, for people.
 * @day: today, "2026-12-18". */
gboolean  dc_ledger_take            (DcLedger       *self,
                                     DcRecord       *record,
                                     const char     *place,
                                     const char     *day,
                                     DcLedgerTaken  *taken,
                                     GError        **error);
/* A statement that was verified. @is_new: its bytes were not there. */
gboolean  dc_ledger_take_statement  (DcLedger           *self,
                                     const DcStatement  *statement,
                                     GBytes             *line,
                                     gboolean           *is_new,
                                     GError            **error);

/* A key opened it: @reference (nullable) is what it says. */
gboolean  dc_ledger_mark_opened     (DcLedger    *self,
                                     gint64       number,
                                     const char  *reference,
                                     const char  *day,
                                     GError     **error);

/* Begins an export of the day; @path (nullable) is where it is written.
 * dc_ledger_mark_exported () says which records are in it, each by its number. */
gboolean  dc_ledger_add_export      (DcLedger    *self,
                                     const char  *day,
                                     const char  *path,
                                     gint64      *export,
                                     GError     **error);
gboolean  dc_ledger_mark_exported   (DcLedger    *self,
                                     gint64       number,
                                     gint64       export,
                                     GError     **error);

/* Keeps a receipt of the records @numbers (element-type gint64). */
gboolean  dc_ledger_add_receipt     (DcLedger        *self,
                                     const DcOrigin  *origin,
                                     GBytes          *line,
                                     GArray          *numbers,
                                     GError         **error);
/* It lies at this destination, in this life of it. */
gboolean  dc_ledger_mark_receipt    (DcLedger                     *self,
                                     gint64                        number,
                                     const DcDestinationIdentity  *place,
                                     GError                      **error);

/* Why there are no bytes of a record any more. */
#define DC_LEDGER_GONE_ERASED  "erased"             /* the donor asked; never again */
#define DC_LEDGER_GONE_OLD     "kept-long-enough"
#define DC_LEDGER_GONE_DECIDED "decided"            /* a person chose the other of two with one id */

/* Ends the bytes of a record, and its reference. DC_LEDGER_GONE_ERASED puts it
 * on the list of those that never come back. */
gboolean  dc_ledger_erase           (DcLedger      *self,
                                     gint64         number,
                                     const char    *why,
                                     const char    *day,
                                     GError       **error);
/* Of what was deleted, how many and why; nothing that names anybody. */
gboolean  dc_ledger_add_deletion    (DcLedger    *self,
                                     const char  *day,
                                     const char  *what,
                                     guint        count,
                                     const char  *why,
                                     GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcLedger, dc_ledger_free)

G_END_DECLS
