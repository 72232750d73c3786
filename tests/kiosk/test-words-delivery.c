/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-words-delivery.h"

#include <gtk/gtk.h>
#include <string.h>

#include "dc-language.h"

#define NBSP "\xC2\xA0"
#define MOMENT (G_GINT64_CONSTANT (1797599100) * G_USEC_PER_SEC)   /* 14:05 in Geneva */

static const char * const languages[] = { "en", "es", "fr" };

static const char *
words_of (DcDeliveryError code,
          gboolean        on_drive)
{
  GError error = { DC_DELIVERY_ERROR, (int) code, (char *) "" };

  return dc_words_delivery_error (&error, on_drive);
}

/* Each says something else, in words, and what to do. */
static void
test_errors (void)
{
  for (gsize l = 0; l < G_N_ELEMENTS (languages); l++) {
    g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

    dc_language_use (languages[l]);
    for (DcDeliveryError code = 0; code < DC_N_DELIVERY_ERRORS; code++) {
      const char *words = words_of (code, FALSE);

      g_assert_true (g_str_has_suffix (words, "."));
      g_assert_cmpint (g_utf8_strlen (words, -1), >, 30);
      g_assert_true (g_hash_table_add (seen, (gpointer) words));
    }
  }
}

/* Nobody is sent from one language into another. */
static void
test_translated (void)
{
  for (DcDeliveryError code = 0; code < DC_N_DELIVERY_ERRORS; code++) {
    g_autofree char *english = NULL;
    g_autofree char *french = NULL;

    dc_language_use ("en");
    english = g_strdup (words_of (code, FALSE));
    dc_language_use ("fr");
    french = g_strdup (words_of (code, FALSE));
    dc_language_use ("es");
    g_assert_cmpstr (english, !=, french);
    g_assert_cmpstr (english, !=, words_of (code, FALSE));
    g_assert_cmpstr (french, !=, words_of (code, FALSE));
  }
}

static void
test_stick (void)
{
  static const DcDeliveryError others[] = {
    DC_DELIVERY_ERROR_GONE, DC_DELIVERY_ERROR_FULL, DC_DELIVERY_ERROR_READ_ONLY,
    DC_DELIVERY_ERROR_TIMEOUT, DC_DELIVERY_ERROR_UNREADABLE,
  };

  dc_language_use ("en");
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++) {
    g_assert_true (g_str_has_prefix (words_of (others[i], TRUE), "The stick "));
    g_assert_null (strstr (words_of (others[i], FALSE), "The stick "));
  }
  g_assert_cmpstr (words_of (DC_DELIVERY_ERROR_STOPPED, TRUE), ==,
                   words_of (DC_DELIVERY_ERROR_STOPPED, FALSE));
}

static void
test_store (void)
{
  g_autoptr (GError) error = g_error_new_literal (DC_STORE_ERROR, DC_STORE_ERROR_IO, "");

  dc_language_use ("en");
  g_assert_true (g_str_has_prefix (dc_words_delivery_error (error, TRUE),
                                   "This tablet cannot read or write its store of promises"));
}

