/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-sync-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-action-row.h"
#include "dc-button.h"
#include "dc-heading.h"
#include "dc-rows.h"
#include "dc-top-bar.h"
#include "dc-words-delivery.h"
#include "dc-words.h"

/* A run tells of each step; nobody reads faster than this. */
#define DRAW_MS 200

struct _DcSyncPage
{
  DcPage             parent_instance;

  DcTopBar          *top;
  GtkScrolledWindow *scroller;
  GtkLabel          *state;
  GtkLabel          *notes;
  GtkBox            *columns;
  GtkBox            *counts;
  DcActionRow       *place;
  DcActionRow       *access;
  DcActionRow       *stick;
  DcActionRow       *attention;
  DcActionRow       *again;
  GtkWidget         *handing_over;
  GtkLabel          *progress;
  GtkProgressBar    *bar;
  GtkBox            *ending;
  GtkButton         *main;
  GtkWidget         *question;
  GtkWidget         *yes;

  DcTally           *tally;      /* (owned) (nullable) while it cannot be counted */
  gboolean           running;    /* as it was last shown */
  gboolean           watched;    /* a run was under way while this page was open */
  guint              draw_id;
};

G_DEFINE_FINAL_TYPE (DcSyncPage, dc_sync_page, DC_TYPE_PAGE)

static DcHandOver *
get_hand_over (DcSyncPage *self)
{
  return dc_kiosk_get_hand_over (dc_page_get_kiosk (DC_PAGE (self)));
}

static gboolean
is_running (DcSyncPage *self)
{
  return dc_hand_over_get_state (get_hand_over (self)) == DC_HAND_OVER_RUNNING;
}

/* There is no other place, or it is not for a demonstration. */
static gboolean
leads_to_stick (DcSyncPage *self)
{
  DcHandOver *hand_over = get_hand_over (self);

  return dc_hand_over_is_forbidden (hand_over) || dc_hand_over_wants_drive (hand_over);
}

/* To the place that the appeal names. */
static gboolean
may_start (DcSyncPage *self)
{
  return dc_kiosk_get_sealer (dc_page_get_kiosk (DC_PAGE (self))) != NULL
         && !leads_to_stick (self);
}

/* Of the last run, as long as it is still true. NULL: of none. */
static const DcRunOutcome *
get_outcome (DcSyncPage *self)
{
  const DcRunOutcome *outcome = dc_hand_over_get_outcome (get_hand_over (self));

  if (outcome == NULL || self->watched)
    return outcome;

  return self->tally != NULL && outcome->left == self->tally->all_by_state[DC_STATE_WAITING]
         && outcome->need_attention == self->tally->all_by_state[DC_STATE_REFUSED]
         ? outcome : NULL;
}

static char *
words_of_state (DcSyncPage *self)
{
  const DcRunOutcome *outcome = get_outcome (self);

  if (is_running (self))
    return g_strdup (_("The promises are being handed over. You can leave this page: it goes on, and the stall goes on too."));
  if (outcome != NULL)
    return dc_words_outcome (outcome);
  if (self->tally == NULL)
    return g_strdup ("");

  return dc_words_waiting (self->tally);
}

/* What ended the last run that was watched, or else why the place does not
 * answer. */
static const char *
words_of_problem (DcSyncPage *self)
{
  DcHandOver *hand_over = get_hand_over (self);
  const DcRunOutcome *outcome = get_outcome (self);

  if (dc_hand_over_get_state (hand_over) != DC_HAND_OVER_AT_REST)
    return NULL;
  if (self->watched && outcome != NULL && outcome->error != NULL)
    return dc_words_delivery_error (outcome->error, dc_hand_over_get_drive (hand_over) != NULL);
  if (dc_hand_over_get_answer (hand_over) == DC_HAND_OVER_SILENT)
    return dc_words_delivery_error (dc_hand_over_get_answer_error (hand_over), FALSE);

  return NULL;
}

