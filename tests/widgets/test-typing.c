/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-typing.h"

#include <adwaita.h>

#include "dc-display-test.h"

static GtkEditable *
make_entry (GtkInputPurpose  purpose,
            const char      *text,
            int              position)
{
  GtkWidget *entry = g_object_ref_sink (gtk_entry_new ());

  gtk_entry_set_input_purpose (GTK_ENTRY (entry), purpose);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_position (GTK_EDITABLE (entry), position);

  return GTK_EDITABLE (entry);
}

static void
test_page (void)
{
  static const struct { GtkInputPurpose purpose; DcKeyPage page; } pages[] = {
    { GTK_INPUT_PURPOSE_FREE_FORM, DC_KEY_PAGE_LETTERS },
    { GTK_INPUT_PURPOSE_NAME, DC_KEY_PAGE_LETTERS },
    { GTK_INPUT_PURPOSE_ALPHA, DC_KEY_PAGE_LETTERS },
    { GTK_INPUT_PURPOSE_URL, DC_KEY_PAGE_LETTERS },
    { GTK_INPUT_PURPOSE_EMAIL, DC_KEY_PAGE_EMAIL },
    { GTK_INPUT_PURPOSE_PHONE, DC_KEY_PAGE_DIGITS },
    { GTK_INPUT_PURPOSE_NUMBER, DC_KEY_PAGE_DIGITS },
    { GTK_INPUT_PURPOSE_DIGITS, DC_KEY_PAGE_DIGITS },
    { GTK_INPUT_PURPOSE_PIN, DC_KEY_PAGE_DIGITS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autoptr (GtkEditable) entry = make_entry (pages[i].purpose, "", 0);

    g_assert_cmpint (dc_typing_get_page (entry), ==, pages[i].page);
  }
}

static void
test_name_start (void)
{
  static const struct { const char *text; int position; gboolean start; } cases[] = {
    { "", 0, TRUE }, { "Ana", 0, TRUE }, { "Ana", 1, FALSE }, { "Ana", 3, FALSE },
    { "Ana ", 4, TRUE }, { "Ana-", 4, TRUE }, { "O'", 2, TRUE }, { "É", 1, FALSE },
    { "Élise ", 6, TRUE }, { "Ana.", 4, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GtkEditable) name =
      make_entry (GTK_INPUT_PURPOSE_NAME, cases[i].text, cases[i].position);
    g_autoptr (GtkEditable) other =
      make_entry (GTK_INPUT_PURPOSE_FREE_FORM, cases[i].text, cases[i].position);

    g_assert_true (dc_typing_at_name_start (name) == cases[i].start);
    g_assert_false (dc_typing_at_name_start (other));
  }
}

/* Whatever kind of field it is, the text lies somewhere below. */
static void
check_field (GtkWidget *field)
{
  GtkEditable *editable = GTK_EDITABLE (g_object_ref_sink (field));

  dc_typing_insert (editable, "é");
  dc_typing_insert (editable, "ñ");
  dc_typing_insert (editable, "x");
  dc_typing_delete (editable);
  g_assert_cmpstr (gtk_editable_get_text (editable), ==, "éñ");
  dc_typing_delete (editable);
  dc_typing_delete (editable);
  dc_typing_delete (editable);
  g_assert_cmpstr (gtk_editable_get_text (editable), ==, "");
  g_assert_finalize_object (field);
}

static void
test_fields (void)
{
  check_field (gtk_text_new ());
  check_field (gtk_entry_new ());
  check_field (gtk_password_entry_new ());
  check_field (gtk_search_entry_new ());
  check_field (adw_entry_row_new ());
}

static void
test_selection (void)
{
  g_autoptr (GtkEditable) entry = make_entry (GTK_INPUT_PURPOSE_FREE_FORM, "abcdef", 0);

  gtk_editable_select_region (entry, 1, 4);
  dc_typing_insert (entry, "X");
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "aXef");
  g_assert_cmpint (gtk_editable_get_position (entry), ==, 2);

  gtk_editable_select_region (entry, 0, -1);
  dc_typing_delete (entry);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "");
}

static void
test_locked (void)
{
  g_autoptr (GtkEditable) entry = make_entry (GTK_INPUT_PURPOSE_FREE_FORM, "abc", 3);

  gtk_editable_set_editable (entry, FALSE);
  gtk_editable_select_region (entry, 0, 2);
  dc_typing_insert (entry, "x");
  dc_typing_delete (entry);
  g_assert_cmpstr (gtk_editable_get_text (entry), ==, "abc");
}

static void
test_nothing (void)
{
  dc_typing_insert (NULL, "x");
  dc_typing_delete (NULL);
  g_assert_cmpint (dc_typing_get_page (NULL), ==, DC_KEY_PAGE_LETTERS);
  g_assert_false (dc_typing_at_name_start (NULL));
}

int
main (int   argc,
      char *argv[])
{
  dc_display_test_init (&argc, &argv);

  g_test_add_func ("/typing/page/follows-the-purpose", test_page);
  g_test_add_func ("/typing/name/begins-after-a-blank-a-hyphen-an-apostrophe", test_name_start);
  g_test_add_func ("/typing/field/of-any-kind", test_fields);
  g_test_add_func ("/typing/field/with-a-selection-loses-it", test_selection);
  g_test_add_func ("/typing/field/that-is-locked-stays", test_locked);
  g_test_add_func ("/typing/field/may-be-missing", test_nothing);

  return g_test_run ();
}
