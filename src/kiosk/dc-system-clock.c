/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-system-clock.h"

#include "config.h"

#include <string.h>
#include <sys/timex.h>
#include <time.h>

struct _DcSystemClock
{
  GObject parent_instance;

  char    boot_id[37];
};

static void dc_system_clock_iface_init (DcClockInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DcSystemClock, dc_system_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DC_TYPE_CLOCK, dc_system_clock_iface_init))

/* A tablet whose battery ran out wakes up years ago: a time before this
 * program was made was never set. */
static DcClockTrust
trust_of (gint64 utc_us)
{
  struct timex timex = { 0 };

  if (utc_us / G_USEC_PER_SEC < DC_BUILT_NOT_BEFORE)
    return DC_CLOCK_UNKNOWN;
  if (adjtimex (&timex) >= 0 && (timex.status & STA_UNSYNC) == 0)
    return DC_CLOCK_SYNCHRONISED;

  return DC_CLOCK_SET;
}

static void
dc_system_clock_now (DcClock *clock,
                     DcStamp *stamp)
{
  DcSystemClock *self = DC_SYSTEM_CLOCK (clock);
  struct timespec since_boot;
  struct tm local;
  time_t seconds;

  memset (stamp, 0, sizeof *stamp);
  stamp->utc_us = g_get_real_time ();
  seconds = stamp->utc_us / G_USEC_PER_SEC;
  if (localtime_r (&seconds, &local) != NULL)
    stamp->offset_s = (int) local.tm_gmtoff;
  if (clock_gettime (CLOCK_BOOTTIME, &since_boot) == 0)
    stamp->monotonic_us = since_boot.tv_sec * G_USEC_PER_SEC + since_boot.tv_nsec / 1000;
  memcpy (stamp->boot_id, self->boot_id, sizeof stamp->boot_id);
  stamp->trust = trust_of (stamp->utc_us);
}

static void
dc_system_clock_iface_init (DcClockInterface *iface)
{
  iface->now = dc_system_clock_now;
}

static void
dc_system_clock_class_init (DcSystemClockClass *klass)
{
}

static void
dc_system_clock_init (DcSystemClock *self)
{
  g_autofree char *text = NULL;

  if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &text, NULL, NULL))
    g_strlcpy (self->boot_id, g_strstrip (text), sizeof self->boot_id);
}

DcClock *
dc_system_clock_new (void)
{
  return g_object_new (DC_TYPE_SYSTEM_CLOCK, NULL);
}
