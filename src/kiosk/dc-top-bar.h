/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcTopBar:
 *
 * The row above a page: the way back (or the emblem, where there is none) and
 * the languages. Property "show-back".
 */
#define DC_TYPE_TOP_BAR (dc_top_bar_get_type ())
G_DECLARE_FINAL_TYPE (DcTopBar, dc_top_bar, DC, TOP_BAR, GtkWidget)

void dc_top_bar_fill      (DcTopBar *self,
                           DcPage   *page);
/* No way back from here: the emblem takes the button's place. */
void dc_top_bar_hide_back (DcTopBar *self);

G_END_DECLS
