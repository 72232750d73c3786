/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-keyboard.h"

#include <libintl.h>
#include <math.h>

#include "dc-accents.h"
#include "dc-key.h"
#include "dc-typing.h"

/* There are two sets of keys, of the narrow and of the wide layout, and only
 * one of them is shown: which one depends on the width, and the width is known
 * only while allocating, when it is too late to make children. Whatever else
 * changes (page, language, words) makes both sets anew.
 *
 * The accents of a held key are a child of this widget, laid over the row
 * above: a popover would be a surface of its own, and would take the focus
 * from the entry to close on a tap outside. It stays until the next key.
 *
 * Places come from the layout in halves of a key. Rounding both ends of a key
 * to whole pixels loses nothing: at 24 pixels a half, or more, a key of two
 * halves has at least 48. */

#define _(text) dgettext (GETTEXT_PACKAGE, text)

#define HALF_MIN 24
#define HALF_MAX 46
#define KEY_MIN 48
#define KEY_MAX 60
#define DOUBLE_TAP_US (400 * 1000)

typedef enum
{
  CASE_LOWER,
  CASE_ONCE,     /* one capital, then small letters */
  CASE_LOCKED,
} Case;

enum
{
  WIDE,
  NARROW,
  N_FORMS,
};

struct _DcKeyboard
{
  GtkWidget    parent_instance;

  GtkEditable *target;   /* weak */
  char        *language;
  char        *next_label;

  DcKeyPage    page;
  gboolean     latin;        /* asked for, in this field */
  Case         letter_case;
  gint64       shift_time;   /* of the last tap on shift, 0: another key since */

  DcKeyLayout *layouts[N_FORMS];
  GPtrArray   *keys[N_FORMS];   /* of DcKey, children of this widget */
  int          form;

  GtkWidget   *accents;
  DcKey       *accents_key;   /* the held one, while @accents is there */
};

G_DEFINE_FINAL_TYPE (DcKeyboard, dc_keyboard, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_TARGET,
  PROP_LANGUAGE,
  PROP_NEXT_LABEL,
  N_PROPS,
};

enum
{
  NEXT,
  DISMISS,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void rebuild (DcKeyboard *self);

static void
show_shift (DcKeyboard *self,
            DcKey      *key)
{
  const char *icon = "dc-shift-symbolic";
  const char *name = _("Capital letter");

  if (self->letter_case == CASE_ONCE) {
    name = _("Capital letter, on");
  } else if (self->letter_case == CASE_LOCKED) {
    icon = "dc-shift-lock-symbolic";
    name = _("Capital letters, locked");
  }

  dc_key_set_face (key, NULL, icon, name);
  if (self->letter_case == CASE_LOWER)
    gtk_widget_remove_css_class (GTK_WIDGET (key), "dc-key-on");
  else
    gtk_widget_add_css_class (GTK_WIDGET (key), "dc-key-on");
}

static void
set_case (DcKeyboard *self,
          Case        letter_case)
{
  if (letter_case == self->letter_case)
    return;

  self->letter_case = letter_case;
  for (int form = 0; form < N_FORMS; form++) {
    for (guint i = 0; i < self->keys[form]->len; i++) {
      DcKey *key = g_ptr_array_index (self->keys[form], i);

      if (dc_key_get_spec (key)->kind == DC_KEY_SHIFT)
        show_shift (self, key);
      else if (dc_key_get_spec (key)->kind == DC_KEY_TEXT)
        dc_key_set_upper (key, letter_case != CASE_LOWER);
    }
  }
}

/* After each letter, and when a field is entered. */
static void
settle_case (DcKeyboard *self)
{
  self->shift_time = 0;
  if (self->letter_case != CASE_LOCKED)
    set_case (self, dc_typing_at_name_start (self->target) ? CASE_ONCE : CASE_LOWER);
}

static void
press_shift (DcKeyboard *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean twice = self->shift_time != 0 && now - self->shift_time < DOUBLE_TAP_US;

  if (twice && self->letter_case != CASE_LOCKED)
    set_case (self, CASE_LOCKED);
  else
    set_case (self, self->letter_case == CASE_LOWER ? CASE_ONCE : CASE_LOWER);
  self->shift_time = now;
}

static void
close_accents (DcKeyboard *self)
{
  if (self->accents_key != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->accents_key), "dc-key-held");
  self->accents_key = NULL;
  g_clear_pointer (&self->accents, gtk_widget_unparent);
}

static void
type_text (DcKeyboard *self,
           const char *typed)
{
  dc_typing_insert (self->target, typed);
  settle_case (self);
}

static void
on_chosen (DcKeyboard *self,
           const char *accent)
{
  close_accents (self);
  type_text (self, accent);
}

