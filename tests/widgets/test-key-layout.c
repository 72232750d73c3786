/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-layout.h"

#include <string.h>

static gboolean
offers (DcKeyLayout *layout,
        const char  *language,
        const char  *text)
{
  for (guint i = 0; i < layout->keys->len; i++) {
    const DcKeySpec *key = &g_array_index (layout->keys, DcKeySpec, i);
    g_auto (GStrv) accents = dc_key_layout_get_accents (language, key->text);

    if (strcmp (key->text, text) == 0 ||
        (accents != NULL && g_strv_contains ((const char * const *) accents, text)))
      return TRUE;
  }

  return FALSE;
}

static void
assert_all (const char *language,
            const char *letters)
{
  for (int narrow = 0; narrow < 2; narrow++) {
    g_autoptr (DcKeyLayout) layout = dc_key_layout_new (language, DC_KEY_PAGE_LETTERS, narrow);

    for (const char *p = letters; *p != '\0'; p = g_utf8_next_char (p)) {
      g_autofree char *letter = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));

      if (!offers (layout, language, letter))
        g_error ("%s: no %s", language, letter);
    }
  }
}

static void
test_letters (void)
{
  assert_all ("en", "abcdefghijklmnopqrstuvwxyz'-");
  assert_all ("fr", "abcdefghijklmnopqrstuvwxyzàâæçéèêëîïôœùûüÿ'-");
  assert_all ("es", "abcdefghijklmnopqrstuvwxyzáéíñóúü'-");
  assert_all ("de", "abcdefghijklmnopqrstuvwxyzäöüß'-");
  assert_all ("pt", "abcdefghijklmnopqrstuvwxyzáàâãçéêíóôõúü'-");
  assert_all ("ru", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя'-");
  assert_all ("ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىأإآؤئ'-");
}

typedef void (*Check) (DcKeyLayout *layout, const char *language, DcKeyPage page, gboolean narrow);

static void
for_each_layout (Check check)
{
  const char * const *languages = dc_key_layout_get_languages ();

  for (gsize i = 0; languages[i] != NULL; i++) {
    for (int page = 0; page < DC_N_KEY_PAGES; page++) {
      for (int narrow = 0; narrow < 2; narrow++) {
        g_autoptr (DcKeyLayout) layout = dc_key_layout_new (languages[i], (DcKeyPage) page, narrow);

        check (layout, languages[i], (DcKeyPage) page, narrow);
      }
    }
  }
}

static void
check_once (DcKeyLayout *layout,
            const char  *language,
            DcKeyPage    page,
            gboolean     narrow)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < layout->keys->len; i++) {
    const DcKeySpec *key = &g_array_index (layout->keys, DcKeySpec, i);
    g_autofree char *name = g_strdup_printf ("%d %s", key->kind, key->text);

    g_assert_true (g_utf8_validate (key->text, -1, NULL));
    if (!g_hash_table_add (seen, g_steal_pointer (&name)))
      g_error ("%s, page %d: %s twice", language, page, key->text);
  }
}

static void
test_once (void)
{
  for_each_layout (check_once);
}

/* Rows inside the width, keys side by side, at most seven where narrow. */
static void
check_places (DcKeyLayout *layout,
              const char  *language,
              DcKeyPage    page,
              gboolean     narrow)
{
  int row = -1, end = 0;

  for (guint i = 0; i < layout->keys->len; i++) {
    const DcKeySpec *key = &g_array_index (layout->keys, DcKeySpec, i);

    if (key->row != row) {
      g_assert_cmpint (key->row, ==, row + 1);
      row = key->row;
      g_assert_cmpint (key->column, >=, 0);
    } else {
      g_assert_cmpint (key->column, ==, end);
    }
    g_assert_cmpint (key->span, >=, 2);
    end = key->column + key->span;
    g_assert_cmpint (end, <=, layout->columns);
  }
  g_assert_cmpint (row + 1, ==, layout->rows);
  g_assert_cmpint (layout->rows, <=, 6);
  g_assert_cmpint (layout->columns, <=, narrow ? 14 : 24);
}

static void
test_places (void)
{
  for_each_layout (check_places);
}

