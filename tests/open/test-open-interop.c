/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-age-open.h"

#include <string.h>

#include "dc-age-armor.h"
#include "dc-age-passphrase.h"
#include "dc-age.h"
#include "dc-crypto.h"
#include "dc-minisign-key.h"
#include "dc-minisign.h"
#include "dc-open-test.h"
#include "dc-test.h"

/* Both ways with Debian's age and minisign: what they wrote we open, what we
 * wrote they open. */

#define PASSPHRASE "abandon ability able about above absent"

static const gsize sizes[] = { 0, 1, 63, 64, 1000, 65535, 65536, 65537, 131072, 200000 };

static void
assert_equal (GBytes *opened,
              GBytes *plaintext)
{
  g_assert_nonnull (opened);
  g_assert_true (g_bytes_equal (opened, plaintext));
}

static GBytes *
open_with (GBytes        *file,
           DcAgeIdentity *identity)
{
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  GBytes *plaintext = dc_age_open (data, size, &identity, 1, NULL, &error);

  g_assert_no_error (error);

  return plaintext;
}

static GBytes *
seal_to (const char *recipient,
         GBytes     *plaintext)
{
  g_autoptr (DcAgeRecipients) recipients = dc_age_recipients_parse (recipient, strlen (recipient), NULL);
  g_autoptr (GError) error = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (plaintext, &size);
  GBytes *file = dc_age_encrypt (recipients, data, size, &error);

  g_assert_no_error (error);

  return file;
}

static void
assert_both_ways (const char    *dir,
                  DcAgeIdentity *identity)
{
  g_autofree char *recipient = dc_age_identity_get_recipient (identity);
  const char * const seal[] = { "age", "-e", "-r", recipient, NULL };
  const char * const seal_armored[] = { "age", "-e", "-a", "-r", recipient, NULL };
  const char * const open[] = { "age", "-d", "-i", "key.txt", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) plaintext = dc_open_test_random (sizes[i]);
    g_autoptr (GBytes) ours = seal_to (recipient, plaintext);
    g_autoptr (GBytes) theirs = dc_open_test_run (dir, seal, plaintext);
    g_autoptr (GBytes) armored = dc_open_test_run (dir, seal_armored, plaintext);
    g_autoptr (GBytes) decoded = dc_age_armor_decode (g_bytes_get_data (armored, NULL), g_bytes_get_size (armored), NULL);
    g_autofree char *armor = dc_age_armor_encode (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours));
    g_autoptr (GBytes) our_armor = g_bytes_new (armor, strlen (armor));
    g_autoptr (GBytes) by_us = open_with (theirs, identity);
    g_autoptr (GBytes) by_us_armored = open_with (decoded, identity);
    g_autoptr (GBytes) by_them = dc_open_test_run (dir, open, ours);
    g_autoptr (GBytes) by_them_armored = dc_open_test_run (dir, open, our_armor);

    assert_equal (by_us, plaintext);
    assert_equal (by_us_armored, plaintext);
    assert_equal (by_them, plaintext);
    assert_equal (by_them_armored, plaintext);
  }
}

static void
test_their_identity (void)
{
  static const char * const keygen[] = { "age-keygen", "-o", "key.txt", NULL };
  g_autoptr (DcAgeIdentity) identity = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *recipient = NULL;
  char *dir;

  if (!dc_open_test_has ("age-keygen") || !dc_open_test_has ("age"))
    return;

  dir = dc_test_dir_new ();
  output = dc_open_test_run (dir, keygen, NULL);
  text = dc_open_test_read (dir, "key.txt");
  identity = dc_age_identity_parse (g_bytes_get_data (text, NULL), g_bytes_get_size (text), &error);
  g_assert_no_error (error);
  recipient = dc_age_identity_get_recipient (identity);
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text), recipient));
  assert_both_ways (dir, identity);
  dc_test_dir_remove (dir);
}

static void
test_our_identity (void)
{
  static const char * const show[] = { "age-keygen", "-y", "key.txt", NULL };
  g_autoptr (DcAgeIdentity) identity = dc_age_identity_generate ();
  g_autofree char *text = dc_age_identity_to_text (identity);
  g_autofree char *recipient = dc_age_identity_get_recipient (identity);
  g_autoptr (GBytes) shown = NULL;
  char *dir;

  if (!dc_open_test_has ("age-keygen") || !dc_open_test_has ("age"))
    return;

  dir = dc_test_dir_new ();
  dc_open_test_write (dir, "key.txt", text, strlen (text));
  shown = dc_open_test_run (dir, show, NULL);
  g_assert_cmpmem (g_bytes_get_data (shown, NULL), g_bytes_get_size (shown) - 1, recipient, strlen (recipient));
  assert_both_ways (dir, identity);
  dc_test_dir_remove (dir);
}

