/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-paper-entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <time.h>

#include "dc-crypto.h"
#include "dc-office.h"
#include "dc-reference.h"
#include "dc-text.h"
#include "dc-volunteer-code.h"

struct _DcPaperEntry
{
  DcCampaign *campaign;    /* (owned) */
  char       *today;       /* (owned) */
  DcPledge   *pledge;      /* (owned) what was taken, in its place */
  gboolean    has_amount;
  gboolean    has_frequency;
  gboolean    of_age;
  GArray     *consents;    /* (owned) of gboolean, one a consent */
};

DcPaperEntry *
dc_paper_entry_new (DcCampaign *campaign,
                    const char *today)
{
  DcPaperEntry *self = g_new0 (DcPaperEntry, 1);

  self->campaign = g_object_ref (campaign);
  self->today = g_strdup (today);
  self->pledge = dc_pledge_new ();
  self->pledge->donor = dc_donor_new ();
  self->pledge->day = g_strdup (today);
  self->pledge->language = g_strdup (dc_campaign_get_languages (campaign)[0]);
  self->consents = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_array_set_size (self->consents, dc_campaign_get_n_consents (campaign));

  return self;
}

void
dc_paper_entry_free (DcPaperEntry *self)
{
  g_clear_object (&self->campaign);
  g_clear_pointer (&self->today, g_free);
  g_clear_pointer (&self->pledge, dc_pledge_unref);
  g_clear_pointer (&self->consents, g_array_unref);
  g_free (self);
}

guint
dc_paper_entry_count (DcCampaign *campaign)
{
  return DC_ENTRY_CONSENTS + dc_campaign_get_n_consents (campaign);
}

static gboolean
is_donor (guint entry)
{
  return entry >= DC_ENTRY_DONOR && entry < DC_ENTRY_TAX_CERTIFICATE;
}

char *
dc_paper_entry_name (DcCampaign *campaign,
                     guint       entry)
{
  static const char * const names[DC_ENTRY_CONSENTS] = {
    [DC_ENTRY_REFERENCE] = "reference", [DC_ENTRY_LANGUAGE] = "language", [DC_ENTRY_AMOUNT] = "amount",
    [DC_ENTRY_FREQUENCY] = "frequency", [DC_ENTRY_TAX_CERTIFICATE] = "tax_certificate", [DC_ENTRY_DAY] = "day",
    [DC_ENTRY_VOLUNTEER] = "volunteer", [DC_ENTRY_OF_AGE] = "of_age",
  };

  if (is_donor (entry))
    return g_strdup (dc_field_to_string (entry - DC_ENTRY_DONOR));
  if (entry < DC_ENTRY_CONSENTS)
    return g_strdup (names[entry]);

  return g_strconcat ("consent_", dc_campaign_get_consent (campaign, entry - DC_ENTRY_CONSENTS)->purpose, NULL);
}

static char *
ask_consent (DcPaperEntry *self,
             guint         consent)
{
  const char *text = dc_campaign_get_consent_text (self->campaign, consent, self->pledge->language);

  /* Translators: %s is a whole sentence; “yes” and “no” as they are translated
   * alone */
  return g_strdup_printf (_("Ticked? “%s” (yes, or Enter for no)"), text);
}

/* A field of the donor's, as the kiosk names it. */
static const char *
ask_field (DcField field)
{
  static const char * const captions[DC_N_FIELDS] = {
    N_("First name"), N_("Family name"), N_("E-mail address"), N_("Telephone number"),
    N_("Street and number"), N_("Postcode"), N_("Town"), N_("Country"),
  };

  return _(captions[field]);
}

char *
dc_paper_entry_ask (DcPaperEntry *self,
                    guint         entry)
{
  if (is_donor (entry))
    return g_strdup (ask_field (entry - DC_ENTRY_DONOR));

  switch (entry) {
  case DC_ENTRY_REFERENCE:
    return g_strdup (_("Reference"));
  case DC_ENTRY_LANGUAGE:
    /* Translators: %s is a code as “fr” */
    return g_strdup_printf (_("Language of the form (Enter for %s)"), self->pledge->language);
  case DC_ENTRY_AMOUNT:
    /* Translators: %s is a currency, as CHF */
    return g_strdup_printf (_("Amount, in %s"), dc_campaign_get_currency (self->campaign));
  case DC_ENTRY_FREQUENCY:
    /* Translators: “monthly” and “once” are what is typed, as they stand here */
    return g_strdup (_("How often: monthly, or once"));
  case DC_ENTRY_TAX_CERTIFICATE:
    /* Translators: “yes” and “no” as they are translated alone */
    return g_strdup (_("Tax certificate? (yes, or Enter for no)"));
  case DC_ENTRY_DAY:
    /* Translators: %s is a day, as 2026-12-18 */
    return g_strdup_printf (_("Day on the form (Enter for %s)"), self->pledge->day);
  case DC_ENTRY_VOLUNTEER:
    return g_strdup (_("The volunteer’s code"));
  case DC_ENTRY_OF_AGE:
    /* Translators: %u is an age in years; “yes” and “no” as they are translated alone */
    return g_strdup_printf (_("Ticked? “I am %u or older.” (yes, or Enter for no)"),
                            dc_campaign_get_minimum_age (self->campaign));
  default:
    return ask_consent (self, entry - DC_ENTRY_CONSENTS);
  }
}

