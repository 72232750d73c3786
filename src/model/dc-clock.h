/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DcClockTrust:
 * @DC_CLOCK_SYNCHRONISED: the kernel says that a time server keeps it
 * @DC_CLOCK_SET: plausible, but nobody vouches for it
 * @DC_CLOCK_UNKNOWN: before this program was built: never set
 */
typedef enum
{
  DC_CLOCK_SYNCHRONISED,
  DC_CLOCK_SET,
  DC_CLOCK_UNKNOWN,
} DcClockTrust;

/**
 * DcStamp:
 * @utc_us: microseconds since 1970 in UTC
 * @offset_s: seconds that the local time is ahead of UTC
 * @boot_id: of this boot, a UUID in text; empty where unknown
 * @monotonic_us: microseconds since boot, suspended time included
 * @trust: what the clock is worth
 *
 * A moment, as the tablet knows it. Never decides identity or order.
 */
typedef struct
{
  gint64       utc_us;
  gint         offset_s;
  char         boot_id[37];
  gint64       monotonic_us;
  DcClockTrust trust;
} DcStamp;

const char *dc_clock_trust_to_string   (DcClockTrust   trust);
gboolean    dc_clock_trust_from_string (const char    *text,
                                        DcClockTrust  *trust);
/* "2026-12-18" in @time_zone (IANA name); NULL where there is no such zone, or
 * the year is not 1 to 9999. (transfer full) (nullable) */
char       *dc_stamp_day               (const DcStamp *stamp,
                                        const char    *time_zone);

/* Where the time comes from: the system's clock, or a test's. */
#define DC_TYPE_CLOCK (dc_clock_get_type ())
G_DECLARE_INTERFACE (DcClock, dc_clock, DC, CLOCK, GObject)

struct _DcClockInterface
{
  GTypeInterface parent_iface;

  void (*now) (DcClock *self,
               DcStamp *stamp);
};

/* Callable from any thread. */
void dc_clock_now (DcClock *self,
                   DcStamp *stamp);

G_END_DECLS
