/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-gate.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-test.h"

#define BOOT   "11111111-2222-3333-4444-555555555555"
#define REBOOT "99999999-2222-3333-4444-555555555555"

/* The linker puts these in front of the real ones (--wrap). They write down
 * in what order a try is stored and checked, and the disk fails on demand. */
int __real_fsync (int fd);
int __wrap_fsync (int fd);
int __real_rename (const char *from,
                   const char *to);
int __wrap_rename (const char *from,
                   const char *to);
int __real_crypto_pwhash_str_verify (const char         *hash,
                                     const char         *pin,
                                     unsigned long long  length);
int __wrap_crypto_pwhash_str_verify (const char         *hash,
                                     const char         *pin,
                                     unsigned long long  length);

static GString *events;
static int disk_works_for;      /* syncs; negative: for ever */
static char *seen_at_check;     /* staff.ini, as a power cut would leave it */
static const char *watched;

int
__wrap_fsync (int fd)
{
  struct stat info;

  g_assert_no_errno (fstat (fd, &info));
  g_string_append (events, S_ISDIR (info.st_mode) ? "sync-directory " : "sync-file ");
  if (disk_works_for == 0) {
    errno = EIO;
    return -1;
  }
  if (disk_works_for > 0)
    disk_works_for--;

  return __real_fsync (fd);
}

int
__wrap_rename (const char *from,
               const char *to)
{
  g_string_append (events, "rename ");

  return __real_rename (from, to);
}

int
__wrap_crypto_pwhash_str_verify (const char         *hash,
                                 const char         *pin,
                                 unsigned long long  length)
{
  g_string_append (events, "check ");
  g_clear_pointer (&seen_at_check, g_free);
  g_file_get_contents (watched, &seen_at_check, NULL, NULL);

  return __real_crypto_pwhash_str_verify (hash, pin, length);
}

/* A clock with a boot id that a test can change. */
#define TEST_TYPE_BOOT_CLOCK (test_boot_clock_get_type ())
G_DECLARE_FINAL_TYPE (TestBootClock, test_boot_clock, TEST, BOOT_CLOCK, GObject)

struct _TestBootClock
{
  GObject parent_instance;

  DcStamp stamp;
};

static void
test_boot_clock_now (DcClock *clock,
                     DcStamp *now)
{
  *now = TEST_BOOT_CLOCK (clock)->stamp;
}

static void
test_boot_clock_iface_init (DcClockInterface *iface)
{
  iface->now = test_boot_clock_now;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestBootClock, test_boot_clock, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DC_TYPE_CLOCK, test_boot_clock_iface_init))

static void
test_boot_clock_class_init (TestBootClockClass *klass)
{
}

static void
test_boot_clock_init (TestBootClock *self)
{
  g_strlcpy (self->stamp.boot_id, BOOT, sizeof self->stamp.boot_id);
  self->stamp.monotonic_us = 1000 * G_USEC_PER_SEC;
  self->stamp.utc_us = G_GINT64_CONSTANT (1797588000000000);
}

typedef struct
{
  char          *dir;
  char          *path;
  TestBootClock *clock;
  DcStaffGate   *gate;
} Fixture;

/* A worker lets go of the gate a moment after its answer has come. */
static void
assert_gate_goes (Fixture *fixture)
{
  gpointer gate = fixture->gate;

  g_object_add_weak_pointer (gate, &gate);
  g_clear_object (&fixture->gate);
  for (guint i = 0; i < 10000 && g_atomic_pointer_get (&gate) != NULL; i++)
    g_usleep (1000);
  g_assert_null (gate);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  fixture->dir = dc_test_dir_new ();
  fixture->path = g_build_filename (fixture->dir, "staff.ini", NULL);
  fixture->clock = g_object_new (TEST_TYPE_BOOT_CLOCK, NULL);
  fixture->gate = dc_staff_gate_new (fixture->path, DC_CLOCK (fixture->clock));
  events = g_string_new (NULL);
  disk_works_for = -1;
  watched = fixture->path;

  g_assert_true (dc_staff_gate_load (fixture->gate, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  assert_gate_goes (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->clock));
  g_clear_pointer (&fixture->path, g_free);
  g_clear_pointer (&fixture->dir, dc_test_dir_remove);
  g_clear_pointer (&seen_at_check, g_free);
  g_string_free (g_steal_pointer (&events), TRUE);
}

/* As after the program was started again. */
static void
restart (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  assert_gate_goes (fixture);
  fixture->gate = dc_staff_gate_new (fixture->path, DC_CLOCK (fixture->clock));
  g_assert_true (dc_staff_gate_load (fixture->gate, &error));
  g_assert_no_error (error);
}

static void
pass (Fixture *fixture,
      gint64   seconds)
{
  fixture->clock->stamp.monotonic_us += seconds * G_USEC_PER_SEC;
}

static void
set_pin (Fixture     *fixture,
         DcStaffRole  role,
         const char  *pin)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_staff_gate_set_pin (fixture->gate, role, pin, &error));
  g_assert_no_error (error);
}

