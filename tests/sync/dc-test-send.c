/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test-send.h"

#include <errno.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/* One that serves. */
typedef struct
{
  DcServe serve;
  gsize   cut_after;
  int     answers[2];   /* a pipe, where what is said has to be cut */
} Server;

void
dc_test_send_init (DcTestSend  *self,
                   DcServeMake  make,
                   gpointer     data,
                   const char  *directory)
{
  *self = (DcTestSend) { .make = make, .data = data, .directory = directory, .socket = -1 };
  self->threads = g_ptr_array_new ();
  signal (SIGPIPE, SIG_IGN);
}

void
dc_test_send_clear (DcTestSend *self)
{
  for (guint i = 0; i < self->threads->len; i++)
    g_thread_join (self->threads->pdata[i]);
  g_clear_pointer (&self->threads, g_ptr_array_unref);
}

/* Lets so many bytes through, then nothing in either direction. */
static gpointer
pump (gpointer data)
{
  Server *self = data;
  gsize left = self->cut_after;

  while (left > 0) {
    char buffer[4096];
    gssize n = TEMP_FAILURE_RETRY (read (self->answers[0], buffer, MIN (left, sizeof buffer)));

    if (n <= 0 || TEMP_FAILURE_RETRY (write (self->serve.input, buffer, (gsize) n)) != n)
      break;
    left -= (gsize) n;
  }
  shutdown (self->serve.input, SHUT_RDWR);
  close (self->answers[0]);

  return NULL;
}

static gpointer
serve (gpointer data)
{
  Server *self = data;
  GThread *pumping = NULL;
  g_autoptr (GError) error = NULL;

  if (self->cut_after > 0) {
    g_assert_cmpint (pipe (self->answers), ==, 0);
    self->serve.output = self->answers[1];
    pumping = g_thread_new ("dc-test-pump", pump, self);
  }
  dc_serve (&self->serve, &error);
  if (pumping != NULL) {
    close (self->answers[1]);
    g_thread_join (pumping);
  }
  shutdown (self->serve.input, SHUT_RDWR);
  g_free (self);

  return NULL;
}

DcSender *
dc_test_send_connect (gpointer   data,
                      GError   **error)
{
  DcTestSend *self = data;
  Server *server = g_new0 (Server, 1);
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = NULL;
  int sockets[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), ==, 0);
  server->serve = (DcServe) { .input = sockets[1], .output = sockets[1],
                              .directory = self->directory, .make = self->make,
                              .data = self->data };
  server->cut_after = self->cut_after;
  self->cut_after = 0;
  self->n_started++;
  self->socket = sockets[1];
  g_ptr_array_add (self->threads, g_thread_new ("dc-test-send", serve, server));

  input = g_unix_input_stream_new (sockets[0], TRUE);
  output = g_unix_output_stream_new (dup (sockets[0]), TRUE);

  return dc_sender_new_streams (input, output);
}

void
dc_test_send_kill (DcTestSend *self)
{
  shutdown (self->socket, SHUT_RDWR);
}