static void
on_held (DcKeyboard *self,
         DcKey      *key)
{
  g_auto (GStrv) accents = dc_key_layout_get_accents (self->language,
                                                      dc_key_get_spec (key)->text);

  close_accents (self);
  self->accents_key = key;
  gtk_widget_add_css_class (GTK_WIDGET (key), "dc-key-held");
  self->accents = dc_accents_new ((const char * const *) accents,
                                  self->letter_case != CASE_LOWER);
  g_signal_connect_object (self->accents, "chosen", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->accents, GTK_WIDGET (self));
}

/* A finger that slid from the key to an accent and is lifted there chose it;
 * one that is lifted elsewhere leaves them open. */
static void
on_let_go (DcKeyboard *self,
           double      x,
           double      y,
           DcKey      *key)
{
  if (self->accents != NULL &&
      gtk_widget_translate_coordinates (GTK_WIDGET (key), self->accents, x, y, &x, &y))
    dc_accents_choose_at (DC_ACCENTS (self->accents), x, y);
}

static void
press_delete (DcKeyboard *self)
{
  close_accents (self);
  dc_typing_delete (self->target);
  settle_case (self);
}

/* The page of the field, in the letters that were asked for. */
static DcKeyPage
get_first_page (DcKeyboard *self)
{
  DcKeyPage page = dc_typing_get_page (self->target);

  return page == DC_KEY_PAGE_LETTERS && self->latin ? DC_KEY_PAGE_LATIN : page;
}

static void
press_latin (DcKeyboard *self)
{
  self->latin = !self->latin;
  self->page = get_first_page (self);
  rebuild (self);
}

static void
press_page (DcKeyboard *self)
{
  if (self->page == DC_KEY_PAGE_SYMBOLS)
    self->page = get_first_page (self);
  else
    self->page = DC_KEY_PAGE_SYMBOLS;
  rebuild (self);
}

static void
on_clicked (DcKeyboard *self,
            DcKey      *key)
{
  close_accents (self);

  switch (dc_key_get_spec (key)->kind) {
  case DC_KEY_TEXT:
  case DC_KEY_SPACE:
    type_text (self, dc_key_get_text (key));
    break;
  case DC_KEY_SHIFT:
    press_shift (self);
    break;
  case DC_KEY_DELETE:
    press_delete (self);
    break;
  case DC_KEY_PAGE:
    press_page (self);
    break;
  case DC_KEY_LATIN:
    press_latin (self);
    break;
  case DC_KEY_NEXT:
    g_signal_emit (self, signals[NEXT], 0);
    break;
  case DC_KEY_HIDE:
    g_signal_emit (self, signals[DISMISS], 0);
    break;
  default:
    g_assert_not_reached ();
  }
}

static void
show_face (DcKeyboard *self,
           int         form,
           DcKey      *key)
{
  gboolean symbols = self->page == DC_KEY_PAGE_SYMBOLS;
  const char *letters = self->latin ? dc_key_layout_get_script (self->language) : "ABC";
  const char *next = self->next_label != NULL ? self->next_label : _("Next");

  switch ((int) dc_key_get_spec (key)->kind) {
  case DC_KEY_TEXT:
    dc_key_set_upper (key, self->letter_case != CASE_LOWER);
    break;
  case DC_KEY_SHIFT:
    show_shift (self, key);
    break;
  case DC_KEY_DELETE:
    dc_key_set_face (key, NULL, "dc-backspace-symbolic", _("Delete"));
    break;
  case DC_KEY_SPACE:
    dc_key_set_face (key, NULL, "dc-space-symbolic", _("Space"));
    break;
  case DC_KEY_PAGE:
    /* The wide layout has a row of digits above the letters. */
    dc_key_set_face (key, symbols ? "abc" : form == WIDE ? "#+=" : "123", NULL,
                     symbols ? _("Letters") : _("Digits and signs"));
    break;
  case DC_KEY_LATIN:
    dc_key_set_face (key, letters, NULL, letters);
    break;
  case DC_KEY_NEXT:
    dc_key_set_face (key, next, NULL, next);
    break;
  case DC_KEY_HIDE:
    dc_key_set_face (key, NULL, "dc-keyboard-hide-symbolic", _("Hide the keyboard"));
    break;
  default:
    break;
  }
}

