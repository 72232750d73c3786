/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-serve.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-record.h"
#include "dc-test-send.h"
#include "dc-test.h"

/* A conversation with dc_serve () over real sockets, and a destination in
 * memory that remembers with what it was made. */

#define ADDRESS "https://cloud.example.org/dav/"
#define WEBDAV  "[Destination]\nKind=webdav\nAddress=" ADDRESS "\n"
#define SECRET  "s3cret-of-the-tablet"

typedef struct
{
  char        *directory;
  DcFakePlace *place;
  DcTestSend   send;
  DcSender    *sender;
  char        *password;   /* that the last destination was made with */
  DcFakeStep   step;       /* of every call */
} Test;

static DcDestination *
make (const DcDestinationSetup  *setup,
      const char                *authority,
      const char                *folder,
      const DcCredential        *credential,
      gpointer                   data,
      GError                   **error)
{
  Test *self = data;

  g_free (self->password);
  self->password = g_strdup (credential->password);
  if (setup->kind == DC_DESTINATION_WEBDAV && credential->password == NULL) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_NO_CREDENTIAL, "no password");
    return NULL;
  }
  if (g_strcmp0 (folder, "/blab") == 0) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_CREDENTIAL,
                 "401 for %s", credential->password);
    return NULL;
  }

  return dc_fake_destination_new (self->place);
}

static DcFakeStep
decide (DcFakeCall call,
        gpointer   data)
{
  return *(DcFakeStep *) data;
}

static void
set_up (Test          *self,
        gconstpointer  unused)
{
  self->directory = dc_test_dir_new ();
  self->place = dc_fake_place_new ();
  dc_fake_place_decide (self->place, decide, &self->step);
  dc_test_send_init (&self->send, make, self, self->directory);
  self->sender = dc_test_send_connect (&self->send, NULL);
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
tear_down (Test          *self,
           gconstpointer  unused)
{
  stop (self->sender);
  g_clear_object (&self->sender);
  dc_test_send_clear (&self->send);
  g_clear_pointer (&self->place, dc_fake_place_unref);
  g_clear_pointer (&self->password, g_free);
  dc_test_dir_remove (self->directory);
}

/* Takes @command. */
static DcAnswer *
ask (Test       *self,
     DcCommand  *command,
     GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  DcTestWait wait = { NULL };

  dc_sender_ask_async (self->sender, command, dc_test_wait_ready, &wait);
  dc_command_free (command);
  result = dc_test_wait_take (&wait);

  return dc_sender_ask_finish (self->sender, result, error);
}

static void
must (Test      *self,
      DcCommand *command)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAnswer) answer = ask (self, command, &error);

  g_assert_no_error (error);
}

