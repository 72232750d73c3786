/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A live pack: which one a kiosk takes, and when it takes promises with it. */

#include "dc-kiosk-test.h"

#include <glib/gstdio.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-drill-run.h"
#include "dc-test-pack.h"

typedef struct
{
  char        *pack;
  char        *state;
  char        *stick;
  DcTestClock *clock;
  DcKiosk     *kiosk;
} Fixture;

static void
start (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  self->kiosk = dc_kiosk_new (self->pack, self->state, DC_CLOCK (self->clock), &error);
  g_assert_no_error (error);
  dc_kiosk_test_start (self->kiosk, &error);
  g_assert_no_error (error);
}

static void
stop (Fixture *self)
{
  if (self->kiosk == NULL)
    return;
  dc_kiosk_test_close_queue (self->kiosk);
  g_assert_finalize_object (g_steal_pointer (&self->kiosk));
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->pack = dc_test_dir_new ();
  self->state = dc_test_dir_new ();
  self->stick = dc_test_dir_new ();
  self->clock = dc_test_clock_new (DC_KIOSK_TEST_NOW);
  dc_test_pack_new (self->pack);
  dc_test_pack_make_live (self->pack, 3);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  stop (self);
  g_clear_pointer (&self->pack, dc_test_dir_remove);
  g_clear_pointer (&self->state, dc_test_dir_remove);
  g_clear_pointer (&self->stick, dc_test_dir_remove);
  g_assert_finalize_object (g_steal_pointer (&self->clock));
}

/* The stall does not open with this pack. */
static void
assert_refused (Fixture    *self,
                const char *pack,
                int         code,
                const char *pattern)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_kiosk_new (pack, self->state, DC_CLOCK (self->clock), &error));
  g_assert_error (error, DC_PACK_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("%s, expected %s", error->message, pattern);
}

static void
start_once (Fixture *self)
{
  start (self);
  stop (self);
}

static void
test_unsigned (Fixture       *self,
               gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->pack, "manifest.minisig", NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_refused (self, self->pack, DC_PACK_ERROR_UNSIGNED, "manifest.minisig: found nothing, *");
}

static void
test_altered (Fixture       *self,
              gconstpointer  unused)
{
  start_once (self);
  dc_test_pack_write (self->pack, "logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
  assert_refused (self, self->pack, DC_PACK_ERROR_SIGNATURE, "logo.svg: *");
}

static void
test_older (Fixture       *self,
            gconstpointer  unused)
{
  start_once (self);
  dc_test_pack_make_live (self->pack, 2);
  assert_refused (self, self->pack, DC_PACK_ERROR_OLDER, "manifest: serial: found “2”, expected 3 or later*");
  dc_test_pack_write (self->pack, "keys.ini", "[Keys]\n");
  dc_test_pack_make_live (self->pack, 3);
  assert_refused (self, self->pack, DC_PACK_ERROR_OLDER, "manifest: serial: found “3” again *");
}

static void
test_other_key (Fixture       *self,
                gconstpointer  unused)
{
  char *other = dc_test_dir_new ();

  start_once (self);
  dc_test_pack_new (other);
  dc_test_pack_make_live (other, 4);
  assert_refused (self, other, DC_PACK_ERROR_OTHER_KEY, "pack.pub: found the key *");
  dc_test_dir_remove (other);
}

/* The key is handed over; the recipients and so the drill stay. */
static void
test_next_key (Fixture       *self,
               gconstpointer  unused)
{
  g_autofree char *next = dc_test_pack_make_next_key (self->pack);
  g_autofree char *keys = g_strdup_printf ("[Keys]\nNext=%s\n", next);

  dc_test_pack_write (self->pack, "keys.ini", keys);
  dc_test_pack_make_live (self->pack, 4);
  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  dc_kiosk_test_go_live (self->kiosk);
  stop (self);

  dc_test_pack_take_next_key (self->pack);
  dc_test_pack_make_live (self->pack, 5);
  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NONE);
}

/* A new drill onto the stick; the path of its file. */
static char *
write_drill (Fixture *self)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  dc_drill_run_async (self->kiosk, self->stick, "fr", dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  name = dc_drill_run_finish (self->kiosk, result, &error);
  g_assert_no_error (error);

  return g_build_filename (self->stick, name, NULL);
}

