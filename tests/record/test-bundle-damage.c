/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "dc-bundle.h"
#include "dc-crypto.h"
#include "dc-test.h"
#include "fixture.h"

/* One flipped bit loses the record that it is in and no other; where it is in
 * no record, none. */

#define N_RECORDS 4
#define N_BUNDLES 1000

typedef struct
{
  DcRecord *records[N_RECORDS];
  guint8   *file;
  gsize     size;
  gsize     begin[N_RECORDS + 1];   /* of each line; last, of the trailer, or @size */
} Bundle;

static void
bundle_init (Bundle   *self,
             gboolean  with_trailer)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (1 + g_test_rand_int_range (0, 2));
  g_autoptr (GBytes) bytes = NULL;
  guint taken;

  self->begin[0] = 0;
  for (guint i = 0; i < N_RECORDS; i++) {
    g_autoptr (DcPledge) pledge = dc_test_pledge_new (i);
    g_autoptr (GBytes) line = NULL;

    self->records[i] = dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &fixture_queue,
                                              i + 1, NULL);
    line = dc_record_to_line (self->records[i]);
    self->begin[i + 1] = self->begin[i] + g_bytes_get_size (line);
  }
  bytes = dc_bundle_new (self->records, N_RECORDS, &taken);
  g_assert_cmpuint (taken, ==, N_RECORDS);
  self->size = with_trailer ? g_bytes_get_size (bytes) : self->begin[N_RECORDS];
  self->file = g_memdup2 (g_bytes_get_data (bytes, NULL), self->size);
}

static void
bundle_clear (Bundle *self)
{
  for (guint i = 0; i < N_RECORDS; i++)
    g_clear_pointer (&self->records[i], dc_record_unref);
  g_clear_pointer (&self->file, g_free);
}

/* The record that byte @at is in; N_RECORDS where it is a line feed or in the
 * trailer. */
static guint
record_at (const Bundle *self,
           gsize         at)
{
  for (guint i = 0; i < N_RECORDS; i++) {
    if (at >= self->begin[i] && at < self->begin[i + 1] - 1)
      return i;
  }

  return N_RECORDS;
}

/* Reads it and expects every record but @lost, as it was, and one word about
 * that one at most. */
static void
assert_only_lost (const Bundle *self,
                  DcBundleForm  form,
                  guint         lost,
                  const char   *what)
{
  g_autoptr (GBytes) file = g_bytes_new (self->file, self->size);
  g_autoptr (DcBundleReader) reader = dc_bundle_reader_new (file, form, NULL);
  g_auto (DcBundleItem) item = { 0 };
  guint next = 0;
  guint n_lost = 0;

  while (dc_bundle_reader_next (reader, &item)) {
    if (next == lost && item.found == DC_BUNDLE_LOST)
      next++, n_lost++;
    else if (item.found == DC_BUNDLE_LOST)
      g_error ("%s: line %u: %s", what, item.line, item.error->message);
    else if (item.found == DC_BUNDLE_RECORD
             && !g_bytes_equal (item.record->sealed, self->records[next++]->sealed))
      g_error ("%s: another record than the one before", what);
    dc_bundle_item_clear (&item);
  }
  if (next != N_RECORDS || n_lost != (lost < N_RECORDS))
    g_error ("%s: %u of %u records, %u lost", what, next - n_lost, N_RECORDS, n_lost);
}

static void
flip (Bundle       *self,
      DcBundleForm  form,
      gsize         at,
      guint         bit)
{
  g_autofree char *what = g_strdup_printf ("byte %" G_GSIZE_FORMAT ", bit %u", at, bit);

  self->file[at] ^= (guint8) (1 << bit);
  assert_only_lost (self, form, record_at (self, at), what);
  self->file[at] ^= (guint8) (1 << bit);
}

static void
test_thousand_bundles (void)
{
  for (guint i = 0; i < N_BUNDLES / 10; i++) {
    Bundle bundle;

    bundle_init (&bundle, TRUE);
    for (guint j = 0; j < 10; j++)
      flip (&bundle, DC_BUNDLE_FORM_BUNDLE,
            (gsize) g_test_rand_int_range (0, (gint32) bundle.size),
            (guint) g_test_rand_int_range (0, 8));
    bundle_clear (&bundle);
  }
}

/* Chance seldom meets the few bytes on which the form depends. */
static void
flip_every_edge (DcBundleForm form)
{
  Bundle bundle;

  bundle_init (&bundle, form == DC_BUNDLE_FORM_BUNDLE);
  for (gsize at = 0; at < bundle.size; at++) {
    gboolean edge = at >= bundle.begin[N_RECORDS];

    for (guint i = 0; i < N_RECORDS; i++)
      edge = edge || (at >= bundle.begin[i] && at < bundle.begin[i] + 14)
             || (at < bundle.begin[i + 1] && at >= bundle.begin[i + 1] - 4);
    for (guint bit = 0; edge && bit < 8; bit++)
      flip (&bundle, form, at, bit);
  }
  bundle_clear (&bundle);
}

static void
test_edges_of_bundle (void)
{
  flip_every_edge (DC_BUNDLE_FORM_BUNDLE);
}

static void
test_edges_of_journal (void)
{
  flip_every_edge (DC_BUNDLE_FORM_JOURNAL);
}

/* Which bits make a line feed of a letter: those are two lines then. */
static void
test_line_feeds (void)
{
  Bundle bundle;
  guint n = 0;

  bundle_init (&bundle, TRUE);
  for (gsize at = 0; at < bundle.begin[N_RECORDS]; at++) {
    guint8 byte = bundle.file[at];

    if (byte == '\n' || record_at (&bundle, at) == N_RECORDS)
      continue;
    if (g_test_rand_int_range (0, 40) != 0 && byte != 'J')
      continue;
    bundle.file[at] = '\n';
    assert_only_lost (&bundle, DC_BUNDLE_FORM_BUNDLE, record_at (&bundle, at), "line feed");
    bundle.file[at] = byte;
    n++;
  }
  g_assert_cmpuint (n, >, 100);
  bundle_clear (&bundle);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/bundle/damage/a-thousand-flipped-bits-lose-their-record-only",
                   test_thousand_bundles);
  g_test_add_func ("/bundle/damage/no-bit-of-its-edges-takes-a-neighbour", test_edges_of_bundle);
  g_test_add_func ("/journal/damage/no-bit-of-its-edges-takes-a-neighbour", test_edges_of_journal);
  g_test_add_func ("/bundle/damage/a-letter-turned-line-feed-loses-one-record", test_line_feeds);

  return g_test_run ();
}
