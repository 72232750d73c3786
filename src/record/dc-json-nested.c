/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-nested.h"

#include <stdlib.h>

#include "dc-crypto.h"
#include "dc-json-reader-private.h"
#include "dc-record.h"

/* jansson tells a free function no size, so it stands before the bytes, in as
 * much room as keeps them aligned. */
#define HEAD 16

static void *
allocate (size_t size)
{
  guint8 *block = size <= G_MAXSIZE - HEAD ? malloc (HEAD + size) : NULL;

  if (block == NULL)
    return NULL;
  *(gsize *) (void *) block = size;

  return block + HEAD;
}

static void
wipe_and_free (void *data)
{
  guint8 *block;

  if (data == NULL)
    return;
  block = (guint8 *) data - HEAD;
  dc_crypto_wipe (block, HEAD + *(gsize *) (void *) block);
  free (block);
}

void
dc_json_nested_wipe_memory (void)
{
  json_malloc_t now;

  json_get_alloc_funcs (&now, NULL);
  if (now != allocate)
    json_set_alloc_funcs (allocate, wipe_and_free);
}

static DcJsonReader *
inside (DcJsonReader *self,
        json_t       *node,
        char         *path)
{
  DcJsonReader *child = g_new0 (DcJsonReader, 1);

  child->path = path;
  child->what = path;
  child->root = json_incref (node);

  return child;
}

DcJsonReader *
dc_json_read_object (DcJsonReader  *self,
                     const char    *key,
                     GError       **error)
{
  json_t *node = json_object_get (self->root, key);

  if (!json_is_object (node)) {
    dc_json_refuse (self, key, "an object", error);
    return NULL;
  }

  return inside (self, node, g_strdup_printf ("%s: %s", self->what, key));
}

gboolean
dc_json_read_list (DcJsonReader  *self,
                   const char    *key,
                   guint         *length,
                   GError       **error)
{
  json_t *node = json_object_get (self->root, key);

  if (!json_is_array (node))
    return dc_json_refuse (self, key, "a list", error);
  *length = (guint) json_array_size (node);

  return TRUE;
}

DcJsonReader *
dc_json_read_item (DcJsonReader  *self,
                   const char    *key,
                   guint          index,
                   GError       **error)
{
  json_t *node = json_array_get (json_object_get (self->root, key), index);

  if (!json_is_object (node)) {
    dc_json_refuse (self, key, "a list of objects", error);
    return NULL;
  }

  return inside (self, node, g_strdup_printf ("%s: %s %u", self->what, key, index + 1));
}

gboolean
dc_json_read_boolean (DcJsonReader  *self,
                      const char    *key,
                      gboolean      *value,
                      GError       **error)
{
  json_t *node = json_object_get (self->root, key);

  if (!json_is_boolean (node))
    return dc_json_refuse (self, key, "true or false", error);
  *value = json_is_true (node);

  return TRUE;
}

gboolean
dc_json_read_count (DcJsonReader  *self,
                    const char    *key,
                    guint          maximum,
                    guint         *value,
                    GError       **error)
{
  json_t *node = json_object_get (self->root, key);
  json_int_t found = json_integer_value (node);

  if (json_is_integer (node) && found >= 0 && found <= maximum) {
    *value = (guint) found;
    return TRUE;
  }

  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD,
               "%s: %s: expected an integer from 0 to %u", self->what, key, maximum);

  return FALSE;
}

gboolean
dc_json_peek_string (DcJsonReader  *self,
                     const char    *key,
                     const char   **text,
                     GError       **error)
{
  json_t *node = json_object_get (self->root, key);

  if (!json_is_string (node) && !json_is_null (node))
    return dc_json_refuse (self, key, "a string or null", error);
  *text = json_string_value (node);

  return TRUE;
}
