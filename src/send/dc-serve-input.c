/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-serve-input.h"

#include <errno.h>
#include <unistd.h>

#include "dc-record.h"

struct _DcServeInput
{
  int           fd;
  GThread      *thread;     /* (owned) */
  GCancellable *stop;       /* (owned) */
  GAsyncQueue  *found;      /* (owned) of Found */
  gint          busy;       /* atomic: a command is with the other thread */
  DcLineBuffer *lines;      /* (owned) the reading thread's */
};

/* A command, an error, or neither: the end. */
typedef struct
{
  DcCommand *command;
  GError    *error;
} Found;

static void
push (DcServeInput *self,
      DcCommand    *command,
      GError       *error)
{
  Found *found = g_new0 (Found, 1);

  found->command = command;
  found->error = error;
  g_async_queue_push (self->found, found);
}

/* Whether there is something to read; FALSE once it is to stop. */
static gboolean
wait_for_input (DcServeInput *self)
{
  GPollFD fds[2] = { { .fd = self->fd, .events = G_IO_IN } };
  gint n;

  if (!g_cancellable_make_pollfd (self->stop, &fds[1]))
    return FALSE;
  do {
    n = g_poll (fds, G_N_ELEMENTS (fds), -1);
  } while (n < 0 && errno == EINTR);
  g_cancellable_release_fd (self->stop);

  return n > 0 && !g_cancellable_is_cancelled (self->stop);
}

/* FALSE at the end. */
static gboolean
read_more (DcServeInput *self)
{
  gsize room;
  guint8 *place = dc_line_buffer_room (self->lines, &room);
  gssize n = TEMP_FAILURE_RETRY (read (self->fd, place, room));

  if (n <= 0)
    return FALSE;
  dc_line_buffer_fill (self->lines, (gsize) n);

  return TRUE;
}

static gboolean
pass_on (DcServeInput  *self,
         const char    *line,
         gsize          length,
         GError       **error)
{
  DcCommand *command = dc_command_from_line (line, length, error);

  if (command == NULL)
    return FALSE;
  if (!g_atomic_int_compare_and_exchange (&self->busy, FALSE, TRUE)) {
    dc_command_free (command);
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX,
                 "command: expected the next one after the answer to the last");
    return FALSE;
  }
  push (self, command, NULL);

  return TRUE;
}

static gpointer
read_all (gpointer data)
{
  DcServeInput *self = data;
  GError *error = NULL;

  while (error == NULL && wait_for_input (self) && read_more (self)) {
    const char *line;
    gsize length;

    while ((line = dc_line_buffer_take (self->lines, &length, &error)) != NULL) {
      if (!pass_on (self, line, length, &error))
        break;
    }
  }
  push (self, NULL, error);
  g_cancellable_cancel (self->stop);

  return NULL;
}

DcServeInput *
dc_serve_input_new (int           fd,
                    GCancellable *stop)
{
  DcServeInput *self = g_new0 (DcServeInput, 1);

  self->fd = fd;
  self->stop = g_object_ref (stop);
  self->found = g_async_queue_new ();
  self->lines = dc_line_buffer_new ();
  self->thread = g_thread_new ("dc-input", read_all, self);

  return self;
}

static void
found_free (Found *found)
{
  g_clear_pointer (&found->command, dc_command_free);
  g_clear_error (&found->error);
  g_free (found);
}

void
dc_serve_input_free (DcServeInput *self)
{
  Found *found;

  g_cancellable_cancel (self->stop);
  g_thread_join (g_steal_pointer (&self->thread));
  while ((found = g_async_queue_try_pop (self->found)) != NULL)
    found_free (found);
  g_clear_pointer (&self->found, g_async_queue_unref);
  g_clear_pointer (&self->lines, dc_line_buffer_free);
  g_clear_object (&self->stop);
  g_free (self);
}

DcCommand *
dc_serve_input_next (DcServeInput  *self,
                     GError       **error)
{
  Found *found = g_async_queue_pop (self->found);
  DcCommand *command = g_steal_pointer (&found->command);

  if (found->error != NULL)
    g_propagate_error (error, g_steal_pointer (&found->error));
  found_free (found);

  return command;
}

void
dc_serve_input_ready (DcServeInput *self)
{
  g_atomic_int_set (&self->busy, FALSE);
}
