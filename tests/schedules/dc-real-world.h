/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-schedule-world.h"

G_BEGIN_DECLS

/* A real destination: the program daily-cup-send in a process of its own, and
 * behind it a server and a proxy. They belong to the Python program that starts
 * this one (still to be written) and are steered over a pair of sockets: one command a line, one
 * answer a line, "ok" and a file, a GKeyFile with the group [World]:
 *
 *     Setup, Authority, Folder          as in DcRunOrder, the way of the tablet
 *     User, Password
 *     OfficeSetup, OfficeUser, OfficePassword, OfficeFolder
 *
 * or "failed" and what went wrong, which ends the test. */

/* @channel: the descriptor; @send: the program; @self_path: this test program,
 * which is started anew as the tablet that is killed. (transfer full) */
DcScheduleWorld *dc_real_world_new  (int              channel,
                                     const char      *send,
                                     const char      *self_path);
void             dc_real_world_free (DcScheduleWorld *self);

/* The tablet that is killed: hands over what the queue in @directory has, as the world's
 * file says, once. The exit status. */
int              dc_real_tablet     (const char      *send,
                                     const char      *state,
                                     const char      *file,
                                     const char      *directory);

G_END_DECLS
