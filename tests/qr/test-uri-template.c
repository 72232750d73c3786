/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-uri-template.h"

#include <string.h>

#include "dc-symbol.h"

/* The variables of RFC 6570, section 3.2, that are strings. */
static const char * const names[] = {
  "dub", "hello", "half", "var", "who", "base", "path", "v", "x", "y", "empty", "undef", NULL
};
static const char * const values[] = {
  "me/too", "Hello World!", "50%", "value", "fred", "http://example.com/home/", "/foo/bar",
  "6", "1024", "768", "", NULL
};

typedef struct
{
  const char *template_;
  const char *result;
} Example;

/* Section 1.2: the examples of levels 1 to 3, of which each is the table of
 * the level's own. */
static const Example levels[] = {
  { "{var}", "value" },
  { "{hello}", "Hello%20World%21" },
  { "{+var}", "value" },
  { "{+hello}", "Hello%20World!" },
  { "{+path}/here", "/foo/bar/here" },
  { "here?ref={+path}", "here?ref=/foo/bar" },
  { "X{#var}", "X#value" },
  { "X{#hello}", "X#Hello%20World!" },
  { "map?{x,y}", "map?1024,768" },
  { "{x,hello,y}", "1024,Hello%20World%21,768" },
  { "{+x,hello,y}", "1024,Hello%20World!,768" },
  { "{+path,x}/here", "/foo/bar,1024/here" },
  { "{#x,hello,y}", "#1024,Hello%20World!,768" },
  { "{#path,x}/here", "#/foo/bar,1024/here" },
  { "X{.var}", "X.value" },
  { "X{.x,y}", "X.1024.768" },
  { "{/var}", "/value" },
  { "{/var,x}/here", "/value/1024/here" },
  { "{;x,y}", ";x=1024;y=768" },
  { "{;x,y,empty}", ";x=1024;y=768;empty" },
  { "{?x,y}", "?x=1024&y=768" },
  { "{?x,y,empty}", "?x=1024&y=768&empty=" },
  { "?fixed=yes{&x}", "?fixed=yes&x=1024" },
  { "{&x,y,empty}", "&x=1024&y=768&empty=" },
};

/* Sections 3.2.2 to 3.2.9, without the examples of level 4. */
static const Example sections[] = {
  { "{var}", "value" },
  { "{hello}", "Hello%20World%21" },
  { "{half}", "50%25" },
  { "O{empty}X", "OX" },
  { "O{undef}X", "OX" },
  { "{x,y}", "1024,768" },
  { "{x,hello,y}", "1024,Hello%20World%21,768" },
  { "?{x,empty}", "?1024," },
  { "?{x,undef}", "?1024" },
  { "?{undef,y}", "?768" },
  { "{+var}", "value" },
  { "{+hello}", "Hello%20World!" },
  { "{+half}", "50%25" },
  { "{base}index", "http%3A%2F%2Fexample.com%2Fhome%2Findex" },
  { "{+base}index", "http://example.com/home/index" },
  { "O{+empty}X", "OX" },
  { "O{+undef}X", "OX" },
  { "{+path}/here", "/foo/bar/here" },
  { "here?ref={+path}", "here?ref=/foo/bar" },
  { "up{+path}{var}/here", "up/foo/barvalue/here" },
  { "{+x,hello,y}", "1024,Hello%20World!,768" },
  { "{+path,x}/here", "/foo/bar,1024/here" },
  { "{#var}", "#value" },
  { "{#hello}", "#Hello%20World!" },
  { "{#half}", "#50%25" },
  { "foo{#empty}", "foo#" },
  { "foo{#undef}", "foo" },
  { "{#x,hello,y}", "#1024,Hello%20World!,768" },
  { "{#path,x}/here", "#/foo/bar,1024/here" },
  { "{.who}", ".fred" },
  { "{.who,who}", ".fred.fred" },
  { "{.half,who}", ".50%25.fred" },
  { "X{.var}", "X.value" },
  { "X{.empty}", "X." },
  { "X{.undef}", "X" },
  { "{/who}", "/fred" },
  { "{/who,who}", "/fred/fred" },
  { "{/half,who}", "/50%25/fred" },
  { "{/who,dub}", "/fred/me%2Ftoo" },
  { "{/var}", "/value" },
  { "{/var,empty}", "/value/" },
  { "{/var,undef}", "/value" },
  { "{/var,x}/here", "/value/1024/here" },
  { "{;who}", ";who=fred" },
  { "{;half}", ";half=50%25" },
  { "{;empty}", ";empty" },
  { "{;v,empty,who}", ";v=6;empty;who=fred" },
  { "{;v,bar,who}", ";v=6;who=fred" },
  { "{;x,y}", ";x=1024;y=768" },
  { "{;x,y,empty}", ";x=1024;y=768;empty" },
  { "{;x,y,undef}", ";x=1024;y=768" },
  { "{?who}", "?who=fred" },
  { "{?half}", "?half=50%25" },
  { "{?x,y}", "?x=1024&y=768" },
  { "{?x,y,empty}", "?x=1024&y=768&empty=" },
  { "{?x,y,undef}", "?x=1024&y=768" },
  { "{&who}", "&who=fred" },
  { "{&half}", "&half=50%25" },
  { "?fixed=yes{&x}", "?fixed=yes&x=1024" },
  { "{&x,y,empty}", "&x=1024&y=768&empty=" },
  { "{&x,y,undef}", "&x=1024&y=768" },
};

