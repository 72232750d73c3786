/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-words.h"

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

char *
dc_words_gift (const DcMoney *amount,
               DcFrequency    frequency,
               const char    *language)
{
  g_autofree char *sum = dc_money_format (amount, language);

  switch (frequency) {
  case DC_FREQUENCY_MONTHLY:
    /* Translators: %s is a sum given every month: “CHF 18 a month” */
    return g_strdup_printf (_("%s a month"), sum);
  case DC_FREQUENCY_YEARLY:
    /* Translators: %s is a sum given every year: “CHF 200 a year” */
    return g_strdup_printf (_("%s a year"), sum);
  case DC_FREQUENCY_ONCE:
  default:
    /* Translators: %s is a sum given a single time: “CHF 50 once” */
    return g_strdup_printf (_("%s once"), sum);
  }
}

char *
dc_words_cups (const DcCups *cups)
{
  guint n = cups->count;

  switch (cups->period) {
  case DC_CUP_PERIOD_DAY:
    /* Translators: %u is a number of cups of coffee */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cup a day", "%u cups a day", n), n);
  case DC_CUP_PERIOD_WEEK:
    /* Translators: %u is a number of cups of coffee */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cup a week", "%u cups a week", n), n);
  case DC_CUP_PERIOD_MONTH:
  default:
    /* Translators: %u is a number of cups of coffee */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u cup a month", "%u cups a month", n), n);
  }
}

char *
dc_words_year (const DcMoney *amount,
               DcFrequency    frequency,
               const char    *language)
{
  g_autofree char *sum = NULL;
  DcMoney year;

  if (frequency != DC_FREQUENCY_MONTHLY
      || !dc_money_multiply (amount, dc_frequency_per_year (frequency), &year, NULL))
    return NULL;

  sum = dc_money_format (&year, language);

  /* Translators: %s is twelve monthly gifts together: “CHF 216 in a year” */
  return g_strdup_printf (_("%s in a year"), sum);
}

static const char *
month_name (GDateMonth month)
{
  switch (month) {
  case G_DATE_JANUARY:
    /* Translators: a month within a date: “18 January 2026” */
    return _("January");
  case G_DATE_FEBRUARY:
    return _("February");
  case G_DATE_MARCH:
    return _("March");
  case G_DATE_APRIL:
    return _("April");
  case G_DATE_MAY:
    return _("May");
  case G_DATE_JUNE:
    return _("June");
  case G_DATE_JULY:
    return _("July");
  case G_DATE_AUGUST:
    return _("August");
  case G_DATE_SEPTEMBER:
    return _("September");
  case G_DATE_OCTOBER:
    return _("October");
  case G_DATE_NOVEMBER:
    return _("November");
  case G_DATE_DECEMBER:
    return _("December");
  case G_DATE_BAD_MONTH:
  default:
    g_return_val_if_reached ("");
  }
}

static const char *
weekday_name (GDateWeekday weekday)
{
  switch (weekday) {
  case G_DATE_MONDAY:
    /* Translators: a day of the week, as within a sentence: “jeudi” where no capital is */
    return _("Monday");
  case G_DATE_TUESDAY:
    return _("Tuesday");
  case G_DATE_WEDNESDAY:
    return _("Wednesday");
  case G_DATE_THURSDAY:
    return _("Thursday");
  case G_DATE_FRIDAY:
    return _("Friday");
  case G_DATE_SATURDAY:
    return _("Saturday");
  case G_DATE_SUNDAY:
    return _("Sunday");
  case G_DATE_BAD_WEEKDAY:
  default:
    g_return_val_if_reached ("");
  }
}

char *
dc_words_day_within (const char *day)
{
  int year, month, dom;
  g_autoptr (GDate) date = NULL;

  if (sscanf (day, "%4d-%2d-%2d", &year, &month, &dom) != 3
      || !g_date_valid_dmy ((GDateDay) dom, (GDateMonth) month, (GDateYear) year))
    return g_strdup (day);

  date = g_date_new_dmy ((GDateDay) dom, (GDateMonth) month, (GDateYear) year);

  /* Translators: a date, 1: day of the week, 2: day, 3: month, 4: year: “Friday
   * 18 December 2026”. Change the order as your language needs. The singular
   * is for the first of the month, where it has a form of its own: “1er mai” */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s %2$d %3$s %4$d", "%1$s %2$d %3$s %4$d",
                                       (gulong) dom),
                          weekday_name (g_date_get_weekday (date)), dom,
                          month_name ((GDateMonth) month), year);
}

