/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A PIN that nobody knows any more, and the office's stick. */

#include "dc-window-test.h"

#include <string.h>

#include "dc-number-pad.h"
#include "dc-pin-reset.h"
#include "dc-stick-test.h"
#include "dc-test-pack.h"

#define VOLUNTEER "2468"
#define COORDINATOR "135790"
#define NEW "8642"

typedef struct
{
  DcKioskTest kiosk;
  DcWindow   *window;
  char       *stick;    /* (nullable) none can be had */
} Fixture;

static DcStaffGate *
get_gate (Fixture *self)
{
  return dc_kiosk_get_staff_gate (self->kiosk.kiosk);
}

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  dc_kiosk_test_set_up (&self->kiosk, NULL);
  g_assert_true (dc_staff_gate_set_pin (get_gate (self), DC_STAFF_VOLUNTEER, VOLUNTEER, NULL));
  g_assert_true (dc_staff_gate_set_pin (get_gate (self), DC_STAFF_COORDINATOR, COORDINATOR, NULL));
  self->window = dc_window_test_new (self->kiosk.kiosk, 600, 960);
  self->stick = dc_stick_test_works () ? dc_stick_test_put ("OFFICE", "size=1m", TRUE) : NULL;
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_tear_down (&self->kiosk);
  dc_stick_test_clear ();
  g_free (self->stick);
}

/* What the office writes, for this tablet or @other. */
static void
bring_leave (Fixture  *self,
             guint8    id,
             gboolean  other)
{
  const guint8 *tablet = dc_sealer_get_tablet (dc_kiosk_get_sealer (self->kiosk.kiosk));
  g_autofree char *name = dc_pin_reset_name (tablet);
  g_autofree char *path = g_build_filename (self->stick, name, NULL);
  g_autofree char *text = NULL;
  DcPinReset reset;

  memcpy (reset.tablet, tablet, sizeof reset.tablet);
  if (other)
    reset.tablet[31] ^= 1;
  memset (&reset.id, id, sizeof reset.id);
  text = dc_pin_reset_to_text (&reset);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  dc_test_pack_sign_file (self->kiosk.pack, path);
}

static void
enter (Fixture    *self,
       const char *pin)
{
  GtkWidget *pad = dc_find (get_page (self), DC_TYPE_NUMBER_PAD);

  for (const char *p = pin; *p != '\0'; p++) {
    char digit[] = { *p, '\0' };

    g_signal_emit_by_name (pad, "digit", digit);
  }
  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), "Enter");
}

static void
look_on_the_stick (Fixture *self)
{
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_click (get_page (self), "PIN forgotten");
  dc_display_test_settle (get_page (self));
  dc_click (get_page (self), "Look on “OFFICE”");
}

static void
come_with_leave (Fixture *self)
{
  bring_leave (self, 1, FALSE);
  look_on_the_stick (self);
  dc_window_test_wait_words (self->window, "Choose a PIN for the coordinator");
}

static void
choose (Fixture    *self,
        const char *pin)
{
  enter (self, pin);
  dc_window_test_wait_words (self->window, "Type the same PIN again");
  enter (self, pin);
}

static void
test_new_pins (Fixture       *self,
               gconstpointer  unused)
{
  if (self->stick == NULL)
    return;

  come_with_leave (self);
  choose (self, VOLUNTEER);
  dc_window_test_wait_words (self->window, "The volunteers have this PIN already.");
  choose (self, NEW);
  dc_window_test_wait_words (self->window, "Choose a PIN for the volunteers");
  choose (self, VOLUNTEER);
  dc_window_test_wait_page (self->window, DC_PAGE_COORDINATOR);

  /* The old one is nobody's, the new one opens. */
  dc_window_test_go (self->window, DC_PAGE_PIN);
  enter (self, COORDINATOR);
  dc_window_test_wait_words (self->window, "That is not the PIN.");
  enter (self, NEW);
  dc_window_test_wait_page (self->window, DC_PAGE_COORDINATOR);
}

static void
test_once (Fixture       *self,
           gconstpointer  unused)
{
  if (self->stick == NULL)
    return;

  come_with_leave (self);
  choose (self, NEW);
  dc_window_test_wait_words (self->window, "Choose a PIN for the volunteers");

  look_on_the_stick (self);
  dc_window_test_wait_words (self->window, "This file was used already");
  bring_leave (self, 2, FALSE);
  dc_click (get_page (self), "Look on “OFFICE”");
  dc_window_test_wait_words (self->window, "Choose a PIN for the coordinator");
}

/* To have looked costs nothing, and changes nothing. */
static void
test_left_half_way (Fixture       *self,
                    gconstpointer  unused)
{
  if (self->stick == NULL)
    return;

  come_with_leave (self);
  enter (self, NEW);
  dc_window_test_wait_words (self->window, "Type the same PIN again");

  dc_window_test_go (self->window, DC_PAGE_PIN);
  g_assert_true (dc_shows (get_page (self), "PIN for staff"));
  enter (self, COORDINATOR);
  dc_window_test_wait_page (self->window, DC_PAGE_COORDINATOR);
  look_on_the_stick (self);
  dc_window_test_wait_words (self->window, "Choose a PIN for the coordinator");
}

