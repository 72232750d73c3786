/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-sheet-terminal.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-terminal.h"

/* The corners of the colour cube, which no theme changes. */
#define DARK_ON_WHITE "\033[38;5;16;48;5;231m"
#define NORMAL        "\033[0m"
#define SYMBOL_VERSION 8
#define ROWS_OF_TEXT  13

static gboolean
is_dark (DcSymbol *symbol,
         guint     x,
         guint     y)
{
  guint size = dc_symbol_get_size (symbol);

  return x >= DC_SYMBOL_QUIET && y >= DC_SYMBOL_QUIET &&
         x < size + DC_SYMBOL_QUIET && y < size + DC_SYMBOL_QUIET &&
         dc_symbol_is_dark (symbol, x - DC_SYMBOL_QUIET, y - DC_SYMBOL_QUIET);
}

char *
dc_key_sheet_terminal_symbol (DcSymbol *symbol)
{
  static const char * const blocks[] = { " ", "▀", "▄", "█" };
  guint side = dc_symbol_get_size (symbol) + 2 * DC_SYMBOL_QUIET;
  /* Large enough never to grow, which would leave copies. */
  GString *text = g_string_sized_new ((side + 20) * side * 2);

  for (guint y = 0; y < side; y += 2) {
    g_string_append (text, DARK_ON_WHITE);
    for (guint x = 0; x < side; x++)
      g_string_append (text, blocks[is_dark (symbol, x, y) | is_dark (symbol, x, y + 1) << 1]);
    g_string_append (text, NORMAL "\n");
  }

  return g_string_free (text, FALSE);
}

/* Empty where it does not fit, or cannot be made. */
static char *
make_symbol (const DcKeySheet *sheet,
             guint             rows)
{
  g_autoptr (DcSymbol) symbol = dc_symbol_new (sheet->identity, SYMBOL_VERSION, NULL);

  if (symbol == NULL || rows < ROWS_OF_TEXT + dc_symbol_get_size (symbol) / 2 + DC_SYMBOL_QUIET + 1)
    return g_strdup ("");

  return dc_key_sheet_terminal_symbol (symbol);
}

char *
dc_key_sheet_terminal (const DcKeySheet *sheet,
                       guint             rows)
{
  g_auto (DcSecretText) groups = dc_key_sheet_groups (sheet->identity);
  g_auto (DcSecretText) symbol = make_symbol (sheet, rows);

  return g_strdup_printf ("%s\n\n%s\n\n%s\n\n%s\n", _("The spare key. Copy it onto paper by hand; do not photograph it."),
                          groups, dc_key_sheet_warning (), symbol);
}
