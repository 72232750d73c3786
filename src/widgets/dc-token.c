/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-token.h"

static const struct
{
  const char *name;
  const char *value;
} tokens[DC_N_TOKENS] = {
  [DC_TOKEN_SAND]      = { "dc_sand",      "#F3EADA" },
  [DC_TOKEN_LINE]      = { "dc_line",      "#E2D6C1" },
  [DC_TOKEN_COFFEE]    = { "dc_coffee",    "#7A4226" },
  [DC_TOKEN_CREMA]     = { "dc_crema",     "#A9693C" },
  [DC_TOKEN_CUP]       = { "dc_cup",       "#FFFFFF" },
  [DC_TOKEN_CUP_SHADE] = { "dc_cup_shade", "#ECE0CB" },
  [DC_TOKEN_STEAM]     = { "dc_steam",     "#D9CBB2" },
};

void
dc_token_lookup (GtkWidget *widget,
                 DcToken    token,
                 GdkRGBA   *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  g_return_if_fail (token < DC_N_TOKENS);

  if (!gtk_style_context_lookup_color (context, tokens[token].name, color))
    gdk_rgba_parse (color, tokens[token].value);
}
