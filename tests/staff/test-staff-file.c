/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-staff-file.h"

#include <string.h>

#include "dc-crypto.h"

#define HASH   "$argon2id$v=19$m=65536,t=2,p=1$QlfGo7LUnkMy+FMuKDo3cw$lJ+KuQOA+j0EkE3UTuI7ETXvXMlsGU4G7X4YoILgEMo"
#define BOOT   "11111111-2222-3333-4444-555555555555"
#define REBOOT "99999999-2222-3333-4444-555555555555"

#define TEXT \
  "# Written by Daily Cup; a change made by hand is refused.\n" \
  "# Where a PIN is lost, remove this file: both PINs go with it.\n" \
  "[staff]\n" \
  "version=1\n" \
  "volunteer=" HASH "\n" \
  "coordinator=" HASH "\n" \
  "\n" \
  "[tries]\n" \
  "count=7\n" \
  "boot=" BOOT "\n" \
  "last-us=123456789\n"

static DcStaffFile *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  DcStaffFile *file = dc_staff_file_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return file;
}

static void
assert_damaged (const char *text,
                gsize       length,
                const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_staff_file_parse (text, length, &error));
  g_assert_error (error, DC_STAFF_GATE_ERROR, DC_STAFF_GATE_ERROR_DAMAGED);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

static void
assert_damaged_with (const char *from,
                     const char *to,
                     const char *reason)
{
  g_autoptr (GString) text = g_string_new (TEXT);

  g_assert_cmpuint (g_string_replace (text, from, to, 0), >, 0);
  assert_damaged (text->str, text->len, reason);
}

static void
test_reads_what_it_writes (void)
{
  g_autoptr (DcStaffFile) file = parse (TEXT);
  g_autofree char *text = dc_staff_file_to_text (file);

  g_assert_cmpstr (file->hashes[DC_STAFF_VOLUNTEER], ==, HASH);
  g_assert_cmpstr (file->hashes[DC_STAFF_COORDINATOR], ==, HASH);
  g_assert_cmpuint (file->tries, ==, 7);
  g_assert_cmpstr (file->boot_id, ==, BOOT);
  g_assert_cmpint (file->last_us, ==, 123456789);
  g_assert_cmpstr (text, ==, TEXT);
}

static void
test_an_empty_one (void)
{
  g_autoptr (DcStaffFile) file = dc_staff_file_new ();
  g_autofree char *text = dc_staff_file_to_text (file);
  g_autoptr (DcStaffFile) again = parse (text);

  g_assert_null (again->hashes[DC_STAFF_VOLUNTEER]);
  g_assert_null (again->hashes[DC_STAFF_COORDINATOR]);
  g_assert_cmpuint (again->tries, ==, 0);
  g_assert_cmpstr (again->boot_id, ==, "");
}

static void
test_largest_numbers (void)
{
  g_autoptr (DcStaffFile) file = dc_staff_file_new ();
  g_autofree char *text = NULL;

  file->tries = G_MAXINT;
  file->last_us = G_MAXINT64;
  text = dc_staff_file_to_text (file);
  dc_staff_file_free (parse (text));
}

static void
test_says_what_is_damaged (void)
{
  assert_damaged_with ("version=1\n", "", "version is missing");
  assert_damaged_with ("version=1", "version=2", "not of version 1");
  assert_damaged_with ("volunteer=$", "volunteer=", "volunteer: not the hash");
  assert_damaged_with ("coordinator=$argon2id$v=19$m=65536", "coordinator=$argon2id$v=19$m=9999999",
                       "coordinator: not the hash");
  assert_damaged_with ("count=7", "count=-1", "count: ");
  assert_damaged_with ("count=7", "count=2147483648", "count: ");
  assert_damaged_with ("count=7", "count=", "count: ");
  assert_damaged_with ("count=7\n", "", "count: ");
  assert_damaged_with ("last-us=123456789", "last-us=9223372036854775808", "last-us: ");
  assert_damaged_with ("last-us=123456789", "last-us=1e9", "last-us: ");
  assert_damaged_with ("boot=" BOOT "\n", "", "boot: ");
  assert_damaged_with (BOOT, "yesterday", "boot: ");
  assert_damaged_with ("[tries]", "[trials]", "count: ");
}

