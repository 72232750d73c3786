/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-kiosk-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-test-pack.h"

/* The queue's ballast and journal, and little more. */
#define DISK_SIZE "16777216"

typedef struct
{
  char        *pack;
  char        *state;
  DcTestClock *clock;
  gboolean     mounted;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->pack = dc_test_dir_new ();
  self->state = dc_test_dir_new ();
  self->clock = dc_test_clock_new (DC_KIOSK_TEST_NOW);
  dc_test_pack_new (self->pack);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  if (self->mounted)
    g_assert_cmpint (umount (self->state), ==, 0);
  dc_test_dir_remove (self->pack);
  dc_test_dir_remove (self->state);
  g_assert_finalize_object (self->clock);
}

static DcKiosk *
kiosk_new (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  DcKiosk *kiosk = dc_kiosk_new (self->pack, self->state, DC_CLOCK (self->clock), &error);

  g_assert_no_error (error);

  return kiosk;
}

static DcKiosk *
kiosk_new_started (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  DcKiosk *kiosk = kiosk_new (self);

  dc_kiosk_test_start (kiosk, &error);
  g_assert_no_error (error);

  return kiosk;
}

static void
drop (DcKiosk *kiosk)
{
  dc_kiosk_test_close_queue (kiosk);
  g_assert_finalize_object (kiosk);
}

