/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bech32.h"

#include <string.h>

/* What is taken is written again as it was, but for the case of a text whose
 * prefix has no letter to show it. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  guint8 bytes[DC_BECH32_MAX_BYTES];
  g_autofree char *prefix = NULL;
  g_autofree char *again = NULL;
  g_autoptr (GError) error = NULL;
  gsize found;

  prefix = dc_bech32_decode ((const char *) data, size, bytes, sizeof bytes, &found, &error);
  g_assert_true ((prefix == NULL) == (error != NULL));
  if (prefix == NULL)
    return 0;

  again = dc_bech32_encode (prefix, bytes, found);
  g_assert_nonnull (again);
  g_assert_cmpuint (strlen (again), ==, size);
  g_assert_cmpint (g_ascii_strncasecmp (again, (const char *) data, size), ==, 0);

  return 0;
}
