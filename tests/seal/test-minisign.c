/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-minisign.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-test.h"

/* Made once by minisign 0.11 (minisign -G -W, minisign -S, minisign -S -l) for
 * the three bytes "hi\n". */
#define KEY \
  "untrusted comment: minisign public key 8C20E40317ACDCFB\n" \
  "RWT73KwXA+QgjHAUt1x65OgxfoqaJW0XkEFFzuR50GhdjMR1ZWL3YLUi\n"
#define KEY_ID "8C20E40317ACDCFB"
#define OTHER_KEY \
  "untrusted comment: minisign public key 14792505E57B526D\n" \
  "RWRtUnvlBSV5FDaGTuQyTPOHMSqa0v6L/ZUYjLNvuC0saieaOyeWs/r7\n"
#define OTHER_ID "14792505E57B526D"
#define FORGED_KEY \
  "untrusted comment: minisign public key\n" \
  "RWT73KwXA+QgjDaGTuQyTPOHMSqa0v6L/ZUYjLNvuC0saieaOyeWs/r7\n"
#define SIGNATURE \
  "untrusted comment: signature from minisign secret key\n" \
  "RUT73KwXA+QgjJa33NYBnA/F8lfE2SYaPasRSuxhuFKTRSZrSb3pT5xy8hw29z3bC04dFCUqRVHVdXx/sG1Joec1NSfi9QbRPQ4=\n" \
  "trusted comment: demo pack 1\n" \
  "S6CjceVNX73Te9ndjnPqLt0kG8i2akcFyKM1Gvles9kXcTakVONayrnVhq9jn+6EzsNr6500fq1Zc6nTs7qACQ==\n"
#define LEGACY_SIGNATURE \
  "untrusted comment: signature from minisign secret key\n" \
  "RWT73KwXA+QgjH3BTpYL3ArB2/4m7nuRROqYNbIRZupokOv+NcLHpAAkya9HONoWrUVld3TiQLUfb206BM1ayqfTpDBYBRnNEws=\n" \
  "trusted comment: demo pack 1\n" \
  "mNucT4/u8yKUmXvSqSnJ/bvspMlRSMTtUCbE24HQuGjm8zgGgdaVphdb52NunNjY+RbwZpqVU/9yu5HkFmSVCw==\n"

static const guint8 data[] = { 'h', 'i', '\n' };

static gboolean
verify (const char  *public_key,
        const char  *signature,
        GError     **error)
{
  return dc_minisign_verify (public_key, strlen (public_key), signature, strlen (signature),
                             data, sizeof data, error);
}

static void
assert_refused (const char  *public_key,
                const char  *signature,
                DcSealError  code,
                const char  *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (verify (public_key, signature, &error));
  g_assert_error (error, DC_SEAL_ERROR, (int) code);
  if (strstr (error->message, reason) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, reason);
}

static char *
with (const char *text,
      const char *from,
      const char *to)
{
  GString *changed = g_string_new (text);

  g_assert_cmpuint (g_string_replace (changed, from, to, 0), >, 0);

  return g_string_free (changed, FALSE);
}

static void
test_verifies (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (verify (KEY, SIGNATURE, &error));
  g_assert_no_error (error);
}

static void
test_takes_crlf (void)
{
  g_autofree char *key = with (KEY, "\n", "\r\n");
  g_autofree char *signature = with (SIGNATURE, "\n", "\r\n");
  g_autofree char *no_last = g_strndup (SIGNATURE, strlen (SIGNATURE) - 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (verify (key, signature, &error));
  g_assert_true (verify (KEY, no_last, &error));
  g_assert_no_error (error);
}

static void
test_untrusted_comment_is_untrusted (void)
{
  g_autofree char *signature = with (SIGNATURE, "signature from minisign secret key", "by the King");

  g_assert_true (verify (KEY, signature, NULL));
}

static void
test_altered_data (void)
{
  guint8 altered[sizeof data + 1] = "hi\n";

  for (guint bit = 0; bit < sizeof data * 8; bit++) {
    g_autoptr (GError) error = NULL;

    memcpy (altered, data, sizeof data);
    altered[bit / 8] ^= 1 << bit % 8;
    g_assert_false (dc_minisign_verify (KEY, strlen (KEY), SIGNATURE, strlen (SIGNATURE),
                                        altered, sizeof data, &error));
    g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_SIGNATURE);
    g_assert_nonnull (strstr (error->message, "not of these bytes"));
  }

  memcpy (altered, data, sizeof data);
  g_assert_true (dc_minisign_verify (KEY, strlen (KEY), SIGNATURE, strlen (SIGNATURE), altered, 3, NULL));
  g_assert_false (dc_minisign_verify (KEY, strlen (KEY), SIGNATURE, strlen (SIGNATURE), altered, 4, NULL));
  g_assert_false (dc_minisign_verify (KEY, strlen (KEY), SIGNATURE, strlen (SIGNATURE), altered, 2, NULL));
  g_assert_false (dc_minisign_verify (KEY, strlen (KEY), SIGNATURE, strlen (SIGNATURE), NULL, 0, NULL));
}

