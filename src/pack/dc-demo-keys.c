/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-demo-keys.h"

#include <string.h>

/* Bech32 may be written in capitals too. */
gboolean
dc_demo_names_recipient (const char *text,
                         gsize       length)
{
  g_autofree char *lower = g_ascii_strdown (text, (gssize) length);

  return strstr (lower, DC_DEMO_DESK_RECIPIENT) != NULL ||
         strstr (lower, DC_DEMO_SPARE_RECIPIENT) != NULL;
}

/* The 32 bytes of an Ed25519 key end a minisign key; what is before them is
 * the algorithm and a number. */
gboolean
dc_demo_is_pack_key (const char *line)
{
  gsize size, demo_size;
  g_autofree guchar *key = g_base64_decode (line, &size);
  g_autofree guchar *demo = g_base64_decode (DC_DEMO_PACK_KEY, &demo_size);

  return size == demo_size && size > 32 && memcmp (key + size - 32, demo + size - 32, 32) == 0;
}
