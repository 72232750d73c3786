/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-note.h"

#include <string.h>

#include "dc-envelope.h"

/* The structure has room for 64 and the end; a caller may have filled all. */
gboolean
dc_note_is_origin (const DcOrigin *origin)
{
  return memchr (origin->campaign, '\0', sizeof origin->campaign) != NULL &&
         dc_envelope_is_campaign (origin->campaign);
}

void
dc_note_add_origin (DcJsonWriter   *writer,
                    const DcOrigin *origin)
{
  dc_json_add_string (writer, "campaign", origin->campaign);
  dc_json_add_hex (writer, "tablet", origin->tablet, sizeof origin->tablet);
  dc_json_add_hex (writer, "queue", origin->queue.bytes, sizeof origin->queue.bytes);
}

gboolean
dc_note_read_origin (DcJsonReader  *reader,
                     DcOrigin      *origin,
                     GError       **error)
{
  if (!dc_json_read_string (reader, "campaign", origin->campaign, sizeof origin->campaign, error))
    return FALSE;
  if (!dc_envelope_is_campaign (origin->campaign))
    return dc_json_refuse (reader, "campaign", "1 to 64 of a-z, 0-9 and -", error);

  return dc_json_read_hex (reader, "tablet", origin->tablet, sizeof origin->tablet, error)
         && dc_json_read_hex (reader, "queue", origin->queue.bytes, sizeof origin->queue.bytes, error);
}

gboolean
dc_note_read_number (DcJsonReader  *reader,
                     const char    *key,
                     gint64         minimum,
                     gint64         maximum,
                     gint64        *value,
                     GError       **error)
{
  g_autofree char *expected = g_strdup_printf ("an integer from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                                               minimum, maximum);

  if (!dc_json_read_integer (reader, key, value, error))
    return FALSE;

  return (*value >= minimum && *value <= maximum) || dc_json_refuse (reader, key, expected, error);
}
