/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-stall-paper.h"

#include <glib/gi18n-lib.h>

#include "dc-pen.h"

/* Held in one hand: what to do in order, what to do when it fails, whom to call. */

#define MM     DC_MM
#define WIDTH  (105 * MM)
#define HEIGHT (148 * MM)
#define MARGIN (9 * MM)
#define INNER  (WIDTH - 2 * MARGIN)
#define NUMBER (7 * MM)
/* Whom to call stands in a box at the foot. */
#define FOOT   (121 * MM)

static const DcType title_type = { DC_FACE_SERIF, 19, 13, DC_INK, FALSE };
static const DcType appeal_type = { DC_FACE_BOLD, 7.6, 6, DC_SEA, FALSE };
static const DcType heading_type = { DC_FACE_BOLD, 8.6, 7, DC_SEA, FALSE };
static const DcType number_type = { DC_FACE_SERIF, 14, 12, DC_SEA, FALSE };
static const DcType text_type = { DC_FACE_SANS, 7.8, 6.2, DC_INK, FALSE };
static const DcType call_type = { DC_FACE_SANS, 8.4, 6.5, DC_WHITE, FALSE };
static const DcType phone_type = { DC_FACE_BOLD, 15, 9, DC_WHITE, FALSE };

static double
draw_steps (const DcPen *pen,
            double       y)
{
  const char *steps[] = {
    _("Let people tap for themselves; it asks for nothing before they choose."),
    _("Your page: press the logo long, type the PIN, begin your shift with your code."),
    _("For who would rather not type: “Type for a donor”. They tick what they agree to, never you."),
    _("Write no name down but on the tablet or on a paper form."),
    _("At the end, end your shift; the coordinator does the rest."),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree char *number = g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);
    double height;

    dc_pen_text (pen, &number_type, (DcPlace) { MARGIN, y - 1 * MM, NUMBER, 7 * MM }, number);
    height = dc_pen_text (pen, &text_type, (DcPlace) { MARGIN + NUMBER, y, INNER - NUMBER, 17 * MM }, steps[i]);
    y += MAX (height, 5 * MM) + 1.4 * MM;
  }

  return y;
}

static void
draw_trouble (const DcPen *pen,
              double       y)
{
  y += dc_pen_text (pen, &heading_type, (DcPlace) { MARGIN, y, INNER, 8 * MM },
                    _("If the tablet stops")) + 1 * MM;
  dc_pen_text (pen, &text_type, (DcPlace) { MARGIN, y, INNER, FOOT - y - 3 * MM },
               _("Wait a minute: it starts again by itself, and no promise is lost. If it does not, put up the poster "
                 "and use the paper forms. Keep filled forms face down, and hand them to the coordinator the same "
                 "day."));
}

static void
draw_call (const DcStallPaper *paper,
           const DcPen        *pen)
{
  const char *whom = dc_campaign_get_coordinator (paper->campaign, paper->language);
  const char *phone = dc_campaign_get_coordinator_phone (paper->campaign);
  double y = FOOT + 4 * MM;

  dc_pen_box (pen, (DcPlace) { 0, FOOT, WIDTH, HEIGHT - FOOT }, 0, DC_SEA);
  if (phone == NULL)
    phone = dc_campaign_get_organisation_phone (paper->campaign);
  y += dc_pen_text (pen, &call_type, (DcPlace) { MARGIN, y, INNER, 5 * MM }, _("Something wrong? Call:")) + 0.5 * MM;
  y += dc_pen_text (pen, &call_type, (DcPlace) { MARGIN, y, INNER, 6 * MM },
                    whom != NULL ? whom : dc_campaign_get_organisation (paper->campaign, paper->language)) + 0.5 * MM;
  if (phone != NULL)
    dc_pen_text (pen, &phone_type, (DcPlace) { MARGIN, y, INNER, 8 * MM }, phone);
  else
    dc_pen_line (pen, MARGIN, HEIGHT - 6 * MM, INNER);
}

GBytes *
dc_volunteer_card_draw (const DcStallPaper  *paper,
                        GError             **error)
{
  const char *name = dc_campaign_get_name (paper->campaign, paper->language);
  g_autoptr (DcPdf) pdf = dc_pdf_new (_("At the table"), WIDTH, HEIGHT);
  DcPen pen = dc_pen_new (pdf, name);
  double y = MARGIN;

  dc_pen_box (&pen, (DcPlace) { 0, 0, WIDTH, HEIGHT }, 0, DC_GROUND);
  y += dc_pen_text (&pen, &appeal_type, (DcPlace) { MARGIN, y, INNER, 5 * MM }, name);
  y += dc_pen_text (&pen, &title_type, (DcPlace) { MARGIN, y, INNER, 11 * MM }, _("At the table")) + 2.5 * MM;
  y = draw_steps (&pen, y) + 1.5 * MM;
  draw_trouble (&pen, y);
  draw_call (paper, &pen);

  return dc_pdf_finish (pdf, error);
}
