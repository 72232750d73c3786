/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-words-delivery.h"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "dc-words.h"

/* Minutes are told from here on, in seconds. */
#define A_MINUTE_AND_A_HALF 90

static const char *
words_of_stick (DcDeliveryError code)
{
  switch (code) {
  case DC_DELIVERY_ERROR_GONE:
    return _("The stick is not there any more. What had not arrived on it is still on this tablet. Put a stick in and hand over again.");
  case DC_DELIVERY_ERROR_FULL:
    return _("The stick is full. Delete something on it, or take another one.");
  case DC_DELIVERY_ERROR_READ_ONLY:
    return _("The stick is locked against writing. Slide its lock, or take another one.");
  case DC_DELIVERY_ERROR_TIMEOUT:
  case DC_DELIVERY_ERROR_UNREADABLE:
    return _("The stick does not work as it should. Take another one.");
  default:
    return NULL;
  }
}

/* Who is asked for a name and a password, and by whom. */
static const char *
words_of_access (DcDeliveryError code)
{
  switch (code) {
  case DC_DELIVERY_ERROR_LOGIN_PAGE:
    return _("This Wi-Fi wants you to log in first. Log in to it, or use another one, and press Sync again.");
  case DC_DELIVERY_ERROR_CLOCK:
    return _("The clock of this tablet seems to be wrong, so the place cannot prove that it is the right one. Set the date and the time, and press Sync again.");
  case DC_DELIVERY_ERROR_CERTIFICATE:
    return _("Somebody else answers in the name of this place, or its certificate is not valid. Nothing was handed over. Try another Wi-Fi; if that does not help, call the office.");
  case DC_DELIVERY_ERROR_NO_CREDENTIAL:
    return _("This place wants a name and a password. Enter them under “Access”.");
  case DC_DELIVERY_ERROR_CREDENTIAL:
    return _("The name or the password is wrong, or is not valid any more. Ask the office for the right ones, and enter them under “Access”.");
  default:
    return NULL;
  }
}

static const char *
words_of_place (DcDeliveryError code)
{
  switch (code) {
  case DC_DELIVERY_ERROR_FULL:
    return _("There is no room left there. The office has to make room.");
  case DC_DELIVERY_ERROR_GONE:
    return _("The folder where the promises go is not there. Call the office.");
  case DC_DELIVERY_ERROR_READ_ONLY:
    return _("Nothing may be written there. The office has to allow it.");
  case DC_DELIVERY_ERROR_BUSY:
    return _("The place is busy. Wait a few minutes, and press Sync again.");
  case DC_DELIVERY_ERROR_TOO_OLD:
    return _("The server there is too old for this program. Call the office; until then you can hand over with a USB stick.");
  case DC_DELIVERY_ERROR_REJECTED:
    return _("The place accepts nothing from this tablet. Call the office.");
  case DC_DELIVERY_ERROR_UNREADABLE:
    return _("What answers there cannot be understood. Try again later; if that does not help, call the office.");
  case DC_DELIVERY_ERROR_SETUP:
    return _("How the place is described in the appeal’s files is wrong. Call the office.");
  default:
    return NULL;
  }
}

static const char *
words_of_code (DcDeliveryError code)
{
  switch (code) {
  case DC_DELIVERY_ERROR_STOPPED:
    return _("You stopped it. What had not arrived is still on this tablet.");
  case DC_DELIVERY_ERROR_OFFLINE:
    return _("The place cannot be reached. Is this tablet on a Wi-Fi that works? Then press Sync again.");
  case DC_DELIVERY_ERROR_TIMEOUT:
    return _("The line is too slow, or broke off. What had not arrived is still on this tablet. Move closer to the Wi-Fi, and press Sync again.");
  case DC_DELIVERY_ERROR_PROGRAM:
  default:
    return _("The part of the program that hands over does not start or stopped by itself. Start the tablet again; if that does not help, call the office.");
  }
}

const char *
dc_words_delivery_error (const GError *error,
                         gboolean      on_drive)
{
  DcDeliveryError code;
  const char *words;

  if (error->domain != DC_DELIVERY_ERROR)
    return _("This tablet cannot read or write its store of promises just now. Try again in a minute; if that does not help, keep the tablet safe and call the office.");

  code = (DcDeliveryError) error->code;
  words = on_drive ? words_of_stick (code) : NULL;
  if (words == NULL)
    words = words_of_access (code);
  if (words == NULL)
    words = words_of_place (code);

  return words != NULL ? words : words_of_code (code);
}

