/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-sender.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/* The kiosk waits for nothing: reading, writing and the program's end each come
 * back on the main context. It reads while something is asked, and only then. */

#define KILL_MS    1500
#define GIVE_UP_MS 1900
#define PIPE_SIZE  (512 * 1024)

/* A last resort, four times what a request may take; the program keeps
 * the deadlines itself. */
#define SILENCE_SECONDS(bytes) (4 * (30 + (bytes) / 1000))

struct _DcSender
{
  GObject        parent_instance;

  GSubprocess   *program;       /* (owned) (nullable) */
  GSocket       *socket;        /* (owned) (nullable) */
  GInputStream  *input;         /* (owned) */
  GOutputStream *output;        /* (owned) */
  GCancellable  *cancellable;   /* (owned) of reading and writing */
  DcLineBuffer  *lines;         /* (owned) */
  GBytes        *unwritten;     /* (owned) (nullable) the next command, while the last still leaves */
  gboolean       reading;
  gboolean       alive;

  GTask         *asking;        /* (owned) (nullable) */
  DcAnswer      *answer;        /* (owned) (nullable) what has come so far */
  gsize          answer_size;
  gint64         number;        /* of the command that is asked, or was last */
  guint          wait;
  guint          silence_id;
  guint          silence_s;

  GTask         *stopping;      /* (owned) (nullable) */
  guint          give_up_id;
  guint          end_id;        /* until the other side hangs up */
};

G_DEFINE_FINAL_TYPE (DcSender, dc_sender, G_TYPE_OBJECT)

enum
{
  SIGNAL_PROGRESS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_more (DcSender *self);

static DcAnswer *
dc_answer_new (void)
{
  DcAnswer *self = g_new0 (DcAnswer, 1);

  self->deliveries = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_delivery_free);
  self->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  return self;
}

void
dc_answer_free (DcAnswer *self)
{
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}

/* The command is over; @error (transfer full) or, where NULL, the answer. */
static void
settle (DcSender *self,
        GError   *error)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->asking);
  g_autoptr (DcAnswer) answer = g_steal_pointer (&self->answer);

  g_clear_handle_id (&self->silence_id, g_source_remove);
  if (task == NULL)
    g_clear_error (&error);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) dc_answer_free);
}

static void
finish_stop (DcSender *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);

  g_clear_handle_id (&self->give_up_id, g_source_remove);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

static gboolean
ended_far_away (gint         fd,
                GIOCondition condition,
                gpointer     data)
{
  DcSender *self = data;
  char unread[4096];
  gssize n = recv (fd, unread, sizeof unread, MSG_DONTWAIT);

  if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)))
    return G_SOURCE_CONTINUE;
  self->end_id = 0;
  finish_stop (self);

  return G_SOURCE_REMOVE;
}

/* Its lock is free when nothing holds the other end any more. Until then the
 * connection stays, closed for writing. */
static void
wait_for_hang_up (DcSender *self)
{
  if (self->end_id == 0 && self->stopping != NULL)
    self->end_id = g_unix_fd_add_full (G_PRIORITY_HIGH, g_socket_get_fd (self->socket),
                                       G_IO_IN | G_IO_HUP, ended_far_away, self, NULL);
}

static gboolean
kill_program (gpointer program)
{
  g_subprocess_force_exit (program);

  return G_SOURCE_REMOVE;
}

/* Told now, killed later, whatever becomes of the sender. */
static void
end_program (DcSender *self)
{
  if (!self->alive)
    return;
  self->alive = FALSE;
  g_cancellable_cancel (self->cancellable);
  if (self->program != NULL) {
    g_subprocess_send_signal (self->program, SIGTERM);
    g_timeout_add_full (G_PRIORITY_HIGH, KILL_MS, kill_program, g_object_ref (self->program),
                        g_object_unref);
  }
  if (self->socket != NULL)
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
}

