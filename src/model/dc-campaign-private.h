/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-campaign-keys.h"

G_BEGIN_DECLS

/* Private to dc-campaign*.c: what a campaign is made of. */

#define DC_STORIES_MAX 8
#define DC_PRESETS_MAX 5
#define DC_CONSENTS_MAX 8

typedef struct
{
  const char *picture;
  DcTexts     alt;
  DcTexts     heading;
  DcTexts     text;
  DcTexts     source;
} DcStory;

typedef struct
{
  DcPreset preset[DC_PRESETS_MAX];
  DcTexts  effect[DC_PRESETS_MAX];
  DcTexts  other;
  guint    n;
} DcPresets;

/* The strings all lie in @strings. */
struct _DcCampaign
{
  GObject         parent_instance;

  GStringChunk   *strings;
  GPtrArray      *missing[DC_LANGUAGES_MAX];

  const char     *id;
  DcTexts         name;
  gboolean        demo;
  const char     *languages[DC_LANGUAGES_MAX + 1];
  const char     *time_zone;
  const char     *currency;
  DcMoney         price_of_a_cup;
  guint           minimum_age;
  guint           reply_days;
  const char     *ends;
  const char     *keep_until[DC_N_KEEPS];

  DcTexts         organisation;
  DcTexts         organisation_short;
  DcTexts         organisation_address;
  const char     *organisation_email;
  const char     *organisation_phone;
  const char     *organisation_website;
  DcTexts         coordinator;
  const char     *coordinator_phone;
  const char     *logo;

  DcTexts         invitation;
  DcTexts         closing;
  DcStory         stories[DC_STORIES_MAX];
  guint           n_stories;

  const char     *giving_address;
  const char     *giving_link;
  const char     *appeal_link;
  const char     *film_link;
  const char     *giving_languages[DC_LANGUAGES_MAX + 1];

  DcMoney         minimum;
  DcMoney         maximum;
  DcMoney         goal;          /* 0: none */
  DcPresets       monthly;
  DcPresets       once;

  DcConsentAsked  consents[DC_CONSENTS_MAX];
  DcTexts         consent_texts[DC_CONSENTS_MAX];
  guint           n_consents;

  guint           notice_version;
  DcTexts         notices[DC_N_NOTICES];

  const char     *volunteer_pin;
  const char     *coordinator_pin;

  /* the logo, each story's picture, NULL */
  const char     *pictures[DC_STORIES_MAX + 2];
};

/* The first language's text where @language has none. */
const char *dc_campaign_text_in   (DcCampaign    *self,
                                   const DcTexts *texts,
                                   const char    *language);
/* [Amounts], [Monthly N], [Once N] */
gboolean dc_campaign_read_amounts (DcCampaign  *self,
                                   DcKeys      *keys,
                                   GError     **error);
/* [Giving] */
gboolean dc_campaign_read_giving  (DcCampaign  *self,
                                   DcKeys      *keys,
                                   GError     **error);
/* [Consent PURPOSE] */
gboolean dc_campaign_read_consents (DcCampaign  *self,
                                    DcKeys      *keys,
                                    GError     **error);
gboolean dc_campaign_read_notice  (DcCampaign  *self,
                                   DcKeys      *keys,
                                   GError     **error);
/* All groups. */
gboolean dc_campaign_read         (DcCampaign  *self,
                                   DcKeys      *keys,
                                   GError     **error);

G_END_DECLS
