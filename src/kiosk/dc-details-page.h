/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcDetailsPage:
 *
 * Who promises, where to write, and what they agree to.
 */
#define DC_TYPE_DETAILS_PAGE (dc_details_page_get_type ())
G_DECLARE_FINAL_TYPE (DcDetailsPage, dc_details_page, DC, DETAILS_PAGE, DcPage)

G_END_DECLS
