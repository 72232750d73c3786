/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a durable save costs beside the least that durability can cost: the
 * same bytes appended to a file and fdatasync'ed, on the same disk. The rounds
 * are interleaved, so that whatever else the machine does falls on both, and
 * the ratios can be trusted where the microseconds cannot.
 *
 * A save is timed as the kiosk sees it, from the call on the main thread to
 * the callback, with the sealing in it. Sealing is timed alone as well.
 */

#include "dc-shim-vfs.h"
#include "dc-store-test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define ROUNDS 1000

typedef struct
{
  gint64 seal[ROUNDS];
  gint64 raw[ROUNDS];
  gint64 save[ROUNDS];
  gsize  record_bytes;
} Times;

static gint
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static gint64
percentile (gint64 *sorted,
            guint   percent)
{
  return sorted[(ROUNDS - 1) * percent / 100];
}

static gint64
time_seal (DcStoreTest  *test,
           DcPledge     *pledge,
           DcRecord    **record)
{
  gint64 begin = g_get_monotonic_time ();

  *record = dc_sealer_seal_pledge (test->sealer, DC_KIND_PLEDGE, pledge,
                                   dc_queue_get_id (test->queue), 1, NULL);
  g_assert_nonnull (*record);

  return g_get_monotonic_time () - begin;
}

static gint64
time_raw (int       fd,
          DcRecord *record,
          gsize    *size)
{
  gsize envelope_size;
  gsize sealed_size;
  const void *envelope = g_bytes_get_data (record->envelope_json, &envelope_size);
  const void *sealed = g_bytes_get_data (record->sealed, &sealed_size);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  gint64 begin;

  g_byte_array_append (bytes, envelope, (guint) envelope_size);
  g_byte_array_append (bytes, record->signature, sizeof record->signature);
  g_byte_array_append (bytes, sealed, (guint) sealed_size);
  *size = bytes->len;

  begin = g_get_monotonic_time ();
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, bytes->len);
  g_assert_cmpint (fdatasync (fd), ==, 0);

  return g_get_monotonic_time () - begin;
}

static gint64
time_save (DcStoreTest *test,
           DcPledge    *pledge)
{
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();

  dc_store_test_save_pledge (test, DC_KIND_PLEDGE, pledge, &error);
  g_assert_no_error (error);

  return g_get_monotonic_time () - begin;
}

/* The checkpoint that may follow a save is not to fall on the raw append. */
static void
let_rest (DcStoreTest *test)
{
  g_assert_true (dc_store_test_probe (test, NULL));
}

static void
run_rounds (DcStoreTest *test,
            Times       *times)
{
  g_autofree char *path = dc_store_test_path (test, "raw");
  int fd = open (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  for (guint n = 0; n < ROUNDS; n++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (n);
    g_autoptr (DcRecord) record = NULL;

    times->seal[n] = time_seal (test, pledge, &record);
    times->raw[n] = time_raw (fd, record, &times->record_bytes);
    times->save[n] = time_save (test, pledge);
    let_rest (test);
  }
  close (fd);
}

static void
print_row (const char *what,
           gint64     *times)
{
  qsort (times, ROUNDS, sizeof *times, compare);
  g_print ("%-28s %8" G_GINT64_FORMAT " %8" G_GINT64_FORMAT "\n",
           what, percentile (times, 50), percentile (times, 99));
}

static void
print_table (Times   *times,
             guint    syncs,
             guint64  bytes)
{
  gint64 both[ROUNDS];

  for (guint n = 0; n < ROUNDS; n++)
    both[n] = times->seal[n] + times->raw[n];

  g_print ("%-28s %8s %8s\n", "microseconds", "p50", "p99");
  print_row ("seal", times->seal);
  print_row ("append + fdatasync", times->raw);
  print_row ("seal, append + fdatasync", both);
  print_row ("dc_queue_save", times->save);

  g_print ("%-28s %8.2f %8.2f\n", "save / append",
           (double) percentile (times->save, 50) / (double) percentile (times->raw, 50),
           (double) percentile (times->save, 99) / (double) percentile (times->raw, 99));
  g_print ("%-28s %8.2f %8.2f\n", "save / (seal, append)",
           (double) percentile (times->save, 50) / (double) percentile (both, 50),
           (double) percentile (times->save, 99) / (double) percentile (both, 99));
  g_print ("record: %" G_GSIZE_FORMAT " bytes; SQLite: %.0f bytes, %.3f syncs each\n",
           times->record_bytes, (double) bytes / ROUNDS, (double) syncs / ROUNDS);
}

/* One after the other, with the checkpoints in the way. */
static void
run_burst (DcStoreTest *test)
{
  gint64 times[ROUNDS];

  for (guint n = 0; n < ROUNDS; n++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (ROUNDS + n);

    times[n] = time_save (test, pledge);
  }
  print_row ("dc_queue_save, in a burst", times);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree Times *times = g_new0 (Times, 1);
  g_autofree char *directory = NULL;
  DcStoreTest test = { .directory = NULL };

  /* The disk to be measured; the folder for temporary files may be memory. */
  directory = g_strdup_printf ("%s/bench-save-%d", argc > 1 ? argv[1] : ".", getpid ());
  dc_shim_vfs_install ();
  dc_store_test_set_up_in (&test, directory);
  dc_shim_vfs_reset ();

  run_rounds (&test, times);
  print_table (times, dc_shim_vfs_count (DC_SHIM_SYNC), dc_shim_vfs_bytes ());
  run_burst (&test);

  dc_store_test_tear_down (&test, NULL);

  return EXIT_SUCCESS;
}
