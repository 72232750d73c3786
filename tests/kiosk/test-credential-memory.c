/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Looks through the kiosk's own memory for a password after it was passed on,
 * as the program sets memory up: what is freed is overwritten. */

#include "dc-hand-over-test.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-memory.h"
#include "dc-test-needle.h"

/* Nobody is at port 1. */
#define CLOUD "[Destination]\nKind=webdav\nAddress=https://127.0.0.1:1/dav/\n"

/* The first is the user's, the second the password's. */
static GtkEditable *
get_entry (DcHandOverTest *self,
           guint           n)
{
  g_autoptr (GPtrArray) entries = dc_list (dc_hand_over_test_page (self), GTK_TYPE_ENTRY);

  return entries->pdata[n];
}

/* A letter at a time, as the keyboard on the screen does. */
static void
type_needle (DcHandOverTest *self)
{
  GtkEditable *entry = get_entry (self, 1);
  char text[DC_TEST_NEEDLE_LENGTH + 1] = "";

  gtk_editable_set_text (get_entry (self, 0), "tablet-3");
  dc_test_needle_choose ();
  dc_test_needle_write (text);
  for (int i = 0; i < DC_TEST_NEEDLE_LENGTH; i++) {
    int end = i;

    gtk_editable_insert_text (entry, text + i, 1, &end);
  }
  dc_crypto_wipe (text, sizeof text);
  dc_display_test_settle (dc_hand_over_test_page (self));
}

static void
test_passed_on (void)
{
  DcHandOverTest self = { NULL };

  dc_hand_over_test_set_up (&self, CLOUD, TRUE);
  dc_hand_over_test_go (&self, DC_PAGE_CREDENTIAL);
  type_needle (&self);
  g_assert_cmpuint (dc_test_needle_count (), >=, 1);   /* it does find one */

  dc_hand_over_test_press (&self, "Store and try");
  dc_window_test_wait_words (self.window, "The place cannot be reached.");
  dc_memory_wipe_spare_blocks ();
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
  dc_hand_over_test_tear_down (&self);
}

static void
test_left (void)
{
  DcHandOverTest self = { NULL };

  dc_hand_over_test_set_up (&self, CLOUD, TRUE);
  dc_hand_over_test_go (&self, DC_PAGE_CREDENTIAL);
  type_needle (&self);
  dc_hand_over_test_go (&self, DC_PAGE_WELCOME);
  dc_display_test_wait (500);
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
  dc_hand_over_test_tear_down (&self);
}

int
main (int   argc,
      char *argv[])
{
  dc_hand_over_test_init (&argc, &argv);
  g_assert_true (dc_memory_wipe_freed ());

  g_test_add_func ("/credential-memory/has-no-password-that-was-passed-on", test_passed_on);
  g_test_add_func ("/credential-memory/has-no-password-of-a-page-that-was-left", test_left);

  return g_test_run ();
}
