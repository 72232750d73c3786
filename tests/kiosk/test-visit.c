/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-visit.h"

#include "dc-crypto.h"
#include "dc-kiosk-test.h"
#include "dc-reference.h"

/* Beside the two consents of the test's campaign, which come first. */
#define DETAILS 0
#define NEWSLETTER 1
#define CALLS 2
#define LETTERS 3

static const char more_consents[] =
  "[Consent calls]\n"
  "Version=3\n"
  "Shown=phone\n"
  "Required=false\n"
  "Text=Call me.\n"
  "\n"
  "[Consent letters]\n"
  "Version=4\n"
  "Shown=post\n"
  "Required=true\n"
  "Text=Write letters to me.\n"
  "\n";

typedef struct
{
  DcCampaign  *campaign;
  DcTestClock *clock;
  DcVisit     *visit;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->campaign = dc_kiosk_test_campaign_new (more_consents);
  self->clock = dc_test_clock_new (DC_KIOSK_TEST_NOW);
  self->visit = dc_visit_new (self->campaign, "en");
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_assert_finalize_object (self->visit);
  g_assert_finalize_object (self->campaign);
  g_assert_finalize_object (self->clock);
}

static DcPledge *
get_pledge (Fixture *self)
{
  return dc_visit_get_pledge (self->visit, DC_CLOCK (self->clock));
}

static void
type (Fixture    *self,
      DcField     field,
      const char *text)
{
  dc_donor_set (dc_visit_get_donor (self->visit), field, text);
}

static void
type_address (Fixture *self)
{
  type (self, DC_FIELD_STREET, "Rue de Varembé 1");
  type (self, DC_FIELD_POSTCODE, "1202");
  type (self, DC_FIELD_TOWN, "Genève");
  type (self, DC_FIELD_COUNTRY, "Suisse");
}

/* All that a promise by e-mail needs. */
static void
make_complete (Fixture *self)
{
  dc_visit_choose_preset (self->visit, TRUE, 0);
  type (self, DC_FIELD_FIRST_NAME, "Ana");
  type (self, DC_FIELD_EMAIL, "ana@posteo.ch");
  dc_visit_set_of_age (self->visit, TRUE);
  dc_visit_set_consent (self->visit, DETAILS, TRUE);
  g_assert_true (dc_visit_is_complete (self->visit));
}

static void
assert_problem (Fixture        *self,
                DcField         field,
                DcFieldProblem  problem)
{
  g_assert_cmpuint (dc_visit_check_field (self->visit, field), ==, problem);
}

static void
assert_amount (Fixture     *self,
               gint64       minor,
               DcFrequency  frequency)
{
  g_assert_true (dc_visit_has_amount (self->visit));
  g_assert_cmpint (dc_visit_get_amount (self->visit)->minor, ==, minor);
  g_assert_cmpstr (dc_visit_get_amount (self->visit)->currency, ==, "CHF");
  g_assert_cmpuint (dc_visit_get_frequency (self->visit), ==, frequency);
  g_assert_cmpint (dc_visit_is_monthly (self->visit), ==, frequency == DC_FREQUENCY_MONTHLY);
}

static gboolean
choose_own (Fixture    *self,
            gboolean    monthly,
            gint64      minor,
            const char *currency)
{
  DcMoney amount;

  g_assert_true (dc_money_init (&amount, minor, currency, NULL));

  return dc_visit_choose_amount (self->visit, monthly, &amount);
}

static void
test_new (Fixture       *self,
          gconstpointer  unused)
{
  g_assert_false (dc_visit_has_amount (self->visit));
  g_assert_false (dc_visit_is_monthly (self->visit));
  g_assert_false (dc_visit_get_other_monthly (self->visit));
  g_assert_cmpint (dc_visit_get_preset (self->visit, TRUE), ==, -1);
  g_assert_cmpint (dc_visit_get_preset (self->visit, FALSE), ==, -1);
  g_assert_cmpuint (dc_visit_get_contact (self->visit), ==, DC_CONTACT_EMAIL);
  g_assert_false (dc_visit_get_tax_certificate (self->visit));
  g_assert_false (dc_visit_get_masked (self->visit));
  g_assert_false (dc_visit_is_complete (self->visit));
  for (DcField field = 0; field < DC_N_FIELDS; field++)
    g_assert_cmpstr (dc_donor_get (dc_visit_get_donor (self->visit), field), ==, "");
}

