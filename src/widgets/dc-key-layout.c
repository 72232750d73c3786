/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-key-layout.h"

#include <string.h>

/* The layouts. A row is a list of keys with a blank between; `key:3` is three
 * halves wide, a key without a number is two. Words in angle brackets are the
 * keys that type nothing. A row that is narrower than the widest is centred.
 *
 * Wide layouts are those that people know from their own keyboard. Narrow ones
 * have seven keys a row, so that a key is 48 pixels wide on a screen of 360;
 * the rows of a typewriter broken in three would be in nobody's order, so the
 * letters stand as in the alphabet. */

#define MAX_ROWS 7

#define DIGITS "1 2 3 4 5 6 7 8 9 0"
#define ALPHABET "a b c d e f g", "h i j k l m n", "o p q r s t u", "<shift> v w x y z <delete>"

#define WIDE_FOOT "<hide> <page> - <space>:8 . <next>:4"
#define WIDE_EMAIL "<hide> @ . - _ .org .com gmail.com:3 <next>:3"
#define NARROW_FOOT "<hide> <page> <space>:6 <next>:4"
#define NARROW_FOREIGN_FOOT "<hide> <page> <latin> <space>:4 <next>:4"
#define WIDE_LATIN_FOOT "<hide> <page> <latin> - <space>:6 . <next>:4"
#define WIDE_FOREIGN_FOOT "<hide> <page> <latin> - <space>:10 . <next>:4"
#define NARROW_EMAIL_HEAD "@ . - _ gmail.com:6"
#define NARROW_EMAIL_FOOT "<hide> <page> .org:3 .com:3 <next>:4"

typedef struct
{
  const char *language;
  const char *wide[MAX_ROWS];     /* without the last row */
  const char *wide_foot;
  const char *wide_email;
  const char *narrow[MAX_ROWS];   /* without the first and the last row */
  const char *narrow_head;        /* what the language needs beside a to z; NULL: nothing */
  const char *accents;            /* its own, before those of the neighbours */
  const char *script;             /* on the key back to it; NULL: it is Latin */
} Letters;

static const Letters letters[] = {
  { "en",
    { DIGITS, "q w e r t y u i o p", "a s d f g h j k l '",
      "<shift>:3 z x c v b n m <delete>:3" },
    WIDE_FOOT, WIDE_EMAIL,
    { ALPHABET }, "' - . , & ( )",
    "" },
  { "fr",
    { DIGITS, "a z e r t y u i o p", "q s d f g h j k l m",
      "<shift> w x c v b n é ' <delete>" },
    WIDE_FOOT, WIDE_EMAIL,
    { ALPHABET }, "é è ê ç à ' -",
    "aàâæ cç eéèêë iîï oôœ uùûü yÿ" },
  { "es",
    { DIGITS, "q w e r t y u i o p", "a s d f g h j k l ñ",
      "<shift>:3 z x c v b n m <delete>:3" },
    "<hide> <page> - ' <space>:6 . <next>:4", WIDE_EMAIL,
    { ALPHABET }, "á é í ó ú ñ -",
    "aá eé ií nñ oó uúü" },
  { "de",
    { DIGITS " ß", "q w e r t z u i o p ü", "a s d f g h j k l ö ä",
      "<shift>:4 y x c v b n m <delete>:4" },
    "<hide> <page> - ' <space>:8 . <next>:4",
    "<hide> @ . - _ .org .com gmail.com:4 <next>:4",
    { ALPHABET }, "ä ö ü ß ' - .",
    "aä oö sß uü" },
  { "pt",
    { DIGITS, "q w e r t y u i o p", "a s d f g h j k l ç",
      "<shift>:3 z x c v b n m <delete>:3" },
    "<hide> <page> - ' <space>:6 . <next>:4", WIDE_EMAIL,
    { ALPHABET }, "á ã é ó õ ç -",
    "aãáàâ cç eéê ií oõóô uúü" },
  { "ru",
    { DIGITS, "й ц у к е н г ш щ з х ъ", "ф ы в а п р о л д ж э",
      "<shift>:3 я ч с м и т ь б ю <delete>:3" },
    WIDE_FOREIGN_FOOT, NULL,
    { "а б в г д е ж", "з и й к л м н", "о п р с т у ф", "х ц ч ш щ ъ ы",
      "<shift> ь э ю я - <delete>" }, NULL,
    "её", "АБВ" },
  /* The alphabet begins at the right. There are no capitals, so no shift. */
  { "ar",
    { DIGITS, "ض ص ث ق ف غ ع ه خ ح ج د", "ش س ي ب ل ا ت ن م ك ط",
      "ذ ئ ء ؤ ر لا ى ة و ز ظ <delete>" },
    WIDE_FOREIGN_FOOT, NULL,
    { "خ ح ج ث ت ب ا", "ص ش س ز ر ذ د", "ق ف غ ع ظ ط ض", "ي و ه ن م ل ك",
      "- لا ى ة ء <delete>:4" }, NULL,
    "اأإآ وؤ يئ ىئ", "أبج" },
};

