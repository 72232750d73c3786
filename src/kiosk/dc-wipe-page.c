/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-wipe-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-heading.h"
#include "dc-label.h"
#include "dc-tick.h"
#include "dc-top-bar.h"

struct _DcWipePage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkLabel  *waits;
  GtkLabel  *set_aside;
  DcTick    *lose;        /* only where something would be lost */
  GtkLabel  *caption;
  GtkEntry  *typed;
  GtkWidget *wipe;
  GtkLabel  *problem;

  gboolean   counted;
};

G_DEFINE_FINAL_TYPE (DcWipePage, dc_wipe_page, DC_TYPE_PAGE)

/* Translators: what the coordinator types to delete everything on the tablet; one
 * word of letters that every keyboard of the language has */
#define WORD N_("delete")

static gboolean
word_is_typed (DcWipePage *self)
{
  g_autofree char *typed = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->typed)), -1);
  g_autofree char *word = g_utf8_casefold (_(WORD), -1);

  return g_str_equal (g_strstrip (typed), word);
}

static void
update (DcWipePage *self)
{
  gboolean may_lose = !gtk_widget_get_visible (GTK_WIDGET (self->lose))
                      || dc_tick_get_active (self->lose);

  gtk_widget_set_sensitive (self->wipe, self->counted && may_lose && word_is_typed (self));
}

static char *
words_of_waiting (guint n)
{
  if (n == 0)
    return g_strdup (_("No promise waits on this tablet: all were handed over."));

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: %u is a number of promises */
                                       "%u promise waits on this tablet and was not handed over. Nobody else has it. Hand it over first.",
                                       "%u promises wait on this tablet and were not handed over. Nobody else has them. Hand them over first.",
                                       n), n);
}

/* Practice and notes of what was undone wait too; who counts all errs on the safe side. */
static guint
count_waiting (DcTally *tally)
{
  return tally->by_state[DC_STATE_WAITING] + tally->by_state[DC_STATE_REFUSED];
}

static void
did_tally (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcWipePage) self = user_data;
  g_autoptr (DcTally) tally = dc_queue_tally_finish (DC_QUEUE (source), result, NULL);
  g_autofree char *words = tally != NULL ? words_of_waiting (count_waiting (tally)) : NULL;
  gboolean lost = tally == NULL || count_waiting (tally) > 0 || tally->set_aside > 0;

  self->counted = TRUE;
  gtk_label_set_label (self->waits, words != NULL ? words
                       : _("The promises cannot be counted just now. Some may wait that nobody else has."));
  dc_label_say (self->set_aside, tally != NULL && tally->set_aside > 0
                ? _("There are stores of promises that were put aside for the office. They would be deleted too.") : "");
  gtk_widget_set_visible (GTK_WIDGET (self->lose), lost);
  update (self);
}

static void
on_wipe (DcWipePage *self)
{
  DcKiosk *kiosk = dc_page_get_kiosk (DC_PAGE (self));
  g_autoptr (GError) error = NULL;

  if (!gtk_widget_get_sensitive (self->wipe))
    return;
  if (dc_hand_over_get_state (dc_kiosk_get_hand_over (kiosk)) == DC_HAND_OVER_RUNNING) {
    dc_label_say (self->problem, _("Promises are being handed over. Please wait until that has ended."));
    return;
  }
  if (!dc_kiosk_wipe (kiosk, &error)) {
    g_warning ("Nothing was deleted: %s", error->message);
    dc_label_say (self->problem, _("Nothing was deleted: this could not be written down. Please try again."));
  }
}

static void
dc_wipe_page_fill (DcPage *page)
{
  DcWipePage *self = DC_WIPE_PAGE (page);
  DcKiosk *kiosk = dc_page_get_kiosk (page);
  g_autofree char *day = dc_kiosk_get_day (kiosk);
  /* Translators: above a field; %s is one word, which is to be typed */
  g_autofree char *caption = g_strdup_printf (_("To delete everything, type “%s”"), _(WORD));

  dc_top_bar_fill (self->top, page);
  gtk_label_set_label (self->caption, caption);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->typed), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  caption, -1);
  update (self);
  dc_queue_tally_async (dc_kiosk_get_queue (kiosk), day, NULL, did_tally, g_object_ref (self));
}

static void
dc_wipe_page_class_init (DcWipePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_wipe_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TICK);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/wipe-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcWipePage, caption);
  gtk_widget_class_bind_template_child (widget_class, DcWipePage, lose);
  gtk_widget_class_bind_template_child (widget_class, DcWipePage, problem);
  gtk_widget_class_bind_template_child (widget_class, DcWipePage, set_aside);
  gtk_widget_class_bind_template_child (widget_class, DcWipePage, top);
  gtk_widget_class_bind_template_child (widget_class, DcWipePage, typed);
  gtk_widget_class_bind_template_child (widget_class, DcWipePage, waits);
  gtk_widget_class_bind_template_child (widget_class, DcWipePage, wipe);
  gtk_widget_class_bind_template_callback (widget_class, on_wipe);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
dc_wipe_page_init (DcWipePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
