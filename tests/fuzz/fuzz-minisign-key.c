/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign-key.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-minisign.h"
#include "dc-open-error.h"

/* The input is the file of a minisign secret key, without a passphrase: what
 * one costs would leave a fuzzer no time. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcMinisignKey) key = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *public_text = NULL;
  g_autofree char *signature = NULL;

  /* Guarded memory needs it. */
  g_assert_true (dc_crypto_init ());
  key = dc_minisign_key_parse ((const char *) data, size, NULL, &error);
  g_assert_true ((key == NULL) == (error != NULL));
  if (key == NULL) {
    g_assert_true (error->domain == DC_OPEN_ERROR);
    return 0;
  }

  public_text = dc_minisign_key_get_public_text (key, NULL);
  signature = dc_minisign_key_sign (key, data, size, "fuzz", NULL, &error);
  g_assert_no_error (error);
  g_assert_true (dc_minisign_verify (public_text, strlen (public_text), signature, strlen (signature),
                                     data, size, &error));

  return 0;
}
