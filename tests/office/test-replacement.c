/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Keys are replaced, and made, by a process that is killed before each of its
 * changes to the disk in turn: the next run finds one state or the other. */

#include "dc-replacement.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dc-key-set.h"
#include "dc-office.h"
#include "dc-test.h"

#define KILLED 77

/* How many changes are still made; -1: all. */
static int left = -1;

static void
count (void)
{
  if (left == 0)
    _exit (KILLED);
  if (left > 0)
    left--;
}

/* In front of the C library's, for GLib's calls too. */

int
rename (const char *from,
        const char *to)
{
  count ();

  return (int) syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
unlink (const char *path)
{
  count ();

  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, 0);
}

int
rmdir (const char *path)
{
  count ();

  return (int) syscall (SYS_unlinkat, AT_FDCWD, path, AT_REMOVEDIR);
}

int
mkdir (const char *path,
       mode_t      mode)
{
  count ();

  return (int) syscall (SYS_mkdirat, AT_FDCWD, path, mode);
}

int
fsync (int fd)
{
  count ();

  return 0;   /* a killed process takes no written bytes with it */
}

typedef struct
{
  char *top;
  char *keys;
  char *pack;
  char *stick;
} Fixture;

static void
put (const char *folder,
     const char *name,
     const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  self->top = dc_test_dir_new ();
  self->keys = g_build_filename (self->top, "keys", NULL);
  self->pack = g_build_filename (self->top, "pack", NULL);
  self->stick = g_build_filename (self->top, "stick", NULL);
  g_mkdir (self->keys, 0700);
  g_mkdir (self->pack, 0700);
  g_mkdir (self->stick, 0700);
  put (self->keys, DC_KEY_SET_DESK, "old desk");
  put (self->pack, DC_KEY_SET_RECIPIENTS, "old recipients");
  put (self->pack, DC_KEY_SET_KEYS, "old keys");
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->keys, g_free);
  g_clear_pointer (&self->pack, g_free);
  g_clear_pointer (&self->stick, g_free);
  g_clear_pointer (&self->top, dc_test_dir_remove);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* All there is below @folder, "NAME=TEXT" a line, in order. */
static void
list (const char *folder,
      const char *prefix,
      GPtrArray  *lines)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *shown = g_strconcat (prefix, name, NULL);
    g_autofree char *below = g_strconcat (shown, "/", NULL);
    g_autofree char *text = NULL;

    if (g_file_test (path, G_FILE_TEST_IS_DIR)) {
      list (path, below, lines);
    } else {
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_ptr_array_add (lines, g_strdup_printf ("%s=%s\n", shown, text));
    }
  }
}

static char *
state_of (Fixture *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  list (self->top, "", lines);
  g_ptr_array_sort (lines, compare);
  g_ptr_array_add (lines, NULL);

  return g_strjoinv ("", (char **) lines->pdata);
}

static void
add (DcKeyFiles *files,
     const char *folder,
     const char *name,
     const char *text)
{
  dc_key_files_add (files, folder, name, text, strlen (text), FALSE);
}

static gboolean
decide (Fixture  *self,
        GError  **error)
{
  g_autoptr (DcKeyFiles) files = dc_key_files_new ();
  g_autoptr (DcKeyFiles) pack_key = dc_key_files_new ();
  g_autofree char *staged = dc_replacement_folder (self->keys);

  add (files, staged, DC_REPLACEMENT_CAMPAIGN, "migrants-day");
  add (files, staged, DC_REPLACEMENT_NEW_FOLDER, self->stick);
  add (files, staged, DC_REPLACEMENT_OLD_DESK, "desk-until-2026-12-18.age");
  add (files, staged, DC_KEY_SET_DESK, "new desk");
  add (files, staged, DC_KEY_SET_RECIPIENTS, "new recipients");
  add (files, staged, DC_KEY_SET_KEYS, "new keys");
  add (pack_key, self->stick, DC_KEY_SET_PACK, "new pack key");
  add (pack_key, self->stick, DC_KEY_SET_PACK_PUB, "new pack.pub");

  return dc_replacement_decide (self->keys, files, pack_key, error);
}

