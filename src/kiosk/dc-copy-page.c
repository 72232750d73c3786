/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-copy-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-button.h"
#include "dc-drives.h"
#include "dc-heading.h"
#include "dc-rows.h"
#include "dc-top-bar.h"
#include "dc-words.h"

/* How often it looks whether a card has come or gone. */
#define LOOK_SECONDS 1

struct _DcCopyPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkLabel  *state;
  GtkWidget *insert;
  GtkBox    *places;
  GtkWidget *off;
  GtkLabel  *problem;

  GPtrArray *drives;        /* (owned) of DcDrive: those that are shown */
  guint      look_id;
};

G_DEFINE_FINAL_TYPE (DcCopyPage, dc_copy_page, DC_TYPE_PAGE)

static DcSecondCopy *
get_copy (DcCopyPage *self)
{
  return dc_kiosk_get_second_copy (dc_page_get_kiosk (DC_PAGE (self)));
}

static void
say (DcCopyPage *self,
     const char *problem)
{
  gtk_label_set_label (self->problem, problem);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *problem != '\0');
}

static void
update (DcCopyPage *self)
{
  DcSecondCopy *copy = get_copy (self);
  DcCopyState state = dc_second_copy_get_state (copy);

  gtk_label_set_label (self->state, dc_words_copy (state));
  if (state > DC_COPY_UP_TO_DATE)
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "problem");
  gtk_widget_set_visible (self->off, dc_second_copy_get_folder (copy) != NULL);
}

static const char *
words_of (const GError *error)
{
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD))
    return _("This card is not there any more.");
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_READ_ONLY))
    return dc_words_copy (DC_COPY_READ_ONLY);
  if (g_error_matches (error, DC_STORE_ERROR, DC_STORE_ERROR_FULL))
    return _("This card is full. Please choose another one.");

  return _("This could not be written down. Please try again.");
}

static void
did_choose (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (DcCopyPage) self = user_data;
  g_autoptr (GError) error = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->places), TRUE);
  gtk_widget_set_sensitive (self->off, TRUE);
  if (!dc_second_copy_choose_finish (DC_SECOND_COPY (source), result, &error)) {
    g_warning ("The second copy stays as it was: %s", error->message);
    say (self, words_of (error));
  }
  if (dc_page_is_current (DC_PAGE (self)))
    update (self);
}

/* @folder: NULL for none. */
static void
choose (DcCopyPage *self,
        const char *folder)
{
  say (self, "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->places), FALSE);
  gtk_widget_set_sensitive (self->off, FALSE);
  dc_second_copy_choose_async (get_copy (self), folder, did_choose, g_object_ref (self));
}

static void
on_off (DcCopyPage *self)
{
  choose (self, NULL);
}

static void
on_drive (DcCopyPage *self,
          GtkWidget  *button)
{
  choose (self, gtk_widget_get_name (button));
}

static void
show_drives (DcCopyPage *self)
{
  dc_rows_clear (self->places);
  for (guint i = 0; i < self->drives->len; i++) {
    DcDrive *drive = self->drives->pdata[i];
    GtkWidget *button = gtk_button_new ();
    /* Translators: a button; %s is the name of a memory card */
    g_autofree char *words = g_strdup_printf (_("Keep the second copy on “%s”"), drive->name);

    dc_button_set_words (GTK_BUTTON (button), words);
    gtk_widget_add_css_class (button, "secondary");
    gtk_widget_set_name (button, drive->path);
    g_signal_connect_object (button, "clicked", G_CALLBACK (on_drive), self, G_CONNECT_SWAPPED);
    gtk_box_append (self->places, button);
  }
  gtk_widget_set_visible (self->insert, self->drives->len == 0);
}

static gboolean
are_shown (DcCopyPage *self,
           GPtrArray  *drives)
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

static gboolean
on_look (gpointer user_data)
{
  DcCopyPage *self = user_data;
  g_autoptr (GPtrArray) drives = dc_drives_list ();

  if (are_shown (self, drives))
    return G_SOURCE_CONTINUE;

  g_clear_pointer (&self->drives, g_ptr_array_unref);
  self->drives = g_steal_pointer (&drives);
  show_drives (self);

  return G_SOURCE_CONTINUE;
}

static void
dc_copy_page_fill (DcPage *page)
{
  DcCopyPage *self = DC_COPY_PAGE (page);

  dc_top_bar_fill (self->top, page);
  g_signal_connect_object (get_copy (self), "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  on_look (self);
  self->look_id = g_timeout_add_seconds (LOOK_SECONDS, on_look, self);
}

static void
dc_copy_page_dispose (GObject *object)
{
  DcCopyPage *self = DC_COPY_PAGE (object);

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_pointer (&self->drives, g_ptr_array_unref);

  G_OBJECT_CLASS (dc_copy_page_parent_class)->dispose (object);
}

static void
dc_copy_page_class_init (DcCopyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_copy_page_dispose;
  DC_PAGE_CLASS (klass)->fill = dc_copy_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/copy-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcCopyPage, insert);
  gtk_widget_class_bind_template_child (widget_class, DcCopyPage, off);
  gtk_widget_class_bind_template_child (widget_class, DcCopyPage, places);
  gtk_widget_class_bind_template_child (widget_class, DcCopyPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcCopyPage, state);
  gtk_widget_class_bind_template_child (widget_class, DcCopyPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_off);
}

static void
dc_copy_page_init (DcCopyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
