/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-donor.h"
#include "dc-text.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static DcDonor *
donor_new (void)
{
  DcDonor *donor = dc_donor_new ();

  dc_donor_set (donor, DC_FIELD_FIRST_NAME, "Ana");
  dc_donor_set (donor, DC_FIELD_EMAIL, "ana@posteo.ch");

  return donor;
}

static void
test_set (void)
{
  g_autoptr (DcDonor) donor = dc_donor_new ();

  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    g_assert_cmpstr (dc_donor_get (donor, field), ==, "");
    dc_donor_set (donor, field, dc_field_to_string (field));
  }
  for (DcField field = 0; field < DC_N_FIELDS; field++)
    g_assert_cmpstr (dc_donor_get (donor, field), ==, dc_field_to_string (field));

  dc_donor_set (donor, DC_FIELD_TOWN, NULL);
  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_TOWN), ==, "");
  dc_donor_set (donor, DC_FIELD_STREET, "");
  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_STREET), ==, "");
  dc_donor_set (donor, DC_FIELD_EMAIL, dc_donor_get (donor, DC_FIELD_EMAIL));
  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_EMAIL), ==, "email");
  dc_donor_set (donor, DC_FIELD_TOWN, "a\xff");
  g_assert_cmpstr (dc_donor_get (donor, DC_FIELD_TOWN), ==, "a\ufffd");
}

static void
test_complete (void)
{
  g_autoptr (DcDonor) donor = dc_donor_new ();

  g_assert_false (dc_donor_complete (donor, FALSE));
  g_assert_cmpint (dc_donor_check (donor, DC_FIELD_FIRST_NAME, FALSE), ==, DC_FIELD_MISSING);
  g_assert_cmpint (dc_donor_check (donor, DC_FIELD_EMAIL, FALSE), ==, DC_FIELD_MISSING);
  g_assert_cmpint (dc_donor_check (donor, DC_FIELD_PHONE, FALSE), ==, DC_FIELD_GOOD);
  g_assert_cmpint (dc_donor_check (donor, DC_FIELD_FAMILY_NAME, FALSE), ==, DC_FIELD_GOOD);

  dc_donor_set (donor, DC_FIELD_FIRST_NAME, " \u00a0 ");
  g_assert_cmpint (dc_donor_check (donor, DC_FIELD_FIRST_NAME, FALSE), ==, DC_FIELD_MISSING);
  dc_donor_set (donor, DC_FIELD_FIRST_NAME, "Ana");
  g_assert_false (dc_donor_complete (donor, FALSE));
  dc_donor_set (donor, DC_FIELD_PHONE, "+41 79 123 45 67");
  g_assert_true (dc_donor_complete (donor, FALSE));
  dc_donor_set (donor, DC_FIELD_PHONE, NULL);
  dc_donor_set (donor, DC_FIELD_EMAIL, "ana@posteo.ch");
  g_assert_true (dc_donor_complete (donor, FALSE));
}

static void
test_address (void)
{
  static const DcField address[] = {
    DC_FIELD_STREET, DC_FIELD_POSTCODE, DC_FIELD_TOWN, DC_FIELD_COUNTRY,
  };
  g_autoptr (DcDonor) donor = dc_donor_new ();

  dc_donor_set (donor, DC_FIELD_FIRST_NAME, "Ana");
  for (gsize i = 0; i < G_N_ELEMENTS (address); i++) {
    g_assert_false (dc_donor_has_address (donor));
    g_assert_false (dc_donor_complete (donor, FALSE));
    dc_donor_set (donor, address[i], "1202");
  }
  g_assert_true (dc_donor_has_address (donor));
  g_assert_true (dc_donor_complete (donor, FALSE));
}

