/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcDrillPage:
 *
 * For the coordinator: writes the file that tries the office’s keys, and takes
 * the words that answer it.
 */
#define DC_TYPE_DRILL_PAGE (dc_drill_page_get_type ())
G_DECLARE_FINAL_TYPE (DcDrillPage, dc_drill_page, DC, DRILL_PAGE, DcPage)

G_END_DECLS
