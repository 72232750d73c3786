/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-keys.h"

#include <string.h>

static gboolean
read_string (DcKeys      *keys,
             const char  *group,
             const char  *key,
             DcNeed       need,
             DcCheck      check,
             const char  *expected,
             const char **value,
             GError     **error)
{
  g_autofree char *found = NULL;

  if (!dc_keys_value (keys, group, key, need, expected, &found, error))
    return FALSE;
  if (found == NULL)
    return TRUE;
  if (!check (found))
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found, "%s", expected);
  *value = g_string_chunk_insert (keys->strings, found);

  return TRUE;
}

gboolean
dc_keys_string (DcKeys      *keys,
                const char  *group,
                const char  *key,
                DcNeed       need,
                DcCheck      check,
                const char  *expected,
                const char **value,
                GError     **error)
{
  return dc_keys_go_on (keys, read_string (keys, group, key, need, check, expected, value, error), error);
}

static gboolean
get_text (DcKeys      *keys,
          const char  *group,
          const char  *key,
          DcNeed       need,
          guint        max_chars,
          const char **text,
          GError     **error)
{
  g_autofree char *expected = g_strdup_printf ("a text of 1 to %u characters", max_chars);
  g_autofree char *found = NULL;
  glong n_chars;

  if (!dc_keys_value (keys, group, key, need, expected, &found, error))
    return FALSE;
  if (found == NULL)
    return TRUE;

  n_chars = g_utf8_strlen (found, -1);
  if (n_chars < 1 || n_chars > (glong) max_chars)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found,
                           "1 to %u characters, not %ld", max_chars, n_chars);
  *text = g_string_chunk_insert (keys->strings, found);

  return TRUE;
}

/* The text in the language @i, which needs one in the first too. */
static gboolean
get_localised (DcKeys      *keys,
               const char  *group,
               const char  *key,
               guint        i,
               guint        max_chars,
               DcTexts     *texts,
               GError     **error)
{
  g_autofree char *localised = g_strdup_printf ("%s[%s]", key, keys->languages[i]);

  if (!get_text (keys, group, localised, DC_OPTIONAL, max_chars, &texts->in[i], error))
    return FALSE;

  return texts->in[0] != NULL || texts->in[i] == NULL ||
         dc_keys_refuse (error, DC_CAMPAIGN_ERROR_MISSING, group, key, NULL,
                         "the text in %s too, as it is there in %s",
                         keys->languages[0], keys->languages[i]);
}

gboolean
dc_keys_texts (DcKeys      *keys,
               const char  *group,
               const char  *key,
               DcNeed       need,
               guint        max_chars,
               DcTexts     *texts,
               GError     **error)
{
  if (!get_text (keys, group, key, need, max_chars, &texts->in[0], error)) {
    if (!dc_keys_go_on (keys, FALSE, error))
      return FALSE;
    texts->in[0] = "";   /* told already, and the others need one */
  }

  for (guint i = 1; i < keys->n_languages; i++) {
    g_autofree char *localised = g_strdup_printf ("%s[%s]", key, keys->languages[i]);

    if (!dc_keys_go_on (keys, get_localised (keys, group, key, i, max_chars, texts, error), error))
      return FALSE;
    if (texts->in[0] != NULL && texts->in[i] == NULL)
      g_ptr_array_add (keys->missing[i],
                       g_strdup_printf ("campaign.ini: [%s] %s", group, localised));
  }

  return TRUE;
}

static gboolean
read_number (DcKeys      *keys,
             const char  *group,
             const char  *key,
             guint        minimum,
             guint        maximum,
             guint       *number,
             GError     **error)
{
  g_autofree char *expected = g_strdup_printf ("a whole number from %u to %u", minimum, maximum);
  g_autofree char *found = NULL;
  guint64 value;

  if (!dc_keys_value (keys, group, key, DC_NEEDED, expected, &found, error))
    return FALSE;
  if (found[0] == '0' || !g_ascii_string_to_unsigned (found, 10, minimum, maximum, &value, NULL))
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found, "%s", expected);
  *number = (guint) value;

  return TRUE;
}

gboolean
dc_keys_number (DcKeys      *keys,
                const char  *group,
                const char  *key,
                guint        minimum,
                guint        maximum,
                guint       *number,
                GError     **error)
{
  return dc_keys_go_on (keys, read_number (keys, group, key, minimum, maximum, number, error), error);
}

static gboolean
read_boolean (DcKeys      *keys,
              const char  *group,
              const char  *key,
              gboolean    *value,
              GError     **error)
{
  g_autofree char *found = NULL;

  if (!dc_keys_value (keys, group, key, DC_NEEDED, "true or false", &found, error))
    return FALSE;
  if (strcmp (found, "true") != 0 && strcmp (found, "false") != 0)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found, "true or false");
  *value = found[0] == 't';

  return TRUE;
}

gboolean
dc_keys_boolean (DcKeys      *keys,
                 const char  *group,
                 const char  *key,
                 gboolean    *value,
                 GError     **error)
{
  return dc_keys_go_on (keys, read_boolean (keys, group, key, value, error), error);
}

static gboolean
read_money (DcKeys      *keys,
            const char  *group,
            const char  *key,
            const char  *currency,
            DcMoney     *money,
            GError     **error)
{
  g_autofree char *found = NULL;
  g_autofree char *expected = NULL;
  guint exponent = 0;

  dc_currency_exponent (currency, &exponent);
  expected = g_strdup_printf ("an amount in %s above 0 with at most %u decimals",
                              currency, exponent);
  if (!dc_keys_value (keys, group, key, DC_NEEDED, expected, &found, error))
    return FALSE;
  if (!dc_money_parse (money, found, currency, NULL) || money->minor == 0)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found, "%s", expected);

  return TRUE;
}

gboolean
dc_keys_money (DcKeys      *keys,
               const char  *group,
               const char  *key,
               const char  *currency,
               DcMoney     *money,
               GError     **error)
{
  return dc_keys_go_on (keys, read_money (keys, group, key, currency, money, error), error);
}

static gboolean
read_languages (DcKeys      *keys,
                const char  *group,
                const char  *key,
                const char  *languages[DC_LANGUAGES_MAX + 1],
                GError     **error)
{
  static const char expected[] = "1 to 12 different language tags such as en;fr;pt-BR";
  g_autofree char *found = NULL;
  g_auto (GStrv) tags = NULL;
  guint n = 0;

  if (!dc_keys_value (keys, group, key, DC_NEEDED, expected, &found, error))
    return FALSE;

  tags = g_strsplit (found, ";", DC_LANGUAGES_MAX + 2);
  for (guint i = 0; tags[i] != NULL; i++) {
    if (tags[i][0] == '\0' && n > 0 && tags[i + 1] == NULL)
      break;   /* GKeyFile ends its lists with a semicolon */
    if (n == DC_LANGUAGES_MAX || !dc_is_language (tags[i]) ||
        g_strv_contains (languages, tags[i]))
      return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found, "%s", expected);
    languages[n++] = g_string_chunk_insert (keys->strings, tags[i]);
    languages[n] = NULL;
  }

  return n > 0 ||
         dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, group, key, found, "%s", expected);
}

gboolean
dc_keys_languages (DcKeys      *keys,
                   const char  *group,
                   const char  *key,
                   const char  *languages[DC_LANGUAGES_MAX + 1],
                   GError     **error)
{
  return dc_keys_go_on (keys, read_languages (keys, group, key, languages, error), error);
}