/* Consent is an act of the donor's: nothing is ticked for them. */
static void
test_nothing_ticked (Fixture       *self,
                     gconstpointer  unused)
{
  g_assert_cmpuint (dc_campaign_get_n_consents (self->campaign), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_false (dc_visit_get_consent (self->visit, i));
  g_assert_false (dc_visit_get_of_age (self->visit));
  g_assert_false (dc_visit_required_consents_given (self->visit));
}

static void
test_language (Fixture       *self,
               gconstpointer  unused)
{
  g_assert_cmpstr (dc_visit_get_language (self->visit), ==, "en");
  make_complete (self);
  g_assert_cmpstr (dc_visit_get_effect (self->visit), ==, "helps a defender to be heard");

  dc_visit_set_language (self->visit, "fr");
  g_assert_cmpstr (dc_visit_get_language (self->visit), ==, "fr");
  g_assert_cmpstr (dc_visit_get_effect (self->visit), ==, "aide une voix à être entendue");
  g_assert_true (dc_visit_is_complete (self->visit));

  /* Its own string may be handed back to it. */
  dc_visit_set_language (self->visit, dc_visit_get_language (self->visit));
  g_assert_cmpstr (dc_visit_get_language (self->visit), ==, "fr");
}

static void
test_presets (Fixture       *self,
              gconstpointer  unused)
{
  /* 4.20 × 52 ÷ 12, in whole francs */
  dc_visit_choose_preset (self->visit, TRUE, 0);
  assert_amount (self, 1800, DC_FREQUENCY_MONTHLY);
  g_assert_cmpint (dc_visit_get_preset (self->visit, TRUE), ==, 0);
  g_assert_cmpint (dc_visit_get_preset (self->visit, FALSE), ==, -1);
  g_assert_cmpuint (dc_visit_get_cups (self->visit)->count, ==, 1);
  g_assert_cmpuint (dc_visit_get_cups (self->visit)->period, ==, DC_CUP_PERIOD_WEEK);

  dc_visit_choose_preset (self->visit, TRUE, 1);
  assert_amount (self, 12700, DC_FREQUENCY_MONTHLY);
  g_assert_cmpuint (dc_visit_get_cups (self->visit)->period, ==, DC_CUP_PERIOD_DAY);

  dc_visit_choose_preset (self->visit, FALSE, 1);
  assert_amount (self, 5050, DC_FREQUENCY_ONCE);
  g_assert_cmpint (dc_visit_get_preset (self->visit, FALSE), ==, 1);
  g_assert_cmpint (dc_visit_get_preset (self->visit, TRUE), ==, -1);
  g_assert_cmpuint (dc_visit_get_cups (self->visit)->count, ==, 0);
  g_assert_cmpstr (dc_visit_get_effect (self->visit), ==, "pays a day of advice");
}

static void
test_preset_not_there (Fixture       *self,
                       gconstpointer  unused)
{
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*preset < *");
  g_test_expect_message (NULL, G_LOG_LEVEL_CRITICAL, "*chosen != NULL*");
  dc_visit_choose_preset (self->visit, TRUE, 99);
  g_test_assert_expected_messages ();
  g_assert_false (dc_visit_has_amount (self->visit));
}

static void
test_own_sum (Fixture       *self,
              gconstpointer  unused)
{
  g_assert_true (choose_own (self, TRUE, 500, "CHF"));
  assert_amount (self, 500, DC_FREQUENCY_MONTHLY);
  g_assert_true (choose_own (self, FALSE, 500000, "CHF"));
  assert_amount (self, 500000, DC_FREQUENCY_ONCE);
  g_assert_cmpint (dc_visit_get_preset (self->visit, FALSE), ==, -1);
  g_assert_cmpuint (dc_visit_get_cups (self->visit)->count, ==, 0);
  g_assert_cmpstr (dc_visit_get_effect (self->visit), ==, "Every gift counts.");
  g_assert_true (choose_own (self, TRUE, 4200, "CHF"));
  g_assert_cmpstr (dc_visit_get_effect (self->visit), ==, "Every franc keeps a door open.");
}

/* A refused sum leaves what was chosen before. */
static void
test_own_sum_refused (Fixture       *self,
                      gconstpointer  unused)
{
  g_assert_false (choose_own (self, TRUE, 499, "CHF"));
  g_assert_false (choose_own (self, TRUE, 0, "CHF"));
  g_assert_false (dc_visit_has_amount (self->visit));

  dc_visit_choose_preset (self->visit, TRUE, 0);
  g_assert_false (choose_own (self, FALSE, 500001, "CHF"));
  g_assert_false (choose_own (self, FALSE, DC_MONEY_MAX_MINOR, "CHF"));
  g_assert_false (choose_own (self, FALSE, 5000, "EUR"));
  assert_amount (self, 1800, DC_FREQUENCY_MONTHLY);
  g_assert_cmpint (dc_visit_get_preset (self->visit, TRUE), ==, 0);
}

static void
test_other_monthly (Fixture       *self,
                    gconstpointer  unused)
{
  dc_visit_set_other_monthly (self->visit, TRUE);
  g_assert_true (dc_visit_get_other_monthly (self->visit));
  /* Typing a sum is not yet choosing it. */
  g_assert_false (dc_visit_has_amount (self->visit));
  g_assert_false (dc_visit_is_monthly (self->visit));
  dc_visit_set_other_monthly (self->visit, FALSE);
  g_assert_false (dc_visit_get_other_monthly (self->visit));
}

static void
assert_asked (Fixture  *self,
              gboolean  newsletter,
              gboolean  calls,
              gboolean  letters)
{
  g_assert_true (dc_visit_asks_consent (self->visit, DETAILS));
  g_assert_cmpint (dc_visit_asks_consent (self->visit, NEWSLETTER), ==, newsletter);
  g_assert_cmpint (dc_visit_asks_consent (self->visit, CALLS), ==, calls);
  g_assert_cmpint (dc_visit_asks_consent (self->visit, LETTERS), ==, letters);
}

static void
test_consents_asked (Fixture       *self,
                     gconstpointer  unused)
{
  assert_asked (self, TRUE, FALSE, FALSE);
  dc_visit_set_contact (self->visit, DC_CONTACT_PHONE);
  assert_asked (self, FALSE, TRUE, FALSE);
  dc_visit_set_contact (self->visit, DC_CONTACT_POST);
  assert_asked (self, FALSE, FALSE, TRUE);
  /* Who leaves an address for the certificate can be written to as well. */
  dc_visit_set_contact (self->visit, DC_CONTACT_EMAIL);
  dc_visit_set_tax_certificate (self->visit, TRUE);
  assert_asked (self, TRUE, FALSE, TRUE);
}

static void
test_consents_required (Fixture       *self,
                        gconstpointer  unused)
{
  dc_visit_set_consent (self->visit, NEWSLETTER, TRUE);
  g_assert_false (dc_visit_required_consents_given (self->visit));
  dc_visit_set_consent (self->visit, DETAILS, TRUE);
  g_assert_true (dc_visit_required_consents_given (self->visit));

  /* One that is required of those who are asked for it. */
  dc_visit_set_contact (self->visit, DC_CONTACT_POST);
  g_assert_false (dc_visit_required_consents_given (self->visit));
  dc_visit_set_consent (self->visit, LETTERS, TRUE);
  g_assert_true (dc_visit_required_consents_given (self->visit));
  dc_visit_set_consent (self->visit, DETAILS, FALSE);
  g_assert_false (dc_visit_required_consents_given (self->visit));
}

static void
test_address_needed (Fixture       *self,
                     gconstpointer  unused)
{
  g_assert_false (dc_visit_needs_address (self->visit));
  dc_visit_set_tax_certificate (self->visit, TRUE);
  g_assert_true (dc_visit_needs_address (self->visit));
  dc_visit_set_tax_certificate (self->visit, FALSE);
  dc_visit_set_contact (self->visit, DC_CONTACT_POST);
  g_assert_true (dc_visit_needs_address (self->visit));
  dc_visit_set_contact (self->visit, DC_CONTACT_PHONE);
  g_assert_false (dc_visit_needs_address (self->visit));
}

static const struct
{
  DcContact contact;
  gboolean  tax_certificate;
  gboolean  missing[DC_N_FIELDS];   /* of an empty form */
} forms[] = {
  /*                            first family email phone street code town country */
  { DC_CONTACT_EMAIL, FALSE, { TRUE, FALSE, TRUE, FALSE, FALSE, FALSE, FALSE, FALSE } },
  { DC_CONTACT_PHONE, FALSE, { TRUE, FALSE, FALSE, TRUE, FALSE, FALSE, FALSE, FALSE } },
  { DC_CONTACT_POST, FALSE, { TRUE, FALSE, FALSE, FALSE, TRUE, TRUE, TRUE, TRUE } },
  { DC_CONTACT_EMAIL, TRUE, { TRUE, TRUE, TRUE, FALSE, TRUE, TRUE, TRUE, TRUE } },
  { DC_CONTACT_PHONE, TRUE, { TRUE, TRUE, FALSE, TRUE, TRUE, TRUE, TRUE, TRUE } },
  { DC_CONTACT_POST, TRUE, { TRUE, TRUE, FALSE, FALSE, TRUE, TRUE, TRUE, TRUE } },
};

static void
assert_missing (Fixture        *self,
                const gboolean *missing)
{
  for (DcField field = 0; field < DC_N_FIELDS; field++)
    assert_problem (self, field, missing[field] ? DC_FIELD_MISSING : DC_FIELD_GOOD);
}

static void
test_fields_missing (Fixture       *self,
                     gconstpointer  unused)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
    dc_visit_set_contact (self->visit, forms[i].contact);
    dc_visit_set_tax_certificate (self->visit, forms[i].tax_certificate);
    assert_missing (self, forms[i].missing);
  }
}

