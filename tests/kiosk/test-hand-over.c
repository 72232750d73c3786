/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The kiosk's runs, without a page: by the daily-cup-send that ships, to folders. */

#include "dc-hand-over-test.h"

#include <glib/gstdio.h>

#include "dc-readiness.h"
#include "dc-settings.h"
#include "dc-statement.h"
#include "dc-test-pack.h"

#define SERVER "[Destination]\nKind=postgresql\nHost=localhost\nDatabase=promises\n"

typedef struct
{
  DcHandOverTest kiosk;
  DcHandOver    *hand_over;
  char          *folder;
  guint          changes;
} Test;

static void
on_changed (Test *self)
{
  self->changes++;
}

static void
set_up_with (Test       *self,
             const char *destination,
             gboolean    live)
{
  self->folder = dc_test_dir_new ();
  dc_hand_over_test_set_up (&self->kiosk, destination, live);
  self->hand_over = dc_kiosk_get_hand_over (self->kiosk.kiosk);
  g_signal_connect_swapped (self->hand_over, "changed", G_CALLBACK (on_changed), self);
  dc_hand_over_test_save (&self->kiosk, 2);
}

static void
set_up (Test          *self,
        gconstpointer  unused)
{
  g_autofree char *folder = dc_test_dir_new ();
  g_autofree char *destination = g_strdup_printf ("[Destination]\nKind=folder\nPath=%s\n", folder);

  set_up_with (self, destination, FALSE);
  dc_test_dir_remove (g_steal_pointer (&self->folder));
  self->folder = g_steal_pointer (&folder);
}

static void
set_up_stick (Test          *self,
              gconstpointer  unused)
{
  set_up_with (self, NULL, FALSE);
}

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
  g_signal_handlers_disconnect_by_data (self->hand_over, self);
  dc_hand_over_test_tear_down (&self->kiosk);
  g_clear_pointer (&self->folder, dc_test_dir_remove);
}

static const DcRunOutcome *
wait_outcome (Test *self)
{
  dc_hand_over_test_wait (&self->kiosk);

  return dc_hand_over_get_outcome (self->hand_over);
}

static void
test_runs (Test          *self,
           gconstpointer  unused)
{
  const DcRunOutcome *outcome;
  guint done, total;
  gint seconds;

  g_assert_null (dc_hand_over_get_outcome (self->hand_over));
  g_assert_false (dc_hand_over_wants_drive (self->hand_over));
  g_assert_false (dc_hand_over_takes_credential (self->hand_over));
  g_assert_true (dc_hand_over_start (self->hand_over, NULL, FALSE));
  g_assert_cmpint (dc_hand_over_get_state (self->hand_over), ==, DC_HAND_OVER_RUNNING);
  g_assert_false (dc_hand_over_start (self->hand_over, NULL, FALSE));

  outcome = wait_outcome (self);
  g_assert_no_error (outcome->error);
  g_assert_cmpuint (outcome->handed_over, ==, 2);
  g_assert_cmpuint (outcome->left, ==, 0);
  g_assert_cmpint (dc_hand_over_get_answer (self->hand_over), ==, DC_HAND_OVER_ANSWERS);
  g_assert_cmpuint (self->changes, >=, 3);
  dc_hand_over_get_progress (self->hand_over, &done, &total, &seconds);
  g_assert_cmpuint (done, ==, 0);
  g_assert_cmpuint (total, ==, 0);
  g_assert_cmpint (seconds, ==, -1);
}

/* The one statement below @folder. (transfer full) */
static DcStatement *
read_statement (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *text = NULL;
    DcStatement *found = NULL;
    gsize size;

    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      found = read_statement (path);
    } else if (g_str_has_prefix (name, "statement-")
               && g_file_get_contents (path, &text, &size, NULL)) {
      g_autoptr (GBytes) line = g_bytes_new (text, size);

      found = dc_statement_from_line (line, NULL);
    }
    if (found != NULL)
      return found;
  }

  return NULL;
}

static void
test_tells_of_the_event (Test          *self,
                         gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->kiosk.state, "readiness.ini", NULL);
  DcReadiness note = { .at_s = 1797588000 };
  g_autoptr (DcStatement) statement = NULL;

  note.levels[DC_READY_POWER] = DC_READY_AMBER;
  g_assert_true (dc_readiness_save (&note, path, NULL));
  g_assert_true (dc_settings_set_event (dc_kiosk_get_settings (self->kiosk.kiosk), "Fête", "Genève",
                                        0, NULL));
  g_assert_true (dc_hand_over_start (self->hand_over, NULL, FALSE));
  g_assert_no_error (wait_outcome (self)->error);

  statement = read_statement (self->folder);
  g_assert_nonnull (statement);
  g_assert_cmpstr (statement->stall.event, ==, "Fête");
  g_assert_cmpstr (statement->stall.place, ==, "Genève");
  g_assert_cmpint (statement->stall.ready_s, ==, 1797588000);
  g_assert_cmpstr (statement->stall.ready, ==, "ggggggggggag");
}

