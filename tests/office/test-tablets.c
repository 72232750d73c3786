/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-tablets.h"

#include <string.h>

#include "dc-test-pack.h"
#include "dc-test.h"

#define GROUP_ONE "0101010101010101010101010101010101010101010101010101010101010101"

typedef struct
{
  char *dir;
} Fixture;

static guint8 one[32];
static guint8 two[32];

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  fixture->dir = dc_test_dir_new ();
  memset (one, 1, sizeof one);
  memset (two, 2, sizeof two);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  dc_test_dir_remove (fixture->dir);
}

static DcTablets *
load (const char *folder)
{
  g_autoptr (GError) error = NULL;
  DcTablets *tablets = dc_tablets_load (folder, &error);

  g_assert_no_error (error);

  return tablets;
}

static void
save (DcTablets *tablets)
{
  g_autoptr (GError) error = NULL;

  dc_tablets_save (tablets, &error);
  g_assert_no_error (error);
}

static void
assert_value (Fixture    *fixture,
              const char *key,
              const char *expected)
{
  g_autofree char *path = g_build_filename (fixture->dir, "tablets.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *value = NULL;

  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  value = g_key_file_get_string (file, GROUP_ONE, key, NULL);
  g_assert_cmpstr (value, ==, expected);
}

static void
test_none (Fixture       *fixture,
           gconstpointer  unused)
{
  g_autoptr (DcTablets) tablets = load (fixture->dir);

  g_assert_false (dc_tablets_has (tablets, one));
  g_assert_null (dc_tablets_get_name (tablets, one));
}

static void
test_enrols (Fixture       *fixture,
             gconstpointer  unused)
{
  g_autofree char *folder = g_build_filename (fixture->dir, "new", "office", NULL);
  g_autoptr (DcTablets) tablets = load (folder);
  g_autoptr (DcTablets) again = NULL;
  g_autofree char *name = NULL;

  dc_tablets_enrol (tablets, one, "stall = [3]", "winter", DC_TRIED_DESK, "2026-11-25");
  save (tablets);
  again = load (folder);
  name = dc_tablets_get_name (again, one);
  g_assert_cmpstr (name, ==, "stall = [3]");
  g_assert_true (dc_tablets_has (again, one));
  g_assert_false (dc_tablets_has (again, two));
}

static void
test_again (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr (DcTablets) tablets = load (fixture->dir);
  g_autofree char *words = dc_tablets_words (one);

  dc_tablets_enrol (tablets, one, NULL, "winter", DC_TRIED_DESK, "2026-11-25");
  dc_tablets_enrol (tablets, one, NULL, "spring", DC_TRIED_SPARE, "2027-03-01");
  save (tablets);
  assert_value (fixture, "Name", "tablet 01010101");
  assert_value (fixture, "Enrolled", "2026-11-25");
  assert_value (fixture, "DeskTried", "2026-11-25");
  assert_value (fixture, "SpareTried", "2027-03-01");
  assert_value (fixture, "Campaign", "spring");
  assert_value (fixture, "Words", words);
}

static void
test_keeps (Fixture       *fixture,
            gconstpointer  unused)
{
  g_autoptr (DcTablets) tablets = NULL;
  g_autofree char *path = g_build_filename (fixture->dir, "tablets.ini", NULL);
  g_autofree char *text = NULL;

  dc_test_pack_write (fixture->dir, "tablets.ini", "# ours\n[" GROUP_ONE "]\nName=stall 1\nNote=has a dent\n");
  tablets = load (fixture->dir);
  dc_tablets_enrol (tablets, one, "stall 2", "winter", DC_TRIED_DESK, "2026-11-25");
  save (tablets);
  assert_value (fixture, "Note", "has a dent");
  assert_value (fixture, "Name", "stall 2");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# ours\n"));
}

static void
test_refuses (Fixture       *fixture,
              gconstpointer  unused)
{
  static const char * const texts[] = {
    "[abc]\nName=x\n",
    "[" GROUP_ONE "0]\n",
    "[A101010101010101010101010101010101010101010101010101010101010101]\n",
    "Name=x\n",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;

    dc_test_pack_write (fixture->dir, "tablets.ini", texts[i]);
    g_assert_null (dc_tablets_load (fixture->dir, &error));
    g_assert_true (error->domain == G_KEY_FILE_ERROR);
    g_assert_nonnull (strstr (error->message, "tablets.ini"));
  }
}

static void
add (const char *path,
     void      (*run) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, run, tear_down);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add ("/office/tablets/no-file-is-no-tablet", test_none);
  add ("/office/tablets/enrols-and-makes-the-folder", test_enrols);
  add ("/office/tablets/keeps-the-day-of-the-first-enrolment", test_again);
  add ("/office/tablets/keeps-what-others-wrote", test_keeps);
  add ("/office/tablets/refuses-a-list-that-is-not-whole", test_refuses);

  return g_test_run ();
}
