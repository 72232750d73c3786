/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign-key.h"

#include <errno.h>
#include <string.h>

#include "dc-crypto.h"
#include "dc-minisign.h"
#include "dc-open-error.h"

/* Made once by minisign 0.11: minisign -G -W, and minisign -G with "hello". */
#define PLAIN \
  "untrusted comment: minisign encrypted secret key\n" \
  "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAmuH9HNFbBzYZmuc9f2T8o66P" \
  "wjHqMtEN315Z8lLsvQQiYbkPJGRjvrzgJL6FqE9V0lTznAi1dklo/8emdC6Av9GJ1ShOMBixAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
#define PLAIN_PUBLIC \
  "untrusted comment: minisign public key 36075BD11CFDE19A\n" \
  "RWSa4f0c0VsHNrzgJL6FqE9V0lTznAi1dklo/8emdC6Av9GJ1ShOMBix\n"
#define ENCRYPTED \
  "untrusted comment: minisign encrypted secret key\n" \
  "RWRTY0Iy7SUTh7fazLLRygoNkkCWRWbzB71LKVy6U4SW3uvvONgAAAACAAAAAAAAAEAAAAAA8qa3Z61vQGPL8Co2S5HMoizAfNPo" \
  "TDE75PxFRIMn9HySij9wxdHlF/1Z+ILtqFXWwzZQ3ArH0FtgjO++EDPuJ3SgB60PddMxjEeWDl7h5b6wlB5eZmqDlt4B5ISPRIuqWtIvFj/IXuI=\n"
#define ENCRYPTED_PUBLIC_LINE "RWSs3bLx76L4OJs8crMiUv4Mmu0X+ocdB0zCr4Jg1mdFvj0/7f1tAFdr\n"

/* Where the parts of the second line's bytes begin. */
#define AT_KDF       2
#define AT_CHECKSUM  4
#define AT_SALT      6
#define AT_OPS       38
#define AT_MEM       46
#define AT_KEY_ID    54
#define AT_SECRET    62
#define AT_SUM       126
#define SIZE         158

/* The linker puts it before libsodium's. */
int __real_crypto_pwhash_scryptsalsa208sha256 (guint8       *key,
                                               guint64       key_length,
                                               const char   *passphrase,
                                               guint64       length,
                                               const guint8 *salt,
                                               guint64       ops_limit,
                                               gsize         mem_limit);
int __wrap_crypto_pwhash_scryptsalsa208sha256 (guint8       *key,
                                               guint64       key_length,
                                               const char   *passphrase,
                                               guint64       length,
                                               const guint8 *salt,
                                               guint64       ops_limit,
                                               gsize         mem_limit);

static gboolean no_memory;

int
__wrap_crypto_pwhash_scryptsalsa208sha256 (guint8       *key,
                                           guint64       key_length,
                                           const char   *passphrase,
                                           guint64       length,
                                           const guint8 *salt,
                                           guint64       ops_limit,
                                           gsize         mem_limit)
{
  if (no_memory) {
    errno = ENOMEM;
    return -1;
  }

  return __real_crypto_pwhash_scryptsalsa208sha256 (key, key_length, passphrase, length, salt,
                                                    ops_limit, mem_limit);
}

static DcMinisignKey *
parse (const char *text,
       const char *passphrase)
{
  g_autoptr (GError) error = NULL;
  DcMinisignKey *key = dc_minisign_key_parse (text, strlen (text), passphrase, &error);

  g_assert_no_error (error);

  return key;
}

static char *
to_text (DcMinisignKey *key,
         const char    *passphrase,
         const char    *comment)
{
  g_autoptr (GError) error = NULL;
  char *text = dc_minisign_key_to_text (key, passphrase, comment, &error);

  g_assert_no_error (error);

  return text;
}

static void
assert_refused (const char  *text,
                const char  *passphrase,
                DcOpenError  code,
                const char  *reason)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcMinisignKey) key = dc_minisign_key_parse (text, strlen (text), passphrase, &error);

  g_assert_null (key);
  g_assert_error (error, DC_OPEN_ERROR, (int) code);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

static void
assert_same (DcMinisignKey *one,
             DcMinisignKey *other)
{
  g_autofree char *a = to_text (one, NULL, NULL);
  g_autofree char *b = to_text (other, NULL, NULL);

  g_assert_cmpstr (a, ==, b);
}