typedef struct
{
  gboolean     ok;
  DcStaffRole  role;
  guint        tries_left;
  guint        wait_s;
  GError      *error;
} Answer;

static void
answer_clear (Answer *answer)
{
  g_clear_error (&answer->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static Answer
try_pin (Fixture    *fixture,
         const char *pin)
{
  Answer answer = { .role = DC_N_STAFF_ROLES, .tries_left = 99, .wait_s = 99 };
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  dc_staff_gate_try_async (fixture->gate, pin, NULL, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  answer.ok = dc_staff_gate_try_finish (fixture->gate, result, &answer.role,
                                        &answer.tries_left, &answer.wait_s, &answer.error);
  g_assert_true (answer.ok == (answer.error == NULL));

  return answer;
}

static void
assert_right (Fixture     *fixture,
              const char  *pin,
              DcStaffRole  role)
{
  g_auto (Answer) answer = try_pin (fixture, pin);

  g_assert_no_error (answer.error);
  g_assert_cmpint (answer.role, ==, role);
  g_assert_cmpuint (answer.tries_left, ==, 5);
  g_assert_cmpuint (answer.wait_s, ==, 0);
}

static void
assert_not_taken (Fixture          *fixture,
                  const char       *pin,
                  DcStaffGateError  code,
                  guint             tries_left,
                  guint             wait_s)
{
  g_auto (Answer) answer = try_pin (fixture, pin);

  g_assert_error (answer.error, DC_STAFF_GATE_ERROR, (int) code);
  g_assert_cmpint (answer.role, ==, DC_N_STAFF_ROLES);
  g_assert_cmpuint (answer.tries_left, ==, tries_left);
  g_assert_cmpuint (answer.wait_s, ==, wait_s);
}

static void
use_up_free_tries (Fixture *fixture)
{
  for (guint left = 5; left-- > 0;)
    assert_not_taken (fixture, "5820", DC_STAFF_GATE_ERROR_WRONG, left, left > 0 ? 0 : 30);
}

static void
test_fresh (Fixture       *fixture,
            gconstpointer  unused)
{
  guint wait = 99;

  g_assert_false (dc_staff_gate_has_pin (fixture->gate, DC_STAFF_VOLUNTEER));
  g_assert_false (dc_staff_gate_has_pin (fixture->gate, DC_STAFF_COORDINATOR));
  g_assert_false (dc_staff_gate_is_locked (fixture->gate, &wait));
  g_assert_cmpuint (wait, ==, 0);
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_NO_PIN, 5, 0);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_each_pin_opens_its_own (Fixture       *fixture,
                             gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  g_assert_true (dc_staff_gate_has_pin (fixture->gate, DC_STAFF_VOLUNTEER));
  g_assert_false (dc_staff_gate_has_pin (fixture->gate, DC_STAFF_COORDINATOR));
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);

  set_pin (fixture, DC_STAFF_COORDINATOR, "082915");
  assert_right (fixture, "082915", DC_STAFF_COORDINATOR);
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
}

static void
test_survives_a_restart (Fixture       *fixture,
                         gconstpointer  unused)
{
  struct stat info;

  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  set_pin (fixture, DC_STAFF_COORDINATOR, "0829");
  g_assert_no_errno (stat (fixture->path, &info));
  g_assert_cmpuint (info.st_mode & 07777, ==, 0600);

  restart (fixture);
  g_assert_true (dc_staff_gate_has_pin (fixture->gate, DC_STAFF_COORDINATOR));
  assert_right (fixture, "0829", DC_STAFF_COORDINATOR);
}

static void
test_a_new_pin_replaces_the_old (Fixture       *fixture,
                                 gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  set_pin (fixture, DC_STAFF_VOLUNTEER, "6180");
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_WRONG, 4, 0);
  assert_right (fixture, "6180", DC_STAFF_VOLUNTEER);
}

static void
test_refuses_a_bad_new_pin (Fixture       *fixture,
                            gconstpointer  unused)
{
  g_autoptr (GError) ill_formed = NULL;
  g_autoptr (GError) same = NULL;

  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  g_assert_false (dc_staff_gate_set_pin (fixture->gate, DC_STAFF_COORDINATOR, "12x4", &ill_formed));
  g_assert_error (ill_formed, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_PIN);
  g_assert_false (dc_staff_gate_set_pin (fixture->gate, DC_STAFF_COORDINATOR, "4711", &same));
  g_assert_error (same, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_SAME);
  g_assert_false (dc_staff_gate_has_pin (fixture->gate, DC_STAFF_COORDINATOR));
  /* Its own PIN again is no clash. */
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
}

static void
test_set_pin_async (Fixture       *fixture,
                    gconstpointer  unused)
{
  DcTestWait wait = { NULL };
  DcTestWait second = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) second_result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) busy = NULL;

  dc_staff_gate_set_pin_async (fixture->gate, DC_STAFF_VOLUNTEER, "4711", NULL, dc_test_wait_ready, &wait);
  dc_staff_gate_set_pin_async (fixture->gate, DC_STAFF_VOLUNTEER, "6180", NULL, dc_test_wait_ready, &second);
  result = dc_test_wait_take (&wait);
  second_result = dc_test_wait_take (&second);
  g_assert_true (dc_staff_gate_set_pin_finish (fixture->gate, result, &error));
  g_assert_no_error (error);
  g_assert_false (dc_staff_gate_set_pin_finish (fixture->gate, second_result, &busy));
  g_assert_error (busy, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_BUSY);
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
}

