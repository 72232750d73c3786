/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destination-identity.h"
#include "dc-record.h"

/* What is accepted reads back from the line that is written of it. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  DcId id, epoch, id_again, epoch_again;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;

  if (!dc_destination_identity_from_line (size > 0 ? (const char *) data : "", size, &id, &epoch, &error)) {
    g_assert_true (error->domain == DC_RECORD_ERROR);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }

  line = dc_destination_identity_to_line (&id, &epoch);
  dc_destination_identity_from_line (g_bytes_get_data (line, NULL), g_bytes_get_size (line), &id_again, &epoch_again,
                                     &error);
  g_assert_no_error (error);
  g_assert_true (dc_id_equal (&id, &id_again) && dc_id_equal (&epoch, &epoch_again));

  return 0;
}
