/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-contact.h"

#include <string.h>

static void
test_email_valid (void)
{
  static const char *good[] = {
    "ana@posteo.ch", "a@b.co", "Ana.Maria+list@sub.example.org", "o'neil@example.ie",
    "ana@müller.ch", "ana@xn--mller-kva.ch", "a_b-c@example.museum", "1@2.de",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (dc_email_valid (good[i]));
}

static void
test_email_invalid (void)
{
  static const char *bad[] = {
    "", "ana", "@posteo.ch", "ana@", "ana@posteo", "ana@posteo.", "ana@.ch", "ana@@posteo.ch",
    "ana@posteo..ch", ".ana@posteo.ch", "ana.@posteo.ch", "an..a@posteo.ch", "an a@posteo.ch",
    "ana@pos teo.ch", "ana@-posteo.ch", "ana@posteo-.ch", "ana@posteo.c", "ana@1.2.3.4",
    "ana@[1.2.3.4]", "ana@posteo.ch\n", "ana,b@posteo.ch", "<ana@posteo.ch>", "ana@pos_teo.ch",
    "josé@posteo.ch", "ana@posteo.ch, bo@posteo.ch", "\"ana\"@posteo.ch", "ana@posteo.ch\xff",
  };

  g_assert_false (dc_email_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    if (dc_email_valid (bad[i]))
      g_error ("taken for an address: %s", bad[i]);
  }
}

static void
test_email_lengths (void)
{
  g_autofree char *local = g_strnfill (64, 'a');
  g_autofree char *local_long = g_strnfill (65, 'a');
  g_autofree char *label = g_strnfill (63, 'b');
  g_autofree char *longest = g_strdup_printf ("%s@%s.%s.%.61s", local, label, label, label);
  g_autofree char *too_long = g_strdup_printf ("%s@%s.%s.%.62s", local, label, label, label);
  g_autofree char *long_local = g_strdup_printf ("%s@posteo.ch", local_long);
  g_autofree char *long_label = g_strdup_printf ("a@b%s.ch", label);

  g_assert_cmpuint (strlen (longest), ==, 254);
  g_assert_true (dc_email_valid (longest));
  g_assert_false (dc_email_valid (too_long));
  g_assert_false (dc_email_valid (long_local));
  g_assert_false (dc_email_valid (long_label));
}

static void
test_suggest (void)
{
  static const struct { const char *typed; const char *meant; } cases[] = {
    { "ana@gmial.com", "ana@gmail.com" }, { "ana@gmai.com", "ana@gmail.com" },
    { "ana@gmaill.com", "ana@gmail.com" }, { "ana@gnail.com", "ana@gmail.com" },
    { "ana@gmail.con", "ana@gmail.com" }, { "ana@gmail.cmo", "ana@gmail.com" },
    { "ana@gmial.con", "ana@gmail.com" }, { "ana@gmail.co", "ana@gmail.com" },
    { "ana@gmailcom", "ana@gmail.com" }, { "Ana.B@GMIAL.COM", "Ana.B@gmail.com" },
    { "ana@bluewin.hc", "ana@bluewin.ch" }, { "ana@bluwin.ch", "ana@bluewin.ch" },
    { "ana@gmx.hc", "ana@gmx.ch" }, { "ana@posteo.c", "ana@posteo.ch" },
    { "ana@ornage.fr", "ana@orange.fr" }, { "ana@hotmial.es", "ana@hotmail.es" },
    { "ana@protonmai.com", "ana@protonmail.com" }, { "ana@example.con", "ana@example.com" },
    { "ana@ngo.ogr", "ana@ngo.org" }, { "ana@outlok.com", "ana@outlook.com" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *suggestion = dc_email_suggest (cases[i].typed);

    g_assert_cmpstr (suggestion, ==, cases[i].meant);
  }
}

static void
test_suggest_nothing (void)
{
  static const char *typed[] = {
    "", "ana", "@gmial.com", "ana@", "an a@gmial.com", "ana@ishr.ch", "ana@example.org",
    "ana@gmail.com", "ana@GMail.com", "ana@ymail.com", "ana@mail.com", "ana@email.com",
    "ana@gmx.ch", "ana@gmx.de", "ana@gmx.net", "ana@gmx.at", "ana@posteo.de", "ana@posteo.net",
    "ana@hotmail.fr", "ana@hotmail.es", "ana@hotmail.de", "ana@protonmail.ch", "ana@live.ch",
    "ana@me.com", "ana@proton.me", "ana@pm.me", "ana@gmal.co",
  };

  g_assert_null (dc_email_suggest (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++) {
    g_autofree char *suggestion = dc_email_suggest (typed[i]);

    g_assert_cmpstr (suggestion, ==, NULL);
  }
}

/* A suggestion that is taken is never corrected again. */
static void
test_suggest_settles (void)
{
  const char *domain = "hotmail.com";

  for (gsize i = 0; i < strlen (domain); i++) {
    g_autofree char *typed = g_strdup_printf ("ana@%.*s%s", (int) i, domain, domain + i + 1);
    g_autofree char *first = dc_email_suggest (typed);
    g_autofree char *second = dc_email_suggest (first);

    g_assert_nonnull (first);
    g_assert_true (dc_email_valid (first));
    g_assert_cmpstr (second, ==, NULL);
  }
}

static void
test_email_mask (void)
{
  static const struct { const char *email; const char *mask; } cases[] = {
    { "ana@posteo.ch", "a…a@posteo.ch" }, { "al@posteo.ch", "a…@posteo.ch" },
    { "a@posteo.ch", "a…@posteo.ch" }, { "amnesty.kahn@posteo.ch", "a…n@posteo.ch" },
    { "ana", "…" }, { "@posteo.ch", "…" }, { "", "…" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *mask = dc_email_mask (cases[i].email);

    g_assert_cmpstr (mask, ==, cases[i].mask);
  }
}

static void
test_phone_valid (void)
{
  static const char *good[] = {
    "+41 79 123 45 67", "079 123 45 67", "0041791234567", "(022) 919 71 00", "022/919.71-00",
    "123456", "+123456789012345", " +41 79 123 45 67",
  };
  static const char *bad[] = {
    "", "+", "12345", "1234567890123456", "+41+79 123 45 67", "41+791234567", "079 123 45 6a",
    "-079 123 45 67", "079,123,45,67", "٠٧٩١٢٣٤٥٦٧", "079 123 45 67\n", "07912345\xff",
  };

  g_assert_false (dc_phone_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    if (!dc_phone_valid (good[i]))
      g_error ("refused: %s", good[i]);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    if (dc_phone_valid (bad[i]))
      g_error ("taken for a phone number: %s", bad[i]);
  }
}

static void
test_phone_mask (void)
{
  g_autofree char *mask = dc_phone_mask ("+41 79 123 45 6-7");
  g_autofree char *short_mask = dc_phone_mask ("12");
  g_autofree char *none = dc_phone_mask ("");

  g_assert_cmpstr (mask, ==, "…67");
  g_assert_cmpstr (short_mask, ==, "…");
  g_assert_cmpstr (none, ==, "…");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/contact/email/takes-mailboxes", test_email_valid);
  g_test_add_func ("/contact/email/refuses-what-no-server-would-accept", test_email_invalid);
  g_test_add_func ("/contact/email/is-bounded-as-in-rfc-5321", test_email_lengths);
  g_test_add_func ("/contact/email/suggests-the-domain-that-was-meant", test_suggest);
  g_test_add_func ("/contact/email/suggests-nothing-for-good-domains", test_suggest_nothing);
  g_test_add_func ("/contact/email/never-corrects-its-own-suggestion", test_suggest_settles);
  g_test_add_func ("/contact/email/is-masked-for-bystanders", test_email_mask);
  g_test_add_func ("/contact/phone/takes-6-to-15-digits", test_phone_valid);
  g_test_add_func ("/contact/phone/is-masked-for-bystanders", test_phone_mask);

  return g_test_run ();
}