static void
test_altered_comment (void)
{
  g_autofree char *other = with (SIGNATURE, "demo pack 1", "demo pack 2");
  g_autofree char *longer = with (SIGNATURE, "demo pack 1", "demo pack 1 ");
  g_autofree char *empty = with (SIGNATURE, "demo pack 1", "");

  assert_refused (KEY, other, DC_SEAL_ERROR_SIGNATURE, "trusted comment was altered");
  assert_refused (KEY, longer, DC_SEAL_ERROR_SIGNATURE, "trusted comment was altered");
  assert_refused (KEY, empty, DC_SEAL_ERROR_SIGNATURE, "trusted comment was altered");
}

/* Wherever one character of the four lines changes, it no longer verifies;
 * except in what follows "untrusted comment: ". */
static void
test_any_changed_character (void)
{
  gsize from = strchr (SIGNATURE, '\n') - SIGNATURE;

  for (gsize i = from; i + 1 < strlen (SIGNATURE); i++) {
    g_autofree char *changed = g_strdup (SIGNATURE);
    g_autoptr (GError) error = NULL;

    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    g_assert_false (verify (KEY, changed, &error));
    g_assert_error (error, DC_SEAL_ERROR, DC_SEAL_ERROR_SIGNATURE);
  }
}

static void
test_another_key (void)
{
  assert_refused (OTHER_KEY, SIGNATURE, DC_SEAL_ERROR_SIGNATURE,
                  "Signed by the key " KEY_ID ", expected the key " OTHER_ID);
}

/* The other key's bytes under this key's id: caught by the signature. */
static void
test_another_key_under_the_same_id (void)
{
  assert_refused (FORGED_KEY, SIGNATURE, DC_SEAL_ERROR_SIGNATURE, "not of these bytes");
}

static void
test_legacy (void)
{
  assert_refused (KEY, LEGACY_SIGNATURE, DC_SEAL_ERROR_SIGNATURE, "legacy kind");
}

static void
test_no_public_key (void)
{
  static const char *line = "untrusted comment: minisign public key\n";
  g_autofree char *two = g_strconcat (KEY, "\n", NULL);
  g_autofree char *bare = g_strdup (strchr (KEY, '\n') + 1);
  g_autofree char *cut = g_strndup (KEY, strlen (KEY) - 4);
  g_autofree char *signature_kind = with (KEY, "\nRW", "\nRU");
  g_autofree char *space = with (KEY, "\nRW", "\n RW");
  const char *texts[] = { "", "\n", line, two, bare, cut, signature_kind, space, SIGNATURE };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], SIGNATURE, DC_SEAL_ERROR_KEY, "Not a minisign public key");
}

static void
test_key_line (void)
{
  g_auto (GStrv) lines = g_strsplit (KEY, "\n", 3);
  g_autofree char *longer = g_strconcat (lines[1], "A", NULL);
  g_autofree char *spaced = g_strconcat (lines[1], " ", NULL);
  g_autofree char *of_signature = g_strconcat ("RUS", lines[1] + 3, NULL);

  g_assert_true (dc_minisign_is_public_key (lines[1]));
  g_assert_false (dc_minisign_is_public_key (KEY));
  g_assert_false (dc_minisign_is_public_key (longer));
  g_assert_false (dc_minisign_is_public_key (spaced));
  g_assert_false (dc_minisign_is_public_key (of_signature));
  g_assert_false (dc_minisign_is_public_key (lines[1] + 1));
  g_assert_false (dc_minisign_is_public_key (""));
}

static void
test_no_signature (void)
{
  g_autofree char *more = g_strconcat (SIGNATURE, "\n", NULL);
  g_autofree char *cut = g_strndup (SIGNATURE, strlen (SIGNATURE) - 3);
  g_autofree char *unknown = with (SIGNATURE, "\nRU", "\nRX");
  g_autofree char *no_trust = with (SIGNATURE, "\ntrusted comment: ", "\nTrusted comment: ");
  const char *texts[] = { "", "\n\n\n\n", KEY, more, cut, no_trust };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (KEY, texts[i], DC_SEAL_ERROR_SIGNATURE, "Not a minisign signature");
  assert_refused (KEY, unknown, DC_SEAL_ERROR_SIGNATURE, "unknown kind");
}