/* At age's own cost, which it does not let one choose. */
static void
test_their_passphrase (void)
{
  static const char * const seal[] = { "age", "-p", "-o", "sealed.age", "plain", NULL };
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) opened = NULL;
  g_autoptr (GError) error = NULL;
  char *dir;

  if (!dc_open_test_has ("age"))
    return;

  dir = dc_test_dir_new ();
  dc_open_test_write (dir, "plain", "hello", 5);
  g_assert_true (dc_open_test_ask (dir, seal, PASSPHRASE));
  file = dc_open_test_read (dir, "sealed.age");
  opened = dc_age_passphrase_open (g_bytes_get_data (file, NULL), g_bytes_get_size (file), PASSPHRASE, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (opened, NULL), g_bytes_get_size (opened), "hello", 5);
  dc_test_dir_remove (dir);
}

static void
test_our_passphrase (void)
{
  static const char * const open[] = { "age", "-d", "-o", "plain", "sealed.age", NULL };
  static const guint factors[] = { 1, 10, DC_AGE_DEFAULT_WORK_FACTOR };
  char *dir;

  if (!dc_open_test_has ("age"))
    return;

  dir = dc_test_dir_new ();
  for (guint i = 0; i < G_N_ELEMENTS (factors); i++) {
    g_autoptr (GBytes) plaintext = dc_open_test_random (1 + 70000 * i);
    g_autoptr (GBytes) opened = NULL;
    g_autoptr (GBytes) file = NULL;
    g_autoptr (GError) error = NULL;

    file = dc_age_passphrase_seal (g_bytes_get_data (plaintext, NULL), g_bytes_get_size (plaintext), PASSPHRASE,
                                   factors[i], &error);
    g_assert_no_error (error);
    dc_open_test_write (dir, "sealed.age", g_bytes_get_data (file, NULL), g_bytes_get_size (file));
    g_assert_true (dc_open_test_ask (dir, open, PASSPHRASE));
    opened = dc_open_test_read (dir, "plain");
    assert_equal (opened, plaintext);
    g_assert_false (dc_open_test_ask (dir, open, PASSPHRASE "s"));
  }
  dc_test_dir_remove (dir);
}

/* An identity sealed with a passphrase is a key file that age itself takes. */
static void
test_our_sealed_identity (void)
{
  static const char * const open[] = { "age", "-d", "-i", "desk.age", "-o", "plain", "record.age", NULL };
  g_autoptr (DcAgeIdentity) identity = dc_age_identity_generate ();
  g_autofree char *text = dc_age_identity_to_text (identity);
  g_autofree char *recipient = dc_age_identity_get_recipient (identity);
  g_autoptr (GBytes) plaintext = dc_open_test_random (100);
  g_autoptr (GBytes) record = seal_to (recipient, plaintext);
  g_autoptr (GBytes) desk = NULL;
  g_autoptr (GBytes) opened = NULL;
  char *dir;

  if (!dc_open_test_has ("age"))
    return;

  dir = dc_test_dir_new ();
  desk = dc_age_passphrase_seal ((guint8 *) text, strlen (text), PASSPHRASE, 10, NULL);
  dc_open_test_write (dir, "desk.age", g_bytes_get_data (desk, NULL), g_bytes_get_size (desk));
  dc_open_test_write (dir, "record.age", g_bytes_get_data (record, NULL), g_bytes_get_size (record));
  g_assert_true (dc_open_test_ask (dir, open, PASSPHRASE));
  opened = dc_open_test_read (dir, "plain");
  assert_equal (opened, plaintext);
  dc_test_dir_remove (dir);
}

static DcMinisignKey *
read_key (const char *dir,
          const char *passphrase)
{
  g_autoptr (GBytes) text = dc_open_test_read (dir, "k.key");
  g_autoptr (GError) error = NULL;
  DcMinisignKey *key = dc_minisign_key_parse (g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                                              passphrase, &error);

  g_assert_no_error (error);

  return key;
}

