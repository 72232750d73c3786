/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-csv-read.h"

#include <gio/gio.h>
#include <string.h>

#include "dc-text.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  const char *p;
  const char *end;
  guint       line;
  char        separator;
} Reader;

static void
wipe_field (gpointer data)
{
  char *text = data;

  dc_wipe_string (&text);
}

static void
free_row (gpointer data)
{
  DcCsvRow *row = data;

  g_clear_pointer (&row->fields, g_ptr_array_unref);
  g_free (row);
}

static gboolean
refuse (guint        line,
        const char  *found,
        GError     **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u: %s", line, found);

  return FALSE;
}

/* The first one in the first row. */
static char
find_separator (const char *text,
                gsize       length)
{
  gboolean quoted = FALSE;

  for (gsize i = 0; i < length && (quoted || text[i] != '\n'); i++) {
    if (text[i] == '"')
      quoted = !quoted;
    if (!quoted && (text[i] == ',' || text[i] == ';'))
      return text[i];
  }

  return ',';
}

static gboolean
is_line_end (const Reader *self)
{
  return self->p == self->end || *self->p == '\n' || (*self->p == '\r' && self->p + 1 < self->end && self->p[1] == '\n');
}

static void
pass_line_end (Reader *self)
{
  if (self->p < self->end && *self->p == '\r')
    self->p++;
  if (self->p < self->end)
    self->p++;
  self->line++;
}

/* After the opening quote, to behind the closing one. */
static gboolean
read_quoted (Reader   *self,
             GString  *field,
             GError  **error)
{
  guint begin = self->line;

  while (self->p < self->end) {
    char letter = *self->p++;

    if (letter == '"' && (self->p == self->end || *self->p != '"'))
      return is_line_end (self) || *self->p == self->separator
             || refuse (self->line, "found a letter after a closing quote, expected the end of the field", error);
    if (letter == '"')
      self->p++;
    self->line += letter == '\n';
    g_string_append_c (field, letter);
  }

  return refuse (begin, "found a quote that is not closed", error);
}

static gboolean
read_plain (Reader   *self,
            GString  *field,
            GError  **error)
{
  while (!is_line_end (self) && *self->p != self->separator) {
    if (*self->p == '"')
      return refuse (self->line, "found a quote within a field, expected it around all of it", error);
    g_string_append_c (field, *self->p++);
  }

  return TRUE;
}

static gboolean
read_field (Reader     *self,
            GPtrArray  *fields,
            GError    **error)
{
  GString *field = g_string_new (NULL);
  gboolean good;

  if (self->p < self->end && *self->p == '"') {
    self->p++;
    good = read_quoted (self, field, error);
  } else {
    good = read_plain (self, field, error);
  }
  g_ptr_array_add (fields, g_string_free (field, FALSE));

  return good;
}

static gboolean
read_row (Reader    *self,
          DcCsvRow  *row,
          GError   **error)
{
  for (;;) {
    if (!read_field (self, row->fields, error))
      return FALSE;
    if (row->fields->len > DC_CSV_MAX_COLUMNS)
      return refuse (row->line, "found more than 64 fields", error);
    if (is_line_end (self))
      break;
    self->p++;
  }
  pass_line_end (self);

  return TRUE;
}

static gboolean
is_blank (const DcCsvRow *row)
{
  for (guint i = 0; i < row->fields->len; i++)
    if (*(const char *) g_ptr_array_index (row->fields, i) != '\0')
      return FALSE;

  return TRUE;
}

/* Takes @row. */
static gboolean
add_row (GPtrArray  *rows,
         DcCsvRow   *row,
         GError    **error)
{
  const DcCsvRow *first = rows->len > 0 ? g_ptr_array_index (rows, 0) : row;
  guint line = row->line, found = row->fields->len, expected = first->fields->len;

  if (is_blank (row)) {
    free_row (row);
    return TRUE;
  }
  g_ptr_array_add (rows, row);
  if (rows->len > DC_CSV_MAX_ROWS + 1)
    return refuse (line, "found more than 5000 rows", error);
  if (found == expected)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "line %u: found %u fields, expected %u as in the first line",
               line, found, expected);

  return FALSE;
}

/* A NUL would end a field early, unseen. */
static gboolean
check_text (const char  *text,
            gsize        length,
            GError     **error)
{
  const char *end;

  if (length > DC_CSV_MAX_BYTES) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "found more than 4 MiB");
    return FALSE;
  }
  if (!g_utf8_validate_len (text, length, &end)) {
    guint line = 1;

    for (const char *p = text; p < end; p++)
      line += *p == '\n';
    return refuse (line, "found bytes that are not UTF-8 text; save the table as “CSV UTF-8”", error);
  }

  return TRUE;
}

GPtrArray *
dc_csv_read (const char  *text,
             gsize        length,
             GError     **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  Reader reader = { text, text + length, 1, ',' };

  if (!check_text (text, length, error))
    return NULL;
  if (length >= strlen (BYTE_ORDER_MARK) && memcmp (text, BYTE_ORDER_MARK, strlen (BYTE_ORDER_MARK)) == 0)
    reader.p += strlen (BYTE_ORDER_MARK);
  reader.separator = find_separator (reader.p, (gsize) (reader.end - reader.p));

  while (reader.p < reader.end) {
    DcCsvRow *row = g_new0 (DcCsvRow, 1);

    row->line = reader.line;
    row->fields = g_ptr_array_new_with_free_func (wipe_field);
    if (!read_row (&reader, row, error)) {
      free_row (row);
      return NULL;
    }
    if (!add_row (rows, row, error))
      return NULL;
  }

  return g_steal_pointer (&rows);
}
