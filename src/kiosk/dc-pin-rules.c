/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-pin-rules.h"

#include "dc-pin.h"

/* data/campaigns/migrants-day/campaign.ini, group [Demo]; a test compares. */
static const char * const demo_pins[] = { "3917", "629405" };

gboolean
dc_pin_rules_refuse (const char *pin)
{
  for (gsize i = 0; i < G_N_ELEMENTS (demo_pins); i++)
    if (g_str_equal (pin, demo_pins[i]))
      return TRUE;

  return dc_pin_is_trivial (pin);
}
