/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-page.h"

G_BEGIN_DECLS

/**
 * DcStory:
 *
 * One picture of the appeal with its heading and its sentences.
 */
#define DC_TYPE_STORY (dc_story_get_type ())
G_DECLARE_FINAL_TYPE (DcStory, dc_story, DC, STORY, GtkWidget)

/* (transfer floating) */
GtkWidget *dc_story_new (DcPage *page,
                         guint   story);

G_END_DECLS
