/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcWelcomePage:
 *
 * The appeal in a few pictures and sentences, the way in, and the giving code
 * in sight. The story goes on by itself while nobody touches it.
 */
#define DC_TYPE_WELCOME_PAGE (dc_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (DcWelcomePage, dc_welcome_page, DC, WELCOME_PAGE, DcPage)

G_END_DECLS