/* @text with the byte at @at set to @value. */
static char *
with_byte (const char *text,
           gsize       at,
           guint8      value)
{
  const char *line = strchr (text, '\n') + 1;
  g_autofree char *head = g_strndup (text, (gsize) (line - text));
  g_autofree guint8 *bytes = NULL;
  g_autofree char *encoded = NULL;
  gsize size;

  bytes = g_base64_decode (line, &size);
  g_assert_cmpuint (size, ==, SIZE);
  bytes[at] = value;
  encoded = g_base64_encode (bytes, size);

  return g_strconcat (head, encoded, "\n", NULL);
}

static void
test_reads_a_plain_key (void)
{
  g_autoptr (DcMinisignKey) key = parse (PLAIN, NULL);
  g_autoptr (DcMinisignKey) again = parse (PLAIN, "not looked at");
  g_autofree char *public_text = dc_minisign_key_get_public_text (key, NULL);

  g_assert_cmpstr (public_text, ==, PLAIN_PUBLIC);
  assert_same (key, again);
}

/* minisign writes no zeros before an id. */
static void
test_writes_an_id_as_the_program_does (void)
{
  g_autofree char *text = with_byte (PLAIN, AT_KEY_ID + 7, 0x06);
  g_autoptr (DcMinisignKey) key = parse (text, NULL);
  g_autofree char *public_text = dc_minisign_key_get_public_text (key, NULL);

  g_assert_true (g_str_has_prefix (public_text, "untrusted comment: minisign public key 6075BD11CFDE19A\nRW"));
}

static void
test_reads_an_encrypted_key (void)
{
  g_autoptr (DcMinisignKey) key = parse (ENCRYPTED, "hello");
  g_autofree char *public_text = dc_minisign_key_get_public_text (key, "Pack key of 2026");

  g_assert_cmpstr (public_text, ==, "untrusted comment: Pack key of 2026\n" ENCRYPTED_PUBLIC_LINE);
}

static void
test_reads_what_it_wrote (void)
{
  g_autoptr (DcMinisignKey) key = dc_minisign_key_generate ();
  g_autofree char *plain = to_text (key, NULL, NULL);
  g_autofree char *encrypted = to_text (key, "six words", "Receipt key – Bern");
  g_autoptr (DcMinisignKey) from_plain = parse (plain, NULL);
  g_autoptr (DcMinisignKey) from_encrypted = parse (encrypted, "six words");

  assert_same (key, from_plain);
  assert_same (key, from_encrypted);
  g_assert_true (g_str_has_prefix (plain, "untrusted comment: minisign secret key\nRWQAAEIy"));
  g_assert_true (g_str_has_prefix (encrypted, "untrusted comment: Receipt key – Bern\nRWRTY0Iy"));
  g_assert_cmpuint (strlen (strchr (plain, '\n')), ==, 1 + 212 + 1);
  assert_refused (encrypted, "six  words", DC_OPEN_ERROR_PASSPHRASE, "another passphrase");
  assert_refused (encrypted, NULL, DC_OPEN_ERROR_PASSPHRASE, "there is no passphrase");
}

static void
test_generates_another_each_time (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < 100; i++) {
    g_autoptr (DcMinisignKey) key = dc_minisign_key_generate ();

    g_assert_true (g_hash_table_add (seen, dc_minisign_key_get_public_text (key, NULL)));
  }
}

/* Ours, and minisign's own. */
static void
test_signs (void)
{
  static const gsize sizes[] = { 0, 1, 128, 1000, 300000 };
  g_autoptr (DcMinisignKey) generated = dc_minisign_key_generate ();
  g_autoptr (DcMinisignKey) read = parse (PLAIN, NULL);
  DcMinisignKey *keys[] = { generated, read };

  for (guint i = 0; i < G_N_ELEMENTS (sizes) * G_N_ELEMENTS (keys); i++) {
    DcMinisignKey *key = keys[i % G_N_ELEMENTS (keys)];
    gsize size = sizes[i / G_N_ELEMENTS (keys)];
    g_autofree guint8 *data = g_malloc (size + 1);
    g_autofree char *public_text = dc_minisign_key_get_public_text (key, NULL);
    g_autofree char *signature = NULL;
    g_autoptr (GError) error = NULL;

    dc_crypto_random (data, size);
    signature = dc_minisign_key_sign (key, data, size, "serial 7", "by us", &error);
    g_assert_no_error (error);
    g_assert_true (g_str_has_prefix (signature, "untrusted comment: by us\nRU"));
    g_assert_nonnull (strstr (signature, "\ntrusted comment: serial 7\n"));
    g_assert_true (dc_minisign_verify (public_text, strlen (public_text), signature, strlen (signature),
                                       data, size, &error));
    g_assert_no_error (error);
  }
}

