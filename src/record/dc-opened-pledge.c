/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-opened-pledge.h"

#include <string.h>

#include "dc-json-nested.h"
#include "dc-json-time.h"
#include "dc-reference.h"

static const char * const keys_of_donor[] = {
  "first_name", "family_name", "email", "phone", "address", NULL
};
static const char * const keys_of_address[] = { "street", "postcode", "town", "country", NULL };
static const char * const keys_of_consent[] = { "purpose", "version", "language", "given", NULL };
static const char * const keys_of_cups[] = { "count", "period", NULL };
static const char * const keys_of_notice[] = { "version", "language", NULL };
static const char * const keys_of_age[] = { "minimum", "stated", NULL };

/* Nobody is asked so many questions. */
#define MAX_CONSENTS 64

/* An object with exactly these fields. */
static DcJsonReader *
read_object (DcJsonReader        *parent,
             const char          *key,
             const char * const  *keys,
             GError             **error)
{
  g_autoptr (DcJsonReader) reader = dc_json_read_object (parent, key, error);

  if (reader == NULL || !dc_json_reader_has_only (reader, keys, error))
    return NULL;

  return g_steal_pointer (&reader);
}

/* BCP 47: nothing in it but letters, digits and hyphens. (transfer full) */
static char *
read_language (DcJsonReader  *reader,
               GError       **error)
{
  char text[65];

  if (!dc_json_read_string (reader, "language", text, sizeof text, error))
    return NULL;
  for (const char *p = text; *p != '\0'; p++) {
    if (!g_ascii_isalnum (*p) && *p != '-')
      text[0] = '\0';
  }
  if (text[0] == '\0') {
    dc_json_refuse (reader, "language", "a language tag", error);
    return NULL;
  }

  return g_strdup (text);
}

static gboolean
read_reference (DcJsonReader  *reader,
                DcPledge      *pledge,
                GError       **error)
{
  char text[26];

  if (!dc_json_read_string (reader, "reference", text, sizeof text, error))
    return FALSE;
  if (!dc_reference_valid (text))
    return dc_json_refuse (reader, "reference", "an ISO 11649 creditor reference", error);
  pledge->reference = g_strdup (text);

  return TRUE;
}

static gboolean
read_channel (DcJsonReader  *reader,
              DcPledge      *pledge,
              GError       **error)
{
  char text[16];

  if (!dc_json_read_string (reader, "channel", text, sizeof text, error))
    return FALSE;
  if (dc_channel_from_string (text, &pledge->channel))
    return TRUE;

  return dc_json_refuse (reader, "channel", "“self”, “assisted”, “scan” or “paper”", error);
}

static gboolean
read_cups (DcJsonReader  *parent,
           DcCups        *cups,
           GError       **error)
{
  g_autoptr (DcJsonReader) reader = NULL;
  char period[16];

  if (dc_json_is_null (parent, "cups"))
    return TRUE;
  reader = read_object (parent, "cups", keys_of_cups, error);
  if (reader == NULL
      || !dc_json_read_count (reader, "count", G_MAXUINT, &cups->count, error)
      || !dc_json_read_string (reader, "period", period, sizeof period, error)) {
    return FALSE;
  }
  if (cups->count == 0)
    return dc_json_refuse (reader, "count", "at least 1", error);
  if (!dc_cup_period_from_string (period, &cups->period))
    return dc_json_refuse (reader, "period", "“day”, “week” or “month”", error);

  return TRUE;
}

static gboolean
read_fields (DcJsonReader  *reader,
             DcDonor       *donor,
             DcField        first,
             DcField        last,
             GError       **error)
{
  for (int i = (int) first; i <= (int) last; i++) {
    const char *text;

    if (!dc_json_peek_string (reader, dc_field_to_string ((DcField) i), &text, error))
      return FALSE;
    dc_donor_set (donor, (DcField) i, text);
  }

  return TRUE;
}

static gboolean
read_donor (DcJsonReader  *parent,
            DcDonor       *donor,
            GError       **error)
{
  g_autoptr (DcJsonReader) reader = read_object (parent, "donor", keys_of_donor, error);
  g_autoptr (DcJsonReader) address = NULL;

  if (reader == NULL
      || !read_fields (reader, donor, DC_FIELD_FIRST_NAME, DC_FIELD_PHONE, error))
    return FALSE;
  if (dc_json_is_null (reader, "address"))
    return TRUE;
  address = read_object (reader, "address", keys_of_address, error);

  return address != NULL
         && read_fields (address, donor, DC_FIELD_STREET, DC_FIELD_COUNTRY, error);
}

