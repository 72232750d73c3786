/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destination-identity.h"

#include "dc-envelope.h"

#define WHAT DC_DESTINATION_IDENTITY_FILE

static const char * const keys[] = { "v", "id", "epoch", NULL };

GBytes *
dc_destination_identity_to_line (const DcId *id,
                                 const DcId *epoch)
{
  char id_text[DC_ID_TEXT_SIZE];
  char epoch_text[DC_ID_TEXT_SIZE];
  GString *line = g_string_new (NULL);

  dc_id_to_text (id, id_text);
  dc_id_to_text (epoch, epoch_text);
  g_string_append_printf (line, "{\"v\":1,\"id\":\"%s\",\"epoch\":\"%s\"}\n", id_text, epoch_text);

  return g_string_free_to_bytes (line);
}

gboolean
dc_destination_identity_from_line (const char  *line,
                                   gsize        length,
                                   DcId        *id,
                                   DcId        *epoch,
                                   GError     **error)
{
  g_autoptr (DcJsonReader) reader = NULL;
  DcId found_id;
  DcId found_epoch;

  g_return_val_if_fail (line != NULL, FALSE);

  reader = dc_json_reader_new (WHAT, line, length, DC_DESTINATION_IDENTITY_MAX_BYTES, error);
  if (reader == NULL
      || !dc_envelope_check_version (reader, error)
      || !dc_json_reader_has_only (reader, keys, error)
      || !dc_json_read_hex (reader, "id", found_id.bytes, sizeof found_id.bytes, error)
      || !dc_json_read_hex (reader, "epoch", found_epoch.bytes, sizeof found_epoch.bytes, error)) {
    return FALSE;
  }
  *id = found_id;
  *epoch = found_epoch;

  return TRUE;
}
