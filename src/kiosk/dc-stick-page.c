/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-stick-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-drive-buttons.h"
#include "dc-drives.h"
#include "dc-heading.h"
#include "dc-label.h"
#include "dc-top-bar.h"
#include "dc-unmount.h"
#include "dc-words-delivery.h"

struct _DcStickPage
{
  DcPage          parent_instance;

  DcTopBar       *top;
  GtkWidget      *lead;
  GtkWidget      *insert;
  DcDriveButtons *places;
  GtkLabel       *locked;
  GtkWidget      *under_way;
  GtkLabel       *step;
  GtkProgressBar *bar;
  GtkLabel       *count;
  GtkWidget      *stop;
  GtkWidget      *came_of_it;
  GtkLabel       *outcome;
  GtkLabel       *notes;
  GtkLabel       *release_state;
  GtkWidget      *release;
  GtkLabel       *problem;
  GtkWidget      *ending;
  GtkWidget      *leave;

  gboolean        watching;       /* the copying that is under way */
  gboolean        releasing;
  gboolean        released;       /* the drive of the last copying */
};

G_DEFINE_FINAL_TYPE (DcStickPage, dc_stick_page, DC_TYPE_PAGE)

static DcHandOver *
get_hand_over (DcStickPage *self)
{
  return dc_kiosk_get_hand_over (dc_page_get_kiosk (DC_PAGE (self)));
}

static gboolean
is_copying (DcStickPage *self)
{
  return dc_hand_over_get_state (get_hand_over (self)) == DC_HAND_OVER_RUNNING
         && dc_hand_over_get_drive (get_hand_over (self)) != NULL;
}

/* To the pack's place. */
static gboolean
is_handing_over (DcStickPage *self)
{
  return dc_hand_over_get_state (get_hand_over (self)) == DC_HAND_OVER_RUNNING
         && dc_hand_over_get_drive (get_hand_over (self)) == NULL;
}

/* Of the last copying to a stick; NULL where there was none. */
static const DcRunOutcome *
get_outcome (DcStickPage *self)
{
  return dc_hand_over_get_drive (get_hand_over (self)) != NULL
         ? dc_hand_over_get_outcome (get_hand_over (self)) : NULL;
}

static gboolean
holds_second_copy (DcStickPage *self,
                   const char  *drive)
{
  DcSecondCopy *copy = dc_kiosk_get_second_copy (dc_page_get_kiosk (DC_PAGE (self)));

  return g_strcmp0 (dc_second_copy_get_folder (copy), drive) == 0;
}

static void
show_progress (DcStickPage *self)
{
  DcHandOver *hand_over = get_hand_over (self);
  g_autofree char *words = NULL;
  guint done, total;
  gint seconds;

  dc_hand_over_get_progress (hand_over, &done, &total, &seconds);
  words = total > 0 ? dc_words_progress (done, total, seconds) : g_strdup ("");
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) done / total : 0);
  gtk_label_set_label (self->count, words);
  gtk_label_set_label (self->step, self->releasing
                       ? _("Finishing. Please leave the stick where it is.")
                       : _("Copying. Please leave the stick where it is."));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), !self->releasing);
  gtk_widget_set_visible (GTK_WIDGET (self->count), !self->releasing);
  gtk_widget_set_visible (self->stop, !self->releasing);
  gtk_widget_set_sensitive (self->stop, !dc_hand_over_is_stopping (hand_over));
}

static void
show_outcome (DcStickPage *self)
{
  const DcRunOutcome *outcome = get_outcome (self);
  g_autofree char *words = outcome != NULL ? dc_words_outcome (outcome) : g_strdup ("");
  g_autofree char *notes = outcome != NULL ? dc_words_outcome_notes (outcome) : g_strdup ("");

  dc_label_say (self->outcome, words);
  dc_label_say (self->notes, notes);
}

static void
set_primary (GtkWidget  *button,
             gboolean    primary,
             const char *otherwise)
{
  gtk_widget_remove_css_class (button, primary ? otherwise : "primary");
  gtk_widget_add_css_class (button, primary ? "primary" : otherwise);
}

/* At most one: what one most likely wants next. */
static void
show_primary (DcStickPage *self)
{
  const DcRunOutcome *outcome = get_outcome (self);
  gboolean release = gtk_widget_get_visible (self->release) && outcome->error == NULL;
  gboolean copy = !release && !self->released && dc_drive_buttons_get_count (self->places) == 1;

  set_primary (self->release, release, "secondary");
  set_primary (self->leave, self->released, "quiet");
  dc_drive_buttons_set_primary (self->places, copy);
}

/* Whether the last stick may be pulled out, or what is to be done for that. */
static void
show_release (DcStickPage *self)
{
  const DcRunOutcome *outcome = get_outcome (self);
  const char *drive = dc_hand_over_get_drive (get_hand_over (self));
  gboolean there = outcome != NULL && dc_drives_have (drive);
  const char *words = "";

  if (self->released)
    words = _("You may remove the stick.");
  else if (there && holds_second_copy (self, drive))
    words = _("The second copy is kept on this stick too. Please leave it in the tablet.");
  dc_label_say (self->release_state, words);
  gtk_widget_set_visible (self->release, there && !self->released
                          && !holds_second_copy (self, drive));
  show_primary (self);
}

