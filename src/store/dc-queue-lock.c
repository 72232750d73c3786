/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue-lock.h"

#include "dc-store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

struct _DcQueueLock
{
  int fd;
};

DcQueueLock *
dc_queue_lock_new (const char  *path,
                   GError     **error)
{
  /* The whole file, whoever this process is: an OFD lock wants l_pid 0. */
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autoptr (DcQueueLock) self = g_new0 (DcQueueLock, 1);

  self->fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0) {
    dc_store_error_set_errno (error, errno, "open", path);
    return NULL;
  }

  if (fcntl (self->fd, F_OFD_SETLK, &whole) != 0) {
    if (errno == EAGAIN || errno == EACCES)
      g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_IN_USE,
                   "%s is held by another process", path);
    else
      dc_store_error_set_errno (error, errno, "lock", path);
    return NULL;
  }

  return g_steal_pointer (&self);
}

void
dc_queue_lock_free (DcQueueLock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}
