/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-contact.h"
#include "dc-text.h"

#include <string.h>

/* What a donor may type. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *tidy = dc_text_tidy (text);
  g_autofree char *again = dc_text_tidy (tidy);
  g_autofree char *suggestion = NULL;
  g_autofree char *email_mask = NULL;
  g_autofree char *phone_mask = NULL;

  g_assert_true (g_utf8_validate (tidy, -1, NULL));
  g_assert_cmpstr (again, ==, tidy);
  g_assert_null (strpbrk (tidy, "\n\r\t\033"));

  dc_text_has_card_number (text);
  dc_phone_valid (text);
  suggestion = dc_email_suggest (text);
  if (suggestion != NULL)
    g_assert_true (dc_email_valid (suggestion));
  if (dc_email_valid (text))
    g_assert_cmpuint (strlen (text), <=, 254);
  email_mask = dc_email_mask (tidy);
  phone_mask = dc_phone_mask (tidy);
  g_assert_cmpuint (strlen (phone_mask), <=, strlen ("…67"));

  return 0;
}
