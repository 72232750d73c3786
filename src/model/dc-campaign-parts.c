/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-private.h"

/* The getters of what comes in numbers, and of links. */

guint
dc_campaign_get_n_stories (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), 0);

  return self->n_stories;
}

const char *
dc_campaign_get_story_picture (DcCampaign *self,
                               guint       story)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (story < self->n_stories, NULL);

  return self->stories[story].picture;
}

const char *
dc_campaign_get_story_alt (DcCampaign *self,
                           guint       story,
                           const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (story < self->n_stories, NULL);

  return dc_campaign_text_in (self, &self->stories[story].alt, language);
}

const char *
dc_campaign_get_story_heading (DcCampaign *self,
                               guint       story,
                               const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (story < self->n_stories, NULL);

  return dc_campaign_text_in (self, &self->stories[story].heading, language);
}

const char *
dc_campaign_get_story_text (DcCampaign *self,
                            guint       story,
                            const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (story < self->n_stories, NULL);

  return dc_campaign_text_in (self, &self->stories[story].text, language);
}

const char *
dc_campaign_get_story_source (DcCampaign *self,
                              guint       story,
                              const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (story < self->n_stories, NULL);

  return dc_campaign_text_in (self, &self->stories[story].source, language);
}

const char *
dc_campaign_get_giving_address (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->giving_address;
}

const char *
dc_campaign_get_giving_link (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->giving_link;
}

const char *
dc_campaign_get_appeal_link (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->appeal_link;
}

const char *
dc_campaign_get_film_link (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->film_link;
}

const char *
dc_campaign_get_giving_language (DcCampaign *self,
                                 const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  for (guint i = 0; language != NULL && self->giving_languages[i] != NULL; i++) {
    if (g_str_equal (self->giving_languages[i], language))
      return self->giving_languages[i];
  }

  return self->giving_languages[0];
}

const DcMoney *
dc_campaign_get_minimum (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return &self->minimum;
}

const DcMoney *
dc_campaign_get_maximum (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return &self->maximum;
}

const DcMoney *
dc_campaign_get_goal (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return self->goal.minor > 0 ? &self->goal : NULL;
}

static const DcPresets *
presets_of (DcCampaign *self,
            gboolean    monthly)
{
  return monthly ? &self->monthly : &self->once;
}

guint
dc_campaign_get_n_presets (DcCampaign *self,
                           gboolean    monthly)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), 0);

  return presets_of (self, monthly)->n;
}

const DcPreset *
dc_campaign_get_preset (DcCampaign *self,
                        gboolean    monthly,
                        guint       preset)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (preset < presets_of (self, monthly)->n, NULL);

  return &presets_of (self, monthly)->preset[preset];
}

const char *
dc_campaign_get_preset_effect (DcCampaign *self,
                               gboolean    monthly,
                               guint       preset,
                               const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (preset < presets_of (self, monthly)->n, NULL);

  return dc_campaign_text_in (self, &presets_of (self, monthly)->effect[preset], language);
}

const char *
dc_campaign_get_other_effect (DcCampaign *self,
                              gboolean    monthly,
                              const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return dc_campaign_text_in (self, &presets_of (self, monthly)->other, language);
}

guint
dc_campaign_get_n_consents (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), 0);

  return self->n_consents;
}

const DcConsentAsked *
dc_campaign_get_consent (DcCampaign *self,
                         guint       consent)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (consent < self->n_consents, NULL);

  return &self->consents[consent];
}

const char *
dc_campaign_get_consent_text (DcCampaign *self,
                              guint       consent,
                              const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (consent < self->n_consents, NULL);

  return dc_campaign_text_in (self, &self->consent_texts[consent], language);
}

guint
dc_campaign_get_notice_version (DcCampaign *self)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), 0);

  return self->notice_version;
}

const char *
dc_campaign_get_notice (DcCampaign *self,
                        DcNotice    part,
                        const char *language)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);
  g_return_val_if_fail (part < DC_N_NOTICES, NULL);

  return dc_campaign_text_in (self, &self->notices[part], language);
}

const char *
dc_campaign_get_demo_pin (DcCampaign *self,
                          gboolean    coordinator)
{
  g_return_val_if_fail (DC_IS_CAMPAIGN (self), NULL);

  return coordinator ? self->coordinator_pin : self->volunteer_pin;
}
