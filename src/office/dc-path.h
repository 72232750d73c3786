/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the commands that write several files ask of the file system. Block. */

/* Whether anything has that name, a link that leads nowhere too. */
gboolean dc_path_is_there      (const char *path);
/* As far as it can: the files in a folder of ours, in which no folder is, and
 * the folder. */
void     dc_path_remove_folder (const char *path);

G_END_DECLS
