/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcHowPage:
 *
 * Now with one's own phone, later by letter, or not today.
 */
#define DC_TYPE_HOW_PAGE (dc_how_page_get_type ())
G_DECLARE_FINAL_TYPE (DcHowPage, dc_how_page, DC, HOW_PAGE, DcPage)

G_END_DECLS
