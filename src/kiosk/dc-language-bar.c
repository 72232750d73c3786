/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-language-bar.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-language.h"

struct _DcLanguageBar
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (DcLanguageBar, dc_language_bar, GTK_TYPE_WIDGET)

static void
dc_language_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (dc_language_bar_parent_class)->dispose (object);
}

static void
dc_language_bar_class_init (DcLanguageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_language_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "languages");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
dc_language_bar_init (DcLanguageBar *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Language"), -1);
}

static GtkWidget *
make_button (const char *language,
             gboolean    in_use)
{
  GtkWidget *button = gtk_button_new_with_label (dc_language_own_name (language));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "kiosk.language");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", language);
  gtk_widget_add_css_class (button, "language");
  gtk_widget_set_focus_on_click (button, FALSE);
  if (in_use)
    gtk_widget_add_css_class (button, "in-use");
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
                               in_use ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);

  return button;
}

void
dc_language_bar_fill (DcLanguageBar *self,
                      DcPage        *page)
{
  const char * const *languages = dc_campaign_get_languages (dc_page_get_campaign (page));

  for (gsize i = 0; languages[i] != NULL; i++) {
    gboolean in_use = g_str_equal (languages[i], dc_page_get_language (page));

    gtk_widget_set_parent (make_button (languages[i], in_use), GTK_WIDGET (self));
  }
}
