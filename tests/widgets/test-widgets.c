/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-widgets.h"

#include <string.h>

#include "dc-cup-view.h"
#include "dc-display-test.h"
#include "dc-token.h"

static void
on_parsing_error (GtkCssProvider *provider,
                  GtkCssSection  *section,
                  GError         *error)
{
  g_autofree char *where = gtk_css_section_to_string (section);

  g_error ("%s: %s", where, error->message);
}

static void
test_stylesheet (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *text = NULL;

  g_signal_connect (provider, "parsing-error", G_CALLBACK (on_parsing_error), NULL);
  gtk_css_provider_load_from_resource (provider, "/org/dailycup/DailyCup/widgets/widgets.css");
  text = gtk_css_provider_to_string (provider);
  g_assert_nonnull (strstr (text, "dc-key-face"));
}

static void
assert_colour (GtkWidget  *widget,
               DcToken     token,
               const char *expected)
{
  GdkRGBA colour, wanted;

  g_assert_true (gdk_rgba_parse (&wanted, expected));
  dc_token_lookup (widget, token, &colour);
  g_assert_true (gdk_rgba_equal (&colour, &wanted));
}

/* With no stylesheet; then with ours; then with one above it. */
static void
test_tokens (void)
{
  GtkWidget *widget = g_object_ref_sink (dc_cup_view_new ());
  g_autoptr (GtkCssProvider) above = gtk_css_provider_new ();
  GdkRGBA before[DC_N_TOKENS];

  for (int i = 0; i < DC_N_TOKENS; i++)
    dc_token_lookup (widget, (DcToken) i, &before[i]);
  assert_colour (widget, DC_TOKEN_COFFEE, "#7A4226");

  dc_widgets_init (gdk_display_get_default ());
  for (int i = 0; i < DC_N_TOKENS; i++) {
    GdkRGBA colour;

    dc_token_lookup (widget, (DcToken) i, &colour);
    g_assert_true (gdk_rgba_equal (&colour, &before[i]));
  }

  gtk_css_provider_load_from_data (above, "@define-color dc_coffee #112233;", -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (above),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  assert_colour (widget, DC_TOKEN_COFFEE, "#112233");
  assert_colour (widget, DC_TOKEN_SAND, "#F3EADA");
  gtk_style_context_remove_provider_for_display (gdk_display_get_default (),
                                                 GTK_STYLE_PROVIDER (above));
  g_object_unref (widget);
}

static void
test_builder (void)
{
  static const char * const names[] = {
    "DcCupView", "DcDrawing", "DcKeyboard", "DcNumberPad", "DcQrView", "DcSplit",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *xml = g_strdup_printf ("<interface><object class='%s' id='a'/></interface>",
                                            names[i]);
    g_autoptr (GtkBuilder) builder = gtk_builder_new ();
    g_autoptr (GError) error = NULL;

    g_assert_true (gtk_builder_add_from_string (builder, xml, -1, &error));
    g_assert_no_error (error);
    g_assert_true (GTK_IS_WIDGET (gtk_builder_get_object (builder, "a")));
  }
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);

  g_test_add_func ("/widgets/tokens/are-the-stylesheet-s-and-have-a-fallback", test_tokens);
  g_test_add_func ("/widgets/stylesheet/has-no-error", test_stylesheet);
  g_test_add_func ("/widgets/builder/knows-them", test_builder);

  return g_test_run ();
}
