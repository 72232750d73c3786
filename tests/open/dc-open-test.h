/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The programs that ours must agree with, run in a folder. */

gboolean dc_open_test_has      (const char         *program);
/* Runs it with @input (nullable); NULL where it fails. (transfer full) */
GBytes  *dc_open_test_run      (const char         *dir,
                                const char * const *argv,
                                GBytes             *input);
/* Runs it on a terminal of its own, where @passphrase is typed each time that
 * it asks for one. Whether it succeeded. */
gboolean dc_open_test_ask      (const char         *dir,
                                const char * const *argv,
                                const char         *passphrase);
GBytes  *dc_open_test_read     (const char         *dir,
                                const char         *name);
void     dc_open_test_write    (const char         *dir,
                                const char         *name,
                                const void         *data,
                                gsize               size);
GBytes  *dc_open_test_random   (gsize               size);

G_END_DECLS
