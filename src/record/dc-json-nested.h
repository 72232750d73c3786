/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-json-reader.h"

G_BEGIN_DECLS

/* What sealed texts, statements and receipts have and an envelope has not:
 * objects and lists inside the object, truth, and strings of any length.
 * Internal to this folder. */

/* From now on jansson wipes what it frees, in the whole process. Once, before
 * anything is read: call it again and it does nothing more. */
void          dc_json_nested_wipe_memory (void);

/* The object under @key. Its errors begin with "what: key". (transfer full) */
DcJsonReader *dc_json_read_object  (DcJsonReader  *self,
                                    const char    *key,
                                    GError       **error);
/* How many there are in the list under @key. */
gboolean      dc_json_read_list    (DcJsonReader  *self,
                                    const char    *key,
                                    guint         *length,
                                    GError       **error);
/* The object at @index (below that length) of the list under @key. Its errors
 * begin with "what: key 1", counted from 1. (transfer full) */
DcJsonReader *dc_json_read_item    (DcJsonReader  *self,
                                    const char    *key,
                                    guint          index,
                                    GError       **error);
gboolean      dc_json_read_boolean (DcJsonReader  *self,
                                    const char    *key,
                                    gboolean      *value,
                                    GError       **error);
/* An integer from 0 to @maximum. */
gboolean      dc_json_read_count   (DcJsonReader  *self,
                                    const char    *key,
                                    guint          maximum,
                                    guint         *value,
                                    GError       **error);
/* The string under @key, which lives as long as the reader; NULL and no error
 * where it is null. */
gboolean      dc_json_peek_string  (DcJsonReader  *self,
                                    const char    *key,
                                    const char   **text,
                                    GError       **error);

G_END_DECLS
