/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-readiness.h"

#include <string.h>

#include "dc-durable.h"

#define BYTES_MAX 512
#define GROUP     "readiness"

static const char letters[] = "gar";

G_STATIC_ASSERT (G_N_ELEMENTS (letters) == DC_N_READY_LEVELS + 1);

static const DcReadyLevel levels[DC_N_FOUND] = {
  [DC_FOUND_PACK_BROKEN] = DC_READY_RED,
  [DC_FOUND_LANGUAGES_MISSING] = DC_READY_AMBER,
  [DC_FOUND_DATE_ENDS] = DC_READY_AMBER,
  [DC_FOUND_DATE_PAST] = DC_READY_RED,
  [DC_FOUND_KEYS_UNTRIED] = DC_READY_RED,
  [DC_FOUND_KEYS_NOT_LIVE] = DC_READY_RED,
  [DC_FOUND_CLOCK_WRONG] = DC_READY_RED,
  [DC_FOUND_DISK_LOW] = DC_READY_AMBER,
  [DC_FOUND_DISK_FULL] = DC_READY_RED,
  [DC_FOUND_STORE_ASIDE] = DC_READY_AMBER,
  [DC_FOUND_STORE_CLOSED] = DC_READY_RED,
  [DC_FOUND_PLACE_REMOVES] = DC_READY_AMBER,
  [DC_FOUND_PLACE_SILENT] = DC_READY_AMBER,
  [DC_FOUND_CODES_WRONG] = DC_READY_RED,
  [DC_FOUND_KEYBOARD_LATIN] = DC_READY_AMBER,
  [DC_FOUND_POWER_LOW] = DC_READY_AMBER,
  [DC_FOUND_POWER_EMPTY] = DC_READY_RED,
  [DC_FOUND_SCREEN_NEAR] = DC_READY_AMBER,
  [DC_FOUND_SCREEN_UNKNOWN] = DC_READY_AMBER,
};

static DcReadyFound
judge_date (const DcReadyFacts *facts)
{
  if (!facts->has_end)
    return DC_FOUND_DATE_GOOD;
  if (facts->days_left < 0)
    return DC_FOUND_DATE_PAST;

  return facts->days_left < 2 ? DC_FOUND_DATE_ENDS : DC_FOUND_DATE_GOOD;
}

static DcReadyFound
judge_keys (const DcReadyFacts *facts)
{
  if (facts->demo)
    return DC_FOUND_KEYS_DEMO;
  if (!facts->keys_tried)
    return DC_FOUND_KEYS_UNTRIED;

  return facts->live ? DC_FOUND_KEYS_GOOD : DC_FOUND_KEYS_NOT_LIVE;
}

static DcReadyFound
judge_disk (const DcReadyFacts *facts)
{
  if (facts->free_bytes < DC_READY_DISK_FULL || !facts->reserve)
    return DC_FOUND_DISK_FULL;

  return facts->free_bytes < DC_READY_DISK_LOW ? DC_FOUND_DISK_LOW : DC_FOUND_DISK_GOOD;
}

static DcReadyFound
judge_store (const DcReadyFacts *facts)
{
  if (!facts->store_open)
    return DC_FOUND_STORE_CLOSED;

  return facts->set_aside > 0 ? DC_FOUND_STORE_ASIDE : DC_FOUND_STORE_GOOD;
}

static DcReadyFound
judge_place (const DcReadyFacts *facts)
{
  switch (facts->place) {
  case DC_READY_PLACE_IS_STICK:
    return DC_FOUND_PLACE_STICK;
  case DC_READY_PLACE_IS_FORBIDDEN:
    return DC_FOUND_PLACE_DEMO;
  case DC_READY_PLACE_ANSWERS:
    return facts->may_remove ? DC_FOUND_PLACE_REMOVES : DC_FOUND_PLACE_ANSWERS;
  case DC_READY_PLACE_IS_SILENT:
  default:
    return DC_FOUND_PLACE_SILENT;
  }
}

static DcReadyFound
judge_keyboard (const DcReadyFacts *facts)
{
  if (facts->platform_keyboard)
    return DC_FOUND_KEYBOARD_PLATFORM;

  return facts->without_layout > 0 ? DC_FOUND_KEYBOARD_LATIN : DC_FOUND_KEYBOARD_OURS;
}

static DcReadyFound
judge_power (const DcReadyFacts *facts)
{
  if (facts->on_mains || !facts->has_battery)
    return DC_FOUND_POWER_MAINS;
  if (facts->battery >= 60)
    return DC_FOUND_POWER_BATTERY;

  return facts->battery < 20 ? DC_FOUND_POWER_EMPTY : DC_FOUND_POWER_LOW;
}

static DcReadyFound
judge_screen (const DcReadyFacts *facts)
{
  if (facts->reach_cm == 0)
    return DC_FOUND_SCREEN_UNKNOWN;

  return facts->reach_cm < DC_READY_REACH_CM ? DC_FOUND_SCREEN_NEAR : DC_FOUND_SCREEN_GOOD;
}

