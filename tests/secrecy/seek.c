/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Finds many byte strings in much data: a program's memory holds 150 MB, and a
 * text may be written in 41 ways.
 *
 *     seek NEEDLES < DATA
 *
 * NEEDLES has one a line, in hexadecimal, four bytes or more. Prints "OFFSET
 * NEEDLE" for each place, NEEDLE counted from 0. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <glib.h>

#define SHORTEST 4
#define N_STARTS (1 << 24)

typedef struct
{
  GPtrArray  *needles;   /* of GByteArray */
  guint8     *starts;    /* by three bytes: whether a needle begins so */
  GHashTable *by_start;  /* of GArray of guint, which ones do */
} Seeker;

static guint32
start_of (const guint8 *bytes)
{
  return bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16;
}

static GByteArray *
from_hex (const char *hex)
{
  GByteArray *bytes = g_byte_array_new ();

  for (; g_ascii_isxdigit (hex[0]) && g_ascii_isxdigit (hex[1]); hex += 2) {
    guint8 byte = (guint8) (g_ascii_xdigit_value (hex[0]) << 4 | g_ascii_xdigit_value (hex[1]));

    g_byte_array_append (bytes, &byte, 1);
  }

  return bytes;
}

static void
add_needle (Seeker     *self,
            GByteArray *needle)
{
  guint32 start = start_of (needle->data);
  guint index = self->needles->len;
  GArray *same = g_hash_table_lookup (self->by_start, GUINT_TO_POINTER (start));

  if (same == NULL) {
    same = g_array_new (FALSE, FALSE, sizeof (guint));
    g_hash_table_insert (self->by_start, GUINT_TO_POINTER (start), same);
  }
  g_array_append_val (same, index);
  g_ptr_array_add (self->needles, needle);
  self->starts[start] = TRUE;
}

static gboolean
read_needles (Seeker     *self,
              const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;

  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (GByteArray) needle = from_hex (lines[i]);

    if (needle->len < SHORTEST || 2 * needle->len != strlen (lines[i]))
      return FALSE;
    add_needle (self, g_steal_pointer (&needle));
  }

  return self->needles->len > 0;
}

static GByteArray *
read_all (int fd)
{
  GByteArray *data = g_byte_array_new ();
  guint8 piece[65536];
  gssize size;

  while ((size = read (fd, piece, sizeof piece)) > 0)
    g_byte_array_append (data, piece, (guint) size);

  return data;
}

static void
print_matches (Seeker     *self,
               GByteArray *data,
               guint       offset)
{
  guint32 start = start_of (data->data + offset);
  GArray *same = g_hash_table_lookup (self->by_start, GUINT_TO_POINTER (start));

  for (guint i = 0; i < same->len; i++) {
    guint index = g_array_index (same, guint, i);
    GByteArray *needle = g_ptr_array_index (self->needles, index);

    if (needle->len <= data->len - offset
        && memcmp (data->data + offset, needle->data, needle->len) == 0)
      printf ("%u %u\n", offset, index);
  }
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GByteArray) data = NULL;
  g_autoptr (GPtrArray) needles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
  g_autoptr (GHashTable) by_start = g_hash_table_new_full (NULL, NULL, NULL,
                                                           (GDestroyNotify) g_array_unref);
  g_autofree guint8 *starts = g_malloc0 (N_STARTS);
  Seeker self = { needles, starts, by_start };

  if (argc != 2 || !read_needles (&self, argv[1])) {
    fputs ("seek: expected a file of needles, four bytes or more each\n", stderr);
    return EXIT_FAILURE;
  }

  data = read_all (STDIN_FILENO);
  for (guint offset = 0; offset + SHORTEST <= data->len; offset++)
    if (self.starts[start_of (data->data + offset)])
      print_matches (&self, data, offset);

  return EXIT_SUCCESS;
}
