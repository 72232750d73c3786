/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-base64.h"

#include <string.h>

#include "dc-crypto.h"

#define ALPHABET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

static void
test_agrees_with_glib (void)
{
  for (gsize size = 0; size < 100; size++) {
    guint8 bytes[100];
    guint8 read[100];
    g_autofree char *text = NULL;
    gsize unpadded;

    dc_crypto_random (bytes, sizeof bytes);
    text = g_base64_encode (bytes, size);
    unpadded = strcspn (text, "=");
    g_assert_true (dc_base64_read (DC_BASE64_PADDED, text, strlen (text), read, size));
    g_assert_cmpmem (read, size, bytes, size);
    g_assert_true (dc_base64_read (DC_BASE64_UNPADDED, text, unpadded, read, size));
    g_assert_cmpmem (read, size, bytes, size);

    g_assert_true (dc_base64_read (DC_BASE64_PADDED, text, unpadded, read, size) == (size % 3 == 0));
    g_assert_true (dc_base64_read (DC_BASE64_UNPADDED, text, strlen (text), read, size) == (size % 3 == 0));
  }
}

/* All 256, also those that libsodium's decoder takes. */
static void
test_no_other_character (void)
{
  for (guint c = 0; c < 256; c++)
    for (guint at = 0; at < 4; at++) {
      char text[] = "QQQQ";
      guint8 read[3];
      gboolean legal = c != 0 && strchr (ALPHABET, (int) c) != NULL;

      text[at] = (char) c;
      g_assert_true (dc_base64_read (DC_BASE64_UNPADDED, text, 4, read, sizeof read) == legal);
      if (c != '=')
        g_assert_true (dc_base64_read (DC_BASE64_PADDED, text, 4, read, sizeof read) == legal);
    }
}

static void
test_one_text_for_the_same_bytes (void)
{
  static const char * const refused[] = {
    "QR==", "QQ=", "QQ", "Q===", "====", "QQ==\n", " QQ==", "QQ==QQ==", "QQQ==", "Q", "QQ=Q",
  };
  guint8 read[8];
  gsize size;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    g_assert_false (dc_base64_decode (DC_BASE64_PADDED, refused[i], strlen (refused[i]), read, sizeof read, &size));
  g_assert_false (dc_base64_decode (DC_BASE64_UNPADDED, "QR", 2, read, sizeof read, &size));
  g_assert_false (dc_base64_decode (DC_BASE64_UNPADDED, "QQR", 3, read, sizeof read, &size));
  g_assert_false (dc_base64_decode (DC_BASE64_UNPADDED, "QQQQQ", 5, read, sizeof read, &size));
}

static void
test_never_beyond_its_room (void)
{
  guint8 read[4] = { 0, 0, 0, 99 };
  gsize size;

  g_assert_true (dc_base64_decode (DC_BASE64_PADDED, "QUJD", 4, read, 3, &size));
  g_assert_cmpuint (size, ==, 3);
  g_assert_false (dc_base64_decode (DC_BASE64_PADDED, "QUJDQUJD", 8, read, 3, &size));
  g_assert_false (dc_base64_read (DC_BASE64_PADDED, "QUJD", 4, read, 2));
  g_assert_false (dc_base64_read (DC_BASE64_PADDED, "QUI=", 4, read, 3));
  g_assert_cmpuint (read[3], ==, 99);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (dc_crypto_init ());

  g_test_add_func ("/seal/base64/agrees-with-glib", test_agrees_with_glib);
  g_test_add_func ("/seal/base64/takes-no-other-character", test_no_other_character);
  g_test_add_func ("/seal/base64/takes-one-text-for-the-same-bytes", test_one_text_for_the_same_bytes);
  g_test_add_func ("/seal/base64/never-writes-beyond-its-room", test_never_beyond_its_room);

  return g_test_run ();
}
