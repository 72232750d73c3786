/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-symbol.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#define PIXELS 4

/* What byte mode holds at level M, versions 1 to 40 (ISO/IEC 18004, table 7). */
static const guint16 capacity[DC_SYMBOL_MAX_VERSION] = {
  14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666,
  711, 779, 857, 911, 997, 1059, 1125, 1190, 1264, 1370, 1452, 1538, 1628, 1722, 1809, 1911, 1989,
  2099, 2213, 2331,
};

/* Small letters, so that a reader that packs digits or capitals would not
 * come out at the same version. */
static char *
text_of (gsize length)
{
  char *text = g_malloc (length + 1);

  for (gsize i = 0; i < length; i++)
    text[i] = (char) ('a' + i % 26);
  text[length] = '\0';

  return text;
}

static void
test_capacity (void)
{
  for (guint version = 1; version <= DC_SYMBOL_MAX_VERSION; version++) {
    g_autofree char *text = text_of (capacity[version - 1]);
    g_autofree char *more = text_of (capacity[version - 1] + 1);
    g_autoptr (DcSymbol) symbol = NULL;
    g_autoptr (GError) error = NULL;

    symbol = dc_symbol_new (text, version, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (dc_symbol_get_version (symbol), ==, version);
    g_assert_cmpuint (dc_symbol_get_size (symbol), ==, 17 + 4 * version);
    g_assert_cmpstr (dc_symbol_get_text (symbol), ==, text);

    g_assert_null (dc_symbol_new (more, version, &error));
    g_assert_error (error, DC_QR_ERROR, DC_QR_ERROR_TOO_LONG);
  }
}

static void
test_smallest (void)
{
  for (guint version = 2; version <= DC_SYMBOL_MAX_VERSION; version++) {
    g_autofree char *text = text_of (capacity[version - 2] + 1);
    g_autoptr (DcSymbol) symbol = dc_symbol_new (text, DC_SYMBOL_MAX_VERSION, NULL);

    g_assert_cmpuint (dc_symbol_get_version (symbol), ==, version);
  }
}

/* The 15 format bits beside the upper left finder pattern, unmasked: the
 * first two are the level, and M is 00 (ISO/IEC 18004, 7.9 and table 12). */
static guint
level_bits (DcSymbol *symbol)
{
  guint bits = 0;

  for (guint x = 0; x < 2; x++)
    bits = bits << 1 | (dc_symbol_is_dark (symbol, x, 8) ? 1 : 0);

  return bits ^ 2;   /* the mask 101010000010010 begins with 10 */
}

/* A short text would have room for H in the same version. */
static void
test_level (void)
{
  const char *texts[] = { "a", "https://give.example.org/en", "HTTPS://GIVE.EXAMPLE.ORG/1234567" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (DcSymbol) symbol = dc_symbol_new (texts[i], DC_SYMBOL_MAX_VERSION, NULL);

    g_assert_cmpuint (level_bits (symbol), ==, 0);
  }
}

/* Digits and capitals would fit a smaller version in their own modes; the
 * one segment stays in byte mode. */
static void
test_byte_mode (void)
{
  g_autofree char *digits = g_strnfill (15, '7');
  g_autofree char *capitals = g_strnfill (43, 'A');
  g_autoptr (DcSymbol) a = dc_symbol_new (digits, DC_SYMBOL_MAX_VERSION, NULL);
  g_autoptr (DcSymbol) b = dc_symbol_new (capitals, DC_SYMBOL_MAX_VERSION, NULL);

  g_assert_cmpuint (dc_symbol_get_version (a), ==, 2);
  g_assert_cmpuint (dc_symbol_get_version (b), ==, 4);
}

static void
assert_finder (DcSymbol *symbol,
               guint     left,
               guint     top)
{
  for (guint y = 0; y < 7; y++) {
    for (guint x = 0; x < 7; x++) {
      guint ring = MIN (MIN (x, 6 - x), MIN (y, 6 - y));

      g_assert_cmpint (dc_symbol_is_dark (symbol, left + x, top + y), ==, ring != 1);
    }
  }
}

static void
test_matrix (void)
{
  g_autoptr (DcSymbol) symbol = dc_symbol_new ("https://give.example.org/en", 4, NULL);
  guint size = dc_symbol_get_size (symbol);

  assert_finder (symbol, 0, 0);
  assert_finder (symbol, size - 7, 0);
  assert_finder (symbol, 0, size - 7);
  g_assert_true (dc_symbol_is_dark (symbol, 8, size - 8));

  g_assert_true (dc_symbol_is_dark (symbol, size - 1, 0));
  g_assert_false (dc_symbol_is_dark (symbol, size, 0));
  g_assert_false (dc_symbol_is_dark (symbol, 0, size));
  g_assert_false (dc_symbol_is_dark (symbol, G_MAXUINT, G_MAXUINT));
}

static void
test_errors (void)
{
  g_autofree char *too_long = text_of (DC_SYMBOL_MAX_BYTES + 1);
  const struct
  {
    const char *text;
    int         code;
  } refused[] = {
    { "", DC_QR_ERROR_EMPTY },
    { too_long, DC_QR_ERROR_TOO_LONG },
    { "caf\351", DC_QR_ERROR_TEXT },
    { "\355\240\200", DC_QR_ERROR_TEXT },   /* a surrogate */
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (dc_symbol_new (refused[i].text, DC_SYMBOL_MAX_VERSION, &error));
    g_assert_error (error, DC_QR_ERROR, refused[i].code);
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
}

static void
test_too_long_says_which_version (void)
{
  g_autofree char *text = text_of (63);
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_symbol_new (text, 4, &error));
  g_assert_error (error, DC_QR_ERROR, DC_QR_ERROR_TOO_LONG);
  g_assert_nonnull (strstr (error->message, "63 bytes"));
  g_assert_nonnull (strstr (error->message, "version 5"));
  g_assert_nonnull (strstr (error->message, "version 4"));
}

/* A plain PBM: 4 pixels a module, 4 modules of white around. */
static char *
draw (DcSymbol *symbol)
{
  g_autoptr (GString) image = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  guint side = (dc_symbol_get_size (symbol) + 2 * DC_SYMBOL_QUIET) * PIXELS;
  char *path = NULL;
  int fd;

  g_string_append_printf (image, "P1\n%u %u\n", side, side);
  for (guint y = 0; y < side; y++) {
    for (guint x = 0; x < side; x++) {
      gboolean dark = dc_symbol_is_dark (symbol, x / PIXELS - DC_SYMBOL_QUIET,
                                         y / PIXELS - DC_SYMBOL_QUIET);

      g_string_append_c (image, dark ? '1' : '0');
      g_string_append_c (image, x % 32 == 31 ? '\n' : ' ');
    }
  }

  fd = g_file_open_tmp ("daily-cup-symbol-XXXXXX.pbm", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, image->str, (gssize) image->len, &error);
  g_assert_no_error (error);

  return path;
}

static GBytes *
read_back (const char *path)
{
  g_autoptr (GSubprocess) zbarimg = NULL;
  g_autoptr (GError) error = NULL;
  GBytes *out = NULL;

  zbarimg = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE,
                              &error, "zbarimg", "--quiet", "--raw", "-Sbinary", "-Sdisable",
                              "-Sqrcode.enable", path, NULL);
  g_assert_no_error (error);
  g_subprocess_communicate (zbarimg, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (zbarimg));

  return out;
}

