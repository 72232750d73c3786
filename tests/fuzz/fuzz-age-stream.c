/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-open.h"

#include <string.h>

#include "dc-age-header.h"
#include "dc-age-stream.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

/* The input is an age file for the key below. No fuzzer finds a payload that
 * is genuine, so its chunks are also tried with a file key that is known. */
#define KEY "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"

static void
open_payload (const guint8 *data,
              gsize         size)
{
  static const guint8 file_key[DC_AGE_FILE_KEY_SIZE] = "YELLOW SUBMARINE";
  g_autofree guint8 *plaintext = g_malloc (MAX (dc_age_stream_capacity (size), 1));
  g_autoptr (GError) error = NULL;
  gsize verified;
  gboolean ok = dc_age_stream_open (data, size, file_key, plaintext, &verified, &error);

  g_assert_true (ok == (error == NULL));
  g_assert_cmpuint (verified, <=, dc_age_stream_capacity (size));
}

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (DcAgeHeader) header = NULL;
  g_autoptr (GBytes) plaintext = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_crypto_init ());
  identity = dc_age_identity_parse (KEY, strlen (KEY), NULL);
  plaintext = dc_age_open (data, size, &identity, 1, NULL, &error);
  g_assert_true ((plaintext == NULL) == (error != NULL));
  if (error != NULL)
    g_assert_true (error->domain == DC_OPEN_ERROR);

  header = dc_age_header_parse (data, size, NULL);
  if (header != NULL)
    open_payload (data + header->size, size - header->size);
  open_payload (data, size);

  return 0;
}
