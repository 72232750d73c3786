/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-stall-paper.h"

#include <glib/gi18n-lib.h>

#include "dc-pen.h"
#include "dc-reference.h"

/* In the order in which it is written, and in which “daily-cup-office add” asks
 * for it: how much and who on the front, what one agrees to on the back. */

#define MM     DC_MM
#define WIDTH  (148 * MM)
#define HEIGHT (210 * MM)
#define MARGIN (10 * MM)
#define INNER  (WIDTH - 2 * MARGIN)
#define GAP    (5 * MM)
#define HALF   ((INNER - GAP) / 2)
#define TICK   (3.6 * MM)
/* From a tick to its words. */
#define BESIDE (TICK + 2 * MM)
/* For a hand that writes, above its line; and from one line to the next. */
#define WRITE  (10.4 * MM)

static const DcType title_type = { DC_FACE_SERIF, 24, 15, DC_INK, FALSE };
static const DcType small_type = { DC_FACE_SANS, 8, 6, DC_SOFT, FALSE };
static const DcType text_type = { DC_FACE_SANS, 9, 6.5, DC_INK, FALSE };
static const DcType notice_type = { DC_FACE_SANS, 8.4, 6, DC_SOFT, FALSE };
static const DcType heading_type = { DC_FACE_BOLD, 9.6, 7.5, DC_SEA, FALSE };
static const DcType label_type = { DC_FACE_SANS, 7, 5.6, DC_SOFT, FALSE };
static const DcType reference_type = { DC_FACE_MONO, 10.5, 9, DC_INK, FALSE };
static const DcType demo_type = { DC_FACE_BOLD, 8, 6, DC_INK, TRUE };

typedef struct
{
  const DcStallPaper *paper;
  DcPen               pen;
  double              y;
} Form;

static void
text (Form         *self,
      const DcType *type,
      const char   *words,
      double        gap)
{
  self->y += dc_pen_text (&self->pen, type, (DcPlace) { MARGIN, self->y, INNER, HEIGHT - MARGIN - self->y }, words) + gap;
}

/* A box to tick with its words; how high both are. */
static double
tick (Form       *self,
      double      x,
      double      width,
      const char *words)
{
  dc_pen_tick (&self->pen, x, self->y + 0.4 * MM, TICK);

  return MAX (TICK, dc_pen_text (&self->pen, &text_type, (DcPlace) { x + BESIDE, self->y, width - BESIDE,
                                                                     HEIGHT - MARGIN - self->y }, words));
}

/* A line to write on, its name below. */
static void
blank (Form       *self,
       double      x,
       double      width,
       const char *label)
{
  dc_pen_line (&self->pen, x, self->y + WRITE, width);
  dc_pen_text (&self->pen, &label_type, (DcPlace) { x, self->y + WRITE + 0.4 * MM, width, 3.4 * MM }, label);
}

static void
blanks (Form       *self,
        const char *left,
        const char *right)
{
  blank (self, MARGIN, HALF, left);
  blank (self, MARGIN + HALF + GAP, HALF, right);
  self->y += WRITE + 3.8 * MM;
}

static void
draw_demo (Form *self)
{
  if (!dc_campaign_is_demo (self->paper->campaign))
    return;

  dc_pen_box (&self->pen, (DcPlace) { 0, 0, WIDTH, 6 * MM }, 0, DC_GOLD);
  dc_pen_text (&self->pen, &demo_type, (DcPlace) { MARGIN, 1.3 * MM, INNER, 5 * MM },
               _("Demonstration: nobody is written to."));
}

/* On both sides, for whoever copies only one of them. */
static gboolean
draw_head (Form        *self,
           const char  *reference,
           GError     **error)
{
  const DcStallPaper *paper = self->paper;
  g_autofree char *fours = dc_reference_in_fours (reference);
  double side = 50 * MM;
  double left;

  draw_demo (self);
  self->y = 10 * MM;
  left = dc_pen_picture (&self->pen, (DcPlace) { MARGIN, self->y, 24 * MM, 9 * MM }, paper->logo, FALSE, error);
  if (left < 0)
    return FALSE;
  left += MARGIN + 3 * MM;
  dc_pen_text (&self->pen, &small_type, (DcPlace) { left, self->y + 0.6 * MM, WIDTH - MARGIN - side - left, 9 * MM },
               dc_campaign_get_organisation (paper->campaign, paper->language));
  dc_pen_text (&self->pen, &label_type, (DcPlace) { WIDTH - MARGIN - side, self->y, side, 3.6 * MM }, _("Reference"));
  dc_pen_text (&self->pen, &reference_type, (DcPlace) { WIDTH - MARGIN - side, self->y + 3.6 * MM, side, 6 * MM },
               fours);
  self->y += 14 * MM;

  return TRUE;
}

static void
draw_title (Form *self)
{
  text (self, &small_type, dc_campaign_get_name (self->paper->campaign, self->paper->language), 0.3 * MM);
  text (self, &title_type, _("My promise"), 1.5 * MM);
  text (self, &small_type, _("This is a promise, not a payment. We ask for no card and no bank details. You can change "
                             "your mind at any time."), 5 * MM);
}

