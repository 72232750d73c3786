/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-json-writer.h"

#include <string.h>

#include "dc-json-base64.h"

void
dc_json_writer_init (DcJsonWriter *self,
                     char         *data,
                     gsize         size)
{
  *self = (DcJsonWriter) { .data = data, .size = size };
}

gboolean
dc_json_writer_failed (const DcJsonWriter *self)
{
  return self->full || self->malformed != NULL;
}

static void
put (DcJsonWriter *self,
     const char   *bytes,
     gsize         size)
{
  if (dc_json_writer_failed (self))
    return;
  if (size > self->size - self->length) {
    self->full = TRUE;
    return;
  }

  memcpy (self->data + self->length, bytes, size);
  self->length += size;
}

static void
put_text (DcJsonWriter *self,
          const char   *text)
{
  put (self, text, strlen (text));
}

/* The comma before a value and its key. Only an opening bracket of ours can be
 * a last byte that is a bracket: a string ends with its quotation mark. */
static void
begin_value (DcJsonWriter *self,
             const char   *key)
{
  if (self->length > 0 && strchr ("{[", self->data[self->length - 1]) == NULL)
    put_text (self, ",");
  if (key != NULL) {
    put_text (self, "\"");
    put_text (self, key);
    put_text (self, "\":");
  }
}

void
dc_json_open_object (DcJsonWriter *self,
                     const char   *key)
{
  begin_value (self, key);
  put_text (self, "{");
}

void
dc_json_close_object (DcJsonWriter *self)
{
  put_text (self, "}");
}

void
dc_json_open_array (DcJsonWriter *self,
                    const char   *key)
{
  begin_value (self, key);
  put_text (self, "[");
}

void
dc_json_close_array (DcJsonWriter *self)
{
  put_text (self, "]");
}

/* RFC 8259, section 7: the quotation mark, the reverse solidus and the control
 * characters must be escaped; the rest stays UTF-8. */
static void
put_escaped (DcJsonWriter *self,
             char          c)
{
  static const char digits[] = "0123456789abcdef";
  static const char shorts[] = "\"\"\\\\\bb\ff\nn\rr\tt";
  char escape[6] = { '\\', 'u', '0', '0', digits[(guint8) c >> 4], digits[c & 0xf] };

  for (gsize i = 0; shorts[i] != '\0'; i += 2) {
    if (shorts[i] == c) {
      escape[1] = shorts[i + 1];
      put (self, escape, 2);
      return;
    }
  }
  put (self, escape, sizeof escape);
}

void
dc_json_add_string (DcJsonWriter *self,
                    const char   *key,
                    const char   *text)
{
  const char *plain = text;

  begin_value (self, key);
  if (text == NULL) {
    put_text (self, "null");
    return;
  }
  if (!g_utf8_validate (text, -1, NULL) && !dc_json_writer_failed (self))
    self->malformed = key != NULL ? key : "";

  put_text (self, "\"");
  for (; *text != '\0'; text++) {
    if ((guint8) *text >= ' ' && *text != '"' && *text != '\\')
      continue;
    put (self, plain, (gsize) (text - plain));
    put_escaped (self, *text);
    plain = text + 1;
  }
  put (self, plain, (gsize) (text - plain));
  put_text (self, "\"");
}

void
dc_json_add_hex (DcJsonWriter *self,
                 const char   *key,
                 const guint8 *bytes,
                 gsize         size)
{
  static const char digits[] = "0123456789abcdef";

  begin_value (self, key);
  put_text (self, "\"");
  for (gsize i = 0; i < size; i++) {
    put (self, &digits[bytes[i] >> 4], 1);
    put (self, &digits[bytes[i] & 0xf], 1);
  }
  put_text (self, "\"");
}

void
dc_json_add_base64 (DcJsonWriter *self,
                    const char   *key,
                    GBytes       *bytes)
{
  gsize length = dc_json_base64_length (g_bytes_get_size (bytes));

  begin_value (self, key);
  put_text (self, "\"");
  if (!dc_json_writer_failed (self) && length > self->size - self->length)
    self->full = TRUE;
  if (!dc_json_writer_failed (self)) {
    dc_json_base64_encode (bytes, self->data + self->length);
    self->length += length;
  }
  put_text (self, "\"");
}

void
dc_json_add_integer (DcJsonWriter *self,
                     const char   *key,
                     gint64        value)
{
  char text[24];

  g_snprintf (text, sizeof text, "%" G_GINT64_FORMAT, value);
  begin_value (self, key);
  put_text (self, text);
}

void
dc_json_add_boolean (DcJsonWriter *self,
                     const char   *key,
                     gboolean      value)
{
  begin_value (self, key);
  put_text (self, value ? "true" : "false");
}
