/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-coordinator-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-action-row.h"
#include "dc-button.h"
#include "dc-drill-words.h"
#include "dc-heading.h"
#include "dc-label.h"
#include "dc-rows.h"
#include "dc-top-bar.h"
#include "dc-wordlist.h"
#include "dc-words-delivery.h"
#include "dc-words-ready.h"
#include "dc-words.h"

struct _DcCoordinatorPage
{
  DcPage       parent_instance;

  DcTopBar    *top;
  GtkLabel    *state;
  GtkBox      *columns;
  GtkBox      *compare;
  GtkBox      *ending;
  DcActionRow *event;
  DcActionRow *ready;
  DcActionRow *sync;
  DcActionRow *keys;
  DcActionRow *live;
  DcActionRow *copy;
  DcActionRow *wipe;
  GtkWidget   *question;
  GtkLabel    *asked;
  GtkButton   *yes;
  GtkLabel    *problem;

  gboolean     running;   /* promises were being handed over when it last looked */
};

G_DEFINE_FINAL_TYPE (DcCoordinatorPage, dc_coordinator_page, DC_TYPE_PAGE)

static DcDrillState *
get_drill (DcCoordinatorPage *self)
{
  return dc_kiosk_get_drill (dc_page_get_kiosk (DC_PAGE (self)));
}

static gboolean
is_demo (DcCoordinatorPage *self)
{
  return dc_campaign_is_demo (dc_page_get_campaign (DC_PAGE (self)));
}

static void
show_live (DcCoordinatorPage *self,
           DcDrillState      *drill)
{
  if (is_demo (self))
    dc_action_row_set (self->live, _("This is a demonstration: promises are taken, and sent to no one."), "");
  else if (dc_drill_state_is_live (drill))
    dc_action_row_set (self->live, _("This tablet is live. Donors can leave a promise."),
                       /* Translators: a button: donors can scan, and leave no promise any more */
                       _("Back to codes only"));
  else if (dc_drill_state_is_proven (drill))
    dc_action_row_set (self->live, _("Codes only. Each key is tried and good: this tablet can go live."),
                       /* Translators: a button: from now on donors can leave a promise */
                       _("Go live"));
  else
    dc_action_row_set (self->live, _("Codes only, until each key has been tried."), _("Go live"));
}

static void
update (DcCoordinatorPage *self)
{
  DcTrouble trouble = dc_kiosk_get_trouble (dc_page_get_kiosk (DC_PAGE (self)));
  DcDrillState *drill = get_drill (self);
  g_autofree char *keys = drill != NULL ? dc_drill_words_keys (drill) : NULL;

  gtk_label_set_label (self->state, dc_words_trouble (trouble));
  if (trouble == DC_TROUBLE_NONE)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state), "problem");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->state), "problem");
  /* What the rows below say; “call your coordinator” is not for this page. */
  gtk_widget_set_visible (GTK_WIDGET (self->state), trouble != DC_TROUBLE_DRILL
                          && trouble != DC_TROUBLE_NOT_LIVE);

  /* Without the tablet's own key nothing can be tried; the trouble says so. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->keys), drill != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->live), drill != NULL);
  if (drill == NULL)
    return;

  g_object_set (self->keys, "state", keys, NULL);
  show_live (self, drill);
}

static void
show_copy (DcCoordinatorPage *self)
{
  DcSecondCopy *copy = dc_kiosk_get_second_copy (dc_page_get_kiosk (DC_PAGE (self)));

  dc_action_row_set (self->copy, dc_words_copy (dc_second_copy_get_state (copy)),
                     /* Translators: a button: to choose the card of the second copy */
                     _("Choose"));
}

static void
did_tally (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcCoordinatorPage) self = user_data;
  g_autoptr (DcTally) tally = dc_queue_tally_finish (DC_QUEUE (source), result, NULL);
  g_autofree char *words = tally != NULL ? dc_words_waiting (tally) : NULL;

  if (!self->running)
    dc_action_row_set (self->sync, words != NULL ? words
                                                 : _("The promises cannot be counted just now."),
                       /* Translators: a button: opens the page it stands beside */
                       _("Open"));
}

