/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "dc-visit.h"

G_BEGIN_DECLS

/**
 * DcTextField:
 *
 * One thing a donor types: its name above, what is wrong with it below, and a
 * proposal where it looks mistyped. Every change goes into the visit's donor
 * at once; the entry keeps no undo history. Signal "edited".
 * Properties "field" (#DcField), "caption", "optional".
 */
#define DC_TYPE_TEXT_FIELD (dc_text_field_get_type ())
G_DECLARE_FINAL_TYPE (DcTextField, dc_text_field, DC, TEXT_FIELD, GtkWidget)

void     dc_text_field_bind       (DcTextField *self,
                                   DcVisit     *visit);
/* Looks at what was typed and says what is wrong. TRUE if nothing is. */
gboolean dc_text_field_check      (DcTextField *self);
void     dc_text_field_set_masked (DcTextField *self,
                                   gboolean     masked);
DcField  dc_text_field_get_field  (DcTextField *self);
/* The focus goes into the entry. */
void     dc_text_field_grab       (DcTextField *self);

G_END_DECLS
