/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-clock.h"

#include "dc-enum.h"

G_DEFINE_INTERFACE (DcClock, dc_clock, G_TYPE_OBJECT)

static const char * const words[] = {
  [DC_CLOCK_SYNCHRONISED] = "synchronised",
  [DC_CLOCK_SET] = "set",
  [DC_CLOCK_UNKNOWN] = "unknown",
};

static void
dc_clock_default_init (DcClockInterface *iface)
{
}

void
dc_clock_now (DcClock *self,
              DcStamp *stamp)
{
  g_return_if_fail (DC_IS_CLOCK (self));

  DC_CLOCK_GET_IFACE (self)->now (self, stamp);
}

const char *
dc_clock_trust_to_string (DcClockTrust trust)
{
  return dc_enum_word (words, G_N_ELEMENTS (words), trust);
}

gboolean
dc_clock_trust_from_string (const char   *text,
                            DcClockTrust *trust)
{
  guint index;

  if (!dc_enum_find (words, G_N_ELEMENTS (words), text, &index))
    return FALSE;
  *trust = index;

  return TRUE;
}

char *
dc_stamp_day (const DcStamp *stamp,
              const char    *time_zone)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (time_zone);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;

  if (zone == NULL)
    return NULL;

  utc = g_date_time_new_from_unix_utc (stamp->utc_us / G_USEC_PER_SEC);
  if (utc != NULL)
    local = g_date_time_to_timezone (utc, zone);
  if (local == NULL)
    return NULL;

  /* Not g_date_time_format (): some locales have digits of their own. */
  return g_strdup_printf ("%04d-%02d-%02d",
                          g_date_time_get_year (local),
                          g_date_time_get_month (local),
                          g_date_time_get_day_of_month (local));
}