static void
test_tax_certificate (void)
{
  g_autoptr (DcDonor) donor = donor_new ();
  static const DcField needed[] = {
    DC_FIELD_FAMILY_NAME, DC_FIELD_STREET, DC_FIELD_POSTCODE, DC_FIELD_TOWN, DC_FIELD_COUNTRY,
  };

  g_assert_true (dc_donor_complete (donor, FALSE));
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++) {
    g_assert_false (dc_donor_complete (donor, TRUE));
    g_assert_cmpint (dc_donor_check (donor, needed[i], TRUE), ==, DC_FIELD_MISSING);
    g_assert_cmpint (dc_donor_check (donor, needed[i], FALSE), ==, DC_FIELD_GOOD);
    dc_donor_set (donor, needed[i], "x");
  }
  g_assert_true (dc_donor_complete (donor, TRUE));
}

static void
test_problems (void)
{
  g_autoptr (DcDonor) donor = donor_new ();

  dc_donor_set (donor, DC_FIELD_EMAIL, "ana@posteo");
  g_assert_cmpint (dc_donor_check (donor, DC_FIELD_EMAIL, FALSE), ==, DC_FIELD_MALFORMED);
  dc_donor_set (donor, DC_FIELD_PHONE, "call me");
  g_assert_cmpint (dc_donor_check (donor, DC_FIELD_PHONE, FALSE), ==, DC_FIELD_MALFORMED);
  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    dc_donor_set (donor, field, "4111 1111 1111 1111");
    g_assert_cmpint (dc_donor_check (donor, field, FALSE), ==, DC_FIELD_CARD_NUMBER);
    g_assert_false (dc_donor_complete (donor, FALSE));
    dc_donor_set (donor, field, NULL);
  }
}

static void
test_lengths (void)
{
  g_autoptr (DcDonor) donor = dc_donor_new ();

  for (DcField field = 0; field < DC_N_FIELDS; field++) {
    g_autoptr (GString) text = g_string_new (NULL);

    for (guint i = 0; i < dc_field_max_chars (field); i++)
      g_string_append (text, "é");
    dc_donor_set (donor, field, text->str);
    g_assert_cmpint (dc_donor_check (donor, field, FALSE), !=, DC_FIELD_TOO_LONG);
    g_string_append (text, "é");
    dc_donor_set (donor, field, text->str);
    g_assert_cmpint (dc_donor_check (donor, field, FALSE), ==, DC_FIELD_TOO_LONG);
  }
}

static void
test_references (void)
{
  DcDonor *donor = donor_new ();
  g_autoptr (DcDonor) kept = dc_donor_ref (donor);
  GValue value = G_VALUE_INIT;

  dc_donor_unref (donor);
  g_value_init (&value, DC_TYPE_DONOR);
  g_value_set_boxed (&value, kept);
  g_assert_true (g_value_get_boxed (&value) == kept);
  g_value_unset (&value);
  g_assert_cmpstr (dc_donor_get (kept, DC_FIELD_FIRST_NAME), ==, "Ana");
}

/* What is looked for in memory: each byte stands in @secret with its bits
 * turned, so that the search does not find what it looks with. */
#define SECRET_LENGTH 48

static void
make_secret (guint8 turned[SECRET_LENGTH])
{
  for (gsize i = 0; i < SECRET_LENGTH; i++)
    turned[i] = (guint8) ~('a' + (i * 7) % 26);
}

static gboolean
block_has (const guint8 *block,
           gsize         size,
           const guint8  turned[SECRET_LENGTH])
{
  /* Past the first half: the allocator writes its links into what is freed. */
  const gsize from = SECRET_LENGTH / 2;

  for (gsize i = 0; i + from <= size; i++) {
    gsize n = 0;

    while (n < from && (block[i + n] ^ turned[from + n]) == 0xff)
      n++;
    if (n == from)
      return TRUE;
  }

  return FALSE;
}

/* Where the heap begins; it ends at sbrk (0). NULL: malloc () is a sanitizer's. */
static const guint8 *
heap_start (void)
{
#if defined (__SANITIZE_ADDRESS__)
  return NULL;
#endif

  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gsize start = 0;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) {
    if (g_str_has_suffix (lines[i], "[heap]"))
      g_assert_cmpint (sscanf (lines[i], "%zx-", &start), ==, 1);
  }

  return (const guint8 *) start;
}

