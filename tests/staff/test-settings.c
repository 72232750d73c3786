/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-settings.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dc-test-pack.h"
#include "dc-test.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->folder = dc_test_dir_new ();
  self->path = g_build_filename (self->folder, "stall.ini", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->folder, dc_test_dir_remove);
  g_clear_pointer (&self->path, g_free);
}

static void
assert_new (DcSettings *settings)
{
  g_assert_cmpstr (dc_settings_get_name (settings), ==, "");
  g_assert_cmpstr (dc_settings_get_place (settings), ==, "");
  g_assert_cmpuint (dc_settings_get_wait (settings, DC_WAIT_SCAN), ==, 120);
  g_assert_cmpuint (dc_settings_get_wait (settings, DC_WAIT_DETAILS), ==, 90);
  g_assert_cmpuint (dc_settings_get_wait (settings, DC_WAIT_OTHER), ==, 45);
  g_assert_false (dc_settings_get_platform_keyboard (settings));
}

static void
test_kept (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (DcSettings) settings = dc_settings_new (self->path);
  g_autoptr (DcSettings) again = dc_settings_new (self->path);

  g_assert_true (dc_settings_load (settings, NULL));
  assert_new (settings);
  g_assert_true (dc_settings_set_event (settings, "  Fête\tde  la paix ", "Genève; hall 2", 7, NULL));
  g_assert_true (dc_settings_set_wait (settings, DC_WAIT_DETAILS, 300, NULL));
  g_assert_true (dc_settings_set_platform_keyboard (settings, TRUE, NULL));

  g_assert_true (dc_settings_load (again, NULL));
  g_assert_cmpstr (dc_settings_get_name (again), ==, "Fête de la paix");
  g_assert_cmpstr (dc_settings_get_place (again), ==, "Genève; hall 2");
  g_assert_cmpuint (dc_settings_get_wait (again, DC_WAIT_DETAILS), ==, 300);
  g_assert_cmpuint (dc_settings_get_wait (again, DC_WAIT_SCAN), ==, 120);
  g_assert_true (dc_settings_get_platform_keyboard (again));
  g_assert_cmpint (dc_settings_count_taken (again, 9), ==, 2);
}

static void
test_counts_an_event (Fixture       *self,
                      gconstpointer  unused)
{
  g_autoptr (DcSettings) settings = dc_settings_new (self->path);

  g_assert_cmpint (dc_settings_count_taken (settings, 3), ==, -1);
  g_assert_true (dc_settings_set_event (settings, "One", "", 3, NULL));
  g_assert_cmpint (dc_settings_count_taken (settings, 5), ==, 2);
  g_assert_true (dc_settings_set_event (settings, "One", "Bern", 5, NULL));
  g_assert_cmpint (dc_settings_count_taken (settings, 5), ==, 2);
  g_assert_true (dc_settings_set_event (settings, "Two", "Bern", 5, NULL));
  g_assert_cmpint (dc_settings_count_taken (settings, 5), ==, 0);
  g_assert_cmpint (dc_settings_count_taken (settings, 4), ==, -1);
  g_assert_true (dc_settings_set_event (settings, "Three", "", -1, NULL));
  g_assert_cmpint (dc_settings_count_taken (settings, 9), ==, -1);
}

static void
test_refuses (Fixture       *self,
              gconstpointer  unused)
{
  g_autoptr (DcSettings) settings = dc_settings_new (self->path);
  g_autofree char *longest = g_strnfill (DC_SETTINGS_NAME_MAX, 'x');
  g_autofree char *longer = g_strnfill (DC_SETTINGS_NAME_MAX + 1, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_settings_set_event (settings, longest, longest, 0, NULL));
  g_assert_false (dc_settings_set_event (settings, longer, "", 0, &error));
  g_assert_error (error, DC_SETTINGS_ERROR, DC_SETTINGS_ERROR_LENGTH);
  g_clear_error (&error);
  g_assert_false (dc_settings_set_event (settings, "", "4111 1111 1111 1111", 0, &error));
  g_assert_error (error, DC_SETTINGS_ERROR, DC_SETTINGS_ERROR_CARD);
  g_assert_cmpstr (dc_settings_get_name (settings), ==, longest);
}

static void
test_waits_go_round (Fixture       *self,
                     gconstpointer  unused)
{
  g_autoptr (DcSettings) settings = dc_settings_new (self->path);
  guint before = dc_settings_get_wait (settings, DC_WAIT_OTHER);
  guint n = 0;

  do {
    guint next = dc_settings_next_wait (settings, DC_WAIT_OTHER);

    g_assert_cmpuint (next, >=, DC_SETTINGS_WAIT_MIN);
    g_assert_cmpuint (next, <=, DC_SETTINGS_WAIT_MAX);
    g_assert_true (dc_settings_set_wait (settings, DC_WAIT_OTHER, next, NULL));
    n++;
  } while (dc_settings_get_wait (settings, DC_WAIT_OTHER) != before && n < 100);
  g_assert_cmpuint (n, ==, 8);
}

static void
test_damaged (Fixture       *self,
              gconstpointer  unused)
{
  static const char * const from[] = {
    "wait-other=45", "wait-scan=120", "wait-details=90", "taken-before=3", "platform-keyboard=false",
    "name=One", "[settings]"
  };
  static const char * const to[] = {
    "wait-other=29", "wait-scan=301", "", "taken-before=three", "platform-keyboard=perhaps",
    "", "[other]"
  };
  g_autoptr (DcSettings) settings = dc_settings_new (self->path);
  g_autofree char *text = NULL;

  g_assert_true (dc_settings_set_event (settings, "One", "", 3, NULL));
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (from); i++) {
    g_autofree char *spoilt = dc_test_replace (text, from[i], to[i]);
    g_autoptr (DcSettings) again = dc_settings_new (self->path);
    g_autoptr (GError) error = NULL;

    g_assert_true (g_file_set_contents (self->path, spoilt, -1, NULL));
    g_assert_false (dc_settings_load (again, &error));
    g_assert_error (error, DC_SETTINGS_ERROR, DC_SETTINGS_ERROR_DAMAGED);
    assert_new (again);
  }
}

static void
test_a_disk_that_fails (Fixture       *self,
                        gconstpointer  unused)
{
  g_autofree char *nowhere = g_build_filename (self->folder, "none", "stall.ini", NULL);
  g_autoptr (DcSettings) settings = dc_settings_new (nowhere);

  g_assert_false (dc_settings_set_event (settings, "One", "Bern", 0, NULL));
  g_assert_false (dc_settings_set_wait (settings, DC_WAIT_SCAN, 60, NULL));
  g_assert_false (dc_settings_set_platform_keyboard (settings, TRUE, NULL));
  assert_new (settings);
}

#define ADD(path, run) g_test_add ("/settings/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("are-kept", test_kept);
  ADD ("count-the-promises-of-an-event", test_counts_an_event);
  ADD ("refuse-long-names-and-cards", test_refuses);
  ADD ("waits-go-round-within-bounds", test_waits_go_round);
  ADD ("damaged-are-as-new", test_damaged);
  ADD ("not-written-are-not-changed", test_a_disk_that_fails);

  return g_test_run ();
}
