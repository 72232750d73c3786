/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drive-buttons.h"

#include "dc-button.h"
#include "dc-drives.h"

#define LOOK_SECONDS 1
#define PATH         "dc-path"   /* of a button: the path of its drive */

struct _DcDriveButtons
{
  GtkWidget     parent_instance;

  DcDriveWords  words;
  gboolean      with_locked;
  gboolean      primary;
  GPtrArray    *drives;      /* (owned) (nullable) of DcDrive: those that are shown */
  guint         look_id;
};

enum
{
  SIGNAL_CHOSEN,
  SIGNAL_LOOKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DcDriveButtons, dc_drive_buttons, GTK_TYPE_WIDGET)

static void
on_clicked (DcDriveButtons *self,
            GtkWidget      *button)
{
  /* A copy: the button may go while this is told. */
  g_autofree char *path = g_strdup (g_object_get_data (G_OBJECT (button), PATH));

  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, path);
}

static void
clear (DcDriveButtons *self)
{
  GtkWidget *button;

  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (button);
}

static void
show (DcDriveButtons *self)
{
  clear (self);
  for (guint i = 0; i < self->drives->len; i++) {
    const DcDrive *drive = self->drives->pdata[i];
    GtkWidget *button = gtk_button_new ();
    g_autofree char *words = self->words (drive->name);

    dc_button_set_words (GTK_BUTTON (button), words);
    gtk_widget_add_css_class (button, self->primary ? "primary" : "secondary");
    g_object_set_data_full (G_OBJECT (button), PATH, g_strdup (drive->path), g_free);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
    gtk_widget_set_parent (button, GTK_WIDGET (self));
  }
}

static GPtrArray *
list_drives (DcDriveButtons *self)
{
  GPtrArray *drives = dc_drives_list ();

  if (self->with_locked)
    g_ptr_array_extend_and_steal (drives, dc_drives_list_locked ());

  return drives;
}

static gboolean
are_shown (DcDriveButtons *self,
           GPtrArray      *drives)
{
  if (self->drives == NULL || self->drives->len != drives->len)
    return FALSE;

  for (guint i = 0; i < drives->len; i++) {
    if (!g_str_equal (((DcDrive *) drives->pdata[i])->path,
                      ((DcDrive *) self->drives->pdata[i])->path))
      return FALSE;
  }

  return TRUE;
}

void
dc_drive_buttons_look (DcDriveButtons *self)
{
  g_autoptr (GPtrArray) drives = NULL;

  g_return_if_fail (DC_IS_DRIVE_BUTTONS (self) && self->words != NULL);

  drives = list_drives (self);
  if (!are_shown (self, drives)) {
    g_clear_pointer (&self->drives, g_ptr_array_unref);
    self->drives = g_steal_pointer (&drives);
    show (self);
  }
  g_signal_emit (self, signals[SIGNAL_LOOKED], 0);
}

static gboolean
on_look (gpointer user_data)
{
  dc_drive_buttons_look (user_data);

  return G_SOURCE_CONTINUE;
}

void
dc_drive_buttons_watch (DcDriveButtons *self,
                        DcDriveWords    words,
                        gboolean        with_locked)
{
  g_return_if_fail (DC_IS_DRIVE_BUTTONS (self) && words != NULL && self->look_id == 0);

  self->words = words;
  self->with_locked = with_locked;
  self->look_id = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
  dc_drive_buttons_look (self);
}

guint
dc_drive_buttons_get_count (DcDriveButtons *self)
{
  g_return_val_if_fail (DC_IS_DRIVE_BUTTONS (self), 0);

  return self->drives != NULL ? self->drives->len : 0;
}

void
dc_drive_buttons_set_primary (DcDriveButtons *self,
                              gboolean        primary)
{
  g_return_if_fail (DC_IS_DRIVE_BUTTONS (self));

  if (primary == self->primary)
    return;
  self->primary = primary;
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self));
       button != NULL;
       button = gtk_widget_get_next_sibling (button)) {
    gtk_widget_remove_css_class (button, primary ? "secondary" : "primary");
    gtk_widget_add_css_class (button, primary ? "primary" : "secondary");
  }
}

static void
dc_drive_buttons_dispose (GObject *object)
{
  DcDriveButtons *self = DC_DRIVE_BUTTONS (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_pointer (&self->drives, g_ptr_array_unref);
  clear (self);

  G_OBJECT_CLASS (dc_drive_buttons_parent_class)->dispose (object);
}

static void
dc_drive_buttons_class_init (DcDriveButtonsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_drive_buttons_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", DC_TYPE_DRIVE_BUTTONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LOOKED] = g_signal_new ("looked", DC_TYPE_DRIVE_BUTTONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
dc_drive_buttons_init (DcDriveButtons *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "places");
}
