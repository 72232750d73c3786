/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-queue.h"
#include "dc-test.h"

G_BEGIN_DECLS

/* A queue in a folder of its own, a sealer with two real recipients, and each
 * call of DcQueue as one that waits. */

#define DC_STORE_TEST_DAY "2026-12-18"
/* Two journals, as the real one is eight. */
#define DC_STORE_TEST_BALLAST (1280 * 1024)

typedef struct
{
  char     *directory;   /* the state directory */
  DcSealer *sealer;
  DcQueue  *queue;       /* open, after set_up */
} DcStoreTest;

void       dc_store_test_set_up     (DcStoreTest    *self,
                                     gconstpointer   unused);
void       dc_store_test_tear_down  (DcStoreTest    *self,
                                     gconstpointer   unused);
/* In a directory that is there, which tear_down leaves. */
void       dc_store_test_set_up_in  (DcStoreTest    *self,
                                     const char     *directory);
/* g_test_add () for a function that takes a DcStoreTest. */
void       dc_store_test_add        (const char     *path,
                                     void          (*run) (DcStoreTest *, gconstpointer));

/* What dc_queue_begin_run_finish () says. */
typedef struct
{
  gboolean new_epoch;
  guint    n_records;
  guint64  n_bytes;
} DcStoreTestScope;

DcSealer  *dc_store_test_sealer_new (void);
DcQueue   *dc_store_test_queue_new  (const char     *directory);
/* Closes, drops, and begins again with a new object, not yet open. */
void       dc_store_test_drop       (DcStoreTest    *self);
void       dc_store_test_reopen     (DcStoreTest    *self);
/* Below the state directory; (transfer full) */
char      *dc_store_test_path       (DcStoreTest    *self,
                                     const char     *name);

gboolean   dc_store_test_open       (DcQueue        *queue,
                                     char          **set_aside,
                                     GError        **error);
gboolean   dc_store_test_close      (DcQueue        *queue,
                                     GError        **error);
/* The pledge of dc_test_pledge_new (@n). */
gboolean   dc_store_test_save       (DcStoreTest    *self,
                                     guint           n,
                                     GError        **error);
gboolean   dc_store_test_save_pledge (DcStoreTest   *self,
                                      DcKind          kind,
                                      DcPledge       *pledge,
                                      GError        **error);
gboolean   dc_store_test_withdraw   (DcStoreTest    *self,
                                     const DcId     *id,
                                     GError        **error);
gboolean   dc_store_test_count_code (DcStoreTest    *self,
                                     const char     *day,
                                     GError        **error);
DcTally   *dc_store_test_tally_of   (DcStoreTest    *self,
                                     const char     *day,
                                     GError        **error);
/* Of DC_STORE_TEST_DAY; asserts success and that the totals add up. */
DcTally   *dc_store_test_tally      (DcStoreTest    *self);
gboolean   dc_store_test_probe      (DcStoreTest    *self,
                                     GError        **error);
/* Destinations, and lives of them, go by small numbers. */
DcId       dc_store_test_destination (guint          n);
gboolean   dc_store_test_begin_run  (DcStoreTest    *self,
                                     guint           destination,
                                     guint           epoch,
                                     gboolean        everything,
                                     DcStoreTestScope *scope,
                                     GError        **error);
GPtrArray *dc_store_test_offer_to   (DcStoreTest    *self,
                                     guint           destination,
                                     gint64          after,
                                     const DcId     *held,
                                     guint           limit,
                                     gsize           max_bytes,
                                     GError        **error);
/* Begins a run with destination 0 and offers to it. */
GPtrArray *dc_store_test_offer      (DcStoreTest    *self,
                                     guint           limit,
                                     GError        **error);
gboolean   dc_store_test_deliver    (DcStoreTest    *self,
                                     guint           destination,
                                     GPtrArray      *deliveries,
                                     guint          *n_delivered,
                                     guint          *n_refused,
                                     GError        **error);
