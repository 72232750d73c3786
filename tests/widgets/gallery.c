/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* All widgets on three pages, to look at. Not a test.
 *
 *   gallery [--size=WIDTHxHEIGHT] [--page=amount|details|welcome]
 *           [--language=LANGUAGE] [--level=0..1] [--rtl]
 */

#include <adwaita.h>
#include <stdio.h>
#include <string.h>

#include "dc-cup-view.h"
#include "dc-drawing.h"
#include "dc-keyboard.h"
#include "dc-logo-hold.h"
#include "dc-number-pad.h"
#include "dc-qr-view.h"
#include "dc-split.h"
#include "dc-widgets.h"

#define CSS \
  "window { background: @dc_paper; color: @dc_ink; font-family: Inter; font-size: 18px; }" \
  ".page { padding: 40px; }" \
  ".sum { font-family: 'EB Garamond'; font-size: 68px; font-feature-settings: 'lnum'; }" \
  ".title { font-family: 'EB Garamond'; font-size: 44px; }" \
  ".dc-tall .page { padding: 24px; }" \
  "entry { min-height: 56px; padding: 0 16px; border-radius: 14px; background: white;" \
  "  font-size: 20px; }"

#define DRAWING \
  "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 800 440'>" \
  "<rect width='800' height='440' fill='#F5D9A8'/>" \
  "<circle cx='590' cy='120' r='140' fill='#F4CF92'/>" \
  "<circle cx='590' cy='120' r='92' fill='#F1B55A'/>" \
  "<path d='M0 210Q180 160 380 190T800 200V440H0Z' fill='#E8A67E'/>" \
  "<path d='M0 270Q220 220 430 250T800 250V440H0Z' fill='#C8633D'/>" \
  "<path d='M0 340Q200 310 400 326T800 330V440H0Z' fill='#0E4A56'/>" \
  "<path d='M120 330Q400 130 680 330' fill='none' stroke='#FBF6EC' stroke-width='18'" \
  " stroke-linecap='round'/>" \
  "<path d='M90 336H710' stroke='#FBF6EC' stroke-width='12' stroke-linecap='round'/>" \
  "</svg>"

static struct
{
  int      width, height;
  char    *page;
  char    *language;
  double   level;
  gboolean rtl;
} options = { 1280, 800, NULL, NULL, 0.5, FALSE };

static GtkWidget *
column (int spacing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, spacing);

  gtk_widget_add_css_class (box, "page");

  return box;
}

static GtkWidget *
add_label (GtkWidget  *box,
           const char *text,
           const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, class);
  gtk_box_append (GTK_BOX (box), label);

  return label;
}

static void
on_digit (GtkWidget  *cup,
          const char *digit)
{
  dc_cup_view_set_level (DC_CUP_VIEW (cup), g_ascii_digit_value (*digit) / 9.0);
}

static GtkWidget *
make_amount_page (void)
{
  GtkWidget *split = dc_split_new ();
  GtkWidget *cup = dc_cup_view_new ();
  GtkWidget *side = column (24);
  GtkWidget *pad = dc_number_pad_new ();

  dc_cup_view_set_level (DC_CUP_VIEW (cup), options.level);
  gtk_widget_set_margin_top (cup, 32);
  gtk_widget_set_margin_bottom (cup, 32);
  gtk_widget_set_margin_start (cup, 32);
  gtk_widget_set_margin_end (cup, 32);
  dc_number_pad_set_separator (DC_NUMBER_PAD (pad), ".");
  gtk_widget_set_size_request (pad, 360, -1);
  gtk_widget_set_halign (pad, GTK_ALIGN_START);
  g_signal_connect_swapped (pad, "digit", G_CALLBACK (on_digit), cup);
  add_label (side, "18 CHF", "sum");
  add_label (side, "une tasse de café par semaine", "text");
  gtk_box_append (GTK_BOX (side), pad);
  gtk_widget_set_valign (side, GTK_ALIGN_CENTER);

  dc_split_set_ratio (DC_SPLIT (split), 0.5);
  dc_split_set_start (DC_SPLIT (split), cup);
  dc_split_set_end (DC_SPLIT (split), side);

  return split;
}

static void
on_focus (GtkEventController *controller,
          GtkWidget          *keyboard)
{
  GtkWidget *entry = gtk_event_controller_get_widget (controller);

  dc_keyboard_set_target (DC_KEYBOARD (keyboard), GTK_EDITABLE (entry));
}