static void
edit (Fixture    *self,
      const char *name,
      const char *from,
      const char *to)
{
  g_autofree char *path = g_build_filename (self->pack, name, NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  after = dc_test_replace (before, from, to);
  dc_test_pack_write (self->pack, name, after);
}

static gboolean
is_in_state (Fixture    *self,
             const char *name)
{
  g_autofree char *path = g_build_filename (self->state, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
expect_warning (const char *pattern)
{
  g_test_expect_message (NULL, G_LOG_LEVEL_WARNING, pattern);
}

static void
on_notify (guint *count)
{
  (*count)++;
}

/* Cut off after it was decided, or undecided. */
static void
test_goes_on_with_a_wipe (Fixture       *self,
                          gconstpointer  unused)
{
  DcKiosk *kiosk = kiosk_new_started (self);
  guint8 before[32];

  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  memcpy (before, dc_sealer_get_tablet (dc_kiosk_get_sealer (kiosk)), sizeof before);
  g_assert_true (dc_settings_set_event (dc_kiosk_get_settings (kiosk), "Fair", "", 0, NULL));
  g_assert_true (dc_kiosk_wipe (kiosk, NULL));
  g_assert_true (is_in_state (self, "tablet.key"));
  drop (kiosk);

  kiosk = kiosk_new_started (self);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  g_assert_false (is_in_state (self, "wipe"));
  g_assert_cmpstr (dc_settings_get_name (dc_kiosk_get_settings (kiosk)), ==, "");
  g_assert_cmpint (memcmp (before, dc_sealer_get_tablet (dc_kiosk_get_sealer (kiosk)),
                           sizeof before), !=, 0);
  drop (kiosk);
}

static void
test_starts (Fixture       *self,
             gconstpointer  unused)
{
  DcKiosk *kiosk = kiosk_new (self);
  g_autofree char *day = dc_kiosk_get_day (kiosk);
  guint notified = 0, trouble;

  g_signal_connect_swapped (kiosk, "notify::trouble", G_CALLBACK (on_notify), &notified);
  g_assert_cmpuint (dc_kiosk_get_trouble (kiosk), ==, DC_TROUBLE_STARTING);
  g_assert_false (dc_kiosk_can_pledge (kiosk));
  g_assert_cmpstr (day, ==, DC_KIOSK_TEST_DAY);
  g_assert_true (dc_kiosk_get_clock (kiosk) == DC_CLOCK (self->clock));
  g_assert_cmpstr (dc_campaign_get_id (dc_kiosk_get_campaign (kiosk)), ==, "migrants-day");
  g_assert_true (dc_pack_get_campaign (dc_kiosk_get_pack (kiosk)) == dc_kiosk_get_campaign (kiosk));
  g_assert_true (dc_kiosk_staff_gate_works (kiosk));
  g_assert_false (dc_staff_gate_has_pin (dc_kiosk_get_staff_gate (kiosk), DC_STAFF_VOLUNTEER));

  g_assert_true (dc_kiosk_test_start (kiosk, NULL));
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  g_assert_true (dc_kiosk_can_pledge (kiosk));
  g_assert_nonnull (dc_kiosk_get_sealer (kiosk));
  g_assert_cmpuint (notified, ==, 1);
  g_object_get (kiosk, "trouble", &trouble, NULL);
  g_assert_cmpuint (trouble, ==, DC_TROUBLE_NONE);
  drop (kiosk);
}

static void
test_shipped_pack (Fixture       *self,
                   gconstpointer  unused)
{
  g_autofree char *pack = dc_kiosk_test_shipped_pack ();
  DcKioskTest test = { NULL };

  dc_kiosk_test_set_up (&test, pack);
  g_assert_true (dc_campaign_is_demo (dc_kiosk_get_campaign (test.kiosk)));
  g_assert_true (dc_kiosk_can_pledge (test.kiosk));
  dc_kiosk_test_tear_down (&test);
}

/* What was kept yesterday is there today. */
static void
test_again (Fixture       *self,
            gconstpointer  unused)
{
  g_autoptr (DcPledge) pledge = dc_test_pledge_new (1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DcTally) tally = NULL;
  DcTestWait wait = { NULL };
  DcKiosk *kiosk = kiosk_new_started (self);

  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  dc_queue_save_async (dc_kiosk_get_queue (kiosk), DC_KIND_PLEDGE, pledge,
                       dc_kiosk_get_sealer (kiosk), dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  g_assert_true (dc_queue_save_finish (dc_kiosk_get_queue (kiosk), result, &error));
  drop (kiosk);

  kiosk = kiosk_new_started (self);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  tally = dc_kiosk_test_tally (kiosk);
  g_assert_cmpuint (tally->taken, ==, 1);
  drop (kiosk);
}

static void
test_in_use (Fixture       *self,
             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  DcKiosk *first = kiosk_new_started (self);
  DcKiosk *second = kiosk_new (self);

  g_assert_false (dc_kiosk_test_start (second, &error));
  g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IN_USE);
  g_assert_false (dc_kiosk_can_pledge (second));
  dc_kiosk_test_wait_trouble (first, DC_TROUBLE_NONE);
  g_assert_finalize_object (second);
  drop (first);
}

static void
test_altered_pack (Fixture       *self,
                   gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  edit (self, "campaign.ini", "Amount=20\n", "Amount=21\n");
  g_assert_null (dc_kiosk_new (self->pack, self->state, DC_CLOCK (self->clock), &error));
  g_assert_error (error, DC_PACK_ERROR, DC_PACK_ERROR_SIGNATURE);
  g_assert_nonnull (strstr (error->message, "campaign.ini"));
}

static void
test_no_pack (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *nowhere = g_build_filename (self->pack, "nowhere", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_kiosk_new (nowhere, self->state, DC_CLOCK (self->clock), &error));
  g_assert_error (error, DC_PACK_ERROR, DC_PACK_ERROR_MISSING);
}

/* Signed as it should be, but no code could be drawn from it. */
static void
test_giving_link (Fixture       *self,
                  gconstpointer  unused)
{
  g_autofree char *path = g_strnfill (60, 'a');
  g_autofree char *link = g_strconcat ("Link=https://give.example.org/", path, NULL);
  g_autoptr (GError) error = NULL;
  DcKiosk *kiosk;

  edit (self, "campaign.ini", "Link=https://give.example.org", link);
  dc_test_pack_sign (self->pack, "migrants-day", 2);
  kiosk = dc_kiosk_new (self->pack, self->state, DC_CLOCK (self->clock), &error);
  g_assert_null (kiosk);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "Link"));
}

static void
set_pins (DcKiosk    *kiosk,
          const char *pin)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_staff_gate_set_pin (dc_kiosk_get_staff_gate (kiosk), DC_STAFF_COORDINATOR,
                                        pin, &error));
  g_assert_no_error (error);
}