static void
answer (Fixture    *self,
        const char *name,
        const char *path,
        guint       key)
{
  g_autofree char *words = dc_kiosk_test_answer (self->pack, name, path);
  g_autoptr (GError) error = NULL;
  guint found;

  g_assert_nonnull (words);
  g_assert_true (dc_drill_state_answer (dc_kiosk_get_drill (self->kiosk), words, &found, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (found, ==, key);
  dc_kiosk_check (self->kiosk);
}

static void
test_drill (Fixture       *self,
            gconstpointer  unused)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  g_assert_false (dc_kiosk_can_pledge (self->kiosk));
  path = write_drill (self);
  answer (self, "spare.txt", path, 1);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  answer (self, "desk.txt", path, 0);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NOT_LIVE);
  g_assert_false (dc_kiosk_can_pledge (self->kiosk));

  dc_drill_state_set_live (dc_kiosk_get_drill (self->kiosk), TRUE, &error);
  g_assert_no_error (error);
  dc_kiosk_check (self->kiosk);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NONE);
  g_assert_true (dc_kiosk_can_pledge (self->kiosk));
}

static void
test_stick_full (Fixture       *self,
                 gconstpointer  unused)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *nowhere = g_build_filename (self->stick, "gone", NULL);

  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  dc_drill_run_async (self->kiosk, nowhere, "en", dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  g_assert_null (dc_drill_run_finish (self->kiosk, result, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
}

/* What a donor reads and sees may change; who opens the promises may not. */
static void
test_changed_text (Fixture       *self,
                   gconstpointer  unused)
{
  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  dc_kiosk_test_go_live (self->kiosk);
  stop (self);

  dc_test_pack_write (self->pack, "logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>\n");
  dc_test_pack_make_live (self->pack, 4);
  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NONE);
}

static void
test_changed_recipients (Fixture       *self,
                         gconstpointer  unused)
{
  char *other = dc_test_dir_new ();
  g_autofree char *path = g_build_filename (other, "recipients.txt", NULL);
  g_autofree char *recipients = NULL;

  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  dc_kiosk_test_go_live (self->kiosk);
  stop (self);

  dc_test_pack_new (other);
  g_assert_true (g_file_get_contents (path, &recipients, NULL, NULL));
  dc_test_pack_write (self->pack, "recipients.txt", recipients);
  dc_test_pack_make_live (self->pack, 4);
  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  dc_test_dir_remove (other);
}

static void
test_changed_tablet (Fixture       *self,
                     gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->state, "tablet.key", NULL);

  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  dc_kiosk_test_go_live (self->kiosk);
  stop (self);
  g_assert_cmpint (g_unlink (path), ==, 0);
  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
}

static void
test_damaged (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->state, "drill.ini", NULL);

  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  dc_kiosk_test_go_live (self->kiosk);
  stop (self);
  g_assert_true (g_file_set_contents (path, "live=true\n", -1, NULL));
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, "The keys must be tried again: *drill.ini: *");
  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_DRILL);
  g_test_assert_expected_messages ();
}

/* It is tried for show, and its file is not a live tablet's. */
static void
test_demo (Fixture       *self,
           gconstpointer  unused)
{
  g_autofree char *live = g_build_filename (self->state, "drill.ini", NULL);
  g_autofree char *demo = g_build_filename (self->state, "drill-demo.ini", NULL);

  dc_test_pack_write (self->pack, "campaign.ini", dc_test_campaign_text ());
  dc_test_pack_sign (self->pack, "migrants-day", 4);
  start (self);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NONE);
  dc_kiosk_test_prove (self->kiosk);
  dc_kiosk_test_wait_trouble (self->kiosk, DC_TROUBLE_NONE);
  g_assert_true (g_file_test (demo, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (live, G_FILE_TEST_EXISTS));
  g_assert_nonnull (dc_kiosk_get_drill_folder (self->kiosk));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

#define ADD(path, run) g_test_add ("/live/" path, Fixture, NULL, set_up, run, tear_down)
  ADD ("refuses-a-pack-that-is-not-signed", test_unsigned);
  ADD ("refuses-an-altered-pack-and-says-which-file", test_altered);
  ADD ("refuses-an-older-pack-and-another-of-the-same-number", test_older);
  ADD ("refuses-a-pack-by-a-key-that-its-own-does-not-name", test_other_key);
  ADD ("goes-on-with-the-key-that-its-pack-named", test_next_key);
  ADD ("scans-only-until-each-key-has-answered-and-staff-went-live", test_drill);
  ADD ("says-when-the-file-cannot-be-written", test_stick_full);
  ADD ("stays-live-with-another-picture", test_changed_text);
  ADD ("scans-only-with-other-recipients", test_changed_recipients);
  ADD ("scans-only-with-another-key-of-the-tablet", test_changed_tablet);
  ADD ("scans-only-where-what-was-proved-is-damaged", test_damaged);
  ADD ("needs-no-drill-in-a-demonstration", test_demo);
#undef ADD

  return g_test_run ();
}
