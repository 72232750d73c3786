/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a live tablet refuses this PIN: one that anybody would try first,
 * or one that stands on the ribbon of the shipped demonstration. */
gboolean dc_pin_rules_refuse (const char *pin);

G_END_DECLS