/* How often, and beside it the sums of the kiosk. */
static void
draw_presets (Form       *self,
              const char *how_often,
              gboolean    monthly)
{
  const DcStallPaper *paper = self->paper;
  guint n = dc_campaign_get_n_presets (paper->campaign, monthly);
  double column = INNER / (n + 1);
  double height = dc_pen_text (&self->pen, &text_type, (DcPlace) { MARGIN, self->y, column - 2 * MM, 12 * MM },
                               how_often);

  for (guint i = 0; i < n; i++) {
    g_autofree char *sum = dc_money_format (&dc_campaign_get_preset (paper->campaign, monthly, i)->amount,
                                            paper->language);

    height = MAX (height, tick (self, MARGIN + (i + 1) * column, column - 2 * MM, sum));
  }
  self->y += height + 2.5 * MM;
}

/* The sum beside both ticks, so that it is said how often. */
static void
draw_other (Form       *self,
            const char *every_month,
            const char *once)
{
  double left = INNER * 0.44, column = INNER * 0.28;
  /* Translators: %s is a currency, such as CHF; beside it a sum is written by hand */
  g_autofree char *label = g_strdup_printf (_("Another amount, in %s"),
                                            dc_campaign_get_currency (self->paper->campaign));

  self->y -= 2 * MM;
  blank (self, MARGIN, left - 5 * MM, label);
  self->y += WRITE - 4 * MM;
  tick (self, MARGIN + left, column - 2 * MM, every_month);
  tick (self, MARGIN + left + column, column - 2 * MM, once);
  self->y += 13 * MM;
}

static void
draw_amounts (Form *self)
{
  /* Translators: of a gift: a single time */
  const char *once = C_("gift", "Once");

  text (self, &heading_type, _("I would like to give"), 2.5 * MM);
  if (dc_campaign_get_n_presets (self->paper->campaign, TRUE) > 0)
    draw_presets (self, _("Every month"), TRUE);
  if (dc_campaign_get_n_presets (self->paper->campaign, FALSE) > 0)
    draw_presets (self, once, FALSE);
  draw_other (self, _("Every month"), once);
}

static void
draw_donor (Form *self)
{
  text (self, &heading_type, _("Where you may write to me"), 0);
  blanks (self, _("First name"), _("Family name"));
  blanks (self, _("E-mail address"), _("Telephone number"));
  blanks (self, _("Street and number"), _("Postcode"));
  blanks (self, _("Town"), _("Country"));
  self->y += 1.5 * MM;
  self->y += tick (self, MARGIN, INNER, _("I would like a tax certificate. It must bear my postal address.")) + 2 * MM;
}

static char *
consent_words (const DcStallPaper *paper,
               guint               consent)
{
  const char *words = dc_campaign_get_consent_text (paper->campaign, consent, paper->language);

  if (!dc_campaign_get_consent (paper->campaign, consent)->required)
    return g_strdup (words);

  /* Translators: %s is a whole sentence that the donor may tick */
  return g_strdup_printf (_("%s (needed, to keep what is written here)"), words);
}

static void
draw_consents (Form *self)
{
  const DcStallPaper *paper = self->paper;
  /* Translators: %u is an age in years */
  g_autofree char *age = g_strdup_printf (_("I am %u or older."), dc_campaign_get_minimum_age (paper->campaign));

  text (self, &heading_type, _("What I agree to"), 2.5 * MM);
  for (guint i = 0; i < dc_campaign_get_n_consents (paper->campaign); i++) {
    g_autofree char *words = consent_words (paper, i);

    self->y += tick (self, MARGIN, INNER, words) + 3.5 * MM;
  }
  self->y += tick (self, MARGIN, INNER, age) + 6 * MM;
}

/* The appeal's own notice speaks of the tablet. */
static void
draw_notice (Form *self)
{
  dc_pen_line (&self->pen, MARGIN, self->y, INNER);
  self->y += 5 * MM;
  text (self, &notice_type, _("This sheet is paper: whoever holds it can read it. Hand it to a volunteer, folded. The "
                              "office types it in and destroys it. On a tablet, and for your rights, this holds:"),
        3 * MM);
  text (self, &notice_type, dc_campaign_get_notice (self->paper->campaign, DC_NOTICE_SHORT, self->paper->language), 0);
}

static gboolean
draw_front (Form        *self,
            const char  *reference,
            GError     **error)
{
  if (!draw_head (self, reference, error))
    return FALSE;
  draw_title (self);
  draw_amounts (self);
  draw_donor (self);
  blanks (self, _("Day"), _("The volunteer’s code"));
  if (self->y > HEIGHT - 4 * MM)
    dc_pdf_overflow (self->pen.pdf, NULL);

  return TRUE;
}

static gboolean
draw_back (Form        *self,
           const char  *reference,
           GError     **error)
{
  if (!draw_head (self, reference, error))
    return FALSE;
  draw_consents (self);
  draw_notice (self);

  return TRUE;
}

GBytes *
dc_paper_form_draw (const DcStallPaper  *paper,
                    const char * const  *references,
                    GError             **error)
{
  g_autoptr (DcPdf) pdf = dc_pdf_new (_("My promise"), WIDTH, HEIGHT);

  for (gsize i = 0; references[i] != NULL; i++) {
    Form form = { paper, dc_pen_new (pdf, dc_campaign_get_name (paper->campaign, paper->language)), 0 };

    if (i > 0)
      dc_pdf_next (pdf);
    if (!draw_front (&form, references[i], error))
      return NULL;
    dc_pdf_next (pdf);
    if (!draw_back (&form, references[i], error))
      return NULL;
  }

  return dc_pdf_finish (pdf, error);
}
