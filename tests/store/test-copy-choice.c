/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-copy-choice.h"

#include "dc-test.h"

#include <string.h>

#define ID "000102030405060708090a0b0c0d0e0f"

typedef struct
{
  char *state;
  char *settings;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->state = dc_test_dir_new ();
  self->settings = g_build_filename (self->state, "settings.ini", NULL);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->state, dc_test_dir_remove);
  g_clear_pointer (&self->settings, g_free);
}

static void
write_settings (Fixture    *self,
                const char *text)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (self->settings, text, -1, &error);
  g_assert_no_error (error);
}

static void
assert_no_choice (Fixture *self)
{
  char *folder = NULL;
  DcId card;

  g_assert_false (dc_copy_choice_load (self->state, &folder, &card));
  g_assert_null (folder);
}

static void
assert_choice (Fixture    *self,
               const char *expected)
{
  g_autofree char *folder = NULL;
  char id[DC_ID_TEXT_SIZE];
  DcId card;

  g_assert_true (dc_copy_choice_load (self->state, &folder, &card));
  g_assert_cmpstr (folder, ==, expected);
  dc_id_to_text (&card, id);
  g_assert_cmpstr (id, ==, ID);
}

static void
must_store (Fixture    *self,
            const char *folder)
{
  g_autoptr (GError) error = NULL;
  DcId card;

  g_assert_true (dc_id_from_text (ID, &card));
  dc_copy_choice_store (self->state, folder, &card, &error);
  g_assert_no_error (error);
}

static void
test_is_read_as_it_was_stored (Fixture       *self,
                               gconstpointer  unused)
{
  static const char * const folders[] = { "/media/card", "/media/Carte mémoire; n° 1=2", "/media/ two  " };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    must_store (self, folders[i]);
    assert_choice (self, folders[i]);
  }
  must_store (self, NULL);
  assert_no_choice (self);
}

static void
test_leaves_the_rest (Fixture       *self,
                      gconstpointer  unused)
{
  g_autofree char *text = NULL;

  write_settings (self, "# By hand.\n[Other]\nKey=1\n\n[SecondCopy]\nFolder=/old\nMore=2\n");
  must_store (self, "/media/card");
  assert_choice (self, "/media/card");
  must_store (self, NULL);
  g_assert_true (g_file_get_contents (self->settings, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, "# By hand.\n"));
  g_assert_nonnull (strstr (text, "[Other]\nKey=1\n"));
  g_assert_null (strstr (text, "SecondCopy"));
  g_assert_null (strstr (text, "More"));
}

/* No file, no settings, and each half of a choice alone. */
static void
test_takes_no_half (Fixture       *self,
                    gconstpointer  unused)
{
  static const char * const none[] = {
    "", "no settings\n", "[Other]\nFolder=/media/card\nCard=" ID "\n",
    "[SecondCopy]\nFolder=/media/card\n", "[SecondCopy]\nCard=" ID "\n",
    "[SecondCopy]\nFolder=\nCard=" ID "\n", "[SecondCopy]\nFolder=card\nCard=" ID "\n",
    "[SecondCopy]\nFolder=/media/card\nCard=\n", "[SecondCopy]\nFolder=/media/card\nCard=" ID "0\n",
    "[SecondCopy]\nFolder=/media/card\nCard=000102030405060708090a0b0c0d0e0x\n",
  };

  assert_no_choice (self);
  for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
    write_settings (self, none[i]);
    assert_no_choice (self);
  }
  write_settings (self, "[SecondCopy]\nFolder=/media/card\nCard=" ID "\n");
  assert_choice (self, "/media/card");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, run) \
  g_test_add (path, Fixture, NULL, set_up, run, tear_down)
  ADD ("/copy-choice/is-read-as-it-was-stored", test_is_read_as_it_was_stored);
  ADD ("/copy-choice/leaves-what-else-is-set", test_leaves_the_rest);
  ADD ("/copy-choice/is-none-where-half-is-missing", test_takes_no_half);
#undef ADD

  return g_test_run ();
}
