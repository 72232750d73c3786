/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Files that others made, read once and never written to. */

/* The whole of a regular file of at most @limit bytes; anything else is an
 * error of G_FILE_ERROR that names @path. The bytes are wiped when they go, as
 * the file may hold a key. (transfer full) */
GBytes *dc_input_read      (const char  *path,
                            gsize        limit,
                            GError     **error);
/* The same of the standard input, to its end. (transfer full) */
GBytes *dc_input_read_rest (int          fd,
                            gsize        limit,
                            GError     **error);
/* @path as it may be printed: no control character of a stranger's reaches
 * the terminal. (transfer full) */
char   *dc_input_name      (const char  *path);

G_END_DECLS