static void
test_locked (Fixture       *self,
             gconstpointer  unused)
{
  guint wait_s;

  if (self->stick == NULL)
    return;

  dc_window_test_go (self->window, DC_PAGE_PIN);
  for (guint left = DC_STAFF_GATE_FREE_TRIES - 1; left > 0; left--) {
    g_autofree char *words = g_strdup_printf ("That is not the PIN. %u ", left);

    enter (self, "9999");
    dc_window_test_wait_words (self->window, words);
  }
  enter (self, "9999");
  dc_window_test_wait_words (self->window, "Too many tries.");

  come_with_leave (self);
  choose (self, NEW);
  dc_window_test_wait_words (self->window, "Choose a PIN for the volunteers");
  choose (self, VOLUNTEER);
  dc_window_test_wait_page (self->window, DC_PAGE_COORDINATOR);
  g_assert_true (dc_staff_gate_is_locked (get_gate (self), &wait_s));
}

/* As a start finds it whose file with the PINs is no file of PINs. */
static void
damage (Fixture *self)
{
  g_autofree char *path = g_build_filename (self->kiosk.state, "staff-demo.ini", NULL);

  g_assert_true (g_file_set_contents (path, "spoilt", -1, NULL));
  g_assert_false (dc_staff_gate_load (get_gate (self), NULL));
}

static void
test_damaged (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *path = g_build_filename (self->kiosk.state, "staff-demo.ini", NULL);
  g_autofree char *text = NULL;

  if (self->stick == NULL)
    return;

  damage (self);
  dc_window_test_go (self->window, DC_PAGE_PIN);
  g_assert_true (dc_shows (get_page (self), "The file with the PINs is damaged."));
  come_with_leave (self);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "spoilt");
  choose (self, NEW);
  dc_window_test_wait_words (self->window, "Choose a PIN for the volunteers");
  choose (self, VOLUNTEER);
  dc_window_test_wait_page (self->window, DC_PAGE_COORDINATOR);
  g_assert_true (dc_staff_gate_load (get_gate (self), NULL));

  dc_window_test_go (self->window, DC_PAGE_PIN);
  enter (self, NEW);
  dc_window_test_wait_page (self->window, DC_PAGE_COORDINATOR);
}

static void
test_refusals (Fixture       *self,
               gconstpointer  unused)
{
  g_autofree char *name = dc_pin_reset_name (dc_sealer_get_tablet (dc_kiosk_get_sealer (self->kiosk.kiosk)));
  g_autofree char *path = self->stick != NULL ? g_build_filename (self->stick, name, NULL) : NULL;

  if (self->stick == NULL)
    return;

  look_on_the_stick (self);
  g_assert_true (dc_shows (get_page (self), name + strlen ("daily-cup-pins-")));
  dc_window_test_wait_words (self->window, "There is no file for this tablet");
  bring_leave (self, 1, TRUE);
  dc_click (get_page (self), "Look on “OFFICE”");
  dc_window_test_wait_words (self->window, "The file on this stick is for another tablet.");
  g_assert_true (g_file_set_contents (path, "daily-cup-pins/1\n", -1, NULL));
  dc_click (get_page (self), "Look on “OFFICE”");
  dc_window_test_wait_words (self->window, "This file is not from the office of this appeal");
  dc_test_pack_sign_file (self->kiosk.pack, path);
  dc_click (get_page (self), "Look on “OFFICE”");
  dc_window_test_wait_words (self->window, "The file on this stick is damaged.");
  g_assert_true (dc_staff_gate_has_pin (get_gate (self), DC_STAFF_COORDINATOR));
}

static void
test_a_list_that_cannot_be_read (Fixture       *self,
                                 gconstpointer  unused)
{
  g_autofree char *used = g_build_filename (self->kiosk.state, "pins-used", NULL);

  if (self->stick == NULL)
    return;

  g_assert_true (g_file_set_contents (used, "half", -1, NULL));
  bring_leave (self, 1, FALSE);
  look_on_the_stick (self);
  dc_window_test_wait_words (self->window, "This tablet cannot read or write its own list");
}

static void
test_without_a_stick (Fixture       *self,
                      gconstpointer  unused)
{
  if (self->stick == NULL)
    return;

  dc_stick_test_pull ("OFFICE");
  dc_window_test_go (self->window, DC_PAGE_PIN);
  dc_click (get_page (self), "PIN forgotten");
  dc_window_test_wait_words (self->window, "Put a USB stick into this tablet.");
  g_assert_null (dc_find_button (get_page (self), "Enter"));
  g_assert_null (dc_find_button (get_page (self), "PIN forgotten"));
}

#define ADD(path, run) g_test_add ("/pin-forgotten/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_stick_test_enter ();
  dc_window_test_init (&argc, &argv);

  ADD ("the office's stick lets one choose both anew", test_new_pins);
  ADD ("a file works once, the next one again", test_once);
  ADD ("left half-way, all is as it was and the file still good", test_left_half_way);
  ADD ("one need not wait for the end of too many tries", test_locked);
  ADD ("a damaged file of PINs is mended by the office's leave", test_damaged);
  ADD ("each refusal says what to do", test_refusals);
  ADD ("a spoilt list lets nothing through", test_a_list_that_cannot_be_read);
  ADD ("without a stick it says where one goes", test_without_a_stick);

  return g_test_run ();
}
