/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the queue asks of the file system. Any thread; every function blocks. */

/* Makes @path and its parents (0700) where they are not there, durably.
 * A symbolic link in the last place is refused. */
gboolean dc_directory_make       (const char  *path,
                                  GError     **error);
/* So that a name that was made, renamed or removed in @path survives a power
 * cut (fsync(2): the file alone does not take its name with it). */
gboolean dc_directory_sync       (const char  *path,
                                  GError     **error);
/* Bytes that a process without privileges may still write below @path. */
gboolean dc_directory_free_bytes (const char  *path,
                                  guint64     *bytes,
                                  GError     **error);

G_END_DECLS