/* Nothing more can be asked: it died, or is not to be believed any more. */
static void
fail (DcSender        *self,
      DcDeliveryError  code,
      const char      *why)
{
  end_program (self);
  settle (self, g_error_new (DC_DELIVERY_ERROR, code, "daily-cup-send: %s", why));
}

/* A pipe that is not closed here would keep the other side waiting. */
static void
close_streams (DcSender *self)
{
  if (self->reading || g_output_stream_has_pending (self->output))
    return;
  g_input_stream_close (self->input, NULL, NULL);
  g_output_stream_close (self->output, NULL, NULL);
  if (self->socket != NULL)
    wait_for_hang_up (self);
  else if (self->program == NULL)
    finish_stop (self);
}

static void
take_error (DcSender *self,
            DcReply  *reply)
{
  self->wait = (guint) reply->wait;
  settle (self, g_error_new (DC_DELIVERY_ERROR, reply->code, "%s",
                             reply->message != NULL ? reply->message
                                                    : dc_delivery_error_to_string (reply->code)));
}

static void
take_reply (DcSender *self,
            DcReply  *reply)
{
  switch (reply->kind) {
  case DC_REPLY_IDENTITY:
    self->answer->has_identity = TRUE;
    self->answer->id = reply->id;
    self->answer->epoch = reply->epoch;
    self->answer->may_remove = reply->may_remove;
    self->answer->utc_us = reply->utc_us;
    break;
  case DC_REPLY_VERDICT:
    g_ptr_array_add (self->answer->deliveries, g_steal_pointer (&reply->delivery));
    break;
  case DC_REPLY_PROGRESS:
    g_signal_emit (self, signals[SIGNAL_PROGRESS], 0, reply->sent, reply->total);
    break;
  case DC_REPLY_NOTE:
    g_ptr_array_add (self->answer->notes, g_steal_pointer (&reply->note));
    break;
  case DC_REPLY_DONE:
    settle (self, NULL);
    break;
  case DC_REPLY_ERROR:
    take_error (self, reply);
    break;
  case DC_N_REPLIES:
    g_assert_not_reached ();
  }
}

static gboolean
silence_is_over (gpointer data)
{
  DcSender *self = data;

  self->silence_id = 0;
  fail (self, DC_DELIVERY_ERROR_TIMEOUT, "it does not answer");

  return G_SOURCE_REMOVE;
}

static void
watch_silence (DcSender *self)
{
  g_clear_handle_id (&self->silence_id, g_source_remove);
  self->silence_id = g_timeout_add_seconds (self->silence_s, silence_is_over, self);
}

static void
take_line (DcSender   *self,
           const char *line,
           gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcReply) reply = dc_reply_from_line (line, length, &error);
  gboolean ours;

  if (reply == NULL) {
    fail (self, DC_DELIVERY_ERROR_PROGRAM, error->message);
    return;
  }
  /* An error that comes before any command is in answer to the first. */
  ours = self->asking != NULL
         && (reply->number == self->number || (reply->number == 0 && self->number == 1));
  self->answer_size += length;
  if (!ours || self->answer_size > DC_SENDER_MAX_ANSWER) {
    fail (self, DC_DELIVERY_ERROR_PROGRAM, ours ? "too long an answer" : "an answer to no question");
    return;
  }
  if (reply->number == 0)   /* it has said all that it will */
    end_program (self);
  else
    watch_silence (self);
  take_reply (self, reply);
}

/* FALSE where it was dropped or ended in between. A reply may lead to the next
 * command, but not to the next read. */
static void
take_lines (DcSender *self)
{
  g_autoptr (GError) error = NULL;
  const char *line;
  gsize length;

  while (self->alive
         && (line = dc_line_buffer_take (self->lines, &length, &error)) != NULL)
    take_line (self, line, length);
  if (error != NULL)
    fail (self, DC_DELIVERY_ERROR_PROGRAM, error->message);
}