/* What would be dropped when the promise is made is as good as not typed. */
static void
test_fields_blank (Fixture       *self,
                   gconstpointer  unused)
{
  static const char * const blanks[] = { " ", "\t \n", "\xC2\xA0", "\xE2\x80\x8B" };

  for (gsize b = 0; b < G_N_ELEMENTS (blanks); b++) {
    for (DcField field = 0; field < DC_N_FIELDS; field++)
      type (self, field, blanks[b]);
    for (gsize i = 0; i < G_N_ELEMENTS (forms); i++) {
      dc_visit_set_contact (self->visit, forms[i].contact);
      dc_visit_set_tax_certificate (self->visit, forms[i].tax_certificate);
      assert_missing (self, forms[i].missing);
    }
  }
}

static void
test_fields_wrong (Fixture       *self,
                   gconstpointer  unused)
{
  g_autofree char *long_name = g_strnfill (dc_field_max_chars (DC_FIELD_FIRST_NAME) + 1, 'a');

  type (self, DC_FIELD_FIRST_NAME, long_name);
  assert_problem (self, DC_FIELD_FIRST_NAME, DC_FIELD_TOO_LONG);
  type (self, DC_FIELD_FIRST_NAME, "4111 1111 1111 1111");
  assert_problem (self, DC_FIELD_FIRST_NAME, DC_FIELD_CARD_NUMBER);
  type (self, DC_FIELD_FAMILY_NAME, "5500-0000-0000-0004");
  assert_problem (self, DC_FIELD_FAMILY_NAME, DC_FIELD_CARD_NUMBER);

  type (self, DC_FIELD_EMAIL, "ana@");
  assert_problem (self, DC_FIELD_EMAIL, DC_FIELD_MALFORMED);
  type (self, DC_FIELD_PHONE, "call me");
  assert_problem (self, DC_FIELD_PHONE, DC_FIELD_GOOD);   /* not asked */
  dc_visit_set_contact (self->visit, DC_CONTACT_PHONE);
  assert_problem (self, DC_FIELD_PHONE, DC_FIELD_MALFORMED);
  assert_problem (self, DC_FIELD_EMAIL, DC_FIELD_GOOD);
  type (self, DC_FIELD_PHONE, "+41 22 919 71 00");
  assert_problem (self, DC_FIELD_PHONE, DC_FIELD_GOOD);

  type (self, DC_FIELD_STREET, "4111111111111111");
  assert_problem (self, DC_FIELD_STREET, DC_FIELD_GOOD);
  dc_visit_set_tax_certificate (self->visit, TRUE);
  assert_problem (self, DC_FIELD_STREET, DC_FIELD_CARD_NUMBER);
  /* An IBAN is not a card number. */
  type (self, DC_FIELD_STREET, "CH93 0076 2011 6238 5295 7");
  assert_problem (self, DC_FIELD_STREET, DC_FIELD_GOOD);
}

