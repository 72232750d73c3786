/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign.h"
#include "dc-pack-keys.h"

/* Any bytes: refused with a message that names the file and nothing kept, or
 * keys that are keys. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_auto (DcPackKeys) keys = { 0 };
  g_autoptr (GError) error = NULL;

  if (!dc_pack_keys_parse (&keys, size > 0 ? (const char *) data : "", size, &error)) {
    g_assert_true (g_str_has_prefix (error->message, "keys.ini: "));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    g_assert_true (keys.next == NULL && keys.receipts == NULL);
    return 0;
  }

  g_assert_no_error (error);
  if (keys.next != NULL)
    g_assert_true (dc_minisign_is_public_key (keys.next));
  if (keys.receipts != NULL)
    g_assert_cmpuint (g_strv_length (keys.receipts), <=, DC_PACK_MAX_RECEIPTS);
  for (char **receipt = keys.receipts; receipt != NULL && *receipt != NULL; receipt++)
    g_assert_true (dc_minisign_is_public_key (*receipt));

  return 0;
}
