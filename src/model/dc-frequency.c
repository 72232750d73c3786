/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-frequency.h"

#include "dc-enum.h"

static const char * const words[] = {
  [DC_FREQUENCY_ONCE] = "once",
  [DC_FREQUENCY_MONTHLY] = "monthly",
  [DC_FREQUENCY_YEARLY] = "yearly",
};

const char *
dc_frequency_to_string (DcFrequency frequency)
{
  return dc_enum_word (words, G_N_ELEMENTS (words), frequency);
}

gboolean
dc_frequency_from_string (const char  *text,
                          DcFrequency *frequency)
{
  guint index;

  if (!dc_enum_find (words, G_N_ELEMENTS (words), text, &index))
    return FALSE;
  *frequency = index;

  return TRUE;
}

guint
dc_frequency_per_year (DcFrequency frequency)
{
  return frequency == DC_FREQUENCY_MONTHLY ? 12 : 1;
}
