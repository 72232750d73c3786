/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-clock.h"
#include "dc-pledge.h"
#include "dc-receipt.h"
#include "dc-record.h"
#include "dc-sealer.h"
#include "dc-state.h"
#include "dc-statement.h"
#include "dc-store-error.h"
#include "dc-tally.h"

G_BEGIN_DECLS

/**
 * DcQueue:
 *
 * The pledges on this tablet. Owns a directory with one SQLite database, one
 * connection and one worker thread; every function here is called on the main
 * thread and calls back on its main context, in the order of the calls. Sealed
 * bytes only: no plaintext of a donor reaches SQLite.
 *
 * The directory's parent (the state directory) also holds the lock that makes
 * a second start fail, and the queues that were set aside.
 *
 * Errors are of DC_STORE_ERROR. After IO or DAMAGED the queue has closed
 * itself, and every call is CLOSED until dc_queue_open_async () has checked
 * what is truly on the disk. A queue that is dropped closes.
 */
#define DC_TYPE_QUEUE (dc_queue_get_type ())
G_DECLARE_FINAL_TYPE (DcQueue, dc_queue, DC, QUEUE, GObject)

/* @state_directory is made (0700) where it does not exist. */
DcQueue *dc_queue_new           (const char           *state_directory);
/* (nullable) until it was opened; random, made with the database. */
const DcId *dc_queue_get_id     (DcQueue              *self);

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
 * the same id twice is the same as saving it once; but an id that was
 * withdrawn since is DC_STORE_ERROR_TRANSITION. @kind: a pledge, practice or a
 * drill. On DC_STORE_ERROR_FULL nothing was stored. */
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
 * withdrawal. Withdrawing twice succeeds and makes one withdrawal. @day: today,
 * in the pack's zone. */
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

