/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-header.h"

#include "dc-open-error.h"

/* The input is an age file, of which only the header is looked at. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (DcAgeHeader) header = NULL;
  g_autoptr (GError) error = NULL;

  header = dc_age_header_parse (data, size, &error);
  g_assert_true ((header == NULL) == (error != NULL));
  if (header == NULL) {
    g_assert_true (error->domain == DC_OPEN_ERROR);
    return 0;
  }

  g_assert_cmpuint (header->stanzas->len, >, 0);
  g_assert_cmpuint (header->size + DC_AGE_NONCE_SIZE, <=, size);
  g_assert_cmpuint (header->mac_end, <, header->size);
  g_assert_cmpuint (header->size, <=, DC_AGE_MAX_HEADER);

  return 0;
}
