/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pack-check.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-equivalent.h"
#include "dc-test-pack.h"
#include "dc-test.h"

/* Most findings are provoked by tests/office/test_campaign.py, through the
 * program; here is what it does not reach. */

typedef struct
{
  char         *dir;
  DcPackReport *report;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = dc_test_dir_new ();
  dc_test_pack_new (fixture->dir);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  g_clear_pointer (&fixture->report, dc_pack_report_free);
  dc_test_dir_remove (fixture->dir);
}

static gboolean
has (DcPackReport *report,
     gboolean      is_error,
     const char   *beginning)
{
  for (guint i = 0; i < report->findings->len; i++) {
    const DcFinding *finding = report->findings->pdata[i];

    if (finding->is_error == is_error && g_str_has_prefix (finding->message, beginning))
      return TRUE;
  }

  return FALSE;
}

/* A demonstration whose Spanish lacks some texts: warnings, no error. */
static void
test_demo (Fixture       *fixture,
           gconstpointer  unused)
{
  fixture->report = dc_pack_check (fixture->dir);
  dc_pack_check_signature (fixture->report, fixture->dir);

  g_assert_cmpuint (fixture->report->n_errors, ==, 0);
  g_assert_nonnull (fixture->report->campaign);
  g_assert_cmpuint (dc_age_recipients_count (fixture->report->recipients), ==, 2);
  g_assert_true (has (fixture->report, FALSE, "campaign.ini: [Story 1] Heading[es]: found nothing"));
  g_assert_false (has (fixture->report, FALSE, "campaign.ini: [Story 1] Heading[fr]"));
}

static void
test_once (Fixture       *fixture,
           gconstpointer  unused)
{
  guint n = 0;

  dc_test_pack_write (fixture->dir, "recipients.txt", "");
  fixture->report = dc_pack_check (fixture->dir);
  dc_pack_check_signature (fixture->report, fixture->dir);
  for (guint i = 0; i < fixture->report->findings->len; i++) {
    const DcFinding *finding = fixture->report->findings->pdata[i];

    n += g_str_has_prefix (finding->message, "recipients.txt");
  }
  g_assert_cmpuint (n, ==, 2);   /* none in it, and not as signed */
}

static void
test_empty_folder (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autofree char *empty = dc_test_dir_new ();

  fixture->report = dc_pack_check (empty);
  dc_pack_check_signature (fixture->report, empty);
  g_assert_true (has (fixture->report, TRUE, "campaign.ini: found nothing"));
  g_assert_true (has (fixture->report, TRUE, "recipients.txt: found nothing"));
  g_assert_true (has (fixture->report, TRUE, "manifest: found nothing"));
  g_assert_null (fixture->report->campaign);
  dc_test_dir_remove (g_steal_pointer (&empty));
}

static void
test_previous_broken (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autofree char *empty = dc_test_dir_new ();

  fixture->report = dc_pack_check (fixture->dir);
  dc_pack_check_previous (fixture->report, fixture->dir, empty);
  g_assert_true (has (fixture->report, TRUE, empty));
  g_assert_cmpuint (fixture->report->n_errors, ==, 1);
  dc_test_dir_remove (g_steal_pointer (&empty));
}

static void
test_equivalents (void)
{
  static const char * const known[] = {
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "ILS",
    "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "PLN", "RON", "SEK", "SGD", "USD", "ZAR",
  };
  DcMoney step;

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++) {
    g_assert_true (dc_equivalent_first_step (known[i], &step));
    g_assert_cmpstr (step.currency, ==, known[i]);
    g_assert_cmpint (step.minor, >, 0);
  }
  g_assert_true (dc_equivalent_first_step ("CHF", &step));
  g_assert_cmpint (step.minor, ==, DC_FIRST_STEP_FRANCS * 100);
  g_assert_false (dc_equivalent_first_step ("MUR", &step));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/pack-check/warns-of-a-demonstration-with-a-language-that-lacks-texts", test_demo);
  ADD ("/pack-check/tells-a-broken-file-and-its-signature-each-once", test_once);
  ADD ("/pack-check/goes-on-in-an-empty-folder", test_empty_folder);
  ADD ("/pack-check/tells-a-previous-pack-that-is-none", test_previous_broken);
  g_test_add_func ("/equivalent/knows-the-usual-currencies-and-says-where-it-does-not", test_equivalents);

  return g_test_run ();
}