/* (transfer full) */
static DcConsent *
read_consent (DcJsonReader  *parent,
              guint          index,
              GError       **error)
{
  g_autoptr (DcJsonReader) reader = dc_json_read_item (parent, "consents", index, error);
  g_autofree char *language = NULL;
  char purpose[33];
  guint version;
  gboolean given;

  if (reader == NULL
      || !dc_json_reader_has_only (reader, keys_of_consent, error)
      || !dc_json_read_string (reader, "purpose", purpose, sizeof purpose, error)
      || !dc_json_read_count (reader, "version", G_MAXUINT, &version, error)
      || !dc_json_read_boolean (reader, "given", &given, error)) {
    return NULL;
  }
  if (purpose[0] == '\0'
      || purpose[strspn (purpose, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0') {
    dc_json_refuse (reader, "purpose", "1 to 32 of a-z, 0-9 and -", error);
    return NULL;
  }
  language = read_language (reader, error);
  if (language == NULL)
    return NULL;

  return dc_consent_new (purpose, version, language, given);
}

/* Whether a purpose was asked for twice, so that nobody has to choose between
 * two answers. */
static gboolean
has_purpose (GPtrArray  *consents,
             const char *purpose)
{
  for (guint i = 0; i < consents->len; i++) {
    const DcConsent *consent = g_ptr_array_index (consents, i);

    if (g_str_equal (consent->purpose, purpose))
      return TRUE;
  }

  return FALSE;
}

static gboolean
read_consents (DcJsonReader  *reader,
               GPtrArray     *consents,
               GError       **error)
{
  guint length;

  if (!dc_json_read_list (reader, "consents", &length, error))
    return FALSE;
  if (length > MAX_CONSENTS)
    return dc_json_refuse (reader, "consents", "at most 64", error);

  for (guint i = 0; i < length; i++) {
    g_autoptr (DcConsent) consent = read_consent (reader, i, error);

    if (consent == NULL)
      return FALSE;
    if (has_purpose (consents, consent->purpose))
      return dc_json_refuse (reader, "consents", "each purpose once", error);
    g_ptr_array_add (consents, g_steal_pointer (&consent));
  }

  return TRUE;
}

static gboolean
read_notice (DcJsonReader  *parent,
             DcOpened      *self,
             GError       **error)
{
  g_autoptr (DcJsonReader) reader = read_object (parent, "notice", keys_of_notice, error);

  if (reader == NULL
      || !dc_json_read_count (reader, "version", G_MAXUINT, &self->pledge->notice_version, error))
    return FALSE;
  self->notice_language = read_language (reader, error);

  return self->notice_language != NULL;
}

static gboolean
read_age (DcJsonReader  *parent,
          DcPledge      *pledge,
          GError       **error)
{
  g_autoptr (DcJsonReader) reader = read_object (parent, "age", keys_of_age, error);
  gboolean stated;

  if (reader == NULL
      || !dc_json_read_count (reader, "minimum", G_MAXUINT, &pledge->minimum_age, error)
      || !dc_json_read_boolean (reader, "stated", &stated, error)) {
    return FALSE;
  }
  if (!stated)
    return dc_json_refuse (reader, "stated", "true", error);

  return TRUE;
}

static gboolean
read_volunteer (DcJsonReader  *reader,
                DcPledge      *pledge,
                GError       **error)
{
  const char *text;

  if (!dc_json_peek_string (reader, "volunteer", &text, error))
    return FALSE;
  pledge->volunteer = g_strdup (text);

  return TRUE;
}

static void
copy_envelope (const DcEnvelope *envelope,
               DcPledge         *pledge)
{
  pledge->id = envelope->id;
  pledge->campaign = g_strdup (envelope->campaign);
  pledge->amount = envelope->amount;
  pledge->frequency = envelope->frequency;
  pledge->day = g_strdup (envelope->day);
  if (envelope->shift[0] != '\0')
    pledge->shift = g_strdup (envelope->shift);
}

gboolean
dc_opened_read_pledge (DcJsonReader  *reader,
                       DcOpened      *self,
                       GError       **error)
{
  DcPledge *pledge = dc_pledge_new ();

  self->pledge = pledge;
  pledge->donor = dc_donor_new ();
  copy_envelope (&self->envelope, pledge);
  pledge->language = read_language (reader, error);

  return pledge->language != NULL
         && read_reference (reader, pledge, error)
         && read_channel (reader, pledge, error)
         && read_cups (reader, &pledge->cups, error)
         && dc_json_read_time (reader, &pledge->time, error)
         && read_donor (reader, pledge->donor, error)
         && dc_json_read_boolean (reader, "tax_certificate", &pledge->tax_certificate, error)
         && read_consents (reader, pledge->consents, error)
         && read_notice (reader, self, error)
         && read_age (reader, pledge, error)
         && read_volunteer (reader, pledge, error);
}
