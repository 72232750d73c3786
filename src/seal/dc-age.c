/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Encryption to an age v1 file (C2SP age.md), and nothing that opens one.
 *
 * A file is a text header and a binary payload:
 *
 *   age-encryption.org/v1
 *   -> X25519 <ephemeral share>        one such pair of lines for each
 *   <file key, wrapped>                recipient
 *   --- <MAC of all above, "---" included>
 *   <16-byte nonce><chunk><chunk>…<last chunk>
 *
 * The file key is 16 random bytes that live for one call. For a recipient it
 * is wrapped under HKDF (X25519 (ephemeral secret, recipient)), salted with
 * both points: each recipient has an ephemeral key of its own, so no stanza
 * says whom it is for, nor that two files have the same readers. The MAC's key
 * also comes from the file key: nobody can add, take or reorder a recipient.
 *
 * The payload is STREAM: chunks of 64 KiB under ChaCha20-Poly1305, nonce = an
 * 11-byte big-endian counter and one byte that is 1 for the last chunk alone.
 * So a file cut at a chunk's edge does not open. The last chunk is never empty,
 * except that an empty plaintext is exactly one empty chunk; a plaintext of
 * exactly 64 KiB is one full last chunk.
 *
 * A recipient is checked when its text is read, not when a donor waits. Points
 * of low order are refused, since they give a shared secret that everyone
 * knows. So are points that are not written in the one canonical way: X25519
 * would take them, but the salt would hold other bytes than the owner's own
 * public key, and no key could open the file.
 */

#include "dc-age.h"

#include <sodium.h>
#include <string.h>

#include "dc-age-format.h"
#include "dc-bech32.h"
#include "dc-crypto.h"

/* The header's share in an estimate of the file's size. */
#define STANZA_ROOM    128

typedef struct
{
  guint8 u[DC_AGE_POINT_SIZE];
} Point;

struct _DcAgeRecipients
{
  gatomicrefcount  references;
  GArray          *points;   /* (owned) of Point */
};

/* Whether the 32 bytes, little-endian with the top bit clear, are below
 * 2^255 - 19. */
static gboolean
is_canonical (const guint8 u[static DC_AGE_POINT_SIZE])
{
  if (u[31] != 0x7f)
    return u[31] < 0x7f;
  for (guint i = 30; i > 0; i--)
    if (u[i] != 0xff)
      return TRUE;

  return u[0] < 0xed;
}

/* A clamped scalar is a multiple of eight, so that any one of them takes a
 * point of low order to zero, which libsodium reports. */
static gboolean
has_low_order (const guint8 u[static DC_AGE_POINT_SIZE])
{
  static const guint8 any_scalar[DC_AGE_POINT_SIZE] = { 8 };
  guint8 product[DC_AGE_POINT_SIZE];

  return crypto_scalarmult (product, any_scalar, u) != 0;
}

/* NULL: a recipient; else why the line is none. Never quotes the line. */
static const char *
read_recipient (const char *line,
                gsize       length,
                Point      *point)
{
  guint8 data[DC_BECH32_MAX_BYTES];
  g_autofree char *prefix = NULL;
  gsize size;

  if (length >= 15 && g_ascii_strncasecmp (line, "AGE-SECRET-KEY-", 15) == 0)
    return "a secret key, which must never be on a tablet";
  if (length >= 7 && strncmp (line, "age1pq1", 7) == 0)
    return "a post-quantum recipient, which this version cannot encrypt to";

  prefix = dc_bech32_decode (line, length, data, sizeof data, &size, NULL);
  if (prefix == NULL)
    return "not an age recipient (age1...), or mistyped";
  if (strcmp (prefix, "age") != 0 || size != DC_AGE_POINT_SIZE)
    return "not an age X25519 recipient (age1..., 62 characters, lower case)";
  if (!is_canonical (data))
    return "not the canonical form of a key";
  if (has_low_order (data))
    return "a key of low order, which protects nothing";

  memcpy (point->u, data, DC_AGE_POINT_SIZE);

  return NULL;
}

static gboolean
contains (GArray      *points,
          const Point *point)
{
  for (guint i = 0; i < points->len; i++)
    if (memcmp (&g_array_index (points, Point, i), point, sizeof *point) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
add_line (DcAgeRecipients  *self,
          const char       *line,
          gsize             length,
          guint             number,
          GError          **error)
{
  const char *why;
  Point point;

  if (length > 0 && line[length - 1] == '\r')
    length--;
  if (length == 0 || line[0] == '#')
    return TRUE;

  why = read_recipient (line, length, &point);
  if (why == NULL && contains (self->points, &point))
    why = "the same recipient as on a line above";
  if (why == NULL && self->points->len == DC_AGE_MAX_RECIPIENTS)
    why = "more recipients than this program takes";
  if (why != NULL) {
    g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_RECIPIENT, "Line %u: %s", number, why);
    return FALSE;
  }

  g_array_append_val (self->points, point);

  return TRUE;
}

static gboolean
add_lines (DcAgeRecipients  *self,
           const char       *text,
           gsize             length,
           GError          **error)
{
  const char *end = text + length;
  guint number = 1;

  for (const char *line = text; line < end; number++) {
    const char *newline = memchr (line, '\n', (gsize) (end - line));
    const char *stop = newline != NULL ? newline : end;

    if (!add_line (self, line, (gsize) (stop - line), number, error))
      return FALSE;
    line = newline != NULL ? newline + 1 : end;
  }

  return TRUE;
}

static DcAgeRecipients *
recipients_new (void)
{
  DcAgeRecipients *self = g_new0 (DcAgeRecipients, 1);

  g_atomic_ref_count_init (&self->references);
  self->points = g_array_new (FALSE, FALSE, sizeof (Point));

  return self;
}

DcAgeRecipients *
dc_age_recipients_parse (const char  *text,
                         gsize        length,
                         GError     **error)
{
  g_autoptr (DcAgeRecipients) self = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > DC_AGE_MAX_RECIPIENTS_TEXT) {
    g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_TOO_LARGE,
                 "Recipients: longer than %d bytes", DC_AGE_MAX_RECIPIENTS_TEXT);
    return NULL;
  }

  self = recipients_new ();
  if (length > 0 && !add_lines (self, text, length, error))
    return NULL;

  if (self->points->len == 0) {
    g_set_error_literal (error, DC_SEAL_ERROR, DC_SEAL_ERROR_RECIPIENT,
                         "Recipients: no line holds an age recipient (age1...)");
    return NULL;
  }

  return g_steal_pointer (&self);
}

