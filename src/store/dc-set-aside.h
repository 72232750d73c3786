/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Queues that this program cannot use (damaged, or of a later version) and
 * must not touch: the whole directory is renamed, since the journal holds
 * most of a queue that was cut off. Each is one directory below
 * STATE/set-aside, named by the time in UTC and a number. Any thread; every
 * function blocks; the caller holds the queue's lock. */

/* Renames @state/@name to @state/set-aside/20261218T101500Z-1, durably.
 * Returns the new path; (transfer full). */
char *dc_set_aside       (const char  *state,
                          const char  *name,
                          GError     **error);
guint dc_set_aside_count (const char  *state);

G_END_DECLS
