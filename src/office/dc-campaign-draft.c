/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-draft.h"

#include <string.h>

/* The text is worked on line by line and not by GKeyFile, which would lose
 * the order of the languages and move comments. */

#define ID_MAX 64
#define SHOWN_MAX 80

/* "[Group]" gives "Group". (transfer full) (nullable) */
static char *
group_of (const char *line)
{
  g_autofree char *bare = g_strstrip (g_strdup (line));
  gsize length = strlen (bare);

  return length > 2 && bare[0] == '[' && bare[length - 1] == ']' ? g_strndup (bare + 1, length - 2) : NULL;
}

/* The changed line, or NULL where it stays. */
static char *
change_line (const char *group,
             const char *line,
             const char *id)
{
  const char *end = g_str_has_suffix (line, "\r") ? "\r" : "";

  if (g_strcmp0 (group, "Campaign") != 0)
    return NULL;
  if (g_str_has_prefix (line, "Id="))
    return g_strconcat ("Id=", id, end, NULL);
  if (g_str_has_prefix (line, "Demo="))
    return g_strconcat ("Demo=false", end, NULL);

  return NULL;
}

char *
dc_campaign_draft_text (const char *text,
                        const char *id)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *group = NULL;
  char *joined;

  for (gsize i = 0; lines[i] != NULL; i++) {
    char *next = group_of (lines[i]);
    char *changed;

    if (next != NULL) {
      g_free (group);
      group = next;
    }
    if (g_strcmp0 (group, "Demo") == 0)
      continue;
    changed = change_line (group, lines[i], id);
    g_ptr_array_add (kept, changed != NULL ? changed : g_strdup (lines[i]));
  }
  while (kept->len > 0 && g_strcmp0 (kept->pdata[kept->len - 1], "") == 0)
    g_ptr_array_remove_index (kept, kept->len - 1);
  g_ptr_array_add (kept, g_strdup (""));
  g_ptr_array_add (kept, NULL);
  joined = g_strjoinv ("\n", (char **) kept->pdata);

  return joined;
}

static gboolean
holds_address (const char *key,
               const char *value)
{
  return strchr (value, '@') != NULL || strstr (value, "https://") != NULL ||
         strstr (value, "example.org") != NULL ||
         strcmp (key, "Address") == 0 || strcmp (key, "Phone") == 0 ||
         g_str_has_prefix (key, "Coordinator");
}

char **
dc_campaign_draft_addresses (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autofree char *group = NULL;

  for (gsize i = 0; lines[i] != NULL; i++) {
    const char *equals = strchr (lines[i], '=');
    char *next = group_of (lines[i]);

    if (next != NULL) {
      g_free (group);
      group = next;
    } else if (lines[i][0] != '#' && equals != NULL) {
      g_autofree char *key = g_strndup (lines[i], (gsize) (equals - lines[i]));
      g_autofree char *start = g_utf8_substring (lines[i], 0, MIN (g_utf8_strlen (lines[i], -1), SHOWN_MAX));
      g_autofree char *shown = g_strdup_printf ("campaign.ini:%" G_GSIZE_FORMAT ": [%s] %s%s", i + 1,
                                                group != NULL ? group : "", start,
                                                strlen (start) < strlen (lines[i]) ? "…" : "");

      if (holds_address (key, equals + 1))
        g_strv_builder_add (found, shown);
    }
  }

  return g_strv_builder_end (found);
}

char *
dc_campaign_draft_id (const char *name)
{
  g_autoptr (GString) id = g_string_new (NULL);

  for (const char *p = name; *p != '\0' && id->len < ID_MAX; p++) {
    if (g_ascii_isalnum (*p))
      g_string_append_c (id, g_ascii_tolower (*p));
    else if (id->len > 0 && id->str[id->len - 1] != '-')
      g_string_append_c (id, '-');
  }
  if (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);

  return g_strdup (id->len > 0 ? id->str : "campaign");
}
