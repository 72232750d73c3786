/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-ready-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-action-row.h"
#include "dc-code.h"
#include "dc-heading.h"
#include "dc-label.h"
#include "dc-ready-run.h"
#include "dc-top-bar.h"
#include "dc-words-delivery.h"
#include "dc-words-ready.h"

/* The codes come last, since they need the screen: each is shown in the page's
 * own view, drawn with it, and read back from the pixels before the next. */

/* The scan page's code, logical pixels, and what lies beside it. */
#define SCAN_SIDE 492
#define SCAN_EDGE 56

struct _DcReadyPage
{
  DcPage        parent_instance;

  DcTopBar     *top;
  GtkLabel     *sum;
  GtkLabel     *when;
  GtkLabel     *progress;
  DcQrView     *code;
  GtkBox       *rows;
  GtkWidget    *begin;

  DcForm        form;
  DcReadyRun   *run;        /* while it looks */
  DcReadyFacts  facts;
  guint         language;   /* of the code that is drawn, by its number */
  guint         nth;
  guint         tick_id;
};

G_DEFINE_FINAL_TYPE (DcReadyPage, dc_ready_page, DC_TYPE_PAGE)

static char *
get_path (DcReadyPage *self)
{
  return g_build_filename (dc_kiosk_get_state_directory (dc_page_get_kiosk (DC_PAGE (self))),
                           "readiness.ini", NULL);
}

static void
show_note (DcReadyPage       *self,
           const DcReadiness *note)
{
  const char *zone = dc_campaign_get_time_zone (dc_page_get_campaign (DC_PAGE (self)));
  g_autofree char *sum = NULL;
  g_autofree char *moment = NULL;
  g_autofree char *when = NULL;

  if (note->at_s == 0) {
    dc_label_say (self->sum, _("This tablet has not been checked yet."));
    dc_label_say (self->when, "");
    return;
  }

  sum = dc_words_ready_sum (note);
  moment = dc_words_moment (note->at_s * G_USEC_PER_SEC, zone);
  /* Translators: %s is “Friday 18 December 2026, 14:05” */
  when = g_strdup_printf (_("Checked: %s"), moment);
  dc_label_say_outcome (self->sum, sum, dc_readiness_count (note, DC_READY_RED) > 0);
  dc_label_say (self->when, when);
}

static void
on_mend (DcActionRow *row,
         gpointer     page)
{
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (row), DC_TYPE_READY_PAGE);

  dc_page_go (DC_PAGE (self), (DcPageId) GPOINTER_TO_INT (page));
}

static GtkWidget *
row_new (DcReadyPage  *self,
         DcReadyCheck  check,
         DcReadyFound  found)
{
  static const char * const classes[] = { "green", "amber", "red" };
  DcReadyLevel level = dc_readiness_level (found);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *chip = gtk_label_new (dc_words_ready_level (level));
  GtkWidget *row = g_object_new (DC_TYPE_ACTION_ROW, "title", dc_words_ready_title (check),
                                 "hexpand", TRUE, NULL);
  g_autofree char *words = dc_words_ready (found, &self->facts);
  DcPageId page;
  gboolean can_mend = dc_words_ready_mend (found, &page);

  gtk_widget_add_css_class (box, "checked");
  gtk_widget_add_css_class (chip, "level");
  gtk_widget_add_css_class (chip, classes[level]);
  gtk_widget_set_valign (chip, GTK_ALIGN_START);
  gtk_widget_set_halign (chip, GTK_ALIGN_START);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (box), self->form == DC_FORM_PHONE
                                  ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  /* Translators: a button: to the page where what is wrong can be mended */
  dc_action_row_set (DC_ACTION_ROW (row), words, can_mend ? _("Mend") : "");
  dc_action_row_arrange (DC_ACTION_ROW (row), self->form);
  if (can_mend)
    g_signal_connect (row, "pressed", G_CALLBACK (on_mend), GINT_TO_POINTER (page));
  gtk_box_append (GTK_BOX (box), chip);
  gtk_box_append (GTK_BOX (box), row);

  return box;
}

static void
clear_rows (DcReadyPage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_box_remove (self->rows, row);
}

/* What is to be mended first, then what to note. */
static void
show_rows (DcReadyPage *self)
{
  for (int level = DC_READY_RED; level >= DC_READY_GREEN; level--) {
    for (DcReadyCheck check = 0; check < DC_N_READY_CHECKS; check++) {
      DcReadyFound found = dc_readiness_judge (&self->facts, check);

      if ((int) dc_readiness_level (found) == level)
        gtk_box_append (self->rows, row_new (self, check, found));
    }
  }
  gtk_widget_set_visible (GTK_WIDGET (self->rows), TRUE);
}

static void
set_busy (DcReadyPage *self,
          gboolean     busy)
{
  gtk_widget_set_sensitive (self->begin, !busy);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
}

static void
finish (DcReadyPage *self)
{
  g_autofree char *path = get_path (self);
  g_autoptr (GError) error = NULL;
  DcReadiness note;
  DcStamp stamp;

  dc_clock_now (dc_kiosk_get_clock (dc_page_get_kiosk (DC_PAGE (self))), &stamp);
  note.at_s = stamp.utc_us / G_USEC_PER_SEC;
  for (DcReadyCheck check = 0; check < DC_N_READY_CHECKS; check++)
    note.levels[check] = dc_readiness_level (dc_readiness_judge (&self->facts, check));
  if (!dc_readiness_save (&note, path, &error))
    g_warning ("The outcome of the check is not kept: %s", error->message);

  gtk_widget_set_visible (GTK_WIDGET (self->code), FALSE);
  show_note (self, &note);
  show_rows (self);
  set_busy (self, FALSE);
}

