/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-visit.h"

#include "dc-crypto.h"
#include "dc-reference.h"
#include "dc-text.h"

struct _DcVisit
{
  GObject      parent_instance;

  DcCampaign  *campaign;
  char        *language;
  gboolean     practice;
  gboolean     assisted;

  gboolean     has_amount;
  DcFrequency  frequency;
  int          preset;
  DcMoney      amount;
  DcCups       cups;
  gboolean     other_monthly;

  DcDonor     *donor;
  DcContact    contact;
  gboolean     tax_certificate;
  gboolean     of_age;
  gboolean     masked;
  GArray      *consents;         /* of gboolean, as in the campaign */

  char        *scan_reference;
  gboolean     scan_counted;
  DcPledge    *pledge;
};

G_DEFINE_FINAL_TYPE (DcVisit, dc_visit, G_TYPE_OBJECT)

static void
dc_visit_finalize (GObject *object)
{
  DcVisit *self = DC_VISIT (object);

  g_clear_pointer (&self->pledge, dc_pledge_unref);
  g_clear_pointer (&self->donor, dc_donor_unref);
  g_clear_pointer (&self->consents, g_array_unref);
  g_clear_pointer (&self->scan_reference, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_object (&self->campaign);

  G_OBJECT_CLASS (dc_visit_parent_class)->finalize (object);
}

static void
dc_visit_class_init (DcVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_visit_finalize;
}

static void
dc_visit_init (DcVisit *self)
{
  self->preset = -1;
  self->donor = dc_donor_new ();
  self->consents = g_array_new (FALSE, TRUE, sizeof (gboolean));
}

DcVisit *
dc_visit_new (DcCampaign *campaign,
              const char *language)
{
  DcVisit *self = g_object_new (DC_TYPE_VISIT, NULL);

  self->campaign = g_object_ref (campaign);
  self->language = g_strdup (language);
  g_array_set_size (self->consents, dc_campaign_get_n_consents (campaign));

  return self;
}

const char *
dc_visit_get_language (DcVisit *self)
{
  return self->language;
}

void
dc_visit_set_language (DcVisit    *self,
                       const char *language)
{
  g_autofree char *copy = g_strdup (language);

  g_free (g_steal_pointer (&self->language));
  self->language = g_steal_pointer (&copy);
}

gboolean
dc_visit_is_practice (DcVisit *self)
{
  return self->practice;
}

void
dc_visit_set_practice (DcVisit  *self,
                       gboolean  practice)
{
  self->practice = practice;
}

gboolean
dc_visit_is_assisted (DcVisit *self)
{
  return self->assisted;
}

void
dc_visit_set_assisted (DcVisit  *self,
                       gboolean  assisted)
{
  self->assisted = assisted;
}

gboolean
dc_visit_has_amount (DcVisit *self)
{
  return self->has_amount;
}

static void
choose (DcVisit       *self,
        gboolean       monthly,
        int            preset,
        const DcMoney *amount,
        DcCups         cups)
{
  dc_visit_drop_pledge (self);
  self->has_amount = TRUE;
  self->frequency = monthly ? DC_FREQUENCY_MONTHLY : DC_FREQUENCY_ONCE;
  self->preset = preset;
  self->amount = *amount;
  self->cups = cups;
  g_clear_pointer (&self->scan_reference, g_free);
  self->scan_counted = FALSE;
}

void
dc_visit_choose_preset (DcVisit  *self,
                        gboolean  monthly,
                        guint     preset)
{
  const DcPreset *chosen = dc_campaign_get_preset (self->campaign, monthly, preset);

  g_return_if_fail (chosen != NULL);

  choose (self, monthly, (int) preset, &chosen->amount, chosen->cups);
}

gboolean
dc_visit_choose_amount (DcVisit       *self,
                        gboolean       monthly,
                        const DcMoney *amount)
{
  const DcCups none = { 0, DC_CUP_PERIOD_MONTH };

  if (!g_str_equal (amount->currency, dc_campaign_get_currency (self->campaign))
      || amount->minor < dc_campaign_get_minimum (self->campaign)->minor
      || amount->minor > dc_campaign_get_maximum (self->campaign)->minor)
    return FALSE;

  choose (self, monthly, -1, amount, none);

  return TRUE;
}

gboolean
dc_visit_is_monthly (DcVisit *self)
{
  return self->has_amount && self->frequency == DC_FREQUENCY_MONTHLY;
}

void
dc_visit_set_other_monthly (DcVisit  *self,
                            gboolean  monthly)
{
  self->other_monthly = monthly;
}

gboolean
dc_visit_get_other_monthly (DcVisit *self)
{
  return self->other_monthly;
}

int
dc_visit_get_preset (DcVisit  *self,
                     gboolean  monthly)
{
  return self->has_amount && dc_visit_is_monthly (self) == monthly ? self->preset : -1;
}

const DcMoney *
dc_visit_get_amount (DcVisit *self)
{
  return &self->amount;
}

DcFrequency
dc_visit_get_frequency (DcVisit *self)
{
  return self->frequency;
}

const DcCups *
dc_visit_get_cups (DcVisit *self)
{
  return &self->cups;
}

const char *
dc_visit_get_effect (DcVisit *self)
{
  gboolean monthly = dc_visit_is_monthly (self);

  if (self->preset < 0)
    return dc_campaign_get_other_effect (self->campaign, monthly, self->language);

  return dc_campaign_get_preset_effect (self->campaign, monthly, (guint) self->preset,
                                        self->language);
}

DcDonor *
dc_visit_get_donor (DcVisit *self)
{
  return self->donor;
}

DcContact
dc_visit_get_contact (DcVisit *self)
{
  return self->contact;
}

void
dc_visit_set_contact (DcVisit   *self,
                      DcContact  contact)
{
  self->contact = contact;
}

gboolean
dc_visit_get_tax_certificate (DcVisit *self)
{
  return self->tax_certificate;
}

void
dc_visit_set_tax_certificate (DcVisit  *self,
                              gboolean  wanted)
{
  self->tax_certificate = wanted;
}

gboolean
dc_visit_get_of_age (DcVisit *self)
{
  return self->of_age;
}

void
dc_visit_set_of_age (DcVisit  *self,
                     gboolean  stated)
{
  self->of_age = stated;
}

gboolean
dc_visit_get_masked (DcVisit *self)
{
  return self->masked;
}

void
dc_visit_set_masked (DcVisit  *self,
                     gboolean  masked)
{
  self->masked = masked;
}

gboolean
dc_visit_asks_consent (DcVisit *self,
                       guint    consent)
{
  switch (dc_campaign_get_consent (self->campaign, consent)->shown) {
  case DC_CONSENT_EMAIL:
    return self->contact == DC_CONTACT_EMAIL;
  case DC_CONSENT_PHONE:
    return self->contact == DC_CONTACT_PHONE;
  case DC_CONSENT_POST:
    return dc_visit_needs_address (self);
  case DC_CONSENT_ALWAYS:
  default:
    return TRUE;
  }
}

gboolean
dc_visit_get_consent (DcVisit *self,
                      guint    consent)
{
  return g_array_index (self->consents, gboolean, consent);
}

void
dc_visit_set_consent (DcVisit  *self,
                      guint     consent,
                      gboolean  given)
{
  g_array_index (self->consents, gboolean, consent) = given;
}

gboolean
dc_visit_required_consents_given (DcVisit *self)
{
  for (guint i = 0; i < self->consents->len; i++) {
    if (dc_campaign_get_consent (self->campaign, i)->required
        && dc_visit_asks_consent (self, i) && !dc_visit_get_consent (self, i))
      return FALSE;
  }

  return TRUE;
}

gboolean
dc_visit_needs_address (DcVisit *self)
{
  return self->contact == DC_CONTACT_POST || self->tax_certificate;
}

static gboolean
is_address (DcField field)
{
  return field >= DC_FIELD_STREET && field <= DC_FIELD_COUNTRY;
}

/* A field that is not on the page is not the donor's mistake. */
static gboolean
is_asked (DcVisit *self,
          DcField  field)
{
  if (is_address (field))
    return dc_visit_needs_address (self);
  if (field == DC_FIELD_EMAIL)
    return self->contact == DC_CONTACT_EMAIL;
  if (field == DC_FIELD_PHONE)
    return self->contact == DC_CONTACT_PHONE;

  return TRUE;
}

/* Whether nothing would be left of it in the promise. */
static gboolean
is_blank (DcVisit *self,
          DcField  field)
{
  char *tidy = dc_text_tidy (dc_donor_get (self->donor, field));
  gboolean blank = *tidy == '\0';

  dc_wipe_string (&tidy);

  return blank;
}

DcFieldProblem
dc_visit_check_field (DcVisit *self,
                      DcField  field)
{
  if (!is_asked (self, field))
    return DC_FIELD_GOOD;
  if (is_blank (self, field))
    return field != DC_FIELD_FAMILY_NAME || self->tax_certificate ? DC_FIELD_MISSING : DC_FIELD_GOOD;

  return dc_donor_check (self->donor, field, dc_visit_needs_address (self));
}

gboolean
dc_visit_is_complete (DcVisit *self)
{
  for (DcField field = 0; field < DC_N_FIELDS; field++)
    if (dc_visit_check_field (self, field) != DC_FIELD_GOOD)
      return FALSE;

  return self->has_amount && self->of_age && dc_visit_required_consents_given (self);
}

static char *
new_reference (DcReferenceKind kind)
{
  guint8 random[DC_REFERENCE_RANDOM];

  dc_crypto_random (random, sizeof random);

  return dc_reference_new (kind, random);
}

const char *
dc_visit_get_scan_reference (DcVisit *self)
{
  if (self->scan_reference == NULL)
    self->scan_reference = new_reference (DC_REFERENCE_SCAN);

  return self->scan_reference;
}

gboolean
dc_visit_begin_scan (DcVisit *self)
{
  gboolean first = !self->scan_counted;

  self->scan_counted = TRUE;

  return first;
}

/* What was typed into a field that is no longer on the page (the donor chose
 * the telephone after all) is not part of the promise. */
static DcDonor *
donor_of_pledge (DcVisit *self)
{
  DcDonor *donor = dc_donor_new ();

  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    if (is_asked (self, field)) {
      char *tidy = dc_text_tidy (dc_donor_get (self->donor, field));

      dc_donor_set (donor, field, tidy);
      dc_wipe_string (&tidy);
    }
  }

  return donor;
}

