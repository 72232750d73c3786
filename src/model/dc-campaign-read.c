/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-private.h"

#include <string.h>

#include "dc-contact.h"

/* The groups of campaign.ini, in the order in which they need one another:
 * languages before texts, currency before amounts, amounts before links. */

static gboolean
is_one (const char *value)
{
  return strcmp (value, "1") == 0;
}

static gboolean
read_languages (DcCampaign  *self,
                DcKeys      *keys,
                GError     **error)
{
  const char *format = NULL;

  if (!dc_keys_string (keys, "Campaign", "Format", DC_NEEDED, is_one,
                       "1 (a later format needs a later Daily Cup)", &format, error) ||
      !dc_keys_languages (keys, "Campaign", "Languages", self->languages, error))
    return FALSE;

  if (self->languages[0] == NULL)
    self->languages[0] = "en";   /* told already, and the texts need one */
  keys->languages = self->languages;
  keys->n_languages = g_strv_length ((char **) self->languages);

  return TRUE;
}

static gboolean
read_campaign (DcCampaign  *self,
               DcKeys      *keys,
               GError     **error)
{
  const char *group = "Campaign";

  return dc_keys_string (keys, group, "Id", DC_NEEDED, dc_is_slug,
                         "1 to 64 of a-z, 0-9 and -", &self->id, error) &&
         dc_keys_texts (keys, group, "Name", DC_NEEDED, 60, &self->name, error) &&
         dc_keys_boolean (keys, group, "Demo", &self->demo, error) &&
         dc_keys_string (keys, group, "TimeZone", DC_NEEDED, dc_is_time_zone,
                         "a zone of the IANA database such as Europe/Zurich",
                         &self->time_zone, error) &&
         dc_keys_string (keys, group, "Currency", DC_NEEDED, dc_is_currency,
                         "a code of ISO 4217 such as CHF", &self->currency, error) &&
         dc_keys_money (keys, group, "CupPrice", self->currency, &self->price_of_a_cup, error) &&
         dc_keys_number (keys, group, "MinimumAge", 13, 99, &self->minimum_age, error) &&
         dc_keys_number (keys, group, "ReplyDays", 1, 60, &self->reply_days, error) &&
         dc_keys_string (keys, group, "Ends", DC_OPTIONAL, dc_is_date,
                         "a date such as 2027-12-31", &self->ends, error);
}

/* Days that are written so are in the order of their letters. */
static gboolean
check_keep (DcCampaign  *self,
            DcKeep       keep,
            const char  *earliest,
            const char  *expected,
            GError     **error)
{
  const char *until = self->keep_until[keep];

  return until == NULL || earliest == NULL || strcmp (until, earliest) >= 0 ||
         dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, "Keep", dc_keep_to_string (keep), until, "%s", expected);
}

static gboolean
read_keep (DcCampaign  *self,
           DcKeys      *keys,
           GError     **error)
{
  for (DcKeep keep = 0; keep < DC_N_KEEPS; keep++)
    if (!dc_keys_string (keys, "Keep", dc_keep_to_string (keep), DC_OPTIONAL, dc_is_date,
                         "a date such as 2028-12-31", &self->keep_until[keep], error))
      return FALSE;

  return dc_keys_go_on (keys, check_keep (self, DC_KEEP_COPIES, self->ends, "no day before Ends", error), error) &&
         dc_keys_go_on (keys, check_keep (self, DC_KEEP_PLEDGES, self->ends, "no day before Ends", error), error) &&
         dc_keys_go_on (keys, check_keep (self, DC_KEEP_PLEDGES, self->keep_until[DC_KEEP_COPIES],
                                          "no day before CopiesUntil", error), error);
}

static gboolean
read_picture (DcCampaign  *self,
              DcKeys      *keys,
              const char  *group,
              const char  *key,
              const char **picture,
              GError     **error)
{
  guint n = g_strv_length ((char **) self->pictures);

  if (!dc_keys_string (keys, group, key, DC_NEEDED, dc_is_picture_name,
                       "a file name of a-z, 0-9, ., _ and - that ends in .svg or .png",
                       picture, error))
    return FALSE;
  if (*picture != NULL && !g_strv_contains (self->pictures, *picture))
    self->pictures[n] = *picture;

  return TRUE;
}

