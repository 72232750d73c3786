/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcAmountPage:
 *
 * Every month and once, side by side; nothing is chosen until the donor does.
 * The sum really paid is the largest thing on it.
 */
#define DC_TYPE_AMOUNT_PAGE (dc_amount_page_get_type ())
G_DECLARE_FINAL_TYPE (DcAmountPage, dc_amount_page, DC, AMOUNT_PAGE, DcPage)

G_END_DECLS
