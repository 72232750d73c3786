/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcJsonReader:
 *
 * One JSON object from outside: bounded in size, no key twice, nothing after
 * it. Owns the tree; used by one thread. Every error is of DC_RECORD_ERROR
 * and begins with @what and the key; none repeats the value that was found,
 * which may be anything. Internal to this folder. On a tablet it is never for a
 * donor's plaintext, of which the parser leaves copies in freed memory; in the
 * office dc_json_nested_wipe_memory () comes first.
 */
typedef struct _DcJsonReader DcJsonReader;

/* @what is a static string. Too large is DC_RECORD_ERROR_TOO_LARGE, anything
 * but one object is DC_RECORD_ERROR_SYNTAX. */
DcJsonReader *dc_json_reader_new      (const char          *what,
                                       const char          *json,
                                       gsize                length,
                                       gsize                max_length,
                                       GError             **error);
/* The same of the same input, but sooner where @key, which is static, has a long
 * string of base64: the parser, which looks at each byte by a call, does not get
 * to see it. dc_json_read_base64 () alone then reads that key. */
DcJsonReader *dc_json_reader_new_with (const char          *what,
                                       const char          *json,
                                       gsize                length,
                                       gsize                max_length,
                                       const char          *key,
                                       GError             **error);
void          dc_json_reader_free     (DcJsonReader        *self);
/* What its errors begin with. */
const char   *dc_json_reader_get_what (DcJsonReader        *self);
/* Whether its keys are exactly @keys, in any order (NULL-terminated). */
gboolean      dc_json_reader_has_only (DcJsonReader        *self,
                                       const char * const  *keys,
                                       GError             **error);
/* Whether the first @needed of @keys are there, and no others but of @keys. */
gboolean      dc_json_reader_has_among (DcJsonReader        *self,
                                        const char * const  *keys,
                                        gsize                needed,
                                        GError             **error);
/* Whether it is there, null or not. */
gboolean      dc_json_has             (DcJsonReader        *self,
                                       const char          *key);
gboolean      dc_json_is_null         (DcJsonReader        *self,
                                       const char          *key);
gboolean      dc_json_read_integer    (DcJsonReader        *self,
                                       const char          *key,
                                       gint64              *value,
                                       GError             **error);
/* Copies a string of less than @size bytes, the NUL included in @size. */
gboolean      dc_json_read_string     (DcJsonReader        *self,
                                       const char          *key,
                                       char                *text,
                                       gsize                size,
                                       GError             **error);
/* Exactly @size bytes in lower-case hexadecimal. */
gboolean      dc_json_read_hex        (DcJsonReader        *self,
                                       const char          *key,
                                       guint8              *bytes,
                                       gsize                size,
                                       GError             **error);
/* Standard base64 with padding (RFC 4648, section 4) in its one canonical
 * spelling. (transfer full) */
GBytes       *dc_json_read_base64     (DcJsonReader        *self,
                                       const char          *key,
                                       GError             **error);
/* Sets "what: key: expected …"; always FALSE. */
gboolean      dc_json_refuse          (DcJsonReader        *self,
                                       const char          *key,
                                       const char          *expected,
                                       GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DcJsonReader, dc_json_reader_free)

G_END_DECLS
