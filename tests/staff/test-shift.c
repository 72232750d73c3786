/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shift.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "dc-test.h"

#define HOUR (60 * 60 * (gint64) G_USEC_PER_SEC)
/* Friday 18 December 2026, 11:00 in Zurich. */
#define NOW (G_GINT64_CONSTANT (1797588000) * G_USEC_PER_SEC)

/* The linker puts this in front of the C library's (--wrap). */
int __real_rename (const char *from,
                   const char *to);
int __wrap_rename (const char *from,
                   const char *to);

static gboolean disk_fails;

int
__wrap_rename (const char *from,
               const char *to)
{
  if (!disk_fails)
    return __real_rename (from, to);
  errno = EIO;

  return -1;
}

typedef struct
{
  char        *dir;
  char        *path;
  DcTestClock *clock;
  DcShift     *shift;
} Fixture;

/* As after a restart. */
static void
restart (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->shift, dc_shift_free);
  self->shift = dc_shift_new (self->path, "Europe/Zurich", DC_CLOCK (self->clock));
  g_assert_true (dc_shift_load (self->shift, &error));
  g_assert_no_error (error);
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  disk_fails = FALSE;
  self->dir = dc_test_dir_new ();
  self->path = g_build_filename (self->dir, "shift.ini", NULL);
  self->clock = dc_test_clock_new (NOW);
  restart (self);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->shift, dc_shift_free);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->path, g_free);
  dc_test_dir_remove (self->dir);
}

static void
start (Fixture    *self,
       const char *code)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_shift_start (self->shift, code, 12, &error));
  g_assert_no_error (error);
}

static void
test_none (Fixture       *self,
           gconstpointer  unused)
{
  g_assert_false (dc_shift_is_on (self->shift));
  g_assert_null (dc_shift_get_id (self->shift));
  g_assert_null (dc_shift_get_code (self->shift));
  g_assert_cmpint (dc_shift_get_since (self->shift), ==, 0);
  g_assert_cmpint (dc_shift_count_codes (self->shift, 15), ==, -1);
  g_assert_true (dc_shift_end (self->shift, NULL));
}

static void
test_start (Fixture       *self,
            gconstpointer  unused)
{
  g_autofree char *first = NULL;

  start (self, " b7 ");
  g_assert_true (dc_shift_is_on (self->shift));
  g_assert_cmpstr (dc_shift_get_code (self->shift), ==, "B7");
  g_assert_cmpint (dc_shift_get_since (self->shift), ==, NOW);
  first = g_strdup (dc_shift_get_id (self->shift));
  g_assert_cmpuint (strlen (first), ==, 16);
  g_assert_cmpuint (strspn (first, "0123456789abcdef"), ==, 16);

  /* The same volunteer's next shift is another one. */
  start (self, "B7");
  g_assert_cmpstr (dc_shift_get_id (self->shift), !=, first);
}

/* It begins at 12. */
static void
test_shown (Fixture       *self,
            gconstpointer  unused)
{
  start (self, "B7");
  g_assert_cmpint (dc_shift_count_codes (self->shift, 12), ==, 0);
  g_assert_cmpint (dc_shift_count_codes (self->shift, 15), ==, 3);
  /* A queue that was set aside since begins anew. */
  g_assert_cmpint (dc_shift_count_codes (self->shift, 11), ==, -1);

  g_assert_true (dc_shift_start (self->shift, "B7", -1, NULL));
  g_assert_cmpint (dc_shift_count_codes (self->shift, 15), ==, -1);
}

static void
test_restart (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *id = NULL;

  start (self, "417");
  id = g_strdup (dc_shift_get_id (self->shift));
  dc_test_clock_advance (self->clock, HOUR);
  restart (self);
  g_assert_cmpstr (dc_shift_get_id (self->shift), ==, id);
  g_assert_cmpstr (dc_shift_get_code (self->shift), ==, "417");
  g_assert_cmpint (dc_shift_get_since (self->shift), ==, NOW);
  g_assert_cmpint (dc_shift_count_codes (self->shift, 15), ==, 3);
}

static void
test_end (Fixture       *self,
          gconstpointer  unused)
{
  start (self, "B7");
  g_assert_true (dc_shift_end (self->shift, NULL));
  g_assert_false (dc_shift_is_on (self->shift));
  restart (self);
  g_assert_false (dc_shift_is_on (self->shift));
}

static void
test_night (Fixture       *self,
            gconstpointer  unused)
{
  start (self, "B7");
  /* 03:59 of the night that follows, then 04:00. */
  dc_test_clock_advance (self->clock, 17 * HOUR - HOUR / 60);
  g_assert_true (dc_shift_is_on (self->shift));
  dc_test_clock_advance (self->clock, HOUR / 60);
  g_assert_false (dc_shift_is_on (self->shift));
  g_assert_null (dc_shift_get_id (self->shift));
  g_assert_null (dc_shift_get_code (self->shift));

  /* Nor does a restart bring it back. */
  restart (self);
  g_assert_false (dc_shift_is_on (self->shift));

  /* One that begins at night, at 03:00 of the next, ends an hour later. */
  dc_test_clock_advance (self->clock, 23 * HOUR);
  start (self, "C3");
  g_assert_true (dc_shift_is_on (self->shift));
  dc_test_clock_advance (self->clock, HOUR);
  g_assert_false (dc_shift_is_on (self->shift));
}

