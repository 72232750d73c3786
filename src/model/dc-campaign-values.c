/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-keys.h"

#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static gboolean
is_made_of (const char *value,
            const char *characters,
            gsize       minimum,
            gsize       maximum)
{
  gsize length = strlen (value);

  return length >= minimum && length <= maximum && strspn (value, characters) == length;
}

/* Where the caller looks closer. */
gboolean
dc_is_any (const char *value)
{
  return TRUE;
}

gboolean
dc_is_slug (const char *value)
{
  return is_made_of (value, LOWER DIGITS "-", 1, 64);
}

/* BCP 47, section 2.1, in its recommended case: language, script, region. */
gboolean
dc_is_language (const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "-", 4);
  guint n = g_strv_length (parts);
  guint i = 1;

  if (n == 0 || !is_made_of (parts[0], LOWER, 2, 3))
    return FALSE;
  if (i < n && strlen (parts[i]) == 4) {
    if (strchr (UPPER, parts[i][0]) == NULL || !is_made_of (parts[i] + 1, LOWER, 3, 3))
      return FALSE;
    i++;
  }
  if (i < n && (is_made_of (parts[i], UPPER, 2, 2) || is_made_of (parts[i], DIGITS, 3, 3)))
    i++;

  return i == n;
}

/* GLib also takes rules such as "CET-1CEST", which other readers of the same
 * pack would not; and a name must not climb out of the database's folder. */
gboolean
dc_is_time_zone (const char *value)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (strcmp (value, "UTC") == 0)
    return TRUE;
  if (!is_made_of (value, LOWER UPPER DIGITS "_+-/", 1, 64) ||
      !g_ascii_isalpha (value[0]) || strchr (value, '/') == NULL)
    return FALSE;
  zone = g_time_zone_new_identifier (value);

  return zone != NULL;
}

gboolean
dc_is_currency (const char *value)
{
  guint exponent;

  return dc_currency_exponent (value, &exponent);
}

/* RFC 3339, section 5.6: full-date */
gboolean
dc_is_date (const char *value)
{
  g_auto (GStrv) parts = NULL;

  if (!is_made_of (value, DIGITS "-", 10, 10) || value[4] != '-' || value[7] != '-')
    return FALSE;
  parts = g_strsplit (value, "-", 3);
  if (!is_made_of (parts[0], DIGITS, 4, 4) || !is_made_of (parts[1], DIGITS, 2, 2) ||
      !is_made_of (parts[2], DIGITS, 2, 2))
    return FALSE;

  return g_date_valid_dmy ((GDateDay) g_ascii_strtoull (parts[2], NULL, 10),
                           (GDateMonth) g_ascii_strtoull (parts[1], NULL, 10),
                           (GDateYear) g_ascii_strtoull (parts[0], NULL, 10));
}

gboolean
dc_is_picture_name (const char *value)
{
  return is_made_of (value, LOWER DIGITS "._-", 5, 64) && value[0] != '.' &&
         (g_str_has_suffix (value, ".svg") || g_str_has_suffix (value, ".png"));
}

gboolean
dc_is_pin (const char *value)
{
  return is_made_of (value, DIGITS, 4, 12);
}

gboolean
dc_is_short_address (const char *value)
{
  gsize length = strlen (value);

  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isgraph (value[i]))
      return FALSE;
  }

  return length >= 1 && length <= 25;
}

gboolean
dc_is_web_address (const char *value)
{
  static const DcVariable none[] = { { NULL, 0 } };
  gsize longest = dc_template_longest (value, none);

  return longest > 0 && longest <= 200;
}

/* Characters of a template outside expressions that a URI knows (RFC 3986). */
static gboolean
is_literal (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~:/?#[]@!$&'()*+,;=%", c) != NULL);
}

/* "https://" and a host name that no variable and no user name is part of. */
static gsize
https_host (const char *text)
{
  static const char scheme[] = "https://";
  const char *host = text + strlen (scheme);
  gsize length;

  if (!g_str_has_prefix (text, scheme))
    return 0;
  length = strspn (host, LOWER UPPER DIGITS ".-");
  if (length == 0 || !g_ascii_isalnum (host[0]) || !g_ascii_isalnum (host[length - 1]))
    return 0;
  if (host[length] != '\0' && strchr ("/?#:{", host[length]) == NULL)
    return 0;
  /* "{/x}", "{?x}" and "{#x}" end the host as "/" does; "{x}" goes on in it. */
  if (host[length] == '{' && strchr ("/?#", host[length + 1]) == NULL)
    return 0;

  return strlen (scheme) + length;
}

static const DcVariable *
find_variable (const DcVariable *variables,
               const char       *name,
               gsize             length)
{
  for (; variables->name != NULL; variables++) {
    if (strlen (variables->name) == length && strncmp (variables->name, name, length) == 0)
      return variables;
  }

  return NULL;
}

/* One "{…}" from after its brace. Returns where it ends, NULL: malformed. */
static const char *
expression_longest (const char       *p,
                    const DcVariable *variables,
                    gsize            *longest)
{
  gboolean named = *p != '\0' && strchr (";?&", *p) != NULL;

  if (*p != '\0' && strchr ("+#./;?&", *p) != NULL)
    p++;
  do {
    gsize length = strcspn (p, ",}");
    const DcVariable *variable = find_variable (variables, p, length);

    if (variable == NULL)
      return NULL;
    /* a separator or the first sign, perhaps "name=", the value */
    *longest += 1 + (named ? length + 1 : 0) + variable->longest;
    p += length;
  } while (*p++ == ',');

  return p[-1] == '}' ? p : NULL;
}

gsize
dc_template_longest (const char       *text,
                     const DcVariable *variables)
{
  gsize longest = https_host (text);
  const char *p = text + longest;

  if (longest == 0)
    return 0;

  while (*p != '\0') {
    if (*p == '{')
      p = expression_longest (p + 1, variables, &longest);
    else if (is_literal (*p++))
      longest++;
    else
      return 0;
    if (p == NULL)
      return 0;
  }

  return longest;
}
