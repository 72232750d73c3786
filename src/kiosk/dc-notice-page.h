/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcNoticePage:
 *
 * The whole notice on the donor's data: the second layer.
 */
#define DC_TYPE_NOTICE_PAGE (dc_notice_page_get_type ())
G_DECLARE_FINAL_TYPE (DcNoticePage, dc_notice_page, DC, NOTICE_PAGE, DcPage)

G_END_DECLS
