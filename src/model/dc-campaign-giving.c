/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-campaign-private.h"

#include <string.h>

#include "dc-reference.h"

#define LINK_MAX 200

/* The names in @variables are what the message lists. */
static gboolean
read_link (DcKeys            *keys,
           const char        *key,
           DcNeed             need,
           const DcVariable  *variables,
           const char       **link,
           GError           **error)
{
  g_autoptr (GString) expected = g_string_new ("an https address, perhaps with the variables");
  const char *found = NULL;
  gsize longest;

  for (const DcVariable *v = variables; v->name != NULL; v++)
    g_string_append_printf (expected, " {%s}", v->name);
  if (!dc_keys_string (keys, "Giving", key, need, dc_is_any, expected->str, &found, error))
    return FALSE;
  if (found == NULL)
    return TRUE;

  longest = dc_template_longest (found, variables);
  if (longest == 0)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, "Giving", key, found,
                           "%s", expected->str);
  if (longest > LINK_MAX)
    return dc_keys_refuse (error, DC_CAMPAIGN_ERROR_VALUE, "Giving", key, found,
                           "at most %d characters at its longest, not %" G_GSIZE_FORMAT,
                           LINK_MAX, longest);
  *link = found;

  return TRUE;
}

static gsize
longest_of (const char * const *texts)
{
  gsize longest = 0;

  for (; *texts != NULL; texts++)
    longest = MAX (longest, strlen (*texts));

  return longest;
}

gboolean
dc_campaign_read_giving (DcCampaign  *self,
                         DcKeys      *keys,
                         GError     **error)
{
  g_autofree char *maximum = dc_money_to_decimal (&self->maximum);
  guint exponent = 0;

  if (!dc_keys_string (keys, "Giving", "Address", DC_NEEDED, dc_is_short_address,
                       "1 to 25 visible ASCII characters", &self->giving_address, error) ||
      !dc_keys_languages (keys, "Giving", "Languages", self->giving_languages, error))
    return FALSE;

  dc_currency_exponent (self->currency, &exponent);
  const DcVariable of_link[] = {
    { "language", longest_of (self->giving_languages) },
    { "interval", strlen ("monthly") },
    { "amount", strcspn (maximum, ".") + (exponent > 0 ? 1 + exponent : 0) },
    { "currency", 3 },
    { "reference", DC_REFERENCE_LENGTH },
    { "campaign", strlen (self->id) },
    { NULL, 0 },
  };
  const DcVariable of_page[] = {
    { "language", longest_of (self->languages) },
    { "campaign", strlen (self->id) },
    { NULL, 0 },
  };

  return dc_keys_go_on (keys, read_link (keys, "Link", DC_NEEDED, of_link,
                                         &self->giving_link, error), error) &&
         dc_keys_go_on (keys, read_link (keys, "Appeal", DC_NEEDED, of_page,
                                         &self->appeal_link, error), error) &&
         dc_keys_go_on (keys, read_link (keys, "Film", DC_OPTIONAL, of_page,
                                         &self->film_link, error), error);
}
