/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * DcHeading:
 *
 * A page's heading: large text that can take the focus, which a GtkLabel
 * cannot, so that a screen reader begins a new page with it, and whose lines
 * are about equally long, so that no word is left alone on the last. Properties
 * "label" and "xalign".
 */
#define DC_TYPE_HEADING (dc_heading_get_type ())
G_DECLARE_FINAL_TYPE (DcHeading, dc_heading, DC, HEADING, GtkWidget)

const char *dc_heading_get_label (DcHeading  *self);
void        dc_heading_set_label (DcHeading  *self,
                                  const char *label);

G_END_DECLS
