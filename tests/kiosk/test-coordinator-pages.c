/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the coordinator can do with a live tablet. */

#include "dc-window-test.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test-pack.h"
#include "dc-wordlist.h"

typedef struct
{
  char       *pack;
  char       *sticks;
  char       *state;
  DcTestClock *clock;
  DcKiosk    *kiosk;
  DcWindow   *window;
} Fixture;

static void
set_up_kiosk (Fixture  *self,
              gboolean  live)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_crypto_init ());
  self->pack = dc_test_dir_new ();
  self->state = dc_test_dir_new ();
  self->sticks = dc_test_dir_new ();
  self->clock = dc_test_clock_new (DC_KIOSK_TEST_NOW);
  dc_test_pack_new (self->pack);
  if (live)
    dc_test_pack_make_live (self->pack, 3);
  self->kiosk = dc_kiosk_new (self->pack, self->state, DC_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  dc_kiosk_set_drill_folder (self->kiosk, self->sticks);
  dc_kiosk_test_start (self->kiosk, &error);
  g_assert_no_error (error);
  dc_kiosk_test_wait_trouble (self->kiosk, live ? DC_TROUBLE_DRILL : DC_TROUBLE_NONE);
  self->window = dc_window_test_new (self->kiosk, 600, 960);
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  set_up_kiosk (self, TRUE);
}

static void
set_up_demo (Fixture       *self,
             gconstpointer  unused)
{
  set_up_kiosk (self, FALSE);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_close_queue (self->kiosk);
  g_assert_finalize_object (g_steal_pointer (&self->kiosk));
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  g_clear_pointer (&self->pack, dc_test_dir_remove);
  g_clear_pointer (&self->state, dc_test_dir_remove);
  g_clear_pointer (&self->sticks, dc_test_dir_remove);
}

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static void
go (Fixture  *self,
    DcPageId  page)
{
  dc_window_test_go (self->window, page);
  dc_display_test_settle (get_page (self));
}

static void
press (Fixture    *self,
       const char *words)
{
  dc_click (get_page (self), words);
  dc_display_test_settle (get_page (self));
}

/* The button of the question that is asked: the one that matters most there. */
static void
say_yes (Fixture *self)
{
  g_autoptr (GPtrArray) buttons = dc_list (get_page (self), GTK_TYPE_BUTTON);

  g_assert_nonnull (dc_find_button (get_page (self), "Leave it as it is"));
  for (guint i = 0; i < buttons->len; i++) {
    GtkWidget *button = g_ptr_array_index (buttons, i);

    if (gtk_widget_get_mapped (button) && gtk_widget_has_css_class (button, "primary")) {
      g_signal_emit_by_name (button, "clicked");
      dc_display_test_settle (get_page (self));
      return;
    }
  }
  g_assert_not_reached ();
}

/* The path of the one file on the sticks. */
static char *
find_file (Fixture *self)
{
  g_autoptr (GDir) dir = g_dir_open (self->sticks, 0, NULL);
  const char *name = g_dir_read_name (dir);

  g_assert_nonnull (name);
  g_assert_true (g_str_has_prefix (name, "daily-cup-drill-"));

  return g_build_filename (self->sticks, name, NULL);
}

static void
write_file (Fixture *self)
{
  g_autofree char *base = g_path_get_basename (self->sticks);
  g_autofree char *words = g_strdup_printf ("Write to the folder “%s”", base);

  press (self, words);
  dc_window_test_wait_words (self->window, "Written: daily-cup-drill-");
  dc_display_test_settle (get_page (self));
}

static void
answer (Fixture    *self,
        const char *words)
{
  GtkWidget *entry = dc_find (get_page (self), GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), words);
  press (self, "Check the words");
}

static void
answer_with (Fixture    *self,
             const char *key)
{
  g_autofree char *path = find_file (self);
  g_autofree char *words = dc_kiosk_test_answer (self->pack, key, path);

  answer (self, words);
}

static void
test_not_yet (Fixture       *self,
              gconstpointer  unused)
{
  go (self, DC_PAGE_COORDINATOR);
  g_assert_true (dc_shows (get_page (self), "Codes only, until each key has been tried."));
  press (self, "Go live: Take promises");
  g_assert_true (dc_shows (get_page (self), "This tablet cannot go live yet: try each key first."));
  g_assert_null (dc_find_button (get_page (self), "Leave it as it is"));
  g_assert_false (dc_drill_state_is_live (dc_kiosk_get_drill (self->kiosk)));
}

static void
test_drill (Fixture       *self,
            gconstpointer  unused)
{
  go (self, DC_PAGE_DRILL);
  g_assert_false (gtk_widget_is_sensitive (dc_find (get_page (self), GTK_TYPE_ENTRY)));
  write_file (self);
  g_assert_true (gtk_widget_is_sensitive (dc_find (get_page (self), GTK_TYPE_ENTRY)));
  g_assert_true (dc_shows (get_page (self), "answer awaited"));
  answer_with (self, "desk.txt");
  g_assert_true (dc_shows (get_page (self), "Desk key: it opens what this tablet keeps."));
  answer_with (self, "spare.txt");
  g_assert_true (dc_shows (get_page (self), "Each key is tried and good."));
  g_assert_false (dc_shows (get_page (self), "answer awaited"));
  g_assert_true (dc_drill_state_is_proven (dc_kiosk_get_drill (self->kiosk)));
}

