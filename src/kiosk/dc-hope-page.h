/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcHopePage:
 *
 * For who cannot give today: the appeal and the film to take along.
 */
#define DC_TYPE_HOPE_PAGE (dc_hope_page_get_type ())
G_DECLARE_FINAL_TYPE (DcHopePage, dc_hope_page, DC, HOPE_PAGE, DcPage)

G_END_DECLS
