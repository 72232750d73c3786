/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* On the form, where the keyboard is needed, with a real mouse and keys. */

#include "dc-keyboard-dock.h"

#include "dc-keyboard.h"
#include "dc-window-test.h"

typedef struct
{
  int width, height;
} Size;

static const Size sizes[] = {
  { 360, 720 }, { 600, 960 }, { 960, 600 }, { 1280, 800 },
};

typedef struct
{
  DcKioskTest  kiosk;
  DcWindow    *window;
  GtkWidget   *dock;
} Fixture;

static void
open_at (Fixture *self,
         Size     size)
{
  DcVisit *visit;

  self->window = dc_window_test_new (self->kiosk.kiosk, size.width, size.height);
  self->dock = dc_find (GTK_WIDGET (self->window), DC_TYPE_KEYBOARD_DOCK);
  visit = dc_window_test_get_visit (self->window);
  dc_visit_choose_preset (visit, TRUE, 0);
  dc_visit_set_tax_certificate (visit, TRUE);
  dc_window_test_go (self->window, DC_PAGE_DETAILS);
  dc_display_test_settle (self->dock);
}

static void
set_up (Fixture       *self,
        gconstpointer  size)
{
  dc_kiosk_test_set_up (&self->kiosk, NULL);
  open_at (self, size != NULL ? *(const Size *) size : sizes[1]);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_tear_down (&self->kiosk);
}

static GtkWidget *
get_page (Fixture *self)
{
  return GTK_WIDGET (dc_window_get_page (self->window));
}

static GtkWidget *
entry_of (Fixture *self,
          DcField  field)
{
  return GTK_WIDGET (dc_entry_of (get_page (self), field));
}

static DcKeyboard *
get_keyboard (Fixture *self)
{
  return DC_KEYBOARD (dc_find (self->dock, DC_TYPE_KEYBOARD));
}

static gboolean
is_up (Fixture *self)
{
  return gtk_widget_get_visible (self->dock);
}

static gboolean
has_focus (Fixture *self,
           DcField  field)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, entry_of (self, field));
}

static void
touch (Fixture *self,
       DcField  field)
{
  dc_display_test_mouse (entry_of (self, field), 0.5, 0.5, "click");
  dc_display_test_settle (self->dock);
}

/* By the xdotool of the tests, so as a keyboard that is plugged in. */
static void
press (Fixture    *self,
       const char *key)
{
  g_autofree char *command = g_strdup_printf ("xdotool key %s", key);

  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
  dc_display_test_wait (150);
  dc_display_test_settle (self->dock);
}

static void
test_touch (Fixture       *self,
            gconstpointer  unused)
{
  g_assert_false (is_up (self));
  touch (self, DC_FIELD_FIRST_NAME);
  g_assert_true (is_up (self));
  g_assert_true (has_focus (self, DC_FIELD_FIRST_NAME));
  g_assert_true (dc_keyboard_get_target (get_keyboard (self))
                 == GTK_EDITABLE (entry_of (self, DC_FIELD_FIRST_NAME)));
}

/* On a session that has a keyboard of its own. */
static void
test_away (Fixture       *self,
           gconstpointer  unused)
{
  DcSettings *settings = dc_kiosk_get_settings (self->kiosk.kiosk);
  GtkEntry *entry = GTK_ENTRY (entry_of (self, DC_FIELD_FIRST_NAME));

  g_assert_true (gtk_entry_get_input_hints (entry) & GTK_INPUT_HINT_INHIBIT_OSK);
  g_assert_true (dc_settings_set_platform_keyboard (settings, TRUE, NULL));
  dc_window_test_back (self->window);
  dc_window_test_go (self->window, DC_PAGE_DETAILS);
  dc_display_test_settle (self->dock);

  entry = GTK_ENTRY (entry_of (self, DC_FIELD_FIRST_NAME));
  g_assert_false (gtk_entry_get_input_hints (entry) & GTK_INPUT_HINT_INHIBIT_OSK);
  touch (self, DC_FIELD_FIRST_NAME);
  g_assert_true (has_focus (self, DC_FIELD_FIRST_NAME));
  g_assert_false (is_up (self));
}

static void
test_focus_alone (Fixture       *self,
                  gconstpointer  unused)
{
  gtk_widget_grab_focus (entry_of (self, DC_FIELD_FIRST_NAME));
  dc_display_test_settle (self->dock);
  g_assert_true (has_focus (self, DC_FIELD_FIRST_NAME));
  g_assert_false (is_up (self));
  press (self, "Tab");
  g_assert_true (has_focus (self, DC_FIELD_FAMILY_NAME));
  g_assert_false (is_up (self));
  /* A touch on the field that has the focus already. */
  touch (self, DC_FIELD_FAMILY_NAME);
  g_assert_true (is_up (self));
}

static void
test_real_key (Fixture       *self,
               gconstpointer  unused)
{
  touch (self, DC_FIELD_FIRST_NAME);
  g_assert_true (is_up (self));
  press (self, "a");
  g_assert_false (is_up (self));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry_of (self, DC_FIELD_FIRST_NAME))),
                   ==, "a");
  touch (self, DC_FIELD_FIRST_NAME);
  g_assert_true (is_up (self));
}

static void
test_touch_elsewhere (Fixture       *self,
                      gconstpointer  unused)
{
  touch (self, DC_FIELD_FIRST_NAME);
  gtk_widget_grab_focus (dc_find_button (get_page (self), "Back"));
  dc_display_test_settle (self->dock);
  g_assert_false (is_up (self));
}

