/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-second-copy.h"
#include "dc-store-test.h"

G_BEGIN_DECLS

/* A queue, a card that is a real file system, and the second copy between
 * them, begun and without a choice. What it asks is seen by the linker's
 * --wrap (meson.build: copy_wrapped). */
typedef struct
{
  DcStoreTest   store;
  DcSecondCopy *copy;
  char         *card;       /* where it is mounted, while it is */
  char         *kept;       /* the same file system, always */
  char         *journal;    /* below @kept */
  guint8        tablet[32];
  gboolean      mounted;    /* where not, the test was skipped with the reason */
} DcCopyTest;

/* One run of the second copy asks these in turn, the last three as often as
 * there is something to copy. */
typedef enum
{
  DC_COPY_STEP_LOOK,        /* the card: is it there, what stands on it */
  DC_COPY_STEP_COMPARE,     /* the queue, where that is not known already */
  DC_COPY_STEP_TAKE,        /* the queue */
  DC_COPY_STEP_APPEND,      /* the card */
  DC_COPY_STEP_MARK,        /* the queue */
  DC_N_COPY_STEPS
} DcCopyStep;

void     dc_copy_test_set_up        (DcCopyTest     *self,
                                     gconstpointer   unused);
void     dc_copy_test_tear_down     (DcCopyTest     *self,
                                     gconstpointer   unused);
/* Drops the second copy and begins another, as at the next start. */
void     dc_copy_test_restart       (DcCopyTest     *self);

gboolean dc_copy_test_insert        (DcCopyTest     *self);
void     dc_copy_test_pull          (DcCopyTest     *self);

gboolean dc_copy_test_choose        (DcCopyTest     *self,
                                     const char     *folder,
                                     GError        **error);
/* The card; it is then up to date. */
void     dc_copy_test_must_choose   (DcCopyTest     *self);
/* As the kiosk does it, from the button to the end of the visit. */
void     dc_copy_test_save_held     (DcCopyTest     *self,
                                     guint           n);

/* How often that was asked in this test case. */
guint    dc_copy_test_count         (DcCopyStep      step);
/* Until @step is asked once more; its answer is not heard yet. */
void     dc_copy_test_run_to        (DcCopyTest     *self,
                                     DcCopyStep      step);
/* Until all that was asked is answered. */
void     dc_copy_test_settle        (DcCopyTest     *self);
void     dc_copy_test_wait_for      (DcCopyTest     *self,
                                     DcCopyState     state);
void     dc_copy_test_wait_until_copied (DcCopyTest *self);

/* While it is held, a card's answer to a look does not come. */
void     dc_copy_test_hold_card     (gboolean        hold);
/* It waits for no answer any more: its owner is gone. */
void     dc_copy_test_forget_card   (void);
/* @seconds have passed; then what it does every half minute is done. */
void     dc_copy_test_pass          (guint           seconds);

guint    dc_copy_test_count_to_copy (DcCopyTest     *self);
char    *dc_copy_test_read_journal  (DcCopyTest     *self);
/* To the byte the lines of all records that are whole, as the queue itself has
 * them. */
void     dc_copy_test_assert_journal (DcCopyTest    *self);

G_END_DECLS