static void
test_probes (Test          *self,
             gconstpointer  unused)
{
  g_assert_cmpint (dc_hand_over_get_answer (self->hand_over), ==, DC_HAND_OVER_UNKNOWN);
  dc_hand_over_probe (self->hand_over);
  g_assert_cmpint (dc_hand_over_get_state (self->hand_over), ==, DC_HAND_OVER_PROBING);
  dc_hand_over_test_wait (&self->kiosk);
  g_assert_cmpint (dc_hand_over_get_answer (self->hand_over), ==, DC_HAND_OVER_ANSWERS);
  g_assert_null (dc_hand_over_get_outcome (self->hand_over));

  dc_test_dir_remove (g_strdup (self->folder));
  dc_hand_over_probe (self->hand_over);
  dc_hand_over_test_wait (&self->kiosk);
  g_assert_cmpint (dc_hand_over_get_answer (self->hand_over), ==, DC_HAND_OVER_SILENT);
  g_assert_error (dc_hand_over_get_answer_error (self->hand_over), DC_DELIVERY_ERROR,
                  DC_DELIVERY_ERROR_GONE);
  g_assert_cmpint (g_mkdir (self->folder, 0700), ==, 0);
}

/* Who presses Sync does not wait for what nobody asked for. */
static void
test_overtakes_probe (Test          *self,
                      gconstpointer  unused)
{
  dc_hand_over_test_hold (&self->kiosk);
  dc_hand_over_probe (self->hand_over);
  g_assert_true (dc_hand_over_start (self->hand_over, NULL, FALSE));
  g_assert_cmpint (dc_hand_over_get_state (self->hand_over), ==, DC_HAND_OVER_RUNNING);
  g_assert_false (dc_hand_over_start (self->hand_over, NULL, FALSE));
  dc_hand_over_test_let_go (&self->kiosk);
  g_assert_cmpuint (wait_outcome (self)->handed_over, ==, 2);
}

static void
test_stops (Test          *self,
            gconstpointer  unused)
{
  dc_hand_over_test_hold (&self->kiosk);
  dc_hand_over_start (self->hand_over, NULL, FALSE);
  g_assert_false (dc_hand_over_is_stopping (self->hand_over));
  dc_hand_over_stop (self->hand_over);
  g_assert_true (dc_hand_over_is_stopping (self->hand_over));
  g_assert_error (wait_outcome (self)->error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED);
  g_assert_cmpuint (dc_hand_over_get_outcome (self->hand_over)->left, ==, 2);
  g_assert_false (dc_hand_over_is_stopping (self->hand_over));
  /* It says nothing of the place. */
  g_assert_cmpint (dc_hand_over_get_answer (self->hand_over), ==, DC_HAND_OVER_UNKNOWN);
  dc_hand_over_test_let_go (&self->kiosk);
}

/* Of whoever stands before the thank-you page. */
static void
test_keeps_held (Test          *self,
                 gconstpointer  unused)
{
  DcSecondCopy *copy = dc_kiosk_get_second_copy (self->kiosk.kiosk);
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (2);

  dc_second_copy_hold (copy, &pledge->id);
  dc_hand_over_start (self->hand_over, NULL, FALSE);
  g_assert_cmpuint (wait_outcome (self)->handed_over, ==, 1);
  g_assert_cmpuint (dc_hand_over_get_outcome (self->hand_over)->left, ==, 1);

  dc_second_copy_release (copy);
  dc_hand_over_start (self->hand_over, NULL, FALSE);
  g_assert_cmpuint (wait_outcome (self)->handed_over, ==, 1);
  g_assert_cmpuint (dc_hand_over_get_outcome (self->hand_over)->left, ==, 0);
}

static void
test_everything (Test          *self,
                 gconstpointer  unused)
{
  dc_hand_over_start (self->hand_over, NULL, FALSE);
  g_assert_cmpuint (wait_outcome (self)->handed_over, ==, 2);
  dc_hand_over_start (self->hand_over, NULL, FALSE);
  g_assert_cmpuint (wait_outcome (self)->handed_over, ==, 0);
  dc_hand_over_start (self->hand_over, NULL, TRUE);
  g_assert_cmpuint (wait_outcome (self)->handed_over, ==, 2);
}

