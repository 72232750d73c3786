/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcThanksPage:
 *
 * Shown only once the promise is on disk.
 */
#define DC_TYPE_THANKS_PAGE (dc_thanks_page_get_type ())
G_DECLARE_FINAL_TYPE (DcThanksPage, dc_thanks_page, DC, THANKS_PAGE, DcPage)

G_END_DECLS