DcReadyFound
dc_readiness_judge (const DcReadyFacts *facts,
                    DcReadyCheck        check)
{
  g_return_val_if_fail (facts != NULL, DC_FOUND_PACK_BROKEN);

  switch (check) {
  case DC_READY_LANGUAGES:
    return facts->missing_texts > 0 ? DC_FOUND_LANGUAGES_MISSING : DC_FOUND_LANGUAGES_WHOLE;
  case DC_READY_DATE:
    return judge_date (facts);
  case DC_READY_KEYS:
    return judge_keys (facts);
  case DC_READY_CLOCK:
    return facts->clock_known ? DC_FOUND_CLOCK_GOOD : DC_FOUND_CLOCK_WRONG;
  case DC_READY_DISK:
    return judge_disk (facts);
  case DC_READY_STORE:
    return judge_store (facts);
  case DC_READY_PLACE:
    return judge_place (facts);
  case DC_READY_CODES:
    return facts->codes > 0 && facts->codes_wrong == 0 ? DC_FOUND_CODES_GOOD : DC_FOUND_CODES_WRONG;
  case DC_READY_KEYBOARD:
    return judge_keyboard (facts);
  case DC_READY_POWER:
    return judge_power (facts);
  case DC_READY_SCREEN:
    return judge_screen (facts);
  case DC_READY_PACK:
  case DC_N_READY_CHECKS:
  default:
    return facts->pack_whole ? DC_FOUND_PACK_WHOLE : DC_FOUND_PACK_BROKEN;
  }
}

DcReadyLevel
dc_readiness_level (DcReadyFound found)
{
  g_return_val_if_fail (found < DC_N_FOUND, DC_READY_RED);

  return levels[found];
}

guint
dc_readiness_reach (guint module_um)
{
  /* module = 3 pixels × 1.385 × distance / 1920 pixels */
  return (guint) (module_um / 1000.0 * 1920 / (3 * 1.385) / 10);
}

/* What @name of that supply says; NULL: nothing. (transfer full) */
static char *
read_supply (const char *folder,
             const char *supply,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, supply, name, NULL);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? g_strchomp (text) : NULL;
}

/* The fullest battery counts: a pen's or a mouse's is "Device" in its scope. */
static void
read_battery (const char   *folder,
              const char   *supply,
              DcReadyFacts *facts)
{
  g_autofree char *scope = read_supply (folder, supply, "scope");
  g_autofree char *capacity = read_supply (folder, supply, "capacity");
  guint64 percent;

  if (g_strcmp0 (scope, "Device") == 0 || capacity == NULL
      || !g_ascii_string_to_unsigned (capacity, 10, 0, 100, &percent, NULL))
    return;

  facts->has_battery = TRUE;
  facts->battery = MAX (facts->battery, (guint) percent);
}

void
dc_readiness_power (const char   *folder,
                    DcReadyFacts *facts)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *supply;

  g_return_if_fail (facts != NULL);

  facts->on_mains = facts->has_battery = FALSE;
  facts->battery = 0;
  while (dir != NULL && (supply = g_dir_read_name (dir)) != NULL) {
    g_autofree char *type = read_supply (folder, supply, "type");
    g_autofree char *online = read_supply (folder, supply, "online");

    if (g_strcmp0 (type, "Battery") == 0)
      read_battery (folder, supply, facts);
    else if (g_strcmp0 (online, "1") == 0)
      facts->on_mains = TRUE;
  }
}

guint
dc_readiness_count (const DcReadiness *self,
                    DcReadyLevel       level)
{
  guint count = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (DcReadyCheck check = 0; check < DC_N_READY_CHECKS; check++)
    count += self->levels[check] == level;

  return count;
}

char *
dc_readiness_to_letters (const DcReadiness *self)
{
  char text[DC_N_READY_CHECKS + 1] = { 0 };

  g_return_val_if_fail (self != NULL, NULL);

  for (DcReadyCheck check = 0; check < DC_N_READY_CHECKS; check++)
    text[check] = letters[self->levels[check]];

  return g_strdup (text);
}

gboolean
dc_readiness_from_letters (DcReadiness *self,
                           const char  *text)
{
  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  if (strlen (text) != DC_N_READY_CHECKS || strspn (text, letters) != DC_N_READY_CHECKS)
    return FALSE;

  for (DcReadyCheck check = 0; check < DC_N_READY_CHECKS; check++)
    self->levels[check] = (DcReadyLevel) (strchr (letters, text[check]) - letters);

  return TRUE;
}

gboolean
dc_readiness_save (const DcReadiness  *self,
                   const char         *path,
                   GError            **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *levels_text = NULL;
  g_autofree char *text = NULL;
  gsize size;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  levels_text = dc_readiness_to_letters (self);
  g_key_file_set_int64 (file, GROUP, "at", self->at_s);
  g_key_file_set_string (file, GROUP, "levels", levels_text);
  text = g_key_file_to_data (file, &size, NULL);

  return dc_durable_replace (path, text, size, error);
}

static gboolean
parse (DcReadiness *self,
       const char  *text,
       gsize        size)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *at = NULL;
  g_autofree char *levels_text = NULL;

  if (memchr (text, '\0', size) != NULL
      || !g_key_file_load_from_data (file, text, size, G_KEY_FILE_NONE, NULL))
    return FALSE;

  at = g_key_file_get_value (file, GROUP, "at", NULL);
  levels_text = g_key_file_get_value (file, GROUP, "levels", NULL);

  return at != NULL && levels_text != NULL
         && g_ascii_string_to_signed (at, 10, 1, G_GINT64_CONSTANT (253370764799), &self->at_s, NULL)
         && dc_readiness_from_letters (self, levels_text);
}

gboolean
dc_readiness_load (DcReadiness *self,
                   const char  *path)
{
  g_autofree char *text = NULL;
  gsize size;

  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  *self = (DcReadiness) { 0 };
  text = dc_durable_read (path, BYTES_MAX, &size, NULL);
  if (text != NULL && parse (self, text, size))
    return TRUE;

  *self = (DcReadiness) { 0 };

  return FALSE;
}
