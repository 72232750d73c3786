/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bare.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dc-crypto.h"

void
dc_bare_compare (const void *sent,
                 const void *found,
                 gsize       size)
{
  guint8 hashes[2][32];

  dc_crypto_sha256 (sent, size, hashes[0]);
  dc_crypto_sha256 (found, size, hashes[1]);
  g_assert_cmpmem (hashes[0], sizeof hashes[0], hashes[1], sizeof hashes[1]);
}

/* Written under another name, synced, renamed, the folder synced, read back. */
static void
prove (int         folder,
       const char *name,
       GBytes     *bundle)
{
  g_autofree char *temporary = g_strconcat (".", name, NULL);
  gsize size;
  const void *data = g_bytes_get_data (bundle, &size);
  g_autofree char *found = g_malloc (size);
  int fd = openat (folder, temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  g_assert_cmpint (write (fd, data, size), ==, size);
  g_assert_cmpint (fsync (fd), ==, 0);
  g_assert_cmpint (renameat (folder, temporary, folder, name), ==, 0);
  g_assert_cmpint (fsync (folder), ==, 0);
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  g_assert_cmpint (pread (fd, found, size, 0), ==, size);
  close (fd);
  dc_bare_compare (data, found, size);
}

double
dc_bare_folder (const DcBarePlace *place,
                const char        *folder,
                GPtrArray         *bundles)
{
  int fd = open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < bundles->len; i++) {
    g_autofree char *name = g_strdup_printf ("%u", i);

    prove (fd, name, bundles->pdata[i]);
  }
  close (fd);

  return (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
}