/* Whether the secret stands anywhere on the heap. Allocates nothing, so that
 * it treads on no block that was freed. */
static gboolean
heap_has (const guint8 *start,
          const guint8  turned[SECRET_LENGTH])
{
  return block_has (start, (gsize) ((const guint8 *) sbrk (0) - start), turned);
}

static void
set_secret (DcDonor      *donor,
            DcField       field,
            const guint8  turned[SECRET_LENGTH])
{
  char secret[SECRET_LENGTH + 1] = "";

  for (gsize i = 0; i < SECRET_LENGTH; i++)
    secret[i] = (char) ~turned[i];
  dc_donor_set (donor, field, secret);
  explicit_bzero (secret, sizeof secret);
}

static void
test_wiped (void)
{
  DcDonor *donor = dc_donor_new ();
  const guint8 *heap = heap_start ();
  guint8 turned[SECRET_LENGTH];
  char *unwiped;

  if (heap == NULL) {
    dc_donor_unref (donor);
    g_test_skip ("the heap is the sanitizer's");
    return;
  }

  make_secret (turned);
  mallopt (M_PERTURB, 0);   /* or free () would wipe for us */

  /* The search finds what was freed without wiping. */
  set_secret (donor, DC_FIELD_FIRST_NAME, turned);
  g_assert_true (heap_has (heap, turned));
  unwiped = g_strdup (dc_donor_get (donor, DC_FIELD_FIRST_NAME));
  dc_donor_set (donor, DC_FIELD_FIRST_NAME, NULL);
  g_free (unwiped);
  g_assert_true (heap_has (heap, turned));
  unwiped = g_malloc (SECRET_LENGTH + 1);   /* the same block again */
  explicit_bzero (unwiped, SECRET_LENGTH + 1);
  g_free (unwiped);
  g_assert_false (heap_has (heap, turned));

  set_secret (donor, DC_FIELD_FAMILY_NAME, turned);
  dc_donor_set (donor, DC_FIELD_FAMILY_NAME, "replaced");
  g_assert_false (heap_has (heap, turned));

  set_secret (donor, DC_FIELD_STREET, turned);
  dc_donor_unref (donor);
  g_assert_false (heap_has (heap, turned));
}

static void
test_tools_wipe (void)
{
  const guint8 *heap = heap_start ();
  guint8 turned[SECRET_LENGTH];
  g_autoptr (DcDonor) donor = dc_donor_new ();
  char *tidy;

  if (heap == NULL) {
    g_test_skip ("the heap is the sanitizer's");
    return;
  }

  make_secret (turned);
  mallopt (M_PERTURB, 0);
  set_secret (donor, DC_FIELD_TOWN, turned);
  tidy = dc_text_tidy (dc_donor_get (donor, DC_FIELD_TOWN));
  dc_donor_check (donor, DC_FIELD_TOWN, FALSE);
  dc_donor_set (donor, DC_FIELD_TOWN, NULL);
  dc_wipe_string (&tidy);
  g_assert_false (heap_has (heap, turned));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/donor/wipe/leaves-nothing-on-the-heap", test_wiped);
  g_test_add_func ("/donor/wipe/leaves-nothing-of-tidying-and-checking", test_tools_wipe);
  g_test_add_func ("/donor/set/keeps-each-field", test_set);
  g_test_add_func ("/donor/check/needs-a-name-and-one-way-to-write", test_complete);
  g_test_add_func ("/donor/check/takes-a-whole-address-as-a-way-to-write", test_address);
  g_test_add_func ("/donor/check/needs-name-and-address-for-a-certificate", test_tax_certificate);
  g_test_add_func ("/donor/check/says-what-is-wrong", test_problems);
  g_test_add_func ("/donor/check/counts-characters-not-bytes", test_lengths);
  g_test_add_func ("/donor/ref/lives-until-the-last-one-goes", test_references);

  return g_test_run ();
}
