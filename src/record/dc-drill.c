/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-reference.h"
#include "dc-wordlist.h"

char *
dc_drill_answer (const guint8 *plaintext,
                 gsize         size)
{
  gsize context = strlen (DC_DRILL_CONTEXT);
  guint8 *message;
  guint8 digest[32];
  char *answer;

  g_return_val_if_fail (plaintext != NULL, NULL);

  message = g_malloc (context + size);
  memcpy (message, DC_DRILL_CONTEXT, context);
  memcpy (message + context, plaintext, size);
  dc_crypto_sha256 (message, context + size, digest);
  answer = dc_wordlist_encode (digest, sizeof digest, DC_DRILL_WORDS);

  dc_crypto_wipe (message, context + size);
  g_free (message);
  dc_crypto_wipe (digest, sizeof digest);

  return answer;
}

/* Nothing in it is anybody's. Its reference has 50 bits of chance, more than
 * an answer has, and everything else might be guessed. */
static DcPledge *
new_pledge (DcSealer               *sealer,
            const DcDrillOccasion  *occasion,
            GError                **error)
{
  g_autoptr (DcPledge) pledge = dc_pledge_new ();
  guint8 random[DC_REFERENCE_RANDOM];

  if (!dc_money_init (&pledge->amount, 0, occasion->currency, error))
    return NULL;

  dc_crypto_random (pledge->id.bytes, sizeof pledge->id.bytes);
  dc_crypto_random (random, sizeof random);
  pledge->reference = dc_reference_new (DC_REFERENCE_PLEDGE, random);
  dc_crypto_wipe (random, sizeof random);
  pledge->campaign = g_strdup (dc_sealer_get_campaign (sealer));
  pledge->frequency = DC_FREQUENCY_ONCE;
  pledge->channel = DC_CHANNEL_ASSISTED;
  pledge->time = occasion->time;
  pledge->day = g_strdup (occasion->day);
  pledge->language = g_strdup (occasion->language);
  pledge->notice_version = occasion->notice_version;
  pledge->minimum_age = occasion->minimum_age;

  return g_steal_pointer (&pledge);
}

/* One line more to @lines, and one answer more. */
static gboolean
add_record (DcDrill                *self,
            DcSealer               *sealer,
            const DcDrillOccasion  *occasion,
            guint                   recipient,
            GByteArray             *lines,
            GError                **error)
{
  g_autoptr (DcPledge) pledge = new_pledge (sealer, occasion, error);
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GBytes) line = NULL;

  if (pledge == NULL)
    return FALSE;
  record = dc_sealer_seal_drill (sealer, recipient, pledge, &self->queue, (gint64) recipient + 1,
                                 &self->answers[recipient], error);
  if (record == NULL)
    return FALSE;

  line = dc_record_to_line (record);
  g_byte_array_append (lines, g_bytes_get_data (line, NULL), (guint) g_bytes_get_size (line));

  return TRUE;
}

DcDrill *
dc_drill_new (DcSealer               *sealer,
              const DcDrillOccasion  *occasion,
              GError                **error)
{
  g_autoptr (DcDrill) self = NULL;
  g_autoptr (GByteArray) lines = g_byte_array_new ();
  guint n;

  g_return_val_if_fail (sealer != NULL && occasion != NULL, NULL);

  n = dc_age_recipients_count (dc_sealer_get_recipients (sealer));
  self = g_new0 (DcDrill, 1);
  self->answers = g_new0 (char *, n + 1);
  dc_crypto_random (self->queue.bytes, sizeof self->queue.bytes);
  for (guint i = 0; i < n; i++) {
    if (!add_record (self, sealer, occasion, i, lines, error))
      return NULL;
  }
  self->lines = g_byte_array_free_to_bytes (g_steal_pointer (&lines));

  return g_steal_pointer (&self);
}

void
dc_drill_free (DcDrill *self)
{
  for (char **answer = self->answers; *answer != NULL; answer++)
    dc_crypto_wipe (*answer, strlen (*answer));
  g_clear_pointer (&self->answers, g_strfreev);
  g_clear_pointer (&self->lines, g_bytes_unref);
  g_free (self);
}

char *
dc_drill_file_name (const guint8  tablet[static 32],
                    const DcId   *queue)
{
  return g_strdup_printf ("daily-cup-drill-%02x%02x%02x%02x-%02x%02x%02x%02x.jsonl",
                          tablet[0], tablet[1], tablet[2], tablet[3],
                          queue->bytes[0], queue->bytes[1], queue->bytes[2], queue->bytes[3]);
}
