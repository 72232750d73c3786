/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-donor.h"

#include <string.h>

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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/donor/set/keeps-each-field", test_set);
  g_test_add_func ("/donor/check/needs-a-name-and-one-way-to-write", test_complete);
  g_test_add_func ("/donor/check/takes-a-whole-address-as-a-way-to-write", test_address);
  g_test_add_func ("/donor/check/needs-name-and-address-for-a-certificate", test_tax_certificate);
  g_test_add_func ("/donor/check/says-what-is-wrong", test_problems);
  g_test_add_func ("/donor/check/counts-characters-not-bytes", test_lengths);
  g_test_add_func ("/donor/ref/lives-until-the-last-one-goes", test_references);

  return g_test_run ();
}