/* Counted when the page is opened and when a run has ended, not at each step. */
static void
show_hand_over (DcCoordinatorPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  DcHandOver *hand_over = dc_kiosk_get_hand_over (kiosk);
  g_autofree char *day = dc_kiosk_get_day (kiosk);

  self->running = dc_hand_over_get_state (hand_over) == DC_HAND_OVER_RUNNING;
  if (self->running)
    dc_action_row_set (self->sync, _("The promises are being handed over."), _("Open"));
  else
    dc_queue_tally_async (dc_kiosk_get_queue (kiosk), day, NULL, did_tally, g_object_ref (self));
}

static void
on_hand_over (DcCoordinatorPage *self)
{
  DcHandOver *hand_over = dc_kiosk_get_hand_over (dc_page_get_kiosk (DC_PAGE (self)));

  if (self->running != (dc_hand_over_get_state (hand_over) == DC_HAND_OVER_RUNNING))
    show_hand_over (self);
}

static void
on_event (DcCoordinatorPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_EVENT);
}

static void
on_wipe (DcCoordinatorPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_WIPE);
}

static void
on_sync (DcCoordinatorPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_SYNC);
}

static void
on_copy (DcCoordinatorPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_COPY);
}

static void
on_keys (DcCoordinatorPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_DRILL);
}

/* Asked once, both ways: a thumb is quicker than a thought. */
static void
on_live (DcCoordinatorPage *self)
{
  DcDrillState *drill = get_drill (self);

  dc_label_say (self->problem, "");
  if (!dc_drill_state_is_proven (drill)) {
    dc_label_say (self->problem, _("This tablet cannot go live yet: try each key first."));
    return;
  }

  if (dc_drill_state_is_live (drill)) {
    gtk_label_set_label (self->asked, _("From now on donors can only scan. What is on this tablet stays on it."));
    dc_button_set_words (self->yes, _("Back to codes only"));
  } else {
    gtk_label_set_label (self->asked, _("From now on donors can leave a promise with their name and address."));
    dc_button_set_words (self->yes, _("Go live"));
  }
  gtk_widget_set_visible (GTK_WIDGET (self->ending), FALSE);
  gtk_widget_set_visible (self->question, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->yes));
}

static void
on_no (DcCoordinatorPage *self)
{
  gtk_widget_set_visible (self->question, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->ending), TRUE);
  dc_page_focus_heading (DC_PAGE (self));
}

static void
on_yes (DcCoordinatorPage *self)
{
  DcDrillState *drill = get_drill (self);
  g_autoptr (GError) error = NULL;

  on_no (self);
  if (!dc_drill_state_set_live (drill, !dc_drill_state_is_live (drill), &error)) {
    g_warning ("The tablet stays as it was: %s", error->message);
    dc_label_say (self->problem, _("This could not be written down. Please try again."));
  }
  update (self);
  dc_kiosk_check (dc_page_get_kiosk (DC_PAGE (self)));
}

static void
on_ready (DcCoordinatorPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_READY);
}

static void
show_ready (DcCoordinatorPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  g_autofree char *path = g_build_filename (dc_kiosk_get_state_directory (kiosk), "readiness.ini", NULL);
  g_autofree char *sum = NULL;
  DcReadiness note;

  if (dc_readiness_load (&note, path))
    sum = dc_words_ready_sum (&note);
  dc_action_row_set (self->ready, sum != NULL ? sum : _("This tablet has not been checked yet."),
                     /* Translators: a button: looks whether all is ready for the event */
                     _("Check"));
}

static void
show_event (DcCoordinatorPage *self)
{
  DcSettings *settings = dc_kiosk_get_settings (dc_page_get_kiosk (DC_PAGE (self)));
  g_autofree char *words = dc_words_event (settings);

  dc_action_row_set (self->event, words != NULL ? words : _("The event has no name yet."), _("Open"));
}

static void
add_words (DcCoordinatorPage *self,
           const char        *caption,
           const char        *context,
           const void        *data,
           gsize              size)
{
  g_autofree char *words = dc_fingerprint (context, data, size);

  dc_rows_add (self->compare, caption, words, NULL);
}

