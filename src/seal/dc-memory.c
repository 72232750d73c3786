/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-memory.h"

#include <malloc.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <sodium.h>

/* mallopt(3), M_PERTURB: freed blocks are filled with this byte, new ones with
 * its complement. A zero there is kinder to who reads what was never written. */
#define FREED 0xff

/* glibc's cache of a thread (malloc/malloc.c: TCACHE_MAX_BINS, TCACHE_FILL_COUNT,
 * tidx2usize): so many blocks of each of these sizes. */
#define SMALLEST_SPARE 24
#define LARGEST_SPARE 1032
#define SPARE_STEP 16
#define SPARES_OF_A_SIZE 7

void
dc_memory_forbid_dumps (void)
{
  const struct rlimit none = { 0, 0 };

  prctl (PR_SET_DUMPABLE, 0);
  setrlimit (RLIMIT_CORE, &none);
}

gboolean
dc_memory_wipe_freed (void)
{
  return mallopt (M_PERTURB, FREED) == 1;
}

/* All of a size are taken before one is given back: else it would be the same
 * one each time. What is not taken from the cache comes from where freed
 * blocks are overwritten, and fills it with zeroes. */
void
dc_memory_wipe_spare_blocks (void)
{
  for (gsize size = SMALLEST_SPARE; size <= LARGEST_SPARE; size += SPARE_STEP) {
    gpointer blocks[SPARES_OF_A_SIZE];

    for (gsize i = 0; i < SPARES_OF_A_SIZE; i++) {
      blocks[i] = g_malloc (size);
      sodium_memzero (blocks[i], size);
    }
    for (gsize i = 0; i < SPARES_OF_A_SIZE; i++)
      g_free (blocks[i]);
  }
}
