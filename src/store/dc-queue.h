/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-clock.h"
#include "dc-pledge.h"
#include "dc-record.h"
#include "dc-sealer.h"

G_BEGIN_DECLS

/**
 * DcQueue:
 *
 * The pledges on this tablet. Owns a directory with one SQLite database, one
 * connection and one worker thread; every function here is called on the main
 * thread and calls back on its main context. Sealed bytes only: no plaintext
 * of a donor reaches SQLite.
 *
 * The directory's parent (the state directory) also holds the lock that makes
 * a second start fail, and the queues that were set aside.
 */
#define DC_TYPE_QUEUE (dc_queue_get_type ())
G_DECLARE_FINAL_TYPE (DcQueue, dc_queue, DC, QUEUE, GObject)

#define DC_STORE_ERROR (dc_store_error_quark ())
GQuark dc_store_error_quark (void);

typedef enum
{
  DC_STORE_ERROR_IN_USE,        /* another process has this queue */
  DC_STORE_ERROR_FULL,          /* the disk is full */
  DC_STORE_ERROR_IO,            /* the disk failed: close, reopen, check */
  DC_STORE_ERROR_DAMAGED,
  DC_STORE_ERROR_TRANSITION,    /* not a legal change of state */
  DC_STORE_ERROR_NOT_FOUND,
  DC_STORE_ERROR_SEAL,          /* the record could not be sealed */
  DC_STORE_ERROR_CLOSED,
  DC_STORE_ERROR_FAILED,
} DcStoreError;

typedef enum
{
  DC_STATE_WAITING,
  DC_STATE_DELIVERED,
  DC_STATE_REFUSED,
  DC_STATE_RECEIPTED,
  DC_STATE_WITHDRAWN,
  DC_N_STATES
} DcState;

const char *dc_state_to_string   (DcState     state);
gboolean    dc_state_from_string (const char *text,
                                  DcState    *state);
/* The one table of legal transitions. */
gboolean    dc_state_may_become  (DcState     from,
                                  DcState     to);

/* One line of sums: never monthly and once added together. */
typedef struct
{
  DcMoney     sum;
  DcFrequency frequency;
  guint       count;
} DcTallySum;

/**
 * DcTally:
 *
 * What the queue holds. taken = waiting + delivered + receipted + refused +
 * withdrawn, for pledges; practice and drill are counted apart. Owned by the
 * caller.
 */
typedef struct
{
  guint      taken;
  guint      by_state[DC_N_STATES];
  guint      practice;
  guint      drill;
  guint      taken_on_day;          /* on the day that was asked for, withdrawn ones left out */
  guint      withdrawn_on_day;
  GArray    *sums_on_day;           /* (owned) of DcTallySum, withdrawn ones left out */
  GArray    *sums;                  /* (owned) of DcTallySum, over all days */
  guint      codes_shown_on_day;
  guint      codes_shown;
  char      *oldest_waiting_day;    /* (owned) (nullable) */
  guint      set_aside;             /* queues set aside, in number */
  guint64    free_bytes;            /* on the queue's disk */
} DcTally;

void     dc_tally_free (DcTally *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTally, dc_tally_free)

/* @state_directory is made (0700) where it does not exist. */
DcQueue *dc_queue_new           (const char           *state_directory);

/* Locks, opens, migrates and checks. A database that is damaged or of a later
 * version is set aside with its whole directory and a new one is begun; that
 * is success, and @set_aside (optional) names where it went. */
void     dc_queue_open_async    (DcQueue              *self,
                                 GCancellable         *cancellable,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean dc_queue_open_finish   (DcQueue              *self,
                                 GAsyncResult         *result,
                                 char                **set_aside,
                                 GError              **error);
void     dc_queue_close_async   (DcQueue              *self,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean dc_queue_close_finish  (DcQueue              *self,
                                 GAsyncResult         *result,
                                 GError              **error);

/* Seals @pledge with the queue's next number and commits it. When this
 * succeeds the record is on disk: only then may a donor be thanked. Saving
 * the same id twice is the same as saving it once. */
void     dc_queue_save_async    (DcQueue              *self,
                                 DcKind                kind,
                                 DcPledge             *pledge,
                                 DcSealer             *sealer,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean dc_queue_save_finish   (DcQueue              *self,
                                 GAsyncResult         *result,
                                 GError              **error);

/* The donor says no. A record never offered loses its bytes in the same
 * transaction and leaves a tombstone; one that may have left gets a sealed
 * withdrawal. Withdrawing twice succeeds. */
void     dc_queue_withdraw_async  (DcQueue             *self,
                                   const DcId          *id,
                                   const char          *day,
                                   DcSealer            *sealer,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data);
gboolean dc_queue_withdraw_finish (DcQueue             *self,
                                   GAsyncResult        *result,
                                   GError             **error);

/* Counts one giving code shown on @day. */
void     dc_queue_count_code_async  (DcQueue             *self,
                                     const char          *day,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
gboolean dc_queue_count_code_finish (DcQueue             *self,
                                     GAsyncResult        *result,
                                     GError             **error);

void     dc_queue_tally_async   (DcQueue              *self,
                                 const char           *day,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
DcTally *dc_queue_tally_finish  (DcQueue              *self,
                                 GAsyncResult         *result,
                                 GError              **error);

/* Whether a pledge could be stored now: writes, syncs and rolls back a probe,
 * and looks at the free space. The kiosk asks before a donor types. */
void     dc_queue_probe_async   (DcQueue              *self,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean dc_queue_probe_finish  (DcQueue              *self,
                                 GAsyncResult         *result,
                                 GError              **error);

/* For a run: the oldest @limit waiting records, whole, marked as about to
 * leave and that mark committed, before this returns. (element-type DcRecord) */
void       dc_queue_offer_async  (DcQueue             *self,
                                  guint                limit,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
GPtrArray *dc_queue_offer_finish (DcQueue             *self,
                                  GAsyncResult        *result,
                                  GError             **error);

/* Moves one record along the table of transitions. @reason: why it was
 * refused, else NULL. @receipt: the receipt's exact bytes, else NULL. */
void     dc_queue_move_async    (DcQueue              *self,
                                 const DcId           *id,
                                 DcState               to,
                                 const char           *reason,
                                 GBytes               *receipt,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean dc_queue_move_finish   (DcQueue              *self,
                                 GAsyncResult         *result,
                                 GError              **error);

/* Erases the sealed bytes of every receipted record (id, amount, day and
 * receipt stay). Returns how many in @purged. */
void     dc_queue_purge_async   (DcQueue              *self,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean dc_queue_purge_finish  (DcQueue              *self,
                                 GAsyncResult         *result,
                                 guint                *purged,
                                 GError              **error);

G_END_DECLS