/* Which pack it is, and when it was signed, in its own time zone. */
static char *
words_of_pack (DcPack *pack)
{
  guint serial = dc_pack_get_serial (pack);
  DcStamp stamp = { .utc_us = dc_pack_get_signed_at (pack) * G_USEC_PER_SEC };
  g_autofree char *day =
    dc_stamp_day (&stamp, dc_campaign_get_time_zone (dc_pack_get_campaign (pack)));
  g_autofree char *words = day != NULL && stamp.utc_us > 0 ? dc_words_day (day) : NULL;

  return words != NULL ? g_strdup_printf ("%u · %s", serial, words)
                       : g_strdup_printf ("%u", serial);
}

static void
show_compare (DcCoordinatorPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  DcPack *pack = dc_kiosk_get_pack (kiosk);
  const char *key = dc_pack_get_public_key (pack);
  g_autofree char *which = words_of_pack (pack);
  guint8 digest[32];

  if (dc_kiosk_get_sealer (kiosk) != NULL)
    add_words (self, _("This tablet"), DC_FINGERPRINT_TABLET,
               dc_sealer_get_tablet (dc_kiosk_get_sealer (kiosk)), 32);
  dc_age_recipients_digest (dc_pack_get_recipients (pack), digest);
  add_words (self, _("The office’s keys"), DC_FINGERPRINT_RECIPIENTS, digest, sizeof digest);
  add_words (self, _("Who signed the appeal"), DC_FINGERPRINT_PACK_KEY, key, strlen (key));
  /* Translators: the appeal’s files are numbered, a later one has a higher
   * number; below stands “3 · Friday 18 December 2026” */
  dc_rows_add (self->compare, _("Number of the appeal, and when it was signed"), which, NULL);
}

static void
dc_coordinator_page_fill (DcPage *page)
{
  DcCoordinatorPage *self = DC_COORDINATOR_PAGE (page);

  dc_top_bar_fill (self->top, page);
  g_signal_connect_object (dc_page_get_kiosk (page), "notify::trouble", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dc_kiosk_get_second_copy (dc_page_get_kiosk (page)), "notify::state",
                           G_CALLBACK (show_copy), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dc_kiosk_get_hand_over (dc_page_get_kiosk (page)), "changed",
                           G_CALLBACK (on_hand_over), self, G_CONNECT_SWAPPED);
  dc_second_copy_look (dc_kiosk_get_second_copy (dc_page_get_kiosk (page)));
  update (self);
  show_copy (self);
  show_hand_over (self);
  show_event (self);
  show_ready (self);
  dc_action_row_set (self->wipe, _("When the event is over, or the tablet changes hands."), _("Open"));
  show_compare (self);
}

static void
dc_coordinator_page_arrange (DcPage *page,
                             DcForm  form)
{
  DcCoordinatorPage *self = DC_COORDINATOR_PAGE (page);
  gboolean landscape = dc_form_is_landscape (form);
  GtkOrientation side = landscape ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), side);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->ending), side);
  gtk_box_set_homogeneous (self->columns, landscape);
  dc_action_row_arrange (self->event, form);
  dc_action_row_arrange (self->ready, form);
  dc_action_row_arrange (self->sync, form);
  dc_action_row_arrange (self->keys, form);
  dc_action_row_arrange (self->live, form);
  dc_action_row_arrange (self->copy, form);
  dc_action_row_arrange (self->wipe, form);
}

static void
dc_coordinator_page_class_init (DcCoordinatorPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_coordinator_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_coordinator_page_arrange;

  g_type_ensure (DC_TYPE_ACTION_ROW);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/coordinator-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, asked);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, compare);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, copy);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, ending);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, event);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, keys);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, live);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, question);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, ready);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, state);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, sync);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, top);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, wipe);
  gtk_widget_class_bind_template_child (widget_class, DcCoordinatorPage, yes);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_event);
  gtk_widget_class_bind_template_callback (widget_class, on_keys);
  gtk_widget_class_bind_template_callback (widget_class, on_live);
  gtk_widget_class_bind_template_callback (widget_class, on_no);
  gtk_widget_class_bind_template_callback (widget_class, on_ready);
  gtk_widget_class_bind_template_callback (widget_class, on_sync);
  gtk_widget_class_bind_template_callback (widget_class, on_wipe);
  gtk_widget_class_bind_template_callback (widget_class, on_yes);
}

static void
dc_coordinator_page_init (DcCoordinatorPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
