/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-volunteer-code.h"

#include <string.h>

char *
dc_volunteer_code_tidy (const char *typed)
{
  g_autofree char *bare = g_strstrip (g_strdup (typed));

  return g_ascii_strup (bare, -1);
}

DcVolunteerCode
dc_volunteer_code_check (const char *typed)
{
  g_autofree char *code = NULL;
  guint letters = 0, digits = 0;

  g_return_val_if_fail (typed != NULL, DC_VOLUNTEER_CODE_LENGTH);

  code = dc_volunteer_code_tidy (typed);
  for (const char *p = code; *p != '\0'; p++) {
    letters += g_ascii_isupper (*p) ? 1 : 0;
    digits += g_ascii_isdigit (*p) ? 1 : 0;
  }
  if (letters + digits != strlen (code))
    return DC_VOLUNTEER_CODE_SIGN;
  /* Before the length: who types a long name should read why. */
  if (letters > DC_VOLUNTEER_CODE_LETTERS || (digits == 0 && letters > 0))
    return DC_VOLUNTEER_CODE_NAME;
  if (letters + digits < DC_VOLUNTEER_CODE_MIN || letters + digits > DC_VOLUNTEER_CODE_MAX)
    return DC_VOLUNTEER_CODE_LENGTH;

  return DC_VOLUNTEER_CODE_GOOD;
}
