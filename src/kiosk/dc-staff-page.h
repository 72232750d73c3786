/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcStaffPage:
 *
 * What was taken, what waits, and whether all is well: for volunteers.
 */
#define DC_TYPE_STAFF_PAGE (dc_staff_page_get_type ())
G_DECLARE_FINAL_TYPE (DcStaffPage, dc_staff_page, DC, STAFF_PAGE, DcPage)

G_END_DECLS
