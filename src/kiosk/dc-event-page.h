/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcEventPage:
 *
 * The coordinator's settings: the event's name and place, how long the pages
 * wait for a donor, whose keyboard is used.
 */
#define DC_TYPE_EVENT_PAGE (dc_event_page_get_type ())
G_DECLARE_FINAL_TYPE (DcEventPage, dc_event_page, DC, EVENT_PAGE, DcPage)

G_END_DECLS