static const Example literals[] = {
  { "", "" },
  { "https://give.example.org/", "https://give.example.org/" },
  { "a%2fb", "a%2fb" },                                /* a triplet is left alone */
  { "caf\303\251", "caf%C3%A9" },
  { "\360\237\214\215", "%F0%9F%8C%8D" },
  { "\356\200\200", "%EE%80%80" },                     /* U+E000, private use */
  { "{undef}{/undef,who}{?undef}", "/fred" },
  { "{?undef,x}", "?x=1024" },                         /* the sign comes with the first defined one */
  { "{/undef,empty,x}", "//1024" },
};

static void
test_examples (gconstpointer data)
{
  const Example *example = data;

  for (; example->template_ != NULL; example++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *result = dc_uri_template_expand (example->template_, names, values, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (result, ==, example->result);
  }
}

/* Each table, ended by an empty row, becomes one test. */
static void
add_examples (const char    *path,
              const Example *examples,
              gsize          n)
{
  Example *table = g_new0 (Example, n + 1);

  memcpy (table, examples, n * sizeof *table);
  g_test_add_data_func_full (path, table, test_examples, g_free);
}

static void
test_values (void)
{
  const char * const name[] = { "v", "a.b", "%41", "_9", "end", "half", NULL };
  const char * const value[] = { "Zo\303\253 & Co/%2F%zz", "dotted", "escaped", "under", "a%2F",
                                 "a%2" };
  const Example examples[] = {
    { "{v}", "Zo%C3%AB%20%26%20Co%2F%252F%25zz" },
    { "{+v}", "Zo%C3%AB%20&%20Co/%2F%25zz" },
    { "{?v}", "?v=Zo%C3%AB%20%26%20Co%2F%252F%25zz" },
    { "{;a.b,%41,_9}", ";a.b=dotted;%41=escaped;_9=under" },
    { "{+end}{#half}", "a%2F#a%252" },
    { "{A}{%4}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (examples); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *result = dc_uri_template_expand (examples[i].template_, name, value, &error);

    g_assert_cmpstr (result, ==, examples[i].result);
    if (result == NULL)
      g_assert_error (error, DC_QR_ERROR, DC_QR_ERROR_TEMPLATE);
  }
}

static void
test_only_unreserved_stays (void)
{
  const char * const name[] = { "c", NULL };
  const char *unreserved = "-._~ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const char *reserved = ":/?#[]@!$&'()*+,;=";

  for (int c = 1; c < 0x80; c++) {
    char text[2] = { (char) c, '\0' };
    char encoded[4];
    const char * const value[] = { text };
    g_autofree char *simple = dc_uri_template_expand ("{c}", name, value, NULL);
    g_autofree char *kept = dc_uri_template_expand ("{+c}", name, value, NULL);

    g_snprintf (encoded, sizeof encoded, "%%%02X", c);
    g_assert_cmpstr (simple, ==, strchr (unreserved, c) != NULL ? text : encoded);
    g_assert_cmpstr (kept, ==,
                     strchr (unreserved, c) != NULL || strchr (reserved, c) != NULL ? text : encoded);
  }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *template_;
    const char *why;
  } refused[] = {
    { "{var", "not closed" },
    { "{", "not closed" },
    { "{var,", "not closed" },
    { "{+", "not closed" },
    { "var}", "not opened" },
    { "{var}}", "not opened" },
    { "{{var}}", "name of a variable" },
    { "{}", "name of a variable" },
    { "{,}", "reserves" },
    { "{var,}", "name of a variable" },
    { "{+}", "name of a variable" },
    { "{va r}", "name of a variable" },
    { "{va-r}", "name of a variable" },
    { "{.}", "name of a variable" },
    { "{a..b}", "name of a variable" },
    { "{a.}", "name of a variable" },
    { "{%4g}", "name of a variable" },
    { "{var:3}", "level 4" },
    { "{var*}", "level 4" },
    { "{/who,var:1}", "level 4" },
    { "{=var}", "reserves" },
    { "{,var}", "reserves" },
    { "{!var}", "reserves" },
    { "{@var}", "reserves" },
    { "{|var}", "reserves" },
    { "a b", "no URI has" },
    { "a\"b", "no URI has" },
    { "a'b", "no URI has" },
    { "a<b", "no URI has" },
    { "a\\b", "no URI has" },
    { "a^b", "no URI has" },
    { "a`b", "no URI has" },
    { "a|b", "no URI has" },
    { "a\nb", "no URI has" },
    { "a\177b", "no URI has" },
    { "a\302\205b", "no URI has" },          /* U+0085 */
    { "a\357\277\276b", "no URI has" },      /* U+FFFE */
    { "a\357\267\220b", "no URI has" },      /* U+FDD0 */
    { "a\357\277\275b", "no URI has" },      /* U+FFFD */
    { "a\363\240\200\201b", "no URI has" },  /* U+E0001 */
    { "50%", "two hexadecimal digits" },
    { "50%2", "two hexadecimal digits" },
    { "50%zz", "two hexadecimal digits" },
    { "\377", "UTF-8" },
    { "\303", "UTF-8" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *result = dc_uri_template_expand (refused[i].template_, names, values, &error);

    g_assert_null (result);
    g_assert_error (error, DC_QR_ERROR, DC_QR_ERROR_TEMPLATE);
    g_assert_nonnull (strstr (error->message, refused[i].why));
    g_assert_true (g_utf8_validate (error->message, -1, NULL));
  }
}

static void
test_bounds (void)
{
  g_autofree char *whole = g_strnfill (DC_URI_TEMPLATE_MAX_BYTES, 'a');
  g_autofree char *more = g_strnfill (DC_URI_TEMPLATE_MAX_BYTES + 1, 'a');
  g_autofree char *value = g_strnfill (DC_URI_MAX_BYTES, 'b');
  g_autofree char *too_long = g_strnfill (DC_URI_MAX_BYTES + 1, 'b');
  g_autofree char *enormous = g_strnfill (1 << 20, ' ');
  const char * const name[] = { "a", "b", "c", NULL };
  const char * const long_values[] = { value, too_long, enormous };
  g_autofree char *result = NULL;

  result = dc_uri_template_expand (whole, names, values, NULL);
  g_assert_cmpstr (result, ==, whole);
  g_clear_pointer (&result, g_free);
  result = dc_uri_template_expand ("{a}", name, long_values, NULL);
  g_assert_cmpstr (result, ==, value);

  for (guint i = 0; i < 5; i++) {
    const char * const too_much[] = { more, "{a}c", "c{a}", "{b}", "{c}" };
    g_autoptr (GError) error = NULL;
    int code = i == 0 ? DC_QR_ERROR_TEMPLATE : DC_QR_ERROR_TOO_LONG;

    g_assert_null (dc_uri_template_expand (too_much[i], name, long_values, &error));
    g_assert_error (error, DC_QR_ERROR, code);
  }
}

static void
test_value_not_utf8 (void)
{
  const char * const name[] = { "a", NULL };
  const char * const value[] = { "\377" };
  g_autoptr (GError) error = NULL;

  g_assert_null (dc_uri_template_expand ("{a}", name, value, &error));
  g_assert_error (error, DC_QR_ERROR, DC_QR_ERROR_TEXT);
  g_assert_nonnull (strstr (error->message, "“a”"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_examples ("/uri-template/expands-the-examples-of-rfc-6570-section-1-2",
                levels, G_N_ELEMENTS (levels));
  add_examples ("/uri-template/expands-the-examples-of-rfc-6570-section-3-2",
                sections, G_N_ELEMENTS (sections));
  add_examples ("/uri-template/copies-or-encodes-literals", literals, G_N_ELEMENTS (literals));
  g_test_add_func ("/uri-template/encodes-values-as-utf-8", test_values);
  g_test_add_func ("/uri-template/leaves-only-unreserved-characters-alone",
                   test_only_unreserved_stays);
  g_test_add_func ("/uri-template/refuses-what-is-no-template-of-level-3", test_refused);
  g_test_add_func ("/uri-template/bounds-template-and-result", test_bounds);
  g_test_add_func ("/uri-template/refuses-a-value-that-is-not-utf-8", test_value_not_utf8);

  return g_test_run ();
}
