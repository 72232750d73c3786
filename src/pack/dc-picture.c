/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-picture.h"

#include <string.h>

/* An XML declaration, comments and a document type may stand first. */
#define SVG_START_MAX 4096

static gboolean
begins_like_svg (const char *data,
                 gsize       size)
{
  g_autofree char *start = g_strndup (data, MIN (size, SVG_START_MAX));
  const char *p = start;

  if (g_str_has_prefix (p, "\xef\xbb\xbf"))
    p += 3;
  p += strspn (p, " \t\r\n");

  return g_str_has_prefix (p, "<svg") ||
         ((g_str_has_prefix (p, "<?xml") || g_str_has_prefix (p, "<!")) &&
          strstr (p, "<svg") != NULL);
}

static guint32
read_uint32 (const guint8 *data)
{
  return (guint32) data[0] << 24 | (guint32) data[1] << 16 |
         (guint32) data[2] << 8 | (guint32) data[3];
}

static const char *
check_png (const guint8 *data,
           gsize         size)
{
  /* The signature, then the header: its length, its name. */
  static const guint8 start[] = {
    0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 'I', 'H', 'D', 'R',
  };
  guint32 width, height;

  if (size < sizeof start + 8 || memcmp (data, start, sizeof start) != 0)
    return "a PNG picture";

  width = read_uint32 (data + sizeof start);
  height = read_uint32 (data + sizeof start + 4);
  if (width < 1 || width > DC_PICTURE_MAX_PIXELS || height < 1 || height > DC_PICTURE_MAX_PIXELS)
    return "a PNG picture of 1 to 4096 pixels on a side";

  return NULL;
}

const char *
dc_picture_check (const char *name,
                  GBytes     *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (g_str_has_suffix (name, ".png"))
    return check_png (data, size);

  return data != NULL && begins_like_svg ((const char *) data, size) ? NULL : "an SVG picture";
}