static const char *wide_symbols[MAX_ROWS] = {
  DIGITS,
  "@ # & + = % * / ( )",
  ". , : ; ! ? ' \" - _",
  "€ $ £ ° « » ¿ ¡ <delete>:4",
  "<hide> <page> <space>:12 <next>:4",
};

static const char *narrow_symbols[MAX_ROWS] = {
  "1 2 3 4 5 6 7",
  "8 9 0 @ . , -",
  "_ + & ' \" ( )",
  "/ : ; ! ? # %",
  "€ $ £ ° * = <delete>",
  NARROW_FOOT,
};

static const char *digits[MAX_ROWS] = {
  "1 2 3 <delete>",
  "4 5 6 +",
  "7 8 9 <space>",
  "<hide> 0 <next>:4",
};

/* What the names of the people one meets are written with. */
static const char * const neighbours =
  "aàáâäãåæ cçćč dðđ eéèêëēęě gğ iíìîïı lł nñńň oóòôöõøœ rř sßśšş tţťþ uúùûüůű yýÿ zžźż";

static const struct
{
  const char *key;
  const char *others[4];
} other_relatives[] = {
  { "-", { "'", "_", "+", NULL } },
  { "_", { "+", "%", NULL } },
  { "'", { "’", "\"", NULL } },
  { ".", { ",", ":", NULL } },
  { "لا", { "لأ", "لإ", "لآ", NULL } },
  { ".org", { ".ch", ".net", ".int", NULL } },
  { ".com", { ".fr", ".es", ".de", NULL } },
  { "gmail.com", { "outlook.com", "proton.me", NULL } },
};

static const struct
{
  const char *word;
  DcKeyKind   kind;
} words[] = {
  { "<shift>", DC_KEY_SHIFT },
  { "<delete>", DC_KEY_DELETE },
  { "<page>", DC_KEY_PAGE },
  { "<latin>", DC_KEY_LATIN },
  { "<space>", DC_KEY_SPACE },
  { "<next>", DC_KEY_NEXT },
  { "<hide>", DC_KEY_HIDE },
};

static const Letters *
find_letters (const char *language)
{
  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (letters); i++) {
    gsize length = strlen (letters[i].language);

    if (g_ascii_strncasecmp (language, letters[i].language, length) == 0 &&
        !g_ascii_isalpha (language[length]))
      return &letters[i];
  }

  return &letters[0];
}

static void
read_key (const char *token,
          DcKeySpec  *key)
{
  const char *colon = strrchr (token, ':');
  gsize length = strlen (token);

  key->kind = DC_KEY_TEXT;
  key->span = 2;
  /* The colon of the key ":" is not followed by a number. */
  if (colon != NULL && colon != token && g_ascii_isdigit (colon[1])) {
    key->span = (int) g_ascii_strtoll (colon + 1, NULL, 10);
    length = (gsize) (colon - token);
  }
  g_strlcpy (key->text, token, MIN (length + 1, sizeof key->text));

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    if (strcmp (key->text, words[i].word) == 0) {
      key->kind = words[i].kind;
      g_strlcpy (key->text, key->kind == DC_KEY_SPACE ? " " : "", sizeof key->text);
      break;
    }
  }
}

static int
add_row (DcKeyLayout *layout,
         const char  *row)
{
  g_auto (GStrv) tokens = g_strsplit (row, " ", -1);
  int column = 0;

  for (gsize i = 0; tokens[i] != NULL; i++) {
    DcKeySpec key = { 0 };

    read_key (tokens[i], &key);
    key.row = layout->rows;
    key.column = column;
    column += key.span;
    g_array_append_val (layout->keys, key);
  }
  layout->rows++;
  layout->columns = MAX (layout->columns, column);

  return column;
}

static void
add_rows (DcKeyLayout        *layout,
          const char * const *rows)
{
  for (guint i = 0; i < MAX_ROWS && rows[i] != NULL; i++)
    add_row (layout, rows[i]);
}

