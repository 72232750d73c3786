/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-sheet-terminal.h"

#include <string.h>

#include "dc-crypto.h"

#define IDENTITY "AGE-SECRET-KEY-1QQPQXPZRYT4D5HJ7E8GM0FCAQ9X2W3K6NUSLV0YTRE8WQASDFGHJKL2345"

static const DcKeySheet sheet = {
  .date = "2026-11-25",
  .identity = IDENTITY,
  .recipient = "age1",
  .words = "coffee",
};

/* The upper or the lower half of a block, as a terminal draws it. */
static gboolean
half_is_dark (const char *block,
              guint       half)
{
  static const char * const blocks[] = { " ", "▀", "▄", "█" };

  for (guint i = 0; i < G_N_ELEMENTS (blocks); i++)
    if (g_str_has_prefix (block, blocks[i]))
      return (i >> half & 1) != 0;
  g_assert_not_reached ();
}

static void
test_symbol (void)
{
  g_autoptr (DcSymbol) symbol = dc_symbol_new (IDENTITY, 8, NULL);
  g_autofree char *text = dc_key_sheet_terminal_symbol (symbol);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint side = dc_symbol_get_size (symbol) + 2 * DC_SYMBOL_QUIET;

  for (guint y = 0; y < side; y++) {
    const char *p = strchr (lines[y / 2], 'm') + 1;   /* after the colours */

    for (guint x = 0; x < side; x++, p = g_utf8_next_char (p)) {
      gboolean inside = MIN (x, y) >= DC_SYMBOL_QUIET && MAX (x, y) < side - DC_SYMBOL_QUIET;
      gboolean dark = inside && dc_symbol_is_dark (symbol, x - DC_SYMBOL_QUIET, y - DC_SYMBOL_QUIET);

      g_assert_true (half_is_dark (p, y % 2) == dark);
    }
    g_assert_true (g_str_has_prefix (p, "\033[0m"));
  }
}

static void
test_colours (void)
{
  g_autoptr (DcSymbol) symbol = dc_symbol_new (IDENTITY, 8, NULL);
  g_autofree char *text = dc_key_sheet_terminal_symbol (symbol);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i][0] != '\0'; i++)
    g_assert_true (g_str_has_prefix (lines[i], "\033[38;5;16;48;5;231m"));
}

static void
test_fits (void)
{
  g_autofree char *large = dc_key_sheet_terminal (&sheet, 60);
  g_autofree char *small = dc_key_sheet_terminal (&sheet, 24);
  g_auto (GStrv) large_lines = g_strsplit (large, "\n", -1);
  g_auto (GStrv) small_lines = g_strsplit (small, "\n", -1);

  g_assert_nonnull (strstr (large, "▀"));
  g_assert_null (strstr (small, "▀"));
  g_assert_nonnull (strstr (small, "QQPQ XPZR YT4D 5HJ7 E8GM\n"));
  g_assert_nonnull (strstr (small, dc_key_sheet_warning ()));
  /* The question below needs two lines of its own. */
  g_assert_cmpuint (g_strv_length (large_lines), <=, 58);
  g_assert_cmpuint (g_strv_length (small_lines), <=, 22);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/office/key-sheet-terminal/draws-every-module-and-its-quiet-zone", test_symbol);
  g_test_add_func ("/office/key-sheet-terminal/is-dark-on-white-whatever-the-theme", test_colours);
  g_test_add_func ("/office/key-sheet-terminal/leaves-the-code-out-where-it-does-not-fit", test_fits);

  return g_test_run ();
}