static void
test_signs_the_trusted_comment (void)
{
  g_autoptr (DcMinisignKey) key = dc_minisign_key_generate ();
  g_autofree char *public_text = dc_minisign_key_get_public_text (key, NULL);
  g_autofree char *signature = dc_minisign_key_sign (key, NULL, 0, "Zoë 1", NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_str_has_prefix (signature, "untrusted comment: signature from minisign secret key\n"));
  strstr (signature, "Zoë 1")[strlen ("Zoë ")] = '2';
  g_assert_false (dc_minisign_verify (public_text, strlen (public_text), signature, strlen (signature),
                                      NULL, 0, &error));
  g_assert_nonnull (strstr (error->message, "trusted comment was altered"));
}

static void
assert_comment_refused (DcMinisignKey *key,
                        const char    *trusted,
                        const char    *untrusted,
                        const char    *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_minisign_key_sign (key, NULL, 0, trusted, untrusted, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_COMMENT);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

static void
test_comments (void)
{
  static const struct
  {
    const char *comment;
    const char *reason;
  } refused[] = {
    { "two\nlines", "control character" },
    { "\r", "control character" },
    { "\x1b[31mred", "control character" },
    { "\xc2\x85", "control character" },
    { "\xff", "UTF-8" },
  };
  g_autoptr (DcMinisignKey) key = dc_minisign_key_generate ();
  g_autofree char *most = g_strnfill (DC_MINISIGN_MAX_COMMENT, 'a');
  g_autofree char *most_trusted = g_strnfill (DC_MINISIGN_MAX_TRUSTED_COMMENT, 'a');
  g_autofree char *more = g_strconcat (most, "a", NULL);
  g_autofree char *more_trusted = g_strconcat (most_trusted, "a", NULL);
  g_autofree char *signature = dc_minisign_key_sign (key, NULL, 0, most_trusted, most, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (signature);
  assert_comment_refused (key, more_trusted, NULL, "too long");
  assert_comment_refused (key, "", more, "too long");
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    assert_comment_refused (key, refused[i].comment, NULL, refused[i].reason);
    assert_comment_refused (key, "", refused[i].comment, refused[i].reason);
  }
  g_assert_null (dc_minisign_key_to_text (key, NULL, "two\nlines", &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_COMMENT);
}

static void
test_refuses_what_is_no_key (void)
{
  g_autofree char *cut = g_strndup (PLAIN, strlen (PLAIN) - 5);
  g_autofree char *more = g_strconcat (PLAIN, "\n", NULL);
  g_autofree char *long_text = g_strnfill (16 * 1024 + 1, 'A');
  const char *texts[] = { "", "\n", PLAIN_PUBLIC, cut, more, strchr (PLAIN, '\n') + 1, "untrusted comment: a\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], NULL, DC_OPEN_ERROR_KEY, "the file is none");
  assert_refused (long_text, NULL, DC_OPEN_ERROR_TOO_LARGE, "too long");
}

static void
test_refuses_other_algorithms (void)
{
  static const struct
  {
    gsize       at;
    const char *reason;
  } parts[] = {
    { 0, "of an unknown kind" },
    { 1, "of an unknown kind" },
    { AT_KDF, "encrypted in an unknown way" },
    { AT_KDF + 1, "encrypted in an unknown way" },
    { AT_CHECKSUM, "of an unknown kind" },
    { AT_CHECKSUM + 1, "of an unknown kind" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_autofree char *text = with_byte (PLAIN, parts[i].at, 'x');

    assert_refused (text, "hello", DC_OPEN_ERROR_KEY, parts[i].reason);
  }
}

/* A key whose halves do not belong together must not sign. */
static void
test_refuses_damage (void)
{
  g_autoptr (DcMinisignKey) key = parse (PLAIN, NULL);
  g_autofree char *ours = to_text (key, NULL, NULL);

  for (gsize at = AT_SECRET; at < AT_SUM; at++) {
    g_autofree char *text = with_byte (PLAIN, at, 0x5a);

    if (strcmp (text, PLAIN) != 0)
      assert_refused (text, NULL, DC_OPEN_ERROR_KEY, "two halves");
  }
  for (gsize at = AT_KEY_ID; at < SIZE; at++) {
    g_autofree char *text = with_byte (ours, at, 0x5a);

    if (strcmp (text, ours) != 0)
      assert_refused (text, NULL, DC_OPEN_ERROR_KEY, "its checksum does not fit");
  }
}

static void
test_bounds_the_cost (void)
{
  g_autofree char *ops = with_byte (ENCRYPTED, AT_OPS, 1);
  g_autofree char *mem = with_byte (ENCRYPTED, AT_MEM, 1);
  g_autofree char *huge = with_byte (ENCRYPTED, AT_MEM + 7, 0x80);

  assert_refused (ops, "hello", DC_OPEN_ERROR_KEY, "too much memory and time");
  assert_refused (mem, "hello", DC_OPEN_ERROR_KEY, "too much memory and time");
  assert_refused (huge, "hello", DC_OPEN_ERROR_KEY, "too much memory and time");
}

/* With limits as low as there are, since only their effect is looked for. */
static void
test_refuses_an_encrypted_key_with_damage (void)
{
  g_autofree char *cheap = with_byte (ENCRYPTED, AT_OPS + 3, 0);
  g_autofree char *cheaper = with_byte (cheap, AT_MEM + 3, 0);
  g_autofree char *salted = with_byte (cheaper, AT_SALT, 0);

  assert_refused (cheaper, "hello", DC_OPEN_ERROR_PASSPHRASE, "another passphrase, or the file is damaged");
  assert_refused (salted, "hello", DC_OPEN_ERROR_PASSPHRASE, "another passphrase, or the file is damaged");
  assert_refused (cheaper, "", DC_OPEN_ERROR_PASSPHRASE, "another passphrase, or the file is damaged");
}

static void
test_refuses_an_empty_passphrase (void)
{
  g_autoptr (DcMinisignKey) key = dc_minisign_key_generate ();
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_minisign_key_to_text (key, "", NULL, &error));
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE);
}

static void
test_too_little_memory (void)
{
  g_autoptr (DcMinisignKey) key = dc_minisign_key_generate ();
  g_autoptr (GError) error = NULL;

  no_memory = TRUE;
  g_assert_null (dc_minisign_key_to_text (key, "hello", NULL, &error));
  assert_refused (ENCRYPTED, "hello", DC_OPEN_ERROR_PASSPHRASE, "too little memory");
  no_memory = FALSE;
  g_assert_error (error, DC_OPEN_ERROR, DC_OPEN_ERROR_PASSPHRASE);
}

static void
test_lives_as_long_as_its_last_reference (void)
{
  DcMinisignKey *key = dc_minisign_key_ref (parse (PLAIN, NULL));
  g_autofree char *public_text = NULL;

  dc_minisign_key_unref (key);
  public_text = dc_minisign_key_get_public_text (key, NULL);
  g_assert_cmpstr (public_text, ==, PLAIN_PUBLIC);
  dc_minisign_key_unref (key);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/open/minisign-key/reads-a-plain-key-of-the-program", test_reads_a_plain_key);
  g_test_add_func ("/open/minisign-key/writes-an-id-as-the-program-does", test_writes_an_id_as_the_program_does);
  g_test_add_func ("/open/minisign-key/reads-an-encrypted-key-of-the-program", test_reads_an_encrypted_key);
  g_test_add_func ("/open/minisign-key/reads-what-it-wrote", test_reads_what_it_wrote);
  g_test_add_func ("/open/minisign-key/generates-another-each-time", test_generates_another_each_time);
  g_test_add_func ("/open/minisign-key/signs-what-verifies", test_signs);
  g_test_add_func ("/open/minisign-key/signs-the-trusted-comment", test_signs_the_trusted_comment);
  g_test_add_func ("/open/minisign-key/refuses-comments-that-are-not-one-line", test_comments);
  g_test_add_func ("/open/minisign-key/refuses-what-is-no-key", test_refuses_what_is_no_key);
  g_test_add_func ("/open/minisign-key/refuses-other-algorithms", test_refuses_other_algorithms);
  g_test_add_func ("/open/minisign-key/refuses-damage", test_refuses_damage);
  g_test_add_func ("/open/minisign-key/bounds-what-a-passphrase-costs", test_bounds_the_cost);
  g_test_add_func ("/open/minisign-key/refuses-an-encrypted-key-with-damage",
                   test_refuses_an_encrypted_key_with_damage);
  g_test_add_func ("/open/minisign-key/refuses-an-empty-passphrase", test_refuses_an_empty_passphrase);
  g_test_add_func ("/open/minisign-key/says-when-there-is-too-little-memory", test_too_little_memory);
  g_test_add_func ("/open/minisign-key/lives-as-long-as-its-last-reference",
                   test_lives_as_long_as_its_last_reference);

  return g_test_run ();
}
