/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sticks that can be put in and pulled: file systems in memory below /media, in
 * a name space of mounts that ends with the process. */

/* Once, before any thread: in main (). */
void     dc_stick_test_enter (void);
/* Whether sticks can be had at all; where not, the test is skipped. */
gboolean dc_stick_test_works (void);

/* Mounts /media/@name; @options are of tmpfs(5). Its path. (transfer full) */
char    *dc_stick_test_put   (const char *name,
                              const char *options,
                              gboolean    writable);
/* As if it were torn out. */
void     dc_stick_test_pull  (const char *name);
/* Pulls what is there. */
void     dc_stick_test_clear (void);

G_END_DECLS