static void
finish (Fixture *self)
{
  g_autofree char *old_desk = NULL;
  g_autofree char *campaign = NULL;
  g_autoptr (GError) error = NULL;

  campaign = dc_replacement_campaign (self->keys, &error);
  g_assert_cmpstr (campaign, ==, "migrants-day");
  g_assert_true (dc_replacement_apply (self->keys, self->pack, &old_desk, &error));
  g_assert_no_error (error);
  g_assert_true (dc_replacement_end (self->keys, &error));
  g_assert_no_error (error);
}

static void
replace (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  dc_replacement_sweep (self->keys);
  if (!dc_replacement_is_decided (self->keys)) {
    g_assert_true (decide (self, &error));
    g_assert_no_error (error);
  }
  finish (self);
}

/* FALSE: it was killed before the change number @n. */
static gboolean
run_and_kill (Fixture *self,
              void   (*run) (Fixture *),
              int      n)
{
  pid_t child = fork ();
  int status;

  if (child == 0) {
    left = n;
    run (self);
    _exit (0);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_true (WEXITSTATUS (status) == 0 || WEXITSTATUS (status) == KILLED);

  return WEXITSTATUS (status) == 0;
}

static char *
state_when_done (void)
{
  Fixture whole = { NULL };
  char *state;

  set_up (&whole, NULL);
  replace (&whole);
  state = state_of (&whole);
  tear_down (&whole, NULL);

  return state;
}

static void
test_replaces (Fixture       *self,
               gconstpointer  unused)
{
  g_autofree char *state = NULL;

  replace (self);
  state = state_of (self);
  g_assert_cmpstr (state, ==,
                   "keys/desk-until-2026-12-18.age=old desk\n"
                   "keys/desk.age=new desk\n"
                   "pack/keys.ini=new keys\n"
                   "pack/recipients.txt=new recipients\n"
                   "stick/pack.key=new pack key\n"
                   "stick/pack.pub=new pack.pub\n");
  g_assert_false (dc_replacement_sweep (self->keys));
}

/* Each state that a kill leaves is the old one, or is finished by the next run;
 * the paths in it are the fixture's, so each has its own folder. */
static void
check_killed (int       n,
              gboolean *done,
              gboolean *undone,
              gboolean *finished)
{
  Fixture fixture = { NULL };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *expected = state_when_done ();

  set_up (&fixture, NULL);
  before = state_of (&fixture);
  *done = run_and_kill (&fixture, replace, n);
  dc_replacement_sweep (fixture.keys);
  if (dc_replacement_is_decided (fixture.keys)) {
    *finished = TRUE;
    finish (&fixture);
  } else {
    g_autofree char *now = state_of (&fixture);

    if (strcmp (now, before) == 0) {
      *undone = TRUE;
      replace (&fixture);
    }
  }
  after = state_of (&fixture);
  g_assert_cmpstr (after, ==, expected);
  tear_down (&fixture, NULL);
}

static void
test_killed (void)
{
  gboolean done = FALSE, undone = FALSE, finished = FALSE;
  int n;

  for (n = 0; !done; n++)
    check_killed (n, &done, &undone, &finished);
  g_test_message ("%d changes", n - 1);
  g_assert_cmpint (n, >, 40);
  g_assert_true (undone && finished);
}

/* The run that finishes is killed too. */
static void
test_killed_again (void)
{
  g_autofree char *expected = state_when_done ();
  gboolean done = FALSE;

  for (int n = 0; !done; n++) {
    Fixture fixture = { NULL };
    g_autofree char *after = NULL;

    set_up (&fixture, NULL);
    g_assert_true (decide (&fixture, NULL));
    done = run_and_kill (&fixture, finish, n);
    /* Every further one gets one change further. */
    for (int m = 1; dc_replacement_is_decided (fixture.keys); m++)
      run_and_kill (&fixture, finish, m);
    dc_replacement_sweep (fixture.keys);
    after = state_of (&fixture);
    g_assert_cmpstr (after, ==, expected);
    tear_down (&fixture, NULL);
  }
}

static void
test_no_stick (Fixture       *self,
               gconstpointer  unused)
{
  g_autofree char *away = g_build_filename (self->top, "away", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *old_desk = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (decide (self, NULL));
  g_assert_cmpint (rename (self->stick, away), ==, 0);
  before = state_of (self);
  g_assert_false (dc_replacement_apply (self->keys, self->pack, &old_desk, &error));
  g_assert_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, self->stick));
  after = state_of (self);
  g_assert_cmpstr (before, ==, after);

  g_assert_cmpint (rename (away, self->stick), ==, 0);
  finish (self);
}

