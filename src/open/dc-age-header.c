/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-header.h"

#include <sodium.h>
#include <string.h>

#include "dc-base64.h"
#include "dc-open-error.h"

#define ARROW         "->"
#define MAC_LINE      "--- "
#define COLUMNS       64
#define LINE_BYTES    48   /* in a line of so many columns */
#define MAC_LENGTH    43

/* Where the reader stands. */
typedef struct
{
  const guint8 *file;
  gsize         size;   /* at most DC_AGE_MAX_HEADER */
  gsize         at;
  guint         line;   /* of the one read last, from 1 */
  gboolean      cut;    /* the file goes on behind @size */
} Reader;

typedef struct
{
  const char *start;
  gsize       length;
} Line;

static gboolean
refuse (GError       **error,
        const Reader  *reader,
        const char    *why)
{
  g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_HEADER,
               "Header of an age file, line %u: %s", reader->line, why);

  return FALSE;
}

static gboolean
take_line (Reader  *reader,
           Line    *line,
           GError **error)
{
  const guint8 *start = reader->file + reader->at;
  const guint8 *end = memchr (start, '\n', reader->size - reader->at);

  reader->line++;
  if (end == NULL && reader->cut) {
    g_set_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE,
                 "Header of an age file: longer than %d bytes", DC_AGE_MAX_HEADER);
    return FALSE;
  }
  if (end == NULL)
    return refuse (error, reader, "the file ends within the header");

  line->start = (const char *) start;
  line->length = (gsize) (end - start);
  reader->at += line->length + 1;

  return TRUE;
}

static gboolean
begins_with (Line        line,
             const char *prefix)
{
  return line.length >= strlen (prefix) && memcmp (line.start, prefix, strlen (prefix)) == 0;
}

static gboolean
next_begins_with (const Reader *reader,
                  const char   *prefix)
{
  Line rest = { (const char *) reader->file + reader->at, reader->size - reader->at };

  return begins_with (rest, prefix);
}

gboolean
dc_age_stanza_is (const DcAgeStanza *stanza,
                  const char        *kind)
{
  return strcmp (stanza->args[0], kind) == 0;
}

static void
stanza_free (gpointer data)
{
  DcAgeStanza *stanza = data;

  g_clear_pointer (&stanza->args, g_strfreev);
  g_clear_pointer (&stanza->body, g_byte_array_unref);
  g_free (stanza);
}

/* "-> KIND ARGUMENT…": words of visible characters, one blank before each. */
static gboolean
read_args (const Reader  *reader,
           Line           line,
           DcAgeStanza   *stanza,
           GError       **error)
{
  g_autofree char *words = NULL;

  if (!begins_with (line, ARROW " "))
    return refuse (error, reader, "expected \"-> \" and the kind of a stanza");
  for (gsize i = strlen (ARROW); i < line.length; i++)
    if (line.start[i] < ' ' || line.start[i] > '~')
      return refuse (error, reader, "a character that cannot be there");

  words = g_strndup (line.start + strlen (ARROW " "), line.length - strlen (ARROW " "));
  stanza->args = g_strsplit (words, " ", -1);
  if (stanza->args[0] == NULL)
    return refuse (error, reader, "a stanza without a kind");
  for (guint i = 0; stanza->args[i] != NULL; i++)
    if (stanza->args[i][0] == '\0')
      return refuse (error, reader, "an argument that is empty");

  return TRUE;
}

/* Lines of 64 columns and one, that must be there, of fewer. */
static gboolean
read_body (Reader       *reader,
           DcAgeStanza  *stanza,
           GError      **error)
{
  Line line;

  stanza->body = g_byte_array_new ();
  do {
    guint8 bytes[LINE_BYTES];
    gsize size;

    if (!take_line (reader, &line, error))
      return FALSE;
    if (line.length > COLUMNS)
      return refuse (error, reader, "longer than 64 columns");
    size = line.length * 3 / 4;
    if (!dc_base64_read (DC_BASE64_UNPADDED, line.start, line.length, bytes, size))
      return refuse (error, reader, "not base64 in its canonical form, without padding");
    g_byte_array_append (stanza->body, bytes, (guint) size);
  } while (line.length == COLUMNS);

  return TRUE;
}

