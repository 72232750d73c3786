/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Takes a removable drive out of use, so that it can be pulled. Whoever does it
 * (UDisks, where it is there, else umount(8)) is not believed: what counts is
 * that the kernel has its file system mounted nowhere any more. */

/* @path: where it is mounted. On a thread of its own, for as long as writing
 * down what is still in memory takes. */
void     dc_unmount_async        (const char           *path,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
/* TRUE: it may be pulled. G_IO_ERROR_NOT_MOUNTED: it is not there any more;
 * G_IO_ERROR_BUSY: something still uses it; G_IO_ERROR_FAILED: it could not be
 * done, most often for lack of the right to. */
gboolean dc_unmount_finish       (GAsyncResult         *result,
                                  GError              **error);

/* What is mounted at @path by the text of a /proc/self/mountinfo (proc(5)): the
 * last such line counts. FALSE: nothing is. */
gboolean dc_unmount_find         (const char           *mountinfo,
                                  const char           *path,
                                  char                **number,
                                  char                **device);
/* Whether the file system with this number ("8:17") is mounted anywhere. */
gboolean dc_unmount_is_mounted   (const char           *mountinfo,
                                  const char           *number);

G_END_DECLS
