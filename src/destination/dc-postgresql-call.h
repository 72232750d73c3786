/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-destination.h"

G_BEGIN_DECLS

/* The most that one call may bring in, on the wire. */
#define DC_POSTGRESQL_MAX_ANSWER (20 * 1000 * 1000)

/**
 * DcPostgresqlCall:
 *
 * One call while it lasts: when it must end, and what has moved. Lives on the
 * caller's stack. What moved is asked of the kernel (TCP_INFO), since libpq
 * tells neither what has left nor how much it has read.
 */
typedef struct
{
  DcTransfer *transfer;
  gint64      start;       /* monotonic, microseconds */
  gint64      end;         /* of this step: never after it, and not after the call's deadline */
  gint64      moved;       /* when a byte last did */
  guint64     total;       /* bytes that the call is to send */
  int         socket;      /* that is watched, or -1 */
  guint64     sent_before;
  guint64     received_before;
  guint64     sent;        /* acknowledged by the other side, in this call */
  guint64     received;
} DcPostgresqlCall;

void     dc_postgresql_call_begin (DcPostgresqlCall  *self,
                                   DcTransfer        *transfer,
                                   guint64            total);
/* From here on bytes on @socket are counted. */
void     dc_postgresql_call_watch (DcPostgresqlCall  *self,
                                   int                socket);
/* When it must end: its deadline, or @end where that is sooner. */
gint64   dc_postgresql_call_deadline (const DcPostgresqlCall *self);
/* Waits until @fd is ready for one of @events. STOPPED, TIMEOUT, or UNREADABLE
 * where too much has come. */
gboolean dc_postgresql_call_wait  (DcPostgresqlCall  *self,
                                   int                fd,
                                   short              events,
                                   GError           **error);
/* What is awaited has come whole: "all was sent" is told. */
void     dc_postgresql_call_done  (DcPostgresqlCall  *self);

G_END_DECLS
