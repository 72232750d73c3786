/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A small file beside staff.ini, @path with ".room", that holds enough of the
 * disk to write staff.ini once more. A try is counted on the disk before it is
 * checked; without this, a full disk would lock out those who are to empty it.
 * Any thread; both block, and neither has an error: it is tried again with the
 * next write. */
#define DC_STAFF_ROOM_SIZE (16 * 1024)

/* Makes the room, where there is none. */
void     dc_staff_room_keep    (const char *path);
/* Gives it back. FALSE where there was none to give. */
gboolean dc_staff_room_give_up (const char *path);

G_END_DECLS