static void
update (DcStickPage *self)
{
  gboolean busy = is_copying (self) || self->releasing;

  gtk_widget_set_visible (self->lead, !busy && !self->released);
  gtk_widget_set_visible (GTK_WIDGET (self->places), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->places), !is_handing_over (self));
  gtk_widget_set_visible (self->under_way, busy);
  gtk_widget_set_visible (self->came_of_it, !busy);
  gtk_widget_set_visible (self->ending, !busy);
  gtk_widget_set_visible (self->insert, !busy && !self->released && dc_drive_buttons_get_count (self->places) == 0);
  gtk_widget_set_visible (GTK_WIDGET (self->locked),
                          !busy && *gtk_label_get_label (self->locked) != '\0');
  if (busy)
    show_progress (self);
  else {
    show_outcome (self);
    show_release (self);
  }
}

static const char *
words_of (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_MOUNTED))
    return _("The stick is not there any more.");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BUSY))
    return _("Something still uses the stick. Wait a little, and try again. If that does not help, switch the tablet off before you take the stick out.");

  return _("This tablet cannot release the stick by itself. Please switch the tablet off before you take the stick out.");
}

static void
did_unmount (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (DcStickPage) self = user_data;
  g_autoptr (GError) error = NULL;

  self->releasing = FALSE;
  self->released = dc_unmount_finish (result, &error);
  if (error != NULL) {
    g_message ("The stick was not released: %s", error->message);
    dc_label_say (self->problem, words_of (error));
  }
  if (dc_page_is_current (DC_PAGE (self)))
    dc_drive_buttons_look (self->places);      /* it is not among those that can be chosen any more */
}

static void
release (DcStickPage *self)
{
  self->releasing = TRUE;
  dc_label_say (self->problem, "");
  update (self);
  dc_unmount_async (dc_hand_over_get_drive (get_hand_over (self)), did_unmount,
                    g_object_ref (self));
}

static void
on_release (DcStickPage *self)
{
  if (!is_copying (self) && !self->releasing && get_outcome (self) != NULL)
    release (self);
}

/* The copying that this page watched is over. After an error one may want to
 * try again with the same stick, so it stays until it is asked for. */
static void
finish (DcStickPage *self)
{
  const DcRunOutcome *outcome = get_outcome (self);

  if (outcome != NULL && outcome->error != NULL)
    dc_label_say (self->problem, dc_words_delivery_error (outcome->error, TRUE));
  else if (outcome != NULL
           && !holds_second_copy (self, dc_hand_over_get_drive (get_hand_over (self))))
    release (self);
}

static void
on_changed (DcStickPage *self)
{
  gboolean was_watching = self->watching;

  self->watching = is_copying (self);
  if (was_watching && !self->watching)
    finish (self);
  update (self);
}

static void
on_stop (DcStickPage *self)
{
  dc_hand_over_stop (get_hand_over (self));
}

/* Where a stick was, there may be an empty folder of the tablet's own disk. */
static void
on_drive (DcStickPage *self,
          const char  *path)
{
  dc_label_say (self->problem, "");
  self->released = FALSE;
  if (!dc_drives_have (path))
    dc_label_say (self->problem, _("The stick is not there any more."));
  else if (!dc_hand_over_start (get_hand_over (self), path, FALSE))
    dc_label_say (self->problem, _("It cannot be copied just now. Wait a minute, and try again."));
  on_changed (self);
}

static char *
words_of_drive (const char *name)
{
  /* Translators: a button; %s is the name of a USB stick */
  return g_strdup_printf (_("Copy to “%s”"), name);
}

static void
show_locked (DcStickPage *self)
{
  g_autoptr (GPtrArray) drives = dc_drives_list_locked ();
  const DcDrive *first = drives->len > 0 ? drives->pdata[0] : NULL;
  /* Translators: %s is the name of a USB stick */
  g_autofree char *words = first != NULL ? g_strdup_printf (_("“%s” is locked against writing. Slide its lock and put it in again, or take another stick."), first->name)
                                         : g_strdup ("");

  if (!g_str_equal (gtk_label_get_label (self->locked), words))
    gtk_label_set_label (self->locked, words);
}

static void
on_looked (DcStickPage *self)
{
  show_locked (self);
  /* Put in again, it may not be pulled any more. */
  if (self->released && dc_drives_have (dc_hand_over_get_drive (get_hand_over (self))))
    self->released = FALSE;
  update (self);
}

static void
dc_stick_page_fill (DcPage *page)
{
  DcStickPage *self = DC_STICK_PAGE (page);

  dc_top_bar_fill (self->top, page);
  g_signal_connect_object (get_hand_over (self), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  self->watching = is_copying (self);
  dc_drive_buttons_watch (self->places, words_of_drive, FALSE);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, bar);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, came_of_it);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, count);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, ending);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, insert);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, lead);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, leave);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, locked);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, notes);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, places);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, release);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, release_state);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, step);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, stop);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, top);
  gtk_widget_class_bind_template_child (widget_class, DcStickPage, under_way);
}

static void
dc_stick_page_class_init (DcStickPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_stick_page_fill;

  g_type_ensure (DC_TYPE_DRIVE_BUTTONS);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/stick-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_drive);
  gtk_widget_class_bind_template_callback (widget_class, on_looked);
  gtk_widget_class_bind_template_callback (widget_class, on_release);
  gtk_widget_class_bind_template_callback (widget_class, on_stop);
}

static void
dc_stick_page_init (DcStickPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
