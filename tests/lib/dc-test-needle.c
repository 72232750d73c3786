/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-test-needle.h"

#include <fcntl.h>
#include <malloc.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

/* The allocator writes its own links over the beginning of a block that is
 * freed, so what a copy is known by stands behind. */
#define LINKS 16

static guint8 inverted[DC_TEST_NEEDLE_LENGTH];

void
dc_test_needle_init (void)
{
  mallopt (M_PERTURB, 0);
  /* What went back to the system could not be looked at. */
  mallopt (M_TRIM_THRESHOLD, 1 << 30);
  mallopt (M_MMAP_THRESHOLD, 1 << 30);
}

void
dc_test_needle_choose (void)
{
  g_assert_cmpint (getrandom (inverted, sizeof inverted, 0), ==, sizeof inverted);
  for (guint i = 0; i < sizeof inverted; i++)
    inverted[i] = 0xff - ('a' + inverted[i] % 26);
}

void
dc_test_needle_write (char *text)
{
  for (guint i = 0; i < sizeof inverted; i++)
    text[i] = (char) (0xff - inverted[i]);
}

static guint
count_in (const guint8 *from,
          const guint8 *to)
{
  guint count = 0;

  for (; from + sizeof inverted <= to; from++) {
    guint i = LINKS;

    while (i < sizeof inverted && from[i] + inverted[i] == 0xff)
      i++;
    count += i == sizeof inverted ? 1 : 0;
  }

  return count;
}

guint
dc_test_needle_count (void)
{
  static char maps[256 * 1024];
  gsize size = 0;
  ssize_t got;
  int fd = open ("/proc/self/maps", O_RDONLY | O_CLOEXEC);
  guint count = 0;

  g_assert_cmpint (fd, >=, 0);
  while ((got = read (fd, maps + size, sizeof maps - 1 - size)) > 0)
    size += (gsize) got;
  maps[size] = '\0';
  close (fd);
  g_assert_cmpuint (size, <, sizeof maps - 1);

  for (char *line = maps; *line != '\0'; line = strchr (line, '\n') + 1) {
    char *end;
    gsize from = g_ascii_strtoull (line, &end, 16);
    gsize to = g_ascii_strtoull (end + 1, &end, 16);

    if (g_str_has_prefix (end, " rw"))
      count += count_in ((const guint8 *) from, (const guint8 *) to);
  }

  return count;
}
