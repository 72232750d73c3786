/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-folder-walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "dc-folder-files.h"

typedef enum
{
  GO_ON,
  ENOUGH,
  FAILED,
} Step;

static Step
hand_on (int                  folder,
         const char          *path,
         const char          *name,
         const DcFolderWalk  *order,
         GError             **error)
{
  g_autofree char *place = g_strdup_printf ("%s/%s", path, name);
  g_autoptr (GBytes) content = NULL;

  if (dc_folder_stopped (order->transfer, error))
    return FAILED;

  switch (dc_folder_read (folder, name, dc_shelf_limit (order->file), &content, error)) {
  case DC_FOLDER_READ:
    return order->found (place, content, order->data) ? GO_ON : ENOUGH;
  case DC_FOLDER_FAILED:
    return FAILED;
  case DC_FOLDER_ABSENT:
  case DC_FOLDER_PASSED:
  default:
    return GO_ON;
  }
}

static Step walk (int                  folder,
                  const char          *path,
                  guint                depth,
                  const DcFolderWalk  *order,
                  GError             **error);

static Step
enter (int                  parent,
       const char          *path,
       const char          *name,
       guint                depth,
       const DcFolderWalk  *order,
       GError             **error)
{
  g_autofree char *below = *path == '\0' ? g_strdup (name) : g_strdup_printf ("%s/%s", path, name);
  int folder = openat (parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  Step step;

  if (folder < 0) {
    /* A link, a file of such a name, or gone meanwhile. */
    if (errno == ENOTDIR || errno == ELOOP || errno == ENOENT)
      return GO_ON;
    dc_folder_fail (error, errno, "be opened", below);
    return FAILED;
  }

  step = walk (folder, below, depth + 1, order, error);
  close (folder);

  return step;
}

static Step
look_at (int                  folder,
         const char          *path,
         const char          *name,
         guint                depth,
         const DcFolderWalk  *order,
         GError             **error)
{
  if (depth < DC_SHELF_DEPTH)
    return dc_shelf_is_way (name, depth) ? enter (folder, path, name, depth, order, error)
                                          : GO_ON;

  return dc_shelf_recognise (name) == order->file ? hand_on (folder, path, name, order, error)
                                                  : GO_ON;
}

static Step
walk (int                  folder,
      const char          *path,
      guint                depth,
      const DcFolderWalk  *order,
      GError             **error)
{
  int fd = openat (folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *entries = fd >= 0 ? fdopendir (fd) : NULL;
  Step step = GO_ON;

  if (entries == NULL) {
    dc_folder_fail (error, errno, "be listed", *path != '\0' ? path : "the folder");
    if (fd >= 0)
      close (fd);
    return FAILED;
  }

  while (step == GO_ON) {
    struct dirent *entry;

    errno = 0;
    entry = readdir (entries);
    if (entry == NULL)
      break;
    step = look_at (folder, path, entry->d_name, depth, order, error);
  }
  if (step == GO_ON && errno != 0) {
    dc_folder_fail (error, errno, "be listed", *path != '\0' ? path : "the folder");
    step = FAILED;
  }
  closedir (entries);

  return step;
}

/* Straight to the one shelf. */
static Step
walk_only (int                  root,
           const DcFolderWalk  *order,
           GError             **error)
{
  g_auto (GStrv) parts = g_strsplit (order->only, "/", DC_SHELF_DEPTH);
  g_autoptr (GError) problem = NULL;
  int fd = fcntl (root, F_DUPFD_CLOEXEC, 0);
  Step step = GO_ON;

  for (guint i = 0; parts[i] != NULL && fd >= 0; i++) {
    int next = dc_folder_open (fd, parts[i], FALSE, &problem);

    close (fd);
    fd = next;
  }
  if (fd >= 0) {
    step = walk (fd, order->only, DC_SHELF_DEPTH, order, &problem);
    close (fd);
  }
  if (problem == NULL)
    return step;
  g_propagate_error (error, g_steal_pointer (&problem));

  return FAILED;
}

gboolean
dc_folder_walk (int                  root,
                const DcFolderWalk  *order,
                GError             **error)
{
  Step step = order->only != NULL ? walk_only (root, order, error)
                                  : walk (root, "", 0, order, error);

  return step != FAILED;
}
