/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a volunteer's code is: so many signs of A-Z and 0-9, of which one at
 * least is a digit and few are letters. A name has more letters and no digit. */
#define DC_VOLUNTEER_CODE_MIN     2
#define DC_VOLUNTEER_CODE_MAX     12
#define DC_VOLUNTEER_CODE_LETTERS 4

/* What is wrong with a code. */
typedef enum
{
  DC_VOLUNTEER_CODE_GOOD,
  DC_VOLUNTEER_CODE_LENGTH,   /* shorter or longer than a code is */
  DC_VOLUNTEER_CODE_SIGN,     /* not a letter of A-Z and not a digit */
  DC_VOLUNTEER_CODE_NAME,     /* could be a name */
} DcVolunteerCode;

/* What somebody typed: small letters are as capital ones, blanks around it do
 * not count. */
DcVolunteerCode dc_volunteer_code_check (const char *typed);
/* As it is kept: without the blanks around it, in capitals. (transfer full) */
char           *dc_volunteer_code_tidy  (const char *typed);

G_END_DECLS