/* What comes before the first command waits until it is asked. */
static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (DcSender) self = data;
  g_autoptr (GError) error = NULL;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);

  self->reading = FALSE;
  if (!self->alive) {
    close_streams (self);
    return;
  }
  if (n <= 0) {
    fail (self, DC_DELIVERY_ERROR_PROGRAM, n == 0 ? "it ended" : error->message);
    close_streams (self);
    return;
  }
  dc_line_buffer_fill (self->lines, (gsize) n);
  take_lines (self);
  if (self->alive && self->asking != NULL)
    read_more (self);
  else if (!self->alive)
    close_streams (self);
}

static void
read_more (DcSender *self)
{
  gsize room;
  guint8 *place;

  if (self->reading)
    return;
  self->reading = TRUE;
  place = dc_line_buffer_room (self->lines, &room);
  g_input_stream_read_async (self->input, place, room, G_PRIORITY_DEFAULT, self->cancellable,
                             read_cb, g_object_ref (self));
}

static void write_line (DcSender *self,
                        GBytes   *line);

/* That it could not be written says less than what can be read. */
static void
write_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (DcSender) self = data;
  g_autoptr (GBytes) next = g_steal_pointer (&self->unwritten);

  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  if (!self->alive)
    close_streams (self);
  else if (next != NULL)
    write_line (self, next);
}

static void
write_line (DcSender *self,
            GBytes   *line)
{
  gsize size;
  const void *data = g_bytes_get_data (line, &size);

  /* The answer can be here before the callback that says it has left. */
  if (g_output_stream_has_pending (self->output)) {
    self->unwritten = g_bytes_ref (line);
    return;
  }
  g_output_stream_write_all_async (self->output, data, size, G_PRIORITY_DEFAULT, self->cancellable,
                                   write_cb, g_object_ref (self));
}

static void
begin_answer (DcSender *self,
              GBytes   *line)
{
  g_clear_pointer (&self->answer, dc_answer_free);
  self->answer = dc_answer_new ();
  self->answer_size = 0;
  self->wait = 0;
  self->silence_s = SILENCE_SECONDS (g_bytes_get_size (line));
  watch_silence (self);
}

void
dc_sender_ask_async (DcSender            *self,
                     DcCommand           *command,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GBytes) line = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (DC_IS_SENDER (self) && command != NULL);
  g_return_if_fail (self->asking == NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, dc_sender_ask_async);
  command->number = self->number + 1;
  line = dc_command_to_line (command, &error);
  if (line == NULL || !self->alive) {
    g_task_return_new_error (task, DC_DELIVERY_ERROR,
                             error != NULL ? DC_DELIVERY_ERROR_SETUP : DC_DELIVERY_ERROR_PROGRAM,
                             "daily-cup-send: %s", error != NULL ? error->message : "it ended");
    return;
  }

  self->number = command->number;
  self->asking = g_object_ref (task);
  g_task_set_task_data (task, g_bytes_ref (line), (GDestroyNotify) g_bytes_unref);
  begin_answer (self, line);
  write_line (self, line);
  read_more (self);
}

DcAnswer *
dc_sender_ask_finish (DcSender      *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
dc_sender_get_wait (DcSender *self)
{
  g_return_val_if_fail (DC_IS_SENDER (self), 0);

  return self->wait;
}

gboolean
dc_sender_is_alive (DcSender *self)
{
  g_return_val_if_fail (DC_IS_SENDER (self), FALSE);

  return self->alive;
}

static gboolean
give_up (gpointer data)
{
  DcSender *self = data;

  self->give_up_id = 0;
  g_clear_handle_id (&self->end_id, g_source_remove);
  finish_stop (self);

  return G_SOURCE_REMOVE;
}

static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (DcSender) self = data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  finish_stop (self);
}

void
dc_sender_stop_async (DcSender            *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (DC_IS_SENDER (self));
  g_return_if_fail (self->stopping == NULL);

  self->stopping = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stopping, dc_sender_stop_async);
  self->give_up_id = g_timeout_add_full (G_PRIORITY_HIGH, GIVE_UP_MS, give_up, self, NULL);
  fail (self, DC_DELIVERY_ERROR_STOPPED, "stopped");
  close_streams (self);
  if (self->program != NULL)
    g_subprocess_wait_async (self->program, NULL, ended_cb, g_object_ref (self));
}

