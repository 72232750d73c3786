/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-armor.h"

#include <sodium.h>
#include <string.h>

#include "dc-age.h"
#include "dc-base64.h"
#include "dc-open-error.h"

#define BEGIN          "-----BEGIN AGE ENCRYPTED FILE-----"
#define END            "-----END AGE ENCRYPTED FILE-----"
#define COLUMNS        64
#define LINE_BYTES     48
#define MAX_BLANKS     1024
#define MAX_TEXT       (2 * DC_AGE_MAX_PLAINTEXT)

typedef struct
{
  const char *start;
  gsize       length;
} Line;

typedef struct
{
  const char *at;
  gsize       left;
  guint       line;   /* of the one read last, from 1 */
} Reader;

static gboolean
refuse (GError       **error,
        const Reader  *reader,
        const char    *why)
{
  g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_ARMOR,
               "Armor of an age file, line %u: %s", reader->line, why);

  return FALSE;
}

/* One line without its LF or CR LF; FALSE at the end of the text. */
static gboolean
take_line (Reader *reader,
           Line   *line)
{
  const char *end;
  gsize used;

  if (reader->left == 0)
    return FALSE;

  end = memchr (reader->at, '\n', reader->left);
  used = end != NULL ? (gsize) (end - reader->at) + 1 : reader->left;
  line->start = reader->at;
  line->length = end != NULL ? used - 1 : used;
  if (line->length > 0 && line->start[line->length - 1] == '\r')
    line->length--;
  reader->at += used;
  reader->left -= used;
  reader->line++;

  return TRUE;
}

static gboolean
is_blank (const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;

  return TRUE;
}

static gboolean
equals (Line        line,
        const char *text)
{
  return line.length == strlen (text) && memcmp (line.start, text, line.length) == 0;
}

static gboolean
find_begin (Reader *reader)
{
  const char *start = reader->at;
  Line line;

  while (take_line (reader, &line)) {
    if (equals (line, BEGIN))
      return TRUE;
    if (!is_blank (line.start, line.length) || reader->at - start > MAX_BLANKS)
      return FALSE;
  }

  return FALSE;
}

/* @last: a line that no other may follow. */
static gboolean
read_line (const Reader  *reader,
           Line           line,
           GByteArray    *data,
           gboolean      *last,
           GError       **error)
{
  guint8 bytes[LINE_BYTES];
  gsize size;

  if (line.length == 0)
    return refuse (error, reader, "empty");
  if (line.length > COLUMNS)
    return refuse (error, reader, "longer than 64 columns");
  if (!dc_base64_decode (DC_BASE64_PADDED, line.start, line.length, bytes, sizeof bytes, &size))
    return refuse (error, reader, "not base64 in its canonical form");

  g_byte_array_append (data, bytes, (guint) size);
  *last = size < LINE_BYTES;

  return TRUE;
}

static gboolean
read_body (Reader      *reader,
           GByteArray  *data,
           GError     **error)
{
  gboolean last = FALSE;
  Line line;

  while (take_line (reader, &line)) {
    if (equals (line, END))
      return TRUE;
    if (last)
      return refuse (error, reader, "expected the line that ends the armor, behind a shorter line");
    if (!read_line (reader, line, data, &last, error))
      return FALSE;
  }

  return refuse (error, reader, "the text ends before the line that ends the armor");
}

gboolean
dc_age_armor_is (const char *text,
                 gsize       length)
{
  Reader reader = { text, length, 0 };

  g_return_val_if_fail (text != NULL || length == 0, FALSE);

  return find_begin (&reader);
}

GBytes *
dc_age_armor_decode (const char  *text,
                     gsize        length,
                     GError     **error)
{
  g_autoptr (GByteArray) data = NULL;
  Reader reader = { text, length, 0 };

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > MAX_TEXT) {
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE,
                 "Armor of an age file: longer than %d bytes", MAX_TEXT);
    return NULL;
  }

  if (!find_begin (&reader)) {
    refuse (error, &reader, "expected the line that begins the armor");
    return NULL;
  }
  data = g_byte_array_sized_new ((guint) (reader.left / 4 * 3));
  if (!read_body (&reader, data, error))
    return NULL;
  if (reader.left > MAX_BLANKS || !is_blank (reader.at, reader.left)) {
    refuse (error, &reader, "something follows it");
    return NULL;
  }

  return g_byte_array_free_to_bytes (g_steal_pointer (&data));
}

char *
dc_age_armor_encode (const guint8 *data,
                     gsize         size)
{
  GString *text = g_string_sized_new (size / LINE_BYTES * (COLUMNS + 1) + 2 * COLUMNS + sizeof BEGIN);

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  g_string_append (text, BEGIN "\n");
  for (gsize done = 0; done < size; done += LINE_BYTES) {
    char line[COLUMNS + 1];

    sodium_bin2base64 (line, sizeof line, data + done, MIN (size - done, LINE_BYTES),
                       sodium_base64_VARIANT_ORIGINAL);
    g_string_append (text, line);
    g_string_append_c (text, '\n');
  }
  g_string_append (text, END "\n");

  return g_string_free (text, FALSE);
}
