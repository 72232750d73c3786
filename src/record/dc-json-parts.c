/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-parts.h"

#include <string.h>

#include "dc-json-base64.h"
#include "dc-json-reader.h"
#include "dc-record.h"

static void
append_base64 (GString    *line,
               const char *key,
               GBytes     *part)
{
  gsize length = dc_json_base64_length (g_bytes_get_size (part));
  gsize before;

  g_string_append_printf (line, "%s\"%s\":\"", line->len == 0 ? "{" : ",", key);
  before = line->len;
  g_string_set_size (line, before + length);
  dc_json_base64_encode (part, line->str + before);
  g_string_append_c (line, '"');
}

GBytes *
dc_json_parts_to_line (const char * const *keys,
                       GBytes * const     *parts)
{
  GString *line = g_string_sized_new (8192);

  for (gsize i = 0; keys[i] != NULL; i++)
    append_base64 (line, keys[i], parts[i]);
  g_string_append (line, "}\n");

  return g_string_free_to_bytes (line);
}

static gboolean
is_one_line (const char *line,
             gsize       length)
{
  const char *newline = memchr (line, '\n', length);

  return newline == NULL || newline == line + length - 1;
}

static void
clear_parts (GBytes **parts,
             gsize    n_parts)
{
  for (gsize i = 0; i < n_parts; i++)
    g_clear_pointer (&parts[i], g_bytes_unref);
}

/* The one form in which these lines are written, which is nearly all that is ever
 * read: parsed as JSON, a bundle takes longer than it takes to be written and
 * proven. */
gboolean
dc_json_parts_cut (const char          *line,
                   gsize                length,
                   const char * const  *keys,
                   GBytes             **parts)
{
  const char *at = line;
  const char *end = line + length - (length > 0 && line[length - 1] == '\n' ? 1 : 0);
  gsize n = 0;

  for (; keys[n] != NULL; n++) {
    gsize key_length = strlen (keys[n]);
    const char *text = at + key_length + strlen ("{\"\":\"");
    const char *quote = text < end ? memchr (text, '"', (gsize) (end - text)) : NULL;

    if (quote == NULL || at[0] != (n == 0 ? '{' : ',') || at[1] != '"'
        || memcmp (at + 2, keys[n], key_length) != 0 || memcmp (text - 3, "\":\"", 3) != 0)
      break;
    parts[n] = dc_json_base64_decode (text, (gsize) (quote - text));
    if (parts[n] == NULL)
      break;
    at = quote + 1;
  }
  if (keys[n] == NULL && end - at == 1 && *at == '}')
    return TRUE;
  clear_parts (parts, n);

  return FALSE;
}

gboolean
dc_json_parts_from_line (const char          *what,
                         const char          *line,
                         gsize                length,
                         gsize                max_length,
                         const char * const  *keys,
                         GBytes             **parts,
                         GError             **error)
{
  g_autoptr (DcJsonReader) reader = NULL;

  if (length <= max_length && dc_json_parts_cut (line, length, keys, parts))
    return TRUE;

  reader = dc_json_reader_new (what, line, length, max_length, error);
  if (reader == NULL || !dc_json_reader_has_only (reader, keys, error))
    return FALSE;
  if (!is_one_line (line, length)) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX, "%s: expected one line", what);
    return FALSE;
  }

  for (gsize i = 0; keys[i] != NULL; i++) {
    parts[i] = dc_json_read_base64 (reader, keys[i], error);
    if (parts[i] == NULL) {
      clear_parts (parts, i);
      return FALSE;
    }
  }

  return TRUE;
}

GBytes *
dc_json_parts_signed (const char *context,
                      GBytes     *json)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (json, &size);
  GByteArray *message = g_byte_array_sized_new ((guint) (strlen (context) + size));

  g_byte_array_append (message, (const guint8 *) context, (guint) strlen (context));
  g_byte_array_append (message, data, (guint) size);

  return g_byte_array_free_to_bytes (message);
}
