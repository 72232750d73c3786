/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The name and the password, from the page to daily-cup-send. */

#include "dc-hand-over-test.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dc-stick-test.h"

/* Nobody is at port 1. */
#define ADDRESS  "https://127.0.0.1:1/dav/"
#define CLOUD    "[Destination]\nKind=webdav\nName=The cloud of the office\nAddress=" ADDRESS "\n"
#define PASSWORD "Un mot-de-passe, qui ne reste pas ici 71"
#define STORE    "Store and try"

typedef DcHandOverTest Test;

static void
set_up (Test          *self,
        gconstpointer  unused)
{
  dc_hand_over_test_set_up (self, CLOUD, TRUE);
  dc_hand_over_test_go (self, DC_PAGE_CREDENTIAL);
}

static void
set_up_demo (Test          *self,
             gconstpointer  unused)
{
  dc_hand_over_test_set_up (self, CLOUD, FALSE);
  dc_hand_over_test_go (self, DC_PAGE_CREDENTIAL);
}

static void
set_up_stick (Test          *self,
              gconstpointer  unused)
{
  dc_hand_over_test_set_up (self, NULL, TRUE);
  dc_hand_over_test_go (self, DC_PAGE_CREDENTIAL);
}

static void
tear_down (Test          *self,
           gconstpointer  unused)
{
  dc_hand_over_test_tear_down (self);
  dc_stick_test_clear ();
}

/* The first is the user's, the second the password's. */
static GtkEntry *
get_entry (Test  *self,
           guint  n)
{
  g_autoptr (GPtrArray) entries = dc_list (dc_hand_over_test_page (self), GTK_TYPE_ENTRY);

  g_assert_cmpuint (entries->len, ==, 2);

  return entries->pdata[n];
}

static void
type (Test       *self,
      guint       n,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (get_entry (self, n)), text);
  dc_display_test_settle (dc_hand_over_test_page (self));
}

static gboolean
can_store (Test *self)
{
  return gtk_widget_is_sensitive (dc_find_button (dc_hand_over_test_page (self), STORE));
}

typedef struct
{
  guint own;        /* of daily-cup-send */
  guint others;
} Places;

static void
look_at (const char *path,
         gboolean    own,
         Places     *found)
{
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize size;

  g_assert_true (g_file_get_contents (path, &text, &size, NULL));
  if (memmem (text, size, PASSWORD, strlen (PASSWORD)) == NULL)
    return;
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0600);
  if (own)
    found->own++;
  else
    found->others++;
}

static void
search (const char *folder,
        gboolean    own,
        Places     *found)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      search (path, own || g_str_equal (name, "send"), found);
    else
      look_at (path, own, found);
  }
}

/* In one file of daily-cup-send's own, which nobody else may read; in none of
 * the kiosk's. */
static void
assert_stored (Test *self)
{
  Places found = { 0 };

  search (self->state, FALSE, &found);
  g_assert_cmpuint (found.own, ==, 1);
  g_assert_cmpuint (found.others, ==, 0);
}

static void
assert_not_stored (Test *self)
{
  Places found = { 0 };

  search (self->state, FALSE, &found);
  g_assert_cmpuint (found.own + found.others, ==, 0);
}

static void
test_typed (Test          *self,
            gconstpointer  unused)
{
  g_assert_true (dc_hand_over_test_shows (self, "The cloud of the office"));
  g_assert_true (dc_hand_over_test_shows (self, ADDRESS));
  g_assert_false (can_store (self));
  type (self, 0, "tablet-3");
  g_assert_false (can_store (self));
  type (self, 1, PASSWORD);
  g_assert_true (can_store (self));
  type (self, 0, "");
  g_assert_false (can_store (self));
  type (self, 0, "tablet-3");

  dc_hand_over_test_press (self, STORE);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (self, 0))), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (self, 1))), ==, "");
  g_assert_false (can_store (self));
  dc_window_test_wait_words (self->window, "The place cannot be reached.");
  g_assert_false (dc_hand_over_test_shows (self, "Now erase"));
  assert_stored (self);
}

/* Dots, in memory that is not swapped, and no word of it to a screen reader. */
static void
test_dots (Test          *self,
           gconstpointer  unused)
{
  GtkEntry *password = get_entry (self, 1);
  g_autofree char *name = dc_accessible_name (GTK_WIDGET (password));

  type (self, 1, PASSWORD);
  g_assert_false (gtk_entry_get_visibility (password));
  g_assert_cmpuint (gtk_entry_get_invisible_char (password), ==, 0x2022);
  g_assert_cmpint (gtk_entry_get_input_purpose (password), ==, GTK_INPUT_PURPOSE_PASSWORD);
  g_assert_true (GTK_IS_PASSWORD_ENTRY_BUFFER (gtk_entry_get_buffer (password)));
  g_assert_cmpstr (name, ==, "Password");
  g_assert_true (gtk_entry_get_visibility (get_entry (self, 0)));
}

