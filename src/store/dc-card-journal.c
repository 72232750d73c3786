/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-card-journal.h"

#include "dc-card.h"
#include "dc-directory.h"
#include "dc-record.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static guint
hash_id (gconstpointer key)
{
  guint hash;

  memcpy (&hash, ((const DcId *) key)->bytes, sizeof hash);

  return hash;
}

static gboolean
equal_ids (gconstpointer a,
           gconstpointer b)
{
  return dc_id_equal (a, b);
}

char *
dc_card_journal_get_path (const char   *folder,
                          const guint8  tablet[static 32],
                          const DcId   *queue)
{
  g_autofree char *name = NULL;
  char id[DC_ID_TEXT_SIZE];

  dc_id_to_text (queue, id);
  name = g_strdup_printf ("%02x%02x%02x%02x-%s.jsonl",
                          tablet[0], tablet[1], tablet[2], tablet[3], id);

  return g_build_filename (folder, DC_CARD_FOLDER, name, NULL);
}

/* With errno where it is none. */
static gboolean
is_regular_file (int fd)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return FALSE;
  if (S_ISREG (status.st_mode))
    return TRUE;

  errno = EINVAL;

  return FALSE;
}

/* A regular file and no other: what lies on a card may be anybody's. */
static int
open_journal (const char  *path,
              int          flags,
              GError     **error)
{
  int fd = open (path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0600);

  if (fd >= 0 && is_regular_file (fd))
    return fd;

  dc_card_set_errno (error, errno, "open", path);
  if (fd >= 0)
    close (fd);

  return -1;
}

static void
note_line (GHashTable *ids,
           const DcId *queue,
           GString    *line)
{
  g_autoptr (DcRecord) record = dc_record_from_line (line->str, line->len, NULL);

  if (record != NULL && dc_id_equal (&record->envelope.queue, queue))
    g_hash_table_add (ids, g_memdup2 (&record->envelope.id, sizeof record->envelope.id));
}

/* No more of a line is kept than one byte over what a record can be. FALSE, with
 * errno, where the card could not be read to the end. */
static gboolean
read_lines (FILE       *file,
            GHashTable *ids,
            const DcId *queue)
{
  g_autoptr (GString) line = g_string_sized_new (16384);
  int byte;

  while ((byte = getc_unlocked (file)) != EOF) {
    if (byte != '\n') {
      if (line->len <= DC_LINE_MAX_BYTES)
        g_string_append_c (line, (char) byte);
      continue;
    }

    note_line (ids, queue, line);
    g_string_truncate (line, 0);
  }

  return !ferror (file);
}

GHashTable *
dc_card_journal_read (const char  *path,
                      const DcId  *queue,
                      GError     **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new_full (hash_id, equal_ids, g_free, NULL);
  gboolean done;
  FILE *file;
  int fd;

  if (access (path, F_OK) != 0 && errno == ENOENT)
    return g_steal_pointer (&ids);

  fd = open_journal (path, O_RDONLY, error);
  if (fd < 0)
    return NULL;

  file = fdopen (fd, "r");
  done = file != NULL && read_lines (file, ids, queue);
  if (!done)
    dc_card_set_errno (error, errno, "read", path);
  if (file != NULL)
    fclose (file);
  else
    close (fd);

  return done ? g_steal_pointer (&ids) : NULL;
}

static gboolean
write_all (int         fd,
           const char *data,
           gsize       size)
{
  gsize done = 0;

  while (done < size) {
    gssize n = TEMP_FAILURE_RETRY (write (fd, data + done, size - done));

    if (n < 0)
      return FALSE;
    done += (gsize) n;
  }

  return TRUE;
}

static gboolean
write_lines (int        fd,
             GPtrArray *records)
{
  for (guint i = 0; i < records->len; i++) {
    g_autoptr (GBytes) line = dc_record_to_line (records->pdata[i]);
    gsize size;
    const char *data = g_bytes_get_data (line, &size);

    if (!write_all (fd, data, size))
      return FALSE;
  }

  return TRUE;
}

static gboolean
end_torn_line (int   fd,
               off_t size)
{
  char last;

  if (size == 0)
    return TRUE;
  if (pread (fd, &last, 1, size - 1) != 1)
    return FALSE;

  return last == '\n' || write_all (fd, "\n", 1);
}

gboolean
dc_card_journal_append (const char  *path,
                        GPtrArray   *records,
                        GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = open_journal (path, O_RDWR | O_CREAT | O_APPEND, error);
  off_t size;
  gboolean done;

  if (fd < 0)
    return FALSE;

  size = lseek (fd, 0, SEEK_END);
  done = size >= 0 && end_torn_line (fd, size) && write_lines (fd, records) && fsync (fd) == 0;
  if (!done) {
    dc_card_set_errno (error, errno, "write", path);
    if (size >= 0 && ftruncate (fd, size) == 0)
      fsync (fd);
  }
  /* A tablet's memory is for its own pages. */
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  close (fd);

  return done && dc_directory_sync (folder, error);
}
