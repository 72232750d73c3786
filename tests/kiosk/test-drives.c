/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drives.h"

/* Lines as the kernel of a tablet with two sticks gives them. */
#define ROOT    "22 1 179:2 / / rw,relatime shared:1 - ext4 /dev/mmcblk0p2 rw\n"
#define STICK   "90 22 8:17 / /media/staff/KINGSTON rw,nosuid,nodev,relatime shared:47 - vfat /dev/sdb1 rw,uid=1000\n"
#define BLANKS  "91 22 8:33 / /run/media/staff/Bureau\\040de\\040Gen\303\250ve rw,relatime - exfat /dev/sdc1 rw\n"
#define LOCKED  "92 22 8:49 / /media/staff/LOCKED ro,relatime shared:9 - vfat /dev/sdd1 ro\n"
#define SHARE   "93 22 0:55 / /media/share rw,relatime shared:10 - cifs //server/media rw\n"
#define MEMORY  "94 22 0:56 / /media/memory rw - tmpfs tmpfs rw\n"
#define HOME    "95 22 8:2 / /home rw,relatime - ext4 /dev/sda2 rw\n"

static void
assert_drives (const char         *mountinfo,
               const char * const *expected)
{
  g_autoptr (GPtrArray) drives = dc_drives_read (mountinfo);
  guint n = g_strv_length ((char **) expected) / 2;

  g_assert_cmpuint (drives->len, ==, n);
  for (guint i = 0; i < n; i++) {
    DcDrive *drive = g_ptr_array_index (drives, i);

    g_assert_cmpstr (drive->name, ==, expected[2 * i]);
    g_assert_cmpstr (drive->path, ==, expected[2 * i + 1]);
  }
}

static void
test_sticks (void)
{
  static const char * const expected[] = {
    "Bureau de Gen\303\250ve", "/run/media/staff/Bureau de Gen\303\250ve",
    "KINGSTON", "/media/staff/KINGSTON",
    NULL,
  };

  assert_drives (ROOT STICK HOME BLANKS, expected);
}

static void
test_others (void)
{
  static const char * const none[] = { NULL };

  assert_drives (ROOT HOME, none);
  assert_drives (LOCKED, none);
  assert_drives (SHARE MEMORY, none);
}

/* Told of, so that whoever put it in knows why it is not offered. */
static void
test_locked (void)
{
  g_autoptr (GPtrArray) drives = dc_drives_read_locked (ROOT STICK LOCKED SHARE MEMORY);
  g_autoptr (GPtrArray) here = dc_drives_list_locked ();

  g_assert_cmpuint (drives->len, ==, 1);
  g_assert_cmpstr (((DcDrive *) drives->pdata[0])->name, ==, "LOCKED");
  g_assert_cmpstr (((DcDrive *) drives->pdata[0])->path, ==, "/media/staff/LOCKED");
  g_assert_nonnull (here);
}

static void
test_odd (void)
{
  static const char * const none[] = { NULL };
  static const char * const escaped[] = { "a\\b", "/media/a\\b", NULL };

  assert_drives ("", none);
  assert_drives ("\n\n", none);
  assert_drives ("90 22 8:17 / /media/x rw", none);
  assert_drives ("90 22 8:17 / /media/x rw -", none);
  assert_drives ("90 22 8:17 / /media/x rw - vfat", none);
  assert_drives ("90 22 8:17 / /mediation/x rw - vfat /dev/sdb1 rw\n", none);
  assert_drives ("90 22 8:17 / /media/x rwx - vfat /dev/sdb1 rw\n", none);
  assert_drives ("90 22 8:17 / /media/a\\134b rw - vfat /dev/sdb1 rw", escaped);
}

/* Whatever this machine has: it can be listed, and each is a folder. */
static void
test_list (void)
{
  g_autoptr (GPtrArray) drives = dc_drives_list ();

  for (guint i = 0; i < drives->len; i++)
    g_assert_true (g_file_test (((DcDrive *) g_ptr_array_index (drives, i))->path,
                                G_FILE_TEST_IS_DIR));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/drives/lists-sticks-by-name", test_sticks);
  g_test_add_func ("/drives/leaves-out-disks-shares-and-what-is-locked", test_others);
  g_test_add_func ("/drives/lists-apart-what-is-locked", test_locked);
  g_test_add_func ("/drives/takes-no-line-that-is-none", test_odd);
  g_test_add_func ("/drives/reads-those-of-this-machine", test_list);

  return g_test_run ();
}
