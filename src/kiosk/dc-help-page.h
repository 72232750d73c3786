/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcHelpPage:
 *
 * What is wrong, in one sentence, and whom to call.
 */
#define DC_TYPE_HELP_PAGE (dc_help_page_get_type ())
G_DECLARE_FINAL_TYPE (DcHelpPage, dc_help_page, DC, HELP_PAGE, DcPage)

G_END_DECLS
