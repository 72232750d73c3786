/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The page on which the coordinator hands the promises over to a folder, and
 * the one of what needs attention. */

#include "dc-hand-over-test.h"

#include <glib/gstdio.h>

#define NBSP "\xC2\xA0"
#define DAY "Friday 18 December 2026"
#define WAIT_3 "3 promises wait on this tablet, the oldest from " DAY "."
#define GONE "The folder where the promises go is not there."

typedef struct
{
  DcHandOverTest kiosk;
  char          *folder;
} Test;

static void
set_up_with (Test       *self,
             const char *destination,
             gboolean    live)
{
  dc_hand_over_test_set_up (&self->kiosk, destination, live);
  dc_hand_over_test_save (&self->kiosk, 3);
}

static void
set_up (Test          *self,
        gconstpointer  unused)
{
  g_autofree char *destination = NULL;

  self->folder = dc_test_dir_new ();
  destination = g_strdup_printf ("[Destination]\nKind=folder\nName=The office\nPath=%s\n", self->folder);
  set_up_with (self, destination, FALSE);
}

static void
set_up_stick (Test          *self,
              gconstpointer  unused)
{
  set_up_with (self, NULL, FALSE);
}

/* Nobody answers at that port. */
#define SERVER "[Destination]\nKind=webdav\nAddress=https://localhost:1/promises/\n"

static void
set_up_demo_server (Test          *self,
                    gconstpointer  unused)
{
  set_up_with (self, SERVER, FALSE);
}

static void
set_up_live_server (Test          *self,
                    gconstpointer  unused)
{
  set_up_with (self, SERVER, TRUE);
}

static void
tear_down (Test          *self,
           gconstpointer  unused)
{
  dc_hand_over_test_tear_down (&self->kiosk);
  g_clear_pointer (&self->folder, dc_test_dir_remove);
}

static GtkWidget *
button (Test       *self,
        const char *words)
{
  return dc_find_button (dc_hand_over_test_page (&self->kiosk), words);
}

static void
press (Test       *self,
       const char *words)
{
  dc_hand_over_test_press (&self->kiosk, words);
}

/* The page, with what it has counted and what the place answered. */
static void
open_page (Test *self)
{
  dc_hand_over_test_go (&self->kiosk, DC_PAGE_SYNC);
  dc_hand_over_test_wait (&self->kiosk);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (dc_hand_over_test_page (&self->kiosk));
}

static void
wait_end (Test *self)
{
  dc_hand_over_test_wait (&self->kiosk);
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (dc_hand_over_test_page (&self->kiosk));
}

/* The figure beside a caption, with what stands between them. */
static void
assert_figure (Test       *self,
               const char *caption,
               const char *detail,
               const char *figure)
{
  g_autoptr (GPtrArray) labels = dc_list (dc_hand_over_test_page (&self->kiosk), GTK_TYPE_LABEL);
  guint more = detail != NULL ? 1 : 0;

  for (guint i = 0; i + 1 + more < labels->len; i++) {
    if (!g_str_equal (gtk_label_get_text (labels->pdata[i]), caption)
        || !gtk_widget_has_css_class (labels->pdata[i], "figure-caption"))
      continue;
    if (detail != NULL)
      g_assert_cmpstr (gtk_label_get_text (labels->pdata[i + 1]), ==, detail);
    g_assert_cmpstr (gtk_label_get_text (labels->pdata[i + 1 + more]), ==, figure);
    return;
  }
  g_error ("no “%s”", caption);
}

static void
test_before (Test          *self,
             gconstpointer  unused)
{
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, WAIT_3));
  assert_figure (self, "On this tablet", "CHF" NBSP "54.06 a month", "3");
  assert_figure (self, "Handed over", NULL, "0");
  assert_figure (self, "Confirmed by the office", NULL, "0");
  assert_figure (self, "Need attention", NULL, "0");
  assert_figure (self, "Deleted by the donor", NULL, "0");
  assert_figure (self, "Last handed over", NULL, "not yet");
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "The office"));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, self->folder));
  g_assert_null (button (self, "Open: Need attention"));
  g_assert_null (button (self, "Open: Access"));
  g_assert_nonnull (button (self, "Open: Copy to a USB stick"));
}