/* Our signature under the program's eyes, and its own under ours. */
static void
assert_agrees (const char    *dir,
               DcMinisignKey *key,
               const char    *passphrase)
{
  static const char * const verify[] = { "minisign", "-V", "-q", "-H", "-p", "k.pub", "-m", "data", NULL };
  static const char * const sign[] = { "minisign", "-S", "-s", "k.key", "-m", "data", "-t", "theirs", NULL };
  g_autofree char *public_text = dc_minisign_key_get_public_text (key, NULL);
  g_autoptr (GBytes) data = dc_open_test_random (1000);
  g_autoptr (GBytes) verified = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) theirs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *ours = NULL;

  dc_open_test_write (dir, "data", g_bytes_get_data (data, NULL), 1000);
  ours = dc_minisign_key_sign (key, g_bytes_get_data (data, NULL), 1000, "Zoë’s pack, serial 7 ", "by us", &error);
  g_assert_no_error (error);
  dc_open_test_write (dir, "data.minisig", ours, strlen (ours));
  verified = dc_open_test_run (dir, verify, NULL);
  g_assert_nonnull (verified);

  if (passphrase != NULL)
    g_assert_true (dc_open_test_ask (dir, sign, passphrase));
  else
    output = dc_open_test_run (dir, sign, NULL);
  theirs = dc_open_test_read (dir, "data.minisig");
  g_assert_nonnull (g_strstr_len (g_bytes_get_data (theirs, NULL), (gssize) g_bytes_get_size (theirs), "theirs"));
  g_assert_true (dc_minisign_verify (public_text, strlen (public_text),
                                     g_bytes_get_data (theirs, NULL), g_bytes_get_size (theirs),
                                     g_bytes_get_data (data, NULL), 1000, &error));
}

static void
test_their_signing_key (void)
{
  static const char * const plain[] = { "minisign", "-G", "-f", "-W", "-p", "k.pub", "-s", "k.key", NULL };
  static const char * const encrypted[] = { "minisign", "-G", "-f", "-p", "k.pub", "-s", "k.key", NULL };
  char *dir;

  if (!dc_open_test_has ("minisign"))
    return;

  dir = dc_test_dir_new ();
  for (guint i = 0; i < 2; i++) {
    const char *passphrase = i == 1 ? PASSPHRASE : NULL;
    g_autoptr (DcMinisignKey) key = NULL;
    g_autoptr (GBytes) public_text = NULL;
    g_autofree char *our_public_text = NULL;

    g_assert_true (dc_open_test_ask (dir, i == 1 ? encrypted : plain, PASSPHRASE));
    key = read_key (dir, passphrase);
    public_text = dc_open_test_read (dir, "k.pub");
    our_public_text = dc_minisign_key_get_public_text (key, NULL);
    g_assert_cmpmem (g_bytes_get_data (public_text, NULL), g_bytes_get_size (public_text),
                     our_public_text, strlen (our_public_text));
    assert_agrees (dir, key, passphrase);
  }
  dc_test_dir_remove (dir);
}

static void
test_our_signing_key (void)
{
  g_autoptr (DcMinisignKey) key = dc_minisign_key_generate ();
  g_autofree char *public_text = dc_minisign_key_get_public_text (key, "Pack key");
  char *dir;

  if (!dc_open_test_has ("minisign"))
    return;

  dir = dc_test_dir_new ();
  for (guint i = 0; i < 2; i++) {
    const char *passphrase = i == 1 ? PASSPHRASE : NULL;
    g_autofree char *text = dc_minisign_key_to_text (key, passphrase, NULL, NULL);

    dc_open_test_write (dir, "k.key", text, strlen (text));
    dc_open_test_write (dir, "k.pub", public_text, strlen (public_text));
    assert_agrees (dir, key, passphrase);
  }
  dc_test_dir_remove (dir);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/open/interop/an-identity-of-age-keygen-both-ways", test_their_identity);
  g_test_add_func ("/open/interop/an-identity-of-ours-both-ways", test_our_identity);
  g_test_add_func ("/open/interop/opens-what-age-sealed-with-a-passphrase", test_their_passphrase);
  g_test_add_func ("/open/interop/age-opens-what-we-sealed-with-a-passphrase", test_our_passphrase);
  g_test_add_func ("/open/interop/age-takes-our-identity-in-a-sealed-file", test_our_sealed_identity);
  g_test_add_func ("/open/interop/signs-as-minisign-with-its-keys", test_their_signing_key);
  g_test_add_func ("/open/interop/minisign-signs-with-our-keys", test_our_signing_key);

  return g_test_run ();
}
