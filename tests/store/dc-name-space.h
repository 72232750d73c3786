/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A name space of mounts that ends with this process, and where it is not run
 * by root one of users, in which it is root. First thing in main (). */
void dc_name_space_enter (void);

G_END_DECLS
