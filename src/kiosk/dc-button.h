/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sets the button's words and lets them wrap: a long language on a narrow
 * screen takes a second line rather than being cut. */
void dc_button_set_words (GtkButton  *button,
                          const char *words);

G_END_DECLS