static gboolean
read_organisation (DcCampaign  *self,
                   DcKeys      *keys,
                   GError     **error)
{
  const char *group = "Organisation";

  return dc_keys_texts (keys, group, "Name", DC_NEEDED, 80, &self->organisation, error) &&
         dc_keys_texts (keys, group, "ShortName", DC_NEEDED, 24, &self->organisation_short, error) &&
         dc_keys_string (keys, group, "Email", DC_NEEDED, dc_email_valid, "an e-mail address",
                         &self->organisation_email, error) &&
         dc_keys_string (keys, group, "Phone", DC_OPTIONAL, dc_phone_valid, "a phone number",
                         &self->organisation_phone, error) &&
         dc_keys_string (keys, group, "Website", DC_OPTIONAL, dc_is_web_address,
                         "an https address of at most 200 characters",
                         &self->organisation_website, error) &&
         dc_keys_texts (keys, group, "Address", DC_OPTIONAL, 200,
                        &self->organisation_address, error) &&
         dc_keys_texts (keys, group, "Coordinator", DC_OPTIONAL, 80, &self->coordinator, error) &&
         dc_keys_string (keys, group, "CoordinatorPhone", DC_OPTIONAL, dc_phone_valid,
                         "a phone number", &self->coordinator_phone, error) &&
         read_picture (self, keys, group, "Logo", &self->logo, error);
}

static gboolean
read_story (DcCampaign  *self,
            DcKeys      *keys,
            const char  *group,
            DcStory     *story,
            GError     **error)
{
  return read_picture (self, keys, group, "Picture", &story->picture, error) &&
         dc_keys_texts (keys, group, "Alt", DC_NEEDED, 200, &story->alt, error) &&
         dc_keys_texts (keys, group, "Heading", DC_NEEDED, 70, &story->heading, error) &&
         dc_keys_texts (keys, group, "Text", DC_NEEDED, 220, &story->text, error) &&
         dc_keys_texts (keys, group, "Source", DC_OPTIONAL, 120, &story->source, error);
}

static gboolean
read_appeal (DcCampaign  *self,
             DcKeys      *keys,
             GError     **error)
{
  if (!dc_keys_texts (keys, "Appeal", "Invitation", DC_NEEDED, 80, &self->invitation, error) ||
      !dc_keys_texts (keys, "Appeal", "Closing", DC_NEEDED, 80, &self->closing, error))
    return FALSE;

  for (self->n_stories = 0; self->n_stories < DC_STORIES_MAX; self->n_stories++) {
    g_autofree char *group = g_strdup_printf ("Story %u", self->n_stories + 1);

    if (self->n_stories > 0 && !dc_keys_has_group (keys, group))
      break;
    if (!read_story (self, keys, group, &self->stories[self->n_stories], error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
read_demo (DcCampaign  *self,
           DcKeys      *keys,
           GError     **error)
{
  if (!self->demo)
    return TRUE;

  if (!dc_keys_string (keys, "Demo", "VolunteerPin", DC_NEEDED, dc_is_pin, "4 to 12 digits",
                       &self->volunteer_pin, error) ||
      !dc_keys_string (keys, "Demo", "CoordinatorPin", DC_NEEDED, dc_is_pin, "4 to 12 digits",
                       &self->coordinator_pin, error))
    return FALSE;

  return g_strcmp0 (self->volunteer_pin, self->coordinator_pin) != 0 ||
         self->coordinator_pin == NULL ||
         dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, "Demo", "CoordinatorPin",
                         self->coordinator_pin, "another than VolunteerPin");
}

gboolean
dc_campaign_read (DcCampaign  *self,
                  DcKeys      *keys,
                  GError     **error)
{
  return read_languages (self, keys, error) &&
         read_campaign (self, keys, error) &&
         read_keep (self, keys, error) &&
         read_organisation (self, keys, error) &&
         read_appeal (self, keys, error) &&
         dc_campaign_read_amounts (self, keys, error) &&
         dc_campaign_read_giving (self, keys, error) &&
         dc_campaign_read_consents (self, keys, error) &&
         dc_campaign_read_notice (self, keys, error) &&
         dc_keys_go_on (keys, read_demo (self, keys, error), error) &&
         dc_keys_all_known (keys, error);
}
