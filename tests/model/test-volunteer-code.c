/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-volunteer-code.h"

#include "dc-test.h"

static void
test_codes (void)
{
  static const struct { const char *typed; DcVolunteerCode code; } codes[] = {
    { "B7", DC_VOLUNTEER_CODE_GOOD },
    { "42", DC_VOLUNTEER_CODE_GOOD },
    { " ab12\n", DC_VOLUNTEER_CODE_GOOD },
    { "ABCD12345678", DC_VOLUNTEER_CODE_GOOD },
    { "", DC_VOLUNTEER_CODE_LENGTH },
    { "7", DC_VOLUNTEER_CODE_LENGTH },
    { "1234567890123", DC_VOLUNTEER_CODE_LENGTH },
    { "ANA", DC_VOLUNTEER_CODE_NAME },
    { "Mariana", DC_VOLUNTEER_CODE_NAME },
    { "MARIA1", DC_VOLUNTEER_CODE_NAME },
    { "MARIANACATALINA", DC_VOLUNTEER_CODE_NAME },
    { "Zoé1", DC_VOLUNTEER_CODE_SIGN },
    { "B-7", DC_VOLUNTEER_CODE_SIGN },
    { "B 7", DC_VOLUNTEER_CODE_SIGN },
    { "B7\x7f", DC_VOLUNTEER_CODE_SIGN },
    { "\xff\xfe", DC_VOLUNTEER_CODE_SIGN },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_assert_cmpint (dc_volunteer_code_check (codes[i].typed), ==, codes[i].code);
  }
}

static void
test_tidy (void)
{
  g_autofree char *code = dc_volunteer_code_tidy (" b7\n");

  g_assert_cmpstr (code, ==, "B7");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/volunteer-code/is-short-and-no-name", test_codes);
  g_test_add_func ("/volunteer-code/is-kept-in-capitals", test_tidy);

  return g_test_run ();
}