static void
test_a_pin_that_cannot_be_stored (Fixture       *fixture,
                                  gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  disk_works_for = 0;
  g_assert_false (dc_staff_gate_set_pin (fixture->gate, DC_STAFF_VOLUNTEER, "6180", &error));
  g_assert_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_IO);
  disk_works_for = -1;
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
}

static void
test_five_free_tries_then_waits (Fixture       *fixture,
                                 gconstpointer  unused)
{
  guint wait;

  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  use_up_free_tries (fixture);

  g_assert_true (dc_staff_gate_is_locked (fixture->gate, &wait));
  g_assert_cmpuint (wait, ==, 30);
  /* Even the right one. */
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_LOCKED, 0, 30);
  pass (fixture, 29);
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_LOCKED, 0, 1);
  pass (fixture, 1);
  g_assert_false (dc_staff_gate_is_locked (fixture->gate, NULL));
  assert_not_taken (fixture, "5820", DC_STAFF_GATE_ERROR_WRONG, 0, 60);
  pass (fixture, 60);
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
}

static void
test_a_right_pin_gives_the_tries_back (Fixture       *fixture,
                                       gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  use_up_free_tries (fixture);
  pass (fixture, 30);
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);

  restart (fixture);
  assert_not_taken (fixture, "5820", DC_STAFF_GATE_ERROR_WRONG, 4, 0);
}

static void
test_one_count_for_both (Fixture       *fixture,
                         gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  assert_not_taken (fixture, "5820", DC_STAFF_GATE_ERROR_WRONG, 4, 0);
  set_pin (fixture, DC_STAFF_COORDINATOR, "0829");
  assert_not_taken (fixture, "5821", DC_STAFF_GATE_ERROR_WRONG, 3, 0);
  assert_right (fixture, "0829", DC_STAFF_COORDINATOR);
  assert_not_taken (fixture, "5822", DC_STAFF_GATE_ERROR_WRONG, 4, 0);
}

