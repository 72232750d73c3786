/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-open.h"

#include <gio/gio.h>
#include <string.h>

#include "dc-age-armor.h"
#include "dc-age-header.h"
#include "dc-age-passphrase.h"
#include "dc-age-stream.h"
#include "dc-crypto.h"
#include "dc-open-error.h"

/* The CCTV test vectors of age (vectors.py says where they come from): files,
 * good ones and ones that are wrong in one way each, with what must come of
 * opening them. The folder is the first argument. */

#define AT_LEAST 125   /* that this program must open or refuse, of 143 */

typedef struct
{
  char      *name;
  char      *expect;
  char      *payload;                  /* SHA-256 of what opens, in hex */
  char      *file_key;                 /* in hex */
  char      *unknown;                  /* a key or a value that is not for us */
  GPtrArray *passphrases;
  GPtrArray *identities;               /* of DcAgeIdentity */
  gboolean   armored;
  gboolean   compressed;
  GBytes    *file;
} Vector;

static void
vector_free (gpointer data)
{
  Vector *self = data;

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->expect, g_free);
  g_clear_pointer (&self->payload, g_free);
  g_clear_pointer (&self->file_key, g_free);
  g_clear_pointer (&self->unknown, g_free);
  g_clear_pointer (&self->passphrases, g_ptr_array_unref);
  g_clear_pointer (&self->identities, g_ptr_array_unref);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

static void
take_identity (Vector     *self,
               const char *text)
{
  g_autoptr (GError) error = NULL;
  DcAgeIdentity *identity;

  if (g_str_has_prefix (text, "AGE-SECRET-KEY-PQ-1"))
    return;

  identity = dc_age_identity_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_ptr_array_add (self->identities, identity);
}

static void
take_line (Vector     *self,
           const char *line)
{
  g_auto (GStrv) pair = g_strsplit (line, ": ", 2);

  g_assert_cmpuint (g_strv_length (pair), ==, 2);
  if (strcmp (pair[0], "expect") == 0)
    self->expect = g_strdup (pair[1]);
  else if (strcmp (pair[0], "payload") == 0)
    self->payload = g_strdup (pair[1]);
  else if (strcmp (pair[0], "file key") == 0)
    self->file_key = g_strdup (pair[1]);
  else if (strcmp (pair[0], "identity") == 0)
    take_identity (self, pair[1]);
  else if (strcmp (pair[0], "passphrase") == 0)
    g_ptr_array_add (self->passphrases, g_strdup (pair[1]));
  else if (strcmp (line, "armored: yes") == 0)
    self->armored = TRUE;
  else if (strcmp (line, "compressed: zlib") == 0)
    self->compressed = TRUE;
  else if (strcmp (pair[0], "comment") != 0)
    self->unknown = g_strdup (line);
}

static GBytes *
decompress (const char *data,
            gsize       size)
{
  g_autoptr (GZlibDecompressor) zlib = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB);
  g_autoptr (GInputStream) input = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GInputStream) converted = g_converter_input_stream_new (input, G_CONVERTER (zlib));
  g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
  g_autoptr (GError) error = NULL;

  g_output_stream_splice (output, converted, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (output));
}

static Vector *
vector_read (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autofree char *head = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  Vector *self = g_new0 (Vector, 1);
  const char *end;
  gsize size;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  end = g_strstr_len (text, (gssize) size, "\n\n");
  g_assert_nonnull (end);
  head = g_strndup (text, (gsize) (end - text));
  end += strlen ("\n\n");

  self->name = g_strdup (name);
  self->passphrases = g_ptr_array_new_with_free_func (g_free);
  self->identities = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_age_identity_unref);
  lines = g_strsplit (head, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    take_line (self, lines[i]);

  size -= (gsize) (end - text);
  self->file = self->compressed ? decompress (end, size) : g_bytes_new (end, size);

  return self;
}

/* NULL: it is for us; else why not. */
static const char *
why_not (Vector *self)
{
  if (self->unknown != NULL)
    return self->unknown;
  if (self->identities->len == 0 && self->passphrases->len == 0
      && strcmp (self->name, "empty") != 0 && strcmp (self->name, "armor_empty") != 0)
    return "it is for a post-quantum key, which this version cannot use";

  return NULL;
}

