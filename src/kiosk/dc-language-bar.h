/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcLanguageBar:
 *
 * The languages of the campaign, each in its own script, the one in use
 * marked. Choosing one activates "kiosk.language".
 */
#define DC_TYPE_LANGUAGE_BAR (dc_language_bar_get_type ())
G_DECLARE_FINAL_TYPE (DcLanguageBar, dc_language_bar, DC, LANGUAGE_BAR, GtkWidget)

void dc_language_bar_fill (DcLanguageBar *self,
                           DcPage        *page);

G_END_DECLS