guint
dc_age_recipients_count (DcAgeRecipients *self)
{
  return self->points->len;
}

char *
dc_age_recipients_get_text (DcAgeRecipients *self,
                            guint            index)
{
  g_return_val_if_fail (index < self->points->len, NULL);

  return dc_bech32_encode ("age", g_array_index (self->points, Point, index).u, DC_AGE_POINT_SIZE);
}

DcAgeRecipients *
dc_age_recipients_pick (DcAgeRecipients *self,
                        guint            index)
{
  DcAgeRecipients *one;

  g_return_val_if_fail (index < self->points->len, NULL);

  one = recipients_new ();
  g_array_append_val (one->points, g_array_index (self->points, Point, index));

  return one;
}

static int
compare_texts (const void *a,
               const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

void
dc_age_recipients_digest (DcAgeRecipients *self,
                          guint8           digest[static 32])
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < self->points->len; i++)
    g_ptr_array_add (texts, dc_age_recipients_get_text (self, i));
  g_ptr_array_sort (texts, compare_texts);
  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (lines, "%s\n", (const char *) g_ptr_array_index (texts, i));

  dc_crypto_sha256 (lines->str, lines->len, digest);
}

DcAgeRecipients *
dc_age_recipients_ref (DcAgeRecipients *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

void
dc_age_recipients_unref (DcAgeRecipients *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->points, g_array_unref);
  g_free (self);
}

static gboolean
wrap_file_key (const guint8 file_key[static DC_AGE_FILE_KEY_SIZE],
               const guint8 recipient[static DC_AGE_POINT_SIZE],
               guint8       share[static DC_AGE_POINT_SIZE],
               guint8       wrapped[static DC_AGE_WRAPPED_SIZE])
{
  guint8 ephemeral[DC_AGE_POINT_SIZE];
  guint8 shared[DC_AGE_POINT_SIZE];
  guint8 key[DC_HKDF_KEY_SIZE];
  gboolean ok;

  randombytes_buf (ephemeral, sizeof ephemeral);
  ok = crypto_scalarmult_base (share, ephemeral) == 0
       && crypto_scalarmult (shared, ephemeral, recipient) == 0;
  if (ok) {
    dc_age_x25519_key (shared, share, recipient, key);
    dc_age_wrap (key, file_key, wrapped);
  }

  sodium_memzero (ephemeral, sizeof ephemeral);
  sodium_memzero (shared, sizeof shared);
  sodium_memzero (key, sizeof key);

  return ok;
}

static gboolean
append_header (GByteArray       *file,
               DcAgeRecipients  *recipients,
               const guint8      file_key[static DC_AGE_FILE_KEY_SIZE],
               GError          **error)
{
  dc_age_append_text (file, DC_AGE_VERSION_LINE);

  for (guint i = 0; i < recipients->points->len; i++) {
    const Point *recipient = &g_array_index (recipients->points, Point, i);
    guint8 share[DC_AGE_POINT_SIZE];
    guint8 wrapped[DC_AGE_WRAPPED_SIZE];

    if (!wrap_file_key (file_key, recipient->u, share, wrapped)) {
      g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_FAILED,
                   "Recipient %u: the key agreement failed", i + 1);
      return FALSE;
    }
    dc_age_append_text (file, "-> " DC_AGE_X25519 " ");
    dc_age_append_base64 (file, share, sizeof share);
    dc_age_append_text (file, "\n");
    dc_age_append_base64 (file, wrapped, sizeof wrapped);
    dc_age_append_text (file, "\n");
  }

  dc_age_append_mac (file, file_key);

  return TRUE;
}

GBytes *
dc_age_encrypt (DcAgeRecipients  *recipients,
                const guint8     *plaintext,
                gsize             size,
                GError          **error)
{
  g_autoptr (GByteArray) file = NULL;
  guint8 file_key[DC_AGE_FILE_KEY_SIZE];
  gboolean ok;

  g_return_val_if_fail (recipients != NULL, NULL);
  g_return_val_if_fail (plaintext != NULL || size == 0, NULL);

  if (size > DC_AGE_MAX_PLAINTEXT) {
    g_set_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_TOO_LARGE,
                 "Cannot encrypt more than %d bytes", DC_AGE_MAX_PLAINTEXT);
    return NULL;
  }
  if (size == 0)
    plaintext = (const guint8 *) "";

  file = g_byte_array_sized_new ((guint) (size + (size / DC_AGE_CHUNK_SIZE + 1) * DC_AGE_TAG_SIZE)
                                 + (recipients->points->len + 2) * STANZA_ROOM);
  randombytes_buf (file_key, sizeof file_key);
  ok = append_header (file, recipients, file_key, error);
  if (ok)
    dc_age_append_payload (file, file_key, plaintext, size);
  sodium_memzero (file_key, sizeof file_key);

  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&file)) : NULL;
}
