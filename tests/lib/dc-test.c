/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test.h"

#include <glib/gstdio.h>
#include <string.h>

struct _DcTestClock
{
  GObject parent_instance;

  DcStamp stamp;
};

static void
dc_test_clock_now (DcClock *clock,
                   DcStamp *stamp)
{
  *stamp = DC_TEST_CLOCK (clock)->stamp;
}

static void
dc_test_clock_iface_init (DcClockInterface *iface)
{
  iface->now = dc_test_clock_now;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DcTestClock, dc_test_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DC_TYPE_CLOCK, dc_test_clock_iface_init))

static void
dc_test_clock_class_init (DcTestClockClass *klass)
{
}

static void
dc_test_clock_init (DcTestClock *self)
{
  g_strlcpy (self->stamp.boot_id, "11111111-2222-3333-4444-555555555555",
             sizeof self->stamp.boot_id);
  self->stamp.offset_s = 3600;
  self->stamp.monotonic_us = G_GINT64_CONSTANT (5000000);
  self->stamp.trust = DC_CLOCK_SET;
}

DcTestClock *
dc_test_clock_new (gint64 utc_us)
{
  DcTestClock *self = g_object_new (DC_TYPE_TEST_CLOCK, NULL);

  self->stamp.utc_us = utc_us;

  return self;
}

void
dc_test_clock_set_trust (DcTestClock  *self,
                         DcClockTrust  trust)
{
  self->stamp.trust = trust;
}

void
dc_test_clock_advance (DcTestClock *self,
                       gint64       us)
{
  self->stamp.utc_us += us;
  self->stamp.monotonic_us += us;
}

char *
dc_test_dir_new (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("daily-cup-test-XXXXXX", &error);

  g_assert_no_error (error);

  return path;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    dir = g_dir_open (path, 0, NULL);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_tree (child);
  }

  g_remove (path);
}

void
dc_test_dir_remove (char *path)
{
  remove_tree (path);
  g_free (path);
}

DcPledge *
dc_test_pledge_new (guint n)
{
  DcPledge *pledge = dc_pledge_new ();
  g_autofree char *name = g_strdup_printf ("Ana%u", n);
  g_autofree char *email = g_strdup_printf ("ana%u@posteo.ch", n);

  for (gsize i = 0; i < sizeof pledge->id.bytes; i++)
    pledge->id.bytes[i] = (guint8) (n >> (8 * (i % 4))) ^ (guint8) i;
  pledge->campaign = g_strdup ("migrants-day");
  dc_money_init (&pledge->amount, 1800 + n, "CHF", NULL);
  pledge->frequency = DC_FREQUENCY_MONTHLY;
  pledge->cups = (DcCups) { 1, DC_CUP_PERIOD_WEEK };
  pledge->time.utc_us = G_GINT64_CONSTANT (1797588000000000) + n;
  pledge->time.offset_s = 3600;
  pledge->time.monotonic_us = 77;
  pledge->time.trust = DC_CLOCK_SET;
  pledge->day = g_strdup ("2026-12-18");
  pledge->language = g_strdup ("fr");
  pledge->reference = g_strdup ("RF46000000000K");
  pledge->donor = dc_donor_new ();
  dc_donor_set (pledge->donor, DC_FIELD_FIRST_NAME, name);
  dc_donor_set (pledge->donor, DC_FIELD_EMAIL, email);
  g_ptr_array_add (pledge->consents, dc_consent_new ("newsletter", 1, "fr", FALSE));
  g_ptr_array_add (pledge->consents, dc_consent_new ("views", 1, "fr", TRUE));
  pledge->notice_version = 1;
  pledge->minimum_age = 18;

  return pledge;
}

void
dc_test_wait_ready (GObject      *source,
                    GAsyncResult *result,
                    gpointer      wait)
{
  ((DcTestWait *) wait)->result = g_object_ref (result);
}

static gboolean
on_too_long (gpointer unused)
{
  g_assert_not_reached ();   /* a call did not come back within 60 s */

  return G_SOURCE_REMOVE;
}

GAsyncResult *
dc_test_wait_take (DcTestWait *wait)
{
  guint guard = g_timeout_add_seconds (60, on_too_long, NULL);

  while (wait->result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);

  return g_steal_pointer (&wait->result);
}