static void
test_dismiss (Fixture       *self,
              gconstpointer  unused)
{
  touch (self, DC_FIELD_FIRST_NAME);
  g_signal_emit_by_name (get_keyboard (self), "dismiss");
  g_assert_false (is_up (self));
  g_assert_true (has_focus (self, DC_FIELD_FIRST_NAME));
}

static const DcField way[] = {
  DC_FIELD_FIRST_NAME, DC_FIELD_FAMILY_NAME, DC_FIELD_EMAIL, DC_FIELD_STREET,
  DC_FIELD_POSTCODE, DC_FIELD_TOWN, DC_FIELD_COUNTRY,
};

/* From field to field that shows, then it is done. */
static void
test_next (Fixture       *self,
           gconstpointer  unused)
{
  touch (self, way[0]);
  for (gsize i = 1; i < G_N_ELEMENTS (way); i++) {
    g_signal_emit_by_name (get_keyboard (self), "next");
    dc_display_test_settle (self->dock);
    if (!has_focus (self, way[i]))
      g_error ("the keyboard did not go on to %s", dc_field_to_string (way[i]));
    g_assert_true (is_up (self));
    g_assert_true (dc_keyboard_get_target (get_keyboard (self))
                   == GTK_EDITABLE (entry_of (self, way[i])));
  }
  g_signal_emit_by_name (get_keyboard (self), "next");
  g_assert_false (is_up (self));
}

static void
test_other_page (Fixture       *self,
                 gconstpointer  unused)
{
  touch (self, DC_FIELD_FIRST_NAME);
  dc_window_test_go (self->window, DC_PAGE_NOTICE);
  g_assert_false (is_up (self));
  g_assert_null (dc_keyboard_get_target (get_keyboard (self)));
}

static void
test_language (Fixture       *self,
               gconstpointer  unused)
{
  g_assert_cmpstr (dc_keyboard_get_language (get_keyboard (self)), ==, "en");
  touch (self, DC_FIELD_FIRST_NAME);
  dc_window_test_speak (self->window, "fr");
  g_assert_cmpstr (dc_keyboard_get_language (get_keyboard (self)), ==, "fr");
  g_assert_false (is_up (self));
}

/* What can wait makes room for it. */
static void
test_room (Fixture       *self,
           gconstpointer  unused)
{
  g_assert_nonnull (dc_find_button (get_page (self), "Continue"));
  touch (self, DC_FIELD_FIRST_NAME);
  g_assert_null (dc_find_button (get_page (self), "Continue"));
  g_signal_emit_by_name (get_keyboard (self), "dismiss");
  dc_display_test_settle (self->dock);
  g_assert_nonnull (dc_find_button (get_page (self), "Continue"));
}

static void
assert_in_sight (Fixture *self,
                 DcField  field)
{
  GtkWidget *entry = entry_of (self, field);
  GtkWidget *scroller = gtk_widget_get_ancestor (entry, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t shown, seen;

  g_assert_true (gtk_widget_compute_bounds (entry, GTK_WIDGET (self->window), &shown));
  g_assert_true (gtk_widget_compute_bounds (scroller, GTK_WIDGET (self->window), &seen));
  if (!graphene_rect_contains_rect (&seen, &shown))
    g_error ("%s at %.0f to %.0f, in sight is %.0f to %.0f", dc_field_to_string (field),
             (double) shown.origin.y, (double) (shown.origin.y + shown.size.height),
             (double) seen.origin.y, (double) (seen.origin.y + seen.size.height));
}

/* Each field in its turn, on each screen. */
static void
test_never_covers (Fixture       *self,
                   gconstpointer  data)
{
  const Size *size = data;
  graphene_rect_t dock;

  gtk_widget_grab_focus (entry_of (self, way[0]));
  dc_display_test_settle (self->dock);
  touch (self, way[0]);
  for (gsize i = 0; i < G_N_ELEMENTS (way); i++) {
    dc_display_test_wait (200);
    dc_display_test_settle (self->dock);
    g_assert_true (has_focus (self, way[i]));
    assert_in_sight (self, way[i]);
    g_signal_emit_by_name (get_keyboard (self), "next");
  }

  touch (self, way[0]);
  g_assert_true (gtk_widget_compute_bounds (self->dock, GTK_WIDGET (self->window), &dock));
  g_assert_cmpfloat (dock.origin.y + dock.size.height, <=, (float) size->height);
  g_assert_cmpfloat (dock.size.width, <=, (float) size->width);
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (self->window)), ==, size->height);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (self->window)), ==, size->width);
}

#define ADD(path, run) \
  g_test_add ("/keyboard-dock/" path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("comes-up/when-a-field-is-touched", test_touch);
  ADD ("comes-up/not-where-the-session-has-its-own", test_away);
  ADD ("comes-up/not-when-the-focus-comes-by-itself", test_focus_alone);
  ADD ("goes/when-a-real-key-is-pressed", test_real_key);
  ADD ("goes/when-the-focus-goes", test_touch_elsewhere);
  ADD ("goes/when-it-is-dismissed", test_dismiss);
  ADD ("goes/with-the-page", test_other_page);
  ADD ("next/walks-the-form", test_next);
  ADD ("language/is-the-visit-s", test_language);
  ADD ("room/is-made-for-it", test_room);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *path = g_strdup_printf ("/keyboard-dock/never-covers-the-field/%dx%d",
                                             sizes[i].width, sizes[i].height);

    g_test_add (path, Fixture, &sizes[i], set_up, test_never_covers, tear_down);
  }

  return g_test_run ();
}
