/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-copy-choice.h"

#include "dc-test.h"

#include <glib/gstdio.h>

#include <string.h>

#define ID "000102030405060708090a0b0c0d0e0f"

typedef struct
{
  char *directory;
  char *settings;
  DcId  card;        /* of ID */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->directory = dc_test_dir_new ();
  self->settings = g_build_filename (self->directory, "settings.ini", NULL);
  g_assert_true (dc_id_from_text (ID, &self->card));
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->settings, g_free);
  g_clear_pointer (&self->directory, dc_test_dir_remove);
}

static void
write_settings (Fixture    *self,
                const char *text)
{
  g_assert_true (g_file_set_contents (self->settings, text, -1, NULL));
}

static char *
read_settings (Fixture *self)
{
  char *text = NULL;

  g_assert_true (g_file_get_contents (self->settings, &text, NULL, NULL));

  return text;
}

static void
assert_choice (Fixture    *self,
               const char *expected)
{
  g_autofree char *folder = NULL;
  DcId card = { { 0 } };

  g_assert_cmpint (dc_copy_choice_load (self->directory, &folder, &card), ==, expected != NULL);
  g_assert_cmpstr (folder, ==, expected);
  if (expected != NULL)
    g_assert_true (dc_id_equal (&card, &self->card));
}

static void
must_store (Fixture    *self,
            const char *folder)
{
  g_autoptr (GError) error = NULL;

  dc_copy_choice_store (self->directory, folder, &self->card, &error);
  g_assert_no_error (error);
}

static void
test_comes_back (Fixture       *self,
                 gconstpointer  unused)
{
  static const char * const folders[] = {
    "/media/kiosk/CARD", "/media/a card; with = signs #1", "/media/\303\251t\303\251", "/",
  };

  assert_choice (self, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    must_store (self, folders[i]);
    assert_choice (self, folders[i]);
  }
  must_store (self, NULL);
  assert_choice (self, NULL);
}

/* Each part is needed; a folder below wherever the program was started is
 * none. */
static void
test_not_whole (Fixture       *self,
                gconstpointer  unused)
{
  static const char * const texts[] = {
    "", "[SecondCopy]\n", "[SecondCopy]\nFolder=/media/card\n", "[SecondCopy]\nCard=" ID "\n",
    "[SecondCopy]\nFolder=media/card\nCard=" ID "\n",
    "[SecondCopy]\nFolder=\nCard=" ID "\n",
    "[SecondCopy]\nFolder=/media/card\nCard=\n",
    "[SecondCopy]\nFolder=/media/card\nCard=" ID "0\n",
    "[SecondCopy]\nFolder=/media/card\nCard=x" ID "\n",
    "[Other]\nFolder=/media/card\nCard=" ID "\n",
    "[SecondCopy\nFolder=/media/card\nCard=" ID "\n",
  };

  write_settings (self, "[SecondCopy]\nFolder=/media/card\nCard=" ID "\n");
  assert_choice (self, "/media/card");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    write_settings (self, texts[i]);
    assert_choice (self, NULL);
  }
}

static void
test_other_settings (Fixture       *self,
                     gconstpointer  unused)
{
  g_autofree char *with = NULL;
  g_autofree char *without = NULL;

  write_settings (self, "[Other]\n# by hand\nKey=1\n");
  must_store (self, "/media/card");
  with = read_settings (self);
  g_assert_true (g_str_has_prefix (with, "[Other]\n# by hand\nKey=1\n"));
  g_assert_nonnull (strstr (with, "[SecondCopy]\nFolder=/media/card\nCard=" ID "\n"));
  must_store (self, NULL);
  without = read_settings (self);
  g_assert_true (g_str_has_prefix (without, "[Other]\n# by hand\nKey=1\n"));
  g_assert_null (strstr (without, "SecondCopy"));
}

static void
test_too_long (Fixture       *self,
               gconstpointer  unused)
{
  static const char good[] = "[SecondCopy]\nFolder=/media/card\nCard=" ID "\n";
  g_autofree char *text = g_strdup_printf ("%s#%*s", good, 65536, "");

  write_settings (self, text);
  assert_choice (self, NULL);
  text[65536] = '\0';
  write_settings (self, text);
  assert_choice (self, "/media/card");
}

static void
test_not_stored (Fixture       *self,
                 gconstpointer  unused)
{
  g_autofree char *temporary = g_strconcat (self->settings, ".new", NULL);
  g_autoptr (GError) error = NULL;

  must_store (self, "/media/card");
  g_assert_cmpint (g_mkdir (temporary, 0700), ==, 0);
  g_assert_false (dc_copy_choice_store (self->directory, NULL, &self->card, &error));
  g_assert_nonnull (error);
  assert_choice (self, "/media/card");
}

#define ADD(path, run) \
  g_test_add (path, Fixture, NULL, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/copy-choice/comes-back", test_comes_back);
  ADD ("/copy-choice/that-is-not-whole-is-none", test_not_whole);
  ADD ("/copy-choice/leaves-other-settings-alone", test_other_settings);
  ADD ("/copy-choice/is-read-up-to-a-size", test_too_long);
  ADD ("/copy-choice/that-cannot-be-stored-changes-nothing", test_not_stored);

  return g_test_run ();
}
