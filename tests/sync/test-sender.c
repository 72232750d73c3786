/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-sender.h"

#include <gio/gunixinputstream.h>
#include <gio/gunixoutputstream.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-test.h"

/* The other side is played by hand here: what it says, byte for byte. */

typedef struct
{
  DcSender *sender;
  int       other;      /* our end of the other side */
} Test;

static void
set_up (Test          *self,
        gconstpointer  unused)
{
  g_autoptr (GInputStream) input = NULL;
  g_autoptr (GOutputStream) output = NULL;
  int sockets[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), ==, 0);
  input = g_unix_input_stream_new (sockets[0], TRUE);
  output = g_unix_output_stream_new (dup (sockets[0]), TRUE);
  self->sender = dc_sender_new_streams (input, output);
  self->other = sockets[1];
}

static void
tear_down (Test          *self,
           gconstpointer  unused)
{
  g_clear_object (&self->sender);
  close (self->other);
}

static void
say (Test       *self,
     const char *text)
{
  g_assert_cmpint (write (self->other, text, strlen (text)), ==, (gssize) strlen (text));
}

static DcAnswer *
ask (Test    *self,
     GError **error)
{
  g_autoptr (DcCommand) command = dc_command_new (DC_COMMAND_PROBE);
  g_autoptr (GAsyncResult) result = NULL;
  DcTestWait wait = { NULL };

  dc_sender_ask_async (self->sender, command, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);

  return dc_sender_ask_finish (self->sender, result, error);
}

static void
assert_fails (Test            *self,
              DcDeliveryError  code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (self, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, (int) code);
}

#define ID "a102030405060708090a0b0c0d0e0fff"

static void
test_gathers_what_is_said (Test          *self,
                           gconstpointer  unused)
{
  g_autoptr (DcAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  say (self, "{\"number\":1,\"reply\":\"identity\",\"id\":\"" ID "\",\"epoch\":\"" ID
       "\",\"may_remove\":true,\"utc_us\":1797588000000000}\n"
       "{\"number\":1,\"reply\":\"progress\",\"sent\":1,\"total\":2}\n"
       "{\"number\":1,\"reply\":\"verdict\",\"id\":\"" ID "\",\"verdict\":\"same\",\"reason\":null}\n"
       "{\"number\":1,\"reply\":\"note\",\"content\":\"bGluZQo=\"}\n"
       "{\"number\":1,\"reply\":\"done\"}\n");
  answer = ask (self, &error);
  g_assert_no_error (error);
  g_assert_true (answer->has_identity);
  g_assert_true (answer->may_remove);
  g_assert_cmpint (answer->utc_us, ==, G_GINT64_CONSTANT (1797588000000000));
  g_assert_cmpint (answer->id.bytes[0], ==, 0xa1);
  g_assert_cmpuint (answer->deliveries->len, ==, 1);
  g_assert_cmpuint (answer->notes->len, ==, 1);
  g_assert_true (dc_sender_is_alive (self->sender));
}

static void
test_numbers_rise (Test          *self,
                   gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= 3; i++) {
    g_autofree char *done = g_strdup_printf ("{\"number\":%u,\"reply\":\"done\"}\n", i);
    g_autoptr (DcAnswer) answer = NULL;

    say (self, done);
    answer = ask (self, &error);
    g_assert_no_error (error);
  }
}

