/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"
#include "dc-pack-keys.h"
#include "dc-test.h"
#include "dc-test-pack.h"

#include <string.h>

#define ONE   "RWScoVnnXl9/x7Ts3dPXNV31A+wG2nHelEn9jeRnwN/uX6xccGAgudUW"
#define OTHER "RWQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void
parse (DcPackKeys *keys,
       const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_pack_keys_parse (keys, text, strlen (text), &error));
  g_assert_no_error (error);
}

static void
assert_refused (const char *text,
                gsize       length,
                int         code,
                const char *pattern)
{
  g_auto (DcPackKeys) keys = { 0 };
  g_autoptr (GError) error = NULL;

  if (dc_pack_keys_parse (&keys, text, length, &error))
    g_error ("taken: %s", text);
  g_assert_error (error, DC_PACK_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("%s, expected %s", error->message, pattern);
  g_assert_null (keys.next);
  g_assert_null (keys.receipts);
}

static void
test_both (void)
{
  g_auto (DcPackKeys) keys = { 0 };

  parse (&keys, "# who is next\n[Keys]\nNext=" ONE "\nReceipt=" OTHER ";" ONE "\n");
  g_assert_cmpstr (keys.next, ==, ONE);
  g_assert_cmpuint (g_strv_length (keys.receipts), ==, 2);
  g_assert_cmpstr (keys.receipts[0], ==, OTHER);
  g_assert_cmpstr (keys.receipts[1], ==, ONE);
}

static void
test_either (void)
{
  g_auto (DcPackKeys) next = { 0 };
  g_auto (DcPackKeys) receipt = { 0 };
  g_auto (DcPackKeys) neither = { 0 };

  parse (&next, "[Keys]\nNext=" ONE "\n");
  g_assert_cmpstr (next.next, ==, ONE);
  g_assert_null (next.receipts);
  parse (&receipt, "[Keys]\nReceipt=" ONE ";\n");
  g_assert_null (receipt.next);
  g_assert_cmpuint (g_strv_length (receipt.receipts), ==, 1);
  parse (&neither, "[Keys]\n");
  g_assert_null (neither.next);
}

static void
test_refusals (void)
{
  static const char * const cases[][2] = {
    { "Next=" ONE "\n", "keys.ini: found *, expected a key file" },
    { "[Keys]\nNext=" ONE "=\n", "keys.ini: [Keys] Next: found “" ONE "=”, expected a minisign public key*" },
    { "[Keys]\nNext=\n", "keys.ini: [Keys] Next: found “”, expected a minisign*" },
    { "[Keys]\nNext=RWS\n", "keys.ini: [Keys] Next: found “RWS”, expected a minisign*" },
    { "[Keys]\nNext=age1cau5kzwzz00epuye73tnv0qnm05cx3x9jd6prhkmqcsr3k86rpfsk26n9y\n",
      "keys.ini: [Keys] Next: *, expected a minisign*" },
    /* the algorithm is "ED", which is a signature's */
    { "[Keys]\nNext=RUScoVnnXl9/x7Ts3dPXNV31A+wG2nHelEn9jeRnwN/uX6xccGAgudUW\n",
      "keys.ini: [Keys] Next: *, expected a minisign*" },
    { "[Keys]\nReceipt=\n", "keys.ini: [Keys] Receipt: found nothing, expected at least one key*" },
    { "[Keys]\nReceipt=" ONE ";;" OTHER "\n", "keys.ini: [Keys] Receipt: found “”, expected a minisign*" },
    { "[Keys]\nReceipt=" ONE ";" ONE "\n", "keys.ini: [Keys] Receipt: found “" ONE "”, expected none twice" },
    { "[Keys]\nReceipt=" ONE "; " OTHER "\n", "keys.ini: [Keys] Receipt: found “ RW*" },
    { "[Keys]\nNext[fr]=" ONE "\n", "keys.ini: [Keys]: found “Next[fr]”, expected Next or Receipt alone" },
    { "[Keys]\nOlder=" ONE "\n", "keys.ini: [Keys]: found “Older”, expected Next or Receipt alone" },
    { "[Key]\nNext=" ONE "\n", "keys.ini: a group: found “Key”, expected [Keys] alone" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i][0], strlen (cases[i][0]), DC_PACK_ERROR_KEYS, cases[i][1]);
}

static void
test_too_many (void)
{
  g_autoptr (GString) text = g_string_new ("[Keys]\nReceipt=");
  g_autofree char *huge = g_strnfill (DC_PACK_KEYS_MAX_BYTES + 1, '#');

  for (guint i = 0; i < 9; i++)
    g_string_append_printf (text, "RWQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%c;", 'A' + (char) i);
  assert_refused (text->str, text->len, DC_PACK_ERROR_KEYS, "keys.ini: [Keys] Receipt: *, expected at most 8 keys");
  assert_refused (huge, strlen (huge), DC_PACK_ERROR_TOO_LARGE, "keys.ini: found “more”*");
  assert_refused ("[Keys]\n\0", 8, DC_PACK_ERROR_KEYS, "keys.ini: found “a NUL”*");
}

/* Through a pack that minisign signed. */
static void
test_in_a_pack (void)
{
  char *dir = dc_test_dir_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (DcPack) without = NULL;
  g_autoptr (DcPack) pack = NULL;

  dc_test_pack_new (dir);
  without = dc_pack_load (dir, &error);
  g_assert_no_error (error);
  g_assert_null (dc_pack_get_next_key (without));
  g_assert_null (dc_pack_get_receipt_keys (without)[0]);

  dc_test_pack_write (dir, "keys.ini", "[Keys]\nNext=" OTHER "\nReceipt=" ONE "\n");
  dc_test_pack_sign (dir, "migrants-day", 2);
  pack = dc_pack_load (dir, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (dc_pack_get_next_key (pack), ==, OTHER);
  g_assert_cmpstr (dc_pack_get_receipt_keys (pack)[0], ==, ONE);
  g_assert_null (dc_pack_get_receipt_keys (pack)[1]);

  dc_test_pack_write (dir, "keys.ini", "[Keys]\nNext=" ONE "\nReceipt=" ONE "\n");
  g_assert_null (dc_pack_load (dir, &error));
  g_assert_error (error, DC_PACK_ERROR, DC_PACK_ERROR_SIGNATURE);
  g_clear_error (&error);

  dc_test_pack_write (dir, "keys.ini", "[Keys]\nNext=none\n");
  dc_test_pack_sign (dir, "migrants-day", 3);
  g_assert_null (dc_pack_load (dir, &error));
  g_assert_error (error, DC_PACK_ERROR, DC_PACK_ERROR_KEYS);
  dc_test_dir_remove (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/pack/keys/names-the-next-and-those-of-receipts", test_both);
  g_test_add_func ("/pack/keys/either-may-be-left-out", test_either);
  g_test_add_func ("/pack/keys/refuses-what-is-no-key-and-what-it-does-not-know", test_refusals);
  g_test_add_func ("/pack/keys/refuses-too-much", test_too_many);
  g_test_add_func ("/pack/keys/come-with-a-pack-and-are-signed-with-it", test_in_a_pack);

  return g_test_run ();
}
