/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-content.h"
#include "dc-delivery.h"
#include "dc-request.h"

G_BEGIN_DECLS

/* Small: the faults are what is looked at, not the room. */
#define DC_CRASH_BALLAST 4096
#define DC_CRASH_DAY "2026-12-18"

/**
 * DcCrashQueue:
 *
 * What the queue's worker thread does, on this thread: the same jobs
 * (dc-request.h) on the same store, each followed by its rest, so that a test
 * sees every operation of a call in order and nothing of another.
 */
typedef struct
{
  char       *directory;     /* the state directory */
  DcStore    *store;
  DcSealer   *sealer;
  /* (nullable) called when a call has its answer and before what can wait. */
  void      (*answered) (gpointer data);
  gpointer    answered_data;
} DcCrashQueue;

/* Not yet open. @sealer stays the caller's. */
void       dc_crash_queue_init     (DcCrashQueue  *self,
                                    const char    *directory,
                                    DcSealer      *sealer);
/* With a ballast of that size. */
void       dc_crash_queue_init_with (DcCrashQueue *self,
                                     const char   *directory,
                                     DcSealer     *sealer,
                                     gsize         ballast);
/* Closes, where it is open. */
void       dc_crash_queue_clear    (DcCrashQueue  *self);

/* FALSE too where a queue was set aside, which no fault excuses. */
gboolean   dc_crash_queue_open     (DcCrashQueue  *self,
                                    GError       **error);
gboolean   dc_crash_queue_close    (DcCrashQueue  *self,
                                    GError       **error);
/* The pledge of dc_test_pledge_new (@n). */
gboolean   dc_crash_queue_save     (DcCrashQueue  *self,
                                    guint          n,
                                    DcKind         kind,
                                    GError       **error);
gboolean   dc_crash_queue_withdraw (DcCrashQueue  *self,
                                    const DcId    *id,
                                    GError       **error);
/* Destinations, and lives of them, go by small numbers. */
gboolean   dc_crash_queue_begin_run (DcCrashQueue  *self,
                                     guint          destination,
                                     guint          epoch,
                                     gboolean       everything,
                                     GError       **error);
gboolean   dc_crash_queue_offer    (DcCrashQueue  *self,
                                    guint          destination,
                                    guint          limit,
                                    GError       **error);
gboolean   dc_crash_queue_deliver  (DcCrashQueue  *self,
                                    guint          destination,
                                    const DcId    *id,
                                    DcVerdict      verdict,
                                    GError       **error);
gboolean   dc_crash_queue_take_receipts (DcCrashQueue  *self,
                                         GPtrArray     *receipts,
                                         GError       **error);
/* For the record as it is there. */
gboolean   dc_crash_queue_receipt  (DcCrashQueue  *self,
                                    const DcId    *id,
                                    GError       **error);
gboolean   dc_crash_queue_retry    (DcCrashQueue  *self,
                                    const DcId    *id,
                                    GError       **error);
gboolean   dc_crash_queue_origins  (DcCrashQueue  *self,
                                    GError       **error);
gboolean   dc_crash_queue_refusals (DcCrashQueue  *self,
                                    GError       **error);
gboolean   dc_crash_queue_statement (DcCrashQueue  *self,
                                     GError       **error);
gboolean   dc_crash_queue_end_run  (DcCrashQueue  *self,
                                    guint          destination,
                                    GError       **error);
/* @taken: (nullable) (transfer container), what the second copy is to get. */
gboolean   dc_crash_queue_take_copies (DcCrashQueue  *self,
                                       GPtrArray    **taken,
                                       GError       **error);
gboolean   dc_crash_queue_mark_copied (DcCrashQueue  *self,
                                       GPtrArray     *records,
                                       GError       **error);
/* @id alone stands in it. */
gboolean   dc_crash_queue_compare_copies (DcCrashQueue  *self,
                                          const DcId    *id,
                                          GError       **error);
gboolean   dc_crash_queue_move     (DcCrashQueue  *self,
                                    const DcId    *id,
                                    DcState        to,
                                    GError       **error);
gboolean   dc_crash_queue_purge    (DcCrashQueue  *self,
                                    GError       **error);
gboolean   dc_crash_queue_count    (DcCrashQueue  *self,
                                    GError       **error);
gboolean   dc_crash_queue_tally    (DcCrashQueue  *self,
                                    GError       **error);
gboolean   dc_crash_queue_probe    (DcCrashQueue  *self,
                                    GError       **error);
/* Moves the journal into the database, as a long one is; @truncate: as an
 * erasure does. */
gboolean   dc_crash_queue_checkpoint (DcCrashQueue  *self,
                                      gboolean       truncate,
                                      GError       **error);
DcContent *dc_crash_queue_read     (DcCrashQueue  *self,
                                    GError       **error);

/* Opens @directory anew, whose last owner is gone, and reads it. */
DcContent *dc_crash_read           (const char    *directory,
                                    GError       **error);

/* How often a long form goes round: @everyday, or @long times
 * DAILY_CUP_SCALE where DAILY_CUP_LONG is set. */
guint      dc_crash_rounds         (guint          everyday,
                                    guint          in_long_form);
gboolean   dc_crash_is_long        (void);
/* The store writes each fault that it meets into the log; here they are meant. */
void       dc_crash_be_quiet       (void);

/* Makes @to, which must not be there, with the files below @from. */
void       dc_crash_copy_folder    (const char    *from,
                                    const char    *to);
/* The queue in the state directory @from, as @version of the schema (from 1)
 * would have it, in the state directory @to, which has none. */
#define DC_CRASH_N_OLD_VERSIONS 2
void       dc_crash_copy_as_version (guint         version,
                                     const char   *from,
                                     const char   *to);

G_END_DECLS