static gboolean
refuse (GError     **error,
        const char  *words)
{
  g_set_error_literal (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED, words);

  return FALSE;
}

/* As it is printed or as it is typed in haste: blanks and small letters do not
 * matter, and letters that the alphabet lacks are digits (Crockford). */
static gboolean
set_reference (DcPaperEntry  *self,
               const char    *text,
               GError       **error)
{
  g_autoptr (GString) bare = g_string_new (NULL);

  for (const char *p = text; *p != '\0' && bare->len <= DC_REFERENCE_LENGTH; p++) {
    char letter = g_ascii_toupper (*p);

    if (letter == 'O')
      letter = '0';
    if (letter == 'I' || letter == 'L')
      letter = '1';
    if (letter != ' ')
      g_string_append_c (bare, letter);
  }
  if (bare->len != DC_REFERENCE_LENGTH || !dc_reference_valid (bare->str) || dc_reference_is_scan (bare->str))
    return refuse (error, _("This is not the reference of a form; it reads like RF18 K7Q2 9WXM 4T. Look at each sign."));
  g_clear_pointer (&self->pledge->reference, g_free);
  self->pledge->reference = g_strdup (bare->str);

  return TRUE;
}

static gboolean
set_language (DcPaperEntry  *self,
              const char    *text,
              GError       **error)
{
  if (*text == '\0')
    return TRUE;
  if (!g_strv_contains (dc_campaign_get_languages (self->campaign), text))
    return refuse (error, _("The appeal does not speak this language."));
  g_clear_pointer (&self->pledge->language, g_free);
  self->pledge->language = g_strdup (text);

  return TRUE;
}

/* With a point or a comma before the decimals; within the appeal's bounds. */
static gboolean
set_amount (DcPaperEntry  *self,
            const char    *text,
            GError       **error)
{
  const DcMoney *minimum = dc_campaign_get_minimum (self->campaign);
  const DcMoney *maximum = dc_campaign_get_maximum (self->campaign);
  g_autofree char *decimal = g_strdelimit (g_strdup (text), ",", '.');
  g_autofree char *least = dc_money_to_decimal (minimum);
  g_autofree char *most = dc_money_to_decimal (maximum);
  DcMoney amount;

  self->has_amount = dc_money_parse (&amount, decimal, dc_campaign_get_currency (self->campaign), NULL)
                     && amount.minor >= minimum->minor && amount.minor <= maximum->minor;
  if (self->has_amount) {
    self->pledge->amount = amount;
    return TRUE;
  }
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED,
               /* Translators: %1$s and %2$s are sums, as 5 and 5000 */
               _("An amount is a number from %1$s to %2$s."), least, most);

  return FALSE;
}

static gboolean
set_frequency (DcPaperEntry  *self,
               const char    *text,
               GError       **error)
{
  self->has_frequency = dc_frequency_from_string (text, &self->pledge->frequency)
                        && self->pledge->frequency != DC_FREQUENCY_YEARLY;

  return self->has_frequency || refuse (error, _("Type “monthly” or “once”."));
}

static gboolean
set_day (DcPaperEntry  *self,
         const char    *text,
         GError       **error)
{
  struct tm time = { 0 };
  const char *end;

  if (*text == '\0')
    return TRUE;
  end = strptime (text, "%Y-%m-%d", &time);
  if (end == NULL || *end != '\0' || strlen (text) != strlen (self->today)
      || !g_date_valid_dmy ((GDateDay) time.tm_mday, time.tm_mon + 1, (GDateYear) (time.tm_year + 1900))
      || strcmp (text, self->today) > 0)
    return refuse (error, _("A day is written 2026-12-18, and is today or before."));
  g_clear_pointer (&self->pledge->day, g_free);
  self->pledge->day = g_strdup (text);

  return TRUE;
}

