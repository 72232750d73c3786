/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-words-ready.h"

#include "config.h"

#include <glib/gi18n-lib.h>

static const char * const titles[DC_N_READY_CHECKS] = {
  [DC_READY_PACK] = N_("The appeal"),
  [DC_READY_LANGUAGES] = N_("Languages"),
  [DC_READY_DATE] = N_("Date"),
  [DC_READY_KEYS] = N_("The office’s keys"),
  [DC_READY_CLOCK] = N_("Clock"),
  [DC_READY_DISK] = N_("Disk"),
  [DC_READY_STORE] = N_("The promises on this tablet"),
  [DC_READY_PLACE] = N_("Where promises go"),
  [DC_READY_CODES] = N_("Codes"),
  [DC_READY_KEYBOARD] = N_("Keyboard"),
  [DC_READY_POWER] = N_("Power"),
  [DC_READY_SCREEN] = N_("Screen"),
};

/* Those with a number in them are put together below. */
static const char * const sentences[DC_N_FOUND] = {
  [DC_FOUND_PACK_WHOLE] = N_("Its files are signed, and as they were signed."),
  [DC_FOUND_PACK_BROKEN] =
    N_("Its files are not as they were signed. Put a good copy on the tablet; ask the office for it."),
  [DC_FOUND_LANGUAGES_WHOLE] = N_("Each text is there in each language."),
  [DC_FOUND_DATE_GOOD] = N_("The appeal is open."),
  [DC_FOUND_DATE_ENDS] = N_("The appeal ends today or tomorrow. Ask the office for the next one."),
  [DC_FOUND_DATE_PAST] =
    N_("By the clock of this tablet the appeal is over. Check the clock, or ask the office for a new appeal."),
  [DC_FOUND_KEYS_GOOD] = N_("Each has been tried, and donors can leave a promise."),
  [DC_FOUND_KEYS_DEMO] = N_("This is a demonstration: promises are taken, and sent to no one."),
  [DC_FOUND_KEYS_UNTRIED] = N_("Not each has been tried on this tablet. Until then donors can only scan."),
  [DC_FOUND_KEYS_NOT_LIVE] = N_("Each has been tried. Let the tablet go live, or donors can only scan."),
  [DC_FOUND_CLOCK_GOOD] = N_("The time of this tablet can be believed."),
  [DC_FOUND_CLOCK_WRONG] = N_("The time of this tablet is wrong. Set it, or let it find a network once."),
  [DC_FOUND_DISK_GOOD] = N_("There is room for every promise, and a reserve."),
  [DC_FOUND_DISK_LOW] = N_("There is little room left. Hand over what waits, or free some of the disk."),
  [DC_FOUND_DISK_FULL] =
    N_("The disk is full, or has lost its reserve. Hand over what waits, and free some of the disk."),
  [DC_FOUND_STORE_GOOD] = N_("They can be read and written."),
  [DC_FOUND_STORE_ASIDE] =
    N_("They can be read and written. A damaged store was put aside on this tablet: keep it for the office."),
  [DC_FOUND_STORE_CLOSED] = N_("They cannot be read now. Start the tablet again; if it stays so, call the office."),
  [DC_FOUND_PLACE_ANSWERS] = N_("It answers, and lets this tablet add and read, and delete nothing."),
  [DC_FOUND_PLACE_STICK] = N_("A USB stick: have one with you at the end of the day."),
  [DC_FOUND_PLACE_DEMO] = N_("This is a demonstration: nothing is sent to a server."),
  [DC_FOUND_PLACE_REMOVES] =
    N_("It answers, but what this tablet knows could also delete there. Ask the office for a share that only adds and reads."),
  [DC_FOUND_PLACE_SILENT] =
    N_("It does not answer. Without a network that is as it should be; try it once where there is one."),
  [DC_FOUND_CODES_GOOD] = N_("Each was drawn and compared, point by point."),
  [DC_FOUND_CODES_WRONG] = N_("A code is not drawn as it should be. Donors should not scan it: call the office."),
  [DC_FOUND_KEYBOARD_OURS] = N_("The one on the screen has the letters of each language."),
  [DC_FOUND_KEYBOARD_LATIN] =
    N_("The one on the screen lacks the letters of a language or more: there donors type in Latin letters."),
  [DC_FOUND_KEYBOARD_PLATFORM] = N_("The tablet’s own, as it was set."),
  [DC_FOUND_POWER_MAINS] = N_("The tablet is plugged in."),
  [DC_FOUND_SCREEN_UNKNOWN] =
    N_("The screen does not say how large it is. Scan the code with a telephone from half a metre."),
};

