/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "dc-cups.h"
#include "dc-money.h"

G_BEGIN_DECLS

/**
 * DcCampaign:
 *
 * What campaign.ini says, checked. Immutable after parsing, so any thread may
 * read it. Every text getter takes a language and falls back to the pack's
 * first language; the strings belong to the campaign.
 */
#define DC_TYPE_CAMPAIGN (dc_campaign_get_type ())
G_DECLARE_FINAL_TYPE (DcCampaign, dc_campaign, DC, CAMPAIGN, GObject)

#define DC_CAMPAIGN_ERROR (dc_campaign_error_quark ())
GQuark dc_campaign_error_quark (void);

typedef enum
{
  DC_CAMPAIGN_ERROR_SYNTAX,    /* not a key file, not UTF-8, too large */
  DC_CAMPAIGN_ERROR_MISSING,   /* a group or key that must be there */
  DC_CAMPAIGN_ERROR_VALUE,     /* a value that cannot be */
  DC_CAMPAIGN_ERROR_UNKNOWN,   /* a group or key that means nothing */
} DcCampaignError;

/* Reads the text of a campaign.ini, at most 256 KiB. Strict: what is not known
 * is refused, every text is bounded, and the texts of the first language must
 * all be there. Every message reads
 *   campaign.ini: [Group] Key[fr]: found “…”, expected …
 * or, where there is no group to name, "campaign.ini: line 3: found …". */
DcCampaign         *dc_campaign_new_from_data  (const char   *data,
                                                gsize         length,
                                                GError      **error);

/* The same for who writes one: every problem is told, not the first only, each
 * as the message above, appended to @problems (char *, with g_free to free
 * them). Lines that are none are told alone: what they would say is not known.
 * (transfer full) NULL where there is a problem. */
DcCampaign         *dc_campaign_check          (const char   *data,
                                                gsize         length,
                                                GPtrArray    *problems);

/* One monthly preset (cups over a period) or one single gift (cups.count 0). */
typedef struct
{
  DcCups   cups;
  DcMoney  amount;
} DcPreset;

/* [Campaign] */
const char         *dc_campaign_get_id              (DcCampaign *self);
const char         *dc_campaign_get_name            (DcCampaign *self, const char *language);
gboolean            dc_campaign_is_demo             (DcCampaign *self);
const char * const *dc_campaign_get_languages       (DcCampaign *self);
gboolean            dc_campaign_has_language        (DcCampaign *self, const char *language);
const char         *dc_campaign_get_time_zone       (DcCampaign *self);
const char         *dc_campaign_get_currency        (DcCampaign *self);
const DcMoney      *dc_campaign_get_price_of_a_cup  (DcCampaign *self);
guint               dc_campaign_get_minimum_age     (DcCampaign *self);
guint               dc_campaign_get_reply_days      (DcCampaign *self);
/* The last day, "2027-12-31". (nullable) */
const char         *dc_campaign_get_ends            (DcCampaign *self);

/* What of the promises the office keeps, and deletes after a day. */
typedef enum
{
  DC_KEEP_COPIES,    /* sealed copies at destinations, on cards, in queues set aside */
  DC_KEEP_PLEDGES,   /* those, and what is sealed in the office's ledger */
  DC_N_KEEPS
} DcKeep;

/* [Keep] */
/* The key in campaign.ini, "PledgesUntil". */
const char         *dc_keep_to_string               (DcKeep      keep);
/* The last day on which it is kept, "2028-12-31". NULL: no day is set. */
const char         *dc_campaign_get_keep_until      (DcCampaign *self,
                                                     DcKeep      keep);

/* [Organisation] */
const char         *dc_campaign_get_organisation       (DcCampaign *self, const char *language);
const char         *dc_campaign_get_organisation_short (DcCampaign *self, const char *language);
/* (nullable) on one line */
const char         *dc_campaign_get_organisation_address (DcCampaign *self, const char *language);
const char         *dc_campaign_get_organisation_email (DcCampaign *self);
const char         *dc_campaign_get_organisation_phone (DcCampaign *self);     /* (nullable) */
const char         *dc_campaign_get_organisation_website (DcCampaign *self);   /* https (nullable) */
/* Whom the volunteers call first: a name or a role. (nullable) */
const char         *dc_campaign_get_coordinator        (DcCampaign *self, const char *language);
const char         *dc_campaign_get_coordinator_phone  (DcCampaign *self);     /* (nullable) */
const char         *dc_campaign_get_logo               (DcCampaign *self);

