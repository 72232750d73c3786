/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The shapes a page is composed for. */
typedef enum
{
  DC_FORM_PHONE,
  DC_FORM_PORTRAIT,
  DC_FORM_LARGE_PORTRAIT,
  DC_FORM_LOW_LANDSCAPE,
  DC_FORM_LANDSCAPE,
} DcForm;

/* @width and @height in logical pixels. */
DcForm   dc_form_of           (int    width,
                               int    height);
gboolean dc_form_is_landscape (DcForm form);

/* Calls @changed when @window takes another form, from the main loop, and
 * keeps on it the CSS class of the form ("phone", "portrait", "landscape"),
 * "short" where there is little height and "large" where there is much. */
typedef void (*DcFormFunc) (GtkWindow *window,
                            DcForm     form);

void   dc_form_follow (GtkWindow   *window,
                       int          width,
                       int          height,
                       DcFormFunc   changed);

G_END_DECLS