/* One verdict. */
void       dc_store_test_must_deliver (DcStoreTest  *self,
                                       guint         destination,
                                       const DcId   *id,
                                       DcVerdict     verdict,
                                       const char   *reason);
gboolean   dc_store_test_receipt    (DcStoreTest    *self,
                                     GPtrArray      *receipts,
                                     guint          *n_receipted,
                                     guint          *n_strange,
                                     GError        **error);
/* One receipt without entries, as if it had been read and verified. */
GPtrArray *dc_store_test_receipts_new (const DcId   *queue);
void       dc_store_test_receipts_add (GPtrArray    *receipts,
                                       const DcId   *id,
                                       const guint8 *sealed_sha256);
/* For the record as it is in @database. */
gboolean   dc_store_test_receipts_add_from (GPtrArray   *receipts,
                                            DcDatabase  *database,
                                            const DcId  *id,
                                            GError     **error);
GPtrArray *dc_store_test_origins    (DcStoreTest    *self,
                                     guint           limit,
                                     GError        **error);
GPtrArray *dc_store_test_refusals   (DcStoreTest    *self,
                                     guint           limit,
                                     GError        **error);
gboolean   dc_store_test_retry      (DcStoreTest    *self,
                                     const DcId     *id,
                                     guint          *n_records,
                                     GError        **error);
DcStatement *dc_store_test_statement (DcStoreTest   *self,
                                      GError       **error);
gboolean   dc_store_test_end_run    (DcStoreTest    *self,
                                     guint           destination,
                                     gint64          at,
                                     GError        **error);
GPtrArray *dc_store_test_take_copies (DcStoreTest   *self,
                                      gint64         after,
                                      const DcId    *held,
                                      guint          limit,
                                      GError       **error);
gboolean   dc_store_test_mark_copied (DcStoreTest   *self,
                                      GPtrArray     *records,
                                      GError       **error);
gboolean   dc_store_test_compare_copies (DcStoreTest  *self,
                                         GHashTable   *ids,
                                         GError      **error);
gboolean   dc_store_test_move       (DcStoreTest    *self,
                                     const DcId     *id,
                                     DcState         to,
                                     GError        **error);
gboolean   dc_store_test_move_with  (DcStoreTest    *self,
                                     const DcId     *id,
                                     DcState         to,
                                     const char     *reason,
                                     GBytes         *receipt,
                                     GError        **error);
gboolean   dc_store_test_purge      (DcStoreTest    *self,
                                     guint          *purged,
                                     GError        **error);

/* The id of dc_test_pledge_new (@n). */
DcId       dc_store_test_id         (guint           n);
/* A set of DcId; (transfer full) */
GHashTable *dc_store_test_ids_new   (void);
void       dc_store_test_ids_add    (GHashTable     *ids,
                                     const DcId     *id);
/* Saves and asserts it. */
void       dc_store_test_must_save  (DcStoreTest    *self,
                                     guint           n);
/* ... by the pack of another campaign, which the tablet had before or has now. */
void       dc_store_test_must_save_for (DcStoreTest *self,
                                        guint        n,
                                        const char  *campaign);
/* Offers all that waits, asserts it; (transfer full) */
GPtrArray *dc_store_test_must_offer (DcStoreTest    *self);
/* Whether any file below @directory holds the @size bytes at @bytes. */
gboolean   dc_store_test_on_disk    (const char     *directory,
                                     const void     *bytes,
                                     gsize           size);
/* Makes @directory/queue/queue.db of fixtures/@fixture, as an earlier version
 * left it. @in_journal: all of it still in the journal, as after a power cut. */
void       dc_store_test_restore    (const char     *directory,
                                     const char     *fixture,
                                     gboolean        in_journal);
/* What `sqlite3` would print for @sql on a queue that is closed: columns
 * divided by |, rows by newlines. (transfer full) */
char      *dc_store_test_query      (const char     *database,
                                     const char     *sql);

G_END_DECLS
