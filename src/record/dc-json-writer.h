/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DcJsonWriter:
 *
 * Writes RFC 8259 text without white space into a buffer of fixed size that
 * the caller owns, so that a donor's data lies in one place that can be wiped.
 * It never allocates. Used by one thread. Internal to this folder.
 *
 * What goes wrong is remembered, not returned: a text that does not fit sets
 * @full, a string that is not UTF-8 sets @malformed to its key, and from then
 * on nothing more is written.
 */
typedef struct
{
  char       *data;
  gsize       size;
  gsize       length;
  gboolean    full;
  const char *malformed;   /* (nullable) */
} DcJsonWriter;

void     dc_json_writer_init   (DcJsonWriter *self,
                                char         *data,
                                gsize         size);
/* @key is one of ours, never input, and is written as it is; NULL inside an
 * array and for the outermost object. */
void     dc_json_open_object   (DcJsonWriter *self,
                                const char   *key);
void     dc_json_close_object  (DcJsonWriter *self);
void     dc_json_open_array    (DcJsonWriter *self,
                                const char   *key);
void     dc_json_close_array   (DcJsonWriter *self);
/* NULL is written as null. */
void     dc_json_add_string    (DcJsonWriter *self,
                                const char   *key,
                                const char   *text);
/* Lower-case hexadecimal. */
void     dc_json_add_hex       (DcJsonWriter *self,
                                const char   *key,
                                const guint8 *bytes,
                                gsize         size);
void     dc_json_add_base64    (DcJsonWriter *self,
                                const char   *key,
                                GBytes       *bytes);
void     dc_json_add_integer   (DcJsonWriter *self,
                                const char   *key,
                                gint64        value);
void     dc_json_add_boolean   (DcJsonWriter *self,
                                const char   *key,
                                gboolean      value);
gboolean dc_json_writer_failed (const DcJsonWriter *self);

G_END_DECLS
