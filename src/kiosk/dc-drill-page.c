/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "dc-button.h"
#include "dc-drill-run.h"
#include "dc-drill-words.h"
#include "dc-drive-buttons.h"
#include "dc-drives.h"
#include "dc-heading.h"
#include "dc-label.h"
#include "dc-rows.h"
#include "dc-top-bar.h"

struct _DcDrillPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkLabel  *lead;
  GtkBox    *columns;
  GtkWidget *insert;
  DcDriveButtons *places;
  GtkWidget *folder;
  GtkLabel  *written;
  GtkLabel  *caption;
  GtkEntry  *entry;
  GtkLabel  *outcome;
  GtkWidget *check;
  GtkBox    *keys;

  gboolean   onto_drive;    /* the file that is being written, or was */
};

G_DEFINE_FINAL_TYPE (DcDrillPage, dc_drill_page, DC_TYPE_PAGE)

/* The answer is for all keys: which one it proves is found out, so that nobody
 * can type the right words into the wrong field. */

static DcDrillState *
get_drill (DcDrillPage *self)
{
  return dc_kiosk_get_drill (dc_page_get_kiosk (DC_PAGE (self)));
}

static void
show_keys (DcDrillPage *self)
{
  DcDrillState *drill = get_drill (self);
  gboolean awaited = dc_drill_state_get_tries (drill) > 0;

  dc_rows_clear (self->keys);
  for (guint i = 0; i < dc_drill_state_get_n_keys (drill); i++) {
    g_autofree char *key = dc_drill_words_key (i);
    g_autofree char *state = dc_drill_words_state (drill, i);

    dc_rows_add_figure (self->keys, key, state);
  }
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), awaited);
  gtk_widget_set_sensitive (self->check,
                            awaited && gtk_entry_get_text_length (self->entry) > 0);
}

static void
set_places_sensitive (DcDrillPage *self,
                      gboolean     sensitive)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->places), sensitive);
  gtk_widget_set_sensitive (self->folder, sensitive);
}

static void
did_write (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcDrillPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = dc_drill_run_finish (DC_KIOSK (source), result, &error);
  g_autofree char *words = NULL;

  set_places_sensitive (self, TRUE);
  show_keys (self);
  if (name == NULL) {
    g_warning ("No test file was written: %s", error->message);
    dc_label_say_outcome (self->written, _("The test file could not be written. Please try again, or with another stick."), TRUE);
    return;
  }

  if (self->onto_drive)
    /* Translators: %s is the name of a file */
    words = g_strdup_printf (_("Written: %s. You can take the stick out now and bring it to the office."), name);
  else
    /* Translators: %s is the name of a file */
    words = g_strdup_printf (_("Written: %s. Please bring or send this file to the office."), name);
  dc_label_say_outcome (self->written, words, FALSE);
}

static void
write_into (DcDrillPage *self,
            const char  *folder,
            gboolean     onto_drive)
{
  self->onto_drive = onto_drive;
  set_places_sensitive (self, FALSE);
  dc_label_say_outcome (self->written, onto_drive ? _("Writing. Please leave the stick where it is.") : "", FALSE);
  dc_drill_run_async (dc_page_get_kiosk (DC_PAGE (self)), folder,
                      dc_page_get_language (DC_PAGE (self)), did_write, g_object_ref (self));
}

/* Where a stick was, there may be an empty folder of the tablet's own disk. */
static void
on_drive (DcDrillPage *self,
          const char  *path)
{
  if (dc_drives_have (path))
    write_into (self, path, TRUE);
  else
    dc_label_say_outcome (self->written, _("This stick is not there any more."), TRUE);
}

static void
on_folder (DcDrillPage *self)
{
  const char *folder = dc_kiosk_get_drill_folder (dc_page_get_kiosk (DC_PAGE (self)));

  g_mkdir_with_parents (folder, 0755);
  write_into (self, folder, FALSE);
}

static void
on_looked (DcDrillPage *self)
{
  gtk_widget_set_visible (self->insert, dc_drive_buttons_get_count (self->places) == 0);
}

static char *
words_of_drive (const char *name)
{
  /* Translators: a button; %s is the name of a USB stick */
  return g_strdup_printf (_("Write to “%s”"), name);
}