static void
test_answers (Test          *self,
              gconstpointer  unused)
{
  g_autofree char *answers = g_strdup_printf ("%s\nIt can be reached.", self->folder);
  g_autofree char *fails = g_strdup_printf ("%s\nIt cannot be used just now.", self->folder);

  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, answers));
  g_assert_false (dc_hand_over_test_shows (&self->kiosk, GONE));

  g_assert_cmpint (g_rmdir (self->folder), !=, 0);   /* the probe has left its name there */
  dc_test_dir_remove (g_strdup (self->folder));
  dc_window_test_back (self->kiosk.window);
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, fails));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, GONE));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, WAIT_3));
}

static void
test_sync (Test          *self,
           gconstpointer  unused)
{
  dc_hand_over_test_go (&self->kiosk, DC_PAGE_COORDINATOR);
  dc_window_test_wait_words (self->kiosk.window, WAIT_3);
  press (self, "Open: Hand over the promises");
  g_assert_cmpuint (dc_window_get_page_id (self->kiosk.window), ==, DC_PAGE_SYNC);
  g_assert_cmpint (gtk_widget_get_height (button (self, "Sync")), >=, 64);
  press (self, "Sync");
  dc_window_test_wait_words (self->kiosk.window,
                             "3 handed over, 0 need attention, 0 on this tablet.");
  wait_end (self);
  assert_figure (self, "On this tablet", NULL, "0");
  assert_figure (self, "Handed over", "CHF" NBSP "54.06 a month", "3");
  assert_figure (self, "Last handed over", NULL, DAY ", 11:00");
  g_assert_nonnull (button (self, "Sync"));
  g_assert_null (button (self, "Stop"));

  dc_window_test_back (self->kiosk.window);
  dc_window_test_wait_words (self->kiosk.window, "Nothing waits on this tablet.");
  dc_hand_over_test_go (&self->kiosk, DC_PAGE_STAFF);
  dc_window_test_wait_words (self->kiosk.window, "Last handed over");
  assert_figure (self, "Waiting to be handed over", NULL, "0");
  assert_figure (self, "Last handed over", NULL, DAY ", 11:00");
}

/* What a run said is said as long as it is true. */
static void
test_old_outcome (Test          *self,
                  gconstpointer  unused)
{
  open_page (self);
  press (self, "Sync");
  wait_end (self);
  dc_window_begin_visit (self->kiosk.window);
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "3 handed over, 0 need attention, 0 on this tablet."));

  dc_window_begin_visit (self->kiosk.window);
  dc_hand_over_test_save (&self->kiosk, 4);          /* the fourth is new */
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "1 promise waits on this tablet, from " DAY "."));
  g_assert_false (dc_hand_over_test_shows (&self->kiosk, "3 handed over"));
}

/* A run belongs to nobody's page. */
static void
test_leave (Test          *self,
            gconstpointer  unused)
{
  open_page (self);
  dc_hand_over_test_hold (&self->kiosk);
  press (self, "Sync");
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "The promises are being handed over."));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "Calling the place…"));
  g_assert_null (button (self, "Sync"));
  g_assert_false (gtk_widget_is_sensitive (button (self, "Send again: Send everything again")));

  press (self, "Back to the stall");
  g_assert_cmpuint (dc_window_get_page_id (self->kiosk.window), ==, DC_PAGE_WELCOME);
  g_assert_true (dc_kiosk_can_pledge (self->kiosk.kiosk));
  dc_hand_over_test_go (&self->kiosk, DC_PAGE_COORDINATOR);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "The promises are being handed over."));
  dc_hand_over_test_let_go (&self->kiosk);
  dc_window_test_wait_words (self->kiosk.window, "Nothing waits on this tablet.");
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "3 handed over"));
}

static void
test_stop (Test          *self,
           gconstpointer  unused)
{
  open_page (self);
  dc_hand_over_test_hold (&self->kiosk);
  press (self, "Sync");
  press (self, "Stop");
  wait_end (self);
  dc_hand_over_test_let_go (&self->kiosk);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "0 handed over, 0 need attention, 3 on this tablet."));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "You stopped it. What had not arrived is still on this tablet."));
  press (self, "Sync");
  wait_end (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "3 handed over, 0 need attention, 0 on this tablet."));
  g_assert_false (dc_hand_over_test_shows (&self->kiosk, "You stopped it."));
}

static void
test_gone (Test          *self,
           gconstpointer  unused)
{
  open_page (self);
  dc_hand_over_test_hold (&self->kiosk);
  press (self, "Sync");
  dc_test_dir_remove (g_strdup (self->folder));
  dc_hand_over_test_let_go (&self->kiosk);
  wait_end (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "0 handed over, 0 need attention, 3 on this tablet."));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, GONE));

  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
  press (self, "Sync");
  wait_end (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "3 handed over, 0 need attention, 0 on this tablet."));
  g_assert_false (dc_hand_over_test_shows (&self->kiosk, GONE));
}

