/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <malloc.h>
#include <string.h>
#include <unistd.h>

#include "dc-crypto.h"
#include "dc-test.h"
#include "fixture.h"

/* Looks through the process's own memory for a donor's name after a pledge was
 * sealed. The name is random and kept here only inverted, so that what is found
 * is a copy that sealing left. */

#define LENGTH 40

static guint8 inverted[LENGTH];

static void
name_donor (DcDonor *donor)
{
  char name[LENGTH + 1];

  for (guint i = 0; i < LENGTH; i++)
    name[i] = (char) (0xff - inverted[i]);
  name[LENGTH] = '\0';
  dc_donor_set (donor, DC_FIELD_FAMILY_NAME, name);
  dc_crypto_wipe (name, sizeof name);
}

static void
choose_name (void)
{
  dc_crypto_random (inverted, sizeof inverted);
  for (guint i = 0; i < LENGTH; i++)
    inverted[i] = 0xff - ('a' + inverted[i] % 26);
}

static guint
count_in (const guint8 *from,
          const guint8 *to)
{
  guint count = 0;

  for (; from + LENGTH <= to; from++) {
    guint i = 0;

    while (i < LENGTH && from[i] + inverted[i] == 0xff)
      i++;
    count += i == LENGTH ? 1 : 0;
  }

  return count;
}

/* Allocates nothing: that would write over what was freed. */
static guint
count_copies (void)
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

static void
test_no_copy (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  DcPledge *pledge = dc_test_pledge_new (1);
  g_autoptr (DcRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  choose_name ();
  name_donor (pledge->donor);
  g_assert_cmpuint (count_copies (), ==, 1);   /* it does find one */

  record = dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &fixture_queue, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_copies (), ==, 1);   /* the donor's own */

  dc_pledge_unref (pledge);
  g_assert_cmpuint (count_copies (), ==, 0);
}

static void
test_no_copy_after_an_error (void)
{
  g_autoptr (DcSealer) sealer = fixture_sealer (2);
  g_autofree char *street = g_strnfill (70000, 'x');
  DcPledge *pledge = dc_test_pledge_new (1);
  g_autoptr (GError) error = NULL;

  choose_name ();
  name_donor (pledge->donor);
  dc_donor_set (pledge->donor, DC_FIELD_STREET, street);
  g_assert_null (dc_sealer_seal_pledge (sealer, DC_KIND_PLEDGE, pledge, &fixture_queue, 1, &error));
  g_assert_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE);
  g_assert_cmpuint (count_copies (), ==, 1);
  dc_pledge_unref (pledge);
  g_assert_cmpuint (count_copies (), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  /* The harness has freed memory overwritten; here that would hide a copy. */
  mallopt (M_PERTURB, 0);

  g_test_add_func ("/sealer/leaves-no-copy-of-a-donor-in-memory", test_no_copy);
  g_test_add_func ("/sealer/leaves-no-copy-after-an-error", test_no_copy_after_an_error);

  return g_test_run ();
}
