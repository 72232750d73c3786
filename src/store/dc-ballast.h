/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that holds room on the disk, to be given up when the disk is full:
 * SQLite needs to write in order to erase, so a full disk would otherwise
 * keep a receipt from being noted and a queue from draining. Any thread;
 * every function blocks. */

/* Eight journals: a checkpoint can need room for all of one, and one that found
 * the disk full can leave it twice as long. */
#define DC_BALLAST_SIZE (4 * 1024 * 1024)
/* Room that must be left beside the ballast, bytes. */
#define DC_BALLAST_ROOM (1024 * 1024)

/* Makes @path hold @size bytes, where that leaves DC_BALLAST_ROOM. FALSE
 * where it does not hold them now: no error, it is tried again later. */
gboolean dc_ballast_restore (const char *path,
                             gsize       size);
/* Gives the room back. FALSE where there was none to give. */
gboolean dc_ballast_release (const char *path);

G_END_DECLS