static void
add_key (DcKeyboard      *self,
         int              form,
         const DcKeySpec *spec)
{
  g_auto (GStrv) accents = dc_key_layout_get_accents (self->language, spec->text);
  GtkWidget *key = dc_key_new (spec, accents != NULL);

  g_signal_connect_object (key, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "held", G_CALLBACK (on_held), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "let-go", G_CALLBACK (on_let_go), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (key, "repeat", G_CALLBACK (press_delete), self, G_CONNECT_SWAPPED);
  show_face (self, form, DC_KEY (key));
  gtk_widget_set_child_visible (key, form == self->form);
  gtk_widget_set_parent (key, GTK_WIDGET (self));
  g_ptr_array_add (self->keys[form], key);
}

static void
clear_keys (DcKeyboard *self)
{
  close_accents (self);
  for (int form = 0; form < N_FORMS; form++) {
    g_ptr_array_set_size (self->keys[form], 0);
    g_clear_pointer (&self->layouts[form], dc_key_layout_free);
  }
}

static void
rebuild (DcKeyboard *self)
{
  clear_keys (self);
  for (int form = 0; form < N_FORMS; form++) {
    DcKeyLayout *layout = dc_key_layout_new (self->language, self->page, form == NARROW);

    self->layouts[form] = layout;
    for (guint i = 0; i < layout->keys->len; i++)
      add_key (self, form, &g_array_index (layout->keys, DcKeySpec, i));
  }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static int
choose_form (DcKeyboard *self,
             int         width)
{
  return width >= self->layouts[WIDE]->columns * HALF_MIN ? WIDE : NARROW;
}

static int
get_half (DcKeyLayout *layout,
          int          width)
{
  return CLAMP (width / layout->columns, HALF_MIN, HALF_MAX);
}

static void
dc_keyboard_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  DcKeyboard *self = DC_KEYBOARD (widget);
  DcKeyLayout *layout;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = self->layouts[NARROW]->columns * HALF_MIN;
    *natural = self->layouts[WIDE]->columns * HALF_MAX;
    return;
  }

  if (for_size < 0)
    for_size = self->layouts[WIDE]->columns * HALF_MAX;
  layout = self->layouts[choose_form (self, for_size)];
  *minimum = layout->rows * KEY_MIN;
  *natural = layout->rows * CLAMP (get_half (layout, for_size) * 9 / 5, KEY_MIN, KEY_MAX);
}

static GtkSizeRequestMode
dc_keyboard_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
get_key_place (DcKeyboard    *self,
               DcKey         *key,
               int            width,
               int            height,
               GtkAllocation *place)
{
  DcKeyLayout *layout = self->layouts[self->form];
  const DcKeySpec *spec = dc_key_get_spec (key);
  int total = MIN (width, layout->columns * HALF_MAX);
  double half = (double) total / layout->columns;
  int left = (width - total) / 2;

  place->x = left + (int) round (spec->column * half);
  place->width = left + (int) round ((spec->column + spec->span) * half) - place->x;
  place->y = spec->row * height / layout->rows;
  place->height = (spec->row + 1) * height / layout->rows - place->y;
}

/* Over the row above the held key, under the finger only in the first row. */
static void
allocate_accents (DcKeyboard *self,
                  int         width,
                  int         height)
{
  GtkRequisition size;
  GtkAllocation key;
  int x, y;

  gtk_widget_get_preferred_size (self->accents, &size, NULL);
  get_key_place (self, self->accents_key, width, height, &key);
  x = CLAMP (key.x + (key.width - size.width) / 2, 0, MAX (width - size.width, 0));
  y = key.y > 0 ? MAX (key.y - size.height, 0) : key.y + key.height;
  gtk_widget_size_allocate (self->accents,
                            &(GtkAllocation) { x, y, size.width, size.height }, -1);
}

static void
dc_keyboard_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  DcKeyboard *self = DC_KEYBOARD (widget);
  int form = choose_form (self, width);

  if (form != self->form) {
    close_accents (self);
    self->form = form;
  }

  for (int i = 0; i < N_FORMS; i++) {
    for (guint j = 0; j < self->keys[i]->len; j++) {
      GtkWidget *key = g_ptr_array_index (self->keys[i], j);
      GtkAllocation place;

      gtk_widget_set_child_visible (key, i == form);
      if (i != form)
        continue;
      get_key_place (self, DC_KEY (key), width, height, &place);
      gtk_widget_size_allocate (key, &place, -1);
    }
  }

  if (self->accents != NULL)
    allocate_accents (self, width, height);
}

static void
dc_keyboard_unmap (GtkWidget *widget)
{
  close_accents (DC_KEYBOARD (widget));

  GTK_WIDGET_CLASS (dc_keyboard_parent_class)->unmap (widget);
}

