/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bundle.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-json-writer.h"

/* Writing; the reading of what came back is in dc-bundle-reader.c. */

#define TRAILER_MAX_BYTES 160

static void
append_trailer (GByteArray *bundle,
                guint       n_records)
{
  char text[TRAILER_MAX_BYTES];
  DcJsonWriter writer;
  guint8 digest[32];

  dc_crypto_sha256 (bundle->data, bundle->len, digest);
  dc_json_writer_init (&writer, text, sizeof text);
  dc_json_open_object (&writer, NULL);
  dc_json_add_integer (&writer, "bundle", 1);
  dc_json_add_integer (&writer, "records", n_records);
  dc_json_add_hex (&writer, "sha256", digest, sizeof digest);
  dc_json_close_object (&writer);
  g_assert (!dc_json_writer_failed (&writer));

  g_byte_array_append (bundle, (const guint8 *) text, (guint) writer.length);
  g_byte_array_append (bundle, (const guint8 *) "\n", 1);
}

GBytes *
dc_bundle_new (DcRecord * const *records,
               guint             n_records,
               guint            *taken)
{
  g_autoptr (GByteArray) bundle = NULL;
  guint n = 0;

  g_return_val_if_fail (records != NULL && n_records > 0 && taken != NULL, NULL);

  bundle = g_byte_array_sized_new (DC_BUNDLE_MAX_BYTES);
  for (; n < n_records; n++) {
    g_autoptr (GBytes) line = dc_record_to_line (records[n]);
    gsize size;
    const guint8 *data = g_bytes_get_data (line, &size);

    if (bundle->len + size > DC_BUNDLE_MAX_BYTES - TRAILER_MAX_BYTES)
      break;
    g_byte_array_append (bundle, data, (guint) size);
  }
  append_trailer (bundle, n);
  *taken = n;

  return g_byte_array_free_to_bytes (g_steal_pointer (&bundle));
}
