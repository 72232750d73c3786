/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcCupView:
 *
 * The cup that fills. A change of level takes a fifth of a second, or none
 * where animations are off; then it rests: nothing is drawn until the next
 * change. An ornament: a screen reader passes over it, so the amount must
 * stand beside it in words. Mirrored in right-to-left text.
 *
 * Colours: @dc_coffee, @dc_crema, @dc_cup, @dc_cup_shade, @dc_steam and
 * @dc_line of the stylesheet. CSS node `dc-cup-view`.
 *
 * Owns its animation. Main thread.
 */
#define DC_TYPE_CUP_VIEW (dc_cup_view_get_type ())
G_DECLARE_FINAL_TYPE (DcCupView, dc_cup_view, DC, CUP_VIEW, GtkWidget)

GtkWidget *dc_cup_view_new             (void);

/* How full, from 0 to 1; what lies outside is cut, not a number is 0. */
void       dc_cup_view_set_level       (DcCupView *self,
                                        double     level);
/* The level set, which the drawing may still be on its way to. */
double     dc_cup_view_get_level       (DcCupView *self);
/* The level drawn now. */
double     dc_cup_view_get_shown_level (DcCupView *self);

G_END_DECLS
