/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A label that takes no room while it has no words: it is there for an outcome,
 * a note or a problem. "": none. */
void dc_label_say         (GtkLabel   *label,
                           const char *words);
/* And in the colour of a problem, or not. */
void dc_label_say_outcome (GtkLabel   *label,
                           const char *words,
                           gboolean    is_problem);

G_END_DECLS
