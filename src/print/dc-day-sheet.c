/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-day-sheet.h"

#include <glib/gi18n-lib.h>

#include "dc-paper.h"

/* Read in this order: does it all fit together? How many, how much? What does
 * the office have? Then two people sign. */

/* A heading is not alone at the foot of a page, nor are the lines to sign on
 * torn from what is below them. In points. */
#define HEADING 60
#define SIGNING 85

gint64
dc_day_sheet_taken (const DcDaySheet *self)
{
  return self->waiting + self->delivered + self->receipted + self->refused + self->withdrawn;
}

gint64
dc_day_sheet_missing (const DcDaySheet *self)
{
  return MAX (0, self->left - self->here);
}

DcDaySum *
dc_day_sum_new (const char *label,
                const char *amount,
                gint64      count)
{
  DcDaySum *self = g_new (DcDaySum, 1);

  *self = (DcDaySum) { g_strdup (label), g_strdup (amount), count };

  return self;
}

void
dc_day_sum_free (DcDaySum *self)
{
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->amount, g_free);
  g_free (self);
}

static void
count (DcPaper      *paper,
       DcPaperStyle  style,
       const char   *label,
       gint64        value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  dc_paper_row (paper, style, label, text);
}

/* What most queues have none of. */
static void
count_some (DcPaper    *paper,
            const char *label,
            gint64      value)
{
  if (value > 0)
    count (paper, DC_PAPER_TEXT, label, value);
}

static char *
get_verdict (const DcDaySheet *self)
{
  gint64 missing = dc_day_sheet_missing (self);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, missing);

  if (missing == 0 && self->waiting + self->refused == 0)
    return g_strdup (_("Everything that this tablet took is at the office."));
  if (missing == 0)
    return g_strdup (_("Everything that left this tablet is at the office. Some promises are still on it: keep it "
                       "safe, and synchronise it."));

  /* Translators: %s is a number of records, from 1 */
  return g_strdup_printf (_("Records that left this tablet and are not at the office: %s. Do not empty the tablet or "
                            "any stick; collect again."), number);
}

static void
draw_event (const DcDaySheet *self,
            DcPaper          *paper)
{
  g_autofree char *where = NULL;

  if (*self->event == '\0' && *self->place == '\0')
    return;

  if (*self->event == '\0' || *self->place == '\0')
    where = g_strconcat (self->event, self->place, NULL);
  else
    /* Translators: %1$s is the name of an event, %2$s the place where it is */
    where = g_strdup_printf (_("%1$s, %2$s"), self->event, self->place);
  dc_paper_text (paper, DC_PAPER_HEADING, where);
}

static void
draw_checked (const DcDaySheet *self,
              DcPaper          *paper)
{
  g_autofree char *good = g_strdup_printf ("%u", self->good);
  g_autofree char *to_note = g_strdup_printf ("%u", self->to_note);
  g_autofree char *to_mend = g_strdup_printf ("%u", self->to_mend);
  g_autofree char *words = NULL;

  if (self->checked == NULL) {
    dc_paper_text (paper, DC_PAPER_TEXT, _("This tablet was not checked before the event."));
    return;
  }

  /* Translators: %1$s is a date and time; the others are numbers of things that
   * were looked at on a tablet */
  words = g_strdup_printf (_("Last checked before an event on %1$s: %2$s good, %3$s to take note of, %4$s to be mended."),
                           self->checked, good, to_note, to_mend);
  dc_paper_text (paper, DC_PAPER_TEXT, words);
}

static void
draw_heading (const DcDaySheet *self,
              DcPaper          *paper)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, self->number);
  g_autofree char *stated = NULL;
  g_autofree char *verdict = get_verdict (self);
  g_autofree char *words = NULL;

  dc_paper_text (paper, DC_PAPER_TITLE, _("End of the day"));
  dc_paper_text (paper, DC_PAPER_STRONG, self->tablet);
  draw_event (self, paper);
  /* Translators: %s are eight English words that stand for the tablet's key */
  words = g_strdup_printf (_("In words: %s"), self->words);
  dc_paper_text (paper, DC_PAPER_SMALL, words);
  /* Translators: %1$s is the id of an appeal, %2$s a date and time, %3$s a number
   * from 1, %4$s a date */
  stated = g_strdup_printf (_("Appeal %1$s. As the tablet stated on %2$s, by its own clock (statement %3$s). "
                              "Printed on %4$s."), self->campaign, self->stated, number, self->printed);
  dc_paper_text (paper, DC_PAPER_TEXT, stated);
  draw_checked (self, paper);
  dc_paper_line (paper);
  dc_paper_text (paper, DC_PAPER_STRONG, verdict);
}