static void
test_no_room (Fixture       *self,
              gconstpointer  unused)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  put (self->stick, DC_KEY_SET_PACK, "another");
  before = state_of (self);
  g_assert_false (decide (self, &error));
  g_assert_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE);
  after = state_of (self);
  g_assert_cmpstr (before, ==, after);
}

/* As "keys new" does, into two folders. */
static void
make (Fixture *self)
{
  g_autoptr (DcKeyFiles) files = dc_key_files_new ();
  g_autoptr (GError) error = NULL;

  add (files, self->stick, "one", "1");
  add (files, self->pack, "two", "2");
  add (files, self->stick, "three", "3");
  g_assert_true (dc_key_files_write (files, &error));
  g_assert_no_error (error);
}

static DcKeyFilesLeft
resume (Fixture  *self,
        GError  **error)
{
  const DcKeyPlace places[] = { { self->stick, "one" }, { self->pack, "two" }, { self->stick, "three" } };
  DcKeyFilesLeft found = DC_KEY_FILES_NONE;

  dc_key_files_resume (places, G_N_ELEMENTS (places), &found, error);

  return found;
}

static void
test_made_and_killed (void)
{
  gboolean done = FALSE, undone = FALSE, finished = FALSE;

  for (int n = 0; !done; n++) {
    Fixture fixture = { NULL };
    g_autoptr (GError) error = NULL;
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    DcKeyFilesLeft found;

    set_up (&fixture, NULL);
    before = state_of (&fixture);
    done = run_and_kill (&fixture, make, n);
    found = resume (&fixture, &error);
    g_assert_no_error (error);
    undone |= found == DC_KEY_FILES_UNDONE;
    finished |= found == DC_KEY_FILES_FINISHED;
    after = state_of (&fixture);
    if (strcmp (before, after) != 0) {
      g_assert_true (found == DC_KEY_FILES_FINISHED || g_str_has_suffix (after, "stick/three=3\n"));
      g_assert_nonnull (strstr (after, "pack/two=2\nstick/one=1\nstick/three=3\n"));
      g_assert_null (strstr (after, ".next"));
    } else {
      g_assert_cmpint (found, !=, DC_KEY_FILES_FINISHED);
    }
    tear_down (&fixture, NULL);
  }
  g_assert_true (undone && finished);
}

static void
test_made_among_others (Fixture       *self,
                        gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  put (self->stick, "one", "of another");
  put (self->stick, "one.next", "1");
  put (self->pack, "two.next", "2");
  put (self->stick, "three.next", "3");
  resume (self, &error);
  g_assert_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_THERE);
  g_assert_nonnull (strstr (error->message, "stick/one"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, run) g_test_add ("/office/replacement/" path, Fixture, NULL, set_up, run, tear_down)

  ADD ("gives-everything-its-place", test_replaces);
  g_test_add_func ("/office/replacement/killed-before-any-change-is-undone-or-finished", test_killed);
  g_test_add_func ("/office/replacement/killed-again-while-it-is-finished", test_killed_again);
  ADD ("a-stick-that-is-away-stops-all-of-it", test_no_stick);
  ADD ("what-cannot-be-written-changes-nothing", test_no_room);
  g_test_add_func ("/office/key-files/killed-before-any-change-are-undone-or-finished", test_made_and_killed);
  ADD ("files-of-another-making-are-not-finished", test_made_among_others);

  return g_test_run ();
}