static void
test_counted_on_disk_before_the_check (Fixture       *fixture,
                                       gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  g_string_truncate (events, 0);
  assert_not_taken (fixture, "5820", DC_STAFF_GATE_ERROR_WRONG, 4, 0);
  g_assert_cmpstr (events->str, ==, "sync-file rename sync-directory check ");
  g_assert_nonnull (strstr (seen_at_check, "\ncount=1\n"));

  /* A cut between the check and the answer to a right PIN as well. */
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
  g_assert_nonnull (strstr (seen_at_check, "\ncount=2\n"));
}

static void
test_a_disk_that_cannot_count (Fixture       *fixture,
                               gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");

  /* Neither the file's sync nor the directory's may fail. */
  for (int works_for = 0; works_for < 2; works_for++) {
    g_string_truncate (events, 0);
    disk_works_for = works_for;
    assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_IO, 5, 0);
    g_assert_null (strstr (events->str, "check"));
  }

  disk_works_for = -1;
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
}

/* The right PIN opens, though the count stays on disk. */
static void
test_a_disk_that_cannot_reset (Fixture       *fixture,
                               gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  disk_works_for = 2;
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "A right PIN could not be noted*");
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
  g_test_assert_expected_messages ();

  disk_works_for = -1;
  restart (fixture);
  assert_not_taken (fixture, "5820", DC_STAFF_GATE_ERROR_WRONG, 3, 0);
}

static void
test_a_restart_shortens_nothing (Fixture       *fixture,
                                 gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  assert_not_taken (fixture, "5820", DC_STAFF_GATE_ERROR_WRONG, 4, 0);
  restart (fixture);
  for (guint left = 4; left-- > 0;)
    assert_not_taken (fixture, "5820", DC_STAFF_GATE_ERROR_WRONG, left, left > 0 ? 0 : 30);

  pass (fixture, 10);
  restart (fixture);
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_LOCKED, 0, 20);
  pass (fixture, 20);
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
}

static void
test_the_date_shortens_nothing (Fixture       *fixture,
                                gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  use_up_free_tries (fixture);

  fixture->clock->stamp.utc_us += G_TIME_SPAN_DAY * 400;
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_LOCKED, 0, 30);
  fixture->clock->stamp.utc_us = 0;
  restart (fixture);
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_LOCKED, 0, 30);
}

static void
test_a_reboot_begins_the_wait_anew (Fixture       *fixture,
                                    gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  use_up_free_tries (fixture);
  pass (fixture, 29);

  g_strlcpy (fixture->clock->stamp.boot_id, REBOOT, sizeof fixture->clock->stamp.boot_id);
  fixture->clock->stamp.monotonic_us = 50 * (gint64) G_USEC_PER_SEC;
  restart (fixture);
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_LOCKED, 0, 30);

  /* A second start in that boot goes on with the same wait. */
  pass (fixture, 25);
  restart (fixture);
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_LOCKED, 0, 5);
  pass (fixture, 5);
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
}

static void
test_a_reboot_on_a_failing_disk (Fixture       *fixture,
                                 gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  use_up_free_tries (fixture);

  g_strlcpy (fixture->clock->stamp.boot_id, REBOOT, sizeof fixture->clock->stamp.boot_id);
  disk_works_for = 0;
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "The wait at the PIN pad*");
  restart (fixture);
  g_test_assert_expected_messages ();
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_LOCKED, 0, 30);
}

static void
test_one_try_at_a_time (Fixture       *fixture,
                        gconstpointer  unused)
{
  DcTestWait first = { NULL };
  DcTestWait second = { NULL };
  g_autoptr (GAsyncResult) first_result = NULL;
  g_autoptr (GAsyncResult) second_result = NULL;
  g_autoptr (GError) busy = NULL;
  g_autoptr (GError) change_busy = NULL;
  g_autoptr (GError) load_busy = NULL;
  g_autoptr (GError) error = NULL;

  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  dc_staff_gate_try_async (fixture->gate, "5820", NULL, dc_test_wait_ready, &first);
  dc_staff_gate_try_async (fixture->gate, "4711", NULL, dc_test_wait_ready, &second);
  g_assert_false (dc_staff_gate_set_pin (fixture->gate, DC_STAFF_VOLUNTEER, "6180", &change_busy));
  g_assert_error (change_busy, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_BUSY);
  g_assert_false (dc_staff_gate_load (fixture->gate, &load_busy));
  g_assert_error (load_busy, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_BUSY);

  first_result = dc_test_wait_take (&first);
  second_result = dc_test_wait_take (&second);
  g_assert_false (dc_staff_gate_try_finish (fixture->gate, first_result, NULL, NULL, NULL, &error));
  g_assert_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_WRONG);
  g_assert_false (dc_staff_gate_try_finish (fixture->gate, second_result, NULL, NULL, NULL, &busy));
  g_assert_error (busy, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_BUSY);

  /* Only the first was counted. */
  assert_not_taken (fixture, "5821", DC_STAFF_GATE_ERROR_WRONG, 3, 0);
}

