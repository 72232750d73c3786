/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shift.h"

#include <string.h>

#include "dc-clock.h"
#include "dc-volunteer-code.h"

/* The input is shift.ini: refused, or what would be written again. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

#define FUZZ_TYPE_CLOCK (fuzz_clock_get_type ())
G_DECLARE_FINAL_TYPE (FuzzClock, fuzz_clock, FUZZ, CLOCK, GObject)

struct _FuzzClock
{
  GObject parent_instance;
};

static void
fuzz_clock_now (DcClock *clock,
                DcStamp *stamp)
{
  *stamp = (DcStamp) { .utc_us = G_GINT64_CONSTANT (1797588000) * G_USEC_PER_SEC };
}

static void
fuzz_clock_iface_init (DcClockInterface *iface)
{
  iface->now = fuzz_clock_now;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FuzzClock, fuzz_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DC_TYPE_CLOCK, fuzz_clock_iface_init))

static void
fuzz_clock_class_init (FuzzClockClass *klass)
{
}

static void
fuzz_clock_init (FuzzClock *self)
{
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (FuzzClock) clock = g_object_new (FUZZ_TYPE_CLOCK, NULL);
  g_autoptr (DcShift) shift = dc_shift_new ("shift.ini", "Europe/Zurich", DC_CLOCK (clock));
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!dc_shift_parse (shift, size > 0 ? (const char *) data : "", size, &error)) {
    g_assert_error (error, DC_SHIFT_ERROR, DC_SHIFT_ERROR_DAMAGED);
    g_assert_false (dc_shift_is_on (shift));
    return 0;
  }

  text = dc_shift_to_text (shift);
  g_assert_cmpuint (strlen (text), ==, size);
  g_assert_cmpint (memcmp (text, data, size), ==, 0);
  if (dc_shift_is_on (shift))
    g_assert_cmpint (dc_volunteer_code_check (dc_shift_get_code (shift)), ==, DC_VOLUNTEER_CODE_GOOD);

  return 0;
}