static void
test_drive (Test          *self,
            gconstpointer  unused)
{
  g_assert_null (dc_hand_over_get_place (self->hand_over));
  g_assert_true (dc_hand_over_wants_drive (self->hand_over));
  g_assert_false (dc_hand_over_start (self->hand_over, NULL, FALSE));
  dc_hand_over_probe (self->hand_over);
  g_assert_cmpint (dc_hand_over_get_state (self->hand_over), ==, DC_HAND_OVER_AT_REST);

  g_assert_true (dc_hand_over_start (self->hand_over, self->folder, FALSE));
  g_assert_cmpuint (wait_outcome (self)->handed_over, ==, 2);
  g_assert_cmpstr (dc_hand_over_get_drive (self->hand_over), ==, self->folder);
  g_assert_cmpint (dc_hand_over_get_answer (self->hand_over), ==, DC_HAND_OVER_UNKNOWN);
}

/* Nothing of a demonstration reaches a server. */
static void
test_forbidden (Test          *self,
                gconstpointer  unused)
{
  g_assert_true (dc_hand_over_is_forbidden (self->hand_over));
  g_assert_false (dc_hand_over_takes_credential (self->hand_over));
  g_assert_false (dc_hand_over_start (self->hand_over, NULL, FALSE));
  dc_hand_over_probe (self->hand_over);
  g_assert_cmpint (dc_hand_over_get_state (self->hand_over), ==, DC_HAND_OVER_AT_REST);
  g_assert_true (dc_hand_over_start (self->hand_over, self->folder, FALSE));
  g_assert_cmpuint (wait_outcome (self)->handed_over, ==, 2);
}

static void
test_server (Test          *self,
             gconstpointer  unused)
{
  g_assert_false (dc_hand_over_is_forbidden (self->hand_over));
  g_assert_true (dc_hand_over_takes_credential (self->hand_over));
  g_assert_false (dc_hand_over_wants_drive (self->hand_over));
  g_assert_false (dc_hand_over_may_remove (self->hand_over));
  g_assert_true (dc_hand_over_start (self->hand_over, NULL, FALSE));
  g_assert_nonnull (wait_outcome (self)->error);
  g_assert_cmpint (dc_hand_over_get_answer (self->hand_over), ==, DC_HAND_OVER_SILENT);
}

/* Before the tablet has its key it cannot say whose the records are. */
static void
test_no_key (void)
{
  g_autofree char *pack = dc_test_dir_new ();
  g_autofree char *state = dc_test_dir_new ();
  g_autoptr (DcTestClock) clock = dc_test_clock_new (DC_KIOSK_TEST_NOW);
  g_autoptr (DcKiosk) kiosk = NULL;
  g_autoptr (GError) error = NULL;
  DcHandOver *hand_over;

  dc_test_pack_new (pack);
  kiosk = dc_kiosk_new (pack, state, DC_CLOCK (clock), &error);
  g_assert_no_error (error);
  hand_over = dc_kiosk_get_hand_over (kiosk);
  g_assert_false (dc_hand_over_start (hand_over, pack, FALSE));
  dc_hand_over_probe (hand_over);
  dc_hand_over_stop (hand_over);
  g_assert_cmpint (dc_hand_over_get_state (hand_over), ==, DC_HAND_OVER_AT_REST);
  g_clear_object (&kiosk);
  dc_test_dir_remove (g_steal_pointer (&pack));
  dc_test_dir_remove (g_steal_pointer (&state));
}

/* The program is closed while a run is under way: nothing is left of it. */
static void
test_dropped (Test          *self,
              gconstpointer  unused)
{
  dc_hand_over_test_hold (&self->kiosk);
  g_assert_true (dc_hand_over_start (self->hand_over, NULL, FALSE));
}

#define ADD(path, up, run) g_test_add ("/hand-over/" path, Test, NULL, up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_hand_over_test_init (&argc, &argv);

  ADD ("hands-over-to-the-place-of-the-pack", set_up, test_runs);
  ADD ("tells-of-the-event-and-of-the-last-check", set_up, test_tells_of_the_event);
  ADD ("asks-whether-the-place-answers", set_up, test_probes);
  ADD ("does-not-wait-for-a-question-that-nobody-asked", set_up, test_overtakes_probe);
  ADD ("stops", set_up, test_stops);
  ADD ("keeps-what-a-donor-may-still-undo", set_up, test_keeps_held);
  ADD ("hands-everything-over-again", set_up, test_everything);
  ADD ("wants-a-drive-where-the-pack-names-no-place", set_up_stick, test_drive);
  ADD ("keeps-a-demonstration-from-a-server", set_up_demo_server, test_forbidden);
  ADD ("tries-a-server-of-a-live-pack", set_up_live_server, test_server);
  ADD ("goes-with-the-kiosk", set_up, test_dropped);
  g_test_add_func ("/hand-over/waits-for-the-key-of-the-tablet", test_no_key);

  return g_test_run ();
}
