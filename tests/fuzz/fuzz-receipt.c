/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "dc-minisign-key.h"
#include "dc-receipt.h"
#include "dc-record.h"

/* Twice with any bytes: as a whole line, which nobody can sign; and as the JSON
 * of one that the office did sign, so that what lies behind the signature is
 * reached. What is accepted is whole. */

static DcMinisignKey *office;
static char *office_key;

static void
set_up (void)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (office != NULL)
    return;
  g_assert_true (dc_crypto_init ());
  office = dc_minisign_key_generate ();
  text = dc_minisign_key_get_public_text (office, NULL);
  lines = g_strsplit (text, "\n", 3);
  office_key = g_strdup (lines[1]);
}

static void
check (GBytes *line)
{
  const char *keys[] = { office_key, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (DcReceipt) receipt = dc_receipt_from_line (line, keys, NULL, &error);
  g_autoptr (GBytes) json = NULL;

  if (receipt == NULL) {
    g_assert_true (error->domain == DC_RECORD_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return;
  }
  g_assert_true (receipt->entries->len >= 1 && receipt->entries->len <= DC_RECEIPT_MAX_ENTRIES);
  json = dc_receipt_to_json (receipt);
  g_assert_nonnull (json);
}

static GBytes *
sign (GBytes *json)
{
  g_autoptr (GBytes) message = dc_receipt_signed_bytes (json);
  g_autofree char *minisig = dc_minisign_key_sign (office, g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                                   "fuzz", NULL, NULL);

  return dc_receipt_to_line (json, minisig);
}

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GBytes) line = NULL;

  set_up ();
  check (bytes);
  line = sign (bytes);
  check (line);

  return 0;
}
