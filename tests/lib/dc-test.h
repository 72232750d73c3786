/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-clock.h"
#include "dc-pledge.h"

G_BEGIN_DECLS

/* What every suite needs. Nothing here is part of the product. */

/* A clock that stands still until it is told to move. */
#define DC_TYPE_TEST_CLOCK (dc_test_clock_get_type ())
G_DECLARE_FINAL_TYPE (DcTestClock, dc_test_clock, DC, TEST_CLOCK, GObject)

DcTestClock *dc_test_clock_new     (gint64        utc_us);
void         dc_test_clock_advance (DcTestClock  *self,
                                    gint64        us);
void         dc_test_clock_set_trust (DcTestClock *self,
                                      DcClockTrust trust);

/* An empty folder of its own; dc_test_dir_remove () deletes it and all in it. */
char        *dc_test_dir_new       (void);
void         dc_test_dir_remove    (char         *path);

/* A valid pledge; @n varies id, reference, amount and donor. */
DcPledge    *dc_test_pledge_new    (guint         n);

/* Turns an async call into a waiting one: pass dc_test_wait_ready and a
 * DcTestWait as its callback and data, then take the result. */
typedef struct
{
  GAsyncResult *result;
} DcTestWait;

void          dc_test_wait_ready   (GObject      *source,
                                    GAsyncResult *result,
                                    gpointer      wait);
/* Runs the main context until the call is back (at most 60 s).
 * (transfer full) */
GAsyncResult *dc_test_wait_take    (DcTestWait   *wait);

G_END_DECLS
