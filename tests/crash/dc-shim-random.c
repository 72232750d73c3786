/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shim-random.h"

#include "dc-shim-vfs.h"

#include <sodium.h>

static GRand *seeded_rand;

static const char *
seeded_name (void)
{
  return "seeded";
}

static guint32
seeded_random (void)
{
  return g_rand_int (seeded_rand);
}

static void
seeded_buf (void * const buffer,
            const size_t size)
{
  for (size_t i = 0; i < size; i++)
    ((guint8 *) buffer)[i] = (guint8) g_rand_int (seeded_rand);
}

static randombytes_implementation seeded = {
  .implementation_name = seeded_name,
  .random = seeded_random,
  .buf = seeded_buf,
};

void
dc_shim_random_seed (guint32 seed)
{
  g_clear_pointer (&seeded_rand, g_rand_free);
  seeded_rand = g_rand_new_with_seed (seed);
  randombytes_set_implementation (&seeded);
  dc_shim_vfs_seed (seed | 1);
}

void
dc_shim_random_reset (void)
{
  randombytes_set_implementation (&randombytes_sysrandom_implementation);
  g_clear_pointer (&seeded_rand, g_rand_free);
  dc_shim_vfs_seed (0);
}
