/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test.h"

/* What the office will do with a file of ours, done by another implementation:
 * Debian's `age`, with keys from `age-keygen`. */

#define N_KEYS 3   /* two recipients and a stranger */

typedef struct
{
  char            *dir;
  char            *identities[N_KEYS];   /* paths */
  DcAgeRecipients *recipients;           /* of the first two */
} Fixture;

static gboolean
programs_are_missing (void)
{
  g_autofree char *age = g_find_program_in_path ("age");
  g_autofree char *keygen = g_find_program_in_path ("age-keygen");

  if (age != NULL && keygen != NULL)
    return FALSE;

  g_test_skip ("age is not installed");

  return TRUE;
}

/* Makes a key and appends its public line to @recipients. */
static void
make_key (const char *path,
          GString    *recipients)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  const char *line;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                              "age-keygen", "-o", path, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  line = strstr (text, "public key: ");
  g_assert_nonnull (line);
  line += strlen ("public key: ");
  g_string_append_len (recipients, line, (gssize) strcspn (line, "\n") + 1);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  unused)
{
  g_autoptr (GString) text = g_string_new ("# two keys\n");
  g_autoptr (GString) stranger = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  if (programs_are_missing ())
    return;

  fixture->dir = dc_test_dir_new ();
  for (guint i = 0; i < N_KEYS; i++) {
    g_autofree char *name = g_strdup_printf ("key%u.txt", i);

    fixture->identities[i] = g_build_filename (fixture->dir, name, NULL);
    make_key (fixture->identities[i], i < 2 ? text : stranger);
  }

  fixture->recipients = dc_age_recipients_parse (text->str, text->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (dc_age_recipients_count (fixture->recipients), ==, 2);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  unused)
{
  for (guint i = 0; i < N_KEYS; i++)
    g_clear_pointer (&fixture->identities[i], g_free);
  g_clear_pointer (&fixture->recipients, dc_age_recipients_unref);
  g_clear_pointer (&fixture->dir, dc_test_dir_remove);
}

/* NULL where age refuses. */
static GBytes *
open_with_age (const char *identity,
               GBytes     *file)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) plaintext = NULL;
  g_autoptr (GError) error = NULL;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE
                              | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, "age", "-d", "-i", identity, NULL);
  g_assert_no_error (error);
  /* It may refuse before it has read all: then writing to it fails. */
  g_subprocess_communicate (process, file, NULL, &plaintext, NULL, NULL);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);

  return g_subprocess_get_successful (process) ? g_steal_pointer (&plaintext) : NULL;
}

static GBytes *
random_bytes (gsize size)
{
  guint8 *data = g_malloc (size + 1);

  dc_crypto_random (data, size);

  return g_bytes_new_take (data, size);
}

static GBytes *
encrypt (Fixture *fixture,
         GBytes  *plaintext)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (plaintext, &size);
  GBytes *file = dc_age_encrypt (fixture->recipients, data, size, &error);

  g_assert_no_error (error);

  return file;
}

static void
assert_opens (Fixture *fixture,
              gsize    size)
{
  g_autoptr (GBytes) plaintext = random_bytes (size);
  g_autoptr (GBytes) file = encrypt (fixture, plaintext);

  for (guint i = 0; i < 2; i++) {
    g_autoptr (GBytes) opened = open_with_age (fixture->identities[i], file);

    if (opened == NULL)
      g_error ("age refused %" G_GSIZE_FORMAT " bytes with key %u", size, i);
    g_assert_true (g_bytes_equal (opened, plaintext));
  }
}

static void
test_sizes (Fixture       *fixture,
            gconstpointer  unused)
{
  static const gsize sizes[] = {
    0, 1, 63, 64, 65, 1000, 65535, 65536, 65537, 131072, 200000,
  };

  if (fixture->recipients == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    assert_opens (fixture, sizes[i]);
  for (guint i = 0; i < 8; i++)
    assert_opens (fixture, (gsize) g_test_rand_int_range (2, 200000));
}

static void
test_stranger (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (100);
  g_autoptr (GBytes) file = NULL;

  if (fixture->recipients == NULL)
    return;

  file = encrypt (fixture, plaintext);
  g_assert_null (open_with_age (fixture->identities[2], file));
}

/* Cut at the edges that matter and at random ones. */
static void
test_truncations (Fixture       *fixture,
                  gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (131072 + 5);
  g_autoptr (GBytes) file = NULL;
  gsize size;
  gsize header;

  if (fixture->recipients == NULL)
    return;

  file = encrypt (fixture, plaintext);
  size = g_bytes_get_size (file);
  header = size - (16 + 131072 + 5 + 3 * 16);

  for (guint i = 0; i < 40; i++) {
    const gsize edges[] = {
      0, 1, 22, header - 1, header, header + 16, header + 16 + 65536, header + 16 + 65552,
      header + 16 + 2 * 65552, header + 16 + 2 * 65552 + 16, size - 1,
    };
    gsize length = i < G_N_ELEMENTS (edges) ? edges[i] : (gsize) g_test_rand_int_range (0, (gint) size);
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, length);

    if (open_with_age (fixture->identities[i % 2], cut) != NULL)
      g_error ("age took the first %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes", length, size);
  }
}

static void
test_flipped_bits (Fixture       *fixture,
                   gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (300);
  g_autoptr (GBytes) file = NULL;

  if (fixture->recipients == NULL)
    return;

  file = encrypt (fixture, plaintext);
  for (guint i = 0; i < 60; i++) {
    gsize size;
    guint8 *data = g_bytes_unref_to_data (g_bytes_new (g_bytes_get_data (file, NULL), g_bytes_get_size (file)), &size);
    guint bit = (guint) g_test_rand_int_range (0, (gint) size * 8);
    g_autoptr (GBytes) flipped = NULL;

    data[bit / 8] ^= 1 << bit % 8;
    flipped = g_bytes_new_take (data, size);
    if (open_with_age (fixture->identities[i % 2], flipped) != NULL)
      g_error ("age took a file with bit %u flipped", bit);
  }
}

static void
test_appended (Fixture       *fixture,
               gconstpointer  unused)
{
  g_autoptr (GBytes) plaintext = random_bytes (300);
  g_autoptr (GByteArray) longer = NULL;
  g_autoptr (GBytes) file = NULL;

  if (fixture->recipients == NULL)
    return;

  longer = g_bytes_unref_to_array (encrypt (fixture, plaintext));
  g_byte_array_append (longer, (const guint8 *) "\n", 1);
  file = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  g_assert_null (open_with_age (fixture->identities[0], file));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add ("/seal/age-interop/each-recipient-alone-opens-every-size", Fixture, NULL,
              set_up, test_sizes, tear_down);
  g_test_add ("/seal/age-interop/nobody-else-opens-it", Fixture, NULL,
              set_up, test_stranger, tear_down);
  g_test_add ("/seal/age-interop/truncated-files-are-refused", Fixture, NULL,
              set_up, test_truncations, tear_down);
  g_test_add ("/seal/age-interop/flipped-bits-are-refused", Fixture, NULL,
              set_up, test_flipped_bits, tear_down);
  g_test_add ("/seal/age-interop/appended-bytes-are-refused", Fixture, NULL,
              set_up, test_appended, tear_down);

  return g_test_run ();
}
