/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcWipePage:
 *
 * Where the coordinator deletes all that is on the tablet: what would be lost,
 * a word to type, and, where promises wait or nobody knows, a tick besides.
 */
#define DC_TYPE_WIPE_PAGE (dc_wipe_page_get_type ())
G_DECLARE_FINAL_TYPE (DcWipePage, dc_wipe_page, DC, WIPE_PAGE, DcPage)

G_END_DECLS