static void
test_wrong (Fixture       *self,
            gconstpointer  unused)
{
  go (self, DC_PAGE_DRILL);
  write_file (self);
  answer (self, "cup coffee");
  g_assert_true (dc_shows (get_page (self), "The answer has four words. These are 2 words."));
  answer (self, "cup");
  g_assert_true (dc_shows (get_page (self), "The answer has four words. This is 1 word."));
  answer (self, "cup coffee taza day");
  g_assert_true (dc_shows (get_page (self), "Word 3 is not in the list of words."));
  answer (self, "cup coffee day hope");
  g_assert_true (dc_shows (get_page (self), "These are not the words of any key. 9 tries left."));
  answer_with (self, "spare.txt");
  g_assert_true (dc_shows (get_page (self), "Spare key: it opens what this tablet keeps."));
}

static void
test_go_live (Fixture       *self,
              gconstpointer  unused)
{
  dc_kiosk_test_prove (self->kiosk);
  go (self, DC_PAGE_COORDINATOR);
  press (self, "Go live: Take promises");
  press (self, "Leave it as it is");
  g_assert_false (dc_drill_state_is_live (dc_kiosk_get_drill (self->kiosk)));
  g_assert_true (dc_shows (get_page (self), "Codes only. Each key is tried and good"));

  press (self, "Go live: Take promises");
  say_yes (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NONE);
  dc_display_test_settle (get_page (self));
  g_assert_true (dc_shows (get_page (self), "This tablet is live."));
  g_assert_true (dc_shows (get_page (self), "Everything works."));

  press (self, "Back to codes only: Take promises");
  say_yes (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NOT_LIVE);
  g_assert_true (dc_shows (get_page (self), "Codes only."));
}

/* The staff's page tells whom to call. */
static void
test_staff_page (Fixture       *self,
                 gconstpointer  unused)
{
  go (self, DC_PAGE_STAFF);
  g_assert_true (dc_shows (get_page (self), "The keys of the office have not been tried on this tablet."));
  dc_kiosk_test_prove (self->kiosk);
  dc_window_test_wait_words (self->window, "This tablet is set to codes only.");
}

static void
test_compare (Fixture       *self,
              gconstpointer  unused)
{
  DcPack *pack = dc_kiosk_get_pack (self->kiosk);
  const char *key = dc_pack_get_public_key (pack);
  g_autofree char *pack_words = dc_fingerprint (DC_FINGERPRINT_PACK_KEY, key, strlen (key));
  g_autofree char *tablet_words =
    dc_fingerprint (DC_FINGERPRINT_TABLET, dc_sealer_get_tablet (dc_kiosk_get_sealer (self->kiosk)), 32);
  g_autofree char *recipients_words = NULL;
  guint8 digest[32];

  dc_age_recipients_digest (dc_pack_get_recipients (pack), digest);
  recipients_words = dc_fingerprint (DC_FINGERPRINT_RECIPIENTS, digest, sizeof digest);
  go (self, DC_PAGE_COORDINATOR);
  g_assert_true (dc_shows (get_page (self), pack_words));
  g_assert_true (dc_shows (get_page (self), tablet_words));
  g_assert_true (dc_shows (get_page (self), recipients_words));
  g_assert_true (dc_shows (get_page (self), "3 · "));
}

static void
test_demo (Fixture       *self,
           gconstpointer  unused)
{
  go (self, DC_PAGE_COORDINATOR);
  g_assert_true (dc_shows (get_page (self), "This is a demonstration: promises are taken"));
  g_assert_null (dc_find_button (get_page (self), "Go live: Take promises"));
  press (self, "Begin: Try the keys");
  dc_window_test_wait_page (self->window, DC_PAGE_DRILL);
  g_assert_true (dc_shows (get_page (self), "This is a demonstration: you can try the keys here"));
  write_file (self);
  answer_with (self, "desk.txt");
  g_assert_true (dc_shows (get_page (self), "Desk key: it opens what this tablet keeps."));
  g_assert_true (dc_kiosk_can_pledge (self->kiosk));
}

/* The keyboard comes, and the words that were read already go. */
static void
test_room (Fixture       *self,
           gconstpointer  unused)
{
  go (self, DC_PAGE_DRILL);
  g_assert_true (dc_shows (get_page (self), "A test file is locked"));
  dc_page_make_room (dc_window_get_page (self->window), TRUE);
  g_assert_false (dc_shows (get_page (self), "A test file is locked"));
  dc_page_make_room (dc_window_get_page (self->window), FALSE);
  g_assert_true (dc_shows (get_page (self), "A test file is locked"));
}

#define ADD(path, up, run) g_test_add ("/coordinator/" path, Fixture, NULL, up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("cannot-go-live-before-the-keys-are-tried", set_up, test_not_yet);
  ADD ("tries-each-key", set_up, test_drill);
  ADD ("is-told-what-is-wrong-with-an-answer", set_up, test_wrong);
  ADD ("goes-live-and-back-each-asked-once", set_up, test_go_live);
  ADD ("is-called-by-the-staff-s-page", set_up, test_staff_page);
  ADD ("compares-in-words", set_up, test_compare);
  ADD ("tries-the-keys-of-a-demonstration-for-show", set_up_demo, test_demo);
  ADD ("has-room-for-the-keyboard", set_up, test_room);

  return g_test_run ();
}
