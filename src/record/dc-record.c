/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-record-private.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-enum.h"
#include "dc-json-parts.h"
#include "dc-tablet-key.h"

G_DEFINE_QUARK (dc-record-error-quark, dc_record_error)
G_DEFINE_BOXED_TYPE (DcRecord, dc_record, dc_record_ref, dc_record_unref)

static const char * const kinds[] = {
  [DC_KIND_PLEDGE] = "pledge",
  [DC_KIND_CORRECTION] = "correction",
  [DC_KIND_WITHDRAWAL] = "withdrawal",
  [DC_KIND_PRACTICE] = "practice",
  [DC_KIND_DRILL] = "drill",
};

const char *
dc_kind_to_string (DcKind kind)
{
  return dc_enum_word (kinds, G_N_ELEMENTS (kinds), kind);
}

gboolean
dc_kind_from_string (const char *text,
                     DcKind     *kind)
{
  guint index;

  if (!dc_enum_find (kinds, G_N_ELEMENTS (kinds), text, &index))
    return FALSE;
  *kind = index;

  return TRUE;
}

GBytes *
dc_envelope_signed_bytes (GBytes *envelope_json)
{
  g_return_val_if_fail (envelope_json != NULL, NULL);

  return dc_json_parts_signed (DC_RECORD_CONTEXT, envelope_json);
}

static gboolean
check_signature (const DcEnvelope  *envelope,
                 GBytes            *envelope_json,
                 const guint8       signature[static 64],
                 GError           **error)
{
  g_autoptr (GBytes) message = dc_envelope_signed_bytes (envelope_json);
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);

  if (dc_tablet_key_verify (envelope->tablet, data, size, signature))
    return TRUE;

  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SIGNATURE,
               "record: the envelope is not signed by the tablet that it names");

  return FALSE;
}

static gboolean
check_sealed (const DcEnvelope  *envelope,
              GBytes            *sealed,
              GError           **error)
{
  guint8 digest[32];
  gsize size;
  const guint8 *data = g_bytes_get_data (sealed, &size);

  dc_crypto_sha256 (data, size, digest);
  if (memcmp (digest, envelope->sealed_sha256, sizeof digest) == 0)
    return TRUE;

  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_HASH,
               "record: the sealed bytes are not those that the envelope names");

  return FALSE;
}

DcRecord *
dc_record_new (GBytes        *envelope_json,
               const guint8   signature[static 64],
               GBytes        *sealed,
               GError       **error)
{
  return dc_record_make (envelope_json, signature, sealed, FALSE, error);
}

DcRecord *
dc_record_make (GBytes        *envelope_json,
                const guint8   signature[static 64],
                GBytes        *sealed,
                gboolean       trusted,
                GError       **error)
{
  DcEnvelope envelope;
  DcRecord *self;
  const char *json;
  gsize length;

  g_return_val_if_fail (envelope_json != NULL && sealed != NULL, NULL);

  if (g_bytes_get_size (sealed) > DC_SEALED_MAX_BYTES) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE,
                 "record: expected at most %d sealed bytes", DC_SEALED_MAX_BYTES);
    return NULL;
  }
  json = g_bytes_get_data (envelope_json, &length);
  if (!dc_envelope_from_json (&envelope, json != NULL ? json : "", length, error)
      || (!trusted && !check_signature (&envelope, envelope_json, signature, error))
      || !check_sealed (&envelope, sealed, error)) {
    return NULL;
  }

  self = g_atomic_rc_box_new0 (DcRecord);
  self->envelope = envelope;
  self->envelope_json = g_bytes_ref (envelope_json);
  memcpy (self->signature, signature, sizeof self->signature);
  self->sealed = g_bytes_ref (sealed);

  return self;
}

DcRecord *
dc_record_ref (DcRecord *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
dc_record_clear (DcRecord *self)
{
  g_clear_pointer (&self->envelope_json, g_bytes_unref);
  g_clear_pointer (&self->sealed, g_bytes_unref);
}

void
dc_record_unref (DcRecord *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) dc_record_clear);
}
