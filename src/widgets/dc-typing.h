/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dc-key-layout.h"

G_BEGIN_DECLS

/* What a keyboard asks of the field that it types into. @target may be NULL
 * or a field without a text: then nothing happens. Main thread. */

/* The page for the field's input purpose. */
DcKeyPage dc_typing_get_page      (GtkEditable *target);
/* Whether the field takes a name and the cursor stands where one begins. */
gboolean  dc_typing_at_name_start (GtkEditable *target);
/* As a keyboard would: over the selection, within the field's limits. */
void      dc_typing_insert        (GtkEditable *target,
                                   const char  *typed);
void      dc_typing_delete        (GtkEditable *target);

G_END_DECLS
