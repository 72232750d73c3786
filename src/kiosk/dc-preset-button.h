/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcPresetButton:
 *
 * One sum to choose: what it means above, the sum below. Preset -1 is the sum
 * of the donor's own.
 */
#define DC_TYPE_PRESET_BUTTON (dc_preset_button_get_type ())
G_DECLARE_FINAL_TYPE (DcPresetButton, dc_preset_button, DC, PRESET_BUTTON, GtkButton)

/* (transfer floating) */
GtkWidget *dc_preset_button_new        (DcPage         *page,
                                        gboolean        monthly,
                                        int             preset);
gboolean   dc_preset_button_is_monthly (DcPresetButton *self);
int        dc_preset_button_get_preset (DcPresetButton *self);
/* Shows whether this is what @visit has chosen. */
void       dc_preset_button_update     (DcPresetButton *self,
                                        DcVisit        *visit);

G_END_DECLS
