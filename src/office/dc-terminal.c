/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-office.h"

/* A signal that came while a terminal does not echo would leave it that way.
 * A handler could only set a global flag; instead the signals are blocked
 * while somebody is asked, and read beside the keyboard (signalfd (2)). */

#define LINE_MAX_BYTES 1024
/* xterm's second screen, which has no scroll-back: on, cleared, to its top. */
#define SCREEN_ON  "\033[?1049h\033[2J\033[H"
#define SCREEN_OFF "\033[2J\033[?1049l"

struct _DcTerminal
{
  int       passphrase_fd;
  char     *scripted;        /* what came from it */
  int       tty;             /* -1: not opened yet */
  int       signals;         /* signalfd, -1: signals not held */
  sigset_t  before;
  gboolean  shown;
};

DcTerminal *
dc_terminal_new (int passphrase_fd)
{
  DcTerminal *self = g_new0 (DcTerminal, 1);

  self->passphrase_fd = passphrase_fd;
  self->tty = -1;
  self->signals = -1;

  return self;
}

static gboolean
open_tty (DcTerminal  *self,
          GError     **error)
{
  if (self->tty < 0)
    self->tty = open ("/dev/tty", O_RDWR | O_CLOEXEC);
  if (self->tty >= 0)
    return TRUE;

  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_TERMINAL,
               "/dev/tty: found “%s”, expected a terminal to ask on", g_strerror (errno));

  return FALSE;
}

static void
hold_signals (DcTerminal *self)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };
  sigset_t set;

  if (self->signals >= 0)
    return;
  sigemptyset (&set);
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    sigaddset (&set, numbers[i]);
  pthread_sigmask (SIG_BLOCK, &set, &self->before);
  self->signals = signalfd (-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}

static void
release_signals (DcTerminal *self)
{
  if (self->signals < 0 || self->shown)
    return;
  close (self->signals);
  self->signals = -1;
  pthread_sigmask (SIG_SETMASK, &self->before, NULL);
}

/* A stop from the keyboard is ignored: the key would stay on the screen. */
static gboolean
was_interrupted (DcTerminal  *self,
                 GError     **error)
{
  struct signalfd_siginfo info;

  while (read (self->signals, &info, sizeof info) == sizeof info) {
    if (info.ssi_signo == SIGTSTP)
      continue;
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_INTERRUPTED,
                 "interrupted: %s", g_strsignal ((int) info.ssi_signo));
    return TRUE;
  }

  return FALSE;
}

static gboolean
write_tty (DcTerminal *self,
           const char *text)
{
  gsize length = strlen (text);

  while (length > 0) {
    gssize n = TEMP_FAILURE_RETRY (write (self->tty, text, length));

    if (n <= 0)
      return FALSE;
    text += n;
    length -= (gsize) n;
  }

  return TRUE;
}

/* 1: a byte, 0: the end, -1: @error. Only a terminal is waited for together
 * with the signals. */
static int
read_byte (DcTerminal  *self,
           int          fd,
           char        *byte,
           GError     **error)
{
  struct pollfd wait[] = { { .fd = fd, .events = POLLIN }, { .fd = self->signals, .events = POLLIN } };
  gssize n;

  for (;;) {
    if (poll (wait, self->signals >= 0 ? 2 : 1, -1) < 0 && errno != EINTR)
      break;
    if (self->signals >= 0 && was_interrupted (self, error))
      return -1;
    if (wait[0].revents == 0)
      continue;
    n = read (fd, byte, 1);
    if (n >= 0)
      return (int) n;
    if (errno != EINTR && errno != EAGAIN)
      break;
  }
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_TERMINAL, "cannot be read: %s", g_strerror (errno));

  return -1;
}

/* Byte by byte: what follows the line belongs to whoever reads next. */
static char *
read_line (DcTerminal  *self,
           int          fd,
           GError     **error)
{
  char *line = g_malloc0 (LINE_MAX_BYTES + 1);
  gsize length = 0;
  int n;

  while ((n = read_byte (self, fd, line + length, error)) > 0 && line[length] != '\n') {
    if (++length == LINE_MAX_BYTES)
      break;
  }
  if (n > 0 && length < LINE_MAX_BYTES && memchr (line, '\0', length) == NULL) {
    line[length] = '\0';
    if (length > 0 && line[length - 1] == '\r')
      line[length - 1] = '\0';
    return line;
  }
  if (n == 0 && length > 0)
    return line;   /* a last line that nobody ended */

  if (n >= 0)
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_TERMINAL,
                 length == 0 ? "found the end, expected a line" : "expected a line of at most 1024 bytes");
  dc_crypto_wipe (line, LINE_MAX_BYTES + 1);
  g_free (line);

  return NULL;
}

static char *
ask_held (DcTerminal  *self,
          const char  *prompt,
          gboolean     echo,
          GError     **error)
{
  struct termios before, quiet;
  gboolean changed = !echo && tcgetattr (self->tty, &before) == 0;
  char *line;

  if (changed) {
    quiet = before;
    quiet.c_lflag &= ~(tcflag_t) ECHO;
    tcsetattr (self->tty, TCSAFLUSH, &quiet);
  }
  write_tty (self, prompt);
  write_tty (self, " ");
  line = read_line (self, self->tty, error);
  if (changed)
    tcsetattr (self->tty, TCSAFLUSH, &before);
  if (changed || line == NULL)
    write_tty (self, "\n");

  return line;
}

char *
dc_terminal_ask (DcTerminal  *self,
                 const char  *prompt,
                 gboolean     echo,
                 GError     **error)
{
  char *line;

  if (!open_tty (self, error))
    return NULL;
  hold_signals (self);
  line = ask_held (self, prompt, echo, error);
  release_signals (self);

  return line;
}

gboolean
dc_terminal_is_scripted (DcTerminal *self)
{
  return self->passphrase_fd >= 0;
}

char *
dc_terminal_passphrase (DcTerminal  *self,
                        const char  *prompt,
                        GError     **error)
{
  g_auto (DcSecretText) line = NULL;

  if (self->passphrase_fd >= 0 && self->scripted == NULL)
    self->scripted = read_line (self, self->passphrase_fd, error);
  if (self->passphrase_fd >= 0)
    line = g_strdup (self->scripted);
  else
    line = dc_terminal_ask (self, prompt, FALSE, error);
  if (line == NULL || line[0] != '\0')
    return g_steal_pointer (&line);

  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_PASSPHRASE,
               "found nothing, expected a passphrase");

  return NULL;
}

gboolean
dc_terminal_show (DcTerminal  *self,
                  const char  *text,
                  GError     **error)
{
  if (!open_tty (self, error))
    return FALSE;

  hold_signals (self);
  self->shown = TRUE;
  if (write_tty (self, SCREEN_ON) && write_tty (self, text))
    return TRUE;
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_TERMINAL,
               "/dev/tty: cannot be written: %s", g_strerror (errno));

  return FALSE;
}

void
dc_terminal_hide (DcTerminal *self)
{
  if (!self->shown)
    return;
  write_tty (self, SCREEN_OFF);
  self->shown = FALSE;
  release_signals (self);
}

void
dc_terminal_free (DcTerminal *self)
{
  dc_terminal_hide (self);
  release_signals (self);
  if (self->tty >= 0)
    close (self->tty);
  g_clear_pointer (&self->scripted, dc_terminal_wipe);
  g_free (self);
}

void
dc_terminal_wipe (char *text)
{
  if (text != NULL)
    dc_crypto_wipe (text, strlen (text));
  g_free (text);
}
