/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-keys.h"

#include <string.h>

/* The two joiners, the soft hyphen and the marks of direction are needed to
 * spell some languages; what overrides direction or is not seen is not. */
gboolean
dc_campaign_char_good (gunichar c)
{
  if (c == 0x200c || c == 0x200d || c == 0x00ad || c == 0x200e || c == 0x200f || c == 0x061c)
    return TRUE;

  switch (g_unichar_type (c)) {
  case G_UNICODE_CONTROL:
  case G_UNICODE_FORMAT:
  case G_UNICODE_LINE_SEPARATOR:
  case G_UNICODE_PARAGRAPH_SEPARATOR:
  case G_UNICODE_SURROGATE:
  case G_UNICODE_PRIVATE_USE:
  case G_UNICODE_UNASSIGNED:
    return FALSE;
  default:
    return TRUE;
  }
}

typedef struct
{
  guint       number;
  const char *group;    /* (nullable) owned by @seen */
  GHashTable *seen;     /* groups, and "group\nkey" */
  guint       n_keys;
} Lines;

static gboolean
refuse_line (GError     **error,
             Lines       *lines,
             const char  *found,
             const char  *expected)
{
  g_autofree char *quoted = dc_keys_quote (found);

  g_set_error (error, DC_CAMPAIGN_ERROR, DC_CAMPAIGN_ERROR_SYNTAX,
               "campaign.ini: line %u: found “%s”, expected %s",
               lines->number, quoted, expected);

  return FALSE;
}

static gboolean
check_group_line (Lines       *lines,
                  const char  *line,
                  GError     **error)
{
  gsize length = strlen (line);
  char *group;

  if (length < 3 || strcspn (line + 1, "[]") != length - 2 || line[length - 1] != ']')
    return refuse_line (error, lines, line, "a group such as [Campaign]");

  group = g_strndup (line + 1, length - 2);
  lines->group = group;
  if (!g_hash_table_add (lines->seen, group))
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_SYNTAX, group, NULL, line,
                           "this group once in the file");

  return TRUE;
}

/* Letters and digits, then perhaps a language in brackets. */
static gboolean
key_well_formed (const char *key)
{
  gsize name = 0;
  gsize length = strlen (key);

  while (g_ascii_isalnum (key[name]))
    name++;
  if (name == 0 || key[name] == '\0')
    return name > 0;

  return key[name] == '[' && key[length - 1] == ']' && length > name + 2 &&
         strcspn (key + name + 1, "[] ") == length - name - 2;
}

static gboolean
check_key_line (Lines       *lines,
                const char  *line,
                GError     **error)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = NULL;

  if (equals == NULL)
    return refuse_line (error, lines, line, "[Group], Key=Value or # and a comment");
  key = g_strchomp (g_strndup (line, (gsize) (equals - line)));
  if (!key_well_formed (key))
    return refuse_line (error, lines, line, "a key such as Name= or Name[fr]=");
  if (lines->group == NULL)
    return refuse_line (error, lines, line, "a group such as [Campaign] before the first key");

  lines->n_keys++;
  if (!g_hash_table_add (lines->seen, g_strconcat (lines->group, "\n", key, NULL)))
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_SYNTAX, lines->group, key, equals + 1,
                           "this key once in its group");

  return TRUE;
}

static gboolean
check_line (Lines   *lines,
            char    *line,
            GError **error)
{
  if (g_str_has_suffix (line, "\r"))
    line[strlen (line) - 1] = '\0';

  for (const char *p = line; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!dc_campaign_char_good (g_utf8_get_char (p)))
      return refuse_line (error, lines, line, "no control characters");
  }

  line = g_strstrip (line);
  if (line[0] == '\0' || line[0] == '#')
    return TRUE;

  return line[0] == '[' ? check_group_line (lines, line, error)
                        : check_key_line (lines, line, error);
}

static gboolean
check_text_line (Lines   *lines,
                 char    *line,
                 GError **error)
{
  if (!g_utf8_validate (line, -1, NULL))
    return refuse_line (error, lines, line, "UTF-8");

  return check_line (lines, line, error);
}

gboolean
dc_campaign_check_lines (const char  *data,
                         gsize        length,
                         guint       *n_keys,
                         GPtrArray   *problems,
                         GError     **error)
{
  guint n_before = problems != NULL ? problems->len : 0;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = g_strndup (data, length);
  g_auto (GStrv) split = g_strsplit (text, "\n", -1);
  Lines lines = { .seen = seen };

  for (gsize i = 0; split[i] != NULL; i++) {
    lines.number = (guint) i + 1;
    if (check_text_line (&lines, split[i], error))
      continue;
    if (problems == NULL)
      return FALSE;
    g_ptr_array_add (problems, g_strdup ((*error)->message));
    g_clear_error (error);
  }

  /* g_strndup () stops at a NUL. */
  lines.number = 1;
  if (strlen (text) != length)
    return refuse_line (error, &lines, "\\0", "text without NUL bytes");
  *n_keys = lines.n_keys;

  return problems == NULL || problems->len == n_before;
}
