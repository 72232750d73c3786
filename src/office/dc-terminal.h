/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcTerminal:
 *
 * The person in front of the program: asks on /dev/tty, so that pipes do not
 * come between, and shows what no pipe and no scroll-back shall keep. While it
 * asks, SIGINT, SIGTERM, SIGHUP and SIGQUIT end the question with
 * DC_OFFICE_ERROR_INTERRUPTED after the terminal is as it was. Main thread.
 */
typedef struct _DcTerminal DcTerminal;

/* @passphrase_fd: a descriptor whose first line stands for what would be
 * asked by dc_terminal_passphrase (), -1: none. It is read to that line's end
 * when it is first needed, and not closed. Opens nothing yet. */
DcTerminal *dc_terminal_new        (int           passphrase_fd);
void        dc_terminal_free       (DcTerminal   *self);
/* Whether passphrases come from a descriptor. */
gboolean    dc_terminal_is_scripted (DcTerminal  *self);
/* A passphrase, not echoed, of 1 to 1024 bytes; the same one again from a
 * descriptor. The caller wipes it (dc_terminal_wipe ()). (transfer full) */
char       *dc_terminal_passphrase (DcTerminal   *self,
                                    const char   *prompt,
                                    GError      **error);
/* One line of at most 1024 bytes, always from the terminal; @echo: whether it
 * is seen while it is typed. It may be empty. (transfer full) */
char       *dc_terminal_ask        (DcTerminal   *self,
                                    const char   *prompt,
                                    gboolean      echo,
                                    GError      **error);
/* Shows @text on a screen of its own, which dc_terminal_hide () takes away
 * with everything on it, questions too. Interrupted or not, it is gone when
 * @self is. */
gboolean    dc_terminal_show       (DcTerminal   *self,
                                    const char   *text,
                                    GError      **error);
void        dc_terminal_hide       (DcTerminal   *self);
/* Wipes and frees what was typed. (nullable) */
void        dc_terminal_wipe       (char         *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcTerminal, dc_terminal_free)

/* g_auto (DcSecretText) for what dc_terminal_wipe () shall end. */
typedef char *DcSecretText;
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (DcSecretText, dc_terminal_wipe, NULL)

G_END_DECLS