/* A certificate must bear the family name and the address. */
static void
test_tax_certificate (Fixture       *self,
                      gconstpointer  unused)
{
  make_complete (self);
  dc_visit_set_tax_certificate (self->visit, TRUE);
  dc_visit_set_consent (self->visit, LETTERS, TRUE);
  g_assert_true (dc_visit_get_tax_certificate (self->visit));
  g_assert_false (dc_visit_is_complete (self->visit));
  type_address (self);
  g_assert_false (dc_visit_is_complete (self->visit));
  type (self, DC_FIELD_FAMILY_NAME, "Márquez");
  g_assert_true (dc_visit_is_complete (self->visit));
  g_assert_true (get_pledge (self)->tax_certificate);
}

static void
test_complete (Fixture       *self,
               gconstpointer  unused)
{
  make_complete (self);

  dc_visit_set_of_age (self->visit, FALSE);
  g_assert_false (dc_visit_is_complete (self->visit));
  dc_visit_set_of_age (self->visit, TRUE);
  dc_visit_set_consent (self->visit, DETAILS, FALSE);
  g_assert_false (dc_visit_is_complete (self->visit));
  dc_visit_set_consent (self->visit, DETAILS, TRUE);
  type (self, DC_FIELD_EMAIL, "");
  g_assert_false (dc_visit_is_complete (self->visit));
  type (self, DC_FIELD_EMAIL, "ana@posteo.ch");
  g_assert_true (dc_visit_is_complete (self->visit));
}

