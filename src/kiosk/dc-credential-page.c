/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-credential-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-drive-buttons.h"
#include "dc-heading.h"
#include "dc-label.h"
#include "dc-rows.h"
#include "dc-top-bar.h"
#include "dc-words-delivery.h"

#define SETUP_FILE "daily-cup-setup.ini"

struct _DcCredentialPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkLabel  *lead;
  GtkBox    *place;
  GtkLabel  *outcome;
  GtkLabel  *erase;
  GtkLabel  *warning;
  GtkBox    *columns;
  GtkWidget *typing;
  GtkLabel  *user_caption;
  GtkEntry  *user;
  GtkLabel  *password_caption;
  GtkEntry  *password;
  GtkWidget *save;
  GtkWidget *insert;
  DcDriveButtons *sticks;

  char      *stick;        /* (owned) (nullable) the name of the one that is being read */
  gboolean   passing_on;
  gboolean   trying;       /* whether the place takes it */
};

G_DEFINE_FINAL_TYPE (DcCredentialPage, dc_credential_page, DC_TYPE_PAGE)

static DcHandOver *
get_hand_over (DcCredentialPage *self)
{
  return dc_kiosk_get_hand_over (dc_page_get_kiosk (DC_PAGE (self)));
}

static gboolean
is_at_rest (DcCredentialPage *self)
{
  return !self->passing_on && !self->trying
         && dc_hand_over_get_state (get_hand_over (self)) == DC_HAND_OVER_AT_REST;
}

static gboolean
is_typed (DcCredentialPage *self)
{
  return gtk_entry_get_text_length (self->user) > 0
         && gtk_entry_get_text_length (self->password) > 0;
}

static void
update (DcCredentialPage *self)
{
  gboolean ready = is_at_rest (self);

  gtk_widget_set_sensitive (self->save, ready && is_typed (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->sticks), ready);
  dc_label_say (self->warning, dc_hand_over_may_remove (get_hand_over (self))
             ? _("With this name and password one could also delete there. Ask the office for one that cannot.")
             : "");
}

/* The buffer of a password is overwritten when it is freed, not when it is
 * emptied. */
static void
forget (DcCredentialPage *self)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();

  gtk_editable_set_text (GTK_EDITABLE (self->password), "");
  gtk_entry_buffer_set_max_length (buffer, gtk_entry_get_max_length (self->password));
  gtk_entry_set_buffer (self->password, buffer);
  gtk_editable_set_text (GTK_EDITABLE (self->user), "");
}

static void
tell_answer (DcCredentialPage *self)
{
  const GError *error = dc_hand_over_get_answer_error (get_hand_over (self));

  switch (dc_hand_over_get_answer (get_hand_over (self))) {
  case DC_HAND_OVER_ANSWERS:
    dc_label_say_outcome (self->outcome, _("The place answers, and takes this name and password."), FALSE);
    break;
  case DC_HAND_OVER_SILENT:
    dc_label_say_outcome (self->outcome, dc_words_delivery_error (error, FALSE), TRUE);
    break;
  case DC_HAND_OVER_UNKNOWN:
  default:
    dc_label_say_outcome (self->outcome, _("The name and the password are stored."), FALSE);
  }
}

static void
on_hand_over (DcCredentialPage *self)
{
  if (self->trying
      && dc_hand_over_get_state (get_hand_over (self)) == DC_HAND_OVER_AT_REST) {
    self->trying = FALSE;
    tell_answer (self);
  }
  update (self);
}

static void
try_it (DcCredentialPage *self)
{
  dc_label_say_outcome (self->outcome, _("Stored. Looking whether the place takes it…"), FALSE);
  self->trying = TRUE;
  dc_hand_over_probe (get_hand_over (self));
  on_hand_over (self);
}

/* @self->stick: where it came from, or NULL. (transfer full) */
static char *
words_of (DcCredentialPage *self,
          const GError     *error)
{
  if (!g_error_matches (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_SETUP))
    return g_strdup (dc_words_delivery_error (error, FALSE));
  if (self->stick == NULL)
    return g_strdup (_("The name and the password could not be stored. Please try again."));

  /* Translators: %s is the name of a USB stick; a file that names this place and its password is meant */
  return g_strdup_printf (_("“%s” has no set-up file for this place, or one that is not whole. Ask the office for the right stick."), self->stick);
}

static void
did_pass_on (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DcCredentialPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  self->passing_on = FALSE;
  dc_hand_over_set_credential_finish (DC_HAND_OVER (source), result, &error);
  if (error != NULL)
    g_message ("The credential was not stored: %s", error->message);
  if (!dc_page_is_current (DC_PAGE (self)))
    return;

  if (error != NULL) {
    words = words_of (self, error);
    dc_label_say_outcome (self->outcome, words, TRUE);
    update (self);
    return;
  }
  if (self->stick != NULL)
    dc_label_say (self->erase, _("Now erase the file on the office’s stick: whoever has the stick has the password."));
  try_it (self);
}

