/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bundle.h"
#include "dc-crypto.h"

/* Whatever the file, reading ends, each thing found is a whole record or a
 * named fault on a line that goes up, and the records found fit into bundles
 * that read back to the same. */

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static GPtrArray *
read_all (GBytes       *file,
          DcBundleForm  form,
          guint        *n_faults)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (file, form, &error);
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  g_auto (DcBundleItem) item = { 0 };
  guint line = 1;

  g_assert_no_error (error);
  while (dc_bundle_reader_next (reader, &item)) {
    g_assert_true ((item.record != NULL) == (item.found == DC_BUNDLE_RECORD));
    g_assert_true ((item.record == NULL) == (item.error != NULL));
    g_assert_cmpuint (item.line, >=, line);
    line = item.line;
    if (item.record != NULL) {
      g_ptr_array_add (records, dc_record_ref (item.record));
    } else {
      g_assert_true (item.error->domain == DC_RECORD_ERROR);
      g_assert_true (g_utf8_validate (item.error->message, -1, NULL));
      *n_faults += 1;
    }
    dc_bundle_item_clear (&item);
  }
  g_assert_false (dc_bundle_reader_next (reader, &item));

  return records;
}

static void
check_round_trip (GPtrArray *records)
{
  for (guint i = 0; i < records->len;) {
    guint taken = 0;
    guint n_faults = 0;
    g_autoptr (GBytes) bundle = dc_bundle_new ((DcRecord * const *) records->pdata + i,
                                               records->len - i, &taken);
    g_autoptr (GPtrArray) again = read_all (bundle, DC_BUNDLE_FORM_BUNDLE, &n_faults);

    g_assert_cmpuint (taken, >, 0);
    g_assert_cmpuint (again->len, ==, taken);
    g_assert_cmpuint (n_faults, ==, 0);
    i += taken;
  }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr (GBytes) file = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) bundle = NULL;
  g_autoptr (GPtrArray) journal = NULL;
  guint n_faults = 0;

  g_assert_true (dc_crypto_init ());
  bundle = read_all (file, DC_BUNDLE_FORM_BUNDLE, &n_faults);
  journal = read_all (file, DC_BUNDLE_FORM_JOURNAL, &n_faults);
  g_assert_cmpuint (bundle->len, ==, journal->len);
  check_round_trip (bundle);

  return 0;
}
