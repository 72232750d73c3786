/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-sealer.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-drill.h"
#include "dc-envelope.h"
#include "dc-sealed.h"

struct _DcSealer
{
  gatomicrefcount  ref_count;
  DcTabletKey     *tablet;
  DcAgeRecipients *recipients;
  char            *campaign;
  guint8           pack[32];
};

DcSealer *
dc_sealer_new (DcTabletKey     *tablet,
               DcAgeRecipients *recipients,
               const char      *campaign,
               const guint8     pack[static 32])
{
  DcSealer *self;

  g_return_val_if_fail (tablet != NULL && recipients != NULL && campaign != NULL, NULL);

  self = g_new0 (DcSealer, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->tablet = dc_tablet_key_ref (tablet);
  self->recipients = dc_age_recipients_ref (recipients);
  self->campaign = g_strdup (campaign);
  memcpy (self->pack, pack, sizeof self->pack);

  return self;
}

DcSealer *
dc_sealer_ref (DcSealer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
dc_sealer_unref (DcSealer *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_clear_pointer (&self->tablet, dc_tablet_key_unref);
  g_clear_pointer (&self->recipients, dc_age_recipients_unref);
  g_clear_pointer (&self->campaign, g_free);
  g_free (self);
}

const char *
dc_sealer_get_campaign (DcSealer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->campaign;
}

DcAgeRecipients *
dc_sealer_get_recipients (DcSealer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->recipients;
}

const guint8 *
dc_sealer_get_tablet (DcSealer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return dc_tablet_key_get_public (self->tablet);
}

static gboolean
refuse (const char  *field,
        const char  *expected,
        GError     **error)
{
  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_FIELD,
               "pledge: %s: expected %s", field, expected);

  return FALSE;
}

/* A text that does not fit its field is an error, never cut. */
static gboolean
copy_text (char        *to,
           gsize        size,
           const char  *text,
           const char  *field,
           GError     **error)
{
  if (text == NULL)
    return refuse (field, "one", error);
  if (g_strlcpy (to, text, size) >= size)
    return refuse (field, "a shorter text", error);

  return TRUE;
}

/* What every envelope of this sealer has. */
static gboolean
begin_envelope (DcSealer    *self,
                DcEnvelope  *envelope,
                DcKind       kind,
                const DcId  *id,
                const DcId  *queue,
                gint64       seq,
                const char  *day,
                GError     **error)
{
  *envelope = (DcEnvelope) { .kind = kind, .id = *id, .queue = *queue, .seq = seq };
  memcpy (envelope->tablet, dc_tablet_key_get_public (self->tablet), sizeof envelope->tablet);
  memcpy (envelope->pack, self->pack, sizeof envelope->pack);

  return copy_text (envelope->campaign, sizeof envelope->campaign, self->campaign, "campaign", error)
         && copy_text (envelope->day, sizeof envelope->day, day, "day", error);
}

/* Encrypts, signs, and reads the result back as a stranger would. */
static DcRecord *
seal (DcSealer         *self,
      DcAgeRecipients  *recipients,
      DcEnvelope       *envelope,
      GBytes           *plaintext,
      GError          **error)
{
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (GBytes) json = NULL;
  g_autoptr (GBytes) message = NULL;
  guint8 signature[64];
  const guint8 *data;
  gsize size;

  data = g_bytes_get_data (plaintext, &size);
  sealed = dc_age_encrypt (recipients, data, size, error);
  if (sealed == NULL)
    return NULL;

  data = g_bytes_get_data (sealed, &size);
  dc_crypto_sha256 (data, size, envelope->sealed_sha256);
  json = dc_envelope_to_json (envelope);
  message = dc_envelope_signed_bytes (json);
  data = g_bytes_get_data (message, &size);
  dc_tablet_key_sign (self->tablet, data, size, signature);

  return dc_record_new (json, signature, sealed, error);
}

/* The envelope of @pledge, and what is sealed beside it. */
static GBytes *
begin_pledge (DcSealer    *self,
              DcEnvelope  *envelope,
              DcKind       kind,
              DcPledge    *pledge,
              const DcId  *queue,
              gint64       seq,
              GError     **error)
{
  if (g_strcmp0 (pledge->campaign, self->campaign) != 0) {
    refuse ("campaign", "the one that this pack is of", error);
    return NULL;
  }
  if (!begin_envelope (self, envelope, kind, &pledge->id, queue, seq, pledge->day, error))
    return NULL;
  if (pledge->shift != NULL
      && !copy_text (envelope->shift, sizeof envelope->shift, pledge->shift, "shift", error)) {
    return NULL;
  }
  envelope->has_amount = TRUE;
  envelope->amount = pledge->amount;
  envelope->frequency = pledge->frequency;

  return dc_sealed_pledge (envelope, pledge, error);
}

DcRecord *
dc_sealer_seal_pledge (DcSealer    *self,
                       DcKind       kind,
                       DcPledge    *pledge,
                       const DcId  *queue,
                       gint64       seq,
                       GError     **error)
{
  g_autoptr (GBytes) plaintext = NULL;
  DcEnvelope envelope;

  g_return_val_if_fail (self != NULL && pledge != NULL && queue != NULL, NULL);
  g_return_val_if_fail (kind == DC_KIND_PLEDGE || kind == DC_KIND_PRACTICE
                        || kind == DC_KIND_DRILL, NULL);

  plaintext = begin_pledge (self, &envelope, kind, pledge, queue, seq, error);
  if (plaintext == NULL)
    return NULL;

  return seal (self, self->recipients, &envelope, plaintext, error);
}

DcRecord *
dc_sealer_seal_drill (DcSealer    *self,
                      guint        recipient,
                      DcPledge    *pledge,
                      const DcId  *queue,
                      gint64       seq,
                      char       **answer,
                      GError     **error)
{
  g_autoptr (DcAgeRecipients) one = NULL;
  g_autoptr (GBytes) plaintext = NULL;
  DcRecord *record;
  DcEnvelope envelope;
  gsize size;
  const guint8 *data;

  g_return_val_if_fail (self != NULL && pledge != NULL && queue != NULL && answer != NULL, NULL);
  g_return_val_if_fail (recipient < dc_age_recipients_count (self->recipients), NULL);

  plaintext = begin_pledge (self, &envelope, DC_KIND_DRILL, pledge, queue, seq, error);
  if (plaintext == NULL)
    return NULL;

  one = dc_age_recipients_pick (self->recipients, recipient);
  record = seal (self, one, &envelope, plaintext, error);
  data = g_bytes_get_data (plaintext, &size);
  if (record != NULL)
    *answer = dc_drill_answer (data, size);

  return record;
}

DcRecord *
dc_sealer_seal_withdrawal (DcSealer    *self,
                           const DcId  *id,
                           const DcId  *about,
                           const char  *day,
                           const DcId  *queue,
                           gint64       seq,
                           GError     **error)
{
  g_autoptr (GBytes) plaintext = NULL;
  DcEnvelope envelope;

  g_return_val_if_fail (self != NULL && id != NULL && about != NULL && queue != NULL, NULL);

  if (!begin_envelope (self, &envelope, DC_KIND_WITHDRAWAL, id, queue, seq, day, error))
    return NULL;
  envelope.has_about = TRUE;
  envelope.about = *about;

  plaintext = dc_sealed_withdrawal (&envelope, error);
  if (plaintext == NULL)
    return NULL;

  return seal (self, self->recipients, &envelope, plaintext, error);
}