static void
add_consents (DcVisit  *self,
              DcPledge *pledge)
{
  for (guint i = 0; i < self->consents->len; i++) {
    const DcConsentAsked *asked = dc_campaign_get_consent (self->campaign, i);

    if (dc_visit_asks_consent (self, i))
      g_ptr_array_add (pledge->consents,
                       dc_consent_new (asked->purpose, asked->version, self->language,
                                       dc_visit_get_consent (self, i)));
  }
}

static DcPledge *
make_pledge (DcVisit *self,
             DcClock *clock)
{
  DcPledge *pledge = dc_pledge_new ();

  dc_crypto_random (pledge->id.bytes, sizeof pledge->id.bytes);
  dc_clock_now (clock, &pledge->time);
  pledge->campaign = g_strdup (dc_campaign_get_id (self->campaign));
  pledge->amount = self->amount;
  pledge->frequency = self->frequency;
  pledge->cups = self->cups;
  pledge->channel = self->assisted ? DC_CHANNEL_ASSISTED : DC_CHANNEL_SELF;
  pledge->day = dc_stamp_day (&pledge->time, dc_campaign_get_time_zone (self->campaign));
  pledge->language = g_strdup (self->language);
  pledge->reference = new_reference (DC_REFERENCE_PLEDGE);
  pledge->donor = donor_of_pledge (self);
  pledge->tax_certificate = self->tax_certificate;
  pledge->notice_version = dc_campaign_get_notice_version (self->campaign);
  pledge->minimum_age = dc_campaign_get_minimum_age (self->campaign);
  add_consents (self, pledge);

  return pledge;
}

DcPledge *
dc_visit_get_pledge (DcVisit *self,
                     DcClock *clock)
{
  if (self->pledge == NULL)
    self->pledge = make_pledge (self, clock);

  return self->pledge;
}

void
dc_visit_drop_pledge (DcVisit *self)
{
  g_clear_pointer (&self->pledge, dc_pledge_unref);
}
