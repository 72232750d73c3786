/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Gives cage a touch screen where there is none: loaded before wlroots
 * (LD_PRELOAD), it adds a touch screen, a pointer and a keyboard to the headless
 * backend, and moves them as the lines say that a test writes into a FIFO. From
 * there on all is real: cage, the Wayland protocol, GTK's own gestures.
 *
 *   DAILY_CUP_FINGERS  the FIFO
 *   DAILY_CUP_OUTPUT   the size of the screen, as in 600x960
 *
 *   down X Y           a finger touches, in pixels of the screen
 *   move X Y           and slides
 *   up                 and is lifted
 *   key CODE 1|0       a key of the keyboard, by its number in linux/input.h
 *
 * The pointer never moves. Without one, cage 0.1.4 draws its headless screen
 * once and no more. Written against wlroots 0.15. */

#define WLR_USE_UNSTABLE 1

#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <wayland-server-core.h>

#include <wlr/backend.h>
#include <wlr/backend/headless.h>
#include <wlr/backend/multi.h>
#include <wlr/interfaces/wlr_keyboard.h>
#include <wlr/types/wlr_touch.h>

#define MAX_LINE 64

static struct wl_display *display;
static struct wlr_input_device *touch_screen;
static struct wlr_input_device *keyboard;
static double width;
static double height;

static void *
next (const char *name)
{
  void *symbol = dlsym (RTLD_NEXT, name);

  if (symbol == NULL) {
    fprintf (stderr, "fingers: wlroots has no %s\n", name);
    abort ();
  }

  return symbol;
}

static uint32_t
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);

  return (uint32_t) (time.tv_sec * 1000 + time.tv_nsec / 1000000);
}

static void
press_key (unsigned code,
           unsigned pressed)
{
  struct wlr_event_keyboard_key event = {
    .time_msec = now (),
    .keycode = code,
    .update_state = true,
    .state = pressed ? WL_KEYBOARD_KEY_STATE_PRESSED : WL_KEYBOARD_KEY_STATE_RELEASED,
  };

  wlr_keyboard_notify_key (keyboard->keyboard, &event);
}

static void
obey (const char *line)
{
  struct wlr_touch *touch = touch_screen->touch;
  double x, y;
  unsigned code, pressed;

  if (sscanf (line, "down %lf %lf", &x, &y) == 2) {
    struct wlr_event_touch_down event = {
      .device = touch_screen, .time_msec = now (), .x = x / width, .y = y / height,
    };

    wl_signal_emit (&touch->events.down, &event);
  } else if (sscanf (line, "move %lf %lf", &x, &y) == 2) {
    struct wlr_event_touch_motion event = {
      .device = touch_screen, .time_msec = now (), .x = x / width, .y = y / height,
    };

    wl_signal_emit (&touch->events.motion, &event);
  } else if (strcmp (line, "up") == 0) {
    struct wlr_event_touch_up event = { .device = touch_screen, .time_msec = now () };

    wl_signal_emit (&touch->events.up, &event);
  } else if (sscanf (line, "key %u %u", &code, &pressed) == 2) {
    press_key (code, pressed);
    return;
  } else {
    fprintf (stderr, "fingers: what is “%s”?\n", line);
    return;
  }
  wl_signal_emit (&touch->events.frame, NULL);
}

static int
on_line (int       fd,
         uint32_t  mask,
         void     *data)
{
  static char line[MAX_LINE];
  static size_t length;
  char byte;

  (void) mask;
  (void) data;
  while (read (fd, &byte, 1) == 1) {
    if (byte != '\n' && length < sizeof line - 1) {
      line[length++] = byte;
    } else if (byte == '\n') {
      line[length] = '\0';
      length = 0;
      obey (line);
    }
  }

  return 0;
}

static void
add_devices (struct wlr_backend *backend,
             void               *data)
{
  (void) data;
  if (!wlr_backend_is_headless (backend))
    return;

  touch_screen = wlr_headless_add_input_device (backend, WLR_INPUT_DEVICE_TOUCH);
  keyboard = wlr_headless_add_input_device (backend, WLR_INPUT_DEVICE_KEYBOARD);
  wlr_headless_add_input_device (backend, WLR_INPUT_DEVICE_POINTER);
}

struct wlr_backend *
wlr_backend_autocreate (struct wl_display *of)
{
  struct wlr_backend *(*real) (struct wl_display *) = next ("wlr_backend_autocreate");

  display = of;

  return real (of);
}

struct wlr_output *
wlr_headless_add_output (struct wlr_backend *backend,
                         unsigned int        default_width,
                         unsigned int        default_height)
{
  struct wlr_output *(*real) (struct wlr_backend *, unsigned int, unsigned int) =
    next ("wlr_headless_add_output");
  const char *size = getenv ("DAILY_CUP_OUTPUT");

  if (size != NULL)
    sscanf (size, "%ux%u", &default_width, &default_height);
  width = default_width;
  height = default_height;

  return real (backend, default_width, default_height);
}

bool
wlr_backend_start (struct wlr_backend *backend)
{
  bool (*real) (struct wlr_backend *) = next ("wlr_backend_start");
  const char *path = getenv ("DAILY_CUP_FINGERS");
  bool started = real (backend);
  int fd;

  /* Each backend within the first one is started by this function too. */
  if (!started || path == NULL || touch_screen != NULL || !wlr_backend_is_multi (backend))
    return started;

  /* For writing too: so it has no end when the test closes its side. */
  fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (fd < 0) {
    perror (path);
    return false;
  }
  wlr_multi_for_each_backend (backend, add_devices, NULL);
  wl_event_loop_add_fd (wl_display_get_event_loop (display), fd, WL_EVENT_READABLE, on_line, NULL);

  return touch_screen != NULL;
}
