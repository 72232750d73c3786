/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-drill-state.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "dc-crypto.h"
#include "dc-test.h"

#define DESK  "age1cau5kzwzz00epuye73tnv0qnm05cx3x9jd6prhkmqcsr3k86rpfsk26n9y"
#define SPARE "age1yj2n2v90mwxyfp4l0u3298r3kumt3a0c5ula3wftg0ftqvkafe9qygeqlh"
#define OTHER "age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y920xxpp866cnql7dp2z"

/* The linker puts this in front of the C library's (--wrap). */
int __real_rename (const char *from,
                   const char *to);
int __wrap_rename (const char *from,
                   const char *to);

static gboolean disk_fails;

int
__wrap_rename (const char *from,
               const char *to)
{
  if (!disk_fails)
    return __real_rename (from, to);
  errno = EIO;

  return -1;
}

typedef struct
{
  char         *dir;
  char         *path;
  guint8        tablet[32];
  DcDrillState *state;
} Fixture;

static const char * const first[] = { "abandon ability able about", "zoo zone zero zebra", NULL };
static const char * const second[] = { "cup coffee day people", "hope voice bridge open", NULL };

static DcDrillState *
state_new (Fixture    *self,
           const char *recipients)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcAgeRecipients) keys = dc_age_recipients_parse (recipients, strlen (recipients), &error);
  DcDrillState *state;

  g_assert_no_error (error);
  state = dc_drill_state_new (self->path, self->tablet, keys);
  dc_drill_state_load (state, &error);
  g_assert_no_error (error);

  return state;
}

/* As after a restart, with these recipients. */
static void
restart (Fixture    *self,
         const char *recipients)
{
  g_clear_pointer (&self->state, dc_drill_state_free);
  self->state = state_new (self, recipients);
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->dir = dc_test_dir_new ();
  self->path = g_build_filename (self->dir, "drill.ini", NULL);
  memset (self->tablet, 7, sizeof self->tablet);
  self->state = state_new (self, DESK "\n" SPARE "\n");
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->state, dc_drill_state_free);
  g_clear_pointer (&self->path, g_free);
  dc_test_dir_remove (self->dir);
}

static void
expect (Fixture            *self,
        const char * const *answers)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dc_drill_state_expect (self->state, answers, &error));
  g_assert_no_error (error);
}

