/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-readiness.h"

#include <glib/gstdio.h>

#include "dc-test-pack.h"
#include "dc-test.h"

/* A live tablet on the morning of its event, with nothing to mend. */
static const DcReadyFacts ready = {
  .pack_whole = TRUE, .has_end = TRUE, .days_left = 30, .keys_tried = TRUE, .live = TRUE,
  .clock_known = TRUE, .free_bytes = G_GUINT64_CONSTANT (8000000000), .reserve = TRUE,
  .store_open = TRUE, .place = DC_READY_PLACE_ANSWERS, .codes = 4, .on_mains = TRUE, .reach_cm = 80,
};

static void
assert_found (const DcReadyFacts *facts,
              DcReadyCheck        check,
              DcReadyFound        found,
              DcReadyLevel        level)
{
  g_assert_cmpint (dc_readiness_judge (facts, check), ==, found);
  g_assert_cmpint (dc_readiness_level (found), ==, level);
}

/* Sets one fact of a ready tablet, and says what is made of it. */
#define ASSERT_WITH(fact, value, check, found, level) G_STMT_START { \
    DcReadyFacts facts_ = ready; \
    facts_.fact = value; \
    assert_found (&facts_, DC_READY_ ## check, DC_FOUND_ ## found, DC_READY_ ## level); \
} G_STMT_END

static void
test_all_green (void)
{
  for (DcReadyCheck check = 0; check < DC_N_READY_CHECKS; check++)
    g_assert_cmpint (dc_readiness_level (dc_readiness_judge (&ready, check)), ==, DC_READY_GREEN);
}

static void
test_nothing_known_is_not_ready (void)
{
  const DcReadyFacts nothing = { 0 };

  assert_found (&nothing, DC_READY_PACK, DC_FOUND_PACK_BROKEN, DC_READY_RED);
  assert_found (&nothing, DC_READY_KEYS, DC_FOUND_KEYS_UNTRIED, DC_READY_RED);
  assert_found (&nothing, DC_READY_CLOCK, DC_FOUND_CLOCK_WRONG, DC_READY_RED);
  assert_found (&nothing, DC_READY_DISK, DC_FOUND_DISK_FULL, DC_READY_RED);
  assert_found (&nothing, DC_READY_STORE, DC_FOUND_STORE_CLOSED, DC_READY_RED);
  assert_found (&nothing, DC_READY_CODES, DC_FOUND_CODES_WRONG, DC_READY_RED);
  assert_found (&nothing, DC_READY_SCREEN, DC_FOUND_SCREEN_UNKNOWN, DC_READY_AMBER);
}

static void
test_appeal (void)
{
  ASSERT_WITH (pack_whole, FALSE, PACK, PACK_BROKEN, RED);
  ASSERT_WITH (missing_texts, 1, LANGUAGES, LANGUAGES_MISSING, AMBER);
  ASSERT_WITH (days_left, -1, DATE, DATE_PAST, RED);
  ASSERT_WITH (days_left, 0, DATE, DATE_ENDS, AMBER);
  ASSERT_WITH (days_left, 1, DATE, DATE_ENDS, AMBER);
  ASSERT_WITH (days_left, 2, DATE, DATE_GOOD, GREEN);
  ASSERT_WITH (has_end, FALSE, DATE, DATE_GOOD, GREEN);
}

static void
test_keys (void)
{
  DcReadyFacts demo = ready;

  ASSERT_WITH (keys_tried, FALSE, KEYS, KEYS_UNTRIED, RED);
  ASSERT_WITH (live, FALSE, KEYS, KEYS_NOT_LIVE, RED);
  demo.demo = TRUE;
  demo.keys_tried = demo.live = FALSE;
  assert_found (&demo, DC_READY_KEYS, DC_FOUND_KEYS_DEMO, DC_READY_GREEN);
}

static void
test_tablet (void)
{
  ASSERT_WITH (clock_known, FALSE, CLOCK, CLOCK_WRONG, RED);
  ASSERT_WITH (free_bytes, DC_READY_DISK_LOW - 1, DISK, DISK_LOW, AMBER);
  ASSERT_WITH (free_bytes, DC_READY_DISK_FULL - 1, DISK, DISK_FULL, RED);
  ASSERT_WITH (reserve, FALSE, DISK, DISK_FULL, RED);
  ASSERT_WITH (set_aside, 1, STORE, STORE_ASIDE, AMBER);
  ASSERT_WITH (store_open, FALSE, STORE, STORE_CLOSED, RED);
  ASSERT_WITH (codes_wrong, 1, CODES, CODES_WRONG, RED);
  ASSERT_WITH (codes, 0, CODES, CODES_WRONG, RED);
  ASSERT_WITH (without_layout, 1, KEYBOARD, KEYBOARD_LATIN, AMBER);
  ASSERT_WITH (platform_keyboard, TRUE, KEYBOARD, KEYBOARD_PLATFORM, GREEN);
  ASSERT_WITH (reach_cm, 0, SCREEN, SCREEN_UNKNOWN, AMBER);
  ASSERT_WITH (reach_cm, 49, SCREEN, SCREEN_NEAR, AMBER);
}

static void
test_place (void)
{
  ASSERT_WITH (place, DC_READY_PLACE_IS_SILENT, PLACE, PLACE_SILENT, AMBER);
  ASSERT_WITH (place, DC_READY_PLACE_IS_STICK, PLACE, PLACE_STICK, GREEN);
  ASSERT_WITH (place, DC_READY_PLACE_IS_FORBIDDEN, PLACE, PLACE_DEMO, GREEN);
  ASSERT_WITH (may_remove, TRUE, PLACE, PLACE_REMOVES, AMBER);
}

