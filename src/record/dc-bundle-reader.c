/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-bundle.h"

#include <string.h>

#include "dc-crypto.h"
#include "dc-json-reader.h"
#include "dc-record-private.h"

/* A file is cut into pieces: a piece ends at a line feed or where the next
 * record (or trailer) begins, whichever comes first. In an undamaged file a
 * piece is a line. Neither beginning can stand inside a record, since base64
 * has no brace and no quotation mark; so a piece holds at most one record, and
 * damage in one piece is damage to one record:
 *
 *   a line feed that became something else   one byte of rubbish behind a
 *                                            record, which is left out
 *   a byte that became a line feed           two pieces, of which the second
 *                                            has no beginning: told once
 *   any other byte                           one record that is not whole */

#define RECORD_BEGINS  "{\"envelope\":\""
#define TRAILER_BEGINS "{\"bundle\":"

/* Shorter than any record, longer than any trailer. */
#define TRAILER_MAX_BYTES 200

static const char * const trailer_keys[] = { "bundle", "records", "sha256", NULL };

struct _DcBundleReader
{
  GBytes       *file;        /* (owned) */
  const char   *start;       /* all of them in @file */
  const char   *end;
  const char   *at;          /* what comes next */
  const char   *line_end;    /* of the line that @at is in: its line feed, or @end */
  DcBundleForm  form;
  guint         line;
  guint         n_records;
  gboolean      cut;         /* the last piece was lost, and had no end of its own */
  gboolean      trailer;     /* there was one, right or wrong */
  gboolean      went_on;     /* and something came after it */
  gboolean      finished;
};

typedef struct
{
  const char *data;
  gsize       size;
  gboolean    by_line_feed;   /* it ended there */
} Piece;

void
dc_bundle_item_clear (DcBundleItem *self)
{
  g_clear_pointer (&self->record, dc_record_unref);
  g_clear_error (&self->error);
  *self = (DcBundleItem) { 0 };
}

DcBundleReader *
dc_bundle_reader_new (GBytes        *file,
                      DcBundleForm   form,
                      GError       **error)
{
  DcBundleReader *self;
  const char *data;
  gsize size;

  g_return_val_if_fail (file != NULL, NULL);

  data = g_bytes_get_data (file, &size);
  if (size > DC_BUNDLE_MAX_FILE) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TOO_LARGE,
                 "file: expected at most %d bytes", DC_BUNDLE_MAX_FILE);
    return NULL;
  }

  self = g_new0 (DcBundleReader, 1);
  self->file = g_bytes_ref (file);
  self->form = form;
  self->start = data != NULL ? data : "";
  self->end = self->start + size;
  self->at = self->start;

  return self;
}

void
dc_bundle_reader_free (DcBundleReader *self)
{
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

static gboolean
begins (const char *data,
        gsize       size,
        const char *with)
{
  return size >= strlen (with) && memcmp (data, with, strlen (with)) == 0;
}

/* Where the next record or trailer begins before @end, from @from on; else
 * @end. */
static const char *
find_beginning (const char *from,
                const char *end)
{
  const char *at = from;

  while (at < end && (at = memmem (at, (gsize) (end - at), "{\"", 2)) != NULL) {
    gsize size = (gsize) (end - at);

    if (begins (at, size, RECORD_BEGINS) || begins (at, size, TRAILER_BEGINS))
      return at;
    at++;
  }

  return end;
}

static Piece
take_piece (DcBundleReader *self)
{
  Piece piece = { .data = self->at };

  if (self->line == 0 || self->at > self->line_end) {
    self->line_end = memchr (self->at, '\n', (gsize) (self->end - self->at));
    if (self->line_end == NULL)
      self->line_end = self->end;
    self->line++;
  }

  self->at = find_beginning (self->at + 1, self->line_end);
  piece.size = (gsize) (self->at - piece.data);
  piece.by_line_feed = self->at == self->line_end && self->line_end < self->end;
  if (piece.by_line_feed)
    self->at++;

  return piece;
}

/* Its closing brace was followed by a line feed once: what stands there now is
 * no part of it. */
static void
leave_out_rubbish (Piece *piece)
{
  const char *brace;

  if (piece->by_line_feed)
    return;
  brace = memrchr (piece->data, '}', piece->size);
  if (brace != NULL)
    piece->size = (gsize) (brace - piece->data) + 1;
}

/* The id in an envelope that can be read, in a record that is not whole. */
static gboolean
find_id (const Piece *piece,
         DcId        *id)
{
  const char *text = piece->data + strlen (RECORD_BEGINS);
  const char *quote;
  g_autofree char *base64 = NULL;
  g_autofree guint8 *json = NULL;
  DcEnvelope envelope;
  gsize size;

  if (!begins (piece->data, piece->size, RECORD_BEGINS))
    return FALSE;
  quote = memchr (text, '"', piece->size - strlen (RECORD_BEGINS));
  if (quote == NULL || quote == text || quote - text > 2 * DC_ENVELOPE_MAX_BYTES)
    return FALSE;

  base64 = g_strndup (text, (gsize) (quote - text));
  json = g_base64_decode (base64, &size);
  if (!dc_envelope_from_json (&envelope, (const char *) json, size, NULL))
    return FALSE;
  *id = envelope.id;

  return TRUE;
}

/* The rest of a record that a line feed was written into: it was told where
 * the record began. */
static gboolean
is_rest (const DcBundleReader *self,
         const Piece          *piece)
{
  return self->cut && piece->data[0] != '{';
}

static gboolean
is_blank (const Piece *piece)
{
  for (gsize i = 0; i < piece->size; i++) {
    if (strchr (" \t\r", piece->data[i]) == NULL || piece->data[i] == '\0')
      return FALSE;
  }

  return TRUE;
}

static gboolean
has_trailer (const DcBundleReader *self)
{
  return self->form != DC_BUNDLE_FORM_JOURNAL;
}

/* In a bundle, what is short and stands last is the trailer, whatever has
 * become of it. */
static gboolean
is_lost_trailer (const DcBundleReader *self,
                 const Piece          *piece)
{
  return has_trailer (self) && !self->trailer
         && self->at == self->end && piece->size < TRAILER_MAX_BYTES
         && !begins (piece->data, piece->size, RECORD_BEGINS);
}

static void
set_altered (DcBundleItem *item,
             GError       *error)
{
  item->found = DC_BUNDLE_ALTERED;
  item->error = error;
}

static GError *
trailer_error (const char *text)
{
  return g_error_new (DC_RECORD_ERROR, DC_RECORD_ERROR_TRAILER, "trailer: %s", text);
}

static gboolean
check_trailer (DcBundleReader  *self,
               const Piece     *piece,
               GError         **error)
{
  g_autoptr (DcJsonReader) reader = NULL;
  guint8 expected[32];
  guint8 digest[32];
  gint64 version;
  gint64 n_records;

  reader = dc_json_reader_new ("trailer", piece->data, piece->size, TRAILER_MAX_BYTES, error);
  if (reader == NULL
      || !dc_json_read_integer (reader, "bundle", &version, error)
      || (version != 1 && !dc_json_refuse (reader, "bundle", "1", error))
      || !dc_json_reader_has_only (reader, trailer_keys, error)
      || !dc_json_read_integer (reader, "records", &n_records, error)
      || !dc_json_read_hex (reader, "sha256", expected, sizeof expected, error)) {
    return FALSE;
  }

  dc_crypto_sha256 (self->start, (gsize) (piece->data - self->start), digest);
  if (memcmp (digest, expected, sizeof digest) == 0 && n_records == self->n_records)
    return TRUE;

  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_TRAILER,
               "trailer: the file is not as it was written: %" G_GINT64_FORMAT
               " records were put in, %u are whole", n_records, self->n_records);

  return FALSE;
}

