/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-hand-over-test.h"

#include <glib/gstdio.h>

#include "dc-crypto.h"
#include "dc-test-pack.h"

/* Long enough for a loaded machine; a test that works never waits for it. */
#define PATIENCE_S 60

static const char *sender;      /* daily-cup-send */
static const char *authority;   /* (nullable) */

void
dc_hand_over_test_init (int    *argc,
                        char ***argv)
{
  dc_window_test_init (argc, argv);
  g_assert_cmpint (*argc, ==, 2);
  sender = (*argv)[1];
}

void
dc_hand_over_test_set_authority (const char *pem)
{
  authority = pem;
}

static char *
path_of_hold (DcHandOverTest *self)
{
  return g_build_filename (self->tools, "hold", NULL);
}

/* What the kiosk starts: waits while there is a file, and becomes the program. */
static char *
write_starter (DcHandOverTest *self)
{
  char *path = g_build_filename (self->tools, "send", NULL);
  g_autofree char *hold = path_of_hold (self);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\nwhile [ -e '%s' ]; do sleep 0.02; done\n"
                                           "exec '%s' \"$@\"\n", hold, sender);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0700, &error);
  g_assert_no_error (error);

  return path;
}

static void
make_pack (DcHandOverTest *self,
           const char     *destination,
           gboolean        live)
{
  self->pack = dc_test_dir_new ();
  dc_test_pack_new (self->pack);
  if (authority != NULL)
    dc_test_pack_write (self->pack, "ca.pem", authority);
  if (destination != NULL) {
    dc_test_pack_write (self->pack, "destination.ini", destination);
    dc_test_pack_sign (self->pack, "migrants-day", 2);
  }
  if (live)
    dc_test_pack_make_live (self->pack, 3);
}

void
dc_hand_over_test_set_up (DcHandOverTest *self,
                          const char     *destination,
                          gboolean        live)
{
  g_autofree char *program = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_crypto_init ());
  make_pack (self, destination, live);
  self->state = dc_test_dir_new ();
  self->tools = dc_test_dir_new ();
  self->clock = dc_test_clock_new (DC_KIOSK_TEST_NOW);
  program = write_starter (self);
  self->kiosk = dc_kiosk_new (self->pack, self->state, DC_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  dc_hand_over_set_program (dc_kiosk_get_hand_over (self->kiosk), program);
  dc_kiosk_test_start (self->kiosk, &error);
  g_assert_no_error (error);
  if (live) {
    dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
    dc_kiosk_test_go_live (self->kiosk);
  } else {
    dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NONE);
  }
  self->window = dc_window_test_new (self->kiosk, 600, 960);
}

void
dc_hand_over_test_tear_down (DcHandOverTest *self)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_close_queue (self->kiosk);
  g_assert_finalize_object (g_steal_pointer (&self->kiosk));
  g_assert_finalize_object (g_steal_pointer (&self->clock));
  g_clear_pointer (&self->pack, dc_test_dir_remove);
  g_clear_pointer (&self->state, dc_test_dir_remove);
  g_clear_pointer (&self->tools, dc_test_dir_remove);
}

void
dc_hand_over_test_save (DcHandOverTest *self,
                        guint           n)
{
  DcQueue *queue = dc_kiosk_get_queue (self->kiosk);

  for (guint i = 1; i <= n; i++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (i);
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GError) error = NULL;
    DcTestWait wait = { NULL };

    dc_queue_save_async (queue, DC_KIND_PLEDGE, pledge, dc_kiosk_get_sealer (self->kiosk),
                         dc_test_wait_ready, &wait);
    result = dc_test_wait_take (&wait);
    dc_queue_save_finish (queue, result, &error);
    g_assert_no_error (error);
  }
}

void
dc_hand_over_test_hold (DcHandOverTest *self)
{
  g_autofree char *path = path_of_hold (self);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

void
dc_hand_over_test_let_go (DcHandOverTest *self)
{
  g_autofree char *path = path_of_hold (self);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

GtkWidget *
dc_hand_over_test_page (DcHandOverTest *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

gboolean
dc_hand_over_test_shows (DcHandOverTest *self,
                         const char     *words)
{
  return dc_shows (dc_hand_over_test_page (self), words);
}

void
dc_hand_over_test_go (DcHandOverTest *self,
                      DcPageId        page)
{
  dc_window_test_go (self->window, page);
  dc_display_test_settle (dc_hand_over_test_page (self));
}

void
dc_hand_over_test_press (DcHandOverTest *self,
                         const char     *words)
{
  dc_click (dc_hand_over_test_page (self), words);
  dc_display_test_settle (dc_hand_over_test_page (self));
}

static gboolean
give_up (gpointer unused)
{
  g_error ("waited for the end of a run in vain");

  return G_SOURCE_REMOVE;
}

void
dc_hand_over_test_wait (DcHandOverTest *self)
{
  DcHandOver *hand_over = dc_kiosk_get_hand_over (self->kiosk);
  guint guard = g_timeout_add_seconds (PATIENCE_S, give_up, NULL);

  while (dc_hand_over_get_state (hand_over) != DC_HAND_OVER_AT_REST)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}
