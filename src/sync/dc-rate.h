/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DC_RATE_SECONDS   20                /* what one request is to take */
#define DC_RATE_FIRST     (16 * 1024)       /* before anything is known */
#define DC_RATE_LEAST     (2 * 1024)
#define DC_RATE_MOST      (256 * 1024)

/**
 * DcRate:
 *
 * What the line carries, by the last requests, and hence how much the next one
 * should. A plain value; all zero knows nothing yet.
 */
typedef struct
{
  gsize   next;      /* bytes of the next request; 0: DC_RATE_FIRST */
  guint64 bytes;     /* carried in all */
  gint64  us;        /* in this time */
} DcRate;

/* A request of @bytes took @us. */
void   dc_rate_add           (DcRate       *self,
                              gsize         bytes,
                              gint64        us);
/* One did not get through. */
void   dc_rate_halve         (DcRate       *self);
gsize  dc_rate_get_size      (const DcRate *self);
/* Seconds that @bytes will take; -1 where nothing is known. */
gint   dc_rate_get_remaining (const DcRate *self,
                              guint64       bytes);

G_END_DECLS