static void
dc_keyboard_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  DcKeyboard *self = DC_KEYBOARD (object);

  switch (id) {
  case PROP_TARGET:
    g_value_set_object (value, self->target);
    break;
  case PROP_LANGUAGE:
    g_value_set_string (value, self->language);
    break;
  case PROP_NEXT_LABEL:
    g_value_set_string (value, self->next_label);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_keyboard_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  DcKeyboard *self = DC_KEYBOARD (object);

  switch (id) {
  case PROP_TARGET:
    dc_keyboard_set_target (self, g_value_get_object (value));
    break;
  case PROP_LANGUAGE:
    dc_keyboard_set_language (self, g_value_get_string (value));
    break;
  case PROP_NEXT_LABEL:
    dc_keyboard_set_next_label (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_keyboard_dispose (GObject *object)
{
  DcKeyboard *self = DC_KEYBOARD (object);

  clear_keys (self);
  g_clear_weak_pointer (&self->target);

  G_OBJECT_CLASS (dc_keyboard_parent_class)->dispose (object);
}

static void
dc_keyboard_finalize (GObject *object)
{
  DcKeyboard *self = DC_KEYBOARD (object);

  for (int form = 0; form < N_FORMS; form++)
    g_clear_pointer (&self->keys[form], g_ptr_array_unref);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->next_label, g_free);

  G_OBJECT_CLASS (dc_keyboard_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_TARGET] =
    g_param_spec_object ("target", NULL, NULL, GTK_TYPE_EDITABLE, flags);
  properties[PROP_LANGUAGE] =
    g_param_spec_string ("language", NULL, NULL, "en", flags);
  properties[PROP_NEXT_LABEL] =
    g_param_spec_string ("next-label", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
dc_keyboard_class_init (DcKeyboardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = dc_keyboard_get_property;
  object_class->set_property = dc_keyboard_set_property;
  object_class->dispose = dc_keyboard_dispose;
  object_class->finalize = dc_keyboard_finalize;
  widget_class->get_request_mode = dc_keyboard_get_request_mode;
  widget_class->measure = dc_keyboard_measure;
  widget_class->size_allocate = dc_keyboard_size_allocate;
  widget_class->unmap = dc_keyboard_unmap;

  install_properties (object_class);
  signals[NEXT] = g_signal_new ("next", type, G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DISMISS] = g_signal_new ("dismiss", type, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "dc-keyboard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dc_keyboard_init (DcKeyboard *self)
{
  self->language = g_strdup ("en");
  for (int form = 0; form < N_FORMS; form++)
    self->keys[form] = g_ptr_array_new_with_free_func ((GDestroyNotify) gtk_widget_unparent);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Keyboard"), -1);
  rebuild (self);
}

GtkWidget *
dc_keyboard_new (void)
{
  return g_object_new (DC_TYPE_KEYBOARD, NULL);
}

void
dc_keyboard_set_target (DcKeyboard  *self,
                        GtkEditable *target)
{
  gboolean changed;
  DcKeyPage page;

  g_return_if_fail (DC_IS_KEYBOARD (self));
  g_return_if_fail (target == NULL || GTK_IS_EDITABLE (target));

  close_accents (self);
  changed = g_set_weak_pointer (&self->target, target);
  self->latin = FALSE;
  page = get_first_page (self);
  if (page != self->page) {
    self->page = page;
    rebuild (self);
  }
  set_case (self, CASE_LOWER);
  settle_case (self);
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TARGET]);
}

GtkEditable *
dc_keyboard_get_target (DcKeyboard *self)
{
  g_return_val_if_fail (DC_IS_KEYBOARD (self), NULL);

  return self->target;
}

void
dc_keyboard_set_language (DcKeyboard *self,
                          const char *language)
{
  gboolean changed;

  g_return_if_fail (DC_IS_KEYBOARD (self));

  language = language != NULL ? language : "en";
  changed = g_strcmp0 (language, self->language) != 0;
  if (changed) {
    g_clear_pointer (&self->language, g_free);
    self->language = g_strdup (language);
    if (self->page == DC_KEY_PAGE_LATIN)
      self->page = DC_KEY_PAGE_LETTERS;
    self->latin = FALSE;
  }
  /* The words too: LANGUAGE may have changed and the layout not. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Keyboard"), -1);
  rebuild (self);
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LANGUAGE]);
}

const char *
dc_keyboard_get_language (DcKeyboard *self)
{
  g_return_val_if_fail (DC_IS_KEYBOARD (self), NULL);

  return self->language;
}

void
dc_keyboard_set_next_label (DcKeyboard *self,
                            const char *label)
{
  g_return_if_fail (DC_IS_KEYBOARD (self));

  if (g_strcmp0 (label, self->next_label) == 0)
    return;

  g_clear_pointer (&self->next_label, g_free);
  self->next_label = g_strdup (label);
  for (int form = 0; form < N_FORMS; form++)
    for (guint i = 0; i < self->keys[form]->len; i++)
      show_face (self, form, g_ptr_array_index (self->keys[form], i));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEXT_LABEL]);
}

const char *
dc_keyboard_get_next_label (DcKeyboard *self)
{
  g_return_val_if_fail (DC_IS_KEYBOARD (self), NULL);

  return self->next_label;
}
