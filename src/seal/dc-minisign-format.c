/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign-format.h"

#include <string.h>

#include "dc-base64.h"

DcMinisignLine
dc_minisign_take_line (const char **text,
                       gsize       *left)
{
  const char *newline = *left > 0 ? memchr (*text, '\n', *left) : NULL;
  gsize used = newline != NULL ? (gsize) (newline - *text) + 1 : *left;
  DcMinisignLine line = { *text, newline != NULL ? used - 1 : used };

  if (line.length > 0 && line.start[line.length - 1] == '\r')
    line.length--;
  *text += used;
  *left -= used;

  return line;
}

gboolean
dc_minisign_begins_with (DcMinisignLine  line,
                         const char     *prefix)
{
  return line.length >= strlen (prefix) && memcmp (line.start, prefix, strlen (prefix)) == 0;
}

gboolean
dc_minisign_read_base64 (DcMinisignLine  line,
                         void           *data,
                         gsize           size)
{
  return dc_base64_read (DC_BASE64_PADDED, line.start, line.length, data, size);
}

guint64
dc_minisign_key_number (const guint8 key_id[static DC_MINISIGN_KEY_ID_SIZE])
{
  guint64 number;

  memcpy (&number, key_id, sizeof number);

  return GUINT64_FROM_LE (number);
}
