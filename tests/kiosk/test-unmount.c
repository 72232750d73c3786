/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Real file systems, and whoever can say that they were unmounted. */

#include "dc-unmount.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

#include "dc-stick-test.h"
#include "dc-test.h"

#define ROOT    "22 1 179:2 / / rw,relatime shared:1 - ext4 /dev/mmcblk0p2 rw\n"
#define STICK   "90 22 8:17 / /media/staff/KINGSTON rw,nosuid shared:47 - vfat /dev/sdb1 rw,uid=1000\n"
#define AGAIN   "97 22 8:17 / /mnt/elsewhere rw - vfat /dev/sdb1 rw,uid=1000\n"
#define OVER    "98 90 8:33 / /media/staff/KINGSTON rw - vfat /dev/sdc1 rw\n"
#define BLANKS  "91 22 8:33 / /media/staff/Mi\\040memoria rw,relatime - exfat /dev/sdc1 rw\n"

static void
assert_found (const char *mountinfo,
              const char *path,
              const char *number,
              const char *device)
{
  g_autofree char *found_number = NULL;
  g_autofree char *found_device = NULL;

  g_assert_cmpint (dc_unmount_find (mountinfo, path, &found_number, &found_device), ==, number != NULL);
  g_assert_cmpstr (found_number, ==, number);
  g_assert_cmpstr (found_device, ==, device);
}

static void
test_find (void)
{
  assert_found (ROOT STICK BLANKS, "/media/staff/KINGSTON", "8:17", "/dev/sdb1");
  assert_found (ROOT STICK BLANKS, "/media/staff/Mi memoria", "8:33", "/dev/sdc1");
  assert_found (ROOT STICK OVER, "/media/staff/KINGSTON", "8:33", "/dev/sdc1");
  assert_found (ROOT STICK, "/media/staff", NULL, NULL);
  assert_found ("", "/media/staff/KINGSTON", NULL, NULL);
  assert_found ("90 22 8:17 / /media/x rw -", "/media/x", NULL, NULL);
  assert_found ("90 22 8:17 / /media/x rw - vfat\n\n - - -", "/media/x", NULL, NULL);
}

/* Not where it was, but anywhere: the kernel still writes to it. */
static void
test_is_mounted (void)
{
  g_assert_true (dc_unmount_is_mounted (ROOT STICK, "8:17"));
  g_assert_true (dc_unmount_is_mounted (ROOT AGAIN, "8:17"));
  g_assert_false (dc_unmount_is_mounted (ROOT BLANKS, "8:17"));
  g_assert_false (dc_unmount_is_mounted (ROOT, "8:1"));
  g_assert_false (dc_unmount_is_mounted ("", "8:17"));
}

static gboolean
unmount (const char  *path,
         GError     **error)
{
  DcTestWait wait = { NULL };
  g_autoptr (GAsyncResult) result = NULL;

  dc_unmount_async (path, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);

  return dc_unmount_finish (result, error);
}

static gboolean
is_mounted (const char *path)
{
  g_autofree char *text = NULL;
  g_autofree char *number = NULL;
  g_autofree char *device = NULL;

  g_assert_true (g_file_get_contents ("/proc/self/mountinfo", &text, NULL, NULL));

  return dc_unmount_find (text, path, &number, &device);
}