char *
dc_words_day (const char *day)
{
  g_autofree char *within = dc_words_day_within (day);
  g_autoptr (GString) words = g_string_new (NULL);

  if (g_str_equal (within, day))      /* it is no day */
    return g_steal_pointer (&within);
  g_string_append_unichar (words, g_unichar_totitle (g_utf8_get_char (within)));
  g_string_append (words, g_utf8_next_char (within));

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static const char *
words_missing (DcField field)
{
  switch (field) {
  case DC_FIELD_FIRST_NAME:
    return _("Please tell us your first name, so that we know how to greet you.");
  case DC_FIELD_EMAIL:
    return _("Please enter your e-mail address, or choose another way.");
  case DC_FIELD_PHONE:
    return _("Please enter your telephone number.");
  case DC_FIELD_STREET:
    return _("Please enter the street and the number.");
  case DC_FIELD_POSTCODE:
    return _("Please enter the postcode.");
  case DC_FIELD_TOWN:
    return _("Please enter the town.");
  case DC_FIELD_COUNTRY:
    return _("Please enter the country.");
  case DC_FIELD_FAMILY_NAME:
  case DC_N_FIELDS:
  default:
    return _("Please enter your family name: a tax certificate must bear it.");
  }
}

const char *
dc_words_problem (DcField        field,
                  DcFieldProblem problem)
{
  switch (problem) {
  case DC_FIELD_MISSING:
    return words_missing (field);
  case DC_FIELD_TOO_LONG:
    return _("This is too long. Please shorten it.");
  case DC_FIELD_MALFORMED:
    return field == DC_FIELD_PHONE
           ? _("This does not look like a telephone number.")
           : _("This does not look like an e-mail address: name@example.org");
  case DC_FIELD_CARD_NUMBER:
    return _("This looks like a card number. Please remove it: we never ask for one here.");
  case DC_FIELD_GOOD:
  default:
    return NULL;
  }
}

const char *
dc_words_promised (DcFrequency frequency)
{
  switch (frequency) {
  case DC_FREQUENCY_MONTHLY:
    return _("Promised every month");
  case DC_FREQUENCY_YEARLY:
    return _("Promised every year");
  case DC_FREQUENCY_ONCE:
  default:
    return _("Promised once");
  }
}

const char *
dc_words_ticks (DcVisit *visit)
{
  if (!dc_visit_get_of_age (visit))
    return _("Please tick that you are old enough. If you are not there yet, thank you all the same: an adult can give with you.");
  if (!dc_visit_required_consents_given (visit))
    return _("Without the consent marked as needed, we may not keep your details. You can still give with your phone.");

  return NULL;
}

const char *
dc_words_trouble (DcTrouble trouble)
{
  switch (trouble) {
  case DC_TROUBLE_NONE:
    return _("Everything works. Promises can be taken.");
  case DC_TROUBLE_STARTING:
    return _("The store of promises is being opened and checked.");
  case DC_TROUBLE_DISK_FULL:
    return _("The disk is full. Donors can only scan. Please call your coordinator: promises must be handed over, or files deleted.");
  case DC_TROUBLE_DISK:
    return _("This tablet cannot write to its disk. Donors can only scan. Please call your coordinator, and keep the tablet safe.");
  case DC_TROUBLE_DRILL:
    return _("The keys of the office have not been tried on this tablet. Donors can only scan. Please call your coordinator.");
  case DC_TROUBLE_NOT_LIVE:
    return _("This tablet is set to codes only. Donors can only scan. Your coordinator can open it for promises.");
  case DC_TROUBLE_SEAL:
  default:
    return _("Promises cannot be locked with the office’s keys. Donors can only scan. Please call your coordinator.");
  }
}

char *
dc_words_and_whom (const char *words,
                   DcCampaign *campaign,
                   const char *language)
{
  const char *name = dc_campaign_get_coordinator (campaign, language);
  const char *phone = dc_campaign_get_coordinator_phone (campaign);

  if (name != NULL && phone != NULL)
    return g_strdup_printf ("%s\n%s · %s", words, name, phone);
  if (name != NULL || phone != NULL)
    return g_strdup_printf ("%s\n%s", words, name != NULL ? name : phone);

  return g_strdup (words);
}

char *
dc_words_event (DcSettings *settings)
{
  const char *name = dc_settings_get_name (settings);
  const char *place = dc_settings_get_place (settings);

  if (name[0] == '\0')
    return NULL;

  return place[0] != '\0' ? g_strdup_printf ("%s · %s", name, place) : g_strdup (name);
}

char *
dc_words_trouble_and_whom (DcTrouble   trouble,
                           DcCampaign *campaign,
                           const char *language)
{
  const char *words = dc_words_trouble (trouble);

  if (trouble == DC_TROUBLE_NONE || trouble == DC_TROUBLE_STARTING)
    return g_strdup (words);

  return dc_words_and_whom (words, campaign, language);
}

const char *
dc_words_refusal (const GError *error)
{
  if (error->domain != DC_PACK_ERROR)
    return NULL;

  switch ((DcPackError) error->code) {
  case DC_PACK_ERROR_UNSIGNED:
    return _("The appeal’s files are not signed.");
  case DC_PACK_ERROR_SIGNATURE:
    return _("The appeal’s files were changed after they were signed.");
  case DC_PACK_ERROR_OLDER:
    return _("The appeal’s files are older than those this tablet has had.");
  case DC_PACK_ERROR_OTHER_KEY:
    return _("The appeal’s files are signed by somebody whom this tablet does not know. Please compare the words below with the office.");
  case DC_PACK_ERROR_MISSING:
  case DC_PACK_ERROR_MANIFEST:
  case DC_PACK_ERROR_RECIPIENTS:
  case DC_PACK_ERROR_TOO_LARGE:
  case DC_PACK_ERROR_DEMO:
  case DC_PACK_ERROR_PICTURE:
  case DC_PACK_ERROR_KEYS:
  case DC_PACK_ERROR_DESTINATION:
  case DC_PACK_ERROR_UNTRUSTED:
  default:
    return NULL;
  }
}

const char *
dc_words_copy (DcCopyState state)
{
  switch (state) {
  case DC_COPY_OFF:
    return _("None is kept.");
  case DC_COPY_BUSY:
    return _("It is being written to the card.");
  case DC_COPY_UP_TO_DATE:
    return _("It stands on the card, up to date.");
  case DC_COPY_NO_CARD:
    return _("The card is not there. Please put it back into this tablet.");
  case DC_COPY_CARD_FULL:
    return _("The card is full. The coordinator can choose another one.");
  case DC_COPY_READ_ONLY:
    return _("The card is locked against writing. Please take it out, slide its lock, and put it back.");
  case DC_COPY_FAILING:
  default:
    return _("The card does not work as it should. Please take it out and put it back; if that does not help, the coordinator can choose another one.");
  }
}
