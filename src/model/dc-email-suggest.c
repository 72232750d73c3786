/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-contact.h"

#include <string.h>

#define DOMAIN_MAX 64

/* What people in Switzerland and its neighbours write after the @, the most
 * frequent first: of two as near, the first is suggested. */
static const char * const common[] = {
  "gmail.com", "bluewin.ch", "gmx.ch", "hotmail.com", "outlook.com",
  "icloud.com", "yahoo.com", "yahoo.fr", "hotmail.fr", "protonmail.com",
  "proton.me", "posteo.ch", "posteo.de", "posteo.net", "sunrise.ch",
  "hispeed.ch", "outlook.fr", "orange.fr", "wanadoo.fr", "laposte.net",
  "free.fr", "sfr.fr", "gmx.net", "gmx.de", "web.de", "t-online.de",
  "googlemail.com", "hotmail.es", "yahoo.es", "outlook.es", "hotmail.ch",
  "outlook.de", "hotmail.it", "libero.it", "yahoo.co.uk", "hotmail.co.uk",
  "live.com", "live.fr", "netplus.ch", "infomaniak.ch", "swissonline.ch",
  "tutanota.com", "protonmail.ch", "romandie.com", "ymail.com", "telefonica.net",
};

/* Real domains a slip away from one above, and those too short to guess at:
 * never "corrected", never suggested. */
static const char * const left_alone[] = {
  "mail.com", "email.com", "me.com", "mac.com", "pm.me", "ik.me", "gmx.com",
  "gmx.at", "gmx.fr", "gmx.li", "hotmail.de", "hotmail.be", "yahoo.de",
  "yahoo.it", "yahoo.ca", "outlook.it", "outlook.be", "live.ch", "live.de",
  "live.it", "live.be", "live.nl", "live.ca", "posteo.org", "posteo.eu",
  "posteo.at", "freenet.de", "love.com", "fmail.com", "tmail.com", "vmail.com",
  "zmail.com",
};

/* Ends that no domain has, and what was meant. */
static const char * const slips[][2] = {
  { ".con", ".com" }, { ".cmo", ".com" }, { ".ocm", ".com" }, { ".vom", ".com" },
  { ".xom", ".com" }, { ".comm", ".com" }, { ".coom", ".com" }, { ".cpm", ".com" },
  { ".c0m", ".com" }, { ".nett", ".net" }, { ".ner", ".net" }, { ".ogr", ".org" },
  { ".prg", ".org" }, { ".orgg", ".org" }, { ".hc", ".ch" }, { ".cch", ".ch" },
  { ".chh", ".ch" }, { ".rf", ".fr" }, { ".ffr", ".fr" },
};

static gboolean
is_one_of (const char * const *domains,
           gsize               n,
           const char         *domain)
{
  for (gsize i = 0; i < n; i++) {
    if (strcmp (domains[i], domain) == 0)
      return TRUE;
  }

  return FALSE;
}

/* Whether one letter more, less or other, or two neighbours swapped, make @b
 * of @a. */
static gboolean
one_slip_apart (const char *a,
                const char *b)
{
  gsize la = strlen (a);
  gsize lb = strlen (b);
  gsize i = 0;

  while (a[i] != '\0' && a[i] == b[i])
    i++;
  if (la == lb + 1)
    return strcmp (a + i + 1, b + i) == 0;
  if (lb == la + 1)
    return strcmp (a + i, b + i + 1) == 0;
  if (la != lb || i == la)
    return FALSE;
  if (strcmp (a + i + 1, b + i + 1) == 0)
    return TRUE;

  return a[i] == b[i + 1] && a[i + 1] == b[i] && strcmp (a + i + 2, b + i + 2) == 0;
}

/* (transfer full) (nullable) @domain with a common slip in its end undone. */
static char *
undo_slip (const char *domain)
{
  for (gsize i = 0; i < G_N_ELEMENTS (slips); i++) {
    if (g_str_has_suffix (domain, slips[i][0]))
      return g_strdup_printf ("%.*s%s",
                              (int) (strlen (domain) - strlen (slips[i][0])), domain,
                              slips[i][1]);
  }

  return NULL;
}

/* (transfer full) (nullable) */
static char *
suggest_domain (const char *domain)
{
  g_autofree char *end_undone = NULL;

  if (is_one_of (common, G_N_ELEMENTS (common), domain) ||
      is_one_of (left_alone, G_N_ELEMENTS (left_alone), domain))
    return NULL;

  end_undone = undo_slip (domain);
  if (end_undone != NULL) {
    g_autofree char *nearer = suggest_domain (end_undone);

    return nearer != NULL ? g_steal_pointer (&nearer) : g_steal_pointer (&end_undone);
  }

  for (gsize i = 0; i < G_N_ELEMENTS (common); i++) {
    if (one_slip_apart (domain, common[i]))
      return g_strdup (common[i]);
  }

  return NULL;
}

char *
dc_email_suggest (const char *email)
{
  const char *at = email != NULL ? strrchr (email, '@') : NULL;
  g_autofree char *domain = NULL;
  g_autofree char *better = NULL;
  g_autofree char *suggestion = NULL;

  if (at == NULL || strlen (at + 1) > DOMAIN_MAX)
    return NULL;

  domain = g_ascii_strdown (at + 1, -1);
  better = suggest_domain (domain);
  if (better == NULL)
    return NULL;

  suggestion = g_strdup_printf ("%.*s@%s", (int) (at - email), email, better);

  return dc_email_valid (suggestion) ? g_steal_pointer (&suggestion) : NULL;
}
