/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* From here on every translated string and the default text direction are
 * those of @language (BCP 47). Widgets that are already built keep theirs:
 * build them again. Main thread. */
void        dc_language_use       (const char *language);
/* Sets the locale and binds the catalogues; once, before gtk_init (). */
void        dc_language_init      (void);
/* "Français": the language in its own words and script. */
const char *dc_language_own_name  (const char *language);

G_END_DECLS
