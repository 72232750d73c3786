/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-system-clock.h"

#include "config.h"

#include <sys/timex.h>
#include <time.h>

/* A test cannot set the machine's clock. These two take the place of the
 * libraries' own and answer as the machine does, until told otherwise. */
static gint64 shift_s;
static int timex_status = -1;

gint64
g_get_real_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_REALTIME, &now);

  return (now.tv_sec + shift_s) * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

int
adjtimex (struct timex *timex)
{
  int state = clock_adjtime (CLOCK_REALTIME, timex);

  if (timex_status >= 0)
    timex->status = timex_status;

  return timex_status >= 0 ? TIME_OK : state;
}

static void
now (DcStamp *stamp)
{
  g_autoptr (DcClock) clock = dc_system_clock_new ();

  dc_clock_now (clock, stamp);
}

/* Puts the clock at @utc_s. */
static void
set_clock (gint64 utc_s)
{
  shift_s = 0;
  shift_s = utc_s - g_get_real_time () / G_USEC_PER_SEC;
}

static void
test_time (void)
{
  gint64 before = g_get_real_time ();
  DcStamp stamp;

  now (&stamp);
  g_assert_cmpint (stamp.utc_us, >=, before);
  g_assert_cmpint (stamp.utc_us, <=, g_get_real_time ());
}

static void
test_trust_unknown (void)
{
  DcStamp stamp;

  timex_status = 0;
  set_clock (0);
  now (&stamp);
  g_assert_cmpuint (stamp.trust, ==, DC_CLOCK_UNKNOWN);
  set_clock (DC_BUILT_NOT_BEFORE - 60);
  now (&stamp);
  g_assert_cmpuint (stamp.trust, ==, DC_CLOCK_UNKNOWN);
  shift_s = 0;
  timex_status = -1;
}

static void
test_trust (void)
{
  DcStamp stamp;

  set_clock (DC_BUILT_NOT_BEFORE + 60);
  timex_status = STA_UNSYNC;
  now (&stamp);
  g_assert_cmpuint (stamp.trust, ==, DC_CLOCK_SET);
  timex_status = STA_PLL;
  now (&stamp);
  g_assert_cmpuint (stamp.trust, ==, DC_CLOCK_SYNCHRONISED);
  shift_s = 0;
  timex_status = -1;
}

/* Whatever this machine says of itself. */
static void
test_trust_real (void)
{
  struct timex timex = { 0 };
  DcStamp stamp;

  set_clock (DC_BUILT_NOT_BEFORE + 60);
  now (&stamp);
  if (clock_adjtime (CLOCK_REALTIME, &timex) >= 0 && (timex.status & STA_UNSYNC) == 0)
    g_assert_cmpuint (stamp.trust, ==, DC_CLOCK_SYNCHRONISED);
  else
    g_assert_cmpuint (stamp.trust, ==, DC_CLOCK_SET);
  shift_s = 0;
}

static void
test_boot_id (void)
{
  g_autofree char *boot_id = NULL;
  DcStamp one, two;

  g_assert_true (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot_id, NULL, NULL));
  now (&one);
  now (&two);
  g_assert_cmpstr (one.boot_id, ==, g_strstrip (boot_id));
  g_assert_true (g_uuid_string_is_valid (one.boot_id));
  g_assert_cmpstr (two.boot_id, ==, one.boot_id);
}

static gint64
read_clock (clockid_t id)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (id, &time), ==, 0);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* A tablet sleeps, and its staff gate must not. */
static void
test_suspended_time_counts (void)
{
  gint64 before = read_clock (CLOCK_BOOTTIME);
  DcStamp one, two;

  now (&one);
  set_clock (0);
  now (&two);
  shift_s = 0;
  g_assert_cmpint (one.monotonic_us, >=, before);
  g_assert_cmpint (two.monotonic_us, >=, one.monotonic_us);
  g_assert_cmpint (two.monotonic_us, <=, read_clock (CLOCK_BOOTTIME));
}

static void
assert_offset (const char *zone,
               int         seconds)
{
  DcStamp stamp;

  g_setenv ("TZ", zone, TRUE);
  tzset ();
  now (&stamp);
  g_assert_cmpint (stamp.offset_s, ==, seconds);
}

static void
test_offset (void)
{
  /* POSIX counts them the other way. */
  assert_offset ("AAA-5:30", 19800);
  assert_offset ("BBB3", -10800);
  assert_offset ("UTC0", 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/system-clock/tells-the-time", test_time);
  g_test_add_func ("/system-clock/knows-a-time-before-it-was-made-is-wrong", test_trust_unknown);
  g_test_add_func ("/system-clock/knows-set-from-synchronised", test_trust);
  g_test_add_func ("/system-clock/asks-the-kernel", test_trust_real);
  g_test_add_func ("/system-clock/names-the-boot", test_boot_id);
  g_test_add_func ("/system-clock/counts-on-while-the-tablet-sleeps", test_suspended_time_counts);
  g_test_add_func ("/system-clock/knows-the-offset", test_offset);

  return g_test_run ();
}