static void
test_complete_without_amount (Fixture       *self,
                              gconstpointer  unused)
{
  g_autoptr (DcVisit) other = dc_visit_new (self->campaign, "en");

  dc_donor_set (dc_visit_get_donor (other), DC_FIELD_FIRST_NAME, "Ana");
  dc_donor_set (dc_visit_get_donor (other), DC_FIELD_EMAIL, "ana@posteo.ch");
  dc_visit_set_of_age (other, TRUE);
  dc_visit_set_consent (other, DETAILS, TRUE);
  g_assert_false (dc_visit_is_complete (other));
  dc_visit_choose_preset (other, FALSE, 0);
  g_assert_true (dc_visit_is_complete (other));
}

static void
test_masked (Fixture       *self,
             gconstpointer  unused)
{
  dc_visit_set_masked (self->visit, TRUE);
  g_assert_true (dc_visit_get_masked (self->visit));
  dc_visit_set_masked (self->visit, FALSE);
  g_assert_false (dc_visit_get_masked (self->visit));
}

static void
test_scan_reference (Fixture       *self,
                     gconstpointer  unused)
{
  g_autofree char *first = NULL;

  dc_visit_choose_preset (self->visit, TRUE, 0);
  first = g_strdup (dc_visit_get_scan_reference (self->visit));
  g_assert_cmpuint (strlen (first), ==, DC_REFERENCE_LENGTH);
  g_assert_true (dc_reference_valid (first));
  g_assert_true (dc_reference_is_scan (first));
  g_assert_cmpint (first[4], ==, 'S');
  g_assert_cmpstr (dc_visit_get_scan_reference (self->visit), ==, first);

  /* Another gift must not come in under the first one's reference. */
  dc_visit_choose_preset (self->visit, TRUE, 1);
  g_assert_cmpstr (dc_visit_get_scan_reference (self->visit), !=, first);
}

