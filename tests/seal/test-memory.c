/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-memory.h"
#include "dc-sanitized.h"

#include <fcntl.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define LETTER 's'
/* A block of the first size is kept at hand by the thread, of the second not. */
#define SMALL 200
#define LARGE 4000
/* At the beginning of a freed block glibc keeps four words of its own, two of
 * them drawn at random: any byte of theirs may look like the letter. */
#define BOOKKEEPING (4 * sizeof (gpointer))

/* The sanitizer has an allocator of its own, with nothing of this in it. */
#if !DC_SANITIZED

/* A block full of letters is freed; how many of them still lie there, past the
 * words of the allocator. Memory that is freed may be read by no pointer, so
 * the kernel is asked. */
static gsize
letters_at (guintptr place,
            gsize    size)
{
  g_autofree char *data = g_malloc0 (2 * LARGE);
  int fd = open ("/proc/self/mem", O_RDONLY | O_CLOEXEC);
  gsize count = 0;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pread (fd, data, size, (off_t) place), ==, (gssize) size);
  close (fd);
  for (gsize i = BOOKKEEPING; i < size; i++)
    count += data[i] == LETTER;

  return count;
}

static guintptr
fill_and_free (gsize size)
{
  char *block = g_malloc (size);
  guintptr place = (guintptr) block;

  memset (block, LETTER, size);
  g_assert_cmpuint (letters_at (place, size), ==, size - BOOKKEEPING);
  g_free (block);

  return place;
}

static void
test_overwrites_what_is_freed (void)
{
  guintptr place;

  g_assert_true (dc_memory_wipe_freed ());
  place = fill_and_free (LARGE);
  g_assert_cmpuint (letters_at (place, LARGE), ==, 0);
}

static void
test_new_blocks_are_zeroes (void)
{
  g_autofree char *block = NULL;

  g_assert_true (dc_memory_wipe_freed ());
  block = g_malloc (LARGE);
  for (gsize i = 0; i < LARGE; i++)
    g_assert_cmpint (block[i], ==, 0);
}

static void
test_overwrites_spare_blocks (void)
{
  guintptr place;

  g_assert_true (dc_memory_wipe_freed ());
  dc_memory_wipe_spare_blocks ();
  place = fill_and_free (SMALL);
  /* What the function is there for. */
  g_assert_cmpuint (letters_at (place, SMALL), >, SMALL / 2);

  dc_memory_wipe_spare_blocks ();
  g_assert_cmpuint (letters_at (place, SMALL), ==, 0);
}

#endif

static void
test_forbids_dumps (void)
{
  struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };

  if (g_test_subprocess ()) {
    dc_memory_forbid_dumps ();
    g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 0);
    g_assert_cmpint (getrlimit (RLIMIT_CORE, &limit), ==, 0);
    g_assert_cmpuint (limit.rlim_cur, ==, 0);
    g_assert_cmpuint (limit.rlim_max, ==, 0);
    return;
  }

  g_assert_cmpint (prctl (PR_GET_DUMPABLE), ==, 1);
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#if !DC_SANITIZED
  g_test_add_func ("/seal/memory/overwrites-what-is-freed", test_overwrites_what_is_freed);
  g_test_add_func ("/seal/memory/new-blocks-are-zeroes", test_new_blocks_are_zeroes);
  g_test_add_func ("/seal/memory/overwrites-the-blocks-that-a-thread-keeps",
                   test_overwrites_spare_blocks);
#endif
  g_test_add_func ("/seal/memory/forbids-core-dumps", test_forbids_dumps);

  return g_test_run ();
}
