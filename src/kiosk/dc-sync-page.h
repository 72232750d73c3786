/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcSyncPage:
 *
 * For the coordinator: how the promises of this tablet stand, where they go,
 * and one button that hands over what waits. The run is the kiosk's
 * (#DcHandOver); the page only shows it, and can be left.
 */
#define DC_TYPE_SYNC_PAGE (dc_sync_page_get_type ())
G_DECLARE_FINAL_TYPE (DcSyncPage, dc_sync_page, DC, SYNC_PAGE, DcPage)

G_END_DECLS
