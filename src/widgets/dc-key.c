/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key.h"

#include <libintl.h>
#include <string.h>

#define _(text) dgettext (GETTEXT_PACKAGE, text)
#define N_(text) (text)

#define REPEAT_MS 90

struct _DcKey
{
  GtkButton  parent_instance;

  DcKeySpec  spec;
  char      *text;     /* as typed now, in its case */
  guint      repeat;   /* source, while a delete key is held */
  gboolean   held;
};

G_DEFINE_FINAL_TYPE (DcKey, dc_key, GTK_TYPE_BUTTON)

enum
{
  REPEAT,
  HELD,
  LET_GO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A screen reader says letters and digits by itself. */
static const struct
{
  const char *text;
  const char *name;
} names[] = {
  { "@", N_("At sign") },
  { ".", N_("Full stop") },
  { ",", N_("Comma") },
  { "-", N_("Hyphen") },
  { "_", N_("Underscore") },
  { "'", N_("Apostrophe") },
  { "+", N_("Plus") },
};

static void
set_name (DcKey      *self,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* The label stays the same widget: a letter typed from a held key changes the
 * case while the finger's release is on its way to what it touched. Were that
 * taken away, the release would be lost and with it the key's next touch. */
static void
set_word (DcKey      *self,
          const char *word)
{
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (self));

  if (!GTK_IS_LABEL (label)) {
    label = gtk_label_new (NULL);
    gtk_widget_add_css_class (label, "dc-key-face");
    gtk_button_set_child (GTK_BUTTON (self), label);
  }

  gtk_label_set_text (GTK_LABEL (label), word);
  if (g_utf8_strlen (word, -1) > 1) {
    gtk_widget_add_css_class (label, "dc-key-word");
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  }
}

static gboolean
on_repeat (gpointer data)
{
  g_signal_emit (data, signals[REPEAT], 0);

  return G_SOURCE_CONTINUE;
}

/* Claiming the finger takes it from the button: no click follows. */
static void
on_pressed (DcKey      *self,
            double      x,
            double      y,
            GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  if (self->spec.kind == DC_KEY_DELETE) {
    g_clear_handle_id (&self->repeat, g_source_remove);
    self->repeat = g_timeout_add (REPEAT_MS, on_repeat, self);
  } else {
    self->held = TRUE;
    g_signal_emit (self, signals[HELD], 0);
  }
}

static void
on_end (DcKey            *self,
        GdkEventSequence *sequence,
        GtkGesture       *gesture)
{
  double x, y;

  g_clear_handle_id (&self->repeat, g_source_remove);
  if (!self->held)
    return;

  self->held = FALSE;
  if (gtk_gesture_get_point (gesture, sequence, &x, &y))
    g_signal_emit (self, signals[LET_GO], 0, x, y);
}

static void
on_cancel (DcKey *self)
{
  g_clear_handle_id (&self->repeat, g_source_remove);
  self->held = FALSE;
}

static void
dc_key_finalize (GObject *object)
{
  DcKey *self = DC_KEY (object);

  g_clear_handle_id (&self->repeat, g_source_remove);
  g_clear_pointer (&self->text, g_free);

  G_OBJECT_CLASS (dc_key_parent_class)->finalize (object);
}

static void
dc_key_class_init (DcKeyClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = dc_key_finalize;

  signals[REPEAT] = g_signal_new ("repeat", type, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[HELD] = g_signal_new ("held", type, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LET_GO] = g_signal_new ("let-go", type, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
dc_key_init (DcKey *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_widget_set_focus_on_click (GTK_WIDGET (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dc-key");
}

static void
add_hold (DcKey *self)
{
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold), GTK_PHASE_CAPTURE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hold, "end", G_CALLBACK (on_end), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hold, "cancel", G_CALLBACK (on_cancel), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (hold));
}

GtkWidget *
dc_key_new (const DcKeySpec *spec,
            gboolean         holdable)
{
  static const char * const classes[] = {
    [DC_KEY_TEXT] = "dc-key-text",
    [DC_KEY_SHIFT] = "dc-key-quiet",
    [DC_KEY_DELETE] = "dc-key-quiet",
    [DC_KEY_PAGE] = "dc-key-quiet",
    [DC_KEY_LATIN] = "dc-key-quiet",
    [DC_KEY_SPACE] = "dc-key-text",
    [DC_KEY_NEXT] = "dc-key-next",
    [DC_KEY_HIDE] = "dc-key-quiet",
  };
  DcKey *self = g_object_new (DC_TYPE_KEY, NULL);

  self->spec = *spec;
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[spec->kind]);
  if (spec->span > 2)
    gtk_widget_add_css_class (GTK_WIDGET (self), "dc-key-wide");
  if (holdable || spec->kind == DC_KEY_DELETE)
    add_hold (self);
  dc_key_set_upper (self, FALSE);

  return GTK_WIDGET (self);
}

const DcKeySpec *
dc_key_get_spec (DcKey *self)
{
  return &self->spec;
}

void
dc_key_set_upper (DcKey    *self,
                  gboolean  upper)
{
  gunichar letter = g_utf8_get_char (self->spec.text);
  gboolean single = g_utf8_strlen (self->spec.text, -1) == 1;
  const char *name;

  if (self->spec.text[0] == '\0')
    return;

  g_clear_pointer (&self->text, g_free);
  if (upper && single) {
    self->text = g_new0 (char, 7);
    g_unichar_to_utf8 (g_unichar_toupper (letter), self->text);
  } else {
    self->text = g_strdup (self->spec.text);
  }

  name = self->text;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i].text, self->text) == 0)
      name = _(names[i].name);
  set_word (self, self->text);
  set_name (self, name);
}

const char *
dc_key_get_text (DcKey *self)
{
  return self->text;
}

void
dc_key_set_face (DcKey      *self,
                 const char *word,
                 const char *icon,
                 const char *name)
{
  if (icon != NULL) {
    GtkWidget *image = gtk_image_new_from_icon_name (icon);

    gtk_widget_add_css_class (image, "dc-key-face");
    gtk_button_set_child (GTK_BUTTON (self), image);
  } else {
    set_word (self, word);
  }
  set_name (self, name);
}
