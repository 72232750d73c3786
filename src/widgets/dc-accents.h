/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcAccents:
 *
 * The relatives of a held key, in a row, to choose one: by a tap, or by
 * lifting on it the finger that held the key.
 *
 * Signal `chosen` (const char *). CSS class `.dc-accents`.
 *
 * Owns its keys. Main thread.
 */
#define DC_TYPE_ACCENTS (dc_accents_get_type ())
G_DECLARE_FINAL_TYPE (DcAccents, dc_accents, DC, ACCENTS, GtkWidget)

GtkWidget *dc_accents_new       (const char * const *accents,
                                 gboolean            upper);
/* Chooses what lies at this point of the widget. FALSE: nothing does. */
gboolean   dc_accents_choose_at (DcAccents          *self,
                                 double              x,
                                 double              y);

G_END_DECLS
