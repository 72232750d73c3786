/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-welcome-page.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-brand.h"
#include "dc-code.h"
#include "dc-heading.h"
#include "dc-language-bar.h"
#include "dc-split.h"
#include "dc-story.h"
#include "dc-text.h"

/* Long enough to read a story twice. */
#define STORY_SECONDS 9

struct _DcWelcomePage
{
  DcPage         parent_instance;

  DcBrand       *brand;
  AdwCarousel   *carousel;
  DcLanguageBar *languages;
  GtkBox        *panel;
  GtkBox        *invite;
  DcHeading     *invitation;
  DcQrView      *code;
  GtkLabel      *address;

  guint          timer;
};

G_DEFINE_FINAL_TYPE (DcWelcomePage, dc_welcome_page, DC_TYPE_PAGE)

static gboolean
on_next_story (gpointer user_data)
{
  DcWelcomePage *self = user_data;
  guint n = adw_carousel_get_n_pages (self->carousel);
  guint next = ((guint) (adw_carousel_get_position (self->carousel) + 0.5) + 1) % n;

  adw_carousel_scroll_to (self->carousel,
                          adw_carousel_get_nth_page (self->carousel, next), TRUE);

  return G_SOURCE_CONTINUE;
}

static void
restart_story (DcWelcomePage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (gtk_widget_get_mapped (GTK_WIDGET (self))
      && adw_carousel_get_n_pages (self->carousel) > 1)
    self->timer = g_timeout_add_seconds (STORY_SECONDS, on_next_story, self);
}

static void
dc_welcome_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (dc_welcome_page_parent_class)->map (widget);
  restart_story (DC_WELCOME_PAGE (widget));
}

static void
dc_welcome_page_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&DC_WELCOME_PAGE (widget)->timer, g_source_remove);
  GTK_WIDGET_CLASS (dc_welcome_page_parent_class)->unmap (widget);
}

static void
dc_welcome_page_fill (DcPage *page)
{
  DcWelcomePage *self = DC_WELCOME_PAGE (page);
  DcCampaign *campaign = dc_page_get_campaign (page);
  const char *language = dc_page_get_language (page);
  g_autofree char *invitation = dc_text_in_lines (dc_campaign_get_invitation (campaign, language));

  dc_brand_fill (self->brand, page, FALSE);
  dc_language_bar_fill (self->languages, page);
  dc_heading_set_label (self->invitation, invitation);
  gtk_label_set_label (self->address, dc_campaign_get_giving_address (campaign));
  dc_code_show_giving (self->code, page, NULL, DC_FREQUENCY_ONCE, NULL);

  for (guint i = 0; i < dc_campaign_get_n_stories (campaign); i++)
    adw_carousel_append (self->carousel, dc_story_new (page, i));
}

/* Modules of the giving address: a symbol of version 3 and its quiet zone. */
#define CODE_MODULES 37

/* Pixels of the code's side: as many whole ones a module as the page allows,
 * for they decide from how far it reads. */
static int
side_of (DcForm form)
{
  switch (form) {
  case DC_FORM_LANDSCAPE:
    return CODE_MODULES * 8;
  case DC_FORM_LARGE_PORTRAIT:
    return CODE_MODULES * 9;
  case DC_FORM_PORTRAIT:
  case DC_FORM_LOW_LANDSCAPE:
    return CODE_MODULES * 5;
  case DC_FORM_PHONE:
  default:
    return CODE_MODULES * 4;
  }
}

/* In landscape the panel is a column at the side; in portrait the button and
 * the code stand side by side at the thumb, the languages below them. */
static void
dc_welcome_page_arrange (DcPage *page,
                         DcForm  form)
{
  DcWelcomePage *self = DC_WELCOME_PAGE (page);
  gboolean landscape = dc_form_is_landscape (form);
  GtkWidget *languages = GTK_WIDGET (self->languages);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->invite),
                                  landscape ? GTK_ORIENTATION_VERTICAL
                                            : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_reorder_child_after (self->panel, languages,
                               landscape ? NULL : GTK_WIDGET (self->invite));
  dc_qr_view_set_natural_side (self->code, side_of (form));
  /* A bar above, as while somebody practises, takes from a low screen's height. */
  dc_qr_view_set_minimum_side (self->code, form == DC_FORM_LANDSCAPE ? CODE_MODULES * 6
                                                                    : side_of (form));
  gtk_widget_set_halign (languages, landscape ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
}

static void
dc_welcome_page_class_init (DcWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  DC_PAGE_CLASS (klass)->fill = dc_welcome_page_fill;
  DC_PAGE_CLASS (klass)->arrange = dc_welcome_page_arrange;
  widget_class->map = dc_welcome_page_map;
  widget_class->unmap = dc_welcome_page_unmap;

  g_type_ensure (DC_TYPE_BRAND);
  g_type_ensure (DC_TYPE_HEADING);
  g_type_ensure (DC_TYPE_LANGUAGE_BAR);
  g_type_ensure (DC_TYPE_QR_VIEW);
  g_type_ensure (DC_TYPE_SPLIT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, DcWelcomePage, address);
  gtk_widget_class_bind_template_child (widget_class, DcWelcomePage, brand);
  gtk_widget_class_bind_template_child (widget_class, DcWelcomePage, carousel);
  gtk_widget_class_bind_template_child (widget_class, DcWelcomePage, code);
  gtk_widget_class_bind_template_child (widget_class, DcWelcomePage, invitation);
  gtk_widget_class_bind_template_child (widget_class, DcWelcomePage, invite);
  gtk_widget_class_bind_template_child (widget_class, DcWelcomePage, languages);
  gtk_widget_class_bind_template_child (widget_class, DcWelcomePage, panel);
  gtk_widget_class_bind_template_callback (widget_class, restart_story);
}

static void
dc_welcome_page_init (DcWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
