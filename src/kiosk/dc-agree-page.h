/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcAgreePage:
 *
 * Where the donor ticks, after a volunteer has typed: the tablet changes hands
 * before it. In an assisted visit only.
 */
#define DC_TYPE_AGREE_PAGE (dc_agree_page_get_type ())
G_DECLARE_FINAL_TYPE (DcAgreePage, dc_agree_page, DC, AGREE_PAGE, DcPage)

G_END_DECLS
