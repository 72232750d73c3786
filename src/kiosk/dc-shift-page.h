/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcShiftPage:
 *
 * Where a volunteer begins a shift with a code, reads what it has brought so
 * far, and ends it.
 */
#define DC_TYPE_SHIFT_PAGE (dc_shift_page_get_type ())
G_DECLARE_FINAL_TYPE (DcShiftPage, dc_shift_page, DC, SHIFT_PAGE, DcPage)

G_END_DECLS