static void
test_a_cancelled_try_counts (Fixture       *fixture,
                             gconstpointer  unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  dc_staff_gate_try_async (fixture->gate, "5820", cancellable, dc_test_wait_ready, &wait);
  g_cancellable_cancel (cancellable);
  result = dc_test_wait_take (&wait);
  g_assert_false (dc_staff_gate_try_finish (fixture->gate, result, NULL, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_not_taken (fixture, "5821", DC_STAFF_GATE_ERROR_WRONG, 3, 0);
}

static void
test_what_is_no_pin_is_not_counted (Fixture       *fixture,
                                    gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  assert_not_taken (fixture, "", DC_STAFF_GATE_ERROR_PIN, 5, 0);
  assert_not_taken (fixture, "471", DC_STAFF_GATE_ERROR_PIN, 5, 0);
  assert_not_taken (fixture, "4711 ", DC_STAFF_GATE_ERROR_PIN, 5, 0);
  assert_not_taken (fixture, "12345678901234567890", DC_STAFF_GATE_ERROR_PIN, 5, 0);
}

static void
assert_load_fails (Fixture          *fixture,
                   DcStaffGateError  code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) change_error = NULL;

  g_assert_false (dc_staff_gate_load (fixture->gate, &error));
  g_assert_error (error, DC_STAFF_GATE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_false (dc_staff_gate_has_pin (fixture->gate, DC_STAFF_VOLUNTEER));
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_DAMAGED, 0, 0);
  g_assert_false (dc_staff_gate_set_pin (fixture->gate, DC_STAFF_VOLUNTEER, "6180", &change_error));
  g_assert_error (change_error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED);
}

/* The office's leave is for one change, and only that change replaces it. */
static void
test_leave_mends_a_damaged_file (Fixture       *fixture,
                                 gconstpointer  unused)
{
  g_autoptr (DcStaffGate) gate = dc_staff_gate_new (fixture->path, DC_CLOCK (fixture->clock));
  g_autoptr (DcStaffGate) again = dc_staff_gate_new (fixture->path, DC_CLOCK (fixture->clock));
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "spoilt", -1, NULL));
  g_assert_false (dc_staff_gate_load (gate, NULL));
  g_assert_false (dc_staff_gate_is_loaded (gate));

  dc_staff_gate_let_mend (gate);
  g_assert_false (dc_staff_gate_set_pin (gate, DC_STAFF_COORDINATOR, "12", &error));
  g_assert_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_PIN);
  g_clear_error (&error);
  g_assert_false (dc_staff_gate_set_pin (gate, DC_STAFF_COORDINATOR, "135790", &error));
  g_assert_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "spoilt");

  dc_staff_gate_let_mend (gate);
  g_assert_true (dc_staff_gate_set_pin (gate, DC_STAFF_COORDINATOR, "135790", NULL));
  g_assert_true (dc_staff_gate_is_loaded (gate));
  g_assert_true (dc_staff_gate_load (again, NULL));
  g_assert_true (dc_staff_gate_has_pin (again, DC_STAFF_COORDINATOR));
  g_assert_false (dc_staff_gate_has_pin (again, DC_STAFF_VOLUNTEER));
}

static void
test_a_damaged_file_is_never_reset (Fixture       *fixture,
                                    gconstpointer  unused)
{
  g_autofree char *whole = NULL;
  g_autofree char *damaged = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  g_assert_true (g_file_get_contents (fixture->path, &whole, &size, NULL));
  damaged = g_strndup (whole, size / 2);
  g_assert_true (g_file_set_contents (fixture->path, damaged, -1, NULL));

  assert_load_fails (fixture, DC_STAFF_GATE_ERROR_DAMAGED);
  g_assert_true (g_file_get_contents (fixture->path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, damaged);

  /* Put back, it works; removed, it begins anew. */
  g_assert_true (g_file_set_contents (fixture->path, whole, -1, NULL));
  restart (fixture);
  assert_right (fixture, "4711", DC_STAFF_VOLUNTEER);
  g_assert_no_errno (g_unlink (fixture->path));
  g_assert_true (dc_staff_gate_load (fixture->gate, &error));
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_NO_PIN, 5, 0);
}