/* Asked once before. */
static void
test_again (Test          *self,
            gconstpointer  unused)
{
  open_page (self);
  press (self, "Sync");
  wait_end (self);
  press (self, "Send again: Send everything again");
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "All that the office has not confirmed is handed over once more."));
  press (self, "Leave it as it is");
  g_assert_nonnull (button (self, "Sync"));
  assert_figure (self, "On this tablet", NULL, "0");

  press (self, "Sync");
  wait_end (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "0 handed over, 0 need attention, 0 on this tablet."));
  press (self, "Send again: Send everything again");
  press (self, "Send everything again");
  wait_end (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "3 handed over, 0 need attention, 0 on this tablet."));
}

/* A number of two digits beside a sum that needs room. */
static void
test_figures_stay_whole (Test          *self,
                         gconstpointer  unused)
{
  g_autoptr (GPtrArray) labels = NULL;
  guint n = 0;

  dc_hand_over_test_save (&self->kiosk, 48);
  open_page (self);
  assert_figure (self, "On this tablet", "CHF" NBSP "875.76 a month", "48");
  labels = dc_list (dc_hand_over_test_page (&self->kiosk), GTK_TYPE_LABEL);
  for (guint i = 0; i < labels->len; i++) {
    if (!g_str_equal (gtk_label_get_text (labels->pdata[i]), "48"))
      continue;
    g_assert_cmpint (pango_layout_get_line_count (gtk_label_get_layout (labels->pdata[i])), ==, 1);
    n++;
  }
  g_assert_cmpuint (n, ==, 1);
}

/* As a destination that refused the @n-th promise left it. */
static void
refuse (Test       *self,
        guint       n,
        const char *reason)
{
  DcQueue *queue = dc_kiosk_get_queue (self->kiosk.kiosk);
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTestWait wait = { NULL };

  dc_queue_move_async (queue, &pledge->id, DC_STATE_REFUSED, reason, NULL, dc_test_wait_ready,
                       &wait);
  result = dc_test_wait_take (&wait);
  dc_queue_move_finish (queue, result, &error);
  g_assert_no_error (error);
}

static guint
count_in (Test    *self,
          DcState  state)
{
  g_autoptr (DcTally) tally = dc_kiosk_test_tally (self->kiosk.kiosk);

  return tally->all_by_state[state];
}

static void
open_attention (Test *self)
{
  open_page (self);
  press (self, "Open: Need attention");
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (dc_hand_over_test_page (&self->kiosk));
}

static void
test_attention (Test          *self,
                gconstpointer  unused)
{
  refuse (self, 1, "over quota");
  refuse (self, 3, DC_REFUSAL_DIFFERS);
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "2 promises were not accepted."));
  open_attention (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "CHF" NBSP "18.01 · " DAY));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "The place did not accept it: “over quota”"));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "CHF" NBSP "18.03 · " DAY));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "Another promise with the same number is already there."));

  press (self, "Try again: CHF" NBSP "18.03 · " DAY);
  dc_window_test_wait_words (self->kiosk.window,
                             "1 promise waits again, and goes with the next Sync.");
  dc_window_test_wait_queue (self->kiosk.kiosk);
  g_assert_false (dc_hand_over_test_shows (&self->kiosk, "CHF" NBSP "18.03 · " DAY));
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "CHF" NBSP "18.01 · " DAY));
  g_assert_cmpuint (count_in (self, DC_STATE_REFUSED), ==, 1);

  dc_window_test_back (self->kiosk.window);
  open_page (self);
  press (self, "Sync");
  wait_end (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "2 handed over, 1 needs attention, 0 on this tablet."));
}

static void
test_attention_all (Test          *self,
                    gconstpointer  unused)
{
  refuse (self, 1, DC_REFUSAL_UNEXPLAINED);
  refuse (self, 2, "over quota");
  open_attention (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "The place did not accept it and gave no reason."));
  press (self, "Try all again");
  dc_window_test_wait_words (self->kiosk.window,
                             "2 promises wait again, and go with the next Sync.");
  dc_window_test_wait_queue (self->kiosk.kiosk);
  dc_display_test_settle (dc_hand_over_test_page (&self->kiosk));
  g_assert_null (button (self, "Try all again"));
  g_assert_cmpuint (count_in (self, DC_STATE_WAITING), ==, 3);
}