static gboolean
read_stanza (Reader       *reader,
             DcAgeHeader  *self,
             GError      **error)
{
  DcAgeStanza *stanza = g_new0 (DcAgeStanza, 1);
  Line line;

  g_ptr_array_add (self->stanzas, stanza);

  return take_line (reader, &line, error)
         && read_args (reader, line, stanza, error)
         && read_body (reader, stanza, error);
}

static gboolean
read_mac (Reader       *reader,
          DcAgeHeader  *self,
          GError      **error)
{
  Line line;

  self->mac_end = reader->at + strlen ("---");
  if (!take_line (reader, &line, error))
    return FALSE;
  if (!begins_with (line, MAC_LINE)
      || line.length != strlen (MAC_LINE) + MAC_LENGTH
      || !dc_base64_read (DC_BASE64_UNPADDED, line.start + strlen (MAC_LINE), MAC_LENGTH, self->mac, sizeof self->mac))
    return refuse (error, reader, "expected \"--- \" and the 43 characters of a MAC");
  self->size = reader->at;

  return TRUE;
}

static gboolean
check_scrypt (const Reader       *reader,
              const DcAgeHeader  *self,
              GError            **error)
{
  for (guint i = 0; i < self->stanzas->len && self->stanzas->len > 1; i++)
    if (dc_age_stanza_is (g_ptr_array_index (self->stanzas, i), DC_AGE_SCRYPT))
      return refuse (error, reader, "a passphrase beside another way to open the file");

  return TRUE;
}

static gboolean
read_header (Reader       *reader,
             DcAgeHeader  *self,
             GError      **error)
{
  if (!next_begins_with (reader, DC_AGE_VERSION_LINE)) {
    reader->line = 1;
    return refuse (error, reader, "not a file of age, version 1");
  }
  reader->at = strlen (DC_AGE_VERSION_LINE);
  reader->line = 1;

  do {
    if (!read_stanza (reader, self, error))
      return FALSE;
  } while (next_begins_with (reader, ARROW));

  return read_mac (reader, self, error) && check_scrypt (reader, self, error);
}

DcAgeHeader *
dc_age_header_parse (const guint8  *file,
                     gsize          size,
                     GError       **error)
{
  g_autoptr (DcAgeHeader) self = NULL;
  Reader reader = { .file = file, .size = MIN (size, DC_AGE_MAX_HEADER), .cut = size > DC_AGE_MAX_HEADER };

  g_return_val_if_fail (file != NULL || size == 0, NULL);

  if (size == 0)
    reader.file = (const guint8 *) "";

  self = g_new0 (DcAgeHeader, 1);
  self->stanzas = g_ptr_array_new_with_free_func (stanza_free);
  if (!read_header (&reader, self, error))
    return NULL;
  if (size - self->size < DC_AGE_NONCE_SIZE) {
    refuse (error, &reader, "the file ends behind it");
    return NULL;
  }

  return g_steal_pointer (&self);
}

gboolean
dc_age_header_verify (const DcAgeHeader  *self,
                      const guint8       *file,
                      const guint8        file_key[static DC_AGE_FILE_KEY_SIZE],
                      GError            **error)
{
  guint8 mac[DC_AGE_MAC_SIZE];

  dc_age_header_mac (file_key, file, self->mac_end, mac);
  if (sodium_memcmp (mac, self->mac, sizeof mac) == 0)
    return TRUE;

  g_set_error_literal (error, DC_OPEN_ERROR, DC_OPEN_ERROR_HMAC,
                       "The header of the age file was altered after sealing");

  return FALSE;
}

void
dc_age_header_free (DcAgeHeader *self)
{
  g_clear_pointer (&self->stanzas, g_ptr_array_unref);
  g_free (self);
}