static void
test_every_truncation (void)
{
  for (gsize n = 0; n + 1 < strlen (SIGNATURE); n++)
    g_assert_false (dc_minisign_verify (KEY, strlen (KEY), SIGNATURE, n, data, sizeof data, NULL));
  for (gsize n = 0; n + 1 < strlen (KEY); n++)
    g_assert_false (dc_minisign_verify (KEY, n, SIGNATURE, strlen (SIGNATURE), data, sizeof data, NULL));
}

static void
test_bounds (void)
{
  g_autofree char *text = g_strnfill (16 * 1024 + 1, 'A');

  assert_refused (text, SIGNATURE, DC_SEAL_ERROR_TOO_LARGE, "public key");
  assert_refused (KEY, text, DC_SEAL_ERROR_TOO_LARGE, "signature");
}

static char *
read_text (const char *dir,
           const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  return text;
}

static void
run (const char        *dir,
     const char * const *argv)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, dir);
  process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

/* A fresh key, signatures made here. */
static void
test_against_the_program (void)
{
  static const char * const generate[] = { "minisign", "-G", "-W", "-p", "k.pub", "-s", "k.key", NULL };
  static const char * const sign[] = { "minisign", "-S", "-s", "k.key", "-m", "data", NULL };
  static const char * const sign_legacy[] = { "minisign", "-S", "-l", "-s", "k.key", "-m", "data", NULL };
  static const gsize sizes[] = { 0, 1, 128, 1000, 300000 };
  g_autofree char *program = g_find_program_in_path ("minisign");
  g_autofree char *dir = dc_test_dir_new ();
  g_autofree char *path = g_build_filename (dir, "data", NULL);
  g_autofree char *key = NULL;

  if (program == NULL) {
    g_test_skip ("minisign is not installed");
    dc_test_dir_remove (g_steal_pointer (&dir));
    return;
  }

  run (dir, generate);
  key = read_text (dir, "k.pub");

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree guint8 *bytes = g_malloc (sizes[i] + 1);
    g_autofree char *signature = NULL;
    g_autofree char *legacy = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) legacy_error = NULL;

    dc_crypto_random (bytes, sizes[i]);
    g_assert_true (g_file_set_contents (path, (char *) bytes, (gssize) sizes[i], NULL));

    run (dir, sign);
    signature = read_text (dir, "data.minisig");
    g_assert_true (dc_minisign_verify (key, strlen (key), signature, strlen (signature), bytes, sizes[i], &error));
    g_assert_no_error (error);

    run (dir, sign_legacy);
    legacy = read_text (dir, "data.minisig");
    g_assert_false (dc_minisign_verify (key, strlen (key), legacy, strlen (legacy), bytes, sizes[i], &legacy_error));
    g_assert_nonnull (strstr (legacy_error->message, "legacy kind"));

    assert_refused (KEY, signature, DC_SEAL_ERROR_SIGNATURE, "expected the key " KEY_ID);
  }

  dc_test_dir_remove (g_steal_pointer (&dir));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/seal/minisign/verifies-what-was-signed", test_verifies);
  g_test_add_func ("/seal/minisign/takes-lines-that-end-in-crlf", test_takes_crlf);
  g_test_add_func ("/seal/minisign/does-not-trust-the-untrusted-comment", test_untrusted_comment_is_untrusted);
  g_test_add_func ("/seal/minisign/refuses-altered-data", test_altered_data);
  g_test_add_func ("/seal/minisign/refuses-an-altered-trusted-comment", test_altered_comment);
  g_test_add_func ("/seal/minisign/refuses-any-changed-character", test_any_changed_character);
  g_test_add_func ("/seal/minisign/names-both-keys-when-another-signed", test_another_key);
  g_test_add_func ("/seal/minisign/refuses-another-key-under-the-same-id", test_another_key_under_the_same_id);
  g_test_add_func ("/seal/minisign/refuses-the-legacy-kind-and-says-so", test_legacy);
  g_test_add_func ("/seal/minisign/refuses-what-is-no-public-key", test_no_public_key);
  g_test_add_func ("/seal/minisign/knows-a-key-by-its-line", test_key_line);
  g_test_add_func ("/seal/minisign/refuses-what-is-no-signature", test_no_signature);
  g_test_add_func ("/seal/minisign/refuses-every-truncation", test_every_truncation);
  g_test_add_func ("/seal/minisign/refuses-texts-over-16-kib", test_bounds);
  g_test_add_func ("/seal/minisign/agrees-with-the-program", test_against_the_program);

  return g_test_run ();
}