/* Of the code on the scan page, on this screen. */
static guint
measure_reach (DcReadyPage *self)
{
  GtkNative *native = gtk_widget_get_native (GTK_WIDGET (self));
  GdkSurface *surface = gtk_native_get_surface (native);
  GdkMonitor *monitor = gdk_display_get_monitor_at_surface (gdk_surface_get_display (surface), surface);
  DcSymbol *symbol = dc_qr_view_get_symbol (self->code);
  int side = MIN (SCAN_SIDE, gtk_widget_get_width (GTK_WIDGET (native)) - SCAN_EDGE);
  GdkRectangle area = { 0 };
  int modules;

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &area);
  if (symbol == NULL || area.width <= 0 || gdk_monitor_get_width_mm (monitor) <= 0)
    return 0;

  modules = (int) dc_symbol_get_size (symbol) + 2 * DC_SYMBOL_QUIET;

  return dc_readiness_reach ((guint) (side / modules * gdk_monitor_get_width_mm (monitor) * 1000
                                      / area.width));
}

/* FALSE: there was no other to show. */
static gboolean
show_code (DcReadyPage *self)
{
  const char * const *languages = dc_campaign_get_languages (dc_page_get_campaign (DC_PAGE (self)));

  while (languages[self->language] != NULL) {
    if (dc_code_show_nth (self->code, DC_PAGE (self), languages[self->language], self->nth)) {
      self->facts.codes++;
      return TRUE;
    }
    self->language++;
    self->nth = 0;
  }

  return FALSE;
}

/* Each frame: the code that was drawn in the last one. */
static gboolean
on_tick (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       unused)
{
  DcReadyPage *self = DC_READY_PAGE (widget);
  g_autoptr (GError) error = NULL;
  gboolean drawn = dc_qr_view_get_symbol (self->code) != NULL;

  if (drawn && !dc_qr_view_matches (self->code, &error)
      && g_error_matches (error, DC_QR_VIEW_ERROR, DC_QR_VIEW_ERROR_NOT_DRAWN)) {
    gtk_widget_queue_draw (GTK_WIDGET (self->code));
    return G_SOURCE_CONTINUE;
  }
  if (!drawn || error != NULL) {
    g_warning ("A code is not drawn as it should be: %s", error != NULL ? error->message : "too large");
    self->facts.codes_wrong++;
  }
  if (self->nth == 1)
    self->facts.reach_cm = measure_reach (self);

  self->nth++;
  if (show_code (self))
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  finish (self);

  return G_SOURCE_REMOVE;
}

static void
on_done (DcReadyPage *self)
{
  g_clear_object (&self->run);
  gtk_label_set_label (self->progress, _("The codes are drawn and compared."));
  gtk_widget_set_visible (GTK_WIDGET (self->code), TRUE);
  self->language = self->nth = 0;
  if (show_code (self))
    self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
  else
    finish (self);
}

static void
on_begin (DcReadyPage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));

  if (self->run != NULL || self->tick_id != 0)
    return;

  clear_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self->rows), FALSE);
  gtk_label_set_label (self->progress, _("The appeal, the tablet and the place where promises go are looked at. "
                                         "This takes half a minute at most."));
  set_busy (self, TRUE);
  self->run = dc_ready_run_new (kiosk);
  g_signal_connect_object (self->run, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  dc_ready_run_start (self->run, &self->facts);
}

static void
dc_ready_page_fill (DcPage *page)
{
  DcReadyPage *self = DC_READY_PAGE (page);
  g_autofree char *path = get_path (self);
  DcReadiness note;

  dc_top_bar_fill (self->top, page);
  dc_readiness_load (&note, path);
  show_note (self, &note);
}

static void
dc_ready_page_arrange (DcPage *page,
                       DcForm  form)
{
  DcReadyPage *self = DC_READY_PAGE (page);

  self->form = form;
  if (gtk_widget_get_first_child (GTK_WIDGET (self->rows)) != NULL) {
    clear_rows (self);
    show_rows (self);
  }
}

static void
dc_ready_page_dispose (GObject *object)
{
  DcReadyPage *self = DC_READY_PAGE (object);

  if (self->run != NULL)
    dc_ready_run_forget (self->run);
  g_clear_object (&self->run);

  G_OBJECT_CLASS (dc_ready_page_parent_class)->dispose (object);
}

static void
dc_ready_page_class_init (DcReadyPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_ready_page_dispose;
  DC_PAGE_CLASS (klass)->fill = dc_ready_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_ready_page_arrange;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_QR_VIEW);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/ready-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcReadyPage, begin);
  gtk_widget_class_bind_template_child (widget_class, DcReadyPage, code);
  gtk_widget_class_bind_template_child (widget_class, DcReadyPage, progress);
  gtk_widget_class_bind_template_child (widget_class, DcReadyPage, rows);
  gtk_widget_class_bind_template_child (widget_class, DcReadyPage, sum);
  gtk_widget_class_bind_template_child (widget_class, DcReadyPage, top);
  gtk_widget_class_bind_template_child (widget_class, DcReadyPage, when);
  gtk_widget_class_bind_template_callback (widget_class, on_begin);
}

static void
dc_ready_page_init (DcReadyPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
