/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-delivery.h"

#include <string.h>

static const DcId id = { { 1, 2, 3 } };

static void
test_verdict_words (void)
{
  static const char * const words[] = { "new", "same", "differs", "refused", "retry" };

  G_STATIC_ASSERT (G_N_ELEMENTS (words) == DC_N_VERDICTS);

  for (guint i = 0; i < DC_N_VERDICTS; i++) {
    DcVerdict verdict = DC_N_VERDICTS;

    g_assert_cmpstr (dc_verdict_to_string (i), ==, words[i]);
    g_assert_true (dc_verdict_from_string (words[i], &verdict));
    g_assert_cmpint (verdict, ==, i);
  }
}

/* What is not understood must not become success, which is the first of them. */
static void
test_other_words (void)
{
  static const char * const others[] = { NULL, "", "New", "new ", "ok", "stored" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++) {
    DcVerdict verdict = DC_VERDICT_RETRY;
    DcDeliveryError code = DC_DELIVERY_ERROR_PROGRAM;

    g_assert_false (dc_verdict_from_string (others[i], &verdict));
    g_assert_cmpint (verdict, ==, DC_VERDICT_RETRY);
    g_assert_false (dc_delivery_error_from_string (others[i], &code));
    g_assert_cmpint (code, ==, DC_DELIVERY_ERROR_PROGRAM);
  }
}

static void
test_error_words (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < DC_N_DELIVERY_ERRORS; i++) {
    const char *word = dc_delivery_error_to_string (i);
    DcDeliveryError code = DC_N_DELIVERY_ERRORS;

    g_assert_cmpuint (strspn (word, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (word));
    g_assert_true (g_hash_table_add (seen, (gpointer) word));
    g_assert_true (dc_delivery_error_from_string (word, &code));
    g_assert_cmpint (code, ==, i);
  }
  g_assert_cmpstr (dc_delivery_error_to_string (DC_DELIVERY_ERROR_LOGIN_PAGE), ==, "login-page");
  g_assert_cmpstr (dc_delivery_error_to_string (DC_DELIVERY_ERROR_NO_CREDENTIAL), ==, "no-credential");
}

static void
test_origin (void)
{
  const DcOrigin one = { .campaign = "migrants-day", .tablet = { 1 }, .queue = { { 2 } } };
  DcOrigin other = one;

  g_assert_true (dc_origin_equal (&one, &other));
  g_strlcpy (other.campaign, "migrants-da", sizeof other.campaign);
  g_assert_false (dc_origin_equal (&one, &other));
  other = one;
  other.tablet[31] = 1;
  g_assert_false (dc_origin_equal (&one, &other));
  other = one;
  other.queue.bytes[15] = 1;
  g_assert_false (dc_origin_equal (&one, &other));
}

static void
test_delivery (void)
{
  g_autoptr (DcDelivery) new = dc_delivery_new (&id, DC_VERDICT_NEW, NULL);
  g_autoptr (DcDelivery) refused = dc_delivery_new (&id, DC_VERDICT_REFUSED, "not enrolled");
  g_autoptr (DcDelivery) mute = dc_delivery_new (&id, DC_VERDICT_REFUSED, NULL);
  g_autoptr (DcDelivery) same = dc_delivery_new (&id, DC_VERDICT_SAME, "by the way");

  g_assert_true (dc_id_equal (&new->id, &id));
  g_assert_cmpint (new->verdict, ==, DC_VERDICT_NEW);
  g_assert_null (new->reason);
  g_assert_cmpint (refused->verdict, ==, DC_VERDICT_REFUSED);
  g_assert_cmpstr (refused->reason, ==, "not enrolled");
  g_assert_null (mute->reason);
  g_assert_null (same->reason);
}

static void
test_hostile_reason (void)
{
  g_autoptr (DcDelivery) delivery = NULL;

  delivery = dc_delivery_new (&id, DC_VERDICT_REFUSED, " \x1b[2Jno\r\nroom\xff\xe2\x80\xae" "left ");
  g_assert_cmpstr (delivery->reason, ==, "[2Jno room\xef\xbf\xbdleft");
}

/* Cut between characters, never inside one. */
static void
test_long_reason (void)
{
  for (guint before = 0; before < 4; before++) {
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (DcDelivery) delivery = NULL;

    for (guint i = 0; i < before; i++)
      g_string_append_c (text, 'a');
    while (text->len < 100 * DC_DELIVERY_MAX_REASON)
      g_string_append (text, "\xf0\x9f\x8f\xa0");
    delivery = dc_delivery_new (&id, DC_VERDICT_REFUSED, text->str);
    g_assert_true (g_utf8_validate (delivery->reason, -1, NULL));
    g_assert_cmpuint (strlen (delivery->reason), ==,
                      before == 0 ? DC_DELIVERY_MAX_REASON : DC_DELIVERY_MAX_REASON - 4 + before);
  }
}

static void
test_longest_reason (void)
{
  g_autofree char *fits = g_strnfill (DC_DELIVERY_MAX_REASON, 'x');
  g_autofree char *longer = g_strnfill (DC_DELIVERY_MAX_REASON + 1, 'x');
  g_autoptr (DcDelivery) whole = dc_delivery_new (&id, DC_VERDICT_REFUSED, fits);
  g_autoptr (DcDelivery) cut = dc_delivery_new (&id, DC_VERDICT_REFUSED, longer);

  g_assert_cmpstr (whole->reason, ==, fits);
  g_assert_cmpstr (cut->reason, ==, fits);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/delivery/each-verdict-has-its-word", test_verdict_words);
  g_test_add_func ("/delivery/no-other-word-is-a-verdict-or-an-error", test_other_words);
  g_test_add_func ("/delivery/each-error-has-a-word-of-its-own", test_error_words);
  g_test_add_func ("/delivery/origin-is-campaign-and-tablet-and-queue", test_origin);
  g_test_add_func ("/delivery/only-a-refusal-has-a-reason", test_delivery);
  g_test_add_func ("/delivery/reason-is-made-fit-to-show", test_hostile_reason);
  g_test_add_func ("/delivery/long-reason-is-cut-between-characters", test_long_reason);
  g_test_add_func ("/delivery/longest-reason-is-kept-whole", test_longest_reason);

  return g_test_run ();
}
