/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-reader-private.h"

#include <string.h>

#include "dc-json-base64.h"
#include "dc-record.h"

/* Without memory Jansson returns what it returns for bad JSON, and a sound record
 * would be refused as damaged for ever. It ends the process instead, as
 * everything made by GLib does. Before main (), hence before any thread. */
static void __attribute__ ((constructor))
take_memory_from_glib (void)
{
  json_set_alloc_funcs (g_malloc, g_free);
}

DcJsonReader *
dc_json_reader_new (const char  *what,
                    const char  *json,
                    gsize        length,
                    gsize        max_length,
                    GError     **error)
{
  DcJsonReader *self;
  json_error_t json_error;
  json_t *root;

  if (length > max_length) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE,
                 "%s: expected at most %" G_GSIZE_FORMAT " bytes", what, max_length);
    return NULL;
  }

  root = json_loadb (json, length, JSON_REJECT_DUPLICATES, &json_error);
  if (!json_is_object (root)) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX,
                 "%s: expected one JSON object with no key twice", what);
    json_decref (root);
    return NULL;
  }

  self = g_new0 (DcJsonReader, 1);
  self->what = what;
  self->root = root;

  return self;
}

/* Where the string of @key begins, if it is one without an escape. In JSON no string can hold “"KEY":"”, since its quotation marks
 * are escaped; a second object could. */
static const char *
find_base64 (const char *json,
             gsize       length,
             const char *key,
             gsize      *text_length)
{
  g_autofree char *before = g_strdup_printf ("\"%s\":\"", key);
  const char *end = json + length;
  const char *text = memmem (json, length, before, strlen (before));
  const char *quote;

  if (text == NULL)
    return NULL;
  text += strlen (before);
  quote = memchr (text, '"', (gsize) (end - text));
  if (quote == NULL)
    return NULL;
  *text_length = (gsize) (quote - text);

  return text;
}

DcJsonReader *
dc_json_reader_new_with (const char  *what,
                         const char  *json,
                         gsize        length,
                         gsize        max_length,
                         const char  *key,
                         GError     **error)
{
  gsize text_length = 0;
  const char *text = length <= max_length ? find_base64 (json, length, key, &text_length) : NULL;
  g_autoptr (GBytes) content = text != NULL ? dc_json_base64_decode (text, text_length) : NULL;
  g_autofree char *rest = NULL;
  DcJsonReader *self;
  gsize before = text != NULL ? (gsize) (text - json) : 0;

  if (content == NULL)
    return dc_json_reader_new (what, json, length, max_length, error);
  rest = g_malloc (length - text_length);
  memcpy (rest, json, before);
  memcpy (rest + before, text + text_length, length - text_length - before);
  if (memchr (rest + 1, '{', length - text_length - 1) != NULL)
    return dc_json_reader_new (what, json, length, max_length, error);

  self = dc_json_reader_new (what, rest, length - text_length, max_length, error);
  if (self != NULL) {
    self->lifted = key;
    self->content = g_steal_pointer (&content);
  }

  return self;
}

void
dc_json_reader_free (DcJsonReader *self)
{
  g_clear_pointer (&self->root, json_decref);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->content, g_bytes_unref);
  g_free (self);
}

const char *
dc_json_reader_get_what (DcJsonReader *self)
{
  return self->what;
}

gboolean
dc_json_refuse (DcJsonReader  *self,
                const char    *key,
                const char    *expected,
                GError       **error)
{
  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD,
               "%s: %s: expected %s", self->what, key, expected);

  return FALSE;
}

static gboolean
refuse_unknown (DcJsonReader        *self,
                const char * const  *keys,
                GError             **error)
{
  const char *key;
  json_t *value;

  json_object_foreach (self->root, key, value) {
    g_autofree char *shown = NULL;

    if (g_strv_contains (keys, key))
      continue;
    /* It may be anything: in ASCII, and not the whole of it. */
    shown = g_strescape (key, NULL);
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD,
                 "%s: %.40s: expected no such field", self->what, shown);
    return FALSE;
  }

  return TRUE;
}

gboolean
dc_json_reader_has_among (DcJsonReader        *self,
                          const char * const  *keys,
                          gsize                needed,
                          GError             **error)
{
  for (gsize i = 0; i < needed; i++) {
    if (json_object_get (self->root, keys[i]) == NULL)
      return dc_json_refuse (self, keys[i], "it to be there", error);
  }

  return refuse_unknown (self, keys, error);
}

gboolean
dc_json_reader_has_only (DcJsonReader        *self,
                         const char * const  *keys,
                         GError             **error)
{
  return dc_json_reader_has_among (self, keys, g_strv_length ((char **) keys), error);
}

gboolean
dc_json_has (DcJsonReader *self,
             const char   *key)
{
  return json_object_get (self->root, key) != NULL;
}

gboolean
dc_json_is_null (DcJsonReader *self,
                 const char   *key)
{
  return json_is_null (json_object_get (self->root, key));
}

gboolean
dc_json_read_integer (DcJsonReader  *self,
                      const char    *key,
                      gint64        *value,
                      GError       **error)
{
  json_t *node = json_object_get (self->root, key);

  if (!json_is_integer (node))
    return dc_json_refuse (self, key, "an integer", error);
  *value = json_integer_value (node);

  return TRUE;
}

gboolean
dc_json_read_string (DcJsonReader  *self,
                     const char    *key,
                     char          *text,
                     gsize          size,
                     GError       **error)
{
  json_t *node = json_object_get (self->root, key);

  if (!json_is_string (node))
    return dc_json_refuse (self, key, "a string", error);
  if (json_string_length (node) >= size)
    return dc_json_refuse (self, key, "a shorter string", error);
  g_strlcpy (text, json_string_value (node), size);

  return TRUE;
}

gboolean
dc_json_read_hex (DcJsonReader  *self,
                  const char    *key,
                  guint8        *bytes,
                  gsize          size,
                  GError       **error)
{
  json_t *node = json_object_get (self->root, key);
  const char *text = json_string_value (node);

  if (text == NULL || strlen (text) != 2 * size
      || strspn (text, "0123456789abcdef") != 2 * size) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD,
                 "%s: %s: expected %" G_GSIZE_FORMAT " lower-case hexadecimal digits",
                 self->what, key, 2 * size);
    return FALSE;
  }
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4
                         | g_ascii_xdigit_value (text[2 * i + 1]));

  return TRUE;
}

GBytes *
dc_json_read_base64 (DcJsonReader  *self,
                     const char    *key,
                     GError       **error)
{
  json_t *node = json_object_get (self->root, key);
  GBytes *bytes = NULL;

  if (self->lifted != NULL && g_str_equal (key, self->lifted))
    bytes = g_bytes_ref (self->content);
  else if (json_is_string (node))
    bytes = dc_json_base64_decode (json_string_value (node), json_string_length (node));
  if (bytes == NULL)
    dc_json_refuse (self, key, "standard base64 with padding", error);

  return bytes;
}
