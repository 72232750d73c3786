/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Looks through the process's own memory for what an age file holds, after it
 * was opened, or opened in part and refused. */

#include "dc-age-open.h"

#include <string.h>

#include "dc-age.h"
#include "dc-crypto.h"
#include "dc-open-error.h"
#include "dc-test-needle.h"

/* Into the second chunk. */
#define SIZE (65536 + 100)
#define PLACE 1000

typedef struct
{
  DcAgeIdentity *identity;
  GBytes        *file;     /* the needle is in its first chunk */
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  unused)
{
  g_autofree char *recipient = NULL;
  g_autoptr (DcAgeRecipients) recipients = NULL;
  g_autofree char *plaintext = g_malloc0 (SIZE);
  g_autoptr (GError) error = NULL;

  self->identity = dc_age_identity_generate ();
  recipient = dc_age_identity_get_recipient (self->identity);
  recipients = dc_age_recipients_parse (recipient, strlen (recipient), &error);
  g_assert_no_error (error);

  dc_test_needle_choose ();
  dc_test_needle_write (plaintext + PLACE);
  self->file = dc_age_encrypt (recipients, (guint8 *) plaintext, SIZE, &error);
  g_assert_no_error (error);
  dc_crypto_wipe (plaintext, SIZE);
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  g_clear_pointer (&self->identity, dc_age_identity_unref);
  g_clear_pointer (&self->file, g_bytes_unref);
}

static GBytes *
open_part (Fixture  *self,
           gsize     missing,
           GError  **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (self->file, &size);

  return dc_age_open (data, size - missing, &self->identity, 1, NULL, error);
}

static void
test_opened (Fixture       *self,
             gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;
  GBytes *plaintext = open_part (self, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (dc_test_needle_count (), ==, 1);   /* it does find one */
  g_bytes_unref (plaintext);
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
}

/* The first chunk was good. */
static void
test_refused (Fixture       *self,
              gconstpointer  unused)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_part (self, 1, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PAYLOAD);
  g_assert_nonnull (strstr (error->message, "chunk 2"));
  g_assert_cmpuint (dc_test_needle_count (), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  dc_test_needle_init ();

  g_test_add ("/open/memory/nothing-stays-of-what-was-opened", Fixture, NULL,
              set_up, test_opened, tear_down);
  g_test_add ("/open/memory/nothing-stays-of-what-was-refused-half-way", Fixture, NULL,
              set_up, test_refused, tear_down);

  return g_test_run ();
}