static GtkWidget *
add_entry (GtkWidget       *box,
           GtkWidget       *keyboard,
           const char      *label,
           GtkInputPurpose  purpose)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  add_label (box, label, "text");
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), purpose);
  g_signal_connect (focus, "enter", G_CALLBACK (on_focus), keyboard);
  gtk_widget_add_controller (entry, focus);
  gtk_box_append (GTK_BOX (box), entry);

  return entry;
}

static GtkWidget *
make_details_page (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *form = column (8);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *keyboard = dc_keyboard_new ();

  dc_keyboard_set_language (DC_KEYBOARD (keyboard), options.language);
  add_label (form, "Who may we write to?", "title");
  add_entry (form, keyboard, "First name", GTK_INPUT_PURPOSE_NAME);
  add_entry (form, keyboard, "E-mail", GTK_INPUT_PURPOSE_EMAIL);
  add_entry (form, keyboard, "Phone", GTK_INPUT_PURPOSE_PHONE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), form);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), keyboard);

  return box;
}

static GtkWidget *
make_welcome_page (void)
{
  GtkWidget *split = dc_split_new ();
  GtkWidget *start = column (20), *end = column (20);
  GtkWidget *drawing = dc_drawing_new ();
  GtkWidget *code = dc_qr_view_new ();
  GtkWidget *cups = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  g_autoptr (GBytes) svg = g_bytes_new_static (DRAWING, strlen (DRAWING));
  g_autoptr (DcSymbol) symbol =
    dc_symbol_new ("https://give.example.org/g/18/m/K3F7Q9", 4, NULL);

  dc_drawing_set_svg (DC_DRAWING (drawing), svg, NULL);
  gtk_widget_set_vexpand (drawing, TRUE);
  gtk_box_append (GTK_BOX (start), drawing);
  add_label (start, "Someone was prosecuted for sharing a cup of coffee.", "title");
  dc_qr_view_set_symbol (DC_QR_VIEW (code), symbol);
  gtk_widget_set_halign (code, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (code, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (end), code);
  for (int i = 0; i < 4; i++) {
    GtkWidget *cup = dc_cup_view_new ();

    dc_cup_view_set_level (DC_CUP_VIEW (cup), i / 3.0);
    gtk_widget_set_size_request (cup, 48 + 16 * i, 48 + 16 * i);
    gtk_widget_set_valign (cup, GTK_ALIGN_END);
    gtk_widget_set_halign (cup, GTK_ALIGN_START);
    gtk_box_append (GTK_BOX (cups), cup);
  }
  gtk_box_append (GTK_BOX (end), cups);
  gtk_widget_set_valign (end, GTK_ALIGN_CENTER);
  dc_split_set_start (DC_SPLIT (split), start);
  dc_split_set_end (DC_SPLIT (split), end);

  return split;
}

static gboolean
read_options (int    *argc,
              char ***argv)
{
  g_autofree char *size = NULL;
  const GOptionEntry entries[] = {
    { "size", 0, 0, G_OPTION_ARG_STRING, &size, NULL, NULL },
    { "page", 0, 0, G_OPTION_ARG_STRING, &options.page, NULL, NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language, NULL, NULL },
    { "level", 0, 0, G_OPTION_ARG_DOUBLE, &options.level, NULL, NULL },
    { "rtl", 0, 0, G_OPTION_ARG_NONE, &options.rtl, NULL, NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, NULL))
    return FALSE;

  return size == NULL || sscanf (size, "%dx%d", &options.width, &options.height) == 2;
}

int
main (int   argc,
      char *argv[])
{
  GtkWidget *window, *page;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (!read_options (&argc, &argv))
    return 1;

  gtk_init ();
  adw_init ();
  if (options.rtl)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  dc_widgets_init (gdk_display_get_default ());
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, CSS, -1);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);

  if (g_strcmp0 (options.page, "details") == 0)
    page = make_details_page ();
  else if (g_strcmp0 (options.page, "welcome") == 0)
    page = make_welcome_page ();
  else
    page = make_amount_page ();
  window = gtk_window_new ();
  g_signal_connect_swapped (dc_logo_hold_attach (page), "held",
                            G_CALLBACK (gtk_window_close), window);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), options.width, options.height);
  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}
