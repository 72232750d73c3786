/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-window-test.h"

#include <string.h>

#include "dc-kiosk-resources.h"
#include "dc-language.h"
#include "dc-text-field.h"
#include "dc-widgets.h"

/* Long enough for a loaded machine; a test that works never waits for it. */
#define PATIENCE_S 60

/* As the program's own start-up. */
static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  dc_widgets_init (gdk_display_get_default ());
  gtk_css_provider_load_from_resource (provider, "/org/dailycup/DailyCup/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
  g_object_set (gtk_settings_get_default (),
                "gtk-cursor-blink", FALSE,
                "gtk-font-name", "Inter 12",
                "gtk-enable-animations", FALSE,
                "gtk-enable-primary-paste", FALSE,
                "gtk-entry-select-on-focus", FALSE,
                NULL);
}

void
dc_window_test_init (int    *argc,
                     char ***argv)
{
  dc_language_init ();
  dc_display_test_init (argc, argv);
  dc_kiosk_register_resource ();
  load_style ();
}

DcWindow *
dc_window_test_new (DcKiosk *kiosk,
                    int      width,
                    int      height)
{
  DcWindow *window = dc_window_new (NULL, kiosk, width, height);

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  dc_display_test_settle (GTK_WIDGET (window));

  return window;
}

void
dc_window_test_close (DcWindow *window)
{
  g_autoptr (DcKiosk) kiosk = g_object_ref (dc_page_get_kiosk (dc_window_get_page (window)));

  g_object_ref (window);
  dc_display_test_close (GTK_WINDOW (window));
  dc_window_test_wait_queue (kiosk);
  g_assert_finalize_object (window);
}

void
dc_window_test_set_up (DcWindowTest  *self,
                       gconstpointer  unused)
{
  dc_kiosk_test_set_up (&self->kiosk, NULL);
  self->window = dc_window_test_new (self->kiosk.kiosk, 600, 960);
}

void
dc_window_test_tear_down (DcWindowTest  *self,
                          gconstpointer  unused)
{
  dc_window_test_close (self->window);
  dc_kiosk_test_tear_down (&self->kiosk);
}

DcVisit *
dc_window_test_get_visit (DcWindow *window)
{
  return dc_page_get_visit (dc_window_get_page (window));
}

void
dc_window_test_go (DcWindow *window,
                   DcPageId  page)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "kiosk.go", "u", (guint) page);
  g_assert_cmpuint (dc_window_get_page_id (window), ==, page);
}

void
dc_window_test_back (DcWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "kiosk.back", NULL);
}

void
dc_window_test_speak (DcWindow   *window,
                      const char *language)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "kiosk.language", "s", language);
  g_assert_cmpstr (dc_visit_get_language (dc_window_test_get_visit (window)), ==, language);
}

static gboolean
give_up (gpointer what)
{
  g_error ("%s in vain", (const char *) what);

  return G_SOURCE_REMOVE;
}

void
dc_window_test_wait_page (DcWindow *window,
                          DcPageId  page)
{
  g_autofree char *what = g_strdup_printf ("waited for page %u", page);
  guint guard = g_timeout_add_seconds (PATIENCE_S, give_up, what);

  while (dc_window_get_page_id (window) != page)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (guard);
}

void
dc_window_test_wait_words (DcWindow   *window,
                           const char *words)
{
  g_autofree char *what = g_strdup_printf ("waited for “%s”", words);
  guint guard = g_timeout_add_seconds (PATIENCE_S, give_up, what);

  while (!dc_shows (GTK_WIDGET (window), words))
    g_main_context_iteration (NULL, TRUE);
  dc_display_test_settle (GTK_WIDGET (dc_window_get_page (window)));
  g_source_remove (guard);
}

static void
did_wait (GObject      *source,
          GAsyncResult *result,
          gpointer      over)
{
  *(gboolean *) over = TRUE;
}

/* The queue answers in the order in which it was asked; that it may be closed
 * is an answer too. */
