/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-crypto.h"
#include "dc-pin-reset.h"
#include "dc-test.h"
#include "dc-test-pack.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TEXT \
  "daily-cup-pins/1\n" \
  "tablet 0101010101010101010101010101010101010101010101010101010101010101\n" \
  "id 07070707070707070707070707070707\n"

/* An office's pack, a stick, and the state directory of a tablet. */
typedef struct
{
  char   *pack;
  char   *stick;
  char   *state;
  char   *used;
  char   *key;
  char   *path;
  guint8  tablet[32];
} Fixture;

static void
sign (Fixture    *fixture,
      const char *text)
{
  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  dc_test_pack_sign_file (fixture->pack, fixture->path);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autofree char *name = NULL;

  fixture->pack = dc_test_dir_new ();
  fixture->stick = dc_test_dir_new ();
  fixture->state = dc_test_dir_new ();
  fixture->used = g_build_filename (fixture->state, "pins-used", NULL);
  memset (fixture->tablet, 1, sizeof fixture->tablet);
  name = dc_pin_reset_name (fixture->tablet);
  g_assert_cmpstr (name, ==, "daily-cup-pins-01010101");
  fixture->path = g_build_filename (fixture->stick, name, NULL);
  dc_test_pack_new (fixture->pack);
  fixture->key = dc_test_pack_get_key (fixture->pack);
  sign (fixture, TEXT);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  dc_test_dir_remove (fixture->pack);
  dc_test_dir_remove (fixture->stick);
  dc_test_dir_remove (fixture->state);
  g_free (fixture->used);
  g_free (fixture->key);
  g_free (fixture->path);
}

static gboolean
find (Fixture     *fixture,
      DcPinReset  *found,
      GError     **error)
{
  return dc_pin_reset_find (found, fixture->stick, fixture->tablet, fixture->key, fixture->used, error);
}

/* (nullable) (transfer full) */
static char *
read_used (Fixture *fixture)
{
  char *list = NULL;

  g_file_get_contents (fixture->used, &list, NULL, NULL);

  return list;
}

/* A refusal writes nothing down. */
static void
assert_refused (Fixture *fixture,
                GQuark   domain,
                int      code)
{
  g_autofree char *before = read_used (fixture);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;
  DcPinReset found;

  g_assert_false (find (fixture, &found, &error));
  g_assert_error (error, domain, code);
  after = read_used (fixture);
  g_assert_cmpstr (after, ==, before);
}

static void
test_one_file_is_taken_once (Fixture       *fixture,
                             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  DcPinReset found, again;

  g_assert_true (find (fixture, &found, &error));
  g_assert_no_error (error);
  /* To look is not to use. */
  g_assert_true (find (fixture, &again, &error));
  g_assert_true (dc_id_equal (&found.id, &again.id));

  g_assert_true (dc_pin_reset_use (&found, fixture->used, &error));
  g_assert_no_error (error);
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_USED);
  g_assert_false (dc_pin_reset_use (&found, fixture->used, &error));
  g_assert_error (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_USED);
}

static void
test_the_next_file_is_taken_after_it (Fixture       *fixture,
                                      gconstpointer  unused)
{
  g_autofree char *next = dc_test_replace (TEXT, "id 07", "id 08");
  DcPinReset found;

  g_assert_true (find (fixture, &found, NULL));
  g_assert_true (dc_pin_reset_use (&found, fixture->used, NULL));
  sign (fixture, next);
  g_assert_true (find (fixture, &found, NULL));
  g_assert_true (dc_pin_reset_use (&found, fixture->used, NULL));
  sign (fixture, TEXT);
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_USED);
}

static void
test_nothing_on_the_stick (Fixture       *fixture,
                           gconstpointer  unused)
{
  g_autofree char *signature = g_strconcat (fixture->path, ".minisig", NULL);

  g_assert_cmpint (g_unlink (signature), ==, 0);
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_NONE);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_NONE);
  g_assert_cmpint (symlink ("/dev/zero", fixture->path), ==, 0);
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_NONE);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_cmpint (mkfifo (fixture->path, 0600), ==, 0);
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_NONE);

  dc_test_dir_remove (fixture->stick);
  fixture->stick = g_strdup ("/nowhere");
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_NONE);
  g_free (fixture->stick);
  fixture->stick = dc_test_dir_new ();
}