char *
dc_words_outcome (const DcRunOutcome *outcome)
{
  g_autofree char *handed = NULL;
  g_autofree char *attention = NULL;
  g_autofree char *left = NULL;

  /* Translators: the first part of “48 handed over, 2 need attention, 0 on this
   * tablet.”; %u is a number of promises */
  handed = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u handed over", "%u handed over",
                                         outcome->handed_over), outcome->handed_over);
  /* Translators: the second part of “48 handed over, 2 need attention, 0 on
   * this tablet.”; %u is a number of promises that were not accepted */
  attention = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u needs attention",
                                            "%u need attention", outcome->need_attention),
                               outcome->need_attention);
  /* Translators: the last part of “48 handed over, 2 need attention, 0 on this
   * tablet.”; %u is a number of promises that still wait */
  left = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u on this tablet", "%u on this tablet",
                                       outcome->left), outcome->left);

  /* Translators: three counts, each with a number of its own: 1: “48 handed
   * over”, 2: “2 need attention”, 3: “0 on this tablet” */
  return g_strdup_printf (_("%1$s, %2$s, %3$s."), handed, attention, left);
}

static void
add_note (GPtrArray *notes,
          gboolean   wanted,
          char      *note)
{
  if (wanted)
    g_ptr_array_add (notes, note);
  else
    g_free (note);
}

/* Deleted is what the run says that it has deleted. */
static char *
words_of_confirmed (const DcRunOutcome *outcome)
{
  guint n = outcome->confirmed;

  if (outcome->erased < n)
    /* Translators: %u is a number of promises */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "The office confirmed %u promise.",
                                         "The office confirmed %u promises.", n), n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: %u is a number of promises */
                                       "The office confirmed %u promise, which is now deleted here.",
                                       "The office confirmed %u promises, which are now deleted here.",
                                       n), n);
}

char *
dc_words_outcome_notes (const DcRunOutcome *outcome)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);

  add_note (notes, outcome->confirmed > 0, words_of_confirmed (outcome));
  add_note (notes, outcome->new_epoch,
            g_strdup (_("The place had lost what it had. All that the office has not confirmed was handed over again.")));
  add_note (notes, outcome->unread_receipts > 0,
            g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                          /* Translators: %u is a number of confirmations */
                                          "%u confirmation there is not by the office. Nothing was deleted for it.",
                                          "%u confirmations there are not by the office. Nothing was deleted for them.",
                                          outcome->unread_receipts), outcome->unread_receipts));
  add_note (notes, outcome->may_remove,
            g_strdup (_("With this name and password one could also delete there. Ask the office for one that cannot.")));
  /* An error says so itself. */
  add_note (notes, outcome->clock_wrong && outcome->error == NULL,
            g_strdup (_("The clock of this tablet is wrong by more than five minutes. Please set it.")));
  g_ptr_array_add (notes, NULL);

  return g_strjoinv (" ", (char **) notes->pdata);
}

static char *
words_of_time_left (gint seconds)
{
  guint minutes = ((guint) seconds + 30) / 60;

  if (seconds < A_MINUTE_AND_A_HALF)
    /* Translators: %d is a number of seconds; stands behind “12 of 48” */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %d second left",
                                         "about %d seconds left", (gulong) seconds), seconds);

  /* Translators: %u is a number of minutes; stands behind “12 of 48” */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %u minute left",
                                       "about %u minutes left", minutes), minutes);
}

char *
dc_words_progress (guint done,
                   guint total,
                   gint  seconds)
{
  g_autofree char *left = seconds > 0 ? words_of_time_left (seconds) : NULL;
  /* Translators: so many promises of so many are handed over: “12 of 48” */
  g_autofree char *count = g_strdup_printf (_("%1$u of %2$u"), done, total);

  return left != NULL ? g_strconcat (count, " · ", left, NULL) : g_steal_pointer (&count);
}