/* A demonstration's PINs are public: they open no live tablet. */
static void
test_staff_files (Fixture       *self,
                  gconstpointer  unused)
{
  DcKiosk *kiosk = kiosk_new (self);

  set_pins (kiosk, "135790");
  g_assert_true (is_in_state (self, "staff-demo.ini"));
  g_assert_false (is_in_state (self, "staff.ini"));
  g_assert_finalize_object (kiosk);

  edit (self, "campaign.ini", "Demo=true", "Demo=false");
  edit (self, "campaign.ini", "[Demo]\nVolunteerPin=2468\nCoordinatorPin=135790\n", "");
  dc_test_pack_sign (self->pack, "migrants-day", 2);
  kiosk = kiosk_new (self);
  g_assert_false (dc_campaign_is_demo (dc_kiosk_get_campaign (kiosk)));
  g_assert_false (dc_staff_gate_has_pin (dc_kiosk_get_staff_gate (kiosk), DC_STAFF_COORDINATOR));
  set_pins (kiosk, "80537142");
  g_assert_true (is_in_state (self, "staff.ini"));
  g_assert_finalize_object (kiosk);
}

static void
write_state (Fixture    *self,
             const char *name,
             const char *text)
{
  g_autofree char *path = g_build_filename (self->state, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The stall never stops for that. */
static void
test_staff_file_damaged (Fixture       *self,
                         gconstpointer  unused)
{
  DcKiosk *kiosk;

  write_state (self, "staff-demo.ini", "no key file");
  expect_warning ("Nobody can be let in to the staff pages: *");
  kiosk = kiosk_new_started (self);
  g_test_assert_expected_messages ();
  g_assert_false (dc_kiosk_staff_gate_works (kiosk));
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  drop (kiosk);
}

static void
test_tablet_key_damaged (Fixture       *self,
                         gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->state, "tablet.key", NULL);
  DcKiosk *kiosk;

  write_state (self, "tablet.key", "not a key");
  expect_warning ("No pledge can be sealed: *");
  kiosk = kiosk_new_started (self);
  g_test_assert_expected_messages ();
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_SEAL);
  g_assert_null (dc_kiosk_get_sealer (kiosk));

  g_assert_cmpint (g_unlink (path), ==, 0);
  dc_kiosk_check (kiosk);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  g_assert_nonnull (dc_kiosk_get_sealer (kiosk));
  drop (kiosk);
}

static void
report (DcKiosk      *kiosk,
        DcStoreError  code,
        DcTrouble     trouble)
{
  g_autoptr (GError) error = g_error_new_literal (DC_STORE_ERROR, code, "of a test");

  expect_warning ("A pledge was not stored: of a test");
  dc_kiosk_report (kiosk, error);
  g_test_assert_expected_messages ();
  g_assert_cmpuint (dc_kiosk_get_trouble (kiosk), ==, trouble);
  g_assert_false (dc_kiosk_can_pledge (kiosk));

  dc_kiosk_check (kiosk);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
}

static void
test_report (Fixture       *self,
             gconstpointer  unused)
{
  DcKiosk *kiosk = kiosk_new_started (self);

  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  report (kiosk, DC_STORE_ERROR_FULL, DC_TROUBLE_DISK_FULL);
  report (kiosk, DC_STORE_ERROR_SEAL, DC_TROUBLE_SEAL);
  report (kiosk, DC_STORE_ERROR_IO, DC_TROUBLE_DISK);
  report (kiosk, DC_STORE_ERROR_CLOSED, DC_TROUBLE_DISK);
  report (kiosk, DC_STORE_ERROR_FAILED, DC_TROUBLE_DISK);
  drop (kiosk);
}

/* A queue that has closed itself after the disk failed. */
static void
test_closed_queue (Fixture       *self,
                   gconstpointer  unused)
{
  DcKiosk *kiosk = kiosk_new_started (self);

  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  dc_kiosk_test_close_queue (kiosk);
  expect_warning ("No pledge can be stored: *");
  dc_kiosk_check (kiosk);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_DISK);
  g_test_assert_expected_messages ();

  dc_kiosk_check (kiosk);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  drop (kiosk);
}

