/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-widgets.h"

#include "dc-cup-view.h"
#include "dc-drawing.h"
#include "dc-keyboard.h"
#include "dc-measure.h"
#include "dc-number-pad.h"
#include "dc-qr-view.h"
#include "dc-split.h"
#include "dc-widgets-resources.h"

#define RESOURCES "/org/dailycup/DailyCup/widgets"

void
dc_widgets_init (GdkDisplay *display)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  dc_measure_widths_alone ();

  g_type_ensure (DC_TYPE_CUP_VIEW);
  g_type_ensure (DC_TYPE_DRAWING);
  g_type_ensure (DC_TYPE_KEYBOARD);
  g_type_ensure (DC_TYPE_NUMBER_PAD);
  g_type_ensure (DC_TYPE_QR_VIEW);
  g_type_ensure (DC_TYPE_SPLIT);

  /* By hand: the linker drops a constructor that nothing in a static library
   * refers to. */
  dc_widgets_register_resource ();
  gtk_css_provider_load_from_resource (provider, RESOURCES "/widgets.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION - 1);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), RESOURCES "/icons");
}
