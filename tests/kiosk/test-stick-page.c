/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the coordinator can do with a stick, and with what is wrong with one. */

#include "dc-hand-over-test.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <unistd.h>

#include "dc-drives.h"
#include "dc-stick-test.h"

#define MAY_REMOVE "You may remove the stick."
#define TAKE_OUT   "Take the stick out"

typedef DcHandOverTest Test;

static void
set_up (Test          *self,
        gconstpointer  unused)
{
  dc_hand_over_test_set_up (self, NULL, FALSE);
  dc_hand_over_test_save (self, 3);
}

/* Nobody is at port 1. */
static void
set_up_place (Test          *self,
              gconstpointer  unused)
{
  dc_hand_over_test_set_up (self, "[Destination]\nKind=webdav\nAddress=https://127.0.0.1:1/\n", TRUE);
  dc_hand_over_test_save (self, 3);
}

static void
tear_down (Test          *self,
           gconstpointer  unused)
{
  dc_hand_over_test_tear_down (self);
  dc_stick_test_clear ();
}

static gboolean
has_button (Test       *self,
            const char *words)
{
  return dc_find_button (dc_hand_over_test_page (self), words) != NULL;
}

static guint
count_delivered (Test *self)
{
  g_autoptr (DcTally) tally = dc_kiosk_test_tally (self->kiosk);

  return tally->by_state[DC_STATE_DELIVERED];
}

/* The page, with a stick in the tablet: its path. NULL: none can be had. */
static char *
open_with_stick (Test *self)
{
  char *path = dc_stick_test_works () ? dc_stick_test_put ("STICK", "size=1m", TRUE) : NULL;

  if (path != NULL)
    dc_hand_over_test_go (self, DC_PAGE_STICK);

  return path;
}

static void
test_insert (Test          *self,
             gconstpointer  unused)
{
  g_autofree char *path = NULL;

  if (!dc_stick_test_works ())
    return;
  dc_hand_over_test_go (self, DC_PAGE_STICK);
  g_assert_true (dc_hand_over_test_shows (self, "Put a USB stick into this tablet."));
  path = dc_stick_test_put ("KINGSTON", "size=1m", TRUE);
  dc_window_test_wait_words (self->window, "Copy to “KINGSTON”");
  g_assert_false (dc_hand_over_test_shows (self, "Put a USB stick into this tablet."));
  dc_stick_test_pull ("KINGSTON");
  dc_window_test_wait_words (self->window, "Put a USB stick into this tablet.");
  g_assert_false (has_button (self, "Copy to “KINGSTON”"));
}

static void
test_copies (Test          *self,
             gconstpointer  unused)
{
  g_autofree char *path = NULL;
  g_autofree char *again = NULL;

  path = open_with_stick (self);
  if (path == NULL)
    return;
  dc_hand_over_test_hold (self);
  dc_hand_over_test_press (self, "Copy to “STICK”");
  g_assert_true (dc_hand_over_test_shows (self, "Copying. Please leave the stick where it is."));
  g_assert_true (has_button (self, "Stop"));
  g_assert_false (has_button (self, "Copy to “STICK”"));
  g_assert_false (dc_hand_over_test_shows (self, MAY_REMOVE));

  dc_hand_over_test_let_go (self);
  dc_window_test_wait_words (self->window, MAY_REMOVE);
  g_assert_false (dc_drives_have (path));
  g_assert_true (dc_hand_over_test_shows (self, "3 handed over"));
  g_assert_cmpuint (count_delivered (self), ==, 3);
  g_assert_false (has_button (self, TAKE_OUT));

  /* Put in again, it is in use again. */
  again = dc_stick_test_put ("STICK", "size=1m", TRUE);
  dc_window_test_wait_words (self->window, "Copy to “STICK”");
  g_assert_false (dc_hand_over_test_shows (self, MAY_REMOVE));
}

