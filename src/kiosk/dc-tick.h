/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcTick:
 *
 * A box to tick with a text that wraps; the whole row can be touched. Never
 * ticked at first. Signal "toggled"; property "text".
 */
#define DC_TYPE_TICK (dc_tick_get_type ())
G_DECLARE_FINAL_TYPE (DcTick, dc_tick, DC, TICK, GtkWidget)

/* (transfer floating) @needed: marked as one that a promise needs. */
DcTick     *dc_tick_new        (const char *text,
                                gboolean    needed);
void        dc_tick_set_text   (DcTick     *self,
                                const char *text);
gboolean    dc_tick_get_active (DcTick     *self);
void        dc_tick_set_active (DcTick     *self,
                                gboolean    active);
void        dc_tick_grab       (DcTick     *self);

G_END_DECLS
