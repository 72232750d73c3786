/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-contact.h"

#include <string.h>

/* RFC 5321, 4.5.3.1 and erratum 1690; RFC 1035, 2.3.4. */
#define EMAIL_MAX 254
#define LOCAL_MAX 64
#define LABEL_MAX 63

#define PHONE_MIN_DIGITS 6
#define PHONE_MAX_DIGITS 15

/* RFC 5322, 3.2.3: a dot-atom. Quoted local parts exist on paper only. */
static gboolean
local_valid (const char *local,
             gsize       length)
{
  static const char atext[] = "!#$%&'*+-/=?^_`{|}~";

  if (length == 0 || length > LOCAL_MAX || local[0] == '.' || local[length - 1] == '.')
    return FALSE;

  for (gsize i = 0; i < length; i++) {
    if (local[i] == '.' ? local[i - 1] == '.'
        : !g_ascii_isalnum (local[i]) && strchr (atext, local[i]) == NULL)
      return FALSE;
  }

  return TRUE;
}

static gboolean
label_valid (const char *label)
{
  gsize length = strlen (label);

  return length > 0 && length <= LABEL_MAX &&
         label[0] != '-' && label[length - 1] != '-' &&
         strspn (label, "abcdefghijklmnopqrstuvwxyz0123456789-") == length;
}

/* @domain may be internationalised (RFC 5891); its ASCII form is judged. */
static gboolean
domain_valid (const char *domain,
              gsize      *ascii_length)
{
  g_autofree char *ascii = g_hostname_to_ascii (domain);
  g_autofree char *lower = NULL;
  g_auto (GStrv) labels = NULL;
  guint n;

  if (ascii == NULL)
    return FALSE;

  *ascii_length = strlen (ascii);
  lower = g_ascii_strdown (ascii, -1);
  labels = g_strsplit (lower, ".", -1);
  n = g_strv_length (labels);
  for (guint i = 0; i < n; i++) {
    if (!label_valid (labels[i]))
      return FALSE;
  }

  /* No top-level domain has one letter or begins with a digit, so this
   * refuses IP addresses too. */
  return n >= 2 && strlen (labels[n - 1]) >= 2 && g_ascii_isalpha (labels[n - 1][0]);
}

gboolean
dc_email_valid (const char *email)
{
  const char *at;
  gsize local_length, domain_length;

  if (email == NULL || strlen (email) > EMAIL_MAX || !g_utf8_validate (email, -1, NULL))
    return FALSE;

  at = strrchr (email, '@');
  if (at == NULL)
    return FALSE;
  local_length = (gsize) (at - email);

  return local_valid (email, local_length) &&
         domain_valid (at + 1, &domain_length) &&
         local_length + 1 + domain_length <= EMAIL_MAX;
}

char *
dc_email_mask (const char *email)
{
  const char *at = strrchr (email, '@');

  if (at == NULL || at == email)
    return g_strdup ("…");
  if (at - email < 3)
    return g_strdup_printf ("%c…%s", email[0], at);

  return g_strdup_printf ("%c…%c%s", email[0], at[-1], at);
}

gboolean
dc_phone_valid (const char *phone)
{
  gsize start;
  guint digits = 0;

  if (phone == NULL)
    return FALSE;

  start = strspn (phone, " ");
  if (phone[start] == '+')
    start++;
  for (const char *p = phone + start; *p != '\0'; p++) {
    if (g_ascii_isdigit (*p))
      digits++;
    else if (strchr (digits == 0 ? " (" : " .-/()", *p) == NULL)
      return FALSE;
  }

  return digits >= PHONE_MIN_DIGITS && digits <= PHONE_MAX_DIGITS;
}

char *
dc_phone_mask (const char *phone)
{
  g_autofree char *digits = g_strdup (phone);
  gsize n = 0;
  char *mask;

  for (const char *p = phone; *p != '\0'; p++) {
    if (g_ascii_isdigit (*p))
      digits[n++] = *p;
  }
  digits[n] = '\0';
  mask = g_strconcat ("…", n >= PHONE_MIN_DIGITS ? digits + n - 2 : "", NULL);
  explicit_bzero (digits, n);

  return mask;
}