void
dc_sender_stop_finish (DcSender     *self,
                       GAsyncResult *result)
{
  g_return_if_fail (g_task_is_valid (result, self));

  g_task_propagate_boolean (G_TASK (result), NULL);
}

static void
dc_sender_dispose (GObject *object)
{
  DcSender *self = DC_SENDER (object);

  end_program (self);
  if (self->input != NULL)
    close_streams (self);
  g_clear_handle_id (&self->silence_id, g_source_remove);
  g_clear_handle_id (&self->give_up_id, g_source_remove);
  g_clear_handle_id (&self->end_id, g_source_remove);
  g_clear_object (&self->program);
  g_clear_object (&self->socket);
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->lines, dc_line_buffer_free);
  g_clear_pointer (&self->answer, dc_answer_free);
  g_clear_pointer (&self->unwritten, g_bytes_unref);

  G_OBJECT_CLASS (dc_sender_parent_class)->dispose (object);
}

static void
dc_sender_class_init (DcSenderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dc_sender_dispose;

  signals[SIGNAL_PROGRESS] = g_signal_new ("progress", DC_TYPE_SENDER, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64,
                                           G_TYPE_INT64);

  /* A program that dies while it is written to must not end this one. */
  signal (SIGPIPE, SIG_IGN);
}

static void
dc_sender_init (DcSender *self)
{
  self->cancellable = g_cancellable_new ();
  self->lines = dc_line_buffer_new ();
  self->alive = TRUE;
}

DcSender *
dc_sender_new_streams (GInputStream  *input,
                       GOutputStream *output)
{
  DcSender *self = g_object_new (DC_TYPE_SENDER, NULL);

  self->input = g_object_ref (input);
  self->output = g_object_ref (output);

  return self;
}

DcSender *
dc_sender_new_program (const char * const  *argv,
                       GError             **error)
{
  g_autoptr (GError) starting = NULL;
  g_autoptr (GSubprocess) program = NULL;
  DcSender *self;

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, NULL);

  program = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                               &starting);
  if (program == NULL) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM, starting->message);
    return NULL;
  }
  self = dc_sender_new_streams (g_subprocess_get_stdout_pipe (program),
                                g_subprocess_get_stdin_pipe (program));
  self->program = g_steal_pointer (&program);
  /* A bundle in one piece, not in six that wait for each other. Where it may not be
   * so large, it is as it was. */
  fcntl (g_unix_output_stream_get_fd (G_UNIX_OUTPUT_STREAM (self->output)), F_SETPIPE_SZ, PIPE_SIZE);

  return self;
}

/* The streams have descriptors of their own, which they close. */
static DcSender *
sender_on (GSocket *socket)
{
  int fd = g_socket_get_fd (socket);
  g_autoptr (GInputStream) input = g_unix_input_stream_new (fcntl (fd, F_DUPFD_CLOEXEC, 3), TRUE);
  g_autoptr (GOutputStream) output = g_unix_output_stream_new (fcntl (fd, F_DUPFD_CLOEXEC, 3), TRUE);
  DcSender *self = dc_sender_new_streams (input, output);

  self->socket = g_object_ref (socket);

  return self;
}

DcSender *
dc_sender_new_socket (const char  *path,
                      GError     **error)
{
  g_autoptr (GError) connecting = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) socket = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT,
                         &connecting);
  if (socket != NULL) {
    /* Nobody who does not accept keeps a donor waiting. */
    g_socket_set_blocking (socket, FALSE);
    address = g_unix_socket_address_new (path);
    if (g_socket_connect (socket, address, NULL, &connecting))
      return sender_on (socket);
  }
  g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM, "%s: %s", path,
               connecting->message);

  return NULL;
}