static void
test_scan_counted (Fixture       *self,
                   gconstpointer  unused)
{
  dc_visit_choose_preset (self->visit, FALSE, 0);
  g_assert_true (dc_visit_begin_scan (self->visit));
  g_assert_false (dc_visit_begin_scan (self->visit));
  dc_visit_set_language (self->visit, "fr");
  g_assert_false (dc_visit_begin_scan (self->visit));
  g_assert_true (choose_own (self, FALSE, 700, "CHF"));
  g_assert_true (dc_visit_begin_scan (self->visit));
  g_assert_false (dc_visit_begin_scan (self->visit));
}

static void
test_pledge_whole (Fixture       *self,
                   gconstpointer  unused)
{
  DcPledge *pledge;

  make_complete (self);
  dc_visit_set_language (self->visit, "es");
  pledge = get_pledge (self);

  g_assert_cmpstr (pledge->campaign, ==, "migrants-day");
  g_assert_cmpint (pledge->amount.minor, ==, 1800);
  g_assert_cmpstr (pledge->amount.currency, ==, "CHF");
  g_assert_cmpuint (pledge->frequency, ==, DC_FREQUENCY_MONTHLY);
  g_assert_cmpuint (pledge->cups.count, ==, 1);
  g_assert_cmpuint (pledge->cups.period, ==, DC_CUP_PERIOD_WEEK);
  g_assert_cmpuint (pledge->channel, ==, DC_CHANNEL_SELF);
  g_assert_cmpint (pledge->time.utc_us, ==, DC_KIOSK_TEST_NOW);
  g_assert_cmpuint (pledge->time.trust, ==, DC_CLOCK_SET);
  g_assert_cmpstr (pledge->day, ==, DC_KIOSK_TEST_DAY);
  g_assert_cmpstr (pledge->language, ==, "es");
  g_assert_true (dc_reference_valid (pledge->reference));
  g_assert_false (dc_reference_is_scan (pledge->reference));
  g_assert_cmpstr (dc_donor_get (pledge->donor, DC_FIELD_FIRST_NAME), ==, "Ana");
  g_assert_cmpstr (dc_donor_get (pledge->donor, DC_FIELD_EMAIL), ==, "ana@posteo.ch");
  g_assert_false (pledge->tax_certificate);
  g_assert_cmpuint (pledge->notice_version, ==, 1);
  g_assert_cmpuint (pledge->minimum_age, ==, 18);
  g_assert_null (pledge->shift);
  g_assert_null (pledge->volunteer);
}

static void
assert_consent (DcPledge   *pledge,
                guint       n,
                const char *purpose,
                guint       version,
                gboolean    given)
{
  DcConsent *consent = g_ptr_array_index (pledge->consents, n);

  g_assert_cmpstr (consent->purpose, ==, purpose);
  g_assert_cmpuint (consent->version, ==, version);
  g_assert_cmpstr (consent->language, ==, "fr");
  g_assert_cmpint (consent->given, ==, given);
}

