/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-open-test.h"

#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dc-crypto.h"

gboolean
dc_open_test_has (const char *program)
{
  g_autofree char *path = g_find_program_in_path (program);

  if (path == NULL)
    g_test_skip ("age, age-keygen or minisign is not installed");

  return path != NULL;
}

GBytes *
dc_open_test_run (const char         *dir,
                  const char * const *argv,
                  GBytes             *input)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, dir);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  /* It may refuse before it has read all: then writing to it fails. */
  g_subprocess_communicate (process, input != NULL ? input : nothing, NULL, &output, NULL, NULL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);

  return g_subprocess_get_successful (process) ? g_steal_pointer (&output) : NULL;
}

/* Types an answer behind each question, till the program closes its end. */
static void
answer (int         terminal,
        const char *passphrase)
{
  g_autofree char *line = g_strconcat (passphrase, "\n", NULL);
  g_autoptr (GString) said = g_string_new (NULL);
  char buffer[500];
  ssize_t n;

  while ((n = read (terminal, buffer, sizeof buffer)) > 0) {
    g_autofree char *lower = NULL;

    g_string_append_len (said, buffer, n);
    lower = g_ascii_strdown (said->str, -1);
    if (g_str_has_suffix (g_strchomp (lower), ":") && strstr (lower, "pass") != NULL) {
      g_assert_cmpint (write (terminal, line, strlen (line)), ==, (gssize) strlen (line));
      g_string_truncate (said, 0);
    }
  }
}

gboolean
dc_open_test_ask (const char         *dir,
                  const char * const *argv,
                  const char         *passphrase)
{
  int terminal;
  int status;
  pid_t pid = forkpty (&terminal, NULL, NULL, NULL);

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0) {
    if (chdir (dir) == 0)
      execvp (argv[0], (char **) argv);
    _exit (99);
  }

  answer (terminal, passphrase);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  close (terminal);

  return WIFEXITED (status) && WEXITSTATUS (status) == 0;
}

GBytes *
dc_open_test_read (const char *dir,
                   const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);

  return g_bytes_new_take (data, size);
}

void
dc_open_test_write (const char *dir,
                    const char *name,
                    const void *data,
                    gsize       size)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

GBytes *
dc_open_test_random (gsize size)
{
  guint8 *data = g_malloc (size + 1);

  dc_crypto_random (data, size);

  return g_bytes_new_take (data, size);
}
