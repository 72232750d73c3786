/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcOtherAmountPage:
 *
 * A sum of the donor's own, on a number pad.
 */
#define DC_TYPE_OTHER_AMOUNT_PAGE (dc_other_amount_page_get_type ())
G_DECLARE_FINAL_TYPE (DcOtherAmountPage, dc_other_amount_page, DC, OTHER_AMOUNT_PAGE, DcPage)

G_END_DECLS
