/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-opened.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-envelope.h"
#include "dc-json-nested.h"
#include "dc-opened-pledge.h"

#define SHARED \
  "v", "kind", "id", "about", "tablet", "queue", "seq", "campaign", "pack", "amount", "currency", \
  "frequency", "shift", "day"

static const char * const keys_of_withdrawal[] = { SHARED, NULL };
static const char * const keys_of_pledge[] = {
  SHARED, "reference", "channel", "cups", "language", "time", "donor", "tax_certificate",
  "consents", "notice", "age", "volunteer", NULL
};

void
dc_opened_init (void)
{
  dc_json_nested_wipe_memory ();
}

static gboolean
same_about (const DcEnvelope *a,
            const DcEnvelope *b)
{
  return a->has_about == b->has_about && (!a->has_about || dc_id_equal (&a->about, &b->about));
}

static gboolean
same_currency (const DcEnvelope *a,
               const DcEnvelope *b)
{
  return !a->has_amount || g_str_equal (a->amount.currency, b->amount.currency);
}

static gboolean
same_frequency (const DcEnvelope *a,
                const DcEnvelope *b)
{
  return !a->has_amount || a->frequency == b->frequency;
}

static gboolean
same_amount (const DcEnvelope *a,
             const DcEnvelope *b)
{
  return a->has_amount == b->has_amount && (!a->has_amount || a->amount.minor == b->amount.minor);
}

/* The first field in which the two differ; NULL where there is none. */
static const char *
difference (const DcEnvelope *a,
            const DcEnvelope *b)
{
  const struct
  {
    const char *field;
    gboolean    same;
  } fields[] = {
    { "kind", a->kind == b->kind },
    { "id", dc_id_equal (&a->id, &b->id) },
    { "about", same_about (a, b) },
    { "tablet", memcmp (a->tablet, b->tablet, sizeof a->tablet) == 0 },
    { "queue", dc_id_equal (&a->queue, &b->queue) },
    { "seq", a->seq == b->seq },
    { "campaign", g_str_equal (a->campaign, b->campaign) },
    { "pack", memcmp (a->pack, b->pack, sizeof a->pack) == 0 },
    { "amount", same_amount (a, b) },
    { "currency", same_currency (a, b) },
    { "frequency", same_frequency (a, b) },
    { "shift", g_str_equal (a->shift, b->shift) },
    { "day", g_str_equal (a->day, b->day) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (!fields[i].same)
      return fields[i].field;
  }

  return NULL;
}

static gboolean
hold_against (const DcEnvelope  *outside,
              const DcEnvelope  *inside,
              GError           **error)
{
  const char *field = difference (outside, inside);

  if (field == NULL)
    return TRUE;

  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_MISMATCH,
               "pledge: %s: expected what the envelope says", field);

  return FALSE;
}

DcOpened *
dc_opened_read (const DcEnvelope  *envelope,
                const char        *plaintext,
                gsize              size,
                GError           **error)
{
  g_autoptr (DcJsonReader) reader = NULL;
  g_autoptr (DcOpened) self = NULL;
  DcEnvelope inside = { 0 };
  gboolean withdrawal;

  g_return_val_if_fail (envelope != NULL && (plaintext != NULL || size == 0), NULL);

  reader = dc_json_reader_new ("pledge", size > 0 ? plaintext : "", size, DC_OPENED_MAX_BYTES,
                               error);
  withdrawal = envelope->kind == DC_KIND_WITHDRAWAL;
  if (reader == NULL
      || !dc_envelope_check_version (reader, error)
      || !dc_envelope_read (reader, &inside, error)
      || !hold_against (envelope, &inside, error)
      || !dc_json_reader_has_only (reader, withdrawal ? keys_of_withdrawal : keys_of_pledge,
                                   error)) {
    return NULL;
  }

  self = g_new0 (DcOpened, 1);
  self->envelope = *envelope;
  if (!withdrawal && !dc_opened_read_pledge (reader, self, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
dc_opened_free (DcOpened *self)
{
  g_clear_pointer (&self->pledge, dc_pledge_unref);
  g_clear_pointer (&self->notice_language, g_free);
  dc_crypto_wipe (self, sizeof *self);
  g_free (self);
}