const char *
dc_words_ready_title (DcReadyCheck check)
{
  return _(titles[check]);
}

const char *
dc_words_ready_level (DcReadyLevel level)
{
  switch (level) {
  case DC_READY_GREEN:
    /* Translators: one thing that was checked is as it should be */
    return _("Good");
  case DC_READY_AMBER:
    /* Translators: one thing that was checked should be known, and stops nobody */
    return _("Take note");
  case DC_READY_RED:
  case DC_N_READY_LEVELS:
  default:
    /* Translators: one thing that was checked is to be mended */
    return _("To be mended");
  }
}

static char *
words_of_missing (guint texts)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       /* Translators: %u is a number of texts */
                                       "%u text is missing in a language; donors see it in the first one. Ask the office for it.",
                                       "%u texts are missing in a language; donors see them in the first one. Ask the office for them.",
                                       texts), texts);
}

static char *
words_of_battery (DcReadyFound found,
                  guint        percent)
{
  if (found == DC_FOUND_POWER_BATTERY)
    /* Translators: %u is a number from 60 to 100 */
    return g_strdup_printf (_("The battery is at %u %%. Have the charger with you."), percent);
  if (found == DC_FOUND_POWER_LOW)
    /* Translators: %u is a number from 20 to 59 */
    return g_strdup_printf (_("The battery is at %u %%: not enough for a day. Plug the tablet in."), percent);

  /* Translators: %u is a number from 0 to 19 */
  return g_strdup_printf (_("The battery is at %u %%: nearly empty. Plug the tablet in now."), percent);
}

static char *
words_of_reach (DcReadyFound found,
                guint        reach_cm)
{
  if (found == DC_FOUND_SCREEN_GOOD)
    /* Translators: %u is a number of centimetres, from 50 */
    return g_strdup_printf (_("The code reads from about %u cm."), reach_cm);

  /* Translators: %u is a number of centimetres, below 50 */
  return g_strdup_printf (_("The code reads from about %u cm only: let donors come close, or use a larger screen."),
                          reach_cm);
}

char *
dc_words_ready (DcReadyFound        found,
                const DcReadyFacts *facts)
{
  switch ((int) found) {
  case DC_FOUND_LANGUAGES_MISSING:
    return words_of_missing (facts->missing_texts);
  case DC_FOUND_POWER_BATTERY:
  case DC_FOUND_POWER_LOW:
  case DC_FOUND_POWER_EMPTY:
    return words_of_battery (found, facts->battery);
  case DC_FOUND_SCREEN_GOOD:
  case DC_FOUND_SCREEN_NEAR:
    return words_of_reach (found, facts->reach_cm);
  default:
    return g_strdup (_(sentences[found]));
  }
}

char *
dc_words_ready_sum (const DcReadiness *note)
{
  guint red = dc_readiness_count (note, DC_READY_RED);
  guint amber = dc_readiness_count (note, DC_READY_AMBER);

  if (red > 0)
    /* Translators: %u is a number of things that were checked */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u thing is to be mended.",
                                         "%u things are to be mended.", red), red);
  if (amber > 0)
    /* Translators: %u is a number of things that were checked */
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Ready, with %u thing to take note of.",
                                         "Ready, with %u things to take note of.", amber), amber);

  /* Translators: all that was checked is good */
  return g_strdup (_("Ready."));
}

gboolean
dc_words_ready_mend (DcReadyFound  found,
                     DcPageId     *page)
{
  switch ((int) found) {
  case DC_FOUND_KEYS_UNTRIED:
    *page = DC_PAGE_DRILL;
    return TRUE;
  case DC_FOUND_KEYS_NOT_LIVE:
    *page = DC_PAGE_COORDINATOR;
    return TRUE;
  case DC_FOUND_DISK_LOW:
  case DC_FOUND_DISK_FULL:
  case DC_FOUND_PLACE_SILENT:
  case DC_FOUND_PLACE_REMOVES:
    *page = DC_PAGE_SYNC;
    return TRUE;
  case DC_FOUND_KEYBOARD_LATIN:
    *page = DC_PAGE_EVENT;
    return TRUE;
  default:
    return FALSE;
  }
}