/* A no is an answer too; what was not asked is not. */
static void
test_pledge_consents (Fixture       *self,
                      gconstpointer  unused)
{
  DcPledge *pledge;

  make_complete (self);
  dc_visit_set_language (self->visit, "fr");
  dc_visit_set_consent (self->visit, CALLS, TRUE);
  pledge = get_pledge (self);
  g_assert_cmpuint (pledge->consents->len, ==, 2);
  assert_consent (pledge, 0, "details", 1, TRUE);
  assert_consent (pledge, 1, "newsletter", 2, FALSE);

  dc_visit_drop_pledge (self->visit);
  dc_visit_set_contact (self->visit, DC_CONTACT_PHONE);
  pledge = get_pledge (self);
  g_assert_cmpuint (pledge->consents->len, ==, 2);
  assert_consent (pledge, 1, "calls", 3, TRUE);
}

static void
test_pledge_once (Fixture       *self,
                  gconstpointer  unused)
{
  g_autoptr (DcPledge) first = NULL;
  DcPledge *second;

  make_complete (self);
  first = dc_pledge_ref (get_pledge (self));
  dc_test_clock_advance (self->clock, 5 * G_USEC_PER_SEC);
  g_assert_true (get_pledge (self) == first);
  type (self, DC_FIELD_FIRST_NAME, "Eve");
  g_assert_cmpstr (dc_donor_get (get_pledge (self)->donor, DC_FIELD_FIRST_NAME), ==, "Ana");

  dc_visit_drop_pledge (self->visit);
  second = get_pledge (self);
  g_assert_true (second != first);
  g_assert_false (dc_id_equal (&second->id, &first->id));
  g_assert_cmpstr (second->reference, !=, first->reference);
  g_assert_cmpint (second->time.utc_us, ==, DC_KIOSK_TEST_NOW + 5 * G_USEC_PER_SEC);
  g_assert_cmpstr (dc_donor_get (second->donor, DC_FIELD_FIRST_NAME), ==, "Eve");

  dc_visit_drop_pledge (self->visit);
  dc_visit_drop_pledge (self->visit);
}

static void
test_pledge_dropped_by_choice (Fixture       *self,
                               gconstpointer  unused)
{
  g_autoptr (DcPledge) first = NULL;

  make_complete (self);
  first = dc_pledge_ref (get_pledge (self));
  dc_visit_choose_preset (self->visit, FALSE, 0);
  g_assert_true (get_pledge (self) != first);
  g_assert_cmpint (get_pledge (self)->amount.minor, ==, 2000);
  g_assert_cmpuint (get_pledge (self)->frequency, ==, DC_FREQUENCY_ONCE);
}

/* The donor typed an e-mail address and then preferred the telephone: the
 * address is not on the page, so it must not be in the promise. */
static void
test_pledge_only_what_is_asked (Fixture       *self,
                                gconstpointer  unused)
{
  DcDonor *donor;

  make_complete (self);
  type (self, DC_FIELD_PHONE, "+41 22 919 71 00");
  type_address (self);
  dc_visit_set_contact (self->visit, DC_CONTACT_PHONE);
  donor = get_pledge (self)->donor;
  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_EMAIL), ==, "");
  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_PHONE), ==, "+41 22 919 71 00");
  g_assert_false (dc_donor_has_address (donor));
  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_TOWN), ==, "");

  dc_visit_drop_pledge (self->visit);
  dc_visit_set_contact (self->visit, DC_CONTACT_POST);
  donor = get_pledge (self)->donor;
  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_PHONE), ==, "");
  g_assert_true (dc_donor_has_address (donor));
  /* It stays in the form, should the donor change their mind again. */
  g_assert_cmpstr (dc_donor_get (dc_visit_get_donor (self->visit), DC_FIELD_EMAIL), ==,
                   "ana@posteo.ch");
}