static gboolean
set_volunteer (DcPaperEntry  *self,
               const char    *text,
               GError       **error)
{
  g_clear_pointer (&self->pledge->volunteer, g_free);
  if (*text == '\0')
    return TRUE;
  if (dc_volunteer_code_check (text) != DC_VOLUNTEER_CODE_GOOD)
    return refuse (error, _("A volunteer’s code is short, of letters and digits, and is never a name."));
  self->pledge->volunteer = dc_volunteer_code_tidy (text);

  return TRUE;
}

static gboolean
set_answer (gboolean    *answer,
            const char  *text,
            GError     **error)
{
  /* A table may come from a desk of another language. */
  static const char * const yes[] = { "yes", "y", "x", "1", "true", NULL };
  static const char * const no[] = { "", "no", "n", "0", "false", NULL };
  g_autofree char *small = g_utf8_strdown (text, -1);

  *answer = g_strv_contains (yes, small) || g_str_equal (small, _("yes"));

  return *answer || g_strv_contains (no, small) || g_str_equal (small, _("no")) || refuse (error, _("Type “yes” or “no”."));
}

static const char *
words_of (DcFieldProblem problem)
{
  switch (problem) {
  case DC_FIELD_MISSING:
    return _("It is needed.");
  case DC_FIELD_TOO_LONG:
    return _("It is too long.");
  case DC_FIELD_MALFORMED:
    return _("It does not look like one; read it once more.");
  case DC_FIELD_CARD_NUMBER:
    return _("It looks like the number of a payment card, which is never kept.");
  case DC_FIELD_GOOD:
  default:
    return NULL;
  }
}

/* What is missing, dc_paper_entry_check () sees in the end. */
static gboolean
set_field (DcPaperEntry  *self,
           DcField        field,
           const char    *text,
           GError       **error)
{
  DcFieldProblem problem;

  dc_donor_set (self->pledge->donor, field, text);
  problem = dc_donor_check (self->pledge->donor, field, FALSE);

  return problem == DC_FIELD_GOOD || problem == DC_FIELD_MISSING || refuse (error, words_of (problem));
}

static gboolean
set_tidy (DcPaperEntry  *self,
          guint          entry,
          const char    *text,
          GError       **error)
{
  if (is_donor (entry))
    return set_field (self, entry - DC_ENTRY_DONOR, text, error);

  switch (entry) {
  case DC_ENTRY_REFERENCE:
    return set_reference (self, text, error);
  case DC_ENTRY_LANGUAGE:
    return set_language (self, text, error);
  case DC_ENTRY_AMOUNT:
    return set_amount (self, text, error);
  case DC_ENTRY_FREQUENCY:
    return set_frequency (self, text, error);
  case DC_ENTRY_TAX_CERTIFICATE:
    return set_answer (&self->pledge->tax_certificate, text, error);
  case DC_ENTRY_DAY:
    return set_day (self, text, error);
  case DC_ENTRY_VOLUNTEER:
    return set_volunteer (self, text, error);
  case DC_ENTRY_OF_AGE:
    return set_answer (&self->of_age, text, error);
  default:
    return set_answer (&g_array_index (self->consents, gboolean, entry - DC_ENTRY_CONSENTS), text, error);
  }
}

gboolean
dc_paper_entry_set (DcPaperEntry  *self,
                    guint          entry,
                    const char    *text,
                    GError       **error)
{
  char *tidy = dc_text_tidy (text);
  gboolean good = set_tidy (self, entry, tidy, error);

  dc_wipe_string (&tidy);

  return good;
}

static char *
get_answer (gboolean answer)
{
  return g_strdup (answer ? _("yes") : _("no"));
}

static char *
get_gift (DcPaperEntry *self,
          guint         entry)
{
  if (entry == DC_ENTRY_AMOUNT)
    return self->has_amount ? dc_money_to_decimal (&self->pledge->amount) : g_strdup ("");

  return g_strdup (self->has_frequency ? dc_frequency_to_string (self->pledge->frequency) : "");
}

