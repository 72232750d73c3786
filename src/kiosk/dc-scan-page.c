/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-scan-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-code.h"
#include "dc-heading.h"
#include "dc-split.h"
#include "dc-top-bar.h"
#include "dc-words.h"

struct _DcScanPage
{
  DcPage     parent_instance;

  DcTopBar  *top;
  DcHeading *heading;
  DcQrView  *code;
  GtkLabel  *gift;
  GtkLabel  *address;
};

G_DEFINE_FINAL_TYPE (DcScanPage, dc_scan_page, DC_TYPE_PAGE)

static void
did_count (GObject      *source,
           GAsyncResult *result,
           gpointer      unused)
{
  g_autoptr (GError) error = NULL;

  /* A count that is lost costs a figure, not a gift. */
  if (!dc_queue_count_code_finish (DC_QUEUE (source), result, &error))
    g_message ("A code shown was not counted: %s", error->message);
}

static void
dc_scan_page_fill (DcPage *page)
{
  DcScanPage *self = DC_SCAN_PAGE (page);
  DcKiosk *kiosk = dc_page_get_kiosk (page);
  DcVisit *visit = dc_page_get_visit (page);
  g_autofree char *gift = dc_words_gift (dc_visit_get_amount (visit),
                                         dc_visit_get_frequency (visit),
                                         dc_visit_get_language (visit));
  g_autofree char *day = dc_kiosk_get_day (kiosk);

  dc_top_bar_fill (self->top, page);
  gtk_label_set_label (self->gift, gift);
  gtk_label_set_label (self->address,
                       dc_campaign_get_giving_address (dc_page_get_campaign (page)));
  dc_code_show_giving (self->code, page, dc_visit_get_amount (visit),
                       dc_visit_get_frequency (visit), dc_visit_get_scan_reference (visit));
  if (!dc_visit_is_practice (visit) && dc_visit_begin_scan (visit))
    dc_queue_count_code_async (dc_kiosk_get_queue (kiosk), day, did_count, NULL);
}

static void
dc_scan_page_class_init (DcScanPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_scan_page_fill;

  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_QR_VIEW);
  g_type_ensure (DC_TYPE_SPLIT);
  g_type_ensure (DC_TYPE_TOP_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/scan-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcScanPage, address);
  gtk_widget_class_bind_template_child (widget_class, DcScanPage, code);
  gtk_widget_class_bind_template_child (widget_class, DcScanPage, gift);
  gtk_widget_class_bind_template_child (widget_class, DcScanPage, heading);
  gtk_widget_class_bind_template_child (widget_class, DcScanPage, top);
}

static void
dc_scan_page_init (DcScanPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
