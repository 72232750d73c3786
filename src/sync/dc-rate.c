/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-rate.h"

/* The last request alone decides the size of the next, so that a line that
 * gets better or worse is followed at once; but it grows at most fourfold, for
 * a short request says little. */
void
dc_rate_add (DcRate *self,
             gsize   bytes,
             gint64  us)
{
  double carried = (double) bytes * DC_RATE_SECONDS * G_USEC_PER_SEC / (double) MAX (us, 1);
  double most = 4.0 * (double) dc_rate_get_size (self);

  self->next = (gsize) CLAMP (MIN (carried, most), DC_RATE_LEAST, DC_RATE_MOST);
  self->bytes += bytes;
  self->us += MAX (us, 1);
}

void
dc_rate_halve (DcRate *self)
{
  self->next = MAX (dc_rate_get_size (self) / 2, DC_RATE_LEAST);
}

gsize
dc_rate_get_size (const DcRate *self)
{
  return self->next != 0 ? self->next : DC_RATE_FIRST;
}

gint
dc_rate_get_remaining (const DcRate *self,
                       guint64       bytes)
{
  double seconds;

  if (self->bytes == 0)
    return -1;
  seconds = (double) bytes / (double) self->bytes * (double) self->us / G_USEC_PER_SEC;

  return seconds < G_MAXINT - 1 ? (gint) seconds + 1 : G_MAXINT;
}
