/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-page.h"

#include "dc-button.h"
#include "dc-heading.h"

typedef struct
{
  DcKiosk *kiosk;
  DcVisit *visit;
} DcPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (DcPage, dc_page, GTK_TYPE_WIDGET)

static void
dc_page_dispose (GObject *object)
{
  DcPage *self = DC_PAGE (object);
  DcPagePrivate *priv = dc_page_get_instance_private (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&priv->visit);
  g_clear_object (&priv->kiosk);

  G_OBJECT_CLASS (dc_page_parent_class)->dispose (object);
}

static void
dc_page_class_init (DcPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_page_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "page");
}

static void
dc_page_init (DcPage *self)
{
}

/* In each language the words of a template have another length. */
static void
let_buttons_wrap (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    dc_button_let_wrap (GTK_BUTTON (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_buttons_wrap (child);
}

DcPage *
dc_page_new (GType    type,
             DcKiosk *kiosk,
             DcVisit *visit)
{
  DcPage *self = g_object_new (type, NULL);
  DcPagePrivate *priv = dc_page_get_instance_private (self);

  priv->kiosk = g_object_ref (kiosk);
  priv->visit = g_object_ref (visit);
  DC_PAGE_GET_CLASS (self)->fill (self);
  let_buttons_wrap (GTK_WIDGET (self));

  return self;
}

DcKiosk *
dc_page_get_kiosk (DcPage *self)
{
  return ((DcPagePrivate *) dc_page_get_instance_private (self))->kiosk;
}

DcVisit *
dc_page_get_visit (DcPage *self)
{
  return ((DcPagePrivate *) dc_page_get_instance_private (self))->visit;
}

DcCampaign *
dc_page_get_campaign (DcPage *self)
{
  return dc_kiosk_get_campaign (dc_page_get_kiosk (self));
}

const char *
dc_page_get_language (DcPage *self)
{
  return dc_visit_get_language (dc_page_get_visit (self));
}

void
dc_page_go (DcPage   *self,
            DcPageId  to)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "kiosk.go", "u", (guint) to);
}

/* A page that fades is still in the stack, but it is not the visible child. */
gboolean
dc_page_is_current (DcPage *self)
{
  GtkWidget *stack = gtk_widget_get_parent (GTK_WIDGET (self));

  return GTK_IS_STACK (stack)
         && gtk_stack_get_visible_child (GTK_STACK (stack)) == GTK_WIDGET (self);
}

void
dc_page_arrange (DcPage *self,
                 DcForm  form)
{
  if (DC_PAGE_GET_CLASS (self)->arrange != NULL)
    DC_PAGE_GET_CLASS (self)->arrange (self, form);
}

void
dc_page_make_room (DcPage   *self,
                   gboolean  needed)
{
  if (DC_PAGE_GET_CLASS (self)->make_room != NULL)
    DC_PAGE_GET_CLASS (self)->make_room (self, needed);
}

static GtkWidget *
find_heading (GtkWidget *widget)
{
  if (DC_IS_HEADING (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *heading = find_heading (child);

    if (heading != NULL)
      return heading;
  }

  return NULL;
}

void
dc_page_focus_heading (DcPage *self)
{
  GtkWidget *heading = find_heading (GTK_WIDGET (self));

  if (heading != NULL)
    gtk_widget_grab_focus (heading);
}