void
dc_window_test_wait_queue (DcKiosk *kiosk)
{
  guint guard = g_timeout_add_seconds (PATIENCE_S, give_up, (gpointer) "waited for the queue");
  gboolean over = FALSE;

  dc_queue_tally_async (dc_kiosk_get_queue (kiosk), DC_KIOSK_TEST_DAY, NULL, did_wait, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
  g_source_remove (guard);
}

void
dc_window_test_fill_visit (DcVisit *visit,
                           DcKiosk *kiosk)
{
  DcDonor *donor = dc_visit_get_donor (visit);

  dc_visit_choose_preset (visit, TRUE, 0);
  dc_donor_set (donor, DC_FIELD_FIRST_NAME, "Ana");
  dc_donor_set (donor, DC_FIELD_EMAIL, "ana@posteo.ch");
  dc_visit_set_of_age (visit, TRUE);
  for (guint i = 0; i < dc_campaign_get_n_consents (dc_kiosk_get_campaign (kiosk)); i++)
    dc_visit_set_consent (visit, i, TRUE);
  g_assert_true (dc_visit_is_complete (visit));
}

void
dc_window_test_go_to_check (DcWindow *window,
                            DcKiosk  *kiosk)
{
  dc_window_test_fill_visit (dc_window_test_get_visit (window), kiosk);
  dc_window_test_go (window, DC_PAGE_AMOUNT);
  dc_window_test_go (window, DC_PAGE_HOW);
  dc_window_test_go (window, DC_PAGE_DETAILS);
  dc_window_test_go (window, DC_PAGE_CHECK);
}

void
dc_walk (GtkWidget  *root,
         DcWalkFunc  func,
         gpointer    data)
{
  func (root, data);
  for (GtkWidget *child = gtk_widget_get_first_child (root);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    dc_walk (child, func, data);
}

typedef struct
{
  GType      type;
  GPtrArray *found;
} Search;

static void
look (GtkWidget *widget,
      gpointer   data)
{
  Search *search = data;

  if (g_type_is_a (G_OBJECT_TYPE (widget), search->type))
    g_ptr_array_add (search->found, widget);
}

GPtrArray *
dc_list (GtkWidget *root,
         GType      type)
{
  Search search = { type, g_ptr_array_new () };

  dc_walk (root, look, &search);

  return search.found;
}

GtkWidget *
dc_find (GtkWidget *root,
         GType      type)
{
  g_autoptr (GPtrArray) found = dc_list (root, type);

  return found->len > 0 ? found->pdata[0] : NULL;
}

guint
dc_count (GtkWidget *root,
          GType      type)
{
  g_autoptr (GPtrArray) found = dc_list (root, type);

  return found->len;
}

static void
add_text (GtkWidget *widget,
          gpointer   text)
{
  if (GTK_IS_LABEL (widget) && *gtk_label_get_text (GTK_LABEL (widget)) != '\0')
    g_string_append_printf (text, "%s%s", ((GString *) text)->len > 0 ? " " : "",
                            gtk_label_get_text (GTK_LABEL (widget)));
}

/* With GTK_A11Y=test the value of a property can be had by a comparison that
 * fails. */
static char *
accessible_label (GtkWidget *widget)
{
  char *value;

  if (!gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL))
    return NULL;

  value = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget),
                                              GTK_ACCESSIBLE_PROPERTY_LABEL, "\x01");
  g_assert_nonnull (value);

  return value;
}

char *
dc_accessible_name (GtkWidget *widget)
{
  char *label = accessible_label (widget);
  g_autoptr (GString) text = NULL;

  if (label != NULL)
    return label;

  text = g_string_new (NULL);
  dc_walk (widget, add_text, text);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef struct
{
  const char *words;
  GtkWidget  *found;
} Wanted;

static gboolean
is_called (GtkWidget  *button,
           const char *words)
{
  g_autofree char *name = dc_accessible_name (button);
  g_autoptr (GString) text = g_string_new (NULL);

  dc_walk (button, add_text, text);

  return g_str_equal (name, words) || g_str_equal (text->str, words);
}

static void
look_for_button (GtkWidget *widget,
                 gpointer   data)
{
  Wanted *wanted = data;

  if (wanted->found == NULL && GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget)
      && is_called (widget, wanted->words))
    wanted->found = widget;
}

GtkWidget *
dc_find_button (GtkWidget  *root,
                const char *words)
{
  Wanted wanted = { words, NULL };

  dc_walk (root, look_for_button, &wanted);

  return wanted.found;
}

void
dc_click (GtkWidget  *root,
          const char *words)
{
  GtkWidget *button = dc_find_button (root, words);

  if (button == NULL)
    g_error ("no button “%s”", words);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
look_for_text (GtkWidget *widget,
               gpointer   data)
{
  Wanted *wanted = data;

  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), wanted->words))
    wanted->found = widget;
}

gboolean
dc_shows (GtkWidget  *root,
          const char *text)
{
  Wanted wanted = { text, NULL };

  dc_walk (root, look_for_text, &wanted);

  return wanted.found != NULL;
}

typedef struct
{
  DcField  field;
  GtkEntry *entry;
} FieldSearch;

static void
look_for_field (GtkWidget *widget,
                gpointer   data)
{
  FieldSearch *search = data;

  if (DC_IS_TEXT_FIELD (widget)
      && dc_text_field_get_field (DC_TEXT_FIELD (widget)) == search->field)
    search->entry = GTK_ENTRY (dc_find (widget, GTK_TYPE_ENTRY));
}

GtkEntry *
dc_entry_of (GtkWidget *root,
             DcField    field)
{
  FieldSearch search = { field, NULL };

  dc_walk (root, look_for_field, &search);
  g_assert_nonnull (search.entry);

  return search.entry;
}

void
dc_type (GtkWidget  *root,
         DcField     field,
         const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (dc_entry_of (root, field)), text);
}