static void
test_damaged_queue (Fixture       *self,
                    gconstpointer  unused)
{
  g_autoptr (DcTally) tally = NULL;
  DcKiosk *kiosk;

  drop (kiosk_new_started (self));
  write_state (self, "queue/queue.db", "this is no database, whatever it once was");
  g_test_expect_message ("dc-store", G_LOG_LEVEL_MESSAGE, "The queue is set aside: *");
  expect_warning ("The queue could not be read and was set aside: *");
  kiosk = kiosk_new_started (self);
  g_test_assert_expected_messages ();
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  tally = dc_kiosk_test_tally (kiosk);
  g_assert_cmpuint (tally->set_aside, ==, 1);
  drop (kiosk);
}

static void
mount_small (Fixture *self)
{
  self->mounted = mount ("tmpfs", self->state, "tmpfs", 0, "size=" DISK_SIZE) == 0;
  if (!self->mounted)
    g_test_skip_printf ("cannot mount a small disk: %s", g_strerror (errno));
}

static void
fill (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->state, "filler", NULL);
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  struct statvfs disk;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (statvfs (self->state, &disk), ==, 0);
  g_assert_cmpint (posix_fallocate (fd, 0, (off_t) (disk.f_bavail * disk.f_bsize)), ==, 0);
  close (fd);
}

static void
make_room (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->state, "filler", NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
}

static void
test_disk_full (Fixture       *self,
                gconstpointer  unused)
{
  DcKiosk *kiosk;

  mount_small (self);
  if (!self->mounted)
    return;

  kiosk = kiosk_new_started (self);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  fill (self);
  expect_warning ("No pledge can be stored: *");
  dc_kiosk_check (kiosk);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_DISK_FULL);
  g_test_assert_expected_messages ();

  make_room (self);
  dc_kiosk_check (kiosk);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  drop (kiosk);
}

/* Not even the tablet's key could be made; the stall opens all the same. */
static void
test_disk_full_at_first (Fixture       *self,
                         gconstpointer  unused)
{
  DcKiosk *kiosk;

  mount_small (self);
  if (!self->mounted)
    return;

  fill (self);
  expect_warning ("*");
  kiosk = kiosk_new (self);
  g_assert_true (dc_kiosk_test_start (kiosk, NULL));
  g_test_assert_expected_messages ();
  g_assert_false (dc_kiosk_can_pledge (kiosk));

  make_room (self);
  dc_kiosk_check (kiosk);
  dc_kiosk_test_wait_trouble (kiosk, DC_TROUBLE_NONE);
  drop (kiosk);
}

/* In a name space of mounts that ends with this process. */
static void
enter_name_space (void)
{
  if (unshare (geteuid () == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) == 0)
    mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL);
}

#define ADD(path, run) \
  g_test_add ("/kiosk/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  enter_name_space ();
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("starts-and-can-take-promises", test_starts);
  ADD ("goes-on-with-a-wipe", test_goes_on_with_a_wipe);
  ADD ("starts-with-the-pack-that-ships", test_shipped_pack);
  ADD ("starts-again-with-what-it-kept", test_again);
  ADD ("refuses-a-second-start", test_in_use);
  ADD ("refuses-an-altered-pack", test_altered_pack);
  ADD ("refuses-a-pack-that-is-not-there", test_no_pack);
  ADD ("refuses-a-link-that-no-code-can-hold", test_giving_link);
  ADD ("keeps-the-PINs-of-a-demonstration-apart", test_staff_files);
  ADD ("goes-on-without-a-staff-file", test_staff_file_damaged);
  ADD ("scans-only-without-a-key", test_tablet_key_damaged);
  ADD ("scans-only-at-once-after-a-failed-save", test_report);
  ADD ("opens-a-queue-that-closed-itself", test_closed_queue);
  ADD ("sets-a-damaged-queue-aside", test_damaged_queue);
  ADD ("scans-only-while-the-disk-is-full", test_disk_full);
  ADD ("opens-the-stall-on-a-full-disk", test_disk_full_at_first);

  return g_test_run ();
}
