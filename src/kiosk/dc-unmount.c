/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-unmount.h"

#include <string.h>

#include "dc-mounts.h"

/* Not by GVolumeMonitor: a kiosk's session has no daemon that would answer it
 * (dc-drives.c). UDisks is what mounts a stick under /media, and lets the one
 * who sits before the machine take it out again. */

#define UDISKS       "org.freedesktop.UDisks2"
#define MANAGER      "/org/freedesktop/UDisks2/Manager"
#define DEVICE_BUSY  UDISKS ".Error.DeviceBusy"

/* A slow stick writes for minutes what the kernel had held back for it. */
#define PATIENCE_MS  (10 * 60 * 1000)

gboolean
dc_unmount_find (const char  *mountinfo,
                 const char  *path,
                 char       **number,
                 char       **device)
{
  g_autoptr (GPtrArray) mounts = dc_mounts_parse (mountinfo);

  *number = *device = NULL;
  for (guint i = mounts->len; i > 0; i--) {     /* the last there lies over the others */
    const DcMount *mount = mounts->pdata[i - 1];

    if (!g_str_equal (mount->point, path))
      continue;
    *number = g_strdup (mount->device_number);
    *device = g_strdup (mount->source);
    return TRUE;
  }

  return FALSE;
}

gboolean
dc_unmount_is_mounted (const char *mountinfo,
                       const char *number)
{
  g_autoptr (GPtrArray) mounts = dc_mounts_parse (mountinfo);

  for (guint i = 0; i < mounts->len; i++) {
    if (g_str_equal (((const DcMount *) mounts->pdata[i])->device_number, number))
      return TRUE;
  }

  return FALSE;
}

static GVariant *
call (GDBusConnection  *bus,
      const char       *object,
      const char       *interface,
      const char       *method,
      GVariant         *arguments,
      const char       *answer,
      GError          **error)
{
  return g_dbus_connection_call_sync (bus, UDISKS, object, interface, method, arguments,
                                      G_VARIANT_TYPE (answer), G_DBUS_CALL_FLAGS_NONE, PATIENCE_MS,
                                      NULL, error);
}

/* Nobody is there who could be asked for a password. */
static GVariant *
options_new (void)
{
  GVariantDict options;

  g_variant_dict_init (&options, NULL);
  g_variant_dict_insert (&options, "auth.no_user_interaction", "b", TRUE);

  return g_variant_dict_end (&options);
}

/* The object that UDisks has for @device. */
static char *
resolve (GDBusConnection  *bus,
         const char       *device,
         GError          **error)
{
  GVariantDict wanted;
  g_autoptr (GVariant) answer = NULL;
  g_autofree const char **objects = NULL;

  g_variant_dict_init (&wanted, NULL);
  g_variant_dict_insert (&wanted, "path", "s", device);
  answer = call (bus, MANAGER, UDISKS ".Manager", "ResolveDevice",
                 g_variant_new ("(@a{sv}@a{sv})", g_variant_dict_end (&wanted), options_new ()),
                 "(ao)", error);
  if (answer == NULL)
    return NULL;

  g_variant_get (answer, "(^a&o)", &objects);
  if (objects[0] == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "UDisks knows no %s", device);

  return g_strdup (objects[0]);
}

/* A connection of its own: the one that g_bus_get () shares ends the program
 * when the bus goes. */
static GDBusConnection *
connect_bus (GError **error)
{
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SYSTEM, NULL, error);

  return address == NULL ? NULL : g_dbus_connection_new_for_address_sync (
    address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT
    | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, error);
}

static gboolean
ask_udisks (const char  *device,
            GError     **error)
{
  g_autoptr (GDBusConnection) bus = connect_bus (error);
  g_autofree char *object = bus != NULL ? resolve (bus, device, error) : NULL;
  g_autoptr (GVariant) answer = NULL;

  if (object != NULL)
    answer = call (bus, object, UDISKS ".Filesystem", "Unmount",
                   g_variant_new ("(@a{sv})", options_new ()), "()", error);
  if (bus != NULL)
    g_dbus_connection_close_sync (bus, NULL, NULL);

  return answer != NULL;
}

static gboolean
is_udisks_busy (const GError *error)
{
  g_autofree char *name = g_dbus_error_is_remote_error (error)
                          ? g_dbus_error_get_remote_error (error) : NULL;

  return g_strcmp0 (name, DEVICE_BUSY) == 0;
}

/* For who is root, or was given the right in /etc/fstab. What it says. */
static char *
run_umount (const char *path)
{
  const char * const argv[] = { "umount", "--", path, NULL };
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "LC_ALL", "C", TRUE);
  g_autoptr (GError) error = NULL;
  char *said = NULL;

  if (!g_spawn_sync (NULL, (char **) argv, environment,
                     G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL, &said,
                     NULL, &error))
    return g_strdup (error->message);

  return said;
}

static void
unmount_thread (GTask        *task,
                gpointer      unused,
                gpointer      path,
                GCancellable *cancellable)
{
  g_autofree char *before = dc_mounts_read ();
  g_autofree char *number = NULL;
  g_autofree char *device = NULL;
  g_autofree char *after = NULL;
  g_autofree char *said = NULL;
  g_autoptr (GError) udisks = NULL;

  if (!dc_unmount_find (before, path, &number, &device)) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED, "nothing is mounted there");
    return;
  }

  if (!ask_udisks (device, &udisks))
    said = run_umount (path);
  after = dc_mounts_read ();
  if (*after != '\0' && !dc_unmount_is_mounted (after, number))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, G_IO_ERROR,
                             (udisks != NULL && is_udisks_busy (udisks))
                             || (said != NULL && strstr (said, "busy") != NULL)
                             ? G_IO_ERROR_BUSY : G_IO_ERROR_FAILED,
                             "UDisks: %s; umount: %s",
                             udisks != NULL ? udisks->message : "done, but it is still mounted",
                             said != NULL ? g_strchomp (said) : "not tried");
}

void
dc_unmount_async (const char          *path,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, dc_unmount_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, unmount_thread);
}

gboolean
dc_unmount_finish (GAsyncResult  *result,
                   GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