static GBytes *
open_file (Vector  *self,
           GBytes  *file,
           GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  GBytes *plaintext = NULL;

  if (self->identities->len > 0 || self->passphrases->len == 0)
    return dc_age_open (data, size, (DcAgeIdentity **) self->identities->pdata, self->identities->len,
                        NULL, error);

  for (guint i = 0; i < self->passphrases->len && plaintext == NULL; i++) {
    g_clear_error (error);
    plaintext = dc_age_passphrase_open (data, size, g_ptr_array_index (self->passphrases, i), error);
  }

  return plaintext;
}

/* In the words of the vectors. */
static const char *
outcome (const GError *error)
{
  if (error == NULL)
    return "success";

  g_assert_true (error->domain == DC_OPEN_ERROR);
  switch ((DcOpenError) error->code) {
  case DC_OPEN_ERROR_HEADER: return "header failure";
  case DC_OPEN_ERROR_NO_MATCH: return "no match";
  case DC_OPEN_ERROR_PASSPHRASE: return "no match";
  case DC_OPEN_ERROR_HMAC: return "HMAC failure";
  case DC_OPEN_ERROR_PAYLOAD: return "payload failure";
  case DC_OPEN_ERROR_ARMOR: return "armor failure";
  case DC_OPEN_ERROR_KEY:
  case DC_OPEN_ERROR_TOO_LARGE:
  case DC_OPEN_ERROR_COMMENT:
    break;
  }

  return error->message;
}

/* What is proven before the place where a payload goes wrong. */
static GBytes *
open_part (Vector *self,
           GBytes *file)
{
  g_autoptr (DcAgeHeader) header = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  guint8 file_key[DC_AGE_FILE_KEY_SIZE];
  guint8 *plaintext;
  gsize verified;

  header = dc_age_header_parse (data, size, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sizeof file_key; i++)
    file_key[i] = (guint8) (g_ascii_xdigit_value (self->file_key[2 * i]) * 16
                            + g_ascii_xdigit_value (self->file_key[2 * i + 1]));
  plaintext = g_malloc (dc_age_stream_capacity (size - header->size) + 1);
  g_assert_false (dc_age_stream_open (data + header->size, size - header->size, file_key,
                                      plaintext, &verified, &error));

  return g_bytes_new_take (plaintext, verified);
}

static void
assert_round_trip (GBytes *file)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  g_autofree char *text = dc_age_armor_encode (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) again = dc_age_armor_decode (text, strlen (text), &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (again, file));
}

static void
test_vector (gconstpointer data)
{
  Vector *self = (Vector *) data;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) plaintext = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *text = g_bytes_get_data (self->file, &size);

  file = self->armored ? dc_age_armor_decode (text, size, &error) : g_bytes_ref (self->file);
  if (file != NULL)
    plaintext = open_file (self, file, &error);
  g_assert_cmpstr (outcome (error), ==, self->expect);
  g_assert_true ((plaintext == NULL) == (error != NULL));

  if (g_error_matches (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PAYLOAD))
    plaintext = open_part (self, file);
  if (plaintext != NULL) {
    g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, plaintext);

    g_assert_cmpstr (sum, ==, self->payload);
  }
  if (self->armored && file != NULL)
    assert_round_trip (file);
}

static void
test_number (gconstpointer data)
{
  g_assert_cmpuint (GPOINTER_TO_UINT (data), >=, AT_LEAST);
}

static int
compare_names (const void *a,
               const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static GPtrArray *
read_folder (const char *folder)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  GPtrArray *vectors = g_ptr_array_new_with_free_func (vector_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (vectors, vector_read (folder, g_ptr_array_index (names, i)));

  return vectors;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) vectors = NULL;
  guint applicable = 0;

  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());
  if (argc != 2)
    g_error ("usage: test-age-vectors FOLDER");

  vectors = read_folder (argv[1]);
  for (guint i = 0; i < vectors->len; i++) {
    Vector *vector = g_ptr_array_index (vectors, i);
    const char *why = why_not (vector);
    g_autofree char *path = g_strconcat ("/open/age-vectors/", vector->name, NULL);

    if (why != NULL) {
      g_test_message ("not applicable: %s: %s", vector->name, why);
    } else {
      g_test_add_data_func (path, vector, test_vector);
      applicable++;
    }
  }
  g_test_message ("%u of %u vectors of age are applicable", applicable, vectors->len);
  g_test_add_data_func ("/open/age-vectors/none-is-missing", GUINT_TO_POINTER (applicable), test_number);

  return g_test_run ();
}