/* On 28 March 2027 there is no 02:00 to 03:00 in Zurich: the night is short. */
static void
test_short_night (Fixture       *self,
                  gconstpointer  unused)
{
  dc_test_clock_advance (self->clock, (G_GINT64_CONSTANT (1806187800) * G_USEC_PER_SEC) - NOW);
  start (self, "B7");   /* 23:50 */
  dc_test_clock_advance (self->clock, 3 * HOUR + HOUR / 12);
  g_assert_true (dc_shift_is_on (self->shift));
  dc_test_clock_advance (self->clock, HOUR / 12);
  g_assert_false (dc_shift_is_on (self->shift));
}

static void
test_clock_set_back (Fixture       *self,
                     gconstpointer  unused)
{
  start (self, "B7");
  dc_test_clock_advance (self->clock, -HOUR / 2);
  g_assert_true (dc_shift_is_on (self->shift));
  dc_test_clock_advance (self->clock, -HOUR);
  g_assert_false (dc_shift_is_on (self->shift));
}

static void
test_bad_code (Fixture       *self,
               gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  start (self, "B7");
  g_assert_false (dc_shift_start (self->shift, "MARIANA", 0, &error));
  g_assert_error (error, DC_SHIFT_ERROR, DC_SHIFT_ERROR_CODE);
  g_assert_cmpstr (dc_shift_get_code (self->shift), ==, "B7");
}

/* On disk or has not happened. */
static void
test_disk (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  disk_fails = TRUE;
  g_assert_false (dc_shift_start (self->shift, "B7", 0, &error));
  g_assert_cmpint (error->domain, ==, G_FILE_ERROR);
  g_assert_false (dc_shift_is_on (self->shift));
  g_clear_error (&error);

  disk_fails = FALSE;
  start (self, "B7");
  disk_fails = TRUE;
  g_assert_false (dc_shift_end (self->shift, &error));
  g_assert_cmpint (error->domain, ==, G_FILE_ERROR);
  g_assert_true (dc_shift_is_on (self->shift));
}

/* A file that somebody wrote, or that the disk changed, is no shift. */
static void
test_damage (Fixture       *self,
             gconstpointer  unused)
{
  g_autofree char *text = NULL;
  gsize length;

  start (self, "B7");
  text = dc_shift_to_text (self->shift);
  length = strlen (text);
  for (gsize i = 0; i < length; i++) {
    g_autoptr (GError) error = NULL;
    char kept = text[i];

    text[i] = '~';
    g_assert_false (dc_shift_parse (self->shift, text, length, &error));
    g_assert_error (error, DC_SHIFT_ERROR, DC_SHIFT_ERROR_DAMAGED);
    g_assert_false (dc_shift_is_on (self->shift));
    text[i] = kept;
  }
  /* Cut short it is refused, or says that there is none. */
  for (gsize i = 0; i < length; i++) {
    dc_shift_parse (self->shift, text, i, NULL);
    g_assert_false (dc_shift_is_on (self->shift));
  }
  g_assert_true (dc_shift_parse (self->shift, text, length, NULL));
  g_assert_true (dc_shift_is_on (self->shift));
}

static void
test_damaged_file (Fixture       *self,
                   gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  start (self, "B7");
  g_assert_true (g_file_set_contents (self->path, "[shift]\nid=me\n", -1, NULL));
  g_assert_false (dc_shift_load (self->shift, &error));
  g_assert_error (error, DC_SHIFT_ERROR, DC_SHIFT_ERROR_DAMAGED);
  g_assert_true (g_str_has_prefix (error->message, self->path));
  g_assert_false (dc_shift_is_on (self->shift));
  start (self, "B7");
  restart (self);
  g_assert_true (dc_shift_is_on (self->shift));
}

#define ADD(path, run) g_test_add ("/shift/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("none/at-first", test_none);
  ADD ("start/names-it-at-random", test_start);
  ADD ("start/counts-codes-from-there", test_shown);
  ADD ("start/lasts-over-a-restart", test_restart);
  ADD ("start/refuses-a-name", test_bad_code);
  ADD ("start-and-end/happen-on-disk-or-not-at-all", test_disk);
  ADD ("end/by-hand", test_end);
  ADD ("end/by-itself-in-the-night", test_night);
  ADD ("end/by-itself-in-a-short-night", test_short_night);
  ADD ("end/when-the-clock-is-set-back", test_clock_set_back);
  ADD ("file/damaged-anywhere", test_damage);
  ADD ("file/damaged-is-begun-anew", test_damaged_file);

  return g_test_run ();
}
