/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-record-private.h"

#include "dc-json-parts.h"

/* A record as one line of text. */

enum { ENVELOPE, SIGNATURE, SEALED, N_PARTS };

static const char * const keys[] = { "envelope", "signature", "sealed", NULL };

GBytes *
dc_record_to_line (DcRecord *self)
{
  g_autoptr (GBytes) signature = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  signature = g_bytes_new (self->signature, sizeof self->signature);

  return dc_json_parts_to_line (keys, (GBytes *[]) { self->envelope_json, signature, self->sealed });
}

DcRecord *
dc_record_from_line (const char  *line,
                     gsize        length,
                     GError     **error)
{
  return dc_record_read_line (line, length, FALSE, error);
}

DcRecord *
dc_record_read_line (const char  *line,
                     gsize        length,
                     gboolean     trusted,
                     GError     **error)
{
  GBytes *parts[N_PARTS] = { NULL };
  DcRecord *self = NULL;

  g_return_val_if_fail (line != NULL, NULL);

  if (!dc_json_parts_from_line ("line", line, length, DC_LINE_MAX_BYTES, keys, parts, error))
    return NULL;
  if (g_bytes_get_size (parts[SIGNATURE]) == 64)
    self = dc_record_make (parts[ENVELOPE], g_bytes_get_data (parts[SIGNATURE], NULL), parts[SEALED],
                           trusted, error);
  else
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD, "line: signature: expected 64 bytes");

  for (gsize i = 0; i < N_PARTS; i++)
    g_bytes_unref (parts[i]);

  return self;
}
