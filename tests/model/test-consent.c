/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-consent.h"

static void
test_copy (void)
{
  g_autoptr (DcConsent) copy = NULL;

  {
    g_autofree char *purpose = g_strdup ("newsletter");
    g_autoptr (DcConsent) consent = dc_consent_new (purpose, 3, "fr", TRUE);

    g_assert_true (consent->purpose != purpose);
    copy = dc_consent_copy (consent);
  }

  g_assert_cmpstr (copy->purpose, ==, "newsletter");
  g_assert_cmpuint (copy->version, ==, 3);
  g_assert_cmpstr (copy->language, ==, "fr");
  g_assert_true (copy->given);
}

static void
test_free_nothing (void)
{
  dc_consent_free (NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/consent/copy/owns-its-strings", test_copy);
  g_test_add_func ("/consent/free/takes-null", test_free_nothing);

  return g_test_run ();
}
