/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* No English is left on any page after a change of language: what shows, and
 * what a screen reader says, is looked up among the words of po. */

#include "dc-window-test.h"

#include <string.h>

typedef struct
{
  DcKioskTest  kiosk;
  DcWindow    *window;
  const char  *language;
  GHashTable  *english;     /* of msgids that have another translation */
  gboolean     quiet;
  guint        seen;
  guint        left;
} Fixture;

/* The text of a msgid or msgstr, "" included, that begins at *@lines; moves
 * past it. */
static char *
read_string (char ***lines)
{
  g_autoptr (GString) text = g_string_new (NULL);

  do {
    const char *begin = strchr (**lines, '"');
    const char *end = strrchr (**lines, '"');
    g_autofree char *quoted = g_strndup (begin + 1, (gsize) (end - begin - 1));
    g_autofree char *plain = g_strcompress (quoted);

    g_string_append (text, plain);
    (*lines)++;
  } while (**lines != NULL && (**lines)[0] == '"');

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_words (GHashTable *english,
           const char *msgid,
           const char *msgstr)
{
  if (*msgid != '\0' && *msgstr != '\0' && !g_str_equal (msgid, msgstr))
    g_hash_table_add (english, g_strdup (msgid));
}

static GHashTable *
read_catalogue (const char *language)
{
  GHashTable *english = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *name = g_strconcat (language, ".po", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "po", name, NULL);
  g_autofree char *text = NULL;
  g_autofree char *msgid = NULL;
  g_auto (GStrv) all = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  all = g_strsplit (text, "\n", -1);
  for (char **lines = all; *lines != NULL;) {
    if (g_str_has_prefix (*lines, "msgid \"")) {
      g_free (g_steal_pointer (&msgid));
      msgid = read_string (&lines);
    } else if (g_str_has_prefix (*lines, "msgstr \"") && msgid != NULL) {
      g_autofree char *msgstr = read_string (&lines);

      add_words (english, msgid, msgstr);
    } else {
      lines++;
    }
  }

  return english;
}

static void
set_up (Fixture       *self,
        gconstpointer  language)
{
  g_autofree char *pack = dc_kiosk_test_shipped_pack ();

  self->language = language;
  self->english = read_catalogue (language);
  g_assert_cmpuint (g_hash_table_size (self->english), >, 100);
  dc_kiosk_test_set_up (&self->kiosk, pack);
  self->window = dc_window_test_new (self->kiosk.kiosk, 600, 960);
}

static void
tear_down (Fixture       *self,
           gconstpointer  unused)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_tear_down (&self->kiosk);
  g_hash_table_unref (self->english);
}

static void
judge (Fixture    *self,
       GtkWidget  *widget,
       const char *text)
{
  self->seen++;
  if (!g_hash_table_contains (self->english, text))
    return;

  if (!self->quiet)
    g_test_message ("%s in %s, a %s: “%s”",
                    G_OBJECT_TYPE_NAME (dc_window_get_page (self->window)), self->language,
                    G_OBJECT_TYPE_NAME (widget), text);
  self->left++;
}

/* What does not show now may show later. */
static void
look (GtkWidget *widget,
      gpointer   data)
{
  Fixture *self = data;
  g_autofree char *name = dc_accessible_name (widget);

  if (GTK_IS_LABEL (widget))
    judge (self, widget, gtk_label_get_text (GTK_LABEL (widget)));
  if (*name != '\0')
    judge (self, widget, name);
  if (gtk_widget_get_tooltip_text (widget) != NULL)
    judge (self, widget, gtk_widget_get_tooltip_text (widget));
}

static void
go (Fixture  *self,
    DcPageId  page)
{
  DcVisit *visit = dc_window_test_get_visit (self->window);

  dc_visit_set_tax_certificate (visit, FALSE);
  dc_window_test_fill_visit (visit, self->kiosk.kiosk);
  dc_visit_set_tax_certificate (visit, TRUE);
  dc_window_test_go (self->window, page);
}

static void
look_at_every_page (Fixture *self)
{
  for (DcPageId id = 0; id < DC_N_PAGES; id++) {
    go (self, id);
    dc_window_test_wait_queue (self->kiosk.kiosk);
    dc_display_test_settle (GTK_WIDGET (self->window));
    dc_walk (GTK_WIDGET (self->window), look, self);
  }
  g_assert_cmpuint (self->seen, >, 300);
  if (self->left > 0)
    g_test_fail_printf ("%u English words are left", self->left);
}

/* The language is chosen, then the pages are opened. */
static void
test_chosen_first (Fixture       *self,
                   gconstpointer  unused)
{
  dc_window_test_speak (self->window, self->language);
  look_at_every_page (self);
}

/* Each page is open in English when the language changes, and the words on it
 * are those of a page that was opened in the language. */
static void
test_changed_there (Fixture       *self,
                    gconstpointer  unused)
{
  for (DcPageId id = 0; id < DC_N_PAGES; id++) {
    dc_window_test_speak (self->window, "en");
    go (self, id);
    dc_window_test_speak (self->window, self->language);
    dc_window_test_wait_queue (self->kiosk.kiosk);
    dc_display_test_settle (GTK_WIDGET (self->window));
    dc_walk (GTK_WIDGET (self->window), look, self);
  }
  if (self->left > 0)
    g_test_fail_printf ("%u English words are left", self->left);
}

/* The other way round: this test finds what is left, or it would prove nothing. */
static void
test_finds_english (Fixture       *self,
                    gconstpointer  unused)
{
  self->quiet = TRUE;
  go (self, DC_PAGE_DETAILS);
  dc_display_test_settle (GTK_WIDGET (self->window));
  dc_walk (GTK_WIDGET (self->window), look, self);
  g_assert_cmpuint (self->left, >, 20);
}

#define ADD(path, language, run) \
  g_test_add ("/language-switch/" language "/" path, Fixture, language, set_up, run, tear_down)

int
main (int   argc,
      char *argv[])
{
  dc_window_test_init (&argc, &argv);

  ADD ("leaves-no-english-on-a-page-that-is-opened", "fr", test_chosen_first);
  ADD ("leaves-no-english-on-a-page-that-is-open", "fr", test_changed_there);
  ADD ("leaves-no-english-on-a-page-that-is-opened", "es", test_chosen_first);
  ADD ("leaves-no-english-on-a-page-that-is-open", "es", test_changed_there);
  ADD ("would-be-noticed", "fr", test_finds_english);

  return g_test_run ();
}
