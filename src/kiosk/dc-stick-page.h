/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/* Hands what waits over to a removable drive that the coordinator chooses, and
 * says when it may be pulled out again: only after it was unmounted. The run is
 * the kiosk's (#DcHandOver) and goes on without this page. */
#define DC_TYPE_STICK_PAGE (dc_stick_page_get_type ())
G_DECLARE_FINAL_TYPE (DcStickPage, dc_stick_page, DC, STICK_PAGE, DcPage)

G_END_DECLS
