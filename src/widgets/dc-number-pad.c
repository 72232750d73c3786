/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-number-pad.h"

#include <libintl.h>

#define _(text) dgettext (GETTEXT_PACKAGE, text)

struct _DcNumberPad
{
  GtkWidget  parent_instance;

  GtkWidget *grid;
  GtkWidget *separator_key;
  char      *separator;
};

G_DEFINE_FINAL_TYPE (DcNumberPad, dc_number_pad, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_SEPARATOR,
  N_PROPS,
};

enum
{
  DIGIT,
  SEPARATOR,
  DELETE,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
on_digit (DcNumberPad *self,
          GtkButton   *key)
{
  g_signal_emit (self, signals[DIGIT], 0, gtk_button_get_label (key));
}

static void
on_separator (DcNumberPad *self)
{
  g_signal_emit (self, signals[SEPARATOR], 0);
}

static void
on_delete (DcNumberPad *self)
{
  g_signal_emit (self, signals[DELETE], 0);
}

static GtkWidget *
add_key (DcNumberPad *self,
         int          column,
         int          row,
         GCallback    callback)
{
  GtkWidget *key = gtk_button_new ();

  gtk_widget_set_focus_on_click (key, FALSE);
  gtk_widget_add_css_class (key, "dc-pad-key");
  gtk_widget_set_hexpand (key, TRUE);
  gtk_widget_set_vexpand (key, TRUE);
  g_signal_connect_object (key, "clicked", callback, self, G_CONNECT_SWAPPED);
  gtk_grid_attach (GTK_GRID (self->grid), key, column, row, 1, 1);

  return key;
}

static void
add_digit (DcNumberPad *self,
           int          digit,
           int          column,
           int          row)
{
  GtkWidget *key = add_key (self, column, row, G_CALLBACK (on_digit));
  const char label[] = { (char) ('0' + digit), '\0' };

  gtk_button_set_label (GTK_BUTTON (key), label);
}

static void
add_delete (DcNumberPad *self)
{
  GtkWidget *key = add_key (self, 2, 3, G_CALLBACK (on_delete));

  gtk_button_set_icon_name (GTK_BUTTON (key), "dc-backspace-symbolic");
  gtk_widget_add_css_class (key, "dc-pad-delete");
  gtk_accessible_update_property (GTK_ACCESSIBLE (key),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Delete"), -1);
}

/* The key stays in its place without a separator, so that 0 does not move. */
static void
update_separator (DcNumberPad *self)
{
  gboolean shows = self->separator != NULL;

  gtk_button_set_label (GTK_BUTTON (self->separator_key), shows ? self->separator : "");
  /* After the label, which names the button too. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->separator_key),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Decimal separator"), -1);
  gtk_widget_set_sensitive (self->separator_key, shows);
  gtk_widget_set_opacity (self->separator_key, shows ? 1 : 0);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->separator_key),
                               GTK_ACCESSIBLE_STATE_HIDDEN, !shows, -1);
}

static void
dc_number_pad_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (id) {
  case PROP_SEPARATOR:
    g_value_set_string (value, DC_NUMBER_PAD (object)->separator);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_number_pad_set_property (GObject      *object,
                            guint         id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (id) {
  case PROP_SEPARATOR:
    dc_number_pad_set_separator (DC_NUMBER_PAD (object), g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dc_number_pad_dispose (GObject *object)
{
  DcNumberPad *self = DC_NUMBER_PAD (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (dc_number_pad_parent_class)->dispose (object);
}

static void
dc_number_pad_finalize (GObject *object)
{
  g_clear_pointer (&DC_NUMBER_PAD (object)->separator, g_free);

  G_OBJECT_CLASS (dc_number_pad_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  signals[DIGIT] = g_signal_new ("digit", type, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SEPARATOR] = g_signal_new ("separator", type, G_SIGNAL_RUN_LAST,
                                     0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETE] = g_signal_new ("delete", type, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
dc_number_pad_class_init (DcNumberPadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = dc_number_pad_get_property;
  object_class->set_property = dc_number_pad_set_property;
  object_class->dispose = dc_number_pad_dispose;
  object_class->finalize = dc_number_pad_finalize;

  properties[PROP_SEPARATOR] =
    g_param_spec_string ("separator", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
  gtk_widget_class_set_css_name (widget_class, "dc-number-pad");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dc_number_pad_init (DcNumberPad *self)
{
  self->grid = gtk_grid_new ();
  gtk_widget_set_direction (self->grid, GTK_TEXT_DIR_LTR);
  gtk_grid_set_row_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (self->grid), TRUE);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 8);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));

  for (int digit = 1; digit <= 9; digit++)
    add_digit (self, digit, (digit - 1) % 3, (digit - 1) / 3);
  self->separator_key = add_key (self, 0, 3, G_CALLBACK (on_separator));
  add_digit (self, 0, 1, 3);
  add_delete (self);
  update_separator (self);
}

GtkWidget *
dc_number_pad_new (void)
{
  return g_object_new (DC_TYPE_NUMBER_PAD, NULL);
}

void
dc_number_pad_set_separator (DcNumberPad *self,
                             const char  *separator)
{
  g_return_if_fail (DC_IS_NUMBER_PAD (self));

  if (separator != NULL && *separator == '\0')
    separator = NULL;
  if (g_strcmp0 (separator, self->separator) == 0)
    return;

  g_clear_pointer (&self->separator, g_free);
  self->separator = g_strdup (separator);
  update_separator (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEPARATOR]);
}

const char *
dc_number_pad_get_separator (DcNumberPad *self)
{
  g_return_val_if_fail (DC_IS_NUMBER_PAD (self), NULL);

  return self->separator;
}
