/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bundle.h"
#include "dc-card-journal.h"
#include "dc-card.h"
#include "dc-crypto.h"
#include "dc-store-error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* What lies on a card: card.ini up to the first zero byte, the journal after
 * it. Whatever they are, what the tablet believes to be in the journal is read
 * from it at the office too, and a record appended to it is found. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* In memory where there is such a place. Not kept from one input to the next,
 * since libFuzzer ends without a word. */
static char *
make_folder (void)
{
  const char *top = g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir ();
  char *folder = g_build_filename (top, "daily-cup-fuzz-XXXXXX", NULL);
  g_autofree char *below = NULL;

  g_assert_nonnull (g_mkdtemp (folder));
  below = g_build_filename (folder, DC_CARD_FOLDER, NULL);
  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);

  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autofree char *below = g_build_filename (folder, DC_CARD_FOLDER, NULL);

  g_assert_cmpint (g_rmdir (below), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
check_mark (const char *text,
            gsize       size)
{
  g_autoptr (GError) error = NULL;
  DcId card;
  DcId again;

  if (!dc_card_parse_mark ("card.ini", text, size, &card, &error)) {
    g_assert_error (error, DC_STORE_ERROR, DC_STORE_ERROR_NO_CARD);
    g_assert_true (g_str_has_prefix (error->message, "card.ini: "));
  } else {
    char id[DC_ID_TEXT_SIZE];
    g_autofree char *written = NULL;

    dc_id_to_text (&card, id);
    written = g_strdup_printf ("[Card]\nId=%s\n", id);
    g_assert_true (dc_card_parse_mark ("card.ini", written, strlen (written), &again, &error));
    g_assert_true (dc_id_equal (&card, &again));
  }
}

/* As the office reads it. */
static GPtrArray *
read_records (GBytes *journal)
{
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (journal, DC_BUNDLE_FORM_JOURNAL, NULL);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  g_auto (DcBundleItem) item = { 0 };

  while (dc_bundle_reader_next (reader, &item)) {
    if (item.record != NULL)
      g_ptr_array_add (records, dc_record_ref (item.record));
    dc_bundle_item_clear (&item);
  }

  return records;
}

static gboolean
is_among (GPtrArray  *records,
          const DcId *id)
{
  for (guint i = 0; i < records->len; i++) {
    const DcRecord *record = records->pdata[i];

    if (dc_id_equal (&record->envelope.id, id))
      return TRUE;
  }

  return FALSE;
}

static GHashTable *
read_ids (const char *path,
          const DcId *queue)
{
  g_autoptr (GError) error = NULL;
  GHashTable *ids = dc_card_journal_read (path, queue, &error);

  g_assert_no_error (error);

  return ids;
}

static void
check_read (const char *path,
            const DcId *queue,
            GPtrArray  *records)
{
  g_autoptr (GHashTable) ids = read_ids (path, queue);
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_assert_true (is_among (records, id));
}

static void
check_appended (const char *path,
                const DcId *queue,
                GPtrArray  *records)
{
  g_autoptr (GHashTable) before = read_ids (path, queue);
  g_autoptr (GHashTable) after = NULL;
  g_autoptr (GError) error = NULL;
  const DcRecord *record = records->pdata[0];

  g_ptr_array_set_size (records, 1);
  g_assert_true (dc_card_journal_append (path, records, &error));
  g_assert_no_error (error);
  after = read_ids (path, queue);
  g_assert_true (g_hash_table_contains (after, &record->envelope.id));
  g_assert_cmpuint (g_hash_table_size (after), >=, g_hash_table_size (before));
}

static void
write_file (const char   *path,
            const guint8 *data,
            gsize         size)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, (gssize) size);
  close (fd);
}

static void
check_journal (const guint8 *data,
               gsize         size)
{
  static const guint8 tablet[32] = { 0 };
  g_autoptr (GBytes) journal = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) records = read_records (journal);
  g_autofree char *folder = make_folder ();
  g_autofree char *path = NULL;
  DcId queue = { { 0 } };

  if (records->len > 0)
    queue = ((const DcRecord *) records->pdata[0])->envelope.queue;
  path = dc_card_journal_get_path (folder, tablet, &queue);
  write_file (path, data, size);
  check_read (path, &queue, records);
  if (records->len > 0)
    check_appended (path, &queue, records);
  g_unlink (path);
  remove_folder (folder);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const guint8 *end = size > 0 ? memchr (data, '\0', size) : NULL;
  gsize length = end != NULL ? (gsize) (end - data) : size;

  g_assert_true (dc_crypto_init ());
  check_mark (length > 0 ? (const char *) data : "", length);
  if (end != NULL)
    check_journal (end + 1, size - length - 1);

  return 0;
}