static void
add_supply (const char *folder,
            const char *supply,
            const char *name,
            const char *text)
{
  g_autofree char *below = g_build_filename (folder, supply, NULL);
  g_autofree char *path = g_build_filename (below, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (below, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static DcReadyFound
judge_power (const char *folder)
{
  DcReadyFacts facts = ready;

  dc_readiness_power (folder, &facts);

  return dc_readiness_judge (&facts, DC_READY_POWER);
}

static void
test_power (void)
{
  g_autofree char *folder = dc_test_dir_new ();

  g_assert_cmpint (judge_power ("/nowhere/at/all"), ==, DC_FOUND_POWER_MAINS);
  g_assert_cmpint (judge_power (folder), ==, DC_FOUND_POWER_MAINS);

  add_supply (folder, "pen", "type", "Battery\n");
  add_supply (folder, "pen", "scope", "Device\n");
  add_supply (folder, "pen", "capacity", "3\n");
  g_assert_cmpint (judge_power (folder), ==, DC_FOUND_POWER_MAINS);

  add_supply (folder, "BAT0", "type", "Battery\n");
  add_supply (folder, "BAT0", "capacity", "60\n");
  g_assert_cmpint (judge_power (folder), ==, DC_FOUND_POWER_BATTERY);
  add_supply (folder, "BAT0", "capacity", "59\n");
  g_assert_cmpint (judge_power (folder), ==, DC_FOUND_POWER_LOW);
  add_supply (folder, "BAT0", "capacity", "19\n");
  g_assert_cmpint (judge_power (folder), ==, DC_FOUND_POWER_EMPTY);
  add_supply (folder, "BAT0", "capacity", "a lot\n");
  g_assert_cmpint (judge_power (folder), ==, DC_FOUND_POWER_MAINS);

  add_supply (folder, "BAT0", "capacity", "19\n");
  add_supply (folder, "AC", "type", "Mains\n");
  add_supply (folder, "AC", "online", "0\n");
  g_assert_cmpint (judge_power (folder), ==, DC_FOUND_POWER_EMPTY);
  add_supply (folder, "AC", "online", "1\n");
  g_assert_cmpint (judge_power (folder), ==, DC_FOUND_POWER_MAINS);
  dc_test_dir_remove (g_steal_pointer (&folder));
}

static void
test_reach (void)
{
  g_assert_cmpuint (dc_readiness_reach (0), ==, 0);
  g_assert_cmpuint (dc_readiness_reach (1100), ==, 50);
  g_assert_cmpuint (dc_readiness_reach (2200), ==, 101);
}

static void
test_kept (void)
{
  g_autofree char *folder = dc_test_dir_new ();
  g_autofree char *path = g_build_filename (folder, "readiness.ini", NULL);
  DcReadiness note = { .at_s = 1797588000 };
  DcReadiness again;

  note.levels[DC_READY_POWER] = DC_READY_RED;
  note.levels[DC_READY_PLACE] = DC_READY_AMBER;
  g_assert_false (dc_readiness_load (&again, path));
  g_assert_true (dc_readiness_save (&note, path, NULL));
  g_assert_true (dc_readiness_load (&again, path));
  g_assert_cmpmem (&again, sizeof again, &note, sizeof note);
  g_assert_cmpuint (dc_readiness_count (&again, DC_READY_GREEN), ==, 10);
  g_assert_cmpuint (dc_readiness_count (&again, DC_READY_AMBER), ==, 1);
  g_assert_cmpuint (dc_readiness_count (&again, DC_READY_RED), ==, 1);
  dc_test_dir_remove (g_steal_pointer (&folder));
}

static void
test_damaged (void)
{
  static const char * const texts[] = {
    "", "at=1\n", "[readiness]\nat=1\n", "[readiness]\nat=1\nlevels=ggg\n",
    "[readiness]\nat=1\nlevels=gggggggggggx\n", "[readiness]\nat=0\nlevels=gggggggggggg\n",
    "[readiness]\nat=-5\nlevels=gggggggggggg\n", "[readiness]\nat=1x\nlevels=gggggggggggg\n",
    "[readiness]\nat=999999999999999\nlevels=gggggggggggg\n", "\xff\xfe[",
  };
  g_autofree char *folder = dc_test_dir_new ();
  g_autofree char *path = g_build_filename (folder, "readiness.ini", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    DcReadiness note;

    g_assert_true (g_file_set_contents (path, texts[i], -1, NULL));
    g_assert_false (dc_readiness_load (&note, path));
    g_assert_cmpint (note.at_s, ==, 0);
  }
  dc_test_dir_remove (g_steal_pointer (&folder));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/readiness/all-green", test_all_green);
  g_test_add_func ("/readiness/nothing-known-is-not-ready", test_nothing_known_is_not_ready);
  g_test_add_func ("/readiness/appeal", test_appeal);
  g_test_add_func ("/readiness/keys", test_keys);
  g_test_add_func ("/readiness/tablet", test_tablet);
  g_test_add_func ("/readiness/place", test_place);
  g_test_add_func ("/readiness/power", test_power);
  g_test_add_func ("/readiness/reach", test_reach);
  g_test_add_func ("/readiness/kept", test_kept);
  g_test_add_func ("/readiness/damaged", test_damaged);

  return g_test_run ();
}
