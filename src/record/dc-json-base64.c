/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-base64.h"

#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define NONE     0x80   /* of any character that is not in it */

static guint8 values[256];

/* Before main (), hence before any thread. */
static void __attribute__ ((constructor))
fill_values (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = NONE;
  for (guint8 i = 0; i < 64; i++)
    values[(guint8) ALPHABET[i]] = i;
}

/* @n characters, 2 to 4, become @n - 1 bytes; no bit is left over that is not
 * zero. */
static gboolean
decode_group (const guint8 *text,
              guint         n,
              guint8       *bytes)
{
  const guint32 a = values[text[0]];
  const guint32 b = values[text[1]];
  const guint32 c = n > 2 ? values[text[2]] : 0;
  const guint32 d = n > 3 ? values[text[3]] : 0;
  const guint32 all = a << 18 | b << 12 | c << 6 | d;

  if (((a | b | c | d) & NONE) != 0 || (all & ((1u << 8 * (4 - n)) - 1)) != 0)
    return FALSE;
  bytes[0] = (guint8) (all >> 16);
  if (n > 2)
    bytes[1] = (guint8) (all >> 8);
  if (n > 3)
    bytes[2] = (guint8) all;

  return TRUE;
}

GBytes *
dc_json_base64_decode (const char *text,
                       gsize       length)
{
  const guint8 *at = (const guint8 *) text;
  g_autofree guint8 *data = NULL;
  guint padding = 0;
  gsize groups;
  gboolean good = TRUE;

  if (length == 0 || length % 4 != 0)
    return NULL;
  while (padding < 2 && at[length - 1 - padding] == '=')
    padding++;
  groups = length / 4;
  data = g_malloc (groups * 3);
  for (gsize i = 0; i + 1 < groups && good; i++)
    good = decode_group (at + 4 * i, 4, data + 3 * i);
  good = good && decode_group (at + length - 4, 4 - padding, data + 3 * (groups - 1));

  return good ? g_bytes_new_take (g_steal_pointer (&data), groups * 3 - padding) : NULL;
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

  for (; size >= 3; size -= 3, data += 3) {
    *text++ = ALPHABET[data[0] >> 2];
    *text++ = ALPHABET[(data[0] & 3) << 4 | data[1] >> 4];
    *text++ = ALPHABET[(data[1] & 15) << 2 | data[2] >> 6];
    *text++ = ALPHABET[data[2] & 63];
  }
  if (size > 0) {
    const guint8 second = size > 1 ? data[1] : 0;

    *text++ = ALPHABET[data[0] >> 2];
    *text++ = ALPHABET[(data[0] & 3) << 4 | second >> 4];
    *text++ = size > 1 ? ALPHABET[(second & 15) << 2] : '=';
    *text++ = '=';
  }
}
