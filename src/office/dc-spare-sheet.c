/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-spare-sheet.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dc-durable.h"
#include "dc-key-files.h"
#include "dc-key-sheet-terminal.h"
#include "dc-office.h"
#include "dc-printer.h"

#define TRIES 5

static gboolean
write_sheet (const char  *path,
             GBytes      *pdf,
             GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  gsize size;
  const char *data = g_bytes_get_data (pdf, &size);

  if (g_str_equal (path, "-") && isatty (STDOUT_FILENO)) {
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_PRINTER,
                 "--sheet -: found a terminal, expected a pipe or a file");
    return FALSE;
  }
  if (g_str_equal (path, "-")) {
    if (fwrite (data, 1, size, stdout) == size && fflush (stdout) == 0)
      return TRUE;
    g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_PRINTER, "--sheet -: cannot be written");
    return FALSE;
  }

  return dc_key_files_check (folder, name, error) && dc_durable_replace (path, data, size, error);
}

static gboolean
draw_and_send (const DcKeySheet  *sheet,
               const DcSpareWay  *way,
               GError           **error)
{
  g_autoptr (GBytes) pdf = dc_key_sheet_draw (sheet, error);

  if (pdf == NULL)
    return FALSE;
  if (way->printer != NULL)
    return dc_printer_print (way->printer, pdf, error);
  if (!write_sheet (way->sheet, pdf, error))
    return FALSE;
  g_printerr ("%s\n", _("That sheet is the key itself. Print it, then delete every copy of it."));

  return TRUE;
}

static gboolean
show (DcTerminal        *terminal,
      const DcKeySheet  *sheet,
      GError           **error)
{
  g_auto (DcSecretText) text = NULL;
  guint rows = 0;

  if (!dc_terminal_get_rows (terminal, &rows, error))
    return FALSE;
  text = dc_key_sheet_terminal (sheet, rows);

  return dc_terminal_show (terminal, text, error);
}

/* As people type it: in capitals or not, with or without the beginning that
 * all keys have. */
static gboolean
is_first_group (const char *typed,
                const char *group)
{
  g_auto (DcSecretText) upper = g_ascii_strup (typed, -1);
  char *bare = g_strstrip (upper);

  if (g_str_has_prefix (bare, "AGE-SECRET-KEY-1"))
    bare = g_strchug (bare + strlen ("AGE-SECRET-KEY-1"));

  return strcmp (bare, group) == 0;
}

static gboolean
ask_back (DcTerminal        *terminal,
          const DcKeySheet  *sheet,
          GError           **error)
{
  g_auto (DcSecretText) group = dc_key_sheet_first_group (sheet->identity);

  for (guint i = 0; i < TRIES; i++) {
    const char *prompt = i == 0 ? _("From your paper, the first group of four letters after AGE-SECRET-KEY-1:")
                                : _("That is not it. Look at the paper again, and type its first group of four:");
    g_auto (DcSecretText) typed = dc_terminal_ask (terminal, prompt, TRUE, error);

    if (typed == NULL)
      return FALSE;
    if (is_first_group (typed, group))
      return TRUE;
  }
  g_set_error_literal (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED,
                       _("The spare key was not typed back. Nothing was made; destroy that paper and begin again."));

  return FALSE;
}

gboolean
dc_spare_sheet_hand_over (DcTerminal        *terminal,
                          const DcKeySheet  *sheet,
                          const DcSpareWay  *way,
                          GError           **error)
{
  gboolean on_paper = way->printer != NULL || way->sheet != NULL;
  gboolean sent = on_paper ? draw_and_send (sheet, way, error) : show (terminal, sheet, error);
  gboolean good = sent && ask_back (terminal, sheet, error);

  dc_terminal_hide (terminal);
  if (sent && !good && way->sheet != NULL && !g_str_equal (way->sheet, "-"))
    g_unlink (way->sheet);

  return good;
}
