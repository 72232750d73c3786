/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* SQLite's memory, refused on demand. */

/* Before SQLite is used at all. It takes every piece of memory from here:
 * without the reserve of small pieces that a connection otherwise has. */
void  dc_shim_memory_install (void);
/* The @after-th next request (0: the very next) is refused, and with
 * @persistent all that follow. */
void  dc_shim_memory_fail    (guint     after,
                              gboolean  persistent);
/* No more refusals. Returns how many there were. */
guint dc_shim_memory_reset   (void);

G_END_DECLS
