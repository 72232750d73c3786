/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcAttentionPage:
 *
 * For the coordinator: each promise that was not accepted where it was handed
 * over, with the reason in words; lets one, or all, wait for the next run.
 */
#define DC_TYPE_ATTENTION_PAGE (dc_attention_page_get_type ())
G_DECLARE_FINAL_TYPE (DcAttentionPage, dc_attention_page, DC, ATTENTION_PAGE, DcPage)

G_END_DECLS
