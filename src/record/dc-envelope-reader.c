/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-envelope.h"

#include <string.h>

#include "dc-json-reader.h"

static const char * const keys[] = {
  "v", "kind", "id", "about", "tablet", "queue", "seq", "campaign", "pack", "amount", "currency",
  "frequency", "shift", "day", "sealed_sha256", NULL
};

gboolean
dc_envelope_check_version (DcJsonReader  *reader,
                           GError       **error)
{
  gint64 version;

  if (!dc_json_read_integer (reader, "v", &version, error))
    return FALSE;
  if (version == 1)
    return TRUE;

  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_VERSION,
               "%s: v: found %" G_GINT64_FORMAT ", expected 1",
               dc_json_reader_get_what (reader), version);

  return FALSE;
}

static gboolean
read_kind (DcJsonReader  *reader,
           DcEnvelope    *self,
           GError       **error)
{
  char text[16];

  if (!dc_json_read_string (reader, "kind", text, sizeof text, error))
    return FALSE;
  if (dc_kind_from_string (text, &self->kind))
    return TRUE;

  return dc_json_refuse (reader, "kind", "a kind of record", error);
}

static gboolean
read_identity (DcJsonReader  *reader,
               DcEnvelope    *self,
               GError       **error)
{
  self->has_about = !dc_json_is_null (reader, "about");

  return read_kind (reader, self, error)
         && dc_json_read_hex (reader, "id", self->id.bytes, sizeof self->id.bytes, error)
         && (!self->has_about
             || dc_json_read_hex (reader, "about", self->about.bytes,
                                  sizeof self->about.bytes, error))
         && dc_json_read_hex (reader, "tablet", self->tablet, sizeof self->tablet, error)
         && dc_json_read_hex (reader, "queue", self->queue.bytes, sizeof self->queue.bytes, error)
         && dc_json_read_integer (reader, "seq", &self->seq, error)
         && dc_json_read_string (reader, "campaign", self->campaign, sizeof self->campaign, error)
         && dc_json_read_hex (reader, "pack", self->pack, sizeof self->pack, error);
}

/* The three go together: all null or none. */
static gboolean
read_amount (DcJsonReader  *reader,
             DcEnvelope    *self,
             GError       **error)
{
  char frequency[16];

  self->has_amount = !dc_json_is_null (reader, "amount");
  if (!self->has_amount) {
    if (!dc_json_is_null (reader, "currency"))
      return dc_json_refuse (reader, "currency", "null, as the amount is", error);
    if (!dc_json_is_null (reader, "frequency"))
      return dc_json_refuse (reader, "frequency", "null, as the amount is", error);
    return TRUE;
  }

  if (!dc_json_read_integer (reader, "amount", &self->amount.minor, error)
      || !dc_json_read_string (reader, "currency", self->amount.currency,
                               sizeof self->amount.currency, error)
      || !dc_json_read_string (reader, "frequency", frequency, sizeof frequency, error)) {
    return FALSE;
  }
  if (!dc_frequency_from_string (frequency, &self->frequency))
    return dc_json_refuse (reader, "frequency", "“once”, “monthly” or “yearly”", error);

  return TRUE;
}

static gboolean
read_rest (DcJsonReader  *reader,
           DcEnvelope    *self,
           GError       **error)
{
  if (!dc_json_is_null (reader, "shift")) {
    if (!dc_json_read_string (reader, "shift", self->shift, sizeof self->shift, error))
      return FALSE;
    /* In the structure an empty one is none; in the text none is null. */
    if (self->shift[0] == '\0')
      return dc_json_refuse (reader, "shift", "null, or 1 to 64 characters", error);
  }

  return dc_json_read_string (reader, "day", self->day, sizeof self->day, error);
}

gboolean
dc_envelope_read (DcJsonReader  *reader,
                  DcEnvelope    *self,
                  GError       **error)
{
  return read_identity (reader, self, error)
         && read_amount (reader, self, error)
         && read_rest (reader, self, error);
}

gboolean
dc_envelope_from_json (DcEnvelope  *self,
                       const char  *json,
                       gsize        length,
                       GError     **error)
{
  g_autoptr (DcJsonReader) reader = NULL;
  DcEnvelope envelope = { 0 };

  g_return_val_if_fail (self != NULL && json != NULL, FALSE);

  reader = dc_json_reader_new ("envelope", json, length, DC_ENVELOPE_MAX_BYTES, error);
  if (reader == NULL
      || !dc_envelope_check_version (reader, error)
      || !dc_json_reader_has_only (reader, keys, error)
      || !dc_envelope_read (reader, &envelope, error)
      || !dc_json_read_hex (reader, "sealed_sha256", envelope.sealed_sha256,
                            sizeof envelope.sealed_sha256, error)
      || !dc_envelope_check (&envelope, error)) {
    return FALSE;
  }

  *self = envelope;

  return TRUE;
}
