/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-private.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (DcCampaign, dc_campaign, G_TYPE_OBJECT)
G_DEFINE_QUARK (dc-campaign-error-quark, dc_campaign_error)

static void
dc_campaign_finalize (GObject *object)
{
  DcCampaign *self = DC_CAMPAIGN (object);

  for (gsize i = 0; i < DC_LANGUAGES_MAX; i++)
    g_clear_pointer (&self->missing[i], g_ptr_array_unref);
  g_clear_pointer (&self->strings, g_string_chunk_free);

  G_OBJECT_CLASS (dc_campaign_parent_class)->finalize (object);
}

static void
dc_campaign_class_init (DcCampaignClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_campaign_finalize;
}

static void
dc_campaign_init (DcCampaign *self)
{
  self->strings = g_string_chunk_new (4096);
  for (gsize i = 0; i < DC_LANGUAGES_MAX; i++)
    self->missing[i] = g_ptr_array_new_with_free_func (g_free);
}

DcCampaign *
dc_campaign_new_from_data (const char  *data,
                           gsize        length,
                           GError     **error)
{
  g_autoptr (DcCampaign) self = g_object_new (DC_TYPE_CAMPAIGN, NULL);
  DcKeys keys = { .strings = self->strings };
  gboolean good;

  memcpy (keys.missing, self->missing, sizeof keys.missing);
  good = dc_keys_open (&keys, data, length, error) && dc_campaign_read (self, &keys, error);
  dc_keys_close (&keys);

  return good ? g_steal_pointer (&self) : NULL;
}

DcCampaign *
dc_campaign_check (const char *data,
                   gsize       length,
                   GPtrArray  *problems)
{
  g_autoptr (DcCampaign) self = g_object_new (DC_TYPE_CAMPAIGN, NULL);
  g_autoptr (GError) error = NULL;
  DcKeys keys = { .strings = self->strings, .problems = problems };
  guint n_before = problems->len;
  gboolean good;

  /* What others are measured by, should it be what is wrong. */
  self->id = "";
  self->currency = "CHF";
  g_strlcpy (self->maximum.currency, self->currency, sizeof self->maximum.currency);
  memcpy (keys.missing, self->missing, sizeof keys.missing);
  good = dc_keys_open (&keys, data, length, &error) && dc_campaign_read (self, &keys, &error);
  dc_keys_go_on (&keys, good, &error);
  dc_keys_close (&keys);

  return problems->len == n_before ? g_steal_pointer (&self) : NULL;
}

/* G_MAXUINT: not a language of this campaign. */
static guint
find_language (DcCampaign *self,
               const char *language)
{
  for (guint i = 0; language != NULL && self->languages[i] != NULL; i++) {
    if (strcmp (self->languages[i], language) == 0)
      return i;
  }

  return G_MAXUINT;
}

const char *
dc_campaign_text_in (DcCampaign    *self,
                     const DcTexts *texts,
                     const char    *language)
{
  guint i = find_language (self, language);

  return i < DC_LANGUAGES_MAX && texts->in[i] != NULL ? texts->in[i] : texts->in[0];
}

const char *
dc_campaign_get_id (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->id;
}

const char *
dc_campaign_get_name (DcCampaign *self,
                      const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return dc_campaign_text_in (self, &self->name, language);
}

gboolean
dc_campaign_is_demo (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), TRUE);

  return self->demo;
}

const char * const *
dc_campaign_get_languages (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->languages;
}

gboolean
dc_campaign_has_language (DcCampaign *self,
                          const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), FALSE);

  return find_language (self, language) < DC_LANGUAGES_MAX;
}

const char *
dc_campaign_get_time_zone (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->time_zone;
}

const char *
dc_campaign_get_currency (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->currency;
}

const DcMoney *
dc_campaign_get_price_of_a_cup (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return &self->price_of_a_cup;
}

guint
dc_campaign_get_minimum_age (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), 0);

  return self->minimum_age;
}

guint
dc_campaign_get_reply_days (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), 0);

  return self->reply_days;
}

const char *
dc_campaign_get_ends (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->ends;
}

const char *
dc_keep_to_string (DcKeep keep)
{
  static const char * const keys[DC_N_KEEPS] = {
    [DC_KEEP_COPIES] = "CopiesUntil",
    [DC_KEEP_PLEDGES] = "PledgesUntil",
  };

  g_return_val_if_fail (keep < DC_N_KEEPS, NULL);

  return keys[keep];
}

const char *
dc_campaign_get_keep_until (DcCampaign *self,
                            DcKeep      keep)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (keep < DC_N_KEEPS, NULL);

  return self->keep_until[keep];
}

const char *
dc_campaign_get_organisation (DcCampaign *self,
                              const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return dc_campaign_text_in (self, &self->organisation, language);
}

const char *
dc_campaign_get_organisation_short (DcCampaign *self,
                                    const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return dc_campaign_text_in (self, &self->organisation_short, language);
}

const char *
dc_campaign_get_organisation_address (DcCampaign *self,
                                      const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return dc_campaign_text_in (self, &self->organisation_address, language);
}

const char *
dc_campaign_get_organisation_email (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->organisation_email;
}

const char *
dc_campaign_get_organisation_phone (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->organisation_phone;
}

const char *
dc_campaign_get_coordinator (DcCampaign *self,
                             const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return dc_campaign_text_in (self, &self->coordinator, language);
}

const char *
dc_campaign_get_coordinator_phone (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->coordinator_phone;
}

const char *
dc_campaign_get_organisation_website (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->organisation_website;
}

const char *
dc_campaign_get_logo (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->logo;
}

const char *
dc_campaign_get_invitation (DcCampaign *self,
                            const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return dc_campaign_text_in (self, &self->invitation, language);
}

const char *
dc_campaign_get_closing (DcCampaign *self,
                         const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return dc_campaign_text_in (self, &self->closing, language);
}

const char * const *
dc_campaign_get_pictures (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->pictures;
}

char **
dc_campaign_list_missing (DcCampaign *self,
                          const char *language)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint i;

  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  i = find_language (self, language);
  for (guint j = 0; i < DC_LANGUAGES_MAX && j < self->missing[i]->len; j++)
    g_strv_builder_add (builder, g_ptr_array_index (self->missing[i], j));

  return g_strv_builder_end (builder);
}
