/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shim-memory.h"

#include <sqlite3.h>

static sqlite3_mem_methods real;

static struct
{
  gboolean armed;
  guint    after;
  gboolean persistent;
  guint    refusals;
} fault;

static gboolean
is_refused (void)
{
  if (!fault.armed)
    return FALSE;
  if (fault.after > 0) {
    fault.after--;
    return FALSE;
  }

  fault.armed = fault.persistent;
  fault.refusals++;

  return TRUE;
}

static void *
take (int size)
{
  return is_refused () ? NULL : real.xMalloc (size);
}

static void *
take_again (void *memory,
            int   size)
{
  return is_refused () ? NULL : real.xRealloc (memory, size);
}

void
dc_shim_memory_install (void)
{
  sqlite3_mem_methods methods;

  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_GETMALLOC, &real), ==, SQLITE_OK);
  methods = real;
  methods.xMalloc = take;
  methods.xRealloc = take_again;
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_MALLOC, &methods), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_config (SQLITE_CONFIG_LOOKASIDE, 0, 0), ==, SQLITE_OK);
}

void
dc_shim_memory_fail (guint    after,
                     gboolean persistent)
{
  fault.armed = TRUE;
  fault.after = after;
  fault.persistent = persistent;
  fault.refusals = 0;
}

guint
dc_shim_memory_reset (void)
{
  fault.armed = FALSE;

  return fault.refusals;
}
