/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-identity.h"

#include <string.h>

#include "dc-bech32.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

/* The key of the CCTV test vectors of age. */
#define KEY     "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"
#define PUBLIC  "age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef"

static DcAgeIdentity *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  DcAgeIdentity *identity = dc_age_identity_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return identity;
}

static void
assert_is_key (const char *text)
{
  g_autoptr (DcAgeIdentity) identity = parse (text);
  g_autofree char *recipient = dc_age_identity_get_recipient (identity);
  g_autofree char *secret = dc_age_identity_to_text (identity);

  g_assert_cmpstr (recipient, ==, PUBLIC);
  g_assert_cmpstr (secret, ==, KEY);
}

static void
assert_refused (const char *text,
                gsize       length,
                const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeIdentity) identity = dc_age_identity_parse (text, length, &error);

  g_assert_null (identity);
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_KEY);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

/* In groups of @size with @between between them. */
static char *
in_groups (const char *key,
           guint       size,
           const char *between)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; key[i] != '\0'; i++) {
    if (i > 0 && i % size == 0)
      g_string_append (text, between);
    g_string_append_c (text, key[i]);
  }

  return g_string_free (text, FALSE);
}

static void
test_reads_a_file (void)
{
  assert_is_key (KEY);
  assert_is_key (KEY "\n");
  assert_is_key ("# created: 2026-11-25T09:00:00Z\n# public key: " PUBLIC "\n" KEY "\n");
  assert_is_key ("\r\n# mine\r\n\r\n" KEY "\r\n\r\n# AGE-SECRET-KEY-1\r\n");
  assert_is_key ("  # indented\n  " KEY "  ");
}

static void
test_reads_what_a_person_types (void)
{
  static const char * const between[] = { " ", "  ", "\n", "\r\n", " \n ", "\t" };
  g_autofree char *small = g_ascii_strdown (KEY, -1);
  g_autofree char *mixed = g_strdup (small);

  for (guint size = 1; size <= 20; size++)
    for (guint i = 0; i < G_N_ELEMENTS (between); i++) {
      g_autofree char *groups = in_groups (size % 2 == 0 ? KEY : small, size, between[i]);

      assert_is_key (groups);
    }

  mixed[0] = 'A';
  assert_is_key (mixed);
}

static void
test_refuses_what_is_no_key (void)
{
  static const struct
  {
    const char *text;
    const char *reason;
  } refused[] = {
    { "", "no secret key" },
    { "\n \r\n# " KEY "\n", "no secret key" },
    { PUBLIC, "opens nothing" },
    { "AGE-SECRET-KEY-PQ-1HZLGZUPT4ETPKDEV8HSGFDCYZ4E522W0A7PU2LHT8EH9W6YLNC3SW78XKG", "post-quantum" },
    { "AGE-PLUGIN-YUBIKEY-1QQQQ", "on a device" },
    { "hello", "begins with AGE-SECRET-KEY-1" },
    { "AGE-SECRET-KEY-", "begins with AGE-SECRET-KEY-1" },
    { "AGE-SECRET-KEY-2", "begins with AGE-SECRET-KEY-1" },
    { "AGE-SECRET-KEY-1", "mistyped" },
    { "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM", "mistyped" },
    { KEY "\n" KEY "\n", "more than one" },
    { KEY "0", "too long" },
    { KEY "\nhello\n", "too long" },
    { KEY " # mine\n", "too long" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_refused (refused[i].text, strlen (refused[i].text), refused[i].reason);
  assert_refused (NULL, 0, "no secret key");
  assert_refused (KEY "\0", sizeof KEY, "too long");
}

/* A good checksum, but not of 32 bytes, or of another kind of text. */
static void
test_refuses_other_lengths (void)
{
  for (gsize size = 0; size < 32; size++) {
    guint8 data[32] = { 1 };
    g_autofree char *text = dc_bech32_encode ("AGE-SECRET-KEY-", data, size);

    assert_refused (text, strlen (text), "74 characters");
  }
}

static void
test_refuses_every_typing_error (void)
{
  for (gsize i = strlen ("AGE-SECRET-KEY-1"); i < strlen (KEY); i++) {
    g_autofree char *text = g_strdup (KEY);

    text[i] = text[i] == 'Q' ? 'P' : 'Q';
    assert_refused (text, strlen (text), "mistyped");
    text[i] = 'B';   /* not in the alphabet */
    assert_refused (text, strlen (text), "mistyped");
  }
}

static void
test_never_quotes_a_key (void)
{
  g_autofree char *typed = g_strdup (KEY);
  g_autoptr (GError) error = NULL;

  typed[40] = 'B';
  g_assert_null (dc_age_identity_parse (typed, strlen (typed), &error));
  g_assert_null (strstr (error->message, "EGTZ"));
  g_assert_null (strstr (error->message, "LM0"));
}

static void
test_bounds (void)
{
  g_autofree char *blanks = g_strnfill (DC_AGE_MAX_IDENTITY_TEXT + 1, '\n');
  g_autoptr (GError) error = NULL;

  memcpy (blanks, KEY, strlen (KEY));
  g_assert_null (dc_age_identity_parse (blanks, DC_AGE_MAX_IDENTITY_TEXT + 1, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_TOO_LARGE);
  blanks[DC_AGE_MAX_IDENTITY_TEXT] = '\0';
  assert_is_key (blanks);
}

static void
test_generates_another_each_time (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 100; i++) {
    g_autoptr (DcAgeIdentity) identity = dc_age_identity_generate ();
    g_autofree char *text = dc_age_identity_to_text (identity);
    g_autofree char *recipient = dc_age_identity_get_recipient (identity);
    g_autoptr (DcAgeIdentity) again = parse (text);
    g_autofree char *recipient_again = dc_age_identity_get_recipient (again);

    g_assert_cmpuint (strlen (text), ==, DC_AGE_IDENTITY_LENGTH);
    g_assert_cmpstr (recipient, ==, recipient_again);
    g_assert_true (g_hash_table_add (seen, g_steal_pointer (&text)));
  }
}

static void
test_lives_as_long_as_its_last_reference (void)
{
  DcAgeIdentity *identity = dc_age_identity_ref (parse (KEY));
  g_autofree char *recipient = NULL;

  dc_age_identity_unref (identity);
  recipient = dc_age_identity_get_recipient (identity);
  g_assert_cmpstr (recipient, ==, PUBLIC);
  dc_age_identity_unref (identity);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/open/age-identity/reads-a-file-of-age-keygen", test_reads_a_file);
  g_test_add_func ("/open/age-identity/reads-groups-as-a-person-types-them", test_reads_what_a_person_types);
  g_test_add_func ("/open/age-identity/refuses-what-is-no-key", test_refuses_what_is_no_key);
  g_test_add_func ("/open/age-identity/refuses-keys-of-another-length", test_refuses_other_lengths);
  g_test_add_func ("/open/age-identity/refuses-every-typing-error", test_refuses_every_typing_error);
  g_test_add_func ("/open/age-identity/never-quotes-a-key", test_never_quotes_a_key);
  g_test_add_func ("/open/age-identity/refuses-texts-over-64-kib", test_bounds);
  g_test_add_func ("/open/age-identity/generates-another-each-time", test_generates_another_each_time);
  g_test_add_func ("/open/age-identity/lives-as-long-as-its-last-reference",
                   test_lives_as_long_as_its_last_reference);

  return g_test_run ();
}
