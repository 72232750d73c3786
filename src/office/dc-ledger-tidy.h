/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-ledger.h"

G_BEGIN_DECLS

/* What of the ledger's, and of what it knows elsewhere, may go when its time is
 * over, and the record of how it went. Errors are of DC_LEDGER_ERROR. */

/* Whether a record may be deleted: it is here, its tablet may erase it too, and
 * whoever needs to know of it does. */
typedef enum
{
  DC_STANDING_MAY_GO,
  DC_STANDING_ABSENT,         /* this very record never came */
  DC_STANDING_FOREIGN,        /* of a tablet that is not enrolled */
  DC_STANDING_NO_RECEIPT,
  DC_STANDING_NOT_EXPORTED,   /* a pledge or a correction that was not taken back */
  DC_N_STANDINGS
} DcStanding;

/* @unexported: those too that no export had. */
gboolean   dc_ledger_stand         (DcLedger      *self,
                                    DcRecord      *record,
                                    gboolean       unexported,
                                    DcStanding    *standing,
                                    GError       **error);

#define DC_DAY_SIZE 11   /* "2026-12-18" */

typedef struct
{
  gint64 n_records;
  char   first_day[DC_DAY_SIZE];   /* of the oldest; "" where there is none */
  char   last_day[DC_DAY_SIZE];
} DcLedgerOld;

/* Of a campaign's records up to a day, those of which there are bytes, by how
 * they stand. */
gboolean   dc_ledger_count_old     (DcLedger      *self,
                                    const char    *campaign,
                                    const char    *until,
                                    gboolean       unexported,
                                    DcLedgerOld    old[DC_N_STANDINGS],
                                    GError       **error);
/* Ends the bytes of those that may go (DC_LEDGER_GONE_OLD). In a transaction. */
gboolean   dc_ledger_erase_old     (DcLedger      *self,
                                    const char    *campaign,
                                    const char    *until,
                                    gboolean       unexported,
                                    GError       **error);
/* No record is there any more, so nobody is sent there. */
gboolean   dc_ledger_forget_place  (DcLedger      *self,
                                    const char    *name,
                                    GError       **error);
/* The exports that had a record of a campaign up to a day, as
 * dc_ledger_list_exports (). (transfer full) (element-type utf8) */
GPtrArray *dc_ledger_list_old_exports (DcLedger    *self,
                                       const char  *campaign,
                                       const char  *until,
                                       GError     **error);

/* A run that deletes, which may be cut off and continued by the next. */
typedef struct
{
  gint64  number;      /* 0: there is none */
  char   *day;         /* (owned) on which it began */
  char   *rule;        /* (owned) */
} DcLedgerTidying;

/* One thing of it. */
typedef struct
{
  char        *place;    /* (owned) */
  char        *thing;    /* (owned) */
  DcLedgerOld  old;
  char        *state;    /* (owned) DC_TIDIED_… */
} DcLedgerTidied;

#define DC_TIDIED_BEGUN   "begun"      /* decided; nobody knows how far it came */
#define DC_TIDIED_DELETED "deleted"
#define DC_TIDIED_MISSING "missing"    /* not there after a run that was cut off */

void       dc_ledger_tidying_clear (DcLedgerTidying  *self);
/* The one of this campaign that was cut off; number 0 where there is none. */
gboolean   dc_ledger_find_tidying  (DcLedger         *self,
                                    const char       *campaign,
                                    DcLedgerTidying  *tidying,
                                    GError          **error);
gboolean   dc_ledger_add_tidying   (DcLedger         *self,
                                    const char       *campaign,
                                    const char       *day,
                                    const char       *rule,
                                    DcLedgerTidying  *tidying,
                                    GError          **error);
/* Or, where it is among them, says that it is otherwise now. */
gboolean   dc_ledger_add_tidied    (DcLedger           *self,
                                    gint64              tidying,
                                    const char         *place,
                                    const char         *thing,
                                    const DcLedgerOld  *old,
                                    const char         *state,
                                    GError            **error);
gboolean   dc_ledger_mark_tidied   (DcLedger    *self,
                                    gint64       tidying,
                                    const char  *place,
                                    const char  *thing,
                                    const char  *state,
                                    GError     **error);
/* It was not deleted after all. */
gboolean   dc_ledger_drop_tidied   (DcLedger    *self,
                                    gint64       tidying,
                                    const char  *place,
                                    const char  *thing,
                                    GError     **error);
/* By place and thing. (transfer full) (element-type DcLedgerTidied) */
GPtrArray *dc_ledger_list_tidied   (DcLedger    *self,
                                    gint64       tidying,
                                    GError     **error);
/* Where nothing of it is left begun. */
gboolean   dc_ledger_finish_tidying (DcLedger    *self,
                                     gint64       tidying,
                                     const char  *day,
                                     GError     **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DcLedgerTidying, dc_ledger_tidying_clear)

G_END_DECLS