static void
show_folder (DcDrillPage *self)
{
  const char *folder = dc_kiosk_get_drill_folder (dc_page_get_kiosk (DC_PAGE (self)));
  g_autofree char *base = folder != NULL ? g_filename_display_basename (folder) : NULL;
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->folder, folder != NULL);
  if (folder == NULL)
    return;
  /* Translators: a button; %s is the name of a folder */
  words = g_strdup_printf (_("Write to the folder “%s”"), base);
  dc_button_set_words (GTK_BUTTON (self->folder), words);
}

static void
on_changed (DcDrillPage *self)
{
  /* As the page is filled in; there is no drill yet. */
  if (dc_page_get_kiosk (DC_PAGE (self)) == NULL)
    return;

  if (gtk_entry_get_text_length (self->entry) > 0)
    dc_label_say_outcome (self->outcome, "", FALSE);
  show_keys (self);
}

static void
say_refused (DcDrillPage  *self,
             const GError *error)
{
  guint tries = dc_drill_state_get_tries (get_drill (self));
  g_autofree char *words = NULL;

  if (g_error_matches (error, DC_DRILL_ERROR, DC_DRILL_ERROR_WRONG)) {
    words = dc_drill_words_wrong (tries);
  } else {
    g_warning ("An answer was not looked at: %s", error->message);
    words = g_strdup (_("This could not be written down. Please try again."));
  }
  dc_label_say_outcome (self->outcome, words, TRUE);
  show_keys (self);
}

static void
say_good (DcDrillPage *self,
          guint        key)
{
  DcDrillState *drill = get_drill (self);
  g_autofree char *name = dc_drill_words_key (key);
  /* Translators: %s is a key of the office: “Desk key” */
  g_autofree char *words = g_strdup_printf (_("%s: it opens what this tablet keeps."), name);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (dc_drill_state_is_proven (drill))
    dc_label_say_outcome (self->outcome, _("Each key is tried and good. Now this tablet can go live, on the page before."), FALSE);
  else
    dc_label_say_outcome (self->outcome, words, FALSE);
  show_keys (self);
  dc_kiosk_check (dc_page_get_kiosk (DC_PAGE (self)));
}

static void
on_check (DcDrillPage *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autofree char *mistake = dc_drill_words_mistake (typed);
  g_autoptr (GError) error = NULL;
  guint key;

  if (*typed == '\0')
    return;
  if (mistake != NULL)
    dc_label_say_outcome (self->outcome, mistake, TRUE);
  else if (dc_drill_state_answer (get_drill (self), typed, &key, &error))
    say_good (self, key);
  else
    say_refused (self, error);
}

static void
dc_drill_page_fill (DcPage *page)
{
  DcDrillPage *self = DC_DRILL_PAGE (page);

  dc_top_bar_fill (self->top, page);
  if (dc_campaign_is_demo (dc_page_get_campaign (page)))
    gtk_label_set_label (self->lead, _("This is a demonstration: you can try the keys here as on a live tablet, but promises are taken without it."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->caption), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->outcome, NULL,
                                  -1);
  show_keys (self);
  show_folder (self);
  dc_drive_buttons_watch (self->places, words_of_drive, FALSE);
}

/* The keyboard has come up: what was read already makes room. */
static void
dc_drill_page_make_room (DcPage   *page,
                         gboolean  needed)
{
  gtk_widget_set_visible (GTK_WIDGET (DC_DRILL_PAGE (page)->lead), !needed);
}

static void
dc_drill_page_arrange (DcPage *page,
                       DcForm  form)
{
  GtkBox *columns = DC_DRILL_PAGE (page)->columns;
  gboolean landscape = dc_form_is_landscape (form);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (columns),
                                  landscape ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (columns, landscape);
}

static void
dc_drill_page_class_init (DcDrillPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_drill_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_drill_page_arrange;
  DC_PAGE_CLASS (klass)->make_room = dc_drill_page_make_room;

  g_type_ensure (DC_TYPE_DRIVE_BUTTONS);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/drill-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, caption);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, check);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, entry);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, folder);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, insert);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, keys);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, lead);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, places);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, top);
  gtk_widget_class_bind_template_child (widget_class, DcDrillPage, written);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_check);
  gtk_widget_class_bind_template_callback (widget_class, on_drive);
  gtk_widget_class_bind_template_callback (widget_class, on_folder);
  gtk_widget_class_bind_template_callback (widget_class, on_looked);
}

static void
dc_drill_page_init (DcDrillPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