static void
test_pledge_tidy (Fixture       *self,
                  gconstpointer  unused)
{
  make_complete (self);
  type (self, DC_FIELD_FIRST_NAME, "  Ana \t María\n");
  type (self, DC_FIELD_FAMILY_NAME, "Ma\xCC\x81rquez\xE2\x80\xAE");
  g_assert_cmpstr (dc_donor_get (get_pledge (self)->donor, DC_FIELD_FIRST_NAME), ==, "Ana María");
  g_assert_cmpstr (dc_donor_get (get_pledge (self)->donor, DC_FIELD_FAMILY_NAME), ==, "Márquez");
}

/* At 23:30 UTC it is tomorrow in Geneva. */
static void
test_pledge_day (Fixture       *self,
                 gconstpointer  unused)
{
  make_complete (self);
  dc_test_clock_advance (self->clock, G_GINT64_CONSTANT (48600) * G_USEC_PER_SEC);
  g_assert_cmpstr (get_pledge (self)->day, ==, "2026-12-19");
}

/* What the queue holds on to must not keep the visit, nor the reverse. */
static void
test_pledge_outlives_visit (Fixture       *self,
                            gconstpointer  unused)
{
  DcVisit *visit = dc_visit_new (self->campaign, "en");
  g_autoptr (DcPledge) pledge = NULL;
  g_autoptr (DcDonor) donor = dc_donor_ref (dc_visit_get_donor (visit));

  dc_donor_set (donor, DC_FIELD_FIRST_NAME, "Ana");
  dc_visit_choose_preset (visit, TRUE, 0);
  pledge = dc_pledge_ref (dc_visit_get_pledge (visit, DC_CLOCK (self->clock)));
  g_assert_finalize_object (visit);
  g_assert_cmpstr (dc_donor_get (pledge->donor, DC_FIELD_FIRST_NAME), ==, "Ana");
  g_assert_true (pledge->donor != donor);
}

#define ADD(path, run) \
  g_test_add ("/visit/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("begins/with-nothing-chosen", test_new);
  ADD ("begins/with-nothing-ticked", test_nothing_ticked);
  ADD ("language/changes-the-words-only", test_language);
  ADD ("amount/is-a-preset", test_presets);
  ADD ("amount/is-not-a-preset-that-is-not-there", test_preset_not_there);
  ADD ("amount/is-the-donor-s-own", test_own_sum);
  ADD ("amount/is-within-the-campaign-s-bounds", test_own_sum_refused);
  ADD ("amount/is-not-chosen-by-typing", test_other_monthly);
  ADD ("consents/are-asked-by-contact", test_consents_asked);
  ADD ("consents/are-required-of-those-asked", test_consents_required);
  ADD ("address/is-needed-for-letters-and-certificates", test_address_needed);
  ADD ("fields/missing-by-contact", test_fields_missing);
  ADD ("fields/blank-is-missing", test_fields_blank);
  ADD ("fields/wrong-where-they-are-asked", test_fields_wrong);
  ADD ("fields/a-certificate-bears-name-and-address", test_tax_certificate);
  ADD ("complete/needs-age-consent-and-contact", test_complete);
  ADD ("complete/needs-an-amount", test_complete_without_amount);
  ADD ("masked/is-remembered", test_masked);
  ADD ("scan/has-a-reference-of-its-own", test_scan_reference);
  ADD ("scan/counts-once-a-choice", test_scan_counted);
  ADD ("promise/has-every-field", test_pledge_whole);
  ADD ("promise/has-the-consents-that-were-asked", test_pledge_consents);
  ADD ("promise/is-made-once", test_pledge_once);
  ADD ("promise/is-dropped-by-another-choice", test_pledge_dropped_by_choice);
  ADD ("promise/holds-only-what-is-asked", test_pledge_only_what_is_asked);
  ADD ("promise/is-tidy", test_pledge_tidy);
  ADD ("promise/is-of-the-campaign-s-day", test_pledge_day);
  ADD ("promise/outlives-the-visit", test_pledge_outlives_visit);

  return g_test_run ();
}