static void
test_an_error_is_an_answer (Test          *self,
                            gconstpointer  unused)
{
  g_autoptr (DcAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  say (self, "{\"number\":1,\"reply\":\"error\",\"error\":\"busy\",\"message\":\"503\",\"wait\":7}\n");
  assert_fails (self, DC_DELIVERY_ERROR_BUSY);
  g_assert_cmpuint (dc_sender_get_wait (self->sender), ==, 7);
  g_assert_true (dc_sender_is_alive (self->sender));
  say (self, "{\"number\":2,\"reply\":\"done\"}\n");
  answer = ask (self, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dc_sender_get_wait (self->sender), ==, 0);
}

static void
test_an_error_before_any_command (Test          *self,
                                  gconstpointer  unused)
{
  say (self, "{\"number\":0,\"reply\":\"error\",\"error\":\"busy\",\"message\":\"locked\",\"wait\":0}\n");
  assert_fails (self, DC_DELIVERY_ERROR_BUSY);
  g_assert_false (dc_sender_is_alive (self->sender));
}

/* Whatever it is, it is no success, and nothing is asked any more. */
static void
test_nonsense_ends_it (Test          *self,
                       gconstpointer  unused)
{
  static const char * const nonsense[] = {
    "hello\n",
    "{\"number\":1,\"reply\":\"done\",\"id\":1}\n",
    "{\"number\":2,\"reply\":\"done\"}\n",
    "{\"number\":1,\"reply\":\"verdict\",\"id\":\"a1\",\"verdict\":\"new\",\"reason\":null}\n{\"number\":1,\"reply\":\"done\"}\n",
    "<html>\n{\"number\":1,\"reply\":\"done\"}\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (nonsense); i++) {
    if (i > 0) {
      tear_down (self, NULL);
      set_up (self, NULL);
    }
    say (self, nonsense[i]);
    assert_fails (self, DC_DELIVERY_ERROR_PROGRAM);
    g_assert_false (dc_sender_is_alive (self->sender));
    assert_fails (self, DC_DELIVERY_ERROR_PROGRAM);
  }
}

static void
test_half_an_answer_is_none (Test          *self,
                             gconstpointer  unused)
{
  say (self, "{\"number\":1,\"reply\":\"verdict\",\"id\":\"" ID "\",\"verdict\":\"new\",\"reason\":null}\n"
       "{\"number\":1,\"reply\":\"do");
  shutdown (self->other, SHUT_WR);
  assert_fails (self, DC_DELIVERY_ERROR_PROGRAM);
}

static void
test_an_answer_to_nothing_ends_it (Test          *self,
                                   gconstpointer  unused)
{
  g_autoptr (DcAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  say (self, "{\"number\":1,\"reply\":\"done\"}\n{\"number\":1,\"reply\":\"done\"}\n");
  answer = ask (self, &error);
  g_assert_no_error (error);
  assert_fails (self, DC_DELIVERY_ERROR_PROGRAM);
}

static gpointer
talk_for_ever (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  g_autoptr (DcReply) reply = dc_reply_new (DC_REPLY_NOTE, 1);
  g_autoptr (GBytes) line = NULL;

  reply->note = g_bytes_new_take (g_malloc0 (DC_EXCHANGE_MAX_CONTENT), DC_EXCHANGE_MAX_CONTENT);
  line = dc_reply_to_line (reply);
  while (send (fd, g_bytes_get_data (line, NULL), g_bytes_get_size (line), MSG_NOSIGNAL) > 0)
    ;

  return NULL;
}

static void
test_an_endless_answer_is_cut (Test          *self,
                               gconstpointer  unused)
{
  GThread *thread = g_thread_new ("talk", talk_for_ever, GINT_TO_POINTER (self->other));

  assert_fails (self, DC_DELIVERY_ERROR_PROGRAM);
  g_thread_join (thread);
}

static void
test_a_path_that_is_not_utf8 (Test          *self,
                              gconstpointer  unused)
{
  g_autoptr (DcCommand) command = dc_command_new (DC_COMMAND_OPEN);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTestWait wait = { NULL };

  command->folder = g_strdup ("/media/\xff");
  dc_sender_ask_async (self->sender, command, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  g_assert_null (dc_sender_ask_finish (self->sender, result, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP);
}

static void
stop (DcSender *sender)
{
  g_autoptr (GAsyncResult) result = NULL;
  DcTestWait wait = { NULL };

  dc_sender_stop_async (sender, dc_test_wait_ready, &wait);
  result = dc_test_wait_take (&wait);
  dc_sender_stop_finish (sender, result);
}

static void
test_stop_ends_what_is_asked (Test          *self,
                              gconstpointer  unused)
{
  g_autoptr (DcCommand) command = dc_command_new (DC_COMMAND_PROBE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTestWait wait = { NULL };
  char buffer[200];
  gssize n;

  dc_sender_ask_async (self->sender, command, dc_test_wait_ready, &wait);
  stop (self->sender);
  result = dc_test_wait_take (&wait);
  g_assert_null (dc_sender_ask_finish (self->sender, result, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED);

  /* The other side sees the end. */
  do {
    n = read (self->other, buffer, sizeof buffer);
  } while (n > 0);
  g_assert_cmpint (n, ==, 0);
  assert_fails (self, DC_DELIVERY_ERROR_PROGRAM);
}

/* Real programs. */

static gint64
seconds_to_stop (const char * const *argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcSender) sender = dc_sender_new_program (argv, &error);
  gint64 began = g_get_monotonic_time ();

  g_assert_no_error (error);
  stop (sender);

  return g_get_monotonic_time () - began;
}

static void
test_a_program_is_stopped (void)
{
  static const char * const obedient[] = { "cat", NULL };

  g_assert_cmpint (seconds_to_stop (obedient), <, G_USEC_PER_SEC);
}

static void
test_a_deaf_program_is_killed (void)
{
  static const char * const deaf[] = { "sh", "-c", "trap '' TERM; while :; do sleep 0.1; done", NULL };
  gint64 took;

  took = seconds_to_stop (deaf);
  g_assert_cmpint (took, <, 2 * G_USEC_PER_SEC);
}

static void
test_a_program_that_dies (void)
{
  static const char * const dies[] = { "sh", "-c", "read line; exit 3", NULL };
  g_autoptr (GError) error = NULL;
  Test test = { .sender = dc_sender_new_program (dies, &error) };

  g_assert_no_error (error);
  assert_fails (&test, DC_DELIVERY_ERROR_PROGRAM);
  g_clear_object (&test.sender);
}

static void
test_a_program_that_is_not_there (void)
{
  static const char * const nothing[] = { "/nonexistent/daily-cup-send", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_sender_new_program (nothing, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM);
}

/* A socket in the file system, behind which the test plays the program. */

typedef struct
{
  char *directory;
  char *path;
  int   listener;
} Door;

static void
door_open (Door *self)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };

  self->directory = dc_test_dir_new ();
  self->path = g_build_filename (self->directory, "socket", NULL);
  self->listener = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_strlcpy (address.sun_path, self->path, sizeof address.sun_path);
  g_assert_cmpint (bind (self->listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (self->listener, 0), ==, 0);
}

static void
door_close (Door *self)
{
  close (self->listener);
  g_unlink (self->path);
  dc_test_dir_remove (self->directory);
  g_clear_pointer (&self->path, g_free);
}

static void
test_a_socket_is_spoken_to (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAnswer) answer = NULL;
  Door door;
  Test test;

  door_open (&door);
  test.sender = dc_sender_new_socket (door.path, &error);
  g_assert_no_error (error);
  test.other = accept (door.listener, NULL, NULL);
  say (&test, "{\"number\":1,\"reply\":\"done\"}\n");
  answer = ask (&test, &error);
  g_assert_no_error (error);
  tear_down (&test, NULL);
  door_close (&door);
}

static gpointer
end_late (gpointer data)
{
  int fd = GPOINTER_TO_INT (data);
  char buffer[200];

  while (read (fd, buffer, sizeof buffer) > 0)
    ;
  g_usleep (300 * 1000);
  close (fd);

  return NULL;
}

/* What holds its lock until it has gone must not meet the next one. */
static void
test_a_socket_is_stopped_once_the_other_side_has_gone (void)
{
  Door door;
  DcSender *sender;
  GThread *thread;
  gint64 began = g_get_monotonic_time ();

  door_open (&door);
  sender = dc_sender_new_socket (door.path, NULL);
  thread = g_thread_new ("late", end_late, GINT_TO_POINTER (accept (door.listener, NULL, NULL)));
  stop (sender);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 300 * 1000);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
  g_thread_join (thread);
  g_clear_object (&sender);
  door_close (&door);
}

static void
test_a_socket_that_stays_is_given_up (void)
{
  Door door;
  DcSender *sender;
  gint64 began = g_get_monotonic_time ();

  door_open (&door);
  sender = dc_sender_new_socket (door.path, NULL);
  stop (sender);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
  g_clear_object (&sender);
  door_close (&door);
}

static void
test_a_socket_where_nobody_is (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) full = NULL;
  g_autoptr (DcSender) sender = NULL;
  g_autoptr (DcSender) next = NULL;
  Door door;

  g_assert_null (dc_sender_new_socket ("/nonexistent/socket", &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM);

  /* Nobody accepts, and the queue of those who wait is full. */
  door_open (&door);
  sender = dc_sender_new_socket (door.path, NULL);
  next = dc_sender_new_socket (door.path, &full);
  g_assert_null (next);
  g_assert_error (full, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM);
  door_close (&door);
}

#define ADD(path, function) g_test_add (path, Test, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/sender/answer/gathers-what-is-said", test_gathers_what_is_said);
  ADD ("/sender/answer/belongs-to-its-command", test_numbers_rise);
  ADD ("/sender/answer/an-error-ends-the-command-and-no-more", test_an_error_is_an_answer);
  ADD ("/sender/answer/an-error-may-come-before-any-command", test_an_error_before_any_command);
  ADD ("/sender/answer/nonsense-ends-the-conversation", test_nonsense_ends_it);
  ADD ("/sender/answer/half-of-one-is-none", test_half_an_answer_is_none);
  ADD ("/sender/answer/to-no-question-ends-the-conversation", test_an_answer_to_nothing_ends_it);
  ADD ("/sender/answer/without-end-is-cut", test_an_endless_answer_is_cut);
  ADD ("/sender/command/refuses-a-path-that-cannot-be-said", test_a_path_that_is_not_utf8);
  ADD ("/sender/stop/ends-what-is-asked", test_stop_ends_what_is_asked);
  g_test_add_func ("/sender/program/is-stopped-at-once", test_a_program_is_stopped);
  g_test_add_func ("/sender/program/that-is-deaf-is-killed-within-2-s", test_a_deaf_program_is_killed);
  g_test_add_func ("/sender/program/that-dies-is-an-error", test_a_program_that_dies);
  g_test_add_func ("/sender/program/that-is-not-there-is-an-error", test_a_program_that_is_not_there);

  g_test_add_func ("/sender/socket/is-spoken-to", test_a_socket_is_spoken_to);
  g_test_add_func ("/sender/socket/is-stopped-once-the-other-side-has-gone",
                   test_a_socket_is_stopped_once_the_other_side_has_gone);
  g_test_add_func ("/sender/socket/that-stays-is-given-up", test_a_socket_that_stays_is_given_up);
  g_test_add_func ("/sender/socket/where-nobody-is-is-an-error-at-once", test_a_socket_where_nobody_is);

  return g_test_run ();
}
