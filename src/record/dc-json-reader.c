/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-reader-private.h"

#include <string.h>

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

void
dc_json_reader_free (DcJsonReader *self)
{
  g_clear_pointer (&self->root, json_decref);
  g_clear_pointer (&self->path, g_free);
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
dc_json_reader_has_only (DcJsonReader        *self,
                         const char * const  *keys,
                         GError             **error)
{
  for (gsize i = 0; keys[i] != NULL; i++) {
    if (json_object_get (self->root, keys[i]) == NULL)
      return dc_json_refuse (self, keys[i], "it to be there", error);
  }

  return refuse_unknown (self, keys, error);
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

/* GLib's decoder passes over what it does not know; encoding its result again
 * shows whether anything was passed over. */
GBytes *
dc_json_read_base64 (DcJsonReader  *self,
                     const char    *key,
                     GError       **error)
{
  json_t *node = json_object_get (self->root, key);
  const char *text = json_string_value (node);
  g_autofree guint8 *bytes = NULL;
  g_autofree char *again = NULL;
  gsize size = 0;

  if (text != NULL && *text != '\0') {
    bytes = g_base64_decode (text, &size);
    again = g_base64_encode (bytes, size);
  }
  if (again == NULL || strcmp (text, again) != 0) {
    dc_json_refuse (self, key, "standard base64 with padding", error);
    return NULL;
  }

  return g_bytes_new_take (g_steal_pointer (&bytes), size);
}