/* What the disk has changed would be no promise of anybody's. */
static void
test_attention_damaged (Test          *self,
                        gconstpointer  unused)
{
  refuse (self, 2, DC_REFUSAL_DAMAGED);
  open_attention (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "The disk of this tablet has damaged it."));
  g_assert_null (button (self, "Try again: CHF" NBSP "18.02 · " DAY));
  g_assert_null (button (self, "Try all again"));
}

static void
test_attention_none (Test          *self,
                     gconstpointer  unused)
{
  dc_hand_over_test_go (&self->kiosk, DC_PAGE_ATTENTION);
  dc_window_test_wait_words (self->kiosk.window, "Every promise was accepted.");
  g_assert_null (button (self, "Try all again"));
}

static void
test_stick (Test          *self,
            gconstpointer  unused)
{
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "This appeal names no place on the network"));
  g_assert_null (button (self, "Sync"));
  g_assert_null (button (self, "Send again: Send everything again"));
  press (self, "Copy to a USB stick");
  g_assert_cmpuint (dc_window_get_page_id (self->kiosk.window), ==, DC_PAGE_STICK);
}

static void
test_demo_server (Test          *self,
                  gconstpointer  unused)
{
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "This is a demonstration: it hands over to a USB stick or to a folder"));
  g_assert_null (button (self, "Sync"));
  g_assert_null (button (self, "Open: Access"));
  g_assert_nonnull (button (self, "Copy to a USB stick"));
}

static void
test_live_server (Test          *self,
                  gconstpointer  unused)
{
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "https://localhost:1/promises/\nIt cannot be used just now."));
  g_assert_nonnull (button (self, "Sync"));
  press (self, "Open: Copy to a USB stick");
  g_assert_cmpuint (dc_window_get_page_id (self->kiosk.window), ==, DC_PAGE_STICK);
  dc_window_test_back (self->kiosk.window);
  dc_display_test_settle (dc_hand_over_test_page (&self->kiosk));
  press (self, "Open: Access");
  g_assert_cmpuint (dc_window_get_page_id (self->kiosk.window), ==, DC_PAGE_CREDENTIAL);
}

static void
test_uncounted (Test          *self,
                gconstpointer  unused)
{
  dc_kiosk_test_close_queue (self->kiosk.kiosk);
  open_page (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "The promises cannot be counted just now."));
  press (self, "Sync");
  wait_end (self);
  g_assert_true (dc_hand_over_test_shows (&self->kiosk, "This tablet cannot read or write its store of promises just now."));
  dc_hand_over_test_go (&self->kiosk, DC_PAGE_ATTENTION);
  dc_window_test_wait_words (self->kiosk.window,
                             "This tablet cannot read or write its store of promises just now.");
}

#define ADD(path, up, run) g_test_add ("/sync-page/" path, Test, NULL, up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_hand_over_test_init (&argc, &argv);

  ADD ("counts-and-adds-up", set_up, test_before);
  ADD ("keeps-a-number-in-one-line", set_up, test_figures_stay_whole);
  ADD ("says-whether-the-place-answers", set_up, test_answers);
  ADD ("hands-over-and-says-what-came-of-it", set_up, test_sync);
  ADD ("says-what-came-of-it-as-long-as-it-is-true", set_up, test_old_outcome);
  ADD ("can-be-left-while-it-goes-on", set_up, test_leave);
  ADD ("stops", set_up, test_stop);
  ADD ("says-that-the-folder-has-gone-and-goes-on-when-it-is-back", set_up, test_gone);
  ADD ("sends-everything-again-asked-once", set_up, test_again);
  ADD ("says-that-it-cannot-count", set_up, test_uncounted);
  ADD ("leads-to-a-stick-where-there-is-no-place", set_up_stick, test_stick);
  ADD ("keeps-a-demonstration-from-a-server", set_up_demo_server, test_demo_server);
  ADD ("leads-to-the-access-of-a-server", set_up_live_server, test_live_server);
  ADD ("attention/tries-one-again", set_up, test_attention);
  ADD ("attention/tries-all-again", set_up, test_attention_all);
  ADD ("attention/never-tries-what-is-damaged", set_up, test_attention_damaged);
  ADD ("attention/says-that-there-is-nothing", set_up, test_attention_none);

  return g_test_run ();
}
