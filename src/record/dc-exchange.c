/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-exchange-private.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-enum.h"
#include "dc-record.h"

void
dc_exchange_begin (DcJsonWriter *writer,
                   gsize         size,
                   gint64        number,
                   const char   *key,
                   const char   *word)
{
  dc_json_writer_init (writer, g_malloc (size), size);
  dc_json_open_object (writer, NULL);
  dc_json_add_integer (writer, "number", number);
  dc_json_add_string (writer, key, word);
}

GBytes *
dc_exchange_finish (DcJsonWriter  *writer,
                    GError       **error)
{
  g_autoptr (GBytes) line = NULL;

  dc_json_close_object (writer);
  if (!dc_json_writer_failed (writer) && writer->length < writer->size)
    writer->data[writer->length++] = '\n';
  else
    writer->full = TRUE;
  line = dc_crypto_secret_bytes ((guint8 *) writer->data, writer->size);

  if (writer->malformed != NULL) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX,
                 "exchange: %s: expected UTF-8", writer->malformed);
    return NULL;
  }
  if (writer->full || writer->length > DC_EXCHANGE_MAX_LINE) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE,
                 "exchange: expected a line of at most %d bytes", DC_EXCHANGE_MAX_LINE);
    return NULL;
  }

  return g_bytes_new_from_bytes (line, 0, writer->length);
}

gsize
dc_exchange_room_for_content (GBytes *content)
{
  return content != NULL ? 2 * g_bytes_get_size (content) : 0;
}

void
dc_exchange_add_content (DcJsonWriter *writer,
                         const char   *key,
                         GBytes       *content)
{
  dc_json_add_base64 (writer, key, content);
}

gboolean
dc_exchange_read_number (DcJsonReader  *reader,
                         const char    *key,
                         gint64         least,
                         gint64        *number,
                         GError       **error)
{
  if (!dc_json_read_integer (reader, key, number, error))
    return FALSE;
  if (*number < least || *number > (G_GINT64_CONSTANT (1) << 53) - 1)
    return dc_json_refuse (reader, key, "a number in its range", error);

  return TRUE;
}

static gboolean
read_kind (DcJsonReader        *reader,
           const char          *key,
           const char * const  *words,
           gsize                n_words,
           guint               *kind,
           GError             **error)
{
  char word[32];

  return dc_json_read_string (reader, key, word, sizeof word, error)
         && (dc_enum_find (words, n_words, word, kind)
             || dc_json_refuse (reader, key, "a word that is known", error));
}

DcJsonReader *
dc_exchange_read (const char          *what,
                  const char          *line,
                  gsize                length,
                  const char          *key,
                  const char * const  *words,
                  gsize                n_words,
                  guint               *kind,
                  gint64              *number,
                  GError             **error)
{
  g_autoptr (DcJsonReader) reader = dc_json_reader_new_with (what, line, length,
                                                             DC_EXCHANGE_MAX_LINE, "content", error);
  const char *newline = memchr (line, '\n', length);

  if (reader == NULL)
    return NULL;
  if (newline != NULL && newline != line + length - 1) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX, "%s: expected one line", what);
    return NULL;
  }
  if (!read_kind (reader, key, words, n_words, kind, error)
      || !dc_exchange_read_number (reader, "number", 0, number, error))
    return NULL;

  return g_steal_pointer (&reader);
}

gboolean
dc_exchange_read_text (DcJsonReader  *reader,
                       const char    *key,
                       gsize          max,
                       gboolean       optional,
                       char         **text,
                       GError       **error)
{
  g_autofree char *found = NULL;

  if (optional && dc_json_is_null (reader, key))
    return TRUE;

  found = g_malloc0 (max + 1);
  if (!dc_json_read_string (reader, key, found, max + 1, error))
    return FALSE;
  if (*found == '\0')
    return dc_json_refuse (reader, key, "a text that is not empty", error);
  *text = g_steal_pointer (&found);

  return TRUE;
}

GBytes *
dc_exchange_read_content (DcJsonReader  *reader,
                          const char    *key,
                          GError       **error)
{
  g_autoptr (GBytes) content = dc_json_read_base64 (reader, key, error);

  if (content == NULL)
    return NULL;
  if (g_bytes_get_size (content) > DC_EXCHANGE_MAX_CONTENT) {
    dc_json_refuse (reader, key, "at most 524288 bytes", error);
    return NULL;
  }

  return g_steal_pointer (&content);
}
