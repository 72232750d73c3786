/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-reference.h"

#include <string.h>

/* Crockford's base32: no I, L, O or U, which hands and eyes confuse. */
static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/* The same without S: how the body of a pledge's reference may begin. */
static const char first_of_pledge[] = "0123456789ABCDEFGHJKMNPQRTVWXYZ";

#define BODY_LENGTH (DC_REFERENCE_LENGTH - 4)
#define BODY_MAX 21

/* Modulo 97 of @text, letters counting 10 to 35 (ISO 7064, MOD 97-10),
 * carried on from @remainder. */
static guint
mod97 (const char *text,
       gsize       length,
       guint       remainder)
{
  for (gsize i = 0; i < length; i++) {
    if (g_ascii_isdigit (text[i]))
      remainder = (remainder * 10 + (guint) (text[i] - '0')) % 97;
    else
      remainder = (remainder * 100 + (guint) (text[i] - 'A') + 10) % 97;
  }

  return remainder;
}

char *
dc_reference_new (DcReferenceKind kind,
                  const guint8    random[static DC_REFERENCE_RANDOM])
{
  char body[BODY_LENGTH + 1] = "";
  guint32 first;

  /* 31 does not divide 2^32, but the bias is under one part in 10^8. */
  memcpy (&first, random, sizeof first);
  first = GUINT32_FROM_LE (first);
  body[0] = kind == DC_REFERENCE_SCAN ? 'S' : first_of_pledge[first % 31];
  for (gsize i = 1; i < BODY_LENGTH; i++)
    body[i] = alphabet[random[sizeof first + i - 1] & 0x1f];

  return g_strdup_printf ("RF%02u%s",
                          98 - mod97 ("RF00", 4, mod97 (body, BODY_LENGTH, 0)), body);
}

gboolean
dc_reference_valid (const char *reference)
{
  gsize length = reference != NULL ? strlen (reference) : 0;

  if (length < 5 || length > 4 + BODY_MAX || !g_str_has_prefix (reference, "RF"))
    return FALSE;
  if (!g_ascii_isdigit (reference[2]) || !g_ascii_isdigit (reference[3]))
    return FALSE;
  for (gsize i = 4; i < length; i++) {
    if (!g_ascii_isdigit (reference[i]) && !g_ascii_isupper (reference[i]))
      return FALSE;
  }

  return mod97 (reference, 4, mod97 (reference + 4, length - 4, 0)) == 1;
}

gboolean
dc_reference_is_scan (const char *reference)
{
  return dc_reference_valid (reference) &&
         strlen (reference) == DC_REFERENCE_LENGTH && reference[4] == 'S';
}

char *
dc_reference_in_fours (const char *reference)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; reference[i] != '\0'; i++) {
    if (i > 0 && i % 4 == 0)
      g_string_append_c (text, ' ');
    g_string_append_c (text, reference[i]);
  }

  return g_string_free (g_steal_pointer (&text), FALSE);
}
