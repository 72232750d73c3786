/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A tablet made as new: all that lies in the state directory is deleted, the
 * queue, its key, the PINs and the settings. What was decided is a file there,
 * written durably before anything goes and removed after all else: interrupted
 * at any moment, either nothing is gone or the next start goes on with it.
 *
 * Each file is written over with zeros, synced, and only then removed, as the
 * queue does with the records it erases (secure_delete); what a flash drive
 * keeps of old blocks is beyond any program. Second copies on cards, and what
 * was handed over, are not reached.
 *
 * Any thread; all block. Errors are G_FILE_ERROR. */

/* Decides it. Nothing is deleted yet. */
gboolean dc_wipe_decide (const char  *state_directory,
                         GError     **error);
gboolean dc_wipe_is_decided (const char *state_directory);
/* Where it was decided: deletes everything, the decision last, and leaves the
 * empty folder; else it does nothing. Nobody may have the queue open. Goes
 * where it failed on when it is called again. */
gboolean dc_wipe_finish (const char  *state_directory,
                         GError     **error);

G_END_DECLS
