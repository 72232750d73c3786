/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcLogoHold:
 *
 * The hidden way in for staff: a finger or the first mouse button held still
 * on a widget for three seconds emits `held`, once a press. Lifting it, or
 * moving it by more than 24 pixels, begins anew. Nothing shows meanwhile.
 *
 * Signal `held` (DcLogoHold *, gpointer).
 *
 * Belongs to its widget, which frees it. Main thread.
 */
#define DC_TYPE_LOGO_HOLD (dc_logo_hold_get_type ())
G_DECLARE_FINAL_TYPE (DcLogoHold, dc_logo_hold, DC, LOGO_HOLD, GObject)

#define DC_LOGO_HOLD_MS 3000
#define DC_LOGO_HOLD_DISTANCE 24

/* (transfer none): lives as long as @widget does. */
DcLogoHold *dc_logo_hold_attach    (GtkWidget  *widget);

/* Whether a finger that has moved so far, in pixels, still rests. */
gboolean    dc_logo_hold_is_still  (double      x,
                                    double      y);

G_END_DECLS
