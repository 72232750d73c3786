/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-symbol.h"

/* The first byte is the largest version, the rest the text. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = NULL;
  g_autoptr (DcSymbol) symbol = NULL;
  g_autoptr (GError) error = NULL;
  guint max_version;

  if (size == 0)
    return 0;

  max_version = 1 + data[0] % DC_SYMBOL_MAX_VERSION;
  text = g_strndup ((const char *) data + 1, size - 1);
  symbol = dc_symbol_new (text, max_version, &error);
  g_assert_true ((symbol == NULL) == (error != NULL));
  if (symbol == NULL)
    return 0;

  g_assert_cmpuint (dc_symbol_get_version (symbol), <=, max_version);
  g_assert_cmpuint (dc_symbol_get_size (symbol), ==, 17 + 4 * dc_symbol_get_version (symbol));
  g_assert_true (dc_symbol_is_dark (symbol, 0, 0));
  g_assert_false (dc_symbol_is_dark (symbol, 7, 7));

  return 0;
}
