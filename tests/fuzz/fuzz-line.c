/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"
#include "dc-record.h"

/* Whatever is accepted is a whole record, and its line reads back to the same
 * bytes. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (DcRecord) again = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_crypto_init ());
  record = dc_record_from_line ((const char *) data, size, &error);
  g_assert_true ((record == NULL) == (error != NULL));
  if (record == NULL) {
    g_assert_true (error->domain == DC_RECORD_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }

  line = dc_record_to_line (record);
  again = dc_record_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line), &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again->envelope_json, record->envelope_json));
  g_assert_true (g_bytes_equal (again->sealed, record->sealed));

  return 0;
}
