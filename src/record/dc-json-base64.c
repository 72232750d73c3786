/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-base64.h"

#include <string.h>

/* GLib's decoder passes over what it does not know; encoding its result again
 * shows whether anything was passed over. */
GBytes *
dc_json_base64_decode (const char *text,
                       gsize       length)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autofree guint8 *data = NULL;
  g_autofree char *again = NULL;
  gsize size;

  data = g_base64_decode (copy, &size);
  again = g_base64_encode (data, size);
  if (length == 0 || strlen (again) != length || memcmp (again, text, length) != 0)
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&data), size);
}

gsize
dc_json_base64_length (gsize size)
{
  return (size + 2) / 3 * 4;
}

void
dc_json_base64_encode (GBytes *bytes,
                       char   *text)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree char *encoded = g_base64_encode (data, size);

  memcpy (text, encoded, dc_json_base64_length (size));
}
