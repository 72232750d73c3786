/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "dc-id.h"

G_BEGIN_DECLS

/* Which card the coordinator chose: the group [SecondCopy] of settings.ini in
 * the state directory, whose other groups stay. Blocks for some milliseconds. */

/* FALSE where there is no choice, or none that can be read. @folder: (transfer
 * full) */
gboolean dc_copy_choice_load  (const char  *state_directory,
                               char       **folder,
                               DcId        *card);
/* @folder: NULL for none. Durable when it returns TRUE. */
gboolean dc_copy_choice_store (const char  *state_directory,
                               const char  *folder,
                               const DcId  *card,
                               GError     **error);

G_END_DECLS
