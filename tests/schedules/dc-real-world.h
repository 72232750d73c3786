/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-schedule-world.h"

G_BEGIN_DECLS

/* A real destination: the program daily-cup-send in a process of its own, and
 * behind it a proxy and a server. They belong to real.py, which starts this
 * program and is steered over a pair of sockets: one command a line,
 *
 *     begin SEED NUMBER FORGETFUL     disturb SEED HARM     strike SEED     calm
 *     back_up     restore SILENT     contents
 *
 * one answer a line, "ok" and a file, or "failed" and what went wrong, which
 * ends the test. The file is that of "contents", an id a line; otherwise a
 * GKeyFile with the group [World]:
 *
 *     Setup, Authority, Folder          as in DcRunOrder, the way of the tablet
 *     User, Password
 *     OfficeSetup, OfficeUser, OfficePassword, OfficeFolder
 *
 * It is read again each time that the office comes: a server may have been
 * replaced by another. */

/* @channel: the descriptor; @send: the program; @self_path: this test program,
 * which is started anew as the tablet that is killed. (transfer full) */
DcScheduleWorld *dc_real_world_new     (int              channel,
                                        const char      *send,
                                        const char      *self_path);
void             dc_real_world_free    (DcScheduleWorld *self);
/* Where it is to be written whether the destination, from the next schedule on,
 * loses a record that it has acknowledged. */
gboolean        *dc_real_world_forgets (DcScheduleWorld *self);

/* The tablet that is killed: hands over what the queue in @directory has, as the world's
 * file says, once; receipts are taken of @receipt_key. The exit status. */
int              dc_real_tablet        (const char      *send,
                                        const char      *state,
                                        const char      *file,
                                        const char      *directory,
                                        const char      *receipt_key);

G_END_DECLS
