/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-story.h"

#include "dc-drawing.h"
#include "dc-heading.h"
#include "dc-text.h"

struct _DcStory
{
  GtkWidget  parent_instance;

  GtkWidget *box;
  DcDrawing *picture;
  DcHeading *heading;
  GtkLabel  *text;
  GtkLabel  *source;
};

G_DEFINE_FINAL_TYPE (DcStory, dc_story, GTK_TYPE_WIDGET)

static void
dc_story_dispose (GObject *object)
{
  g_clear_pointer (&DC_STORY (object)->box, gtk_widget_unparent);

  G_OBJECT_CLASS (dc_story_parent_class)->dispose (object);
}

static void
dc_story_class_init (DcStoryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dc_story_dispose;

  g_type_ensure (DC_TYPE_DRAWING);
  g_type_ensure (DC_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/dailycup/DailyCup/story.ui");
  gtk_widget_class_bind_template_child (widget_class, DcStory, box);
  gtk_widget_class_bind_template_child (widget_class, DcStory, heading);
  gtk_widget_class_bind_template_child (widget_class, DcStory, picture);
  gtk_widget_class_bind_template_child (widget_class, DcStory, source);
  gtk_widget_class_bind_template_child (widget_class, DcStory, text);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "story");
}

static void
dc_story_init (DcStory *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
dc_story_new (DcPage *page,
              guint   story)
{
  DcStory *self = g_object_new (DC_TYPE_STORY, NULL);
  DcCampaign *campaign = dc_page_get_campaign (page);
  const char *language = dc_page_get_language (page);
  const char *source = dc_campaign_get_story_source (campaign, story, language);
  g_autofree char *heading =
    dc_text_in_lines (dc_campaign_get_story_heading (campaign, story, language));

  dc_drawing_set_svg (self->picture,
                      dc_pack_get_file (dc_kiosk_get_pack (dc_page_get_kiosk (page)),
                                        dc_campaign_get_story_picture (campaign, story)),
                      NULL);
  dc_drawing_set_alternative (self->picture, dc_campaign_get_story_alt (campaign, story, language));
  dc_heading_set_label (self->heading, heading);
  gtk_label_set_label (self->text, dc_campaign_get_story_text (campaign, story, language));
  gtk_label_set_label (self->source, source != NULL ? source : "");
  gtk_widget_set_visible (GTK_WIDGET (self->source), source != NULL);

  return GTK_WIDGET (self);
}
