/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dc-kiosk.h"
#include "dc-pin-reset.h"

G_BEGIN_DECLS

/**
 * DcPinForgotten:
 *
 * Says what to ask the office for, and looks on the stick that is brought. "found"
 * tells that the office's leave is there. Main thread.
 */
#define DC_TYPE_PIN_FORGOTTEN (dc_pin_forgotten_get_type ())
G_DECLARE_FINAL_TYPE (DcPinForgotten, dc_pin_forgotten, DC, PIN_FORGOTTEN, GtkWidget)

/* Once, before it is shown. */
void              dc_pin_forgotten_fill      (DcPinForgotten *self,
                                              DcKiosk        *kiosk);
/* After "found". (transfer none) */
const DcPinReset *dc_pin_forgotten_get_reset (DcPinForgotten *self);

G_END_DECLS