static void
fails (Test            *self,
       DcCommand       *command,
       DcDeliveryError  code,
       const char      *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (ask (self, command, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_null (strstr (error->message, SECRET));
}

static DcCommand *
open_command (const char *setup,
              const char *folder)
{
  DcCommand *command = dc_command_new (DC_COMMAND_OPEN);

  command->setup = g_strdup (setup);
  command->folder = g_strdup (folder);

  return command;
}

static DcCommand *
credential_command (const char *password)
{
  DcCommand *command = dc_command_new (DC_COMMAND_CREDENTIAL);

  command->password = g_strdup (password);

  return command;
}

static DcCommand *
note_command (DcCommandKind  kind,
              const char    *line)
{
  DcCommand *command = dc_command_new (kind);

  g_strlcpy (command->origin.campaign, "day", sizeof command->origin.campaign);
  if (line != NULL)
    command->content = g_bytes_new (line, strlen (line));

  return command;
}

static void
test_says_who_it_is (Test          *self,
                     gconstpointer  unused)
{
  g_autoptr (DcAnswer) one = NULL;
  g_autoptr (DcAnswer) two = NULL;
  g_autoptr (GError) error = NULL;

  must (self, open_command (NULL, "/media/stick"));
  one = ask (self, dc_command_new (DC_COMMAND_PROBE), &error);
  g_assert_no_error (error);
  two = ask (self, dc_command_new (DC_COMMAND_PROBE), &error);
  g_assert_no_error (error);
  g_assert_true (one->has_identity && two->has_identity);
  g_assert_true (dc_id_equal (&one->id, &two->id));
  g_assert_true (dc_id_equal (&one->epoch, &two->epoch));
}

static void
test_needs_to_know_which (Test          *self,
                          gconstpointer  unused)
{
  fails (self, dc_command_new (DC_COMMAND_PROBE), DC_DELIVERY_ERROR_SETUP, "no destination");
  fails (self, open_command ("[Destination]\nKind=pigeon\n", NULL), DC_DELIVERY_ERROR_SETUP,
         "destination.ini");
  fails (self, dc_command_new (DC_COMMAND_PROBE), DC_DELIVERY_ERROR_SETUP, "no destination");
}

static void
test_carries_notes (Test          *self,
                    gconstpointer  unused)
{
  g_autoptr (DcDestination) office = dc_fake_destination_new (self->place);
  g_autoptr (GBytes) receipt = g_bytes_new_static ("receipt\n", 8);
  DcTransfer transfer = { NULL };
  g_autoptr (DcAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (DcCommand) command = note_command (DC_COMMAND_RECEIPTS, NULL);

  must (self, open_command (NULL, "/media/stick"));
  must (self, note_command (DC_COMMAND_STATEMENT, "statement\n"));
  g_assert_true (dc_destination_put_note (office, DC_NOTE_RECEIPT, &command->origin, receipt,
                                          &transfer, &error));
  answer = ask (self, g_steal_pointer (&command), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (answer->notes->len, ==, 1);
  g_assert_true (g_bytes_equal (answer->notes->pdata[0], receipt));
}

static void
test_passes_errors_on (Test          *self,
                       gconstpointer  unused)
{
  must (self, open_command (NULL, "/media/stick"));
  for (guint code = 0; code < DC_N_DELIVERY_ERRORS; code++) {
    self->step = (DcFakeStep) { DC_FAKE_FAIL, code };
    fails (self, dc_command_new (DC_COMMAND_PROBE), code, "fake");
    g_assert_cmpuint (dc_sender_get_wait (self->sender), ==,
                      code == DC_DELIVERY_ERROR_BUSY ? 1 : 0);
  }
  self->step.fault = DC_FAKE_WELL;
  must (self, dc_command_new (DC_COMMAND_PROBE));
}

static void
test_a_bundle_that_is_none (Test          *self,
                            gconstpointer  unused)
{
  must (self, open_command (NULL, "/media/stick"));
  fails (self, note_command (DC_COMMAND_PUT, "no bundle\n"), DC_DELIVERY_ERROR_REJECTED, "fake");
}

static void
test_keeps_a_credential (Test          *self,
                         gconstpointer  unused)
{
  must (self, open_command (WEBDAV, NULL));
  fails (self, dc_command_new (DC_COMMAND_PROBE), DC_DELIVERY_ERROR_NO_CREDENTIAL, "no password");
  must (self, credential_command (SECRET));
  must (self, dc_command_new (DC_COMMAND_PROBE));
  g_assert_cmpstr (self->password, ==, SECRET);

  /* The next conversation finds it; a new one takes its place at once. */
  stop (self->sender);
  g_object_unref (self->sender);
  self->sender = dc_test_send_connect (&self->send, NULL);
  must (self, open_command (WEBDAV, NULL));
  must (self, dc_command_new (DC_COMMAND_PROBE));
  g_assert_cmpstr (self->password, ==, SECRET);
  must (self, credential_command ("another"));
  must (self, dc_command_new (DC_COMMAND_PROBE));
  g_assert_cmpstr (self->password, ==, "another");
}

static void
test_keeps_a_credential_of_a_stick (Test          *self,
                                    gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->directory, "daily-cup-setup.ini", NULL);
  DcCommand *command = dc_command_new (DC_COMMAND_CREDENTIAL_FILE);
  DcCommand *missing = dc_command_new (DC_COMMAND_CREDENTIAL_FILE);

  g_assert_true (g_file_set_contents (path, "[Credential]\nAddress=" ADDRESS "\nPassword=" SECRET "\n",
                                      -1, NULL));
  must (self, open_command (WEBDAV, NULL));
  command->path = g_steal_pointer (&path);
  must (self, command);
  must (self, dc_command_new (DC_COMMAND_PROBE));
  g_assert_cmpstr (self->password, ==, SECRET);
  missing->path = g_strdup ("/nonexistent.ini");
  fails (self, missing, DC_DELIVERY_ERROR_SETUP, "/nonexistent.ini");
}

static void
test_a_folder_needs_no_credential (Test          *self,
                                   gconstpointer  unused)
{
  must (self, open_command (NULL, "/media/stick"));
  fails (self, credential_command (SECRET), DC_DELIVERY_ERROR_SETUP, "no credential");
}

/* A library may put anything into its message. */
static void
test_never_says_a_password (Test          *self,
                            gconstpointer  unused)
{
  must (self, open_command (WEBDAV, "/blab"));
  must (self, credential_command (SECRET));
  fails (self, dc_command_new (DC_COMMAND_PROBE), DC_DELIVERY_ERROR_CREDENTIAL, "credential");
}

static void
test_stops_in_the_middle (Test          *self,
                          gconstpointer  unused)
{
  g_autoptr (DcCommand) command = dc_command_new (DC_COMMAND_PROBE);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DcTestWait wait = { NULL };
  gint64 began;

  must (self, open_command (NULL, "/media/stick"));
  self->step.fault = DC_FAKE_HANG;
  dc_sender_ask_async (self->sender, command, dc_test_wait_ready, &wait);
  while (dc_fake_place_n_calls (self->place, DC_FAKE_PROBE) == 0)
    g_main_context_iteration (NULL, FALSE);
  began = g_get_monotonic_time ();
  stop (self->sender);
  result = dc_test_wait_take (&wait);
  g_assert_null (dc_sender_ask_finish (self->sender, result, &error));
  g_assert_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_STOPPED);

  /* The thread has ended, too, though nobody told its destination but the socket. */
  dc_test_send_clear (&self->send);
  dc_test_send_init (&self->send, make, self, self->directory);
  g_assert_cmpint (g_get_monotonic_time () - began, <, G_USEC_PER_SEC);
}

/* By hand, without a sender, and with a destination that hangs. */

static char *
serve_text (const char  *text,
            GError     **error)
{
  char *directory = dc_test_dir_new ();
  g_autoptr (DcFakePlace) place = dc_fake_place_new ();
  DcServe serve = { .directory = directory, .make = dc_fake_destination_make, .data = place };
  char said[4096] = "";
  int input[2];
  int output[2];
  DcFakeStep step = { DC_FAKE_HANG };
  gssize n;

  dc_fake_place_decide (place, decide, &step);
  g_assert_cmpint (pipe (input), ==, 0);
  g_assert_cmpint (pipe (output), ==, 0);
  g_assert_cmpint (write (input[1], text, strlen (text)), ==, (gssize) strlen (text));
  close (input[1]);
  serve.input = input[0];
  serve.output = output[1];
  dc_serve (&serve, error);
  close (input[0]);
  close (output[1]);
  n = read (output[0], said, sizeof said - 1);
  g_assert_cmpint (n, >=, 0);
  close (output[0]);
  dc_test_dir_remove (directory);

  return g_strdup (said);
}

static void
test_ends_with_its_input (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *nothing = serve_text ("", &error);
  g_autofree char *half = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (nothing, ==, "");
  half = serve_text ("{\"number\":1,\"command\":\"pro", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (half, ==, "");
}

static void
test_refuses_what_is_no_command (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *said = serve_text ("GET / HTTP/1.1\n", &error);

  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX);
  g_assert_cmpstr (said, ==, "");
}

static void
test_one_command_at_a_time (void)
{
  const char *open = "{\"number\":1,\"command\":\"open\",\"setup\":null,\"authority\":null,\"folder\":null}\n";
  /* At the latest while the first probe hangs. */
  const char *probe = "{\"number\":2,\"command\":\"probe\"}\n";
  g_autofree char *all = g_strconcat (open, probe, probe, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *said = serve_text (all, &error);

  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SYNTAX);
  g_assert_nonnull (strstr (error->message, "after the answer"));
}

#define ADD(path, function) g_test_add (path, Test, NULL, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  ADD ("/serve/probe/says-who-it-is", test_says_who_it_is);
  ADD ("/serve/open/comes-first-and-is-checked", test_needs_to_know_which);
  ADD ("/serve/notes/go-and-come", test_carries_notes);
  ADD ("/serve/errors/are-passed-on-by-their-words", test_passes_errors_on);
  ADD ("/serve/put/of-what-is-no-bundle-is-rejected", test_a_bundle_that_is_none);
  ADD ("/serve/credential/is-kept-for-the-next-time", test_keeps_a_credential);
  ADD ("/serve/credential/comes-from-a-stick", test_keeps_a_credential_of_a_stick);
  ADD ("/serve/credential/is-not-for-a-folder", test_a_folder_needs_no_credential);
  ADD ("/serve/credential/is-in-no-message", test_never_says_a_password);
  ADD ("/serve/stop/ends-a-call-that-hangs", test_stops_in_the_middle);
  g_test_add_func ("/serve/input/its-end-is-the-end", test_ends_with_its_input);
  g_test_add_func ("/serve/input/refuses-what-is-no-command", test_refuses_what_is_no_command);
  g_test_add_func ("/serve/input/one-command-at-a-time", test_one_command_at_a_time);

  return g_test_run ();
}