char *
dc_words_refused (const char *reason)
{
  if (g_str_equal (reason, DC_REFUSAL_DAMAGED))
    return g_strdup (_("The disk of this tablet has damaged it. It is not sent; give the tablet to the office."));
  if (g_str_equal (reason, DC_REFUSAL_DIFFERS))
    return g_strdup (_("Another promise with the same number is already there. Call the office."));
  if (g_str_equal (reason, DC_REFUSAL_UNEXPLAINED))
    return g_strdup (_("The place did not accept it and gave no reason."));
  if (g_str_equal (reason, DC_REFUSAL_UNANSWERED))
    return g_strdup (_("The connection broke off each time at this one, and not at others. Try it again later; if it happens again, call the office."));

  /* Translators: %s is what a server answered, in whatever language */
  return g_strdup_printf (_("The place did not accept it: “%s”"), reason);
}

char *
dc_words_place (const DcDestinationSetup *place)
{
  if (place != NULL && place->name != NULL)
    return g_strdup (place->name);
  if (place == NULL || (place->kind == DC_DESTINATION_FOLDER && place->path == NULL))
    return g_strdup (_("A USB stick"));

  switch (place->kind) {
  case DC_DESTINATION_WEBDAV:
    return g_strdup (_("The office’s cloud"));
  case DC_DESTINATION_POSTGRESQL:
    return g_strdup (_("The office’s server"));
  case DC_DESTINATION_FOLDER:
  case DC_N_DESTINATION_KINDS:
  default:
    return g_strdup (_("A folder"));
  }
}

char *
dc_words_address (const DcDestinationSetup *place)
{
  g_autofree char *hosts = NULL;

  if (place == NULL)
    return g_strdup ("");

  switch (place->kind) {
  case DC_DESTINATION_WEBDAV:
    return g_strdup (place->address);
  case DC_DESTINATION_POSTGRESQL:
    hosts = g_strjoinv (", ", place->hosts);
    return g_strconcat (hosts, " · ", place->database, NULL);
  case DC_DESTINATION_FOLDER:
  case DC_N_DESTINATION_KINDS:
  default:
    return place->path != NULL ? g_filename_display_name (place->path) : g_strdup ("");
  }
}

char *
dc_words_moment (gint64      utc_us,
                 const char *time_zone)
{
  DcStamp stamp = { .utc_us = utc_us };
  g_autofree char *day = dc_stamp_day (&stamp, time_zone);
  g_autofree char *words = day != NULL ? dc_words_day (day) : NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (utc_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = NULL;

  if (words == NULL || zone == NULL || utc == NULL)
    return g_strdup ("");

  local = g_date_time_to_timezone (utc, zone);

  /* Translators: 1: a day, 2: the hour, 3: the minutes: “Friday 18 December 2026, 14:05” */
  return g_strdup_printf (_("%1$s, %2$02d:%3$02d"), words, g_date_time_get_hour (local),
                          g_date_time_get_minute (local));
}

char *
dc_words_hour (gint64      utc_us,
               const char *time_zone)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (time_zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (utc_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = zone != NULL && utc != NULL ? g_date_time_to_timezone (utc, zone)
                                                            : NULL;

  return local != NULL ? g_date_time_format (local, "%H:%M") : g_strdup ("");
}

char *
dc_words_last_success (gint64      utc_us,
                       const char *time_zone)
{
  return utc_us > 0 ? dc_words_moment (utc_us, time_zone) : g_strdup (_("not yet"));
}

char *
dc_words_waiting (DcTally *tally)
{
  guint n = tally->all_by_state[DC_STATE_WAITING];
  g_autofree char *since = tally->oldest_waiting_day != NULL
                           ? dc_words_day_within (tally->oldest_waiting_day) : NULL;

  if (n == 0)
    return g_strdup (_("Nothing waits on this tablet."));
  if (since == NULL)
    /* Translators: %u is a number of promises */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u promise waits on this tablet.",
                                         "%u promises wait on this tablet.", n), n);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: %1$u is a number of promises, %2$s a day:
                                        * “Friday 18 December 2026” */
                                       "%1$u promise waits on this tablet, from %2$s.",
                                       "%1$u promises wait on this tablet, the oldest from %2$s.",
                                       n), n, since);
}

char *
dc_words_refusal_title (const DcRefusal *refusal,
                        const char      *language)
{
  g_autofree char *day = dc_words_day (refusal->day);
  g_autofree char *what = NULL;

  if (refusal->has_amount)
    what = dc_money_format (&refusal->amount, language);
  else if (refusal->kind == DC_KIND_WITHDRAWAL)
    what = g_strdup (_("A donor’s wish to delete"));
  else
    what = g_strdup (_("For practice"));

  return g_strconcat (what, " · ", day, NULL);
}
