/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-send.h"

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <libintl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-exchange.h"
#include "dc-memory.h"

/* What a transfer that was told to stop may still take; a file system that
 * hangs would take for ever. */
#define SECONDS_TO_STOP 3

#define USAGE 2

/* The memory of this program holds the key to the office's cloud. */
static void
keep_to_itself (void)
{
  dc_memory_wipe_freed ();
  dc_memory_forbid_dumps ();
  umask (0077);
}

static void
choose_language (void)
{
  const char *folder = g_getenv ("DAILY_CUP_LOCALEDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, folder != NULL ? folder : DC_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/* FALSE where the program is not to go on, with @status set. */
static gboolean
read_options (int    *argc,
              char ***argv,
              char  **directory,
              int    *status)
{
  gboolean version = FALSE;
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, directory,
      /* Translators: an option of a program that is started by another one. */
      N_("Keep the credentials in this folder"),
      /* Translators: stands for the name of a folder. */
      N_("FOLDER") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_("Show the version and exit"), NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context,
                                _("Hands sealed promises over to where the charity collects them. "
                                  "It is started by daily-cup, which tells it what to do on "
                                  "standard input."));
  if (!g_option_context_parse (context, argc, argv, &error) || *argc > 1) {
    g_printerr ("daily-cup-send: %s\n", error != NULL ? error->message
                                                      : _("It takes no arguments."));
    *status = USAGE;
    return FALSE;
  }
  if (version)
    g_print ("daily-cup-send %s\n", DC_VERSION);
  *status = EXIT_SUCCESS;

  return !version;
}

/* Libraries may print: what they say goes to the log, not between answers. */
static int
take_output (void)
{
  int output = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);

  if (output >= 0)
    dup2 (STDERR_FILENO, STDOUT_FILENO);

  return output;
}

static void
hurry (GCancellable *stop,
       gpointer      unused)
{
  alarm (SECONDS_TO_STOP);
}

static gpointer
wait_for_signal (gpointer data)
{
  g_autoptr (GCancellable) stop = data;
  sigset_t signals;
  int which;

  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  while (sigwait (&signals, &which) != 0)
    ;
  g_cancellable_cancel (stop);

  return NULL;
}

/* Before any other thread, which takes over what is blocked. */
static GCancellable *
stop_at_signals (void)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  sigset_t signals;

  signal (SIGPIPE, SIG_IGN);
  sigemptyset (&signals);
  sigaddset (&signals, SIGTERM);
  sigaddset (&signals, SIGINT);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);
  g_cancellable_connect (stop, G_CALLBACK (hurry), NULL, NULL);
  g_thread_unref (g_thread_new ("dc-signals", wait_for_signal, g_object_ref (stop)));

  return g_steal_pointer (&stop);
}

/* Held until the process ends, however it ends. */
static gboolean
lock (const char  *directory,
      GError     **error)
{
  /* The whole file, whoever this process is: an OFD lock wants l_pid 0. */
  struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  g_autofree char *path = g_build_filename (directory, "lock", NULL);
  int fd;

  if (g_mkdir_with_parents (directory, 0700) != 0) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM,
                 "%s: %s", directory, g_strerror (errno));
    return FALSE;
  }
  fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_PROGRAM,
                 "%s: %s", path, g_strerror (errno));
    return FALSE;
  }
  if (fcntl (fd, F_OFD_SETLK, &whole) != 0) {
    g_set_error (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_BUSY,
                 "%s is held by another process", path);
    close (fd);
    return FALSE;
  }

  return TRUE;
}

/* To the other side, before it has asked anything. */
static void
say_error (int           output,
           const GError *error)
{
  g_autoptr (DcReply) reply = dc_reply_new (DC_REPLY_ERROR, 0);
  g_autoptr (GBytes) line = NULL;

  reply->code = error->code;
  reply->message = g_strdup (error->message);
  line = dc_reply_to_line (reply);
  if (write (output, g_bytes_get_data (line, NULL), g_bytes_get_size (line)) < 0)
    g_printerr ("daily-cup-send: %s\n", g_strerror (errno));
}

static int
serve (DcServe *self)
{
  g_autoptr (GError) error = NULL;

  if (!lock (self->directory, &error)) {
    g_printerr ("daily-cup-send: %s\n", error->message);
    say_error (self->output, error);
    return EXIT_FAILURE;
  }
  if (!dc_serve (self, &error)) {
    g_printerr ("daily-cup-send: %s\n", error->message);
    return EXIT_FAILURE;
  }

  return EXIT_SUCCESS;
}

int
dc_send_main (int           argc,
              char        **argv,
              DcServeMake   make,
              gpointer      data)
{
  g_autofree char *directory = NULL;
  g_autoptr (GCancellable) stop = NULL;
  DcServe self = { .input = STDIN_FILENO, .make = make, .data = data };
  int status;

  keep_to_itself ();
  choose_language ();
  g_set_prgname ("daily-cup-send");
  if (!dc_crypto_init ()) {
    fputs ("daily-cup-send: this machine has no source of random numbers\n", stderr);
    return EXIT_FAILURE;
  }
  if (!read_options (&argc, &argv, &directory, &status))
    return status;

  if (directory == NULL)
    directory = g_build_filename (g_get_user_state_dir (), "daily-cup-send", NULL);
  stop = stop_at_signals ();
  self.output = take_output ();
  self.directory = directory;
  self.stop = stop;

  return serve (&self);
}