static void
test_busy (Test          *self,
           gconstpointer  unused)
{
  g_autofree char *path = NULL;
  g_autofree char *file = NULL;
  int fd;

  if (!dc_stick_test_works ())
    return;
  path = dc_stick_test_put ("STICK", "size=1m", TRUE);
  file = g_build_filename (path, "open", NULL);
  fd = open (file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  g_assert_cmpint (fd, >=, 0);
  dc_hand_over_test_go (self, DC_PAGE_STICK);
  dc_hand_over_test_press (self, "Copy to “STICK”");
  dc_window_test_wait_words (self->window, "Something still uses the stick.");
  g_assert_true (dc_hand_over_test_shows (self, "3 handed over"));
  g_assert_false (dc_hand_over_test_shows (self, MAY_REMOVE));
  g_assert_true (dc_drives_have (path));

  close (fd);
  dc_hand_over_test_press (self, TAKE_OUT);
  dc_window_test_wait_words (self->window, MAY_REMOVE);
  g_assert_false (dc_hand_over_test_shows (self, "Something still uses the stick."));
  g_assert_false (dc_drives_have (path));
}

/* What udisks removes and others leave: its mount point, an empty folder of the
 * tablet's own disk, which must not be taken for the stick. */
static void
assert_empty (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  g_assert_nonnull (dir);
  g_assert_null (g_dir_read_name (dir));
}

static void
test_pulled (Test          *self,
             gconstpointer  unused)
{
  g_autofree char *path = NULL;

  path = open_with_stick (self);
  if (path == NULL)
    return;
  dc_hand_over_test_hold (self);
  dc_hand_over_test_press (self, "Copy to “STICK”");
  dc_stick_test_pull ("STICK");
  g_assert_cmpint (g_mkdir (path, 0755), ==, 0);
  dc_hand_over_test_let_go (self);
  dc_window_test_wait_words (self->window, "The stick is not there any more.");
  g_assert_false (dc_hand_over_test_shows (self, MAY_REMOVE));
  g_assert_false (has_button (self, TAKE_OUT));
  g_assert_true (dc_hand_over_test_shows (self, "0 handed over"));
  assert_empty (path);
  g_assert_cmpuint (count_delivered (self), ==, 0);
}

/* Pulled between the list and the finger. */
static void
test_gone (Test          *self,
           gconstpointer  unused)
{
  g_autofree char *path = NULL;

  path = open_with_stick (self);
  if (path == NULL)
    return;
  dc_stick_test_pull ("STICK");
  dc_hand_over_test_press (self, "Copy to “STICK”");
  g_assert_true (dc_hand_over_test_shows (self, "The stick is not there any more."));
  g_assert_cmpint (dc_hand_over_get_state (dc_kiosk_get_hand_over (self->kiosk)), ==,
                   DC_HAND_OVER_AT_REST);
}

static void
test_full (Test          *self,
           gconstpointer  unused)
{
  g_autofree char *path = NULL;
  g_autofree char *file = NULL;
  g_autofree char *filler = g_strnfill (40 * 1024, 'x');

  if (!dc_stick_test_works ())
    return;
  path = dc_stick_test_put ("STICK", "size=40k", TRUE);
  file = g_build_filename (path, "film", NULL);
  g_assert_true (g_file_set_contents_full (file, filler, 32 * 1024, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  dc_hand_over_test_go (self, DC_PAGE_STICK);
  dc_hand_over_test_press (self, "Copy to “STICK”");
  dc_window_test_wait_words (self->window, "The stick is full.");
  g_assert_true (dc_drives_have (path));
  g_assert_false (dc_hand_over_test_shows (self, MAY_REMOVE));
  dc_hand_over_test_press (self, TAKE_OUT);
  dc_window_test_wait_words (self->window, MAY_REMOVE);
}

static void
test_locked (Test          *self,
             gconstpointer  unused)
{
  g_autofree char *path = NULL;

  if (!dc_stick_test_works ())
    return;
  path = dc_stick_test_put ("KINGSTON", "size=1m", FALSE);
  dc_hand_over_test_go (self, DC_PAGE_STICK);
  g_assert_true (dc_hand_over_test_shows (self, "“KINGSTON” is locked against writing."));
  g_assert_false (has_button (self, "Copy to “KINGSTON”"));
}

static void
test_stop (Test          *self,
           gconstpointer  unused)
{
  g_autofree char *path = NULL;

  path = open_with_stick (self);
  if (path == NULL)
    return;
  dc_hand_over_test_hold (self);
  dc_hand_over_test_press (self, "Copy to “STICK”");
  dc_hand_over_test_press (self, "Stop");
  dc_hand_over_test_let_go (self);
  dc_window_test_wait_words (self->window, "You stopped it.");
  g_assert_false (dc_hand_over_test_shows (self, MAY_REMOVE));
  g_assert_true (has_button (self, "Copy to “STICK”"));
  dc_hand_over_test_press (self, "Copy to “STICK”");
  dc_window_test_wait_words (self->window, MAY_REMOVE);
  g_assert_false (dc_hand_over_test_shows (self, "You stopped it."));
}

/* The copying is the kiosk's. What it came to is there for who comes back. */
static void
test_left (Test          *self,
           gconstpointer  unused)
{
  g_autofree char *path = NULL;

  path = open_with_stick (self);
  if (path == NULL)
    return;
  dc_hand_over_test_hold (self);
  dc_hand_over_test_press (self, "Copy to “STICK”");
  dc_hand_over_test_go (self, DC_PAGE_WELCOME);
  dc_hand_over_test_let_go (self);
  dc_hand_over_test_wait (self);
  g_assert_cmpuint (count_delivered (self), ==, 3);

  dc_hand_over_test_go (self, DC_PAGE_STICK);
  g_assert_true (dc_hand_over_test_shows (self, "3 handed over"));
  g_assert_false (dc_hand_over_test_shows (self, MAY_REMOVE));
  g_assert_true (dc_drives_have (path));
  dc_hand_over_test_press (self, TAKE_OUT);
  dc_window_test_wait_words (self->window, MAY_REMOVE);
  g_assert_false (dc_drives_have (path));
}

static void
test_second_copy (Test          *self,
                  gconstpointer  unused)
{
  DcSecondCopy *copy = dc_kiosk_get_second_copy (self->kiosk);
  g_autofree char *path = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTestWait wait = { NULL };

  if (!dc_stick_test_works ())
    return;
  path = dc_stick_test_put ("STICK", "size=2m", TRUE);
  dc_second_copy_choose_async (copy, path, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  dc_second_copy_choose_finish (copy, result, &error);
  g_assert_no_error (error);

  dc_hand_over_test_go (self, DC_PAGE_STICK);
  dc_hand_over_test_press (self, "Copy to “STICK”");
  dc_window_test_wait_words (self->window, "The second copy is kept on this stick too.");
  g_assert_true (dc_hand_over_test_shows (self, "3 handed over"));
  g_assert_true (dc_drives_have (path));
  g_assert_false (has_button (self, TAKE_OUT));
}

/* Whoever asks whether the place answers hears of that, and what is known of
 * the stick stays. */
static void
test_place_is_asked (Test          *self,
                     gconstpointer  unused)
{
  DcHandOver *hand_over = dc_kiosk_get_hand_over (self->kiosk);
  g_autofree char *path = NULL;

  path = open_with_stick (self);
  if (path == NULL)
    return;
  dc_hand_over_test_press (self, "Copy to “STICK”");
  dc_window_test_wait_words (self->window, MAY_REMOVE);
  dc_hand_over_probe (hand_over);
  dc_hand_over_test_wait (self);
  g_assert_cmpint (dc_hand_over_get_answer (hand_over), ==, DC_HAND_OVER_SILENT);
  g_assert_cmpstr (dc_hand_over_get_drive (hand_over), ==, path);
  g_assert_cmpuint (dc_hand_over_get_outcome (hand_over)->handed_over, ==, 3);
  g_assert_true (dc_hand_over_test_shows (self, MAY_REMOVE));
}

#define ADD_UP(path, up, function) g_test_add ("/stick/" path, Test, NULL, up, function, tear_down)
#define ADD(path, function)        ADD_UP (path, set_up, function)

int
main (int   argc,
      char *argv[])
{
  dc_stick_test_enter ();
  dc_hand_over_test_init (&argc, &argv);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);

  ADD ("comes-and-goes-in-the-list", test_insert);
  ADD ("may-be-removed-when-all-is-on-it-and-it-was-unmounted", test_copies);
  ADD ("may-not-be-removed-while-something-uses-it", test_busy);
  ADD ("is-pulled-half-way", test_pulled);
  ADD ("is-pulled-before-it-begins", test_gone);
  ADD ("is-full", test_full);
  ADD ("is-write-protected", test_locked);
  ADD ("is-stopped-and-begun-again", test_stop);
  ADD ("is-copied-to-while-nobody-looks", test_left);
  ADD_UP ("is-remembered-when-the-place-is-asked", set_up_place, test_place_is_asked);
  ADD ("stays-where-the-second-copy-is-on-it", test_second_copy);

  return g_test_run ();
}