static void
test_unmounts (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (!dc_stick_test_works ())
    return;
  path = dc_stick_test_put ("A stick", "size=1m", TRUE);
  g_assert_true (is_mounted (path));
  g_assert_true (unmount (path, &error));
  g_assert_no_error (error);
  g_assert_false (is_mounted (path));

  g_assert_false (unmount (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED);
}

static void
test_busy (void)
{
  g_autofree char *path = NULL;
  g_autofree char *file = NULL;
  g_autoptr (GError) error = NULL;
  int fd;

  if (!dc_stick_test_works ())
    return;
  path = dc_stick_test_put ("STICK", "size=1m", TRUE);
  file = g_build_filename (path, "open", NULL);
  fd = open (file, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  g_assert_cmpint (fd, >=, 0);
  g_assert_false (unmount (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_true (is_mounted (path));

  g_clear_error (&error);
  close (fd);
  g_assert_true (unmount (path, &error));
  g_assert_no_error (error);
}

/* Taken away where it was, it is still in use elsewhere. */
static void
test_mounted_twice (void)
{
  g_autofree char *path = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;

  if (!dc_stick_test_works ())
    return;
  path = dc_stick_test_put ("STICK", "size=1m", TRUE);
  other = dc_test_dir_new ();
  g_assert_cmpint (mount (path, other, NULL, MS_BIND, NULL), ==, 0);
  g_assert_false (unmount (path, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (umount (other), ==, 0);
  g_clear_pointer (&other, dc_test_dir_remove);
}

/* UDisks by its interface, as it stands in its manual: on a bus of our own,
 * for there is no UDisks without a machine's udev. */
#define UDISKS_XML \
  "<node><interface name='org.freedesktop.UDisks2.Manager'>" \
  "<method name='ResolveDevice'><arg type='a{sv}' direction='in'/>" \
  "<arg type='a{sv}' direction='in'/><arg type='ao' direction='out'/></method></interface>" \
  "<interface name='org.freedesktop.UDisks2.Filesystem'>" \
  "<method name='Unmount'><arg type='a{sv}' direction='in'/></method></interface></node>"
#define BLOCK      "/org/freedesktop/UDisks2/block_devices/sdz1"
#define UNMOUNTED  "done"

typedef struct
{
  GTestDBus       *bus;
  GDBusConnection *connection;
  GDBusNodeInfo   *node;
  char            *path;
  const char      *answer;       /* an error's name; UNMOUNTED; "": done, it says */
  gboolean         silent;       /* it was told that nobody is there to be asked */
} Udisks;

static void
resolve (GVariant              *arguments,
         GDBusMethodInvocation *invocation)
{
  g_autoptr (GVariant) wanted = g_variant_get_child_value (arguments, 0);
  const char *device = NULL;

  g_assert_true (g_variant_lookup (wanted, "path", "&s", &device));
  g_assert_cmpstr (device, ==, "/dev/sdz1");
  g_dbus_method_invocation_return_value (invocation, g_variant_new_parsed ("([objectpath '" BLOCK "'],)"));
}

static void
on_call (GDBusConnection       *connection,
         const char            *sender,
         const char            *object,
         const char            *interface,
         const char            *method,
         GVariant              *arguments,
         GDBusMethodInvocation *invocation,
         gpointer               data)
{
  Udisks *self = data;
  g_autoptr (GVariant) options = NULL;

  if (g_str_equal (method, "ResolveDevice")) {
    resolve (arguments, invocation);
    return;
  }

  options = g_variant_get_child_value (arguments, 0);
  g_variant_lookup (options, "auth.no_user_interaction", "b", &self->silent);
  if (g_str_equal (self->answer, UNMOUNTED))
    g_assert_cmpint (umount (self->path), ==, 0);
  if (g_str_has_prefix (self->answer, "org."))
    g_dbus_method_invocation_return_dbus_error (invocation, self->answer, "so it is");
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
udisks_start (Udisks *self)
{
  static const GDBusInterfaceVTable table = { on_call, NULL, NULL, { NULL } };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) named = NULL;

  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (self->bus);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", g_test_dbus_get_bus_address (self->bus), TRUE);
  self->connection = g_dbus_connection_new_for_address_sync (
    g_test_dbus_get_bus_address (self->bus), G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
    | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  self->node = g_dbus_node_info_new_for_xml (UDISKS_XML, NULL);
  g_dbus_connection_register_object (self->connection, "/org/freedesktop/UDisks2/Manager",
                                     self->node->interfaces[0], &table, self, NULL, NULL);
  g_dbus_connection_register_object (self->connection, BLOCK, self->node->interfaces[1], &table,
                                     self, NULL, NULL);
  named = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus",
                                       "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.UDisks2", 4), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
udisks_stop (Udisks *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->node, g_dbus_node_info_unref);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  g_test_dbus_down (self->bus);
  g_clear_object (&self->bus);
}

/* @tools: where umount(8) is looked for. */
static gboolean
unmount_by_udisks (const char  *answer,
                   const char  *tools,
                   GError     **error)
{
  g_autofree char *path = g_strdup (g_getenv ("PATH"));
  Udisks self = { .path = dc_stick_test_put ("STICK", "size=1m", TRUE), .answer = answer };
  gboolean done;

  udisks_start (&self);
  if (tools != NULL)
    g_setenv ("PATH", tools, TRUE);
  done = unmount (self.path, error);
  g_setenv ("PATH", path, TRUE);
  g_assert_true (self.silent);
  g_assert_cmpint (done, ==, !is_mounted (self.path));
  udisks_stop (&self);
  dc_stick_test_clear ();
  g_free (self.path);

  return done;
}

static void
test_udisks (void)
{
  g_autoptr (GError) error = NULL;

  if (!dc_stick_test_works ())
    return;
  g_assert_true (unmount_by_udisks (UNMOUNTED, "/nonexistent", &error));
  g_assert_no_error (error);
}

static void
test_udisks_refuses (void)
{
  g_autoptr (GError) error = NULL;

  if (!dc_stick_test_works ())
    return;
  g_assert_false (unmount_by_udisks ("org.freedesktop.UDisks2.Error.DeviceBusy", "/nonexistent", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_clear_error (&error);
  g_assert_false (unmount_by_udisks ("org.freedesktop.UDisks2.Error.NotAuthorized", "/nonexistent", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_clear_error (&error);
  g_assert_true (unmount_by_udisks ("org.freedesktop.UDisks2.Error.NotAuthorized", NULL, &error));
  g_assert_no_error (error);
}

static void
test_udisks_lies (void)
{
  g_autoptr (GError) error = NULL;

  if (!dc_stick_test_works ())
    return;
  g_assert_false (unmount_by_udisks ("", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  dc_stick_test_enter ();
  g_test_init (&argc, &argv, NULL);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);

  g_test_add_func ("/unmount/finds-what-is-mounted-at-a-path", test_find);
  g_test_add_func ("/unmount/knows-whether-it-is-mounted-anywhere", test_is_mounted);
  g_test_add_func ("/unmount/takes-a-stick-out-of-use", test_unmounts);
  g_test_add_func ("/unmount/is-refused-while-a-file-is-open", test_busy);
  g_test_add_func ("/unmount/claims-nothing-of-one-that-is-mounted-twice", test_mounted_twice);
  g_test_add_func ("/unmount/asks-udisks", test_udisks);
  g_test_add_func ("/unmount/says-why-udisks-refuses-and-tries-by-itself", test_udisks_refuses);
  g_test_add_func ("/unmount/believes-the-kernel-and-not-udisks", test_udisks_lies);

  status = g_test_run ();
  dc_stick_test_clear ();

  return status;
}
