/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcScannedPage:
 *
 * After the scan: the gift is finished on the donor's own phone. Thanks for
 * the thought, not for a pledge: no record was made.
 */
#define DC_TYPE_SCANNED_PAGE (dc_scanned_page_get_type ())
G_DECLARE_FINAL_TYPE (DcScannedPage, dc_scanned_page, DC, SCANNED_PAGE, DcPage)

G_END_DECLS