/* Typed, or in @file; both are copied where they go. */
static void
pass_on (DcCredentialPage *self,
         const char       *user,
         const char       *password,
         const char       *file)
{
  self->passing_on = TRUE;
  dc_label_say (self->erase, "");
  dc_label_say_outcome (self->outcome, "", FALSE);
  dc_hand_over_set_credential_async (get_hand_over (self), user, password, file, did_pass_on,
                                     g_object_ref (self));
  forget (self);
  update (self);
}

static void
on_save (DcCredentialPage *self)
{
  if (!is_typed (self) || !is_at_rest (self))
    return;

  g_clear_pointer (&self->stick, g_free);
  pass_on (self, gtk_editable_get_text (GTK_EDITABLE (self->user)),
           gtk_editable_get_text (GTK_EDITABLE (self->password)), NULL);
  dc_page_focus_heading (DC_PAGE (self));
}

static void
on_typed (DcCredentialPage *self)
{
  /* As the page is filled in, or dropped. */
  if (dc_page_get_kiosk (DC_PAGE (self)) != NULL)
    update (self);
}

static void
on_drive (DcCredentialPage *self,
          const char       *path)
{
  g_autofree char *file = g_build_filename (path, SETUP_FILE, NULL);

  g_free (g_steal_pointer (&self->stick));
  self->stick = g_path_get_basename (path);
  pass_on (self, NULL, NULL, file);
}

static void
on_looked (DcCredentialPage *self)
{
  gtk_widget_set_visible (self->insert, dc_drive_buttons_get_count (self->sticks) == 0);
}

static char *
words_of_drive (const char *name)
{
  /* Translators: a button; %s is the name of a USB stick */
  return g_strdup_printf (_("Read from “%s”"), name);
}

static void
show_place (DcCredentialPage *self)
{
  const DcDestinationSetup *place = dc_hand_over_get_place (get_hand_over (self));
  g_autofree char *name = dc_words_place (place);
  g_autofree char *address = dc_words_address (place);
  gboolean takes = dc_hand_over_takes_credential (get_hand_over (self));

  gtk_widget_set_visible (GTK_WIDGET (self->columns), takes);
  gtk_widget_set_visible (GTK_WIDGET (self->place), place != NULL);
  if (place != NULL)
    dc_rows_add (self->place, name, *address != '\0' ? address : "–", NULL);
  if (dc_hand_over_is_forbidden (get_hand_over (self)))
    gtk_label_set_label (self->lead, _("A demonstration hands over only to a USB stick and needs no name and no password."));
  else if (!takes)
    gtk_label_set_label (self->lead, _("Where the promises of this appeal go, no name and no password are needed."));
}

static void
name_entry (GtkEntry *entry,
            GtkLabel *caption)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (caption), -1);
}

static void
dc_credential_page_fill (DcPage *page)
{
  DcCredentialPage *self = DC_CREDENTIAL_PAGE (page);

  dc_top_bar_fill (self->top, page);
  name_entry (self->user, self->user_caption);
  name_entry (self->password, self->password_caption);
  show_place (self);
  g_signal_connect_object (get_hand_over (self), "changed", G_CALLBACK (on_hand_over), self,
                           G_CONNECT_SWAPPED);
  update (self);
  /* It is only read from, so one that is locked against writing is as good. */
  dc_drive_buttons_watch (self->sticks, words_of_drive, TRUE);
}

/* The keyboard has come up: what was read already makes room. */
static void
dc_credential_page_make_room (DcPage   *page,
                              gboolean  needed)
{
  DcCredentialPage *self = DC_CREDENTIAL_PAGE (page);

  gtk_widget_set_visible (GTK_WIDGET (self->lead), !needed);
  gtk_widget_set_visible (self->typing, !needed);
  gtk_widget_set_visible (GTK_WIDGET (self->place),
                          !needed && dc_hand_over_get_place (get_hand_over (self)) != NULL);
}

static void
dc_credential_page_arrange (DcPage *page,
                            DcForm  form)
{
  GtkBox *columns = DC_CREDENTIAL_PAGE (page)->columns;
  gboolean landscape = dc_form_is_landscape (form);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (columns),
                                  landscape ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_homogeneous (columns, landscape);
}

static void
dc_credential_page_dispose (GObject *object)
{
  DcCredentialPage *self = DC_CREDENTIAL_PAGE (object);

  g_clear_pointer (&self->stick, g_free);
  if (self->password != NULL && dc_page_get_kiosk (DC_PAGE (self)) != NULL)
    forget (self);

  G_OBJECT_CLASS (dc_credential_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, erase);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, insert);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, lead);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, password);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, password_caption);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, place);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, save);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, sticks);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, top);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, typing);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, user);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, user_caption);
  gtk_widget_class_bind_template_child (widget_class, DcCredentialPage, warning);
}

static void
dc_credential_page_class_init (DcCredentialPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_credential_page_dispose;
  DC_PAGE_CLASS (klass)->fill = dc_credential_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_credential_page_arrange;
  DC_PAGE_CLASS (klass)->make_room = dc_credential_page_make_room;

  g_type_ensure (DC_TYPE_DRIVE_BUTTONS);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/credential-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_drive);
  gtk_widget_class_bind_template_callback (widget_class, on_looked);
  gtk_widget_class_bind_template_callback (widget_class, on_save);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
dc_credential_page_init (DcCredentialPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