static void
add_letters (DcKeyLayout   *layout,
             const Letters *of,
             DcKeyPage      page,
             gboolean       narrow)
{
  gboolean foreign = of->script != NULL;
  gboolean email = page == DC_KEY_PAGE_EMAIL;
  gboolean latin = foreign && page == DC_KEY_PAGE_LATIN;

  if (foreign && page != DC_KEY_PAGE_LETTERS)
    of = &letters[0];

  if (narrow) {
    if (email || of->narrow_head != NULL)
      add_row (layout, email ? NARROW_EMAIL_HEAD : of->narrow_head);
    add_rows (layout, of->narrow);
    add_row (layout, email ? NARROW_EMAIL_FOOT : foreign ? NARROW_FOREIGN_FOOT : NARROW_FOOT);
  } else {
    add_rows (layout, of->wide);
    add_row (layout, email ? of->wide_email : latin ? WIDE_LATIN_FOOT : of->wide_foot);
  }
}

static void
centre_rows (DcKeyLayout *layout)
{
  g_autofree int *ends = g_new0 (int, (gsize) layout->rows);

  for (guint i = 0; i < layout->keys->len; i++) {
    DcKeySpec *key = &g_array_index (layout->keys, DcKeySpec, i);

    ends[key->row] = key->column + key->span;
  }

  for (guint i = 0; i < layout->keys->len; i++) {
    DcKeySpec *key = &g_array_index (layout->keys, DcKeySpec, i);

    key->column += (layout->columns - ends[key->row]) / 2;
  }
}

DcKeyLayout *
dc_key_layout_new (const char *language,
                   DcKeyPage   page,
                   gboolean    narrow)
{
  DcKeyLayout *layout = g_new0 (DcKeyLayout, 1);

  layout->keys = g_array_new (FALSE, FALSE, sizeof (DcKeySpec));
  switch (page) {
  case DC_KEY_PAGE_LETTERS:
  case DC_KEY_PAGE_LATIN:
  case DC_KEY_PAGE_EMAIL:
    add_letters (layout, find_letters (language), page, narrow);
    break;
  case DC_KEY_PAGE_SYMBOLS:
    add_rows (layout, narrow ? narrow_symbols : wide_symbols);
    break;
  case DC_KEY_PAGE_DIGITS:
    add_rows (layout, digits);
    break;
  case DC_N_KEY_PAGES:
  default:
    g_assert_not_reached ();
  }
  centre_rows (layout);

  return layout;
}

void
dc_key_layout_free (DcKeyLayout *layout)
{
  g_array_unref (layout->keys);
  g_free (layout);
}

/* @list: words of a letter and its relatives. */
static void
collect_accents (GPtrArray  *accents,
                 const char *list,
                 const char *text)
{
  g_auto (GStrv) groups = g_strsplit (list, " ", -1);

  for (gsize i = 0; groups[i] != NULL; i++) {
    if (groups[i][0] == '\0' || g_utf8_strlen (text, -1) != 1 ||
        !g_str_has_prefix (groups[i], text))
      continue;

    for (const char *p = g_utf8_next_char (groups[i]); *p != '\0'; p = g_utf8_next_char (p)) {
      g_autofree char *accent = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));

      if (accents->len < DC_KEY_MAX_ACCENTS &&
          !g_ptr_array_find_with_equal_func (accents, accent, g_str_equal, NULL))
        g_ptr_array_add (accents, g_steal_pointer (&accent));
    }
  }
}

char **
dc_key_layout_get_accents (const char *language,
                           const char *text)
{
  g_autoptr (GPtrArray) accents = g_ptr_array_new_with_free_func (g_free);

  collect_accents (accents, find_letters (language)->accents, text);
  collect_accents (accents, neighbours, text);
  for (gsize i = 0; i < G_N_ELEMENTS (other_relatives); i++)
    for (gsize j = 0; other_relatives[i].others[j] != NULL; j++)
      if (strcmp (text, other_relatives[i].key) == 0)
        g_ptr_array_add (accents, g_strdup (other_relatives[i].others[j]));

  if (accents->len == 0)
    return NULL;
  g_ptr_array_add (accents, NULL);

  return (char **) g_ptr_array_steal (accents, NULL);
}

/* Written in letters, or signs, that no layout here has. */
static const char * const foreign[] = {
  "am", "be", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko", "ky",
  "lo", "mk", "ml", "mn", "mr", "my", "ne", "pa", "ps", "si", "sr", "ta", "te", "tg", "th", "ti", "ug",
  "uk", "ur", "yi", "zh", NULL
};

gboolean
dc_key_layout_lacks_letters (const char *language)
{
  g_autofree char *first = NULL;

  g_return_val_if_fail (language != NULL, FALSE);

  first = g_ascii_strdown (language, (gssize) strcspn (language, "-_"));

  return g_strv_contains (foreign, first);
}

const char *
dc_key_layout_get_script (const char *language)
{
  return find_letters (language)->script;
}

const char * const *
dc_key_layout_get_languages (void)
{
  static const char *languages[] = { "en", "fr", "es", "de", "pt", "ru", "ar", NULL };

  return languages;
}
