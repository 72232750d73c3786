/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcPinPage:
 *
 * The way to the staff's pages.
 */
#define DC_TYPE_PIN_PAGE (dc_pin_page_get_type ())
G_DECLARE_FINAL_TYPE (DcPinPage, dc_pin_page, DC, PIN_PAGE, DcPage)

G_END_DECLS
