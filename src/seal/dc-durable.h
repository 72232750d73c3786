/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small private files that must survive a power cut: the tablet's key, the
 * staff's PINs. Errors are G_FILE_ERROR and name the path. All block. */

/* Reads a regular file of at most @limit bytes; a symbolic link, a longer
 * file or anything else is refused. A file that others may read is made 0600
 * first. NUL-terminated beyond @size; the caller wipes it. (transfer full) */
char    *dc_durable_read    (const char  *path,
                             gsize        limit,
                             gsize       *size,
                             GError     **error);

/* After either returns TRUE, the bytes and the name are on disk (the file and
 * its directory synced), mode 0600. A power cut at any moment, and an error,
 * leave the whole new file or what was there before. Create fails with G_FILE_ERROR_EXIST,
 * and changes nothing, where @path exists; of two that create at once, one
 * succeeds. Replace is for the one program that owns @path. Names that begin
 * with @path.new are theirs. */
gboolean dc_durable_create  (const char  *path,
                             const char  *data,
                             gsize        size,
                             GError     **error);
gboolean dc_durable_replace (const char  *path,
                             const char  *data,
                             gsize        size,
                             GError     **error);
/* Gives what was written durably another name on the same drive, in place of the
 * file that has that name; a folder too. */
gboolean dc_durable_rename  (const char  *from,
                             const char  *to,
                             GError     **error);
/* As replace, for a file that others are to read, on a drive that somebody is
 * about to take away: mode 0644 where the drive has such a thing, and the whole
 * of its file system synced. */
gboolean dc_durable_hand_over (const char *path,
                               const char *data,
                               gsize       size,
                               GError    **error);

G_END_DECLS