/* TRUE: @item was filled. */
static gboolean
judge_trailer (DcBundleReader *self,
               Piece          *piece,
               DcBundleItem   *item)
{
  GError *error = NULL;

  if (self->trailer) {
    self->went_on = TRUE;
    return FALSE;
  }
  self->trailer = TRUE;
  leave_out_rubbish (piece);
  self->cut = piece->data[piece->size - 1] != '}';
  if (check_trailer (self, piece, &error))
    return FALSE;
  set_altered (item, error);

  return TRUE;
}

static gboolean
judge_record (DcBundleReader *self,
              Piece          *piece,
              DcBundleItem   *item)
{
  gboolean torn = self->at == self->end && !piece->by_line_feed;

  self->went_on = self->trailer;
  leave_out_rubbish (piece);
  item->record = dc_record_read_line (piece->data, piece->size,
                                      self->form == DC_BUNDLE_FORM_FRESH, &item->error);
  self->cut = item->record == NULL && piece->data[piece->size - 1] != '}';
  if (item->record != NULL) {
    self->n_records++;
    item->found = DC_BUNDLE_RECORD;
    return TRUE;
  }

  /* The last line of a journal may be one that was being written when the
   * power went: it was never said to be there. */
  if (torn && self->form == DC_BUNDLE_FORM_JOURNAL) {
    g_clear_error (&item->error);
    return FALSE;
  }
  if (is_lost_trailer (self, piece)) {
    self->trailer = TRUE;
    g_clear_error (&item->error);
    set_altered (item, trailer_error ("it cannot be read"));
    return TRUE;
  }
  item->found = DC_BUNDLE_LOST;
  item->has_id = find_id (piece, &item->id);

  return TRUE;
}

/* What can only be said at the end. */
static gboolean
finish (DcBundleReader *self,
        DcBundleItem   *item)
{
  if (self->finished)
    return FALSE;
  self->finished = TRUE;

  item->line = MAX (self->line, 1);
  if (has_trailer (self) && !self->trailer)
    set_altered (item, trailer_error ("it is missing: the file may have been cut off"));
  else if (self->went_on)
    set_altered (item, trailer_error ("the file goes on after it"));

  return item->error != NULL;
}

gboolean
dc_bundle_reader_next (DcBundleReader *self,
                       DcBundleItem   *item)
{
  g_return_val_if_fail (self != NULL && item != NULL, FALSE);

  while (self->at < self->end) {
    Piece piece = take_piece (self);

    item->line = self->line;
    if (is_blank (&piece) || is_rest (self, &piece))
      continue;
    if (begins (piece.data, piece.size, TRAILER_BEGINS)
        ? judge_trailer (self, &piece, item) : judge_record (self, &piece, item)) {
      return TRUE;
    }
  }

  return finish (self, item);
}
