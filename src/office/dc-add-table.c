/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-add-table.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-csv-read.h"
#include "dc-office.h"
#include "dc-paper-entry.h"

typedef struct
{
  DcCampaign  *campaign;
  DcPaperDesk *desk;
  const char  *today;
  GArray      *columns;     /* of guint: which entry each column is */
  GHashTable  *seen;        /* reference: the line on which it stands */
  GPtrArray   *pledges;
  GPtrArray   *problems;
} Table;

/* @entry of a row, by the name of its column, or the row as a whole. */
static void
add_problem (Table      *self,
             guint       line,
             const char *column,
             const char *words)
{
  if (column != NULL)
    /* Translators: %1$u is a line of a file, %2$s the name of a column in it, %3$s a sentence */
    g_ptr_array_add (self->problems, g_strdup_printf (_("line %1$u, %2$s: %3$s"), line, column, words));
  else
    /* Translators: %1$u is a line of a file, %2$s a sentence */
    g_ptr_array_add (self->problems, g_strdup_printf (_("line %1$u: %2$s"), line, words));
}

static int
find_entry (DcCampaign *campaign,
            const char *name)
{
  for (guint i = 0; i < dc_paper_entry_count (campaign); i++) {
    g_autofree char *known = dc_paper_entry_name (campaign, i);

    if (g_str_equal (known, name))
      return (int) i;
  }

  return -1;
}

static gboolean
refuse_column (DcCampaign  *campaign,
               const char  *found,
               GError     **error)
{
  g_autoptr (GString) known = g_string_new (NULL);

  for (guint i = 0; i < dc_paper_entry_count (campaign); i++) {
    g_autofree char *name = dc_paper_entry_name (campaign, i);

    g_string_append_printf (known, "%s%s", i > 0 ? ", " : "", name);
  }
  g_set_error (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED,
               /* Translators: %1$s is a word found in a table, %2$s a list of words */
               _("The first line must name the columns. Found “%1$s” there, once too often or not known; known are: "
                 "%2$s."), found, known->str);

  return FALSE;
}

static gboolean
read_columns (Table           *self,
              const DcCsvRow  *head,
              GError         **error)
{
  guint64 taken = 0;

  for (guint i = 0; i < head->fields->len; i++) {
    const char *name = g_ptr_array_index (head->fields, i);
    int entry = find_entry (self->campaign, name);
    guint column = (guint) entry;

    if (entry < 0 || entry > 63 || (taken & G_GUINT64_CONSTANT (1) << entry) != 0)
      return refuse_column (self->campaign, name, error);
    taken |= G_GUINT64_CONSTANT (1) << entry;
    g_array_append_val (self->columns, column);
  }

  return TRUE;
}

/* Whether all that the row says was taken. */
static gboolean
fill (Table          *self,
      DcPaperEntry   *entry,
      const DcCsvRow *row)
{
  guint before = self->problems->len;

  for (guint i = 0; i < self->columns->len; i++) {
    guint column = g_array_index (self->columns, guint, i);
    const char *text = g_ptr_array_index (row->fields, i);
    g_autofree char *name = dc_paper_entry_name (self->campaign, column);
    g_autoptr (GError) error = NULL;

    if (!dc_paper_entry_set (entry, column, text, &error))
      add_problem (self, row->line, name, error->message);
  }

  return self->problems->len == before;
}

static gboolean
is_new (Table           *self,
        const char      *reference,
        const DcCsvRow  *row,
        GError         **error)
{
  guint line = GPOINTER_TO_UINT (g_hash_table_lookup (self->seen, reference));
  gboolean has;

  if (line > 0) {
    /* Translators: %u is a line of a file */
    g_autofree char *words = g_strdup_printf (_("The form of line %u is here once more."), line);

    add_problem (self, row->line, NULL, words);
    return TRUE;
  }
  g_hash_table_insert (self->seen, g_strdup (reference), GUINT_TO_POINTER (row->line));
  if (!dc_paper_desk_has (self->desk, reference, &has, error))
    return FALSE;
  if (has)
    add_problem (self, row->line, NULL, _("This form was taken in before."));

  return TRUE;
}

/* FALSE: the ledger failed. */
static gboolean
read_row (Table           *self,
          const DcCsvRow  *row,
          GError         **error)
{
  g_autoptr (DcPaperEntry) entry = dc_paper_entry_new (self->campaign, self->today);
  g_autoptr (GError) problem = NULL;
  g_autofree char *name = NULL;
  guint wrong;

  if (!fill (self, entry, row))
    return TRUE;
  if (!dc_paper_entry_check (entry, &wrong, &problem)) {
    name = dc_paper_entry_name (self->campaign, wrong);
    add_problem (self, row->line, name, problem->message);
    return TRUE;
  }
  g_ptr_array_add (self->pledges, dc_paper_entry_to_pledge (entry));

  return is_new (self, dc_paper_entry_get_reference (entry), row, error);
}

static gboolean
read_rows (Table      *self,
           GPtrArray  *rows,
           GError    **error)
{
  if (rows->len < 2) {
    g_set_error_literal (error, DC_OFFICE_ERROR, DC_OFFICE_ERROR_REFUSED, _("The table has no row below its first."));
    return FALSE;
  }
  if (!read_columns (self, g_ptr_array_index (rows, 0), error))
    return FALSE;
  for (guint i = 1; i < rows->len; i++)
    if (!read_row (self, g_ptr_array_index (rows, i), error))
      return FALSE;

  return self->problems->len == 0;
}

GPtrArray *
dc_add_table_read (const char   *text,
                   gsize         length,
                   DcCampaign   *campaign,
                   DcPaperDesk  *desk,
                   const char   *today,
                   GPtrArray    *problems,
                   GError      **error)
{
  g_autoptr (GPtrArray) rows = dc_csv_read (text, length, error);
  g_autoptr (GPtrArray) pledges = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_pledge_unref);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Table table = { campaign, desk, today, columns, seen, pledges, problems };

  return rows != NULL && read_rows (&table, rows, error) ? g_steal_pointer (&pledges) : NULL;
}
