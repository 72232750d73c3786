/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tablet-key.h"

#include "dc-crypto.h"

/* The input is the file of a tablet's key. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcTabletKey) key = NULL;
  g_autoptr (GError) error = NULL;
  guint8 signature[64];

  /* Guarded memory needs it. */
  g_assert_true (dc_crypto_init ());
  key = dc_tablet_key_parse (size > 0 ? (const char *) data : "", size, &error);
  if (key == NULL) {
    g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_KEY);
    return 0;
  }

  dc_tablet_key_sign (key, data, size, signature);
  g_assert_true (dc_tablet_key_verify (dc_tablet_key_get_public (key), data, size, signature));

  return 0;
}
