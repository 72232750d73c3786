/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-gate.h"
#include "dc-staff-room.h"
#include "dc-test.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-crypto.h"

typedef struct
{
  char *dir;
  char *path;       /* of staff.ini */
  char *room;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->dir = dc_test_dir_new ();
  self->path = g_build_filename (self->dir, "staff.ini", NULL);
  self->room = g_build_filename (self->dir, "staff.ini.room", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->room, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->dir, dc_test_dir_remove);
}

static void
assert_room_is_held (Fixture *self)
{
  struct stat status;

  g_assert_no_errno (lstat (self->room, &status));
  g_assert_true (S_ISREG (status.st_mode));
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (status.st_size, ==, DC_STAFF_ROOM_SIZE);
  g_assert_cmpint (status.st_blocks * 512, >=, DC_STAFF_ROOM_SIZE);
}

static void
test_holds_blocks_of_the_disk (Fixture       *self,
                               gconstpointer  unused)
{
  dc_staff_room_keep (self->path);
  assert_room_is_held (self);

  /* What lies there instead is replaced and never followed. */
  g_assert_no_errno (unlink (self->room));
  g_assert_no_errno (symlink (self->path, self->room));
  dc_staff_room_keep (self->path);
  assert_room_is_held (self);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));

  g_assert_no_errno (truncate (self->room, 1));
  dc_staff_room_keep (self->path);
  assert_room_is_held (self);
}

static void
test_is_given_up_once (Fixture       *self,
                       gconstpointer  unused)
{
  g_assert_false (dc_staff_room_give_up (self->path));

  dc_staff_room_keep (self->path);
  g_assert_true (dc_staff_room_give_up (self->path));
  g_assert_false (g_file_test (self->room, G_FILE_TEST_EXISTS));
  g_assert_false (dc_staff_room_give_up (self->path));
}

static void
test_asks_for_nothing_where_there_is_no_folder (Fixture       *self,
                                                gconstpointer  unused)
{
  g_autofree char *nowhere = g_build_filename (self->dir, "none", "staff.ini", NULL);

  dc_staff_room_keep (nowhere);
  g_assert_false (dc_staff_room_give_up (nowhere));
}

static void
fill (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->dir, "filler", NULL);
  static const char page[4096];
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND, 0600);

  g_assert_no_errno (fd);
  while (write (fd, page, sizeof page) > 0);
  g_assert_cmpint (errno, ==, ENOSPC);
  g_assert_no_errno (close (fd));
}

static void
try_wrong_pin (DcStaffGate *gate,
               guint        expected_left)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint tries_left;

  dc_staff_gate_try_async (gate, "5820", NULL, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  g_assert_false (dc_staff_gate_try_finish (gate, result, NULL, &tries_left, NULL, &error));
  g_assert_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_WRONG);
  g_assert_cmpuint (tries_left, ==, expected_left);
}

/* Filled again after each try: what one gave up is there for the next. */
static void
use_gate_on_full_disk (Fixture *self)
{
  g_autoptr (DcTestClock) clock = dc_test_clock_new (G_GINT64_CONSTANT (1797588672000000));
  g_autoptr (DcStaffGate) gate = dc_staff_gate_new (self->path, DC_CLOCK (clock));
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_staff_gate_load (gate, &error));
  g_assert_no_error (error);
  g_assert_true (dc_staff_gate_set_pin (gate, DC_STAFF_VOLUNTEER, "4711", &error));
  g_assert_no_error (error);

  for (guint left = 4; left > 0; left--) {
    assert_room_is_held (self);
    fill (self);
    try_wrong_pin (gate, left);
  }
}

static void
test_lets_tries_be_counted_on_a_full_disk (Fixture       *self,
                                           gconstpointer  unused)
{
  if (mount ("tmpfs", self->dir, "tmpfs", 0, "size=262144") != 0) {
    g_test_skip_printf ("cannot mount a small disk: %s", g_strerror (errno));
    return;
  }

  use_gate_on_full_disk (self);
  g_assert_no_errno (umount (self->dir));
}

#define ADD(path, function) \
  g_test_add ("/staff/room/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!dc_crypto_init ())
    return EXIT_FAILURE;

  ADD ("holds-blocks-of-the-disk", test_holds_blocks_of_the_disk);
  ADD ("is-given-up-once", test_is_given_up_once);
  ADD ("asks-for-nothing-where-there-is-no-folder", test_asks_for_nothing_where_there_is_no_folder);
  ADD ("lets-tries-be-counted-on-a-full-disk", test_lets_tries_be_counted_on_a_full_disk);

  return g_test_run ();
}
