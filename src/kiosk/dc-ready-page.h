/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcReadyPage:
 *
 * Before the event: one button, and what there is to say of each thing that can
 * be wrong, with a way to mend it. The outcome is kept (#DcReadiness).
 */
#define DC_TYPE_READY_PAGE (dc_ready_page_get_type ())
G_DECLARE_FINAL_TYPE (DcReadyPage, dc_ready_page, DC, READY_PAGE, DcPage)

G_END_DECLS
