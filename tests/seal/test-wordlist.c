/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-wordlist.h"

#include <string.h>

#include "dc-age.h"
#include "dc-crypto.h"
#include "dc-wordlist-private.h"

#define DESK  "age1cau5kzwzz00epuye73tnv0qnm05cx3x9jd6prhkmqcsr3k86rpfsk26n9y"
#define SPARE "age1yj2n2v90mwxyfp4l0u3298r3kumt3a0c5ula3wftg0ftqvkafe9qygeqlh"

/* The published SHA-256 of BIP-39's english.txt, a word a line. */
static void
test_is_bip_39 (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *digest = NULL;

  for (guint i = 0; i < DC_WORDLIST_SIZE; i++)
    g_string_append_printf (text, "%s\n", dc_wordlist_english[i]);
  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, (gssize) text->len);

  g_assert_cmpstr (digest, ==, "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda");
}

static void
test_four_letters_are_enough (void)
{
  for (guint i = 1; i < DC_WORDLIST_SIZE; i++) {
    g_assert_cmpint (strcmp (dc_wordlist_english[i - 1], dc_wordlist_english[i]), <, 0);
    g_assert_cmpint (strncmp (dc_wordlist_english[i - 1], dc_wordlist_english[i], 4), !=, 0);
  }
}

/* The first vectors of BIP-39: the same bits in the same order. */
static void
test_encode (void)
{
  static const guint8 zeroes[16] = { 0 };
  guint8 bytes[16];
  g_autofree char *first = dc_wordlist_encode (zeroes, sizeof zeroes, 11);
  g_autofree char *second = NULL;

  memset (bytes, 0x7f, sizeof bytes);
  second = dc_wordlist_encode (bytes, sizeof bytes, 11);

  g_assert_cmpstr (first, ==, "abandon abandon abandon abandon abandon abandon "
                   "abandon abandon abandon abandon abandon");
  g_assert_cmpstr (second, ==, "legal winner thank year wave sausage "
                   "worth useful legal winner thank");
}

static void
test_suggest (void)
{
  g_autofree char *one = dc_wordlist_suggest (6);
  g_autofree char *other = dc_wordlist_suggest (6);
  g_autofree char *most = dc_wordlist_suggest (DC_WORDLIST_MAX_WORDS);
  g_autofree char *read = dc_wordlist_read (one, 6, NULL);

  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (read, ==, one);
  g_assert_nonnull (most);
}

static void
test_read_what_people_type (void)
{
  static const char *typed[] = {
    "legal winner act year",
    "Legal WINNER act Year",
    "  lega, winn - act;\tyear.\n",
    "lega-winn-act-year",
    "legal\r\nwinne\r\nact\r\nyear\r\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *words = dc_wordlist_read (typed[i], 4, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (words, ==, "legal winner act year");
  }
}

static void
test_read_refuses (void)
{
  static const struct
  {
    const char *typed;
    const char *message;
  } wrong[] = {
    { "", "found 0 words, expected 4" },
    { "legal winner act", "found 3 words, expected 4" },
    { "legal winner act year year", "found 5 words, expected 4" },
    { "legal winner act sekret", "word 4: not in the list of words" },
    { "wea winner act year", "word 1: not in the list of words" },
    { "legal winner acts year", "word 3: not in the list of words" },
    { "legal winnerx act year", "word 2: not in the list of words" },
    { "l\xc3\xa9gal winner act year", "word 1: not in the list of words" },
    { "zzzz winner act year", "word 1: not in the list of words" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *words = dc_wordlist_read (wrong[i].typed, 4, &error);

    g_assert_null (words);
    g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_WORDS);
    g_assert_cmpstr (error->message, ==, wrong[i].message);
  }
}

