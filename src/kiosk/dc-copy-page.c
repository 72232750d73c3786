/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-copy-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-drive-buttons.h"
#include "dc-heading.h"
#include "dc-label.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcCopyPage
{
  DcPage          parent_instance;

  DcTopBar       *top;
  GtkLabel       *state;
  GtkWidget      *insert;
  DcDriveButtons *places;
  GtkWidget      *off;
  GtkLabel       *problem;
};

G_DEFINE_FINAL_TYPE (DcCopyPage, dc_copy_page, DC_TYPE_PAGE)

static DcSecondCopy *
get_copy (DcCopyPage *self)
{
  return dc_kiosk_get_second_copy (dc_page_get_kiosk (DC_PAGE (self)));
}

static void
update (DcCopyPage *self)
{
  DcSecondCopy *copy = get_copy (self);
  DcCopyState state = dc_second_copy_get_state (copy);

  dc_label_say_outcome (self->state, dc_words_copy (state), state > DC_COPY_UP_TO_DATE);
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
    dc_label_say (self->problem, words_of (error));
  }
  if (dc_page_is_current (DC_PAGE (self)))
    update (self);
}

/* @folder: NULL for none. */
static void
choose (DcCopyPage *self,
        const char *folder)
{
  dc_label_say (self->problem, "");
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
          const char *path)
{
  choose (self, path);
}

static void
on_looked (DcCopyPage *self)
{
  gtk_widget_set_visible (self->insert, dc_drive_buttons_get_count (self->places) == 0);
}

static char *
words_of_drive (const char *name)
{
  /* Translators: a button; %s is the name of a memory card */
  return g_strdup_printf (_("Keep the second copy on “%s”"), name);
}

static void
dc_copy_page_fill (DcPage *page)
{
  DcCopyPage *self = DC_COPY_PAGE (page);

  dc_top_bar_fill (self->top, page);
  g_signal_connect_object (get_copy (self), "notify::state", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  dc_drive_buttons_watch (self->places, words_of_drive, FALSE);
}

static void
dc_copy_page_class_init (DcCopyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_copy_page_fill;

  g_type_ensure (DC_TYPE_DRIVE_BUTTONS);
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
  gtk_widget_class_bind_template_callback (widget_class, on_drive);
  gtk_widget_class_bind_template_callback (widget_class, on_looked);
  gtk_widget_class_bind_template_callback (widget_class, on_off);
}

static void
dc_copy_page_init (DcCopyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