static void
check_ways_out (DcKeyLayout *layout,
                const char  *language,
                DcKeyPage    page,
                gboolean     narrow)
{
  gboolean has[DC_KEY_HIDE + 1] = { FALSE };

  for (guint i = 0; i < layout->keys->len; i++)
    has[g_array_index (layout->keys, DcKeySpec, i).kind] = TRUE;

  g_assert_true (has[DC_KEY_DELETE]);
  g_assert_true (has[DC_KEY_NEXT]);
  g_assert_true (has[DC_KEY_HIDE]);
  if (page == DC_KEY_PAGE_LETTERS || page == DC_KEY_PAGE_SYMBOLS)
    g_assert_true (has[DC_KEY_SPACE] && has[DC_KEY_PAGE]);
  if (page == DC_KEY_PAGE_EMAIL)
    g_assert_false (has[DC_KEY_SPACE]);
}

static void
test_ways_out (void)
{
  for_each_layout (check_ways_out);
}

static void
check_email (DcKeyLayout *layout,
             const char  *language,
             DcKeyPage    page,
             gboolean     narrow)
{
  static const char * const wanted[] = { "@", ".", "-", "_", ".org", ".com", "gmail.com", "+", ".ch" };

  for (gsize i = 0; page == DC_KEY_PAGE_EMAIL && i < G_N_ELEMENTS (wanted); i++)
    if (!offers (layout, language, wanted[i]))
      g_error ("%s, narrow %d: no %s", language, narrow, wanted[i]);
}

/* An address with a digit needs the digits, here or one page away. */
static void
test_email (void)
{
  for_each_layout (check_email);

  for (int narrow = 0; narrow < 2; narrow++) {
    g_autoptr (DcKeyLayout) email = dc_key_layout_new ("en", DC_KEY_PAGE_EMAIL, narrow);
    g_autoptr (DcKeyLayout) symbols = dc_key_layout_new ("en", DC_KEY_PAGE_SYMBOLS, narrow);

    g_assert_true (offers (narrow ? symbols : email, "en", "7"));
  }
}

static void
test_digits (void)
{
  g_autoptr (DcKeyLayout) layout = dc_key_layout_new ("fr", DC_KEY_PAGE_DIGITS, FALSE);

  for (char digit = '0'; digit <= '9'; digit++) {
    const char text[] = { digit, '\0' };

    g_assert_true (offers (layout, "fr", text));
  }
  g_assert_true (offers (layout, "fr", "+"));
  g_assert_false (offers (layout, "fr", "a"));
}

static char *
first_letters (const char *language)
{
  g_autoptr (DcKeyLayout) layout = dc_key_layout_new (language, DC_KEY_PAGE_LETTERS, FALSE);
  GString *row = g_string_new (NULL);

  for (guint i = 0; i < layout->keys->len; i++) {
    const DcKeySpec *key = &g_array_index (layout->keys, DcKeySpec, i);

    if (key->row == 1 && g_utf8_strlen (row->str, -1) < 6)
      g_string_append (row, key->text);
  }

  return g_string_free (row, FALSE);
}