static void
assert_outcome (const char *language,
                guint       handed_over,
                guint       need_attention,
                guint       left,
                const char *expected)
{
  const DcRunOutcome outcome = {
    .handed_over = handed_over, .need_attention = need_attention, .left = left,
  };
  g_autofree char *words = NULL;

  dc_language_use (language);
  words = dc_words_outcome (&outcome);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_outcome (void)
{
  assert_outcome ("en", 48, 2, 0, "48 handed over, 2 need attention, 0 on this tablet.");
  assert_outcome ("en", 1, 1, 1, "1 handed over, 1 needs attention, 1 on this tablet.");
  assert_outcome ("fr", 48, 2, 0, "48 remises, 2 à vérifier, 0 sur cette tablette.");
  assert_outcome ("fr", 0, 1, 1, "0 remise, 1 à vérifier, 1 sur cette tablette.");
  assert_outcome ("es", 48, 2, 0, "48 entregadas, 2 requieren atención, 0 en esta tableta.");
  assert_outcome ("es", 1, 1, 0, "1 entregada, 1 requiere atención, 0 en esta tableta.");
}

static void
assert_notes (const DcRunOutcome *outcome,
              const char         *expected)
{
  g_autofree char *words = dc_words_outcome_notes (outcome);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_notes (void)
{
  dc_language_use ("en");
  assert_notes (&(DcRunOutcome) { .handed_over = 3 }, "");
  assert_notes (&(DcRunOutcome) { .confirmed = 1, .erased = 1 },
                "The office confirmed 1 promise, which is now deleted here.");
  assert_notes (&(DcRunOutcome) { .confirmed = 2, .erased = 2 },
                "The office confirmed 2 promises, which are now deleted here.");
  assert_notes (&(DcRunOutcome) { .unread_receipts = 2 },
                "2 confirmations there are not by the office. Nothing was deleted for them.");
  assert_notes (&(DcRunOutcome) { .new_epoch = TRUE, .clock_wrong = TRUE },
                "The place had lost what it had. All that the office has not confirmed was handed over again. "
                "The clock of this tablet is wrong by more than five minutes. Please set it.");
  assert_notes (&(DcRunOutcome) { .may_remove = TRUE },
                "With this name and password one could also delete there. Ask the office for one that cannot.");
}

/* What was not deleted is not said to be. */
static void
test_notes_true (void)
{
  g_autoptr (GError) error = g_error_new_literal (DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_CLOCK, "");

  dc_language_use ("en");
  assert_notes (&(DcRunOutcome) { .confirmed = 2 }, "The office confirmed 2 promises.");
  /* The error has said so. */
  assert_notes (&(DcRunOutcome) { .clock_wrong = TRUE, .error = error }, "");
}

static void
assert_progress (guint       done,
                 guint       total,
                 gint        seconds,
                 const char *expected)
{
  g_autofree char *words = dc_words_progress (done, total, seconds);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_progress (void)
{
  dc_language_use ("en");
  assert_progress (12, 48, -1, "12 of 48");
  assert_progress (12, 48, 0, "12 of 48");
  assert_progress (12, 48, 1, "12 of 48 · about 1 second left");
  assert_progress (12, 48, 89, "12 of 48 · about 89 seconds left");
  assert_progress (12, 48, 90, "12 of 48 · about 2 minutes left");
  assert_progress (12, 48, 3600, "12 of 48 · about 60 minutes left");
}

static void
assert_refused (const char *reason,
                const char *expected)
{
  g_autofree char *words = dc_words_refused (reason);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_refused (void)
{
  dc_language_use ("en");
  assert_refused (DC_REFUSAL_DAMAGED,
                  "The disk of this tablet has damaged it. It is not sent; give the tablet to the office.");
  assert_refused (DC_REFUSAL_DIFFERS,
                  "Another promise with the same number is already there. Call the office.");
  assert_refused (DC_REFUSAL_UNEXPLAINED, "The place did not accept it and gave no reason.");
  assert_refused (DC_REFUSAL_UNANSWERED,
                  "The connection broke off each time at this one, and not at others. Try it again later; if it happens again, call the office.");
  assert_refused ("<b>507 %s", "The place did not accept it: “<b>507 %s”");
}

static void
assert_place (const char *text,
              const char *name,
              const char *address)
{
  g_auto (DcDestinationSetup) place = { 0 };
  g_autofree char *shown = NULL;
  g_autofree char *where = NULL;
  g_autoptr (GError) error = NULL;

  dc_destination_setup_parse (&place, text, strlen (text), &error);
  g_assert_no_error (error);
  shown = dc_words_place (&place);
  where = dc_words_address (&place);
  g_assert_cmpstr (shown, ==, name);
  g_assert_cmpstr (where, ==, address);
}

static void
test_place (void)
{
  g_autofree char *stick = NULL;
  g_autofree char *nowhere = NULL;

  dc_language_use ("en");
  stick = dc_words_place (NULL);
  nowhere = dc_words_address (NULL);
  g_assert_cmpstr (stick, ==, "A USB stick");
  g_assert_cmpstr (nowhere, ==, "");
  assert_place ("[Destination]\nKind=folder\n", "A USB stick", "");
  assert_place ("[Destination]\nKind=folder\nPath=/mnt/office\n", "A folder", "/mnt/office");
  assert_place ("[Destination]\nKind=folder\nName=Office’s share\nPath=/mnt/office\n",
                "Office’s share", "/mnt/office");
  assert_place ("[Destination]\nKind=webdav\nAddress=https://cloud.example.org/p/\n",
                "The office’s cloud", "https://cloud.example.org/p/");
  assert_place ("[Destination]\nKind=postgresql\nHost=a.example.org;b.example.org\nDatabase=promises\n",
                "The office’s server", "a.example.org, b.example.org · promises");
}

static void
test_moment (void)
{
  g_autofree char *moment = NULL;
  g_autofree char *nowhere = NULL;
  g_autofree char *never = NULL;

  dc_language_use ("en");
  moment = dc_words_last_success (MOMENT, "Europe/Zurich");
  nowhere = dc_words_moment (MOMENT, "Nowhere/At-all");
  never = dc_words_last_success (0, "Europe/Zurich");
  g_assert_cmpstr (moment, ==, "Friday 18 December 2026, 14:05");
  g_assert_cmpstr (nowhere, ==, "");
  g_assert_cmpstr (never, ==, "not yet");
}

static void
assert_waiting (guint       n,
                const char *since,
                const char *expected)
{
  DcTally tally = { .oldest_waiting_day = (char *) since };
  g_autofree char *words = NULL;

  tally.all_by_state[DC_STATE_WAITING] = n;
  words = dc_words_waiting (&tally);
  g_assert_cmpstr (words, ==, expected);
}

static void
test_waiting (void)
{
  dc_language_use ("en");
  assert_waiting (0, NULL, "Nothing waits on this tablet.");
  assert_waiting (1, NULL, "1 promise waits on this tablet.");
  assert_waiting (2, NULL, "2 promises wait on this tablet.");
  assert_waiting (1, "2026-12-18", "1 promise waits on this tablet, from Friday 18 December 2026.");
  assert_waiting (2, "2026-12-18",
                  "2 promises wait on this tablet, the oldest from Friday 18 December 2026.");

  dc_language_use ("fr");
  assert_waiting (1, "2026-12-18", "1 promesse attend sur cette tablette, du vendredi 18 décembre 2026.");
}

static void
assert_title (DcRefusal   refusal,
              const char *expected)
{
  g_autofree char *words = NULL;

  refusal.day = (char *) "2026-12-18";
  words = dc_words_refusal_title (&refusal, "en");
  g_assert_cmpstr (words, ==, expected);
}

static void
test_title (void)
{
  DcMoney amount;

  dc_language_use ("en");
  g_assert_true (dc_money_init (&amount, 1800, "CHF", NULL));
  assert_title ((DcRefusal) { .kind = DC_KIND_PLEDGE, .has_amount = TRUE, .amount = amount },
                "CHF" NBSP "18 · Friday 18 December 2026");
  assert_title ((DcRefusal) { .kind = DC_KIND_WITHDRAWAL },
                "A donor’s wish to delete · Friday 18 December 2026");
  assert_title ((DcRefusal) { .kind = DC_KIND_PRACTICE }, "For practice · Friday 18 December 2026");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  dc_language_init ();
  gtk_init_check ();

  g_test_add_func ("/words-delivery/errors/say-each-something-else", test_errors);
  g_test_add_func ("/words-delivery/errors/are-all-translated", test_translated);
  g_test_add_func ("/words-delivery/errors/of-a-stick", test_stick);
  g_test_add_func ("/words-delivery/errors/of-the-store", test_store);
  g_test_add_func ("/words-delivery/outcome/one-or-many", test_outcome);
  g_test_add_func ("/words-delivery/outcome/notes", test_notes);
  g_test_add_func ("/words-delivery/outcome/says-nothing-that-is-not-so", test_notes_true);
  g_test_add_func ("/words-delivery/progress", test_progress);
  g_test_add_func ("/words-delivery/refused/says-why", test_refused);
  g_test_add_func ("/words-delivery/refused/what-it-is", test_title);
  g_test_add_func ("/words-delivery/place/name-and-address", test_place);
  g_test_add_func ("/words-delivery/moment/in-the-zone-of-the-appeal", test_moment);
  g_test_add_func ("/words-delivery/waiting/since-when", test_waiting);

  return g_test_run ();
}
