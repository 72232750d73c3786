/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-base64.h"

#include <sodium.h>

gboolean
dc_base64_decode (DcBase64Form  form,
                  const char   *text,
                  gsize         length,
                  void         *data,
                  gsize         capacity,
                  gsize        *size)
{
  int variant = form == DC_BASE64_PADDED ? sodium_base64_VARIANT_ORIGINAL
                                         : sodium_base64_VARIANT_ORIGINAL_NO_PADDING;

  *size = 0;
  for (gsize i = 0; i < length; i++)
    if ((guint8) text[i] > 0x7f)
      return FALSE;

  return sodium_base642bin (data, capacity, text, length, NULL, size, NULL, variant) == 0;
}

gboolean
dc_base64_read (DcBase64Form  form,
                const char   *text,
                gsize         length,
                void         *data,
                gsize         size)
{
  gsize found;

  return dc_base64_decode (form, text, length, data, size, &found) && found == size;
}
