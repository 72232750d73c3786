/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to dc-destination*.c: what may stand behind a key of destination.ini.
 * Each is asked of valid UTF-8 without control characters or blanks around it. */

#define DC_POSTGRESQL_PORT 5432

gboolean dc_is_destination_kind      (const char *value);
gboolean dc_is_destination_name      (const char *value);
gboolean dc_is_destination_path      (const char *value);
gboolean dc_is_destination_address   (const char *value);
gboolean dc_is_destination_hosts     (const char *value);
gboolean dc_is_destination_port      (const char *value);
gboolean dc_is_destination_database  (const char *value);
gboolean dc_is_destination_authority (const char *value);

G_END_DECLS
