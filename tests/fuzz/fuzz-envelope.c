/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-record.h"

/* Whatever is accepted can be written again, and says the same then. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GError) error = NULL;
  DcEnvelope envelope;
  gboolean read;

  read = dc_envelope_from_json (&envelope, (const char *) data, size, &error);
  g_assert_true (read == (error == NULL));
  if (!read) {
    g_assert_true (error->domain == DC_RECORD_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }

  json = dc_envelope_to_json (&envelope);
  g_assert_true (dc_envelope_from_json (&envelope, g_bytes_get_data (json, NULL),
                                        g_bytes_get_size (json), NULL));
  again = dc_envelope_to_json (&envelope);
  g_assert_true (g_bytes_equal (json, again));

  return 0;
}
