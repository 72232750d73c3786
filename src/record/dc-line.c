/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-record.h"

#include <string.h>

#include "dc-json-reader.h"

/* A record as one line of text. */

static const char * const keys[] = { "envelope", "signature", "sealed", NULL };

static void
append_base64 (GString      *line,
               const char   *key,
               const guint8 *data,
               gsize         size)
{
  g_autofree char *text = g_base64_encode (data, size);

  g_string_append_printf (line, "%s\"%s\":\"", line->len == 0 ? "{" : ",", key);
  g_string_append (line, text);
  g_string_append_c (line, '"');
}

GBytes *
dc_record_to_line (DcRecord *self)
{
  GString *line;
  const guint8 *data;
  gsize size;

  g_return_val_if_fail (self != NULL, NULL);

  line = g_string_sized_new (8192);
  data = g_bytes_get_data (self->envelope_json, &size);
  append_base64 (line, "envelope", data, size);
  append_base64 (line, "signature", self->signature, sizeof self->signature);
  data = g_bytes_get_data (self->sealed, &size);
  append_base64 (line, "sealed", data, size);
  g_string_append (line, "}\n");

  return g_string_free_to_bytes (line);
}

DcRecord *
dc_record_from_line (const char  *line,
                     gsize        length,
                     GError     **error)
{
  g_autoptr (DcJsonReader) reader = NULL;
  g_autoptr (GBytes) envelope = NULL;
  g_autoptr (GBytes) signature = NULL;
  g_autoptr (GBytes) sealed = NULL;
  const char *newline;

  g_return_val_if_fail (line != NULL, NULL);

  reader = dc_json_reader_new ("line", line, length, DC_LINE_MAX_BYTES, error);
  if (reader == NULL || !dc_json_reader_has_only (reader, keys, error))
    return NULL;

  newline = memchr (line, '\n', length);
  if (newline != NULL && newline != line + length - 1) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX, "line: expected one line");
    return NULL;
  }

  envelope = dc_json_read_base64 (reader, "envelope", error);
  if (envelope == NULL)
    return NULL;
  signature = dc_json_read_base64 (reader, "signature", error);
  if (signature == NULL)
    return NULL;
  sealed = dc_json_read_base64 (reader, "sealed", error);
  if (sealed == NULL)
    return NULL;
  if (g_bytes_get_size (signature) != 64) {
    dc_json_refuse (reader, "signature", "64 bytes", error);
    return NULL;
  }

  return dc_record_new (envelope, g_bytes_get_data (signature, NULL), sealed, error);
}
