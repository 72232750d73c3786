/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-accents.h"

#include "dc-display-test.h"
#include "dc-key.h"
#include "dc-widgets.h"

static DcKey *
make_key (DcKeyKind   kind,
          const char *text,
          int         span)
{
  DcKeySpec spec = { .kind = kind, .span = span };

  g_strlcpy (spec.text, text, sizeof spec.text);

  return g_object_ref_sink (DC_KEY (dc_key_new (&spec, FALSE)));
}

static void
test_upper (void)
{
  static const struct { const char *lower, *upper; } letters[] = {
    { "a", "A" }, { "é", "É" }, { "ñ", "Ñ" }, { "œ", "Œ" }, { "ß", "ß" }, { "ł", "Ł" },
    { "7", "7" }, { "@", "@" }, { ".com", ".com" }, { "gmail.com", "gmail.com" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++) {
    DcKey *key = make_key (DC_KEY_TEXT, letters[i].lower, 2);

    g_assert_cmpstr (dc_key_get_text (key), ==, letters[i].lower);
    dc_key_set_upper (key, TRUE);
    g_assert_cmpstr (dc_key_get_text (key), ==, letters[i].upper);
    dc_key_set_upper (key, FALSE);
    g_assert_cmpstr (dc_key_get_text (key), ==, letters[i].lower);
    g_assert_cmpstr (dc_key_get_spec (key)->text, ==, letters[i].lower);
    g_assert_finalize_object (key);
  }
}

static void
test_face (void)
{
  DcKey *key = make_key (DC_KEY_NEXT, "", 4);

  g_assert_null (dc_key_get_text (key));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (key), "dc-key-wide"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (key), "dc-key-next"));
  g_assert_false (gtk_widget_get_focusable (GTK_WIDGET (key)));

  dc_key_set_face (key, "Suivant", NULL, "Champ suivant");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (key)))),
                   ==, "Suivant");
  gtk_test_accessible_assert_property (key, GTK_ACCESSIBLE_PROPERTY_LABEL, "Champ suivant");

  dc_key_set_face (key, NULL, "dc-shift-symbolic", "Capital letter");
  g_assert_true (GTK_IS_IMAGE (gtk_button_get_child (GTK_BUTTON (key))));
  gtk_test_accessible_assert_property (key, GTK_ACCESSIBLE_PROPERTY_LABEL, "Capital letter");
  g_assert_finalize_object (key);
}

/* Each drawing of a key comes from our own resource, whatever the theme. */
static void
test_icons (void)
{
  static const char * const icons[] = {
    "dc-backspace-symbolic", "dc-keyboard-hide-symbolic", "dc-shift-lock-symbolic",
    "dc-shift-symbolic", "dc-space-symbolic",
  };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  for (gsize i = 0; i < G_N_ELEMENTS (icons); i++) {
    GtkWidget *image = gtk_image_new_from_icon_name (icons[i]);
    g_autoptr (DcPicture) picture = NULL;
    GtkWindow *window;
    guint drawn = 0;

    g_assert_true (gtk_icon_theme_has_icon (theme, icons[i]));
    gtk_image_set_pixel_size (GTK_IMAGE (image), 32);
    window = dc_display_test_present (image, 32, 32);
    picture = dc_picture_take (image);
    for (int y = 0; y < picture->height; y++)
      for (int x = 0; x < picture->width; x++)
        drawn += dc_picture_at (picture, x, y) != 0;
    g_assert_cmpuint (drawn, >, 50);
    g_assert_cmpuint (drawn, <, 900);
    dc_display_test_close (window);
  }
}

static void
on_chosen (GString    *chosen,
           const char *text)
{
  g_string_append (chosen, text);
}

static void
test_accents (void)
{
  static const char * const texts[] = { "é", "è", "ê", NULL };
  g_autoptr (GString) chosen = g_string_new (NULL);
  GtkWidget *accents = dc_accents_new (texts, TRUE);
  GtkWindow *window;
  graphene_rect_t second;

  g_signal_connect_swapped (accents, "chosen", G_CALLBACK (on_chosen), chosen);
  gtk_widget_set_halign (accents, GTK_ALIGN_START);
  gtk_widget_set_valign (accents, GTK_ALIGN_START);
  window = dc_display_test_present (accents, 400, 200);

  g_signal_emit_by_name (gtk_widget_get_first_child (accents), "clicked");
  g_assert_cmpstr (chosen->str, ==, "É");

  g_assert_true (gtk_widget_compute_bounds (
                   gtk_widget_get_next_sibling (gtk_widget_get_first_child (accents)),
                   accents, &second));
  g_assert_true (dc_accents_choose_at (DC_ACCENTS (accents), (double) second.origin.x + 10,
                                       (double) second.origin.y + 10));
  g_assert_cmpstr (chosen->str, ==, "ÉÈ");
  g_assert_false (dc_accents_choose_at (DC_ACCENTS (accents), 10, 190));
  g_assert_false (dc_accents_choose_at (DC_ACCENTS (accents), -5, 10));
  g_assert_cmpstr (chosen->str, ==, "ÉÈ");
  dc_display_test_close (window);
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);
  dc_widgets_init (gdk_display_get_default ());

  g_test_add_func ("/key/upper/is-for-single-letters", test_upper);
  g_test_add_func ("/key/face/shows-a-word-or-a-drawing-and-has-a-name", test_face);
  g_test_add_func ("/key/icons/come-with-the-program", test_icons);
  g_test_add_func ("/key/accents/are-chosen-by-a-tap-or-a-place", test_accents);

  return g_test_run ();
}
