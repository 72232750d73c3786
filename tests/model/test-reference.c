/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-reference.h"

#include <string.h>

static void
fill (GRand  *rand,
      guint8  random[DC_REFERENCE_RANDOM])
{
  for (gsize i = 0; i < DC_REFERENCE_RANDOM; i++)
    random[i] = (guint8) g_rand_int (rand);
}

/* ISO 11649 by the book: one long decimal number, modulo 97. */
static guint
remainder_of (const char *reference)
{
  g_autofree char *turned = g_strconcat (reference + 4, "RF", NULL);
  g_autoptr (GString) number = g_string_new (NULL);
  guint remainder = 0;

  for (const char *p = turned; *p != '\0'; p++)
    g_string_append_printf (number, "%d", g_ascii_isdigit (*p) ? *p - '0' : *p - 'A' + 10);
  g_string_append_len (number, reference + 2, 2);
  for (const char *p = number->str; *p != '\0'; p++)
    remainder = (remainder * 10 + (guint) (*p - '0')) % 97;

  return remainder;
}

static void
test_new (gconstpointer data)
{
  DcReferenceKind kind = GPOINTER_TO_INT (data);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11649);

  for (guint i = 0; i < 2000; i++) {
    guint8 random[DC_REFERENCE_RANDOM];
    g_autofree char *reference = NULL;

    fill (rand, random);
    reference = dc_reference_new (kind, random);
    g_assert_cmpuint (strlen (reference), ==, DC_REFERENCE_LENGTH);
    g_assert_true (dc_reference_valid (reference));
    g_assert_cmpuint (remainder_of (reference), ==, 1);
    g_assert_cmpuint (strspn (reference + 4, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"), ==, 10);
    g_assert_cmpint (dc_reference_is_scan (reference), ==, kind == DC_REFERENCE_SCAN);
    g_assert_cmpint (reference[4] == 'S', ==, kind == DC_REFERENCE_SCAN);
  }
}

/* Each of the characters of the body depends on the random bytes. */
static void
test_new_uses_all_bytes (void)
{
  guint8 random[DC_REFERENCE_RANDOM] = { 0 };
  g_autofree char *zero = dc_reference_new (DC_REFERENCE_PLEDGE, random);

  g_assert_cmpstr (zero + 4, ==, "0000000000");
  for (gsize i = 4; i < 13; i++) {
    g_autofree char *other = NULL;

    random[i] = 1;
    other = dc_reference_new (DC_REFERENCE_PLEDGE, random);
    random[i] = 0;
    g_assert_cmpstr (zero + 4, !=, other + 4);
  }
}

static void
test_known (void)
{
  g_assert_true (dc_reference_valid ("RF18539007547034"));   /* ISO 11649's example */
  g_assert_true (dc_reference_valid ("RF471234567890"));
  g_assert_true (dc_reference_valid ("RF25A"));
}

static void
test_invalid (void)
{
  static const char *texts[] = {
    "", "RF", "RF18", "RF19539007547034", "RF18539007547035", "rf18539007547034",
    "RF18 5390 0754 7034", "XX18539007547034", "RFAB539007547034",
    "RF18539007547034\n", "RF1853900754703é", "RF0000000000000000000000000",
    "RF180000000000000000000000", "RF25a",
  };

  g_assert_false (dc_reference_valid (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_assert_false (dc_reference_valid (texts[i]));
    g_assert_false (dc_reference_is_scan (texts[i]));
  }
}

/* Modulo 97 finds every wrong digit and every swap of two neighbours. */
static void
test_slips (void)
{
  const char *good = "RF18539007547034";

  for (gsize i = 2; i < strlen (good); i++) {
    g_autofree char *wrong = g_strdup (good);
    g_autofree char *swapped = g_strdup (good);

    wrong[i] = wrong[i] == '9' ? '0' : (char) (wrong[i] + 1);
    g_assert_false (dc_reference_valid (wrong));
    if (good[i + 1] != '\0' && good[i] != good[i + 1]) {
      swapped[i] = good[i + 1];
      swapped[i + 1] = good[i];
      g_assert_false (dc_reference_valid (swapped));
    }
  }
}

static void
test_in_fours (void)
{
  g_autofree char *fourteen = dc_reference_in_fours ("RF18K7Q29WXM4T");
  g_autofree char *sixteen = dc_reference_in_fours ("RF18539007547034");
  g_autofree char *none = dc_reference_in_fours ("");

  g_assert_cmpstr (fourteen, ==, "RF18 K7Q2 9WXM 4T");
  g_assert_cmpstr (sixteen, ==, "RF18 5390 0754 7034");
  g_assert_cmpstr (none, ==, "");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/reference/new/makes-valid-ones-for-pledges",
                        GINT_TO_POINTER (DC_REFERENCE_PLEDGE), test_new);
  g_test_add_data_func ("/reference/new/makes-valid-ones-for-scans",
                        GINT_TO_POINTER (DC_REFERENCE_SCAN), test_new);
  g_test_add_func ("/reference/new/uses-every-random-byte-of-the-body", test_new_uses_all_bytes);
  g_test_add_func ("/reference/valid/takes-those-of-others", test_known);
  g_test_add_func ("/reference/valid/refuses-what-is-none", test_invalid);
  g_test_add_func ("/reference/valid/finds-slips-of-the-pen", test_slips);
  g_test_add_func ("/reference/in-fours/groups-from-the-left", test_in_fours);

  return g_test_run ();
}