static void
write_setup (const char *stick,
             const char *address)
{
  g_autofree char *path = g_build_filename (stick, "daily-cup-setup.ini", NULL);
  g_autofree char *text = g_strdup_printf ("[Credential]\nAddress=%s\nUser=tablet-3\nPassword=%s\n", address,
                                           PASSWORD);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_stick (Test          *self,
            gconstpointer  unused)
{
  g_autofree char *path = NULL;

  if (!dc_stick_test_works ())
    return;
  g_assert_true (dc_hand_over_test_shows (self, "Put the office’s set-up stick into this tablet."));
  path = dc_stick_test_put ("OFFICE", "size=1m", TRUE);
  write_setup (path, ADDRESS);
  dc_window_test_wait_words (self->window, "Read from “OFFICE”");
  dc_hand_over_test_press (self, "Read from “OFFICE”");
  dc_window_test_wait_words (self->window, "The place cannot be reached.");
  g_assert_true (dc_hand_over_test_shows (self, "Now erase the file on the office’s stick"));
  assert_stored (self);
}

static void
test_wrong_stick (Test          *self,
                  gconstpointer  unused)
{
  g_autofree char *path = NULL;

  if (!dc_stick_test_works ())
    return;
  path = dc_stick_test_put ("MUSIC", "size=1m", TRUE);
  dc_window_test_wait_words (self->window, "Read from “MUSIC”");
  dc_hand_over_test_press (self, "Read from “MUSIC”");
  dc_window_test_wait_words (self->window, "“MUSIC” has no set-up file for this place");
  write_setup (path, "https://another.example.org/");
  dc_hand_over_test_press (self, "Read from “MUSIC”");
  dc_window_test_wait_words (self->window, "“MUSIC” has no set-up file for this place");
  g_assert_false (dc_hand_over_test_shows (self, "Now erase"));
  assert_not_stored (self);
}

/* daily-cup-send is at work: one thing after the other. */
static void
test_at_work (Test          *self,
              gconstpointer  unused)
{
  dc_hand_over_test_hold (self);
  type (self, 0, "tablet-3");
  type (self, 1, PASSWORD);
  dc_hand_over_probe (dc_kiosk_get_hand_over (self->kiosk));
  g_assert_false (can_store (self));
  dc_hand_over_test_let_go (self);
  dc_hand_over_test_wait (self);
  g_assert_true (can_store (self));
  assert_not_stored (self);
}

/* What was typed is gone with the page. */
static void
test_left (Test          *self,
           gconstpointer  unused)
{
  type (self, 0, "tablet-3");
  type (self, 1, PASSWORD);
  dc_hand_over_test_go (self, DC_PAGE_WELCOME);
  dc_hand_over_test_go (self, DC_PAGE_CREDENTIAL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (self, 0))), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (get_entry (self, 1))), ==, "");
  assert_not_stored (self);
}

static void
test_room (Test          *self,
           gconstpointer  unused)
{
  g_assert_true (dc_hand_over_test_shows (self, "With this name and this password"));
  dc_page_make_room (dc_window_get_page (self->window), TRUE);
  g_assert_false (dc_hand_over_test_shows (self, "With this name and this password"));
  g_assert_false (dc_hand_over_test_shows (self, ADDRESS));
  dc_page_make_room (dc_window_get_page (self->window), FALSE);
  g_assert_true (dc_hand_over_test_shows (self, "With this name and this password"));
  g_assert_true (dc_hand_over_test_shows (self, ADDRESS));
}

static void
test_demo (Test          *self,
           gconstpointer  unused)
{
  g_assert_true (dc_hand_over_test_shows (self, "A demonstration hands over only to a USB stick"));
  g_assert_null (dc_find_button (dc_hand_over_test_page (self), STORE));
}

static void
test_no_place (Test          *self,
               gconstpointer  unused)
{
  g_assert_true (dc_hand_over_test_shows (self, "Where the promises of this appeal go, no name and no password"));
  g_assert_null (dc_find_button (dc_hand_over_test_page (self), STORE));
}

#define ADD(path, up, function) \
  g_test_add ("/credential/" path, Test, NULL, up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_stick_test_enter ();
  dc_hand_over_test_init (&argc, &argv);

  ADD ("is-passed-on-and-stored-by-daily-cup-send-alone", set_up, test_typed);
  ADD ("is-dots", set_up, test_dots);
  ADD ("is-read-from-the-set-up-stick", set_up, test_stick);
  ADD ("is-not-on-another-stick", set_up, test_wrong_stick);
  ADD ("waits-while-daily-cup-send-is-at-work", set_up, test_at_work);
  ADD ("is-gone-with-the-page", set_up, test_left);
  ADD ("has-room-for-the-keyboard", set_up, test_room);
  ADD ("is-not-asked-for-in-a-demonstration", set_up_demo, test_demo);
  ADD ("is-not-asked-for-where-a-stick-is-taken", set_up_stick, test_no_place);

  return g_test_run ();
}