static void
test_takes_nothing_it_did_not_write (void)
{
  static const char reason[] = "did not write";

  assert_damaged_with ("count=7", "count=07", reason);
  assert_damaged_with ("count=7", "count=7\ncount=7", reason);
  assert_damaged_with ("count=7", "count = 7", reason);
  assert_damaged_with ("version=1", "version=1\nmaster=" HASH, reason);
  assert_damaged_with ("[tries]", "[more]\n[tries]", reason);
  assert_damaged_with ("# Where", "# Wherever", reason);
  assert_damaged_with ("\n", "\r\n", "");
}

static void
test_takes_no_part_of_it (void)
{
  for (gsize n = 0; n < strlen (TEXT); n++)
    assert_damaged (TEXT, n, "");
}

static void
test_takes_no_strange_bytes (void)
{
  g_autofree char *huge = g_strnfill (DC_STAFF_FILE_MAX_SIZE + 1, '#');

  assert_damaged ("", 0, "not a key file");
  assert_damaged (TEXT "\0", sizeof TEXT, "not a key file");
  assert_damaged ("\xff\xfe\x00", 3, "not a key file");
  assert_damaged ("hello", 5, "not a key file");
  assert_damaged (huge, strlen (huge), "not a key file");
}

static DcStamp
stamp (const char *boot_id,
       gint64      seconds)
{
  DcStamp stamp = { .monotonic_us = seconds * G_USEC_PER_SEC };

  g_strlcpy (stamp.boot_id, boot_id, sizeof stamp.boot_id);

  return stamp;
}

static void
test_waits_double (void)
{
  static const guint waits[] = {
    0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600,
  };
  DcStamp now = stamp (BOOT, 100);

  for (guint tries = 0; tries < G_N_ELEMENTS (waits); tries++) {
    g_autoptr (DcStaffFile) file = dc_staff_file_new ();

    for (guint i = 0; i < tries; i++)
      dc_staff_file_count_try (file, &now);
    g_assert_cmpuint (dc_staff_file_wait_s (file, &now), ==, waits[tries]);
    g_assert_cmpuint (dc_staff_file_tries_left (file), ==, tries < 5 ? 5 - tries : 0);
  }
}

static void
test_count_does_not_overflow (void)
{
  g_autoptr (DcStaffFile) file = parse (TEXT);
  DcStamp now = stamp (BOOT, 1000);

  file->tries = G_MAXINT;
  dc_staff_file_count_try (file, &now);
  g_assert_cmpuint (file->tries, ==, G_MAXINT);
  g_assert_cmpuint (dc_staff_file_wait_s (file, &now), ==, 3600);
}

static void
test_wait_passes (void)
{
  g_autoptr (DcStaffFile) file = dc_staff_file_new ();
  DcStamp now = stamp (BOOT, 1000);

  for (guint i = 0; i < 5; i++)
    dc_staff_file_count_try (file, &now);

  now.monotonic_us += 1;
  g_assert_cmpuint (dc_staff_file_wait_s (file, &now), ==, 30);
  now = stamp (BOOT, 1029);
  g_assert_cmpuint (dc_staff_file_wait_s (file, &now), ==, 1);
  now.monotonic_us += G_USEC_PER_SEC - 1;
  g_assert_cmpuint (dc_staff_file_wait_s (file, &now), ==, 1);
  now.monotonic_us += 1;
  g_assert_cmpuint (dc_staff_file_wait_s (file, &now), ==, 0);
}