static char *
words_of_notes (DcSyncPage *self)
{
  DcHandOver *hand_over = get_hand_over (self);
  const DcRunOutcome *outcome = get_outcome (self);

  if (is_running (self))
    return g_strdup ("");
  if (outcome != NULL)
    return dc_words_outcome_notes (outcome);
  if (dc_hand_over_is_forbidden (hand_over))
    return g_strdup (_("This is a demonstration: it hands over to a USB stick or to a folder, never to a server."));
  if (dc_hand_over_wants_drive (hand_over))
    return g_strdup (_("This appeal names no place on the network: its promises go on a USB stick."));

  return g_strdup ("");
}

/* One sentence in large, what else is to be known below; one thing is red. */
static void
show_words (DcSyncPage *self)
{
  const char *problem = words_of_problem (self);
  g_autofree char *state = words_of_state (self);
  g_autofree char *notes = words_of_notes (self);
  g_autofree char *both = problem == NULL ? NULL
                          : *notes == '\0' ? g_strdup (problem)
                                           : g_strconcat (problem, "\n", notes, NULL);
  const char *shown = both != NULL ? both : notes;

  gtk_label_set_label (self->state, state);
  gtk_label_set_label (self->notes, shown);
  gtk_widget_set_visible (GTK_WIDGET (self->notes), *shown != '\0');
  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->notes), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->notes), "problem");
}

static const char *
words_of_answer (DcHandOver *hand_over)
{
  if (dc_hand_over_get_state (hand_over) == DC_HAND_OVER_PROBING)
    return _("Looking whether it can be reached…");

  switch (dc_hand_over_get_answer (hand_over)) {
  case DC_HAND_OVER_ANSWERS:
    return _("It can be reached.");
  case DC_HAND_OVER_SILENT:
    return _("It cannot be used just now.");
  case DC_HAND_OVER_UNKNOWN:
  default:
    return "";
  }
}

static void
show_place (DcSyncPage *self)
{
  DcHandOver *hand_over = get_hand_over (self);
  g_autofree char *address = dc_words_address (dc_hand_over_get_place (hand_over));
  const char *answer = words_of_answer (hand_over);
  g_autofree char *state = *address == '\0' || *answer == '\0'
                           ? g_strconcat (address, answer, NULL)
                           : g_strconcat (address, "\n", answer, NULL);

  dc_action_row_set (self->place, state, "");
}

static void
show_progress (DcSyncPage *self)
{
  DcHandOver *hand_over = get_hand_over (self);
  g_autofree char *words = NULL;
  guint done, total;
  gint seconds;

  gtk_widget_set_visible (self->handing_over, is_running (self));
  if (!is_running (self))
    return;

  dc_hand_over_get_progress (hand_over, &done, &total, &seconds);
  if (dc_hand_over_is_stopping (hand_over))
    words = g_strdup (_("Stopping…"));
  else if (total == 0)
    words = g_strdup (_("Calling the place…"));
  else
    words = dc_words_progress (done, total, seconds);
  gtk_label_set_label (self->progress, words);
  gtk_progress_bar_set_fraction (self->bar, total > 0 ? (double) done / total : 0);
}

static void
show_buttons (DcSyncPage *self)
{
  gboolean running = is_running (self);
  gboolean stopping = running && dc_hand_over_is_stopping (get_hand_over (self));

  if (running)
    /* Translators: a button that ends what is under way */
    dc_button_set_words (self->main, _("Stop"));
  else if (leads_to_stick (self))
    dc_button_set_words (self->main, _("Copy to a USB stick"));
  else
    dc_button_set_words (self->main, _("Sync"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->main), running ? !stopping : may_start (self)
                            || leads_to_stick (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->again), !running && may_start (self));
}

static void
update (DcSyncPage *self)
{
  self->running = is_running (self);
  self->watched |= self->running;
  show_words (self);
  show_place (self);
  show_progress (self);
  show_buttons (self);
}

