/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age.h"

/* The input is recipients.txt. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcAgeRecipients) recipients = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GError) error = NULL;

  recipients = dc_age_recipients_parse ((const char *) data, size, &error);
  g_assert_true ((recipients == NULL) == (error != NULL));
  if (recipients == NULL) {
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }

  g_assert_cmpuint (dc_age_recipients_count (recipients), >, 0);
  g_assert_cmpuint (dc_age_recipients_count (recipients), <=, DC_AGE_MAX_RECIPIENTS);

  /* Whatever was taken can be encrypted to. */
  file = dc_age_encrypt (recipients, data, MIN (size, 100), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (file), ==,
                    22 + 98 * dc_age_recipients_count (recipients) + 48 + 16 + MIN (size, 100) + 16);

  return 0;
}
