/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-typing.h"

static GtkText *
get_text (GtkEditable *target)
{
  while (target != NULL && !GTK_IS_TEXT (target))
    target = gtk_editable_get_delegate (target);

  return target != NULL ? GTK_TEXT (target) : NULL;
}

DcKeyPage
dc_typing_get_page (GtkEditable *target)
{
  GtkText *text = get_text (target);

  if (text == NULL)
    return DC_KEY_PAGE_LETTERS;

  switch ((int) gtk_text_get_input_purpose (text)) {
  case GTK_INPUT_PURPOSE_EMAIL:
    return DC_KEY_PAGE_EMAIL;
  case GTK_INPUT_PURPOSE_PHONE:
  case GTK_INPUT_PURPOSE_DIGITS:
  case GTK_INPUT_PURPOSE_NUMBER:
  case GTK_INPUT_PURPOSE_PIN:
    return DC_KEY_PAGE_DIGITS;
  default:
    return DC_KEY_PAGE_LETTERS;
  }
}

gboolean
dc_typing_at_name_start (GtkEditable *target)
{
  GtkText *text = get_text (target);
  g_autofree char *before = NULL;
  int position;

  if (text == NULL || gtk_text_get_input_purpose (text) != GTK_INPUT_PURPOSE_NAME)
    return FALSE;

  position = gtk_editable_get_position (GTK_EDITABLE (text));
  if (position == 0)
    return TRUE;

  before = gtk_editable_get_chars (GTK_EDITABLE (text), position - 1, position);

  return *before == ' ' || *before == '-' || *before == '\'';
}

void
dc_typing_insert (GtkEditable *target,
                  const char  *typed)
{
  GtkText *text = get_text (target);

  if (text == NULL)
    return;

  /* The signal inserts beside a selection. */
  if (gtk_editable_get_selection_bounds (GTK_EDITABLE (text), NULL, NULL))
    g_signal_emit_by_name (text, "backspace");
  g_signal_emit_by_name (text, "insert-at-cursor", typed);
}

void
dc_typing_delete (GtkEditable *target)
{
  GtkText *text = get_text (target);

  if (text != NULL)
    g_signal_emit_by_name (text, "backspace");
}
