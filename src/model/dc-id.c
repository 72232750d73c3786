/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-id.h"

#include <string.h>

void
dc_id_to_text (const DcId *id,
               char        text[static DC_ID_TEXT_SIZE])
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < sizeof id->bytes; i++) {
    text[2 * i] = digits[id->bytes[i] >> 4];
    text[2 * i + 1] = digits[id->bytes[i] & 0xf];
  }
  text[DC_ID_TEXT_SIZE - 1] = '\0';
}

/* One spelling only: an upper-case digit is refused, so that equal ids are
 * equal texts. */
gboolean
dc_id_from_text (const char *text,
                 DcId       *id)
{
  if (text == NULL || strlen (text) != DC_ID_TEXT_SIZE - 1)
    return FALSE;
  if (strspn (text, "0123456789abcdef") != DC_ID_TEXT_SIZE - 1)
    return FALSE;

  for (gsize i = 0; i < sizeof id->bytes; i++)
    id->bytes[i] = (guint8) (g_ascii_xdigit_value (text[2 * i]) << 4
                             | g_ascii_xdigit_value (text[2 * i + 1]));

  return TRUE;
}

gboolean
dc_id_equal (const DcId *a,
             const DcId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes) == 0;
}

guint
dc_id_hash (gconstpointer id)
{
  guint hash;

  memcpy (&hash, ((const DcId *) id)->bytes, sizeof hash);

  return hash;
}

gboolean
dc_id_same (gconstpointer a,
            gconstpointer b)
{
  return dc_id_equal (a, b);
}