static void
assert_reads_back (const char *text)
{
  g_autoptr (DcSymbol) symbol = dc_symbol_new (text, DC_SYMBOL_MAX_VERSION, NULL);
  g_autofree char *path = NULL;
  g_autoptr (GBytes) read = NULL;
  gsize size;
  const char *data;

  g_assert_nonnull (symbol);
  path = draw (symbol);
  read = read_back (path);
  g_remove (path);
  data = g_bytes_get_data (read, &size);
  g_assert_cmpmem (data, size, text, strlen (text));
}

static void
test_read_back (void)
{
  const gsize lengths[] = { 1, 14, 42, 62, 84, 152, 331, 560, 997, 2331 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++) {
    g_autofree char *text = text_of (lengths[i]);

    assert_reads_back (text);
  }
}

static void
test_read_back_utf8 (void)
{
  assert_reads_back ("https://give.example.org/fr/monthly/18.50/RF18K7Q29WXM4T");
  assert_reads_back ("SPC\nInternational Service for Human Rights\nRue de Varemb\303\251 1\nGen\303\250ve");
}

static void
test_references (void)
{
  DcSymbol *symbol = dc_symbol_new ("a", 1, NULL);

  g_assert_true (dc_symbol_ref (symbol) == symbol);
  dc_symbol_unref (symbol);
  g_assert_cmpstr (dc_symbol_get_text (symbol), ==, "a");
  dc_symbol_unref (symbol);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/symbol/holds-what-the-standard-says-at-each-version", test_capacity);
  g_test_add_func ("/symbol/is-the-smallest-version", test_smallest);
  g_test_add_func ("/symbol/has-level-m-even-where-there-is-room-for-more", test_level);
  g_test_add_func ("/symbol/is-one-segment-in-byte-mode", test_byte_mode);
  g_test_add_func ("/symbol/has-its-finder-patterns-and-light-around", test_matrix);
  g_test_add_func ("/symbol/refuses-what-is-no-text", test_errors);
  g_test_add_func ("/symbol/says-which-version-a-long-text-needs", test_too_long_says_which_version);
  g_test_add_func ("/symbol/reads-back-at-several-sizes", test_read_back);
  g_test_add_func ("/symbol/reads-back-the-bytes-of-utf-8", test_read_back_utf8);
  g_test_add_func ("/symbol/lives-as-long-as-its-references", test_references);

  return g_test_run ();
}
