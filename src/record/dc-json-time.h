/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-clock.h"
#include "dc-json-reader.h"
#include "dc-json-writer.h"

G_BEGIN_DECLS

/* A moment, "time" in a sealed text and in a statement, as FORMAT.md has it.
 * Internal to this folder. */

/* FALSE, and nothing is written, where the year is not 1 to 9999. */
gboolean dc_json_add_time  (DcJsonWriter   *writer,
                            const DcStamp  *stamp);
gboolean dc_json_read_time (DcJsonReader   *reader,
                            DcStamp        *stamp,
                            GError        **error);

G_END_DECLS
