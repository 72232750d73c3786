/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One process, started in the plain C locale, in the languages that ship. */

#include "dc-language.h"

#include <libintl.h>
#include <locale.h>

#include "config.h"

#include "dc-top-bar.h"
#include "dc-window-test.h"

static const struct
{
  const char *language;
  const char *back;
  const char *one_cup;
  const char *three_cups;
} words[] = {
  { "en", "Back", "%u cup a week", "%u cups a week" },
  { "fr", "Retour", "%u café par semaine", "%u cafés par semaine" },
  { "es", "Atrás", "%u café por semana", "%u cafés por semana" },
  { "en", "Back", "%u cup a week", "%u cups a week" },
  { "es", "Atrás", "%u café por semana", "%u cafés por semana" },
  { "fr", "Retour", "%u café par semaine", "%u cafés par semaine" },
};

static void
test_gettext (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    dc_language_use (words[i].language);
    g_assert_cmpstr (dgettext (GETTEXT_PACKAGE, "Back"), ==, words[i].back);
    g_assert_cmpstr (g_dgettext (GETTEXT_PACKAGE, "Back"), ==, words[i].back);
    g_assert_cmpstr (g_dngettext (GETTEXT_PACKAGE, "%u cup a week", "%u cups a week", 1), ==,
                     words[i].one_cup);
    g_assert_cmpstr (g_dngettext (GETTEXT_PACKAGE, "%u cup a week", "%u cups a week", 3), ==,
                     words[i].three_cups);
  }
}

/* Of widgets that are built after the change. */
static void
test_templates (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++) {
    GtkWidget *bar;
    GtkWindow *window;

    dc_language_use (words[i].language);
    bar = g_object_new (DC_TYPE_TOP_BAR, NULL);
    window = dc_display_test_present (bar, 360, 100);
    g_assert_nonnull (dc_find_button (bar, words[i].back));
    g_assert_true (dc_shows (bar, words[i].back));
    dc_display_test_close (window);
  }
}

/* What is built already keeps its words. */
static void
test_built (void)
{
  GtkWidget *bar;
  GtkWindow *window;

  dc_language_use ("fr");
  bar = g_object_new (DC_TYPE_TOP_BAR, NULL);
  window = dc_display_test_present (bar, 360, 100);
  dc_language_use ("es");
  g_assert_true (dc_shows (bar, "Retour"));
  dc_display_test_close (window);
}

static void
test_direction (void)
{
  dc_language_use ("ar");
  g_assert_cmpuint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_RTL);
  dc_language_use ("fr");
  g_assert_cmpuint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_LTR);
  dc_language_use ("ar");
  dc_language_use ("tlh");
  g_assert_cmpuint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_LTR);
}

/* There is no catalogue: the words of the code, and no others' left over. */
static void
test_not_translated (void)
{
  dc_language_use ("fr");
  dc_language_use ("it");
  g_assert_cmpstr (g_dgettext (GETTEXT_PACKAGE, "Back"), ==, "Back");
}

static void
test_own_names (void)
{
  g_assert_cmpstr (dc_language_own_name ("en"), ==, "English");
  g_assert_cmpstr (dc_language_own_name ("fr"), ==, "Français");
  g_assert_cmpstr (dc_language_own_name ("es"), ==, "Español");
  g_assert_cmpstr (dc_language_own_name ("ar"), ==, "العربية");
  g_assert_cmpstr (dc_language_own_name ("zh"), ==, "中文");
  /* Better a code than nothing to touch. */
  g_assert_cmpstr (dc_language_own_name ("tlh"), ==, "tlh");
}

/* In the plain C locale gettext would translate nothing. */
static void
test_locale (void)
{
  g_assert_cmpstr (setlocale (LC_CTYPE, NULL), ==, "C.UTF-8");
  g_assert_cmpstr (setlocale (LC_MESSAGES, NULL), ==, "C.UTF-8");
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("LC_ALL", "C", TRUE);
  g_unsetenv ("LANGUAGE");
  dc_window_test_init (&argc, &argv);

  g_test_add_func ("/language/locale/is-one-that-translates", test_locale);
  g_test_add_func ("/language/changes/what-gettext-says", test_gettext);
  g_test_add_func ("/language/changes/templates", test_templates);
  g_test_add_func ("/language/changes/not-what-is-built", test_built);
  g_test_add_func ("/language/changes/the-direction", test_direction);
  g_test_add_func ("/language/leaves-no-other-behind", test_not_translated);
  g_test_add_func ("/language/has-a-name-of-its-own", test_own_names);

  return g_test_run ();
}