static void
test_another_boot (void)
{
  g_autoptr (DcStaffFile) file = dc_staff_file_new ();
  DcStamp now = stamp (BOOT, 1000);
  DcStamp late = stamp (BOOT, 1000 + 3600);
  DcStamp rebooted = stamp (REBOOT, 5000);
  DcStamp later = stamp (REBOOT, 5010);

  for (guint i = 0; i < 5; i++)
    dc_staff_file_count_try (file, &now);

  g_assert_false (dc_staff_file_follow_boot (file, &late));
  g_assert_true (dc_staff_file_follow_boot (file, &rebooted));
  g_assert_false (dc_staff_file_follow_boot (file, &rebooted));
  g_assert_cmpuint (dc_staff_file_wait_s (file, &rebooted), ==, 30);
  g_assert_cmpuint (dc_staff_file_wait_s (file, &later), ==, 20);
}

/* Without a boot id a reboot shows only in that the clock went back. */
static void
test_no_boot_id (void)
{
  g_autoptr (DcStaffFile) file = dc_staff_file_new ();
  DcStamp now = stamp ("", 1000);
  DcStamp later = stamp ("", 1010);
  DcStamp rebooted = stamp ("", 40);

  for (guint i = 0; i < 5; i++)
    dc_staff_file_count_try (file, &now);

  g_assert_cmpuint (dc_staff_file_wait_s (file, &later), ==, 20);
  g_assert_cmpuint (dc_staff_file_wait_s (file, &rebooted), ==, 30);
}

static void
test_a_moment_ahead (void)
{
  g_autoptr (DcStaffFile) file = parse (TEXT);
  DcStamp now = stamp (BOOT, 1000);
  DcStamp later = stamp (BOOT, 1000 + 119);

  file->last_us = G_MAXINT64;
  g_assert_cmpuint (dc_staff_file_wait_s (file, &now), ==, 120);
  g_assert_cmpuint (dc_staff_file_wait_s (file, &later), ==, 1);
}

static void
test_a_reboot_without_a_wait (void)
{
  g_autoptr (DcStaffFile) file = dc_staff_file_new ();
  DcStamp now = stamp (BOOT, 1000);
  DcStamp rebooted = stamp (REBOOT, 1);

  dc_staff_file_count_try (file, &now);
  g_assert_false (dc_staff_file_follow_boot (file, &rebooted));
  g_assert_cmpuint (dc_staff_file_wait_s (file, &rebooted), ==, 0);
  g_assert_cmpuint (dc_staff_file_tries_left (file), ==, 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/staff/file/reads-what-it-writes", test_reads_what_it_writes);
  g_test_add_func ("/staff/file/an-empty-one-has-no-pins", test_an_empty_one);
  g_test_add_func ("/staff/file/holds-the-largest-numbers", test_largest_numbers);
  g_test_add_func ("/staff/file/says-what-is-damaged", test_says_what_is_damaged);
  g_test_add_func ("/staff/file/takes-nothing-it-did-not-write", test_takes_nothing_it_did_not_write);
  g_test_add_func ("/staff/file/takes-no-part-of-itself", test_takes_no_part_of_it);
  g_test_add_func ("/staff/file/takes-no-strange-bytes", test_takes_no_strange_bytes);
  g_test_add_func ("/staff/back-off/doubles-from-30-s-to-an-hour", test_waits_double);
  g_test_add_func ("/staff/back-off/does-not-overflow", test_count_does_not_overflow);
  g_test_add_func ("/staff/back-off/passes-with-the-clock-since-boot", test_wait_passes);
  g_test_add_func ("/staff/back-off/begins-again-in-another-boot", test_another_boot);
  g_test_add_func ("/staff/back-off/works-without-a-boot-id", test_no_boot_id);
  g_test_add_func ("/staff/back-off/a-moment-ahead-locks-no-longer-than-its-wait", test_a_moment_ahead);
  g_test_add_func ("/staff/back-off/free-tries-stay-used-over-a-reboot", test_a_reboot_without_a_wait);

  return g_test_run ();
}