/* "CHF 36 a month · CHF 20 once": never added together. */
static char *
words_of_sums (DcSyncPage *self,
               GArray     *sums)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < sums->len; i++) {
    DcTallySum *sum = &g_array_index (sums, DcTallySum, i);

    g_ptr_array_add (words, dc_words_gift (&sum->sum, sum->frequency,
                                           dc_page_get_language (DC_PAGE (self))));
  }
  g_ptr_array_add (words, NULL);

  return g_strjoinv (" · ", (char **) words->pdata);
}

static void
add_count (DcSyncPage *self,
           const char *caption,
           guint       count,
           DcState     state)
{
  g_autofree char *figure = g_strdup_printf ("%u", count);
  g_autofree char *sums = words_of_sums (self, self->tally->sums_by_state[state]);

  if (*sums != '\0')
    dc_rows_add_figure_of (self->counts, caption, sums, figure);
  else
    dc_rows_add_figure (self->counts, caption, figure);
}

static void
show_counts (DcSyncPage *self)
{
  const char *zone = dc_campaign_get_time_zone (dc_page_get_campaign (DC_PAGE (self)));
  const guint *counts = self->tally->all_by_state;
  g_autofree char *last = dc_words_last_success (self->tally->last_success, zone);

  add_count (self, _("On this tablet"), counts[DC_STATE_WAITING], DC_STATE_WAITING);
  add_count (self, _("Handed over"), counts[DC_STATE_DELIVERED], DC_STATE_DELIVERED);
  add_count (self, _("Confirmed by the office"), counts[DC_STATE_RECEIPTED], DC_STATE_RECEIPTED);
  add_count (self, _("Need attention"), counts[DC_STATE_REFUSED], DC_STATE_REFUSED);
  add_count (self, _("Deleted by the donor"), counts[DC_STATE_WITHDRAWN], DC_STATE_WITHDRAWN);
  dc_rows_add_figure (self->counts, _("Last handed over"), last);
}

static void
show_attention (DcSyncPage *self)
{
  guint n = self->tally->all_by_state[DC_STATE_REFUSED];
  g_autofree char *words = NULL;

  /* Translators: %u is a number of promises */
  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u promise was not accepted.",
                                        "%u promises were not accepted.", n), n);
  dc_action_row_set (self->attention, words, _("Open"));
  gtk_widget_set_visible (GTK_WIDGET (self->attention), n > 0);
}

static void
did_tally (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcSyncPage) self = user_data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->tally, dc_tally_free);
  self->tally = dc_queue_tally_finish (DC_QUEUE (source), result, &error);
  dc_rows_clear (self->counts);
  if (self->tally == NULL) {
    g_message ("The promises were not counted: %s", error->message);
    dc_rows_add_figure (self->counts, _("The promises cannot be counted just now."), "");
  } else {
    show_counts (self);
    show_attention (self);
  }
  update (self);
}

static void
count (DcSyncPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  g_autofree char *day = dc_kiosk_get_day (kiosk);

  dc_queue_tally_async (dc_kiosk_get_queue (kiosk), day, NULL, did_tally, g_object_ref (self));
}

static gboolean
on_draw (gpointer user_data)
{
  DcSyncPage *self = user_data;

  self->draw_id = 0;
  update (self);

  return G_SOURCE_REMOVE;
}

/* What came of it stands at the top of the page. */
static void
show_end (DcSyncPage *self)
{
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  count (self);
}

static void
on_changed (DcSyncPage *self)
{
  gboolean was_running = self->running;

  if (was_running && is_running (self)) {
    if (self->draw_id == 0)
      self->draw_id = g_timeout_add (DRAW_MS, on_draw, self);
    return;
  }

  g_clear_handle_id (&self->draw_id, g_source_remove);
  update (self);
  if (was_running)
    show_end (self);
}

static void
start (DcSyncPage *self,
       gboolean    everything)
{
  if (!dc_hand_over_start (get_hand_over (self), NULL, everything))
    g_message ("No run can be started now");
  update (self);
}

