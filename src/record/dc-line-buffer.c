/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-exchange.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-record.h"

#define FIRST_SIZE 4096

struct _DcLineBuffer
{
  guint8 *data;      /* (owned) */
  gsize   size;      /* allocated */
  gsize   begin;     /* of what was not taken yet */
  gsize   searched;  /* up to here there is no "\n" behind @begin */
  gsize   end;
};

DcLineBuffer *
dc_line_buffer_new (void)
{
  DcLineBuffer *self = g_new0 (DcLineBuffer, 1);

  self->size = FIRST_SIZE;
  self->data = g_malloc (self->size);

  return self;
}

void
dc_line_buffer_free (DcLineBuffer *self)
{
  dc_crypto_wipe (self->data, self->size);
  g_clear_pointer (&self->data, g_free);
  g_free (self);
}

/* realloc () would leave a copy where it was. */
static void
grow (DcLineBuffer *self)
{
  gsize size = self->size * 2;
  guint8 *data = g_malloc (size);

  memcpy (data, self->data, self->end);
  dc_crypto_wipe (self->data, self->size);
  g_clear_pointer (&self->data, g_free);
  self->data = data;
  self->size = size;
}

guint8 *
dc_line_buffer_room (DcLineBuffer *self,
                     gsize        *size)
{
  if (self->begin > 0) {
    memmove (self->data, self->data + self->begin, self->end - self->begin);
    self->searched -= self->begin;
    self->end -= self->begin;
    self->begin = 0;
  }
  if (self->end == self->size)
    grow (self);
  *size = self->size - self->end;

  return self->data + self->end;
}

void
dc_line_buffer_fill (DcLineBuffer *self,
                     gsize         size)
{
  g_return_if_fail (size <= self->size - self->end);

  self->end += size;
}

const char *
dc_line_buffer_take (DcLineBuffer  *self,
                     gsize         *length,
                     GError       **error)
{
  const guint8 *line = self->data + self->begin;
  const guint8 *newline = memchr (self->data + self->searched, '\n', self->end - self->searched);
  gsize size = (newline != NULL ? (gsize) (newline - line) + 1 : self->end - self->begin);

  *length = 0;
  if (size > DC_EXCHANGE_MAX_LINE || (newline == NULL && size == DC_EXCHANGE_MAX_LINE)) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE,
                 "exchange: expected a line of at most %d bytes", DC_EXCHANGE_MAX_LINE);
    return NULL;
  }
  self->searched = self->begin + size;
  if (newline == NULL)
    return NULL;

  self->begin += size;
  *length = size - 1;

  return (const char *) line;
}

gboolean
dc_line_buffer_has_more (DcLineBuffer *self)
{
  return self->begin < self->end;
}