static void
test_languages (void)
{
  static const struct { const char *language, *row; } rows[] = {
    { "en", "qwerty" }, { "fr", "azerty" }, { "es", "qwerty" }, { "de", "qwertz" },
    { "fr_CH", "azerty" }, { "fr-CA", "azerty" }, { "FR", "azerty" }, { "de:en", "qwertz" },
    { "ar", "ضصثقفغ" }, { "ru", "йцукен" }, { "pt_BR", "qwerty" }, { "zh", "qwerty" }, { "", "qwerty" }, { "deu", "qwerty" }, { NULL, "qwerty" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *row = first_letters (rows[i].language);

    g_assert_cmpstr (row, ==, rows[i].row);
  }
}

static gboolean
has_kind (const char *language,
          DcKeyPage   page,
          gboolean    narrow,
          DcKeyKind   kind)
{
  g_autoptr (DcKeyLayout) layout = dc_key_layout_new (language, page, narrow);

  for (guint i = 0; i < layout->keys->len; i++)
    if (g_array_index (layout->keys, DcKeySpec, i).kind == kind)
      return TRUE;

  return FALSE;
}

static void
test_latin (void)
{
  static const char * const foreign[] = { "ar", "ru" };

  for (int narrow = 0; narrow < 2; narrow++) {
    for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++) {
      g_autoptr (DcKeyLayout) latin = dc_key_layout_new (foreign[i], DC_KEY_PAGE_LATIN, narrow);
      g_autoptr (DcKeyLayout) email = dc_key_layout_new (foreign[i], DC_KEY_PAGE_EMAIL, narrow);

      g_assert_true (has_kind (foreign[i], DC_KEY_PAGE_LETTERS, narrow, DC_KEY_LATIN));
      g_assert_true (has_kind (foreign[i], DC_KEY_PAGE_LATIN, narrow, DC_KEY_LATIN));
      g_assert_true (offers (latin, foreign[i], "q"));
      g_assert_true (offers (email, foreign[i], "q"));
    }
    g_assert_false (has_kind ("fr", DC_KEY_PAGE_LETTERS, narrow, DC_KEY_LATIN));
    g_assert_false (has_kind ("ar", DC_KEY_PAGE_LETTERS, narrow, DC_KEY_SHIFT));
    g_assert_true (has_kind ("ru", DC_KEY_PAGE_LETTERS, narrow, DC_KEY_SHIFT));
  }
  g_assert_cmpstr (dc_key_layout_get_script ("ru"), ==, "АБВ");
  g_assert_null (dc_key_layout_get_script ("pt"));
}

static void
test_accents (void)
{
  g_auto (GStrv) french = dc_key_layout_get_accents ("fr", "e");
  g_auto (GStrv) spanish = dc_key_layout_get_accents ("es", "a");
  g_auto (GStrv) german = dc_key_layout_get_accents ("de", "s");

  g_assert_cmpstr (french[0], ==, "é");
  g_assert_cmpstr (french[1], ==, "è");
  g_assert_cmpstr (french[2], ==, "ê");
  g_assert_cmpstr (french[3], ==, "ë");
  g_assert_cmpstr (spanish[0], ==, "á");
  g_assert_cmpstr (german[0], ==, "ß");
  g_assert_null (dc_key_layout_get_accents ("fr", "1"));
  g_assert_null (dc_key_layout_get_accents ("fr", ""));
  g_assert_null (dc_key_layout_get_accents ("fr", "é"));

  for (char letter = 'a'; letter <= 'z'; letter++) {
    const char text[] = { letter, '\0' };
    g_auto (GStrv) accents = dc_key_layout_get_accents ("fr", text);

    g_assert_cmpuint (accents != NULL ? g_strv_length (accents) : 0, <=, DC_KEY_MAX_ACCENTS);
    for (gsize i = 0; accents != NULL && accents[i] != NULL; i++)
      for (gsize j = 0; j < i; j++)
        g_assert_cmpstr (accents[i], !=, accents[j]);
  }
}

static void
test_lacks_letters (void)
{
  static const char * const has[] = { "en", "fr", "pt", "ru", "ar", "it", "nl", "zha" };
  static const char * const lacks[] = { "zh", "zh-Hant", "zh_CN", "ja", "UK" };

  for (gsize i = 0; i < G_N_ELEMENTS (has); i++)
    g_assert_false (dc_key_layout_lacks_letters (has[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (lacks); i++)
    g_assert_true (dc_key_layout_lacks_letters (lacks[i]));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/key-layout/letters/each-language-has-all-of-its-own", test_letters);
  g_test_add_func ("/key-layout/keys/stand-once-on-a-page", test_once);
  g_test_add_func ("/key-layout/keys/stand-side-by-side-within-the-width", test_places);
  g_test_add_func ("/key-layout/keys/delete-next-and-hide-are-always-there", test_ways_out);
  g_test_add_func ("/key-layout/email/has-what-an-address-needs", test_email);
  g_test_add_func ("/key-layout/digits/have-ten-and-a-plus", test_digits);
  g_test_add_func ("/key-layout/language/is-known-by-its-first-part", test_languages);
  g_test_add_func ("/key-layout/latin/is-a-key-away-from-other-letters", test_latin);
  g_test_add_func ("/key-layout/language/may-have-letters-that-are-not-here", test_lacks_letters);
  g_test_add_func ("/key-layout/accents/begin-with-the-language-s-own", test_accents);

  return g_test_run ();
}
