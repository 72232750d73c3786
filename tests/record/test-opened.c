/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-crypto.h"
#include "dc-opened.h"
#include "dc-sealed.h"
#include "fixture.h"

static DcOpened *
open_vector (const char *name)
{
  g_autoptr (GBytes) plaintext = fixture_vector (name, "plaintext");
  DcEnvelope envelope = fixture_envelope (name);
  g_autoptr (GError) error = NULL;
  DcOpened *opened;

  opened = dc_opened_read (&envelope, g_bytes_get_data (plaintext, NULL),
                           g_bytes_get_size (plaintext), &error);
  g_assert_no_error (error);

  return opened;
}

static void
assert_same_stamp (const DcStamp *a,
                   const DcStamp *b)
{
  g_assert_cmpint (a->utc_us, ==, b->utc_us);
  g_assert_cmpint (a->offset_s, ==, b->offset_s);
  g_assert_cmpstr (a->boot_id, ==, b->boot_id);
  g_assert_cmpint (a->monotonic_us, ==, b->monotonic_us);
  g_assert_cmpint (a->trust, ==, b->trust);
}

static void
assert_same_consents (GPtrArray *a,
                      GPtrArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++) {
    const DcConsent *one = g_ptr_array_index (a, i);
    const DcConsent *two = g_ptr_array_index (b, i);

    g_assert_cmpstr (one->purpose, ==, two->purpose);
    g_assert_cmpuint (one->version, ==, two->version);
    g_assert_cmpstr (one->language, ==, two->language);
    g_assert_cmpint (one->given, ==, two->given);
  }
}

static void
assert_same_pledge (const DcPledge *a,
                    const DcPledge *b)
{
  g_assert_true (dc_id_equal (&a->id, &b->id));
  g_assert_cmpstr (a->campaign, ==, b->campaign);
  g_assert_cmpint (a->amount.minor, ==, b->amount.minor);
  g_assert_cmpstr (a->amount.currency, ==, b->amount.currency);
  g_assert_cmpint (a->frequency, ==, b->frequency);
  g_assert_cmpuint (a->cups.count, ==, b->cups.count);
  g_assert_cmpint (a->cups.period, ==, b->cups.period);
  g_assert_cmpint (a->channel, ==, b->channel);
  assert_same_stamp (&a->time, &b->time);
  g_assert_cmpstr (a->day, ==, b->day);
  g_assert_cmpstr (a->language, ==, b->language);
  g_assert_cmpstr (a->reference, ==, b->reference);
  for (int i = 0; i < DC_N_FIELDS; i++)
    g_assert_cmpstr (dc_donor_get (a->donor, (DcField) i), ==,
                     dc_donor_get (b->donor, (DcField) i));
  g_assert_cmpint (a->tax_certificate, ==, b->tax_certificate);
  assert_same_consents (a->consents, b->consents);
  g_assert_cmpuint (a->notice_version, ==, b->notice_version);
  g_assert_cmpuint (a->minimum_age, ==, b->minimum_age);
  g_assert_cmpstr (a->shift, ==, b->shift);
  g_assert_cmpstr (a->volunteer, ==, b->volunteer);
}

static void
test_vectors (void)
{
  const char *names[] = { "pledge", "rich" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (DcOpened) opened = open_vector (names[i]);
    g_autoptr (DcPledge) expected = fixture_pledge (names[i]);

    assert_same_pledge (opened->pledge, expected);
    g_assert_cmpstr (opened->notice_language, ==, expected->language);
    g_assert_true (dc_id_equal (&opened->envelope.queue, &fixture_queue));
  }
}

static void
test_withdrawal (void)
{
  g_autoptr (DcOpened) opened = open_vector ("withdrawal");
  DcEnvelope expected = fixture_envelope ("withdrawal");

  g_assert_null (opened->pledge);
  g_assert_null (opened->notice_language);
  g_assert_true (opened->envelope.has_about);
  g_assert_true (dc_id_equal (&opened->envelope.about, &expected.about));
}

/* What the sealer wrote and what was read are written alike. */
static void
test_round_trip (void)
{
  g_autoptr (DcOpened) opened = open_vector ("rich");
  g_autoptr (GBytes) expected = fixture_vector ("rich", "plaintext");
  g_autoptr (GBytes) again = dc_sealed_pledge (&opened->envelope, opened->pledge, NULL);

  g_assert_true (g_bytes_equal (again, expected));
}

/* The largest number that JSON carries unharmed is one of them. */
static void
test_largest_numbers (void)
{
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (GBytes) plaintext = NULL;
  g_autoptr (DcOpened) opened = NULL;
  g_autoptr (GError) error = NULL;

  pledge->time.monotonic_us = DC_MONEY_MAX_MINOR;
  pledge->time.offset_s = 24 * 60 * 60;
  plaintext = dc_sealed_pledge (&envelope, pledge, &error);
  g_assert_no_error (error);
  opened = dc_opened_read (&envelope, g_bytes_get_data (plaintext, NULL),
                           g_bytes_get_size (plaintext), &error);
  g_assert_no_error (error);
  assert_same_pledge (opened->pledge, pledge);
}

/* Nothing but the first name and the e-mail is bound to be there, and in a
 * drill not even those. */
static void
test_drill (void)
{
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autoptr (DcPledge) pledge = fixture_pledge ("pledge");
  g_autoptr (GBytes) plaintext = NULL;
  g_autoptr (DcOpened) opened = NULL;
  g_autoptr (GError) error = NULL;

  envelope.kind = DC_KIND_DRILL;
  envelope.amount.minor = 0;
  g_clear_pointer (&pledge->donor, dc_donor_unref);
  plaintext = dc_sealed_pledge (&envelope, pledge, &error);
  g_assert_no_error (error);
  opened = dc_opened_read (&envelope, g_bytes_get_data (plaintext, NULL),
                           g_bytes_get_size (plaintext), &error);
  g_assert_no_error (error);
  g_assert_cmpint (opened->pledge->amount.minor, ==, 0);
  g_assert_cmpstr (dc_donor_get (opened->pledge->donor, DC_FIELD_FIRST_NAME), ==, "");
}

/* The order of keys and the white space between are the writer's. */
static void
test_other_spelling (void)
{
  g_autoptr (GBytes) plaintext = fixture_vector ("pledge", "plaintext");
  g_autofree char *text = g_strndup (g_bytes_get_data (plaintext, NULL),
                                     g_bytes_get_size (plaintext));
  g_autofree char *last = fixture_replace (text, ",\"tax_certificate\":false", "");
  g_autofree char *spelt = fixture_replace (last, "\"volunteer\":null",
                                            "\n\"volunteer\" : null, \"tax_certificate\":true");
  DcEnvelope envelope = fixture_envelope ("pledge");
  g_autoptr (DcOpened) opened = NULL;
  g_autoptr (GError) error = NULL;

  opened = dc_opened_read (&envelope, spelt, strlen (spelt), &error);
  g_assert_no_error (error);
  g_assert_true (opened->pledge->tax_certificate);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  dc_opened_init ();

  g_test_add_func ("/opened/gives-back-what-was-sealed", test_vectors);
  g_test_add_func ("/opened/reads-a-withdrawal", test_withdrawal);
  g_test_add_func ("/opened/leaves-nothing-out", test_round_trip);
  g_test_add_func ("/opened/reads-the-largest-numbers", test_largest_numbers);
  g_test_add_func ("/opened/reads-a-drill-without-a-donor", test_drill);
  g_test_add_func ("/opened/takes-another-order-and-white-space", test_other_spelling);

  return g_test_run ();
}
