/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin.h"

#include <string.h>

#include "dc-crypto.h"

/* RFC 9106 in libsodium's text form, of the PIN 4711, made once by
 * crypto_pwhash_str () at the same cost. */
#define HASH_OF_4711 "$argon2id$v=19$m=65536,t=2,p=1$QlfGo7LUnkMy+FMuKDo3cw$lJ+KuQOA+j0EkE3UTuI7ETXvXMlsGU4G7X4YoILgEMo"

static void
test_well_formed (void)
{
  static const char *good[] = { "1234", "0000", "482915", "123456789012" };
  static const char *bad[] = {
    "", "123", "1234567890123", "12a4", " 1234", "1234 ", "-123", "12.4", "1234\n",
    "\xd9\xa1\xd9\xa2\xd9\xa3\xd9\xa4",   /* Arabic-Indic digits */
  };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (dc_pin_well_formed (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (dc_pin_well_formed (bad[i]));
  g_assert_false (dc_pin_well_formed (NULL));
}

static void
test_trivial (void)
{
  static const char *trivial[] = {
    "1234", "0000", "9999", "4321", "9876", "0123", "3210", "123456", "654321",
    "8901", "1098", "1212", "123123", "1212121212", "24682468", "111111111111", "777777",
  };
  static const char *fair[] = {
    "4711", "1235", "1243", "2468", "1213", "12312", "1221", "0001", "482915", "121213", "4322",
  };

  for (guint i = 0; i < G_N_ELEMENTS (trivial); i++)
    if (!dc_pin_is_trivial (trivial[i]))
      g_error ("%s passed", trivial[i]);
  for (guint i = 0; i < G_N_ELEMENTS (fair); i++)
    if (dc_pin_is_trivial (fair[i]))
      g_error ("%s was refused", fair[i]);
}

/* What staff may still choose from. */
static void
test_trivial_is_rare (void)
{
  guint count = 0;

  for (guint i = 0; i < 10000; i++) {
    char pin[5];

    g_snprintf (pin, sizeof pin, "%04u", i);
    count += dc_pin_is_trivial (pin);
  }

  /* 100 of the form abab (aaaa among them), ten runs up and ten down. */
  g_assert_cmpuint (count, ==, 120);
}

static void
test_matches_its_own_pin_only (void)
{
  g_autofree char *hash = dc_pin_hash ("4711");
  g_autofree char *again = dc_pin_hash ("4711");

  g_assert_true (g_str_has_prefix (hash, "$argon2id$v=19$m=65536,t=2,p=1$"));
  g_assert_null (strstr (hash, "4711"));
  g_assert_cmpstr (hash, !=, again);
  g_assert_true (dc_pin_hash_well_formed (hash));
  g_assert_true (dc_pin_matches (hash, "4711"));
  g_assert_true (dc_pin_matches (again, "4711"));
  g_assert_false (dc_pin_matches (hash, "4712"));
  g_assert_false (dc_pin_matches (hash, "47110"));
}

static void
test_known_hash (void)
{
  g_assert_true (dc_pin_matches (HASH_OF_4711, "4711"));
  g_assert_false (dc_pin_matches (HASH_OF_4711, "4710"));
}

static void
test_refuses_to_hash_what_is_no_pin (void)
{
  g_assert_null (dc_pin_hash ("123"));
  g_assert_null (dc_pin_hash ("abcd"));
  g_assert_null (dc_pin_hash (NULL));
  g_assert_false (dc_pin_matches (HASH_OF_4711, ""));
  g_assert_false (dc_pin_matches (HASH_OF_4711, NULL));
}

static void
assert_not_a_hash (const char *from,
                   const char *to)
{
  g_autoptr (GString) hash = g_string_new (HASH_OF_4711);

  g_assert_cmpuint (g_string_replace (hash, from, to, 1), ==, 1);
  g_assert_false (dc_pin_hash_well_formed (hash->str));
  g_assert_false (dc_pin_matches (hash->str, "4711"));
}

static void
test_refuses_a_doctored_hash (void)
{
  static const char *texts[] = { "", "4711", "$argon2id$", "$argon2id$v=19$m=65536,t=2,p=1$" };
  g_autofree char *cut = g_strndup (HASH_OF_4711, strlen (HASH_OF_4711) - 1);
  g_autofree char *longer = g_strconcat (HASH_OF_4711, "A", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (dc_pin_hash_well_formed (texts[i]));
  g_assert_false (dc_pin_hash_well_formed (NULL));
  g_assert_false (dc_pin_matches (NULL, "4711"));
  g_assert_false (dc_pin_hash_well_formed (cut));
  g_assert_false (dc_pin_hash_well_formed (longer));

  assert_not_a_hash ("m=65536", "m=99999");
  assert_not_a_hash ("m=65536", "m=4194304");
  assert_not_a_hash ("t=2", "t=9");
  assert_not_a_hash ("p=1", "p=8");
  assert_not_a_hash ("argon2id", "argon2i");
  assert_not_a_hash ("v=19", "v=16");
  assert_not_a_hash ("p=1$", "p=1*");
}

/* $, 22 characters, $, 43 characters: each part where it should be. */
static void
test_refuses_misplaced_parts (void)
{
  gsize length = strlen (HASH_OF_4711);
  gsize places[] = { length - 44, length - 45, length - 1, length - 43 };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autofree char *text = g_strdup (HASH_OF_4711);

    g_assert_cmpint (HASH_OF_4711[length - 44], ==, '$');
    text[places[i]] = i == 0 ? 'A' : '$';
    g_assert_false (dc_pin_hash_well_formed (text));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/seal/pin/is-4-to-12-ascii-digits", test_well_formed);
  g_test_add_func ("/seal/pin/knows-what-a-passer-by-tries-first", test_trivial);
  g_test_add_func ("/seal/pin/calls-120-of-10000-trivial", test_trivial_is_rare);
  g_test_add_func ("/seal/pin/matches-its-own-hash-only", test_matches_its_own_pin_only);
  g_test_add_func ("/seal/pin/opens-a-hash-made-before", test_known_hash);
  g_test_add_func ("/seal/pin/hashes-nothing-that-is-no-pin", test_refuses_to_hash_what_is_no_pin);
  g_test_add_func ("/seal/pin/refuses-a-hash-with-another-cost", test_refuses_a_doctored_hash);
  g_test_add_func ("/seal/pin/refuses-a-hash-whose-parts-are-misplaced", test_refuses_misplaced_parts);

  return g_test_run ();
}