static void
draw_promises (const DcDaySheet *self,
               DcPaper          *paper)
{
  dc_paper_need (paper, HEADING);
  dc_paper_text (paper, DC_PAPER_HEADING, _("Promises that the tablet took"));
  count (paper, DC_PAPER_TEXT, _("Waiting on the tablet"), self->waiting);
  count (paper, DC_PAPER_TEXT, _("Handed over"), self->delivered);
  count (paper, DC_PAPER_TEXT, _("Arrived at the office"), self->receipted);
  count (paper, DC_PAPER_TEXT, _("Not accepted, still on the tablet"), self->refused);
  count (paper, DC_PAPER_TEXT, _("Deleted by the donor at once"), self->withdrawn);
  count (paper, DC_PAPER_HEADING, _("Taken: all of these together"), dc_day_sheet_taken (self));
  count_some (paper, _("Of these, taken back by the donor later"), self->taken_back);
  count_some (paper, _("Practice and tests of the keys, not counted above"), self->practice);
  count_some (paper, _("Codes shown to give at once, without a promise"), self->codes_shown);
  count_some (paper, _("Lists of records that this tablet had to put aside"), self->set_aside);
}

static void
draw_sums (GPtrArray  *sums,
           DcPaper    *paper,
           const char *heading)
{
  if (sums->len == 0)
    return;
  dc_paper_need (paper, HEADING);
  dc_paper_text (paper, DC_PAPER_HEADING, heading);
  for (guint i = 0; i < sums->len; i++) {
    const DcDaySum *sum = g_ptr_array_index (sums, i);
    g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, sum->count);
    /* Translators: a row of a table: %1$s is as "CHF, each month", %2$s a
     * number of promises */
    g_autofree char *label = g_strdup_printf (_("%1$s (promises: %2$s)"), sum->label, number);

    dc_paper_row (paper, DC_PAPER_TEXT, label, sum->amount);
  }
}

static void
draw_office (const DcDaySheet *self,
             DcPaper          *paper)
{
  dc_paper_need (paper, HEADING);
  dc_paper_text (paper, DC_PAPER_HEADING, _("Records of all kinds, at the office"));
  count (paper, DC_PAPER_TEXT, _("Left the tablet, as it says"), self->left);
  count (paper, DC_PAPER_TEXT, _("Are at the office"), self->here);
  count (paper, DC_PAPER_TEXT, _("Opened with a key"), self->opened);
  count (paper, DC_PAPER_TEXT, _("With a receipt for the tablet"), self->signed_for);
  count_some (paper, _("Came after this statement"), self->later);
  if (*self->gaps != '\0')
    dc_paper_row (paper, DC_PAPER_TEXT, _("Numbers that are not at the office"), self->gaps);
}

static void
draw_end (const DcDaySheet *self,
          DcPaper          *paper)
{
  g_autofree char *queue = NULL;

  dc_paper_need (paper, SIGNING);
  dc_paper_blank (paper, FALSE, _("For the stall: name, date, signature"));
  dc_paper_blank (paper, TRUE, _("For the office: name, date, signature"));
  /* Translators: %s is 32 digits */
  queue = g_strdup_printf (_("List of records %s. This sheet names no donor."), self->queue);
  dc_paper_text (paper, DC_PAPER_SMALL, queue);
}

GBytes *
dc_day_sheet_draw (GPtrArray  *sheets,
                   GError    **error)
{
  g_autoptr (DcPaper) paper = dc_paper_new (_("End of the day"));

  for (guint i = 0; i < sheets->len; i++) {
    const DcDaySheet *sheet = g_ptr_array_index (sheets, i);

    if (i > 0)
      dc_paper_next (paper);
    draw_heading (sheet, paper);
    draw_promises (sheet, paper);
    draw_sums (sheet->sums, paper, _("Promised, without what was deleted or taken back"));
    draw_sums (sheet->shifts, paper, _("The same, by shift"));
    draw_office (sheet, paper);
    draw_end (sheet, paper);
  }

  return dc_paper_finish (paper, error);
}
