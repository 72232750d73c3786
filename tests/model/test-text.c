/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-text.h"

#include <string.h>

static void
test_tidy (void)
{
  static const struct { const char *typed; const char *kept; } cases[] = {
    { "Ana", "Ana" },
    { "  Ana \t María\n", "Ana María" },
    { "Jose\u0301", "José" },
    { "Jose\x02\u0301", "José" },
    { "Jose\u200b\u0301", "José" },
    { "A\u00a0\u2003B", "A B" },
    { "A\x07\x1b[31mB\x7f", "A[31mB" },
    { "A\u2028B\u2029C\vD\xc2\x85" "E", "A B C D E" },
    { "\u202eanA\u202c\u2066\u2069\ufeff\u200b", "anA" },
    { "می\u200cخواهم", "می\u200cخواهم" },
    { "a\xff" "b", "a\ufffd" "b" },
    { " \t\n ", "" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *kept = dc_text_tidy (cases[i].typed);
    g_autofree char *again = dc_text_tidy (kept);

    g_assert_cmpstr (kept, ==, cases[i].kept);
    g_assert_cmpstr (again, ==, kept);
  }
}

/* The check digit by the textbook, from the right. */
static char
luhn_digit (const char *digits)
{
  gsize length = strlen (digits);
  guint sum = 0;

  for (gsize i = 0; i < length; i++) {
    guint digit = (guint) (digits[length - 1 - i] - '0') * (i % 2 == 0 ? 2 : 1);

    sum += digit / 10 + digit % 10;
  }

  return (char) ('0' + (10 - sum % 10) % 10);
}

/* 13 to 19 digits that pass; cards never begin with a zero. */
static char *
random_card (GRand *rand)
{
  guint length = (guint) g_rand_int_range (rand, 13, 20);
  g_autoptr (GString) digits = g_string_new (NULL);

  g_string_append_c (digits, (char) ('1' + g_rand_int_range (rand, 0, 9)));
  while (digits->len < length - 1)
    g_string_append_c (digits, (char) ('0' + g_rand_int_range (rand, 0, 10)));
  g_string_append_c (digits, luhn_digit (digits->str));

  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* @digits in another script or in groups of @group. */
static char *
spell (const char *digits,
       gunichar    zero,
       guint       group,
       const char *separator)
{
  g_autoptr (GString) text = g_string_new ("x ");

  for (guint i = 0; digits[i] != '\0'; i++) {
    if (group != 0 && i > 0 && i % group == 0)
      g_string_append (text, separator);
    g_string_append_unichar (text, zero + (gunichar) (digits[i] - '0'));
  }
  g_string_append (text, ", merci");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_cards (void)
{
  static const char *separators[] = { "", " ", "\u00a0", "-", "–", ".", "/", " - ", "\u202f", "\u200b" };
  static const gunichar zeros[] = { '0', 0x660, 0x6f0, 0xff10, 0x966 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7812);

  for (guint i = 0; i < 1000; i++) {
    g_autofree char *card = random_card (rand);
    g_autofree char *text = spell (card,
                                   zeros[i % G_N_ELEMENTS (zeros)],
                                   1 + i % 7,
                                   separators[i % G_N_ELEMENTS (separators)]);

    g_assert_true (dc_text_has_card_number (card));
    if (!dc_text_has_card_number (text))
      g_error ("not found: %s", text);
  }
}

/* Any one digit altered makes Luhn fail; the number is then no card's. */
static void
test_not_luhn (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7813);

  for (guint i = 0; i < 1000; i++) {
    g_autofree char *card = random_card (rand);
    gsize at = (gsize) g_rand_int_range (rand, 1, (gint32) strlen (card));

    card[at] = card[at] == '9' ? '0' : (char) (card[at] + 1);
    g_assert_false (dc_text_has_card_number (card));
  }
}

static void
test_embedded_cards (void)
{
  static const char *texts[] = {
    "4111 1111 1111 1111", "Carte4111111111111111svp", "4111-1111-1111-1111 12/27",
    "12 4111 1111 1111 1111", "41111111111111111227", "4111111111111111\n12/27 123",
    "tel +41 79 123 45 67, 5500000000000004", "+4111111111111111",
    "IBAN CH93 0076 2011 6238 5295 7 et 4111 1111 1111 1111",
    "CH00 4111 1111 1111 1111", "ХХ 3400-000000-00009", "4222222222222", "6304000000000000000",
    "+41 79 123 45 67 4111 1111 1111 1111",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (!dc_text_has_card_number (texts[i]))
      g_error ("not found: %s", texts[i]);
  }
}

static void
test_no_cards (void)
{
  static const char *texts[] = {
    "", "Ana", "Rue de Varembé 1, 1202 Genève", "18.12.2026", "079 123 45 67",
    "+41 79 123 45 67", "0041 79 123 45 67", "+49 1512 3456789 12", "+ 41 (0)79 123 45 67",
    "411111111111", "4111 1111 1111", "4111 1111 11 a 11 1111", "4111    1111    1111    1111",
    "RF18 K7Q2 9WXM 4T", "a\xff\xfe",
  };

  g_assert_false (dc_text_has_card_number (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (dc_text_has_card_number (texts[i]))
      g_error ("taken for a card: %s", texts[i]);
  }
}

static void
test_phones (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (164);

  for (guint i = 0; i < 1000; i++) {
    g_autoptr (GString) digits = g_string_new (NULL);
    guint length = (guint) g_rand_int_range (rand, 12, 15);
    g_autofree char *plus = NULL;
    g_autofree char *zeros = NULL;

    g_string_append_c (digits, (char) ('1' + g_rand_int_range (rand, 0, 9)));
    while (digits->len < length)
      g_string_append_c (digits, (char) ('0' + g_rand_int_range (rand, 0, 10)));
    g_string_append_c (digits, luhn_digit (digits->str));
    plus = g_strdup_printf ("+%.2s %s", digits->str, digits->str + 2);
    zeros = g_strdup_printf ("00%s", digits->str);
    g_assert_false (dc_text_has_card_number (plus));
    g_assert_false (dc_text_has_card_number (zeros));
  }
}

/* n: a digit, a: a letter (SWIFT's IBAN registry). */
static const struct { const char *country; const char *bban; } ibans[] = {
  { "CH", "nnnnnnnnnnnnnnnnn" }, { "LI", "nnnnnnnnnnnnnnnnn" },
  { "DE", "nnnnnnnnnnnnnnnnnn" }, { "ES", "nnnnnnnnnnnnnnnnnnnn" },
  { "FR", "nnnnnnnnnnnnnnnnnnnnnnn" }, { "FR", "nnnnnnnnnnaaaaaaaaaaann" },
  { "GB", "aaaannnnnnnnnnnnnn" }, { "NL", "aaaannnnnnnnnn" },
  { "IT", "annnnnnnnnnnnnnnnnnnnnn" }, { "PT", "nnnnnnnnnnnnnnnnnnnnn" },
  { "AT", "nnnnnnnnnnnnnnnn" }, { "BE", "nnnnnnnnnnnn" },
  { "NO", "nnnnnnnnnnn" }, { "MT", "aaaannnnnaaaaaaaaaaaaaaaaaa" },
  { "SA", "nnnnnnnnnnnnnnnnnnnn" }, { "LU", "nnnnnnnnnnnnnnnn" },
};

static char *
random_iban (GRand *rand,
             guint  which)
{
  g_autoptr (GString) bban = g_string_new (NULL);
  g_autofree char *turned = NULL;
  guint remainder = 0;

  for (const char *p = ibans[which].bban; *p != '\0'; p++)
    g_string_append_c (bban, (char) (*p == 'n' ? '0' + g_rand_int_range (rand, 0, 10)
                                     : 'A' + g_rand_int_range (rand, 0, 26)));
  turned = g_strconcat (bban->str, ibans[which].country, "00", NULL);
  for (const char *p = turned; *p != '\0'; p++) {
    guint value = (guint) g_ascii_xdigit_value (*p);

    if (!g_ascii_isdigit (*p))
      value = (guint) (*p - 'A') + 10;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }

  return g_strdup_printf ("%s%02u%s", ibans[which].country, 98 - remainder, bban->str);
}

static void
test_ibans (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13616);

  for (guint i = 0; i < 1000; i++) {
    g_autofree char *iban = random_iban (rand, i % G_N_ELEMENTS (ibans));
    g_autofree char *lower = g_ascii_strdown (iban, -1);
    g_autoptr (GString) fours = g_string_new ("IBAN: ");

    for (gsize j = 0; iban[j] != '\0'; j++) {
      if (j > 0 && j % 4 == 0)
        g_string_append (fours, i % 2 == 0 ? " " : "\u00a0");
      g_string_append_c (fours, iban[j]);
    }
    g_string_append (fours, " (Ana)");
    g_assert_false (dc_text_has_card_number (iban));
    g_assert_false (dc_text_has_card_number (lower));
    g_assert_false (dc_text_has_card_number (fours->str));
  }
}

static void
test_wipe (void)
{
  char *text = g_strdup ("Ana");

  dc_wipe_string (&text);
  g_assert_null (text);
  dc_wipe_string (&text);
  g_assert_null (text);
}

static void
assert_lines (const char *text,
              const char *expected)
{
  g_autofree char *lines = dc_text_in_lines (text);

  g_assert_cmpstr (lines, ==, expected);
}

static void
test_lines (void)
{
  assert_lines ("A cup a week. A voice heard.", "A cup a week.\nA voice heard.");
  assert_lines ("One. Two. Three.", "One.\nTwo.\nThree.");
  assert_lines ("Who defends the defenders?", "Who defends the defenders?");
  assert_lines ("CHF 4.20 a cup.", "CHF 4.20 a cup.");
  assert_lines ("", "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/text/tidy/keeps-what-was-meant", test_tidy);
  g_test_add_func ("/text/wipe/clears-the-pointer", test_wipe);
  g_test_add_func ("/text/card-number/is-found-in-every-spelling", test_cards);
  g_test_add_func ("/text/card-number/is-none-where-luhn-fails", test_not_luhn);
  g_test_add_func ("/text/card-number/is-found-among-other-words", test_embedded_cards);
  g_test_add_func ("/text/card-number/is-not-seen-in-what-donors-type", test_no_cards);
  g_test_add_func ("/text/card-number/lets-international-phone-numbers-pass", test_phones);
  g_test_add_func ("/text/card-number/lets-ibans-pass", test_ibans);
  g_test_add_func ("/text/lines/are-its-sentences", test_lines);

  return g_test_run ();
}
