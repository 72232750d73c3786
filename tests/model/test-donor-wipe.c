/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-donor.h"
#include "dc-text.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What is looked for in memory: each byte stands in @secret with its bits
 * turned, so that the search does not find what it looks with. */
#define SECRET_LENGTH 48

static void
make_secret (guint8 turned[SECRET_LENGTH])
{
  for (gsize i = 0; i < SECRET_LENGTH; i++)
    turned[i] = (guint8) ~('a' + (i * 7) % 26);
}

static gboolean
block_has (const guint8 *block,
           gsize         size,
           const guint8  turned[SECRET_LENGTH])
{
  /* Past the first half: the allocator writes its links into what is freed. */
  const gsize from = SECRET_LENGTH / 2;

  for (gsize i = 0; i + from <= size; i++) {
    gsize n = 0;

    while (n < from && (block[i + n] ^ turned[from + n]) == 0xff)
      n++;
    if (n == from)
      return TRUE;
  }

  return FALSE;
}

/* Where the heap begins; it ends at sbrk (0). */
static const guint8 *
heap_start (void)
{
  g_autofree char *maps = NULL;
  g_auto (GStrv) lines = NULL;
  gsize start = 0;

  g_assert_true (g_file_get_contents ("/proc/self/maps", &maps, NULL, NULL));
  lines = g_strsplit (maps, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++) {
    if (g_str_has_suffix (lines[i], "[heap]"))
      g_assert_cmpint (sscanf (lines[i], "%zx-", &start), ==, 1);
  }

  return (const guint8 *) start;
}

/* Whether the secret stands anywhere on the heap. Allocates nothing, so that
 * it treads on no block that was freed. */
static gboolean
heap_has (const guint8 *start,
          const guint8  turned[SECRET_LENGTH])
{
  return block_has (start, (gsize) ((const guint8 *) sbrk (0) - start), turned);
}

static void
set_secret (DcDonor      *donor,
            DcField       field,
            const guint8  turned[SECRET_LENGTH])
{
  char secret[SECRET_LENGTH + 1] = "";

  for (gsize i = 0; i < SECRET_LENGTH; i++)
    secret[i] = (char) ~turned[i];
  dc_donor_set (donor, field, secret);
  explicit_bzero (secret, sizeof secret);
}

static void
test_wiped (void)
{
  DcDonor *donor = dc_donor_new ();
  const guint8 *heap = heap_start ();
  guint8 turned[SECRET_LENGTH];
  char *unwiped;

  make_secret (turned);
  mallopt (M_PERTURB, 0);   /* or free () would wipe for us */

  /* The search finds what was freed without wiping. */
  set_secret (donor, DC_FIELD_FIRST_NAME, turned);
  g_assert_true (heap_has (heap, turned));
  unwiped = g_strdup (dc_donor_get (donor, DC_FIELD_FIRST_NAME));
  dc_donor_set (donor, DC_FIELD_FIRST_NAME, NULL);
  g_free (unwiped);
  g_assert_true (heap_has (heap, turned));
  unwiped = g_malloc (SECRET_LENGTH + 1);   /* the same block again */
  explicit_bzero (unwiped, SECRET_LENGTH + 1);
  g_free (unwiped);
  g_assert_false (heap_has (heap, turned));

  set_secret (donor, DC_FIELD_FAMILY_NAME, turned);
  dc_donor_set (donor, DC_FIELD_FAMILY_NAME, "replaced");
  g_assert_false (heap_has (heap, turned));

  set_secret (donor, DC_FIELD_STREET, turned);
  dc_donor_unref (donor);
  g_assert_false (heap_has (heap, turned));
}

static void
test_tools_wipe (void)
{
  const guint8 *heap = heap_start ();
  guint8 turned[SECRET_LENGTH];
  g_autoptr (DcDonor) donor = dc_donor_new ();
  char *tidy;

  make_secret (turned);
  mallopt (M_PERTURB, 0);
  set_secret (donor, DC_FIELD_TOWN, turned);
  tidy = dc_text_tidy (dc_donor_get (donor, DC_FIELD_TOWN));
  dc_donor_check (donor, DC_FIELD_TOWN, FALSE);
  dc_donor_set (donor, DC_FIELD_TOWN, NULL);
  dc_wipe_string (&tidy);
  g_assert_false (heap_has (heap, turned));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/donor/wipe/leaves-nothing-on-the-heap", test_wiped);
  g_test_add_func ("/donor/wipe/leaves-nothing-of-tidying-and-checking", test_tools_wipe);

  return g_test_run ();
}
