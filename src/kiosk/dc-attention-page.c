/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-attention-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-action-row.h"
#include "dc-heading.h"
#include "dc-rows.h"
#include "dc-top-bar.h"
#include "dc-words-delivery.h"

/* Who has more of them telephones with the office before reading on. */
#define SHOWN_MOST 50

struct _DcAttentionPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  GtkLabel  *state;
  GtkBox    *records;
  GtkLabel  *more;
  GtkWidget *all;

  DcForm     form;
};

G_DEFINE_FINAL_TYPE (DcAttentionPage, dc_attention_page, DC_TYPE_PAGE)

static void show_all (DcAttentionPage *self);

static DcQueue *
get_queue (DcAttentionPage *self)
{
  return dc_kiosk_get_queue (dc_page_get_kiosk (DC_PAGE (self)));
}

static void
did_retry (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (DcAttentionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  guint n = 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self->records), TRUE);
  gtk_widget_set_sensitive (self->all, TRUE);
  if (!dc_queue_retry_finish (DC_QUEUE (source), result, &n, &error)) {
    g_message ("No promise waits again: %s", error->message);
    gtk_label_set_label (self->state, dc_words_delivery_error (error, FALSE));
    return;
  }

  words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                        /* Translators: %u is a number of promises;
                                         * “Sync” is the button of the page before */
                                        "%u promise waits again, and goes with the next Sync.",
                                        "%u promises wait again, and go with the next Sync.", n), n);
  gtk_label_set_label (self->state, words);
  show_all (self);
}

/* @id: NULL for all. */
static void
retry (DcAttentionPage *self,
       const DcId      *id)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->records), FALSE);
  gtk_widget_set_sensitive (self->all, FALSE);
  dc_queue_retry_async (get_queue (self), id, did_retry, g_object_ref (self));
}

static void
on_retry (DcAttentionPage *self,
          DcActionRow     *row)
{
  retry (self, g_object_get_data (G_OBJECT (row), "id"));
}

static void
on_all (DcAttentionPage *self)
{
  retry (self, NULL);
}

/* What the disk has damaged stays where it is. */
static gboolean
may_retry (const DcRefusal *refusal)
{
  return !g_str_equal (refusal->reason, DC_REFUSAL_DAMAGED);
}

static void
add_record (DcAttentionPage *self,
            const DcRefusal *refusal)
{
  GtkWidget *row = g_object_new (DC_TYPE_ACTION_ROW, NULL);
  g_autofree char *title = dc_words_refusal_title (refusal, dc_page_get_language (DC_PAGE (self)));
  g_autofree char *reason = dc_words_refused (refusal->reason);

  g_object_set (row, "title", title, NULL);
  /* Translators: a button beside a promise that was not accepted */
  dc_action_row_set (DC_ACTION_ROW (row), reason, may_retry (refusal) ? _("Try again") : "");
  dc_action_row_arrange (DC_ACTION_ROW (row), self->form);
  g_object_set_data_full (G_OBJECT (row), "id", g_memdup2 (&refusal->id, sizeof refusal->id),
                          g_free);
  g_signal_connect_object (row, "pressed", G_CALLBACK (on_retry), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->records, row);
}

static void
show_records (DcAttentionPage *self,
              GPtrArray       *refusals)
{
  gboolean any = FALSE;

  for (guint i = 0; i < MIN (refusals->len, SHOWN_MOST); i++) {
    add_record (self, refusals->pdata[i]);
    any |= may_retry (refusals->pdata[i]);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->records), refusals->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), refusals->len > SHOWN_MOST);
  gtk_widget_set_visible (self->all, any || refusals->len > SHOWN_MOST);
  if (refusals->len == 0 && *gtk_label_get_label (self->state) == '\0')
    gtk_label_set_label (self->state, _("Every promise was accepted."));
}

static void
did_list (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (DcAttentionPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) refusals = dc_queue_refusals_finish (DC_QUEUE (source), result, &error);

  dc_rows_clear (self->records);
  if (refusals == NULL) {
    g_message ("What needs attention was not read: %s", error->message);
    gtk_label_set_label (self->state, dc_words_delivery_error (error, FALSE));
    refusals = g_ptr_array_new ();
  }
  show_records (self, refusals);
}

static void
show_all (DcAttentionPage *self)
{
  dc_queue_refusals_async (get_queue (self), SHOWN_MOST + 1, did_list, g_object_ref (self));
}

static void
dc_attention_page_fill (DcPage *page)
{
  DcAttentionPage *self = DC_ATTENTION_PAGE (page);

  dc_top_bar_fill (self->top, page);
  show_all (self);
}

static void
dc_attention_page_arrange (DcPage *page,
                           DcForm  form)
{
  DcAttentionPage *self = DC_ATTENTION_PAGE (page);

  self->form = form;
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->records));
       row != NULL;
       row = gtk_widget_get_next_sibling (row))
    dc_action_row_arrange (DC_ACTION_ROW (row), form);
}

static void
dc_attention_page_class_init (DcAttentionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_attention_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_attention_page_arrange;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/attention-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcAttentionPage, all);
  gtk_widget_class_bind_template_child (widget_class, DcAttentionPage, more);
  gtk_widget_class_bind_template_child (widget_class, DcAttentionPage, records);
  gtk_widget_class_bind_template_child (widget_class, DcAttentionPage, state);
  gtk_widget_class_bind_template_child (widget_class, DcAttentionPage, top);
  gtk_widget_class_bind_template_callback (widget_class, on_all);
}

static void
dc_attention_page_init (DcAttentionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