static void
test_only_the_pack_key_counts (Fixture       *fixture,
                               gconstpointer  unused)
{
  g_autofree char *other = dc_test_pack_make_next_key (fixture->pack);

  g_clear_pointer (&fixture->key, g_free);
  fixture->key = g_strdup (other);
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_SIGNER);
}

static void
test_a_changed_file_is_not_signed (Fixture       *fixture,
                                   gconstpointer  unused)
{
  g_autofree char *text = dc_test_replace (TEXT, "id 07", "id 09");
  g_autofree char *long_text = g_strnfill (DC_PIN_RESET_MAX_BYTES + 1, 'x');

  g_assert_true (g_file_set_contents (fixture->path, text, -1, NULL));
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_SIGNER);
  g_assert_true (g_file_set_contents (fixture->path, long_text, -1, NULL));
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_DAMAGED);
}

static void
test_another_tablets_file_is_not_for_this_one (Fixture       *fixture,
                                               gconstpointer  unused)
{
  /* The name has only the first digits of a key. */
  g_autofree char *text = dc_test_replace (TEXT, "0101\n", "0102\n");

  sign (fixture, text);
  assert_refused (fixture, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_TABLET);
}

static void
test_a_spoilt_list_lets_nothing_through (Fixture       *fixture,
                                         gconstpointer  unused)
{
  DcPinReset found;
  g_autoptr (GError) error = NULL;

  g_assert_true (find (fixture, &found, NULL));
  g_assert_true (g_file_set_contents (fixture->used, "0707", -1, NULL));
  assert_refused (fixture, G_FILE_ERROR, G_FILE_ERROR_INVAL);
  g_assert_false (dc_pin_reset_use (&found, fixture->used, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL);
}

static void
test_a_full_list_takes_no_more (Fixture       *fixture,
                                gconstpointer  unused)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  DcPinReset found;

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (list, "%032x\n", i);
  g_assert_true (g_file_set_contents (fixture->used, list->str, -1, NULL));
  g_assert_true (find (fixture, &found, &error));
  g_assert_no_error (error);
  g_assert_false (dc_pin_reset_use (&found, fixture->used, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC);
}

static void
test_only_what_the_office_writes_is_read (void)
{
  static const char * const refused[] = {
    "", "daily-cup-pins/1\n", "daily-cup-pins/2\n", TEXT "\n", " " TEXT,
  };
  static const char * const changes[][2] = {
    { "tablet 01", "tablet 0A" }, { "tablet 01", "tablet 0g" }, { "id 07", "id 0F" }, { "id 07", "id 0x" },
    { "id 07", "ID 07" }, { "\nid", "\rid" }, { "/1", "/2" }, { "0707\n", "07070" },
  };
  g_autofree char *text = NULL;
  DcPinReset read;

  g_assert_true (dc_pin_reset_parse (&read, TEXT, strlen (TEXT), NULL));
  text = dc_pin_reset_to_text (&read);
  g_assert_cmpstr (text, ==, TEXT);

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_false (dc_pin_reset_parse (&read, refused[i], strlen (refused[i]), &error));
    g_assert_error (error, DC_PIN_RESET_ERROR, DC_PIN_RESET_ERROR_DAMAGED);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autofree char *changed = dc_test_replace (TEXT, changes[i][0], changes[i][1]);

    g_assert_false (dc_pin_reset_parse (&read, changed, strlen (changed), NULL));
  }
  for (gsize length = 0; length < strlen (TEXT); length++)
    g_assert_false (dc_pin_reset_parse (&read, TEXT, length, NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

#define ADD(name, function) g_test_add ("/pin-reset/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("one file is taken once", test_one_file_is_taken_once);
  ADD ("the next file is taken after it", test_the_next_file_is_taken_after_it);
  ADD ("nothing on the stick", test_nothing_on_the_stick);
  ADD ("only the pack key counts", test_only_the_pack_key_counts);
  ADD ("a changed file is not signed", test_a_changed_file_is_not_signed);
  ADD ("another tablet's file is not for this one", test_another_tablets_file_is_not_for_this_one);
  ADD ("a spoilt list lets nothing through", test_a_spoilt_list_lets_nothing_through);
  ADD ("a full list takes no more", test_a_full_list_takes_no_more);
  g_test_add_func ("/pin-reset/only what the office writes is read", test_only_what_the_office_writes_is_read);
#undef ADD

  return g_test_run ();
}
