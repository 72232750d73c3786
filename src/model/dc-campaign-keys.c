/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-keys.h"

#include <string.h>

/* GKeyFile does the splitting and unescaping. It is lenient by design: it
 * merges groups and keys that come twice, keeps what nobody asks for, and
 * reads "12abc" as 12. So the raw text is checked before it, each value is
 * checked as a string here, and what was never asked for is refused in the
 * end. */

#define FILE_MAX (256 * 1024)
#define FOUND_MAX 60

char *
dc_keys_quote (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) quoted = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (n++ == FOUND_MAX) {
      g_string_append (quoted, "…");
      break;
    }
    g_string_append_unichar (quoted, dc_campaign_char_good (c) ? c : 0xfffd);
  }

  return g_string_free (g_steal_pointer (&quoted), FALSE);
}

gboolean
dc_keys_refuse (GError          **error,
                DcCampaignError   code,
                const char       *group,
                const char       *key,
                const char       *found,
                const char       *format,
                ...)
{
  g_autofree char *quoted = found != NULL ? dc_keys_quote (found) : NULL;
  g_autofree char *short_group = dc_keys_quote (group);
  g_autofree char *short_key = key != NULL ? dc_keys_quote (key) : NULL;
  g_autofree char *expected = NULL;
  va_list args;

  va_start (args, format);
  expected = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, DC_CAMPAIGN_ERROR, code,
               "campaign.ini: [%s]%s%s: found %s%s%s, expected %s",
               short_group, key != NULL ? " " : "", key != NULL ? short_key : "",
               found != NULL ? "“" : "", found != NULL ? quoted : "nothing",
               found != NULL ? "”" : "", expected);

  return FALSE;
}

/* How many keys GKeyFile sees, to hold against what stands in the text. */
static guint
count_keys (GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  guint n_keys = 0;

  for (gsize i = 0; groups[i] != NULL; i++) {
    g_auto (GStrv) keys = g_key_file_get_keys (file, groups[i], NULL, NULL);

    n_keys += g_strv_length (keys);
  }

  return n_keys;
}

static gboolean
load (DcKeys      *keys,
      const char  *data,
      gsize        length,
      GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  guint n_keys = 0;

  if (!dc_campaign_check_lines (data, length, &n_keys, keys->problems, error))
    return FALSE;
  if (!g_key_file_load_from_data (keys->file, data, length,
                                  G_KEY_FILE_KEEP_TRANSLATIONS, &local_error)) {
    g_set_error (error, DC_CAMPAIGN_ERROR, DC_CAMPAIGN_ERROR_SYNTAX,
                 "campaign.ini: expected a key file: %s", local_error->message);
    return FALSE;
  }
  if (count_keys (keys->file) != n_keys) {
    g_set_error (error, DC_CAMPAIGN_ERROR, DC_CAMPAIGN_ERROR_SYNTAX,
                 "campaign.ini: found %u keys, expected %u",
                 count_keys (keys->file), n_keys);
    return FALSE;
  }

  return TRUE;
}

gboolean
dc_keys_open (DcKeys      *keys,
              const char  *data,
              gsize        length,
              GError     **error)
{
  static const char mark[] = "\xef\xbb\xbf";   /* Windows editors write it */

  keys->file = g_key_file_new ();
  keys->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (length == 0 || length > FILE_MAX) {
    g_set_error (error, DC_CAMPAIGN_ERROR, DC_CAMPAIGN_ERROR_SYNTAX,
                 "campaign.ini: found %" G_GSIZE_FORMAT " bytes, expected 1 to %d",
                 length, FILE_MAX);
    return FALSE;
  }
  if (length >= strlen (mark) && memcmp (data, mark, strlen (mark)) == 0) {
    data += strlen (mark);
    length -= strlen (mark);
  }

  return load (keys, data, length, error);
}

void
dc_keys_close (DcKeys *keys)
{
  g_clear_pointer (&keys->file, g_key_file_unref);
  g_clear_pointer (&keys->known, g_hash_table_unref);
}

gboolean
dc_keys_has_group (DcKeys     *keys,
                   const char *group)
{
  return g_key_file_has_group (keys->file, group);
}

