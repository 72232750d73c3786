/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcCoordinatorPage:
 *
 * For the coordinator: what can be done with this tablet and how it stands, and
 * the words to compare with the office.
 */
#define DC_TYPE_COORDINATOR_PAGE (dc_coordinator_page_get_type ())
G_DECLARE_FINAL_TYPE (DcCoordinatorPage, dc_coordinator_page, DC, COORDINATOR_PAGE, DcPage)

G_END_DECLS
