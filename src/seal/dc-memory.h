/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a process leaves behind in its memory. Our own strings are wiped by who
 * holds them; this is for the copies that libraries make and only free. */

/* No core file, and no other process of the same user looks in. Before
 * anything secret is there; again after each exec (). */
void dc_memory_forbid_dumps (void);

/* From now on the C library overwrites a block when it is freed, in every
 * thread and for every library, and gives out new ones as zeroes. First thing
 * in main (). FALSE where the C library cannot.
 *
 * Not overwritten are the blocks that glibc keeps at hand for a thread, seven
 * a size up to 1032 bytes; see dc_memory_wipe_spare_blocks (). */
gboolean dc_memory_wipe_freed (void);

/* Overwrites the blocks that are kept at hand for the calling thread. Takes
 * less than a millisecond. */
void dc_memory_wipe_spare_blocks (void);

G_END_DECLS
