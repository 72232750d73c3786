/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign.h"

#include <string.h>

#include "dc-crypto.h"

/* The input is a public key, a NUL and a signature, of "hi\n". */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *nul = size > 0 ? memchr (data, '\0', size) : NULL;
  g_autofree char *key = NULL;
  g_autofree char *signature = NULL;
  g_autoptr (GError) error = NULL;
  gsize key_length;
  gsize signature_length;
  gboolean ok;

  if (nul == NULL)
    return 0;

  /* Exactly as long as they are, so that a sanitizer sees a step too far. */
  key_length = (gsize) (nul - data);
  signature_length = size - key_length - 1;
  key = g_memdup2 (data, MAX (key_length, 1));
  signature = signature_length > 0 ? g_memdup2 (nul + 1, signature_length) : g_malloc (1);

  ok = dc_minisign_verify (key, key_length, signature, signature_length,
                           (const guint8 *) "hi\n", 3, &error);
  g_assert_true (ok == (error == NULL));
  if (error != NULL)
    g_assert_true (error->domain == DC_SEAL_ERROR);

  return 0;
}
