/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-private.h"

#include <string.h>

#define NOTICE_WORDS_MAX 80

static gboolean
read_shown (DcKeys          *keys,
            const char      *group,
            DcConsentShown  *shown,
            GError         **error)
{
  static const char * const words[] = { "always", "email", "phone", "post" };
  const char *word = NULL;

  if (!dc_keys_string (keys, group, "Shown", DC_NEEDED, dc_is_any, "always, email, phone or post",
                       &word, error))
    return FALSE;

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (words); i++) {
    if (strcmp (words[i], word) == 0) {
      *shown = i;
      return TRUE;
    }
  }

  return word == NULL ||   /* told already */
         dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, "Shown", word,
                         "always, email, phone or post");
}

static gboolean
read_consent (DcCampaign  *self,
              DcKeys      *keys,
              const char  *group,
              GError     **error)
{
  const char *purpose = group + strlen ("Consent ");
  DcConsentAsked *asked = &self->consents[self->n_consents];

  if (self->n_consents == DC_CONSENTS_MAX)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, NULL, group,
                           "at most %d groups [Consent …]", DC_CONSENTS_MAX);
  if (!dc_is_slug (purpose) || strlen (purpose) > 32)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, NULL, group,
                           "[Consent …] with 1 to 32 of a-z, 0-9 and -");

  asked->purpose = g_string_chunk_insert (keys->strings, purpose);
  if (!dc_keys_number (keys, group, "Version", 1, 9999, &asked->version, error) ||
      !dc_keys_go_on (keys, read_shown (keys, group, &asked->shown, error), error) ||
      !dc_keys_boolean (keys, group, "Required", &asked->required, error) ||
      !dc_keys_texts (keys, group, "Text", DC_NEEDED, 400,
                      &self->consent_texts[self->n_consents], error))
    return FALSE;
  self->n_consents++;

  return TRUE;
}

gboolean
dc_campaign_read_consents (DcCampaign  *self,
                           DcKeys      *keys,
                           GError     **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (keys->file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++) {
    if (g_str_has_prefix (groups[i], "Consent ") &&
        !dc_keys_go_on (keys, read_consent (self, keys, groups[i], error), error))
      return FALSE;
  }

  return self->n_consents > 0 ||
         dc_keys_go_on (keys, dc_keys_refuse (error, DC_CAMPAIGN_ERROR_MISSING, "Consent …", NULL, NULL,
                                              "at least one such group"), error);
}

static guint
count_words (const char *text)
{
  guint n = 0;
  gboolean inside = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gboolean blank = g_unichar_isspace (g_utf8_get_char (p));

    n += !blank && !inside;
    inside = !blank;
  }

  return n;
}

static gboolean
check_short_notice (DcCampaign  *self,
                    GError     **error)
{
  const DcTexts *notice = &self->notices[DC_NOTICE_SHORT];

  for (guint i = 0; self->languages[i] != NULL; i++) {
    g_autofree char *key = i == 0 ? g_strdup ("Short")
                                  : g_strdup_printf ("Short[%s]", self->languages[i]);
    guint n_words = notice->in[i] != NULL ? count_words (notice->in[i]) : 0;

    if (n_words > NOTICE_WORDS_MAX)
      return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, "Notice", key, notice->in[i],
                             "at most %d words, not %u", NOTICE_WORDS_MAX, n_words);
  }

  return TRUE;
}

gboolean
dc_campaign_read_notice (DcCampaign  *self,
                         DcKeys      *keys,
                         GError     **error)
{
  static const char * const names[DC_N_NOTICES] = {
    [DC_NOTICE_SHORT] = "Short",
    [DC_NOTICE_CONTROLLER] = "Controller",
    [DC_NOTICE_DATA_PROTECTION] = "DataProtection",
    [DC_NOTICE_PURPOSES] = "Purposes",
    [DC_NOTICE_RECIPIENTS] = "Recipients",
    [DC_NOTICE_RETENTION] = "Retention",
    [DC_NOTICE_RIGHTS] = "Rights",
    [DC_NOTICE_WITHDRAWAL] = "Withdrawal",
    [DC_NOTICE_AUTHORITY] = "Authority",
    [DC_NOTICE_VOLUNTARY] = "Voluntary",
  };

  if (!dc_keys_number (keys, "Notice", "Version", 1, 9999, &self->notice_version, error))
    return FALSE;

  for (guint i = 0; i < DC_N_NOTICES; i++) {
    if (!dc_keys_texts (keys, "Notice", names[i], DC_NEEDED, 1200, &self->notices[i], error))
      return FALSE;
  }

  return dc_keys_go_on (keys, check_short_notice (self, error), error);
}
