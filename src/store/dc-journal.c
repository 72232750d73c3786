/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-journal.h"

#include "dc-store-error.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* https://sqlite.org/fileformat2.html, section 4.1, "WAL File Format". */
#define HEADER_SIZE 32
#define FRAME_HEADER_SIZE 24
#define MAGIC 0x377f0682u   /* with 1 more: sums over big-endian words */
#define PAGE_SIZE_MAX 65536

/* A log of this program is emptied at half a megabyte; one that met a full disk
 * is twice as long. */
#define SIZE_MAX_READ (64 * 1024 * 1024)

typedef struct
{
  guint32  a;
  guint32  b;
  gboolean big_endian;
} Sum;

static guint32
read_word (const guint8 *at)
{
  guint32 word;

  memcpy (&word, at, sizeof word);

  return GUINT32_FROM_BE (word);
}

/* @size is a multiple of 8. */
static void
add (Sum          *sum,
     const guint8 *at,
     gsize         size)
{
  for (gsize i = 0; i < size; i += 8) {
    guint32 first = read_word (at + i);
    guint32 second = read_word (at + i + 4);

    sum->a += (sum->big_endian ? first : GUINT32_SWAP_LE_BE (first)) + sum->b;
    sum->b += (sum->big_endian ? second : GUINT32_SWAP_LE_BE (second)) + sum->a;
  }
}

static gboolean
adds_up (Sum          *sum,
         const guint8 *frame,
         gsize         page_size)
{
  add (sum, frame, 8);
  add (sum, frame + FRAME_HEADER_SIZE, page_size);

  return sum->a == read_word (frame + 16) && sum->b == read_word (frame + 20);
}

/* 0 where it is no header of a log. */
static gsize
read_header (const guint8 *data,
             gsize         size,
             Sum          *sum)
{
  guint32 page_size;

  if (size < HEADER_SIZE || (read_word (data) & ~1u) != MAGIC)
    return 0;

  page_size = read_word (data + 8);
  if (page_size < 512 || page_size > PAGE_SIZE_MAX || (page_size & (page_size - 1)) != 0)
    return 0;

  *sum = (Sum) { .big_endian = (read_word (data) & 1) != 0 };
  add (sum, data, 24);
  if (sum->a != read_word (data + 24) || sum->b != read_word (data + 28))
    return 0;

  return page_size;
}

gboolean
dc_journal_has_lost (const guint8 *data,
                     gsize         size)
{
  Sum sum;
  gsize page_size = read_header (data, size, &sum);
  gsize frame_size = FRAME_HEADER_SIZE + page_size;
  gboolean whole = TRUE;
  guint commits = 0;

  if (page_size == 0)
    return FALSE;

  for (gsize at = HEADER_SIZE; at + frame_size <= size; at += frame_size) {
    const guint8 *frame = data + at;
    gboolean present = memcmp (frame + 8, data + 16, 8) == 0;   /* of this round */

    whole = whole && present && read_word (frame) != 0 && adds_up (&sum, frame, page_size);
    if (!whole && present && read_word (frame + 4) != 0)
      commits++;
  }

  return commits >= 2;
}

static GByteArray *
read_whole (int       fd,
            gboolean *good)
{
  GByteArray *bytes = g_byte_array_new ();
  guint8 buffer[16 * 1024];
  gssize n;

  do {
    n = read (fd, buffer, sizeof buffer);
    if (n > 0)
      g_byte_array_append (bytes, buffer, (guint) n);
  } while (n > 0 && bytes->len < SIZE_MAX_READ);
  *good = n >= 0;

  return bytes;
}

gboolean
dc_journal_check (const char  *path,
                  GError     **error)
{
  g_autoptr (GByteArray) bytes = NULL;
  gboolean good;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);

  if (fd < 0 && errno == ENOENT)
    return TRUE;
  if (fd < 0) {
    dc_store_error_set_errno (error, errno, "open", path);
    return FALSE;
  }

  bytes = read_whole (fd, &good);
  if (!good)
    dc_store_error_set_errno (error, errno, "read", path);
  close (fd);
  if (!good || !dc_journal_has_lost (bytes->data, bytes->len))
    return good;

  g_set_error (error, DC_STORE_ERROR, DC_STORE_ERROR_DAMAGED,
               "%s has commits behind bytes that do not add up", path);

  return FALSE;
}
