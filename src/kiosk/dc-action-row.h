/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dc-form.h"

G_BEGIN_DECLS

/**
 * DcActionRow:
 *
 * One thing that a coordinator can do: what it is, how it stands, and a button
 * with one word. In a box with the CSS class "rows". Signal "pressed".
 * Properties "title", "state", "label" (of the button; "": there is none).
 */
#define DC_TYPE_ACTION_ROW (dc_action_row_get_type ())
G_DECLARE_FINAL_TYPE (DcActionRow, dc_action_row, DC, ACTION_ROW, GtkWidget)

/* @state (nullable): as it is. */
void dc_action_row_set     (DcActionRow *self,
                            const char  *state,
                            const char  *label);
/* On a phone the button stands below. */
void dc_action_row_arrange (DcActionRow *self,
                            DcForm       form);

G_END_DECLS
