/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcScanPage:
 *
 * The code for this gift, as large as the page allows. Counts one code shown.
 */
#define DC_TYPE_SCAN_PAGE (dc_scan_page_get_type ())
G_DECLARE_FINAL_TYPE (DcScanPage, dc_scan_page, DC, SCAN_PAGE, DcPage)

G_END_DECLS