gboolean
dc_keys_has_key (DcKeys     *keys,
                 const char *group,
                 const char *key)
{
  g_hash_table_add (keys->known, g_strdup (group));
  g_hash_table_add (keys->known, g_strconcat (group, "\n", key, NULL));

  return g_key_file_has_key (keys->file, group, key, NULL);
}

gboolean
dc_keys_go_on (DcKeys    *keys,
               gboolean   good,
               GError   **error)
{
  if (good || keys->problems == NULL)
    return good;

  /* Without a message, the lines were told one by one. */
  if (*error != NULL)
    g_ptr_array_add (keys->problems, g_strdup ((*error)->message));
  g_clear_error (error);

  return TRUE;
}

/* What holds of every value, whatever it means. */
static gboolean
is_clean (const char  *value,
          const char **expected)
{
  g_autofree char *composed = g_utf8_normalize (value, -1, G_NORMALIZE_NFC);
  gsize length = strlen (value);

  *expected = "no control characters";
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p)) {
    if (!dc_campaign_char_good (g_utf8_get_char (p)))
      return FALSE;
  }

  *expected = "no blanks before or after it";
  if (length > 0 && (value[0] == ' ' || value[length - 1] == ' '))
    return FALSE;

  *expected = "composed characters (Unicode NFC)";

  return strcmp (value, composed) == 0;
}

gboolean
dc_keys_value (DcKeys      *keys,
               const char  *group,
               const char  *key,
               DcNeed       need,
               const char  *expected,
               char       **value,
               GError     **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *raw = NULL;
  const char *clean;

  if (!dc_keys_has_key (keys, group, key)) {
    return need == DC_OPTIONAL ||
           dc_keys_refuse (error, DC_CAMPAIGN_ERROR_MISSING, group, key, NULL, "%s", expected);
  }

  /* Of an escape it does not know GLib returns both a value and an error. */
  *value = g_key_file_get_string (keys->file, group, key, &local_error);
  if (*value == NULL || local_error != NULL) {
    raw = g_key_file_get_value (keys->file, group, key, NULL);
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, raw,
                           "no backslash but in \\\\ and \\s");
  }
  if (!is_clean (*value, &clean))
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, *value, "%s", clean);

  return TRUE;
}

static gboolean
refuse_unknown_group (const char  *group,
                      GError     **error)
{
  g_autofree char *found = g_strdup_printf ("[%s]", group);
  const char *expected = "a group of campaign.ini's format 1";

  if (g_str_has_prefix (group, "Story "))
    expected = "[Story 1] to at most [Story 8] without gaps";
  else if (g_str_has_prefix (group, "Monthly ") || g_str_has_prefix (group, "Once "))
    expected = "presets 1 to at most 5 without gaps";
  else if (strcmp (group, "Demo") == 0)
    expected = "no such group where Demo=false";

  return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_UNKNOWN, group, NULL, found, "%s", expected);
}

static gboolean
refuse_unknown_key (DcKeys      *keys,
                    const char  *group,
                    const char  *key,
                    GError     **error)
{
  g_autofree char *value = g_key_file_get_value (keys->file, group, key, NULL);
  g_autofree char *others = g_strjoinv (", ", (char **) keys->languages + 1);

  if (strchr (key, '[') == NULL)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_UNKNOWN, group, key, value,
                           "a key of this group");

  return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_UNKNOWN, group, key, value,
                         "a text key in one of the other languages (%s)",
                         others[0] != '\0' ? others : "there are none");
}

gboolean
dc_keys_all_known (DcKeys  *keys,
                   GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (keys->file, NULL);

  for (gsize i = 0; groups[i] != NULL; i++) {
    g_auto (GStrv) names = g_key_file_get_keys (keys->file, groups[i], NULL, NULL);

    if (!g_hash_table_contains (keys->known, groups[i])) {
      if (!dc_keys_go_on (keys, refuse_unknown_group (groups[i], error), error))
        return FALSE;
      continue;
    }
    for (gsize j = 0; names[j] != NULL; j++) {
      g_autofree char *path = g_strconcat (groups[i], "\n", names[j], NULL);

      if (!g_hash_table_contains (keys->known, path) &&
          !dc_keys_go_on (keys, refuse_unknown_key (keys, groups[i], names[j], error), error))
        return FALSE;
    }
  }

  return TRUE;
}
