/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-call.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#define STALL_SECONDS 30

/* How often progress is told, and looked for, while nothing else happens. */
#define LOOK_MS 200

void
dc_postgresql_call_begin (DcPostgresqlCall *self,
                          DcTransfer       *transfer,
                          guint64           total)
{
  *self = (DcPostgresqlCall) {
    .transfer = transfer,
    .start = g_get_monotonic_time (),
    .end = G_MAXINT64,
    .total = total,
    .socket = -1,
  };
  self->moved = self->start;
}

/* FALSE: not a TCP connection (any more). */
static gboolean
count (int      socket,
       guint64 *sent,
       guint64 *received)
{
  struct tcp_info info = { 0 };
  socklen_t size = sizeof info;

  if (getsockopt (socket, IPPROTO_TCP, TCP_INFO, &info, &size) != 0
      || size < G_STRUCT_OFFSET (struct tcp_info, tcpi_bytes_received) + sizeof info.tcpi_bytes_received) {
    return FALSE;
  }
  *sent = info.tcpi_bytes_acked;
  *received = info.tcpi_bytes_received;

  return TRUE;
}

void
dc_postgresql_call_watch (DcPostgresqlCall *self,
                          int               socket)
{
  self->sent_before = 0;
  self->received_before = 0;
  self->socket = count (socket, &self->sent_before, &self->received_before) ? socket : -1;
}

gint64
dc_postgresql_call_deadline (const DcPostgresqlCall *self)
{
  guint64 seconds = DC_TRANSFER_DEADLINE_SECONDS (self->total + self->received);

  return MIN (self->end, self->start + (gint64) seconds * G_USEC_PER_SEC);
}

static void
tell (DcPostgresqlCall *self,
      guint64           sent)
{
  if (self->transfer->progress != NULL && self->total > 0)
    self->transfer->progress (MIN (sent, self->total), self->total, self->transfer->data);
}

static void
look (DcPostgresqlCall *self)
{
  guint64 sent;
  guint64 received;

  if (self->socket < 0 || !count (self->socket, &sent, &received))
    return;
  sent -= self->sent_before;
  received -= self->received_before;
  if (sent == self->sent && received == self->received)
    return;

  self->moved = g_get_monotonic_time ();
  self->received = received;
  if (sent > self->sent)
    tell (self, sent);
  self->sent = sent;
}

/* Whether it may go on; how long until that must be asked again in @ms. */
static gboolean
check (DcPostgresqlCall  *self,
       int               *ms,
       GError           **error)
{
  guint stall = self->transfer->stall_seconds > 0 ? self->transfer->stall_seconds : STALL_SECONDS;
  gint64 deadline = MIN (dc_postgresql_call_deadline (self),
                         self->moved + (gint64) stall * G_USEC_PER_SEC);
  gint64 left = deadline - g_get_monotonic_time ();

  if (g_cancellable_is_cancelled (self->transfer->stop)) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED, "stopped");
    return FALSE;
  }
  if (self->received > DC_POSTGRESQL_MAX_ANSWER) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                 "the answer: more than %d bytes", DC_POSTGRESQL_MAX_ANSWER);
    return FALSE;
  }
  if (left <= 0) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_TIMEOUT,
                         "no answer within its time");
    return FALSE;
  }
  *ms = (int) MIN (left / 1000 + 1, LOOK_MS);

  return TRUE;
}

gboolean
dc_postgresql_call_wait (DcPostgresqlCall  *self,
                         int                fd,
                         short              events,
                         GError           **error)
{
  struct pollfd fds[] = { { .fd = fd, .events = events }, { .fd = -1, .events = POLLIN } };
  gboolean good;
  int ms;

  /* -1 where there is none to be had: then it is asked every LOOK_MS. */
  fds[1].fd = g_cancellable_get_fd (self->transfer->stop);
  do {
    look (self);
    good = check (self, &ms, error);
    if (good && poll (fds, G_N_ELEMENTS (fds), ms) < 0)
      fds[0].revents = 0;   /* a signal */
    /* Who was stopped does not go on because something came just then. */
    good = good && (!g_cancellable_is_cancelled (self->transfer->stop) || check (self, &ms, error));
  } while (good && fds[0].revents == 0);
  if (fds[1].fd >= 0)
    g_cancellable_release_fd (self->transfer->stop);

  return good;
}

void
dc_postgresql_call_done (DcPostgresqlCall *self)
{
  tell (self, self->total);
}