static void
answer (Fixture    *self,
        const char *words,
        guint       key)
{
  g_autoptr (GError) error = NULL;
  guint found = G_MAXUINT;

  g_assert_true (dc_drill_state_answer (self->state, words, &found, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (found, ==, key);
}

static void
assert_no_answer (Fixture    *self,
                  const char *words,
                  GQuark      domain,
                  int         code)
{
  g_autoptr (GError) error = NULL;
  guint key;

  g_assert_false (dc_drill_state_answer (self->state, words, &key, &error));
  g_assert_error (error, domain, code);
}

static void
prove (Fixture *self)
{
  expect (self, first);
  answer (self, first[0], 0);
  answer (self, first[1], 1);
}

static void
go_live (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  prove (self);
  g_assert_true (dc_drill_state_set_live (self->state, TRUE, &error));
  g_assert_no_error (error);
  g_assert_true (dc_drill_state_is_live (self->state));
}

static void
assert_nothing (Fixture *self)
{
  g_assert_false (dc_drill_state_is_proven (self->state));
  g_assert_false (dc_drill_state_is_live (self->state));
  g_assert_cmpuint (dc_drill_state_get_tries (self->state), ==, 0);
  for (guint i = 0; i < dc_drill_state_get_n_keys (self->state); i++)
    g_assert_cmpint (dc_drill_state_get_key (self->state, i), ==, DC_DRILL_KEY_UNTRIED);
}

static void
test_new (Fixture       *self,
          gconstpointer  unused)
{
  g_assert_cmpuint (dc_drill_state_get_n_keys (self->state), ==, 2);
  assert_nothing (self);
  assert_no_answer (self, first[0], DC_DRILL_ERROR, DC_DRILL_ERROR_NONE);
}

static void
test_each_key (Fixture       *self,
               gconstpointer  unused)
{
  expect (self, first);
  g_assert_cmpint (dc_drill_state_get_key (self->state, 0), ==, DC_DRILL_KEY_AWAITED);
  answer (self, "ZOO, zone-ZERO zebr", 1);
  g_assert_cmpint (dc_drill_state_get_key (self->state, 0), ==, DC_DRILL_KEY_AWAITED);
  g_assert_cmpint (dc_drill_state_get_key (self->state, 1), ==, DC_DRILL_KEY_GOOD);
  g_assert_false (dc_drill_state_is_proven (self->state));
  answer (self, first[1], 1);
  answer (self, first[0], 0);
  g_assert_true (dc_drill_state_is_proven (self->state));
  g_assert_false (dc_drill_state_is_live (self->state));
}

/* The answer may come by telephone the next day. */
static void
test_restart (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *text = NULL;
  GStatBuf status;

  expect (self, first);
  restart (self, DESK "\n" SPARE "\n");
  answer (self, first[0], 0);
  restart (self, DESK "\n" SPARE "\n");
  g_assert_cmpint (dc_drill_state_get_key (self->state, 0), ==, DC_DRILL_KEY_GOOD);
  answer (self, first[1], 1);
  g_assert_true (dc_drill_state_is_proven (self->state));

  g_assert_cmpint (g_stat (self->path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  g_assert_true (g_file_get_contents (self->path, &text, NULL, NULL));
  g_assert_null (strstr (text, "abandon"));
}

static void
test_words (Fixture       *self,
            gconstpointer  unused)
{
  expect (self, first);
  assert_no_answer (self, "abandon ability able", DC_SEAL_ERROR, DC_SEAL_ERROR_WORDS);
  assert_no_answer (self, "abandon ability able aboot", DC_SEAL_ERROR, DC_SEAL_ERROR_WORDS);
  /* Mistyped is not wrong. */
  g_assert_cmpuint (dc_drill_state_get_tries (self->state), ==, DC_DRILL_MAX_WRONG);
  assert_no_answer (self, "abandon ability able zoo", DC_DRILL_ERROR, DC_DRILL_ERROR_WRONG);
  g_assert_cmpuint (dc_drill_state_get_tries (self->state), ==, DC_DRILL_MAX_WRONG - 1);
  answer (self, first[0], 0);
}

static void
test_too_many (Fixture       *self,
               gconstpointer  unused)
{
  prove (self);
  expect (self, second);
  for (guint i = 0; i < DC_DRILL_MAX_WRONG; i++) {
    restart (self, DESK "\n" SPARE "\n");
    assert_no_answer (self, "able able able able", DC_DRILL_ERROR, DC_DRILL_ERROR_WRONG);
  }
  assert_no_answer (self, second[0], DC_DRILL_ERROR, DC_DRILL_ERROR_NONE);
  g_assert_cmpuint (dc_drill_state_get_tries (self->state), ==, 0);
  /* What was proved before is not unproved by that. */
  g_assert_true (dc_drill_state_is_proven (self->state));
  expect (self, first);
  answer (self, first[0], 0);
}

static void
test_again (Fixture       *self,
            gconstpointer  unused)
{
  expect (self, first);
  answer (self, first[0], 0);
  expect (self, second);
  g_assert_cmpint (dc_drill_state_get_key (self->state, 0), ==, DC_DRILL_KEY_GOOD);
  /* The first stick may still be on its way. */
  answer (self, first[1], 1);
  g_assert_true (dc_drill_state_is_proven (self->state));
}

static void
test_long_ago (Fixture       *self,
               gconstpointer  unused)
{
  expect (self, first);
  for (guint i = 0; i < DC_DRILL_KEPT; i++)
    expect (self, second);
  assert_no_answer (self, first[0], DC_DRILL_ERROR, DC_DRILL_ERROR_WRONG);
  restart (self, DESK "\n" SPARE "\n");
  answer (self, second[0], 0);
}

static void
test_live (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  expect (self, first);
  answer (self, first[0], 0);
  g_assert_false (dc_drill_state_set_live (self->state, TRUE, &error));
  g_assert_error (error, DC_DRILL_ERROR, DC_DRILL_ERROR_UNPROVEN);
  g_assert_false (dc_drill_state_is_live (self->state));

  go_live (self);
  restart (self, DESK "\n" SPARE "\n");
  g_assert_true (dc_drill_state_is_live (self->state));
  g_clear_error (&error);
  g_assert_true (dc_drill_state_set_live (self->state, FALSE, &error));
  restart (self, DESK "\n" SPARE "\n");
  g_assert_false (dc_drill_state_is_live (self->state));
  g_assert_true (dc_drill_state_is_proven (self->state));
}

static void
test_other_recipients (Fixture       *self,
                       gconstpointer  unused)
{
  go_live (self);
  restart (self, DESK "\n" OTHER "\n");
  assert_nothing (self);
  restart (self, DESK "\n");
  assert_nothing (self);
  restart (self, DESK "\n" SPARE "\n" OTHER "\n");
  assert_nothing (self);
}

/* Whoever turns the lines round has changed no key. */
static void
test_other_order (Fixture       *self,
                  gconstpointer  unused)
{
  expect (self, first);
  answer (self, first[0], 0);
  restart (self, SPARE "\n" DESK "\n");
  g_assert_cmpint (dc_drill_state_get_key (self->state, 1), ==, DC_DRILL_KEY_GOOD);
  g_assert_cmpint (dc_drill_state_get_key (self->state, 0), ==, DC_DRILL_KEY_AWAITED);
  answer (self, first[1], 0);
  g_assert_true (dc_drill_state_is_proven (self->state));
}

static void
test_other_tablet (Fixture       *self,
                   gconstpointer  unused)
{
  go_live (self);
  self->tablet[31]++;
  restart (self, DESK "\n" SPARE "\n");
  assert_nothing (self);
}

/* Nothing counts that is not on the disk. */
static void
test_disk (Fixture       *self,
           gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  guint key;

  expect (self, first);
  disk_fails = TRUE;
  g_assert_false (dc_drill_state_answer (self->state, first[0], &key, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
  g_clear_error (&error);
  g_assert_cmpint (dc_drill_state_get_key (self->state, 0), ==, DC_DRILL_KEY_AWAITED);
  assert_no_answer (self, "able able able able", G_FILE_ERROR, G_FILE_ERROR_IO);
  g_assert_cmpuint (dc_drill_state_get_tries (self->state), ==, DC_DRILL_MAX_WRONG);
  g_assert_false (dc_drill_state_expect (self->state, second, &error));
  disk_fails = FALSE;

  assert_no_answer (self, second[0], DC_DRILL_ERROR, DC_DRILL_ERROR_WRONG);
  answer (self, first[0], 0);
  answer (self, first[1], 1);
  disk_fails = TRUE;
  g_clear_error (&error);
  g_assert_false (dc_drill_state_set_live (self->state, TRUE, &error));
  disk_fails = FALSE;
  g_assert_false (dc_drill_state_is_live (self->state));
}

static void
assert_damaged (Fixture    *self,
                const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  g_assert_false (dc_drill_state_load (self->state, &error));
  g_assert_error (error, DC_DRILL_ERROR, DC_DRILL_ERROR_DAMAGED);
  g_assert_true (g_str_has_prefix (error->message, self->path));
  assert_nothing (self);
}

static void
test_damaged (Fixture       *self,
              gconstpointer  unused)
{
  static const char * const edits[][2] = {
    { "good=true", "good=yes" },
    { "good=true", "good=true " },
    { "live=true", "live=1" },
    { "wrong=0", "wrong=10" },
    { "wrong=0", "wrong=-1" },
    { "wrong=0", "wrong=0\nmore=1" },
    { "version=1", "version=2" },
    { "answers=", "answers=;" },
    { "answers=", "answers=zz" },
    { "[" SPARE "]", "[" OTHER "]" },
    { "[" SPARE "]", "[" DESK "]" },
  };
  g_autofree char *text = NULL;

  go_live (self);
  text = dc_drill_state_to_text (self->state);
  for (gsize i = 0; i < G_N_ELEMENTS (edits); i++) {
    g_autoptr (GString) edited = g_string_new (text);

    g_assert_cmpuint (g_string_replace (edited, edits[i][0], edits[i][1], 1), ==, 1);
    assert_damaged (self, edited->str);
  }
  assert_damaged (self, "not a key file");
  assert_damaged (self, "");
  g_assert_true (g_file_set_contents (self->path, text, -1, NULL));
  restart (self, DESK "\n" SPARE "\n");
  g_assert_true (dc_drill_state_is_live (self->state));
}

static void
test_unreadable (Fixture       *self,
                 gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  g_assert_false (dc_drill_state_load (self->state, &error));
  g_assert_cmpuint (error->domain, ==, G_FILE_ERROR);
  assert_nothing (self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/staff/drill/begins-with-nothing-proved", test_new);
  ADD ("/staff/drill/is-passed-with-each-key-in-any-order", test_each_key);
  ADD ("/staff/drill/waits-for-its-answer-over-restarts-and-keeps-no-word-of-it", test_restart);
  ADD ("/staff/drill/tells-mistyped-words-from-a-wrong-answer", test_words);
  ADD ("/staff/drill/must-be-written-anew-after-ten-wrong-answers", test_too_many);
  ADD ("/staff/drill/written-anew-keeps-what-was-proved-and-awaited", test_again);
  ADD ("/staff/drill/forgets-what-was-awaited-long-ago", test_long_ago);
  ADD ("/staff/drill/lets-no-tablet-go-live-before-each-key-is-proved", test_live);
  ADD ("/staff/drill/is-void-with-other-recipients", test_other_recipients);
  ADD ("/staff/drill/stands-where-the-recipients-are-in-another-order", test_other_order);
  ADD ("/staff/drill/is-void-with-another-key-of-the-tablet", test_other_tablet);
  ADD ("/staff/drill/changes-nothing-where-the-disk-fails", test_disk);
  ADD ("/staff/drill/a-damaged-file-proves-nothing", test_damaged);
  ADD ("/staff/drill/a-file-that-cannot-be-read-proves-nothing", test_unreadable);
#undef ADD

  return g_test_run ();
}