static void
test_what_is_no_file (Fixture       *fixture,
                      gconstpointer  unused)
{
  g_autofree char *huge = g_strnfill (5000, '#');

  g_assert_true (g_file_set_contents (fixture->path, huge, -1, NULL));
  assert_load_fails (fixture, DC_STAFF_GATE_ERROR_DAMAGED);

  g_assert_no_errno (g_unlink (fixture->path));
  g_assert_no_errno (g_mkdir (fixture->path, 0700));
  assert_load_fails (fixture, DC_STAFF_GATE_ERROR_DAMAGED);
  g_assert_no_errno (g_rmdir (fixture->path));

  g_assert_no_errno (symlink ("elsewhere", fixture->path));
  assert_load_fails (fixture, DC_STAFF_GATE_ERROR_IO);
  g_assert_no_errno (g_unlink (fixture->path));
  g_assert_true (dc_staff_gate_load (fixture->gate, NULL));
}

static void
test_before_it_is_loaded (Fixture       *fixture,
                          gconstpointer  unused)
{
  set_pin (fixture, DC_STAFF_VOLUNTEER, "4711");
  assert_gate_goes (fixture);
  fixture->gate = dc_staff_gate_new (fixture->path, DC_CLOCK (fixture->clock));
  assert_not_taken (fixture, "4711", DC_STAFF_GATE_ERROR_DAMAGED, 0, 0);
  g_assert_false (dc_staff_gate_is_locked (fixture->gate, NULL));
}

static void
add (const char *name,
     void      (*test) (Fixture       *fixture,
                        gconstpointer  unused))
{
  g_autofree char *path = g_strconcat ("/staff/gate/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  add ("has-no-pin-at-first", test_fresh);
  add ("each-pin-opens-its-own-pages", test_each_pin_opens_its_own);
  add ("pins-survive-a-restart", test_survives_a_restart);
  add ("a-new-pin-replaces-the-old", test_a_new_pin_replaces_the_old);
  add ("refuses-a-pin-that-is-none-or-the-others", test_refuses_a_bad_new_pin);
  add ("sets-a-pin-without-waiting", test_set_pin_async);
  add ("a-pin-that-cannot-be-stored-is-not-set", test_a_pin_that_cannot_be_stored);
  add ("five-tries-are-free-then-come-waits", test_five_free_tries_then_waits);
  add ("a-right-pin-gives-the-tries-back", test_a_right_pin_gives_the_tries_back);
  add ("both-pins-share-one-count", test_one_count_for_both);
  add ("a-try-is-on-disk-before-it-is-checked", test_counted_on_disk_before_the_check);
  add ("nothing-is-checked-on-a-disk-that-cannot-count", test_a_disk_that_cannot_count);
  add ("a-right-pin-opens-though-the-count-stays", test_a_disk_that_cannot_reset);
  add ("a-restart-shortens-no-wait", test_a_restart_shortens_nothing);
  add ("a-changed-date-shortens-no-wait", test_the_date_shortens_nothing);
  add ("a-reboot-begins-the-wait-anew", test_a_reboot_begins_the_wait_anew);
  add ("a-reboot-begins-the-wait-anew-on-a-failing-disk", test_a_reboot_on_a_failing_disk);
  add ("takes-one-try-at-a-time", test_one_try_at_a_time);
  add ("a-cancelled-try-counts", test_a_cancelled_try_counts);
  add ("what-is-no-pin-is-not-counted", test_what_is_no_pin_is_not_counted);
  add ("leave-mends-a-damaged-file", test_leave_mends_a_damaged_file);
  add ("a-damaged-file-is-never-reset", test_a_damaged_file_is_never_reset);
  add ("takes-no-file-that-is-none", test_what_is_no_file);
  add ("lets-nobody-in-before-it-is-loaded", test_before_it_is_loaded);

  return g_test_run ();
}
