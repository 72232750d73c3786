/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-wipe.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-durable.h"

#define DECISION "wipe"
#define WORDS    "Everything in this folder is to be deleted.\n"
#define BLOCK    65536

static gboolean
fail (GError     **error,
      const char  *name)
{
  int saved = errno;

  g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved), "Could not delete %s: %s",
               name, g_strerror (saved));

  return FALSE;
}

gboolean
dc_wipe_decide (const char  *state_directory,
                GError     **error)
{
  g_autofree char *path = g_build_filename (state_directory, DECISION, NULL);

  return dc_durable_replace (path, WORDS, strlen (WORDS), error);
}

/* Whatever has that name: a decision that cannot be read is one. */
gboolean
dc_wipe_is_decided (const char *state_directory)
{
  g_autofree char *path = g_build_filename (state_directory, DECISION, NULL);
  struct stat status;

  return lstat (path, &status) == 0;
}

/* In place, so that no other block is taken for the zeros. */
static gboolean
write_zeros (int   fd,
             off_t size)
{
  g_autofree guint8 *zeros = g_malloc0 (BLOCK);
  off_t done = 0;

  while (done < size) {
    ssize_t n = pwrite (fd, zeros, (size_t) MIN (size - done, BLOCK), done);

    if (n < 0 && errno == EINTR)
      continue;
    if (n <= 0)
      return FALSE;
    done += n;
  }

  return fsync (fd) == 0;
}

/* A file that has another name elsewhere is only taken from here. */
static gboolean
overwrite (int         folder,
           const char *name)
{
  struct stat status;
  gboolean ok;
  int fd;

  if (fstatat (folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return FALSE;
  if (!S_ISREG (status.st_mode) || status.st_nlink > 1)
    return TRUE;

  fd = openat (folder, name, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0)
    return FALSE;
  ok = write_zeros (fd, status.st_size);
  close (fd);

  return ok;
}

static gboolean empty_folder (int         parent,
                              const char *name,
                              const char *keep,
                              GError    **error);

static gboolean
remove_entry (int          folder,
              const char  *name,
              GError     **error)
{
  struct stat status;

  if (fstatat (folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return fail (error, name);
  if (S_ISDIR (status.st_mode))
    return empty_folder (folder, name, NULL, error)
           && (unlinkat (folder, name, AT_REMOVEDIR) == 0 || fail (error, name));

  return (overwrite (folder, name) && unlinkat (folder, name, 0) == 0) || fail (error, name);
}

/* The names in it, for what is removed while a folder is read may be passed over. */
static GPtrArray *
list (DIR        *stream,
      const char *keep)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  struct dirent *entry;

  while ((entry = readdir (stream)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0
        && g_strcmp0 (entry->d_name, keep) != 0)
      g_ptr_array_add (names, g_strdup (entry->d_name));

  return names;
}

static DIR *
open_folder (int         parent,
             const char *name)
{
  int folder = openat (parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  DIR *stream = folder < 0 ? NULL : fdopendir (folder);

  if (stream == NULL && folder >= 0)
    close (folder);

  return stream;
}

/* All but @keep (nullable), durably. */
static gboolean
empty_folder (int          parent,
              const char  *name,
              const char  *keep,
              GError     **error)
{
  DIR *stream = open_folder (parent, name);
  g_autoptr (GPtrArray) names = NULL;
  gboolean ok = TRUE;

  if (stream == NULL)
    return fail (error, name);

  names = list (stream, keep);
  for (guint i = 0; i < names->len && ok; i++)
    ok = remove_entry (dirfd (stream), g_ptr_array_index (names, i), error);
  if (ok && fsync (dirfd (stream)) != 0)
    ok = fail (error, name);
  closedir (stream);

  return ok;
}

/* The decision goes last, when all else is gone from the disk. */
gboolean
dc_wipe_finish (const char  *state_directory,
                GError     **error)
{
  /* What it leads to, where it is a link. */
  g_autofree char *folder = g_build_filename (state_directory, ".", NULL);

  return !dc_wipe_is_decided (state_directory)
         || (empty_folder (AT_FDCWD, folder, DECISION, error)
             && empty_folder (AT_FDCWD, folder, NULL, error));
}