char *
dc_paper_entry_get (DcPaperEntry *self,
                    guint         entry)
{
  const DcPledge *pledge = self->pledge;

  if (is_donor (entry))
    return g_strdup (dc_donor_get (pledge->donor, entry - DC_ENTRY_DONOR));

  switch (entry) {
  case DC_ENTRY_REFERENCE:
    return pledge->reference != NULL ? dc_reference_in_fours (pledge->reference) : g_strdup ("");
  case DC_ENTRY_LANGUAGE:
    return g_strdup (pledge->language);
  case DC_ENTRY_AMOUNT:
  case DC_ENTRY_FREQUENCY:
    return get_gift (self, entry);
  case DC_ENTRY_TAX_CERTIFICATE:
    return get_answer (pledge->tax_certificate);
  case DC_ENTRY_DAY:
    return g_strdup (pledge->day);
  case DC_ENTRY_VOLUNTEER:
    return g_strdup (pledge->volunteer != NULL ? pledge->volunteer : "");
  case DC_ENTRY_OF_AGE:
    return get_answer (self->of_age);
  default:
    return get_answer (g_array_index (self->consents, gboolean, entry - DC_ENTRY_CONSENTS));
  }
}

static gboolean
check_agreements (DcPaperEntry  *self,
                  guint         *entry,
                  GError       **error)
{
  for (guint i = 0; i < self->consents->len; i++) {
    if (dc_campaign_get_consent (self->campaign, i)->required && !g_array_index (self->consents, gboolean, i)) {
      *entry = DC_ENTRY_CONSENTS + i;
      return refuse (error, _("Without this tick no detail of the form may be kept. Destroy it."));
    }
  }
  *entry = DC_ENTRY_OF_AGE;

  return self->of_age || refuse (error, _("Without this tick no detail of the form may be kept. Destroy it."));
}

gboolean
dc_paper_entry_check (DcPaperEntry  *self,
                      guint         *entry,
                      GError       **error)
{
  *entry = DC_ENTRY_REFERENCE;
  if (self->pledge->reference == NULL)
    return refuse (error, _("It is needed."));
  *entry = DC_ENTRY_AMOUNT;
  if (!self->has_amount)
    return refuse (error, _("It is needed."));
  *entry = DC_ENTRY_FREQUENCY;
  if (!self->has_frequency)
    return refuse (error, _("It is needed."));
  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    DcFieldProblem problem = dc_donor_check (self->pledge->donor, field, self->pledge->tax_certificate);

    *entry = DC_ENTRY_DONOR + field;
    if (problem != DC_FIELD_GOOD)
      return refuse (error, words_of (problem));
  }

  return check_agreements (self, entry, error);
}

const char *
dc_paper_entry_get_reference (DcPaperEntry *self)
{
  return self->pledge->reference;
}

/* A sum of the kiosk's own is that many cups there, and so here. */
static void
find_cups (DcPaperEntry *self,
           DcPledge     *pledge)
{
  for (guint i = 0; i < dc_campaign_get_n_presets (self->campaign, TRUE); i++) {
    const DcPreset *preset = dc_campaign_get_preset (self->campaign, TRUE, i);

    if (pledge->frequency == DC_FREQUENCY_MONTHLY && preset->amount.minor == pledge->amount.minor)
      pledge->cups = preset->cups;
  }
}

/* When it was typed; the form's own day is pledge->day. */
static void
stamp (DcStamp *time_typed)
{
  struct tm local;
  time_t seconds;

  time_typed->utc_us = g_get_real_time ();
  seconds = time_typed->utc_us / G_USEC_PER_SEC;
  if (localtime_r (&seconds, &local) != NULL)
    time_typed->offset_s = (int) local.tm_gmtoff;
  time_typed->trust = DC_CLOCK_SET;
}

DcPledge *
dc_paper_entry_to_pledge (DcPaperEntry *self)
{
  DcPledge *pledge = self->pledge;

  dc_crypto_random (pledge->id.bytes, sizeof pledge->id.bytes);
  stamp (&pledge->time);
  find_cups (self, pledge);
  g_clear_pointer (&pledge->campaign, g_free);
  pledge->campaign = g_strdup (dc_campaign_get_id (self->campaign));
  pledge->channel = DC_CHANNEL_PAPER;
  pledge->notice_version = dc_campaign_get_notice_version (self->campaign);
  pledge->minimum_age = dc_campaign_get_minimum_age (self->campaign);
  g_ptr_array_set_size (pledge->consents, 0);
  for (guint i = 0; i < self->consents->len; i++) {
    const DcConsentAsked *asked = dc_campaign_get_consent (self->campaign, i);

    g_ptr_array_add (pledge->consents, dc_consent_new (asked->purpose, asked->version, pledge->language,
                                                       g_array_index (self->consents, gboolean, i)));
  }

  return dc_pledge_ref (pledge);
}
