/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The colours that the stylesheet names and that drawings use. */
typedef enum
{
  DC_TOKEN_SAND,
  DC_TOKEN_LINE,
  DC_TOKEN_COFFEE,
  DC_TOKEN_CREMA,
  DC_TOKEN_CUP,
  DC_TOKEN_CUP_SHADE,
  DC_TOKEN_STEAM,
  DC_N_TOKENS,
} DcToken;

/* The value of @dc_sand and its like in the style of @widget; the value of
 * the shipped stylesheet where no stylesheet names it. */
void dc_token_lookup (GtkWidget *widget,
                      DcToken    token,
                      GdkRGBA   *color);

G_END_DECLS
