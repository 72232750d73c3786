/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-stall-paper.h"

#include <glib/gi18n-lib.h>

#include "dc-pen.h"
#include "dc-text.h"

/* From above: the picture, the invitation, the code beside its words, and who
 * asks. Read from three metres, and the code from more than one. */

#define MM        DC_MM
#define WIDTH     (297 * MM)
#define HEIGHT    (420 * MM)
#define MARGIN    (22 * MM)
#define PICTURE   (158 * MM)
#define CODE      (128 * MM)
#define CODE_TOP  (250 * MM)
#define FOOT      (391 * MM)

static const DcType appeal_type = { DC_FACE_BOLD, 22, 14, DC_SEA, FALSE };
static const DcType invitation_type = { DC_FACE_SERIF, 76, 36, DC_INK, FALSE };
static const DcType scan_type = { DC_FACE_SERIF, 44, 26, DC_INK, FALSE };
static const DcType help_type = { DC_FACE_SANS, 19, 13, DC_SOFT, FALSE };
static const DcType address_type = { DC_FACE_BOLD, 28, 10, DC_SEA, FALSE };
static const DcType foot_type = { DC_FACE_BOLD, 16, 11, DC_INK, FALSE };
static const DcType closing_type = { DC_FACE_SERIF, 20, 12, DC_SOFT, FALSE };
static const DcType demo_type = { DC_FACE_BOLD, 17, 11, DC_INK, TRUE };

static void
draw_words (const DcStallPaper *paper,
            const DcPen        *pen)
{
  const char *invitation = dc_campaign_get_invitation (paper->campaign, paper->language);
  g_autofree char *lines = dc_text_in_lines (invitation);
  double y = PICTURE + 13 * MM;

  y += dc_pen_text (pen, &appeal_type, (DcPlace) { MARGIN, y, WIDTH - 2 * MARGIN, 10 * MM },
                    dc_campaign_get_name (paper->campaign, paper->language)) + 3 * MM;
  dc_pen_text (pen, &invitation_type, (DcPlace) { MARGIN, y, WIDTH - 2 * MARGIN, CODE_TOP - y - 8 * MM }, lines);
}

static void
draw_code (const DcStallPaper *paper,
           const DcPen        *pen)
{
  double left = MARGIN + CODE + 13 * MM;
  double width = WIDTH - MARGIN - left;
  double y = CODE_TOP + 6 * MM;

  dc_pen_box (pen, (DcPlace) { MARGIN, CODE_TOP, CODE, CODE }, 7 * MM, DC_WHITE);
  dc_pen_symbol (pen, (DcPlace) { MARGIN, CODE_TOP, CODE, CODE }, paper->symbol);
  y += dc_pen_text (pen, &scan_type, (DcPlace) { left, y, width, 52 * MM },
                    _("Give with your own phone.")) + 6 * MM;
  y += dc_pen_text (pen, &help_type, (DcPlace) { left, y, width, 34 * MM },
                    _("Point its camera at the code. You choose how much, once or every month.")) + 9 * MM;
  y += dc_pen_text (pen, &help_type, (DcPlace) { left, y, width, 11 * MM },
                    /* Translators: below it stands an internet address */
                    _("Or type:")) + 1.5 * MM;
  dc_pen_text (pen, &address_type, (DcPlace) { left, y, width, 14 * MM },
               dc_campaign_get_giving_address (paper->campaign));
}

static gboolean
draw_foot (const DcStallPaper  *paper,
           const DcPen         *pen,
           GError             **error)
{
  double height = 16 * MM;
  double left = dc_pen_picture (pen, (DcPlace) { MARGIN, FOOT, 40 * MM, height }, paper->logo, FALSE, error);

  if (left < 0)
    return FALSE;
  left += MARGIN + 5 * MM;
  dc_pen_text (pen, &foot_type, (DcPlace) { left, FOOT + 1 * MM, WIDTH - MARGIN - left, 7 * MM },
               dc_campaign_get_organisation (paper->campaign, paper->language));
  dc_pen_text (pen, &closing_type, (DcPlace) { left, FOOT + 8 * MM, WIDTH - MARGIN - left, 9 * MM },
               dc_campaign_get_closing (paper->campaign, paper->language));

  return TRUE;
}

static void
draw_demo (const DcStallPaper *paper,
           const DcPen        *pen)
{
  if (!dc_campaign_is_demo (paper->campaign))
    return;

  dc_pen_box (pen, (DcPlace) { 0, 0, WIDTH, 14 * MM }, 0, DC_GOLD);
  dc_pen_text (pen, &demo_type, (DcPlace) { MARGIN, 3.5 * MM, WIDTH - 2 * MARGIN, 8 * MM },
               /* Translators: in a band across a poster */
               _("Demonstration: no gift reaches anyone through this code."));
}

GBytes *
dc_poster_draw (const DcStallPaper  *paper,
                GError             **error)
{
  const char *name = dc_campaign_get_name (paper->campaign, paper->language);
  g_autoptr (DcPdf) pdf = dc_pdf_new (name, WIDTH, HEIGHT);
  DcPen pen = dc_pen_new (pdf, name);

  dc_pen_box (&pen, (DcPlace) { 0, 0, WIDTH, HEIGHT }, 0, DC_GROUND);
  if (dc_pen_picture (&pen, (DcPlace) { 0, 0, WIDTH, PICTURE }, paper->picture, TRUE, error) < 0)
    return NULL;
  draw_words (paper, &pen);
  draw_code (paper, &pen);
  if (!draw_foot (paper, &pen, error))
    return NULL;
  draw_demo (paper, &pen);

  return dc_pdf_finish (pdf, error);
}
