/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-form.h"

/* Logical pixels. A telephone is narrower, a short screen lower, a large one
 * wider both ways than this, or a portrait as high and somewhat wide. */
#define PHONE_BELOW 480
#define SHORT_BELOW 760
#define LARGE_FROM 1000
#define LARGE_PORTRAIT_FROM 760

typedef struct
{
  GtkWindow  *window;
  DcFormFunc  changed;
  DcForm      form;
} Follower;

DcForm
dc_form_of (int width,
            int height)
{
  if (width > height)
    return height < SHORT_BELOW ? DC_FORM_LOW_LANDSCAPE : DC_FORM_LANDSCAPE;
  if (width < PHONE_BELOW)
    return DC_FORM_PHONE;

  return width < LARGE_PORTRAIT_FROM ? DC_FORM_PORTRAIT : DC_FORM_LARGE_PORTRAIT;
}

gboolean
dc_form_is_landscape (DcForm form)
{
  return form == DC_FORM_LANDSCAPE || form == DC_FORM_LOW_LANDSCAPE;
}

static void
set_class (GtkWindow  *window,
           const char *name,
           gboolean    wanted)
{
  if (wanted)
    gtk_widget_add_css_class (GTK_WIDGET (window), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (window), name);
}

static void
apply (Follower *self,
       int       width,
       int       height)
{
  DcForm before = self->form;

  self->form = dc_form_of (width, height);
  set_class (self->window, "phone", self->form == DC_FORM_PHONE);
  set_class (self->window, "portrait", self->form == DC_FORM_PORTRAIT || self->form == DC_FORM_LARGE_PORTRAIT);
  set_class (self->window, "landscape", dc_form_is_landscape (self->form));
  set_class (self->window, "short", height < SHORT_BELOW);
  set_class (self->window, "large",
             height >= LARGE_FROM && (width >= LARGE_FROM || self->form == DC_FORM_LARGE_PORTRAIT));
  if (self->form != before)
    self->changed (self->window, self->form);
}

static gboolean
on_idle (gpointer user_data)
{
  g_autoptr (GtkWindow) window = user_data;
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));

  if (width > 0 && height > 0)
    apply (g_object_get_data (G_OBJECT (window), "dc-form"), width, height);

  return G_SOURCE_REMOVE;
}

/* Classes must not change while sizes are being given out, so a little later. */
static void
on_layout (GdkSurface *surface,
           int         width,
           int         height,
           GtkWindow  *window)
{
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, g_object_ref (window), NULL);
}

static void
on_realize (GtkWidget *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));

  g_signal_connect_object (surface, "layout", G_CALLBACK (on_layout), window, 0);
}

void
dc_form_follow (GtkWindow  *window,
                int         width,
                int         height,
                DcFormFunc  changed)
{
  Follower *self = g_new0 (Follower, 1);

  self->window = window;
  self->changed = changed;
  self->form = (DcForm) -1;
  g_object_set_data_full (G_OBJECT (window), "dc-form", self, g_free);
  apply (self, width, height);
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), NULL);
}