static void
on_main (DcSyncPage *self)
{
  if (is_running (self)) {
    dc_hand_over_stop (get_hand_over (self));
    update (self);
  } else if (leads_to_stick (self)) {
    dc_page_go (DC_PAGE (self), DC_PAGE_STICK);
  } else {
    start (self, FALSE);
  }
}

static void
on_stick (DcSyncPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_STICK);
}

static void
on_access (DcSyncPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_CREDENTIAL);
}

static void
on_attention (DcSyncPage *self)
{
  dc_page_go (DC_PAGE (self), DC_PAGE_ATTENTION);
}

static void
ask (DcSyncPage *self,
     gboolean    asked)
{
  gtk_widget_set_visible (GTK_WIDGET (self->ending), !asked);
  gtk_widget_set_visible (self->question, asked);
}

static void
on_again (DcSyncPage *self)
{
  ask (self, TRUE);
  gtk_widget_grab_focus (self->yes);
}

static void
on_no (DcSyncPage *self)
{
  ask (self, FALSE);
  dc_page_focus_heading (DC_PAGE (self));
}

static void
on_yes (DcSyncPage *self)
{
  on_no (self);
  start (self, TRUE);
}

static void
dc_sync_page_fill (DcPage *page)
{
  DcSyncPage *self = DC_SYNC_PAGE (page);
  DcHandOver *hand_over = get_hand_over (self);
  g_autofree char *name = dc_words_place (dc_hand_over_get_place (hand_over));

  dc_top_bar_fill (self->top, page);
  g_object_set (self->place, "title", name, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->again), !leads_to_stick (self));
  gtk_widget_set_visible (GTK_WIDGET (self->stick), !leads_to_stick (self));
  gtk_widget_set_visible (GTK_WIDGET (self->access), dc_hand_over_takes_credential (hand_over));
  g_signal_connect_object (hand_over, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  dc_hand_over_probe (hand_over);
  update (self);
  count (self);
}

static void
dc_sync_page_arrange (DcPage *page,
                      DcForm  form)
{
  DcSyncPage *self = DC_SYNC_PAGE (page);
  gboolean landscape = dc_form_is_landscape (form);
  GtkOrientation side = landscape ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->columns), side);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->ending), side);
  gtk_box_set_homogeneous (self->columns, landscape);
  dc_action_row_arrange (self->place, form);
  dc_action_row_arrange (self->access, form);
  dc_action_row_arrange (self->stick, form);
  dc_action_row_arrange (self->attention, form);
  dc_action_row_arrange (self->again, form);
}

static void
dc_sync_page_dispose (GObject *object)
{
  DcSyncPage *self = DC_SYNC_PAGE (object);

  g_clear_handle_id (&self->draw_id, g_source_remove);
  g_clear_pointer (&self->tally, dc_tally_free);

  G_OBJECT_CLASS (dc_sync_page_parent_class)->dispose (object);
}

static void
dc_sync_page_class_init (DcSyncPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_sync_page_dispose;
  DC_PAGE_CLASS (klass)->fill = dc_sync_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_sync_page_arrange;

  g_type_ensure (DC_TYPE_ACTION_ROW);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/sync-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, access);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, again);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, attention);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, bar);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, columns);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, counts);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, ending);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, handing_over);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, main);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, notes);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, place);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, progress);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, question);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, state);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, stick);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, top);
  gtk_widget_class_bind_template_child (widget_class, DcSyncPage, yes);
  gtk_widget_class_bind_template_callback (widget_class, on_access);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
  gtk_widget_class_bind_template_callback (widget_class, on_attention);
  gtk_widget_class_bind_template_callback (widget_class, on_main);
  gtk_widget_class_bind_template_callback (widget_class, on_no);
  gtk_widget_class_bind_template_callback (widget_class, on_stick);
  gtk_widget_class_bind_template_callback (widget_class, on_yes);
}

static void
dc_sync_page_init (DcSyncPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