/* [Appeal] */
const char         *dc_campaign_get_invitation (DcCampaign *self, const char *language);
const char         *dc_campaign_get_closing    (DcCampaign *self, const char *language);
guint               dc_campaign_get_n_stories  (DcCampaign *self);
const char         *dc_campaign_get_story_picture (DcCampaign *self, guint story);
const char         *dc_campaign_get_story_alt     (DcCampaign *self, guint story, const char *language);
const char         *dc_campaign_get_story_heading (DcCampaign *self, guint story, const char *language);
const char         *dc_campaign_get_story_text    (DcCampaign *self, guint story, const char *language);
/* (nullable) where a quotation comes from */
const char         *dc_campaign_get_story_source  (DcCampaign *self, guint story, const char *language);

/* [Giving] */
const char         *dc_campaign_get_giving_address  (DcCampaign *self);
const char         *dc_campaign_get_giving_link     (DcCampaign *self);   /* RFC 6570 template */
const char         *dc_campaign_get_appeal_link     (DcCampaign *self);   /* RFC 6570 template */
const char         *dc_campaign_get_film_link       (DcCampaign *self);   /* RFC 6570 template (nullable) */
/* @language where the giving page speaks it, else the page's first one. */
const char         *dc_campaign_get_giving_language (DcCampaign *self, const char *language);

/* [Amounts], [Monthly N], [Once N] */
const DcMoney      *dc_campaign_get_minimum        (DcCampaign *self);
const DcMoney      *dc_campaign_get_maximum        (DcCampaign *self);
/* What the event hopes to be promised, counted over a year. (nullable) */
const DcMoney      *dc_campaign_get_goal           (DcCampaign *self);
guint               dc_campaign_get_n_presets      (DcCampaign *self, gboolean monthly);
const DcPreset     *dc_campaign_get_preset         (DcCampaign *self, gboolean monthly, guint preset);
const char         *dc_campaign_get_preset_effect  (DcCampaign *self, gboolean monthly, guint preset, const char *language);
/* What a gift of a sum of one's own does. */
const char         *dc_campaign_get_other_effect   (DcCampaign *self, gboolean monthly, const char *language);

/* [Consent PURPOSE], in the order of the file */
typedef enum
{
  DC_CONSENT_ALWAYS,        /* shown to everyone */
  DC_CONSENT_EMAIL,         /* shown where an e-mail address was given */
  DC_CONSENT_PHONE,
  DC_CONSENT_POST,
} DcConsentShown;

typedef struct
{
  const char     *purpose;
  guint           version;
  DcConsentShown  shown;
  gboolean        required;   /* without it no details may be kept */
} DcConsentAsked;

guint                 dc_campaign_get_n_consents   (DcCampaign *self);
const DcConsentAsked *dc_campaign_get_consent      (DcCampaign *self, guint consent);
const char           *dc_campaign_get_consent_text (DcCampaign *self, guint consent, const char *language);

/* [Notice] */
typedef enum
{
  DC_NOTICE_SHORT,            /* the first layer, at most 80 words */
  DC_NOTICE_CONTROLLER,
  DC_NOTICE_DATA_PROTECTION,
  DC_NOTICE_PURPOSES,         /* and the legal basis */
  DC_NOTICE_RECIPIENTS,       /* and the countries */
  DC_NOTICE_RETENTION,
  DC_NOTICE_RIGHTS,
  DC_NOTICE_WITHDRAWAL,
  DC_NOTICE_AUTHORITY,
  DC_NOTICE_VOLUNTARY,        /* nothing is obligatory */
  DC_N_NOTICES
} DcNotice;

guint               dc_campaign_get_notice_version (DcCampaign *self);
const char         *dc_campaign_get_notice         (DcCampaign *self, DcNotice part, const char *language);

/* [Demo]: PINs of a demonstration, printed on its ribbon. NULL in a live pack. */
const char         *dc_campaign_get_demo_pin       (DcCampaign *self, gboolean coordinator);

/* Every picture the pack names, for the loader; NULL-terminated. */
const char * const *dc_campaign_get_pictures       (DcCampaign *self);
/* "campaign.ini: [Story 2] Heading[es]": the texts a language still lacks.
 * Empty for the first language, and for one the campaign does not have.
 * (transfer full) NULL-terminated. */
char              **dc_campaign_list_missing       (DcCampaign *self, const char *language);

G_END_DECLS
