/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcDeletedPage:
 *
 * The donor took the promise back, and it is gone.
 */
#define DC_TYPE_DELETED_PAGE (dc_deleted_page_get_type ())
G_DECLARE_FINAL_TYPE (DcDeletedPage, dc_deleted_page, DC, DELETED_PAGE, DcPage)

G_END_DECLS
