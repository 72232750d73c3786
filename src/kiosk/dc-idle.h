/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DcIdle:
 *
 * Notices that the donor has gone. Counts from the last sign of life: after
 * the page's wait it emits "warning", then "tick" once a second with the
 * seconds left, and after the grace "expired". A sign of life during the
 * warning does not end it by itself: only dc_idle_stay () does, so that a
 * sleeve brushing the glass does not keep a stranger's page open.
 * Main thread; one timer, none while it is stopped.
 */
#define DC_TYPE_IDLE (dc_idle_get_type ())
G_DECLARE_FINAL_TYPE (DcIdle, dc_idle, DC, IDLE, GObject)

/* Seconds between the warning and the end. */
#define DC_IDLE_GRACE 20

DcIdle  *dc_idle_new       (void);
/* Begins to count anew with @seconds of patience; 0 stops. */
void     dc_idle_start     (DcIdle *self,
                            guint   seconds);
/* A sign of life. */
void     dc_idle_poke      (DcIdle *self);
/* "I need more time" */
void     dc_idle_stay      (DcIdle *self);
gboolean dc_idle_is_warning (DcIdle *self);
/* One real second is @milliseconds long; for tests. */
void     dc_idle_set_second (DcIdle *self,
                             guint   milliseconds);

G_END_DECLS