/* @shift (nullable): whose promises are counted by themselves too. */
void     dc_queue_tally_async   (DcQueue              *self,
                                 const char           *day,
                                 const char           *shift,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
DcTally *dc_queue_tally_finish  (DcQueue              *self,
                                 GAsyncResult         *result,
                                 GError              **error);

/* Whether a pledge could be stored now. The kiosk asks before a donor types,
 * so it costs a look at the free space, and only where little is left or the
 * last write failed a small row that is written and synced. */
void     dc_queue_probe_async   (DcQueue              *self,
                                 GAsyncReadyCallback   callback,
                                 gpointer              user_data);
gboolean dc_queue_probe_finish  (DcQueue              *self,
                                 GAsyncResult         *result,
                                 GError              **error);

/* A run begins with destination @id in its life @epoch. Where it is known with
 * another epoch, it has lost what it had: its deliveries are forgotten, and
 * records that no other destination has wait again. @everything: the same by
 * hand. Commits; says how many records and bytes (of their lines) are to be
 * offered to it. */
void     dc_queue_begin_run_async  (DcQueue              *self,
                                    const DcId           *id,
                                    const DcId           *epoch,
                                    gboolean              everything,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean dc_queue_begin_run_finish (DcQueue              *self,
                                    GAsyncResult         *result,
                                    gboolean             *new_epoch,
                                    guint                *n_records,
                                    guint64              *n_bytes,
                                    GError              **error);

/* The oldest records of any kind with a number above @after that destination
 * @id has not, is to have, and that are not refused: whole, marked as about to
 * leave and that mark committed, before this returns. At most @limit, and no
 * more than @max_bytes of lines but for the first. None: there are no more. Not
 * @held (nullable), whose donor may still undo it. A withdrawal not before the
 * record that it is about, unless that one is refused. A record whose bytes the
 * disk has changed is not among them: it is refused, as DC_REFUSAL_DAMAGED.
 * DC_STORE_ERROR_NOT_FOUND where no run has begun with @id. @known (nullable):
 * what dc_queue_read_ahead_async () gave; which of it goes is decided now, and one
 * whose bytes are still the very same is not verified again.
 * (transfer container) (element-type DcRecord) */
void       dc_queue_offer_async  (DcQueue             *self,
                                  const DcId          *id,
                                  gint64               after,
                                  const DcId          *held,
                                  guint                limit,
                                  gsize                max_bytes,
                                  GPtrArray           *known,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
GPtrArray *dc_queue_offer_finish (DcQueue             *self,
                                  GAsyncResult        *result,
                                  GError             **error);

/* Reads and verifies what an offer behind @after might give, while there is time
 * for it. Changes nothing: none of these may leave by it.
 * (transfer container) (element-type DcRecord) */
void       dc_queue_read_ahead_async  (DcQueue             *self,
                                       const DcId          *id,
                                       gint64               after,
                                       guint                limit,
                                       gsize                max_bytes,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data);
GPtrArray *dc_queue_read_ahead_finish (DcQueue             *self,
                                       GAsyncResult        *result,
                                       GError             **error);

/* Reasons that are this program's own words; any other is the destination's. */
#define DC_REFUSAL_DAMAGED     "damaged"       /* the disk has changed it: it is never sent */
#define DC_REFUSAL_DIFFERS     "differs"       /* another record with its id is there */
#define DC_REFUSAL_UNEXPLAINED "no reason"     /* none was given */
#define DC_REFUSAL_UNANSWERED  "no answer"     /* to it, each time, and to others there was one */

/* Verdicts (element-type DcDelivery, not changed any more) of destination @id:
 * new and same are delivered to it, refused and differs are refused with a
 * reason, wherever else they are; retry changes nothing. Passed over is what
 * never left, is refused, receipted, undone or unknown: a destination cannot
 * prove that. @n_delivered: to it, and not before. One transaction. */
void     dc_queue_deliver_async  (DcQueue              *self,
                                  const DcId           *id,
                                  GPtrArray            *deliveries,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean dc_queue_deliver_finish (DcQueue              *self,
                                  GAsyncResult         *result,
                                  guint                *n_delivered,
                                  guint                *n_refused,
                                  GError              **error);

/* Whose records are here of which the office has not signed for all: each campaign
 * that this tablet was lent to and that is not at its end yet. Those with the
 * latest records first, at most @limit. (transfer full) (element-type DcOrigin) */
void       dc_queue_origins_async  (DcQueue             *self,
                                    guint                limit,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
GPtrArray *dc_queue_origins_finish (DcQueue             *self,
                                    GAsyncResult        *result,
                                    GError             **error);

/* Receipts (element-type DcReceipt, verified): each entry whose id and hash are
 * exactly those of a record here makes it receipted; any other does nothing and is
 * counted in @n_strange where the id is here and the hash is another. One
 * transaction for all. The purge is a call of its own. */
void     dc_queue_receipt_async  (DcQueue              *self,
                                  GPtrArray            *receipts,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean dc_queue_receipt_finish (DcQueue              *self,
                                  GAsyncResult         *result,
                                  guint                *n_receipted,
                                  guint                *n_strange,
                                  GError              **error);

/* One record that needs attention. Owned by its array. */
typedef struct
{
  DcId     id;
  gint64   seq;
  DcKind   kind;
  char    *day;         /* (owned) */
  gboolean has_amount;
  DcMoney  amount;
  char    *reason;      /* (owned) */
} DcRefusal;

/* (transfer full) (element-type DcRefusal), oldest first, at most @limit */
void       dc_queue_refusals_async  (DcQueue             *self,
                                     guint                limit,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data);
GPtrArray *dc_queue_refusals_finish (DcQueue             *self,
                                     GAsyncResult        *result,
                                     GError             **error);
/* Refused records wait again: one, or all where @id is NULL. A damaged one
 * stays refused. Says how many. */
void     dc_queue_retry_async  (DcQueue              *self,
                                const DcId           *id,
                                GAsyncReadyCallback   callback,
                                gpointer              user_data);
gboolean dc_queue_retry_finish (DcQueue              *self,
                                GAsyncResult         *result,
                                guint                *n_records,
                                GError              **error);

/* What this tablet would state now, with the next number, which is committed.
 * The caller fills in origin.campaign, origin.tablet, pack and time.
 * (transfer full) */
void         dc_queue_statement_async  (DcQueue              *self,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
DcStatement *dc_queue_statement_finish (DcQueue              *self,
                                        GAsyncResult         *result,
                                        GError              **error);

/* A run ended well with destination @id at @at (for people: decides nothing). */
void     dc_queue_end_run_async  (DcQueue              *self,
                                  const DcId           *id,
                                  const DcStamp        *at,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean dc_queue_end_run_finish (DcQueue              *self,
                                  GAsyncResult         *result,
                                  GError              **error);

/* For the second copy: records of any kind that do not stand in it and have a
 * number above @after, oldest first, at most @limit, whole, marked as about to
 * leave and that mark committed. Not @held (nullable), whose donor may still
 * undo it, nor what is undone. (transfer container) (element-type DcRecord) */
void       dc_queue_take_copies_async  (DcQueue             *self,
                                        gint64               after,
                                        const DcId          *held,
                                        guint                limit,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
GPtrArray *dc_queue_take_copies_finish (DcQueue             *self,
                                        GAsyncResult        *result,
                                        GError             **error);
/* @records (element-type DcRecord) stand in the second copy. */
void       dc_queue_mark_copied_async  (DcQueue             *self,
                                        GPtrArray           *records,
                                        GAsyncReadyCallback  callback,
                                        gpointer             user_data);
gboolean   dc_queue_mark_copied_finish (DcQueue             *self,
                                        GAsyncResult        *result,
                                        GError             **error);
/* @ids (element-type DcId DcId), and no others, stand in the second copy: what
 * was marked and is not among them is to be copied again. @ids is not changed
 * any more. */
void       dc_queue_compare_copies_async  (DcQueue             *self,
                                           GHashTable          *ids,
                                           GAsyncReadyCallback  callback,
                                           gpointer             user_data);
gboolean   dc_queue_compare_copies_finish (DcQueue             *self,
                                           GAsyncResult        *result,
                                           GError             **error);

/* Moves one record along the table of transitions; anything else is
 * DC_STORE_ERROR_TRANSITION. @reason: why it was refused, at most 512 bytes of
 * UTF-8, else NULL. @receipt: the receipt's exact bytes, at most 64 KiB, else
 * NULL. A reason or receipt where none belongs, or none where one does, is
 * DC_STORE_ERROR_FAILED. To DC_STATE_WITHDRAWN only a record that was never
 * offered can move, and loses its bytes. */
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