static void
test_look (void)
{
  static const struct
  {
    const char *text;
    guint       n_words;
    guint       unknown;
  } cases[] = {
    { "", 0, 0 },
    { " , ", 0, 0 },
    { "Cup coff, DAY", 3, 0 },
    { "cup coffee tea day tee", 5, 3 },
    { "kopje", 1, 1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint n_words, unknown;

    dc_wordlist_look (cases[i].text, &n_words, &unknown);
    g_assert_cmpuint (n_words, ==, cases[i].n_words);
    g_assert_cmpuint (unknown, ==, cases[i].unknown);
  }
}

static void
test_every_word_reads_back (void)
{
  for (guint i = 0; i < DC_WORDLIST_SIZE; i++) {
    g_autofree char *prefix = g_strndup (dc_wordlist_english[i], 4);
    g_autofree char *whole = dc_wordlist_read (dc_wordlist_english[i], 1, NULL);
    g_autofree char *cut = dc_wordlist_read (prefix, 1, NULL);

    g_assert_cmpstr (whole, ==, dc_wordlist_english[i]);
    g_assert_cmpstr (cut, ==, dc_wordlist_english[i]);
  }
}

static void
test_fingerprint (void)
{
  g_autofree char *key = dc_fingerprint (DC_FINGERPRINT_PACK_KEY, "RWQ", 3);
  g_autofree char *other_key = dc_fingerprint (DC_FINGERPRINT_PACK_KEY, "RWR", 3);
  g_autofree char *other_purpose = dc_fingerprint (DC_FINGERPRINT_TABLET, "RWQ", 3);
  g_autofree char *words = dc_wordlist_read (key, DC_FINGERPRINT_WORDS, NULL);

  g_assert_cmpstr (words, ==, key);
  g_assert_cmpstr (key, !=, other_key);
  g_assert_cmpstr (key, !=, other_purpose);
}

static DcAgeRecipients *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  DcAgeRecipients *recipients = dc_age_recipients_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return recipients;
}

static void
test_recipients_one_by_one (void)
{
  g_autoptr (DcAgeRecipients) both = parse (DESK "\n" SPARE "\n");
  g_autoptr (DcAgeRecipients) second = dc_age_recipients_pick (both, 1);
  g_autofree char *first_text = dc_age_recipients_get_text (both, 0);
  g_autofree char *second_text = dc_age_recipients_get_text (second, 0);

  g_assert_cmpuint (dc_age_recipients_count (second), ==, 1);
  g_assert_cmpstr (first_text, ==, DESK);
  g_assert_cmpstr (second_text, ==, SPARE);
}

/* Against sha256sum's own idea of the same bytes. */
static void
test_recipients_digest (void)
{
  g_autoptr (DcAgeRecipients) one_way = parse (DESK "\n" SPARE "\n");
  g_autoptr (DcAgeRecipients) other_way = parse ("# spare first\n" SPARE "\r\n" DESK);
  g_autoptr (DcAgeRecipients) alone = parse (DESK);
  guint8 digest[32], same[32], other[32];
  g_autofree char *expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                                             DESK "\n" SPARE "\n", -1);
  g_autoptr (GString) hex = g_string_new (NULL);

  dc_age_recipients_digest (one_way, digest);
  dc_age_recipients_digest (other_way, same);
  dc_age_recipients_digest (alone, other);
  for (guint i = 0; i < sizeof digest; i++)
    g_string_append_printf (hex, "%02x", digest[i]);

  g_assert_cmpstr (hex->str, ==, expected);
  g_assert_cmpmem (digest, 32, same, 32);
  g_assert_cmpint (memcmp (digest, other, 32), !=, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/wordlist/is-the-list-of-bip-39", test_is_bip_39);
  g_test_add_func ("/wordlist/four-letters-tell-each-word", test_four_letters_are_enough);
  g_test_add_func ("/wordlist/encodes-as-bip-39-does", test_encode);
  g_test_add_func ("/wordlist/suggests-words-by-chance", test_suggest);
  g_test_add_func ("/wordlist/read/takes-what-people-type", test_read_what_people_type);
  g_test_add_func ("/wordlist/read/says-which-word-is-wrong", test_read_refuses);
  g_test_add_func ("/wordlist/look/counts-words-and-finds-the-first-that-is-none", test_look);
  g_test_add_func ("/wordlist/read/every-word-and-its-first-four-letters", test_every_word_reads_back);
  g_test_add_func ("/fingerprint/tells-keys-and-purposes-apart", test_fingerprint);
  g_test_add_func ("/recipients/one-by-one", test_recipients_one_by_one);
  g_test_add_func ("/recipients/digest-is-that-of-the-sorted-lines", test_recipients_digest);

  return g_test_run ();
}
