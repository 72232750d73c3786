/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-base64.h"

#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
#define IN       0x40   /* of any character that is in it */

static const guint8 values[256] = {
  ['A'] = IN + 0, ['B'] = IN + 1, ['C'] = IN + 2, ['D'] = IN + 3, ['E'] = IN + 4, ['F'] = IN + 5, ['G'] = IN + 6, ['H'] = IN + 7,
  ['I'] = IN + 8, ['J'] = IN + 9, ['K'] = IN + 10, ['L'] = IN + 11, ['M'] = IN + 12, ['N'] = IN + 13, ['O'] = IN + 14, ['P'] = IN + 15,
  ['Q'] = IN + 16, ['R'] = IN + 17, ['S'] = IN + 18, ['T'] = IN + 19, ['U'] = IN + 20, ['V'] = IN + 21, ['W'] = IN + 22, ['X'] = IN + 23,
  ['Y'] = IN + 24, ['Z'] = IN + 25, ['a'] = IN + 26, ['b'] = IN + 27, ['c'] = IN + 28, ['d'] = IN + 29, ['e'] = IN + 30, ['f'] = IN + 31,
  ['g'] = IN + 32, ['h'] = IN + 33, ['i'] = IN + 34, ['j'] = IN + 35, ['k'] = IN + 36, ['l'] = IN + 37, ['m'] = IN + 38, ['n'] = IN + 39,
  ['o'] = IN + 40, ['p'] = IN + 41, ['q'] = IN + 42, ['r'] = IN + 43, ['s'] = IN + 44, ['t'] = IN + 45, ['u'] = IN + 46, ['v'] = IN + 47,
  ['w'] = IN + 48, ['x'] = IN + 49, ['y'] = IN + 50, ['z'] = IN + 51, ['0'] = IN + 52, ['1'] = IN + 53, ['2'] = IN + 54, ['3'] = IN + 55,
  ['4'] = IN + 56, ['5'] = IN + 57, ['6'] = IN + 58, ['7'] = IN + 59, ['8'] = IN + 60, ['9'] = IN + 61, ['+'] = IN + 62, ['/'] = IN + 63,
};

/* @n characters, 2 to 4, become @n - 1 bytes; no bit is left over that is not
 * zero. */
static gboolean
decode_group (const guint8 *text,
              guint         n,
              guint8       *bytes)
{
  const guint32 a = values[text[0]];
  const guint32 b = values[text[1]];
  const guint32 c = n > 2 ? values[text[2]] : IN;
  const guint32 d = n > 3 ? values[text[3]] : IN;
  const guint32 all = (a ^ IN) << 18 | (b ^ IN) << 12 | (c ^ IN) << 6 | (d ^ IN);

  if ((a & b & c & d & IN) == 0 || (all & ((1u << 8 * (4 - n)) - 1)) != 0)
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
