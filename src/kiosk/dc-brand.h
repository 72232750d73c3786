/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcBrand:
 *
 * The campaign's emblem and the organisation's name. Pressed and held for
 * three seconds it leads to the staff's PIN pad.
 */
#define DC_TYPE_BRAND (dc_brand_get_type ())
G_DECLARE_FINAL_TYPE (DcBrand, dc_brand, DC, BRAND, GtkWidget)

/* @brief: the organisation's short name, where there is little room. */
void dc_brand_fill (DcBrand  *self,
                    DcPage   *page,
                    gboolean  brief);

G_END_DECLS
