/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-armor.h"

#include <string.h>

#include "dc-open-error.h"

/* The input is an age file in its text form. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *encoded = NULL;

  file = dc_age_armor_decode (text, size, &error);
  g_assert_true ((file == NULL) == (error != NULL));
  if (file == NULL) {
    g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_ARMOR);
    return 0;
  }

  g_assert_true (dc_age_armor_is (text, size));
  encoded = dc_age_armor_encode (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  again = dc_age_armor_decode (encoded, strlen (encoded), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again, file));

  return 0;
}
