/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destination-values.h"

#include <string.h>

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

#define NAME_MAX_CHARACTERS 60
#define PATH_MAX_BYTES      512
#define ADDRESS_MAX_BYTES   400
#define HOST_MAX_BYTES      253   /* RFC 1035, section 2.3.4, as it is written */
#define HOSTS_MAX           8

static gboolean
is_made_of (const char *value,
            const char *characters,
            gsize       minimum,
            gsize       maximum)
{
  gsize length = strlen (value);

  return length >= minimum && length <= maximum && strspn (value, characters) == length;
}

gboolean
dc_is_destination_name (const char *value)
{
  glong length = g_utf8_strlen (value, -1);

  return length >= 1 && length <= NAME_MAX_CHARACTERS;
}

static gboolean
has_dots (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);

  return g_strv_contains ((const char * const *) parts, ".") ||
         g_strv_contains ((const char * const *) parts, "..");
}

gboolean
dc_is_destination_path (const char *value)
{
  return value[0] == '/' && value[1] != '\0' && strlen (value) <= PATH_MAX_BYTES && !has_dots (value);
}

/* Of a name or an IPv4 address. */
static gboolean
is_host (const char *value,
         gsize       length)
{
  return length >= 1 && length <= HOST_MAX_BYTES && strspn (value, LOWER UPPER DIGITS ".-") >= length &&
         g_ascii_isalnum (value[0]) && g_ascii_isalnum (value[length - 1]);
}

/* RFC 3986, section 3.3; no control character, not even an encoded one. */
static gboolean
is_url_path (const char *path)
{
  for (const char *p = path; *p != '\0'; p++) {
    if (*p == '%') {
      if (!g_ascii_isxdigit (p[1]) || !g_ascii_isxdigit (p[2]) || p[1] < '2' || g_ascii_strncasecmp (p, "%7f", 3) == 0)
        return FALSE;
      p += 2;
    } else if (!g_ascii_isalnum (*p) && strchr ("-._~!$&'()*+,;=:@/", *p) == NULL) {
      return FALSE;
    }
  }

  return strstr (path, "//") == NULL && !has_dots (path);
}

gboolean
dc_is_destination_address (const char *value)
{
  static const char scheme[] = "https://";
  const char *host = value + strlen (scheme);
  const char *path;
  gsize length;

  if (!g_str_has_prefix (value, scheme) || strlen (value) > ADDRESS_MAX_BYTES || !g_str_has_suffix (value, "/"))
    return FALSE;
  length = strcspn (host, "/:");
  if (!is_host (host, length))
    return FALSE;

  path = strchr (host, '/');
  if (path == NULL)
    return FALSE;
  if (host[length] == ':') {
    g_autofree char *port = g_strndup (host + length + 1, (gsize) (path - host) - length - 1);

    if (!dc_is_destination_port (port))
      return FALSE;
  }

  return is_url_path (path);
}

gboolean
dc_is_destination_hosts (const char *value)
{
  g_auto (GStrv) hosts = g_strsplit (value, ";", HOSTS_MAX + 1);
  guint n = g_strv_length (hosts);

  for (guint i = 0; i < n; i++) {
    if (!is_host (hosts[i], strlen (hosts[i])))
      return FALSE;
    for (guint j = 0; j < i; j++) {
      if (g_ascii_strcasecmp (hosts[i], hosts[j]) == 0)
        return FALSE;
    }
  }

  return n >= 1 && n <= HOSTS_MAX;
}

/* One spelling for one number: no sign, no leading zero. */
gboolean
dc_is_destination_port (const char *value)
{
  return is_made_of (value, DIGITS, 1, 5) && value[0] != '0' && g_ascii_strtoull (value, NULL, 10) <= 65535;
}

gboolean
dc_is_destination_database (const char *value)
{
  return is_made_of (value, LOWER DIGITS "_-", 1, 63);
}

gboolean
dc_is_destination_authority (const char *value)
{
  return is_made_of (value, LOWER DIGITS "._-", 5, 64) && value[0] != '.' && g_str_has_suffix (value, ".pem");
}
