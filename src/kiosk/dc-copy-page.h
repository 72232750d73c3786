/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/* The coordinator's choice of the card on which a second copy is kept. */
#define DC_TYPE_COPY_PAGE (dc_copy_page_get_type ())
G_DECLARE_FINAL_TYPE (DcCopyPage, dc_copy_page, DC, COPY_PAGE, DcPage)

G_END_DECLS
