/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-drawing.h"

G_BEGIN_DECLS

/**
 * DcEmblem:
 *
 * One of the program's own drawings, by name: property "drawing", the name of
 * a file in ui/drawings without ".svg". Decoration only.
 */
#define DC_TYPE_EMBLEM (dc_emblem_get_type ())
G_DECLARE_FINAL_TYPE (DcEmblem, dc_emblem, DC, EMBLEM, GtkWidget)

G_END_DECLS
