/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-shelf.h"

#include <string.h>

#include "dc-bundle.h"
#include "dc-crypto.h"
#include "dc-receipt.h"
#include "dc-statement.h"

#define HASH_DIGITS 16

static const char * const note_words[DC_N_NOTES] = {
  [DC_NOTE_STATEMENT] = "statement",
  [DC_NOTE_RECEIPT] = "receipt",
};

/* As the names of PostgreSQL's, S3's and every file system's are safe. */
static gboolean
is_word (const char *text,
         gsize       length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '-')
      return FALSE;

  return length > 0;
}

static gboolean
is_campaign (const char *name)
{
  gsize length = strlen (name);

  return length <= sizeof ((DcOrigin *) NULL)->campaign - 1 && is_word (name, length);
}

static gboolean
is_hex (const char *name,
        gsize       n_digits)
{
  return strlen (name) == n_digits && strspn (name, "0123456789abcdef") == n_digits;
}

gboolean
dc_shelf_is_way (const char *name,
                 guint       depth)
{
  switch (depth) {
  case 0:
    return is_campaign (name);
  case 1:
    return is_hex (name, 64);
  case 2:
    return is_hex (name, 32);
  default:
    return FALSE;
  }
}

char *
dc_shelf_folder (const DcOrigin *origin)
{
  char tablet[DC_CRYPTO_HEX_SIZE];
  char queue[DC_ID_TEXT_SIZE];

  dc_crypto_to_hex (origin->tablet, tablet);
  dc_id_to_text (&origin->queue, queue);

  return g_strdup_printf ("%s/%s/%s", origin->campaign, tablet, queue);
}

/* "NAME.SUFFIX", or "NAME-2.SUFFIX". */
static char *
build (const char *stem,
       GBytes     *content,
       guint       attempt,
       const char *suffix)
{
  char hex[DC_CRYPTO_HEX_SIZE];
  guint8 digest[32];

  dc_crypto_sha256 (g_bytes_get_data (content, NULL), g_bytes_get_size (content), digest);
  dc_crypto_to_hex (digest, hex);
  if (attempt < 2)
    return g_strdup_printf ("%s-%.*s.%s", stem, HASH_DIGITS, hex, suffix);

  return g_strdup_printf ("%s-%.*s-%u.%s", stem, HASH_DIGITS, hex, attempt, suffix);
}

char *
dc_shelf_bundle_name (gint64  first,
                      gint64  last,
                      GBytes *bundle,
                      guint   attempt)
{
  g_autofree char *stem =
    g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT, first, last);

  return build (stem, bundle, attempt, "jsonl");
}

char *
dc_shelf_note_name (DcNote  note,
                    GBytes *line,
                    guint   attempt)
{
  return build (note_words[note], line, attempt, "json");
}

static gboolean
ends_stem (const char *name,
           const char *suffix,
           gsize      *length)
{
  if (!g_str_has_suffix (name, suffix))
    return FALSE;
  *length = strlen (name) - strlen (suffix);

  return *length <= 64 && is_word (name, *length);
}

/* Lenient in the digits: what a file holds is read by itself, whatever it is
 * called. */
DcShelfFile
dc_shelf_recognise (const char *name)
{
  gsize length;

  if (ends_stem (name, ".jsonl", &length) && g_ascii_isdigit (*name))
    return DC_SHELF_BUNDLE;
  if (!ends_stem (name, ".json", &length))
    return DC_SHELF_OTHER;
  if (g_str_has_prefix (name, "statement-"))
    return DC_SHELF_STATEMENT;
  if (g_str_has_prefix (name, "receipt-"))
    return DC_SHELF_RECEIPT;

  return DC_SHELF_OTHER;
}

gsize
dc_shelf_limit (DcShelfFile file)
{
  switch (file) {
  case DC_SHELF_BUNDLE:
    return DC_BUNDLE_MAX_BYTES;
  case DC_SHELF_STATEMENT:
    return DC_STATEMENT_MAX_LINE;
  case DC_SHELF_RECEIPT:
    return DC_RECEIPT_MAX_LINE;
  case DC_SHELF_OTHER:
  default:
    return 0;
  }
}

static void
read_hex (const char *digits,
          guint8     *bytes,
          gsize       size)
{
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (g_ascii_xdigit_value (digits[2 * i]) << 4
                         | g_ascii_xdigit_value (digits[2 * i + 1]));
}

gboolean
dc_shelf_parse (const char *path,
                DcOrigin   *origin)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 4);

  if (g_strv_length (parts) != DC_SHELF_DEPTH)
    return FALSE;
  for (guint i = 0; i < DC_SHELF_DEPTH; i++)
    if (!dc_shelf_is_way (parts[i], i))
      return FALSE;

  if (origin != NULL) {
    *origin = (DcOrigin) { 0 };
    g_strlcpy (origin->campaign, parts[0], sizeof origin->campaign);
    read_hex (parts[1], origin->tablet, sizeof origin->tablet);
    read_hex (parts[2], origin->queue.bytes, sizeof origin->queue.bytes);
  }

  return TRUE;
}

char *
dc_shelf_of_place (const char  *place,
                   const char **name)
{
  const char *slash = strrchr (place, '/');
  g_autofree char *shelf = slash != NULL ? g_strndup (place, (gsize) (slash - place)) : NULL;

  if (shelf == NULL || !dc_shelf_parse (shelf, NULL)
      || dc_shelf_recognise (slash + 1) == DC_SHELF_OTHER)
    return NULL;
  *name = slash + 1;

  return g_steal_pointer (&shelf);
}

static gboolean
is_of (const DcEnvelope *envelope,
       const DcOrigin   *origin)
{
  return g_str_equal (envelope->campaign, origin->campaign)
         && memcmp (envelope->tablet, origin->tablet, sizeof origin->tablet) == 0
         && dc_id_equal (&envelope->queue, &origin->queue);
}

static gboolean
take (DcShelfContent     *self,
      const DcBundleItem *item,
      const DcOrigin     *origin)
{
  const DcEnvelope *envelope;

  if (item->found != DC_BUNDLE_RECORD)
    return FALSE;
  envelope = &item->record->envelope;
  if (!is_of (envelope, origin))
    return FALSE;

  self->first = self->ids->len == 0 ? envelope->seq : MIN (self->first, envelope->seq);
  self->last = MAX (self->last, envelope->seq);
  g_array_append_val (self->ids, envelope->id);

  return TRUE;
}

gboolean
dc_shelf_content_read (DcShelfContent  *self,
                       const DcOrigin  *origin,
                       GBytes          *bundle,
                       GError         **error)
{
  g_autoptr (DcBundleReader) reader = NULL;
  g_auto (DcBundleItem) item = { 0 };
  gboolean whole = TRUE;

  *self = (DcShelfContent) { .ids = g_array_new (FALSE, FALSE, sizeof (DcId)) };
  if (g_bytes_get_size (bundle) <= DC_BUNDLE_MAX_BYTES)
    reader = dc_bundle_reader_new (bundle, DC_BUNDLE_FORM_FRESH, NULL);
  while (whole && reader != NULL && dc_bundle_reader_next (reader, &item)) {
    whole = take (self, &item, origin);
    dc_bundle_item_clear (&item);
  }
  if (whole && self->ids->len > 0)
    return TRUE;

  g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_REJECTED,
                       "not a whole bundle of one queue");

  return FALSE;
}

void
dc_shelf_content_deliver (DcShelfContent *self,
                          DcVerdict       verdict,
                          GPtrArray      *deliveries)
{
  for (guint i = 0; i < self->ids->len; i++)
    g_ptr_array_add (deliveries,
                     dc_delivery_new (&g_array_index (self->ids, DcId, i), verdict, NULL));
}

void
dc_shelf_content_clear (DcShelfContent *self)
{
  g_clear_pointer (&self->ids, g_array_unref);
}

static char *
name_item (const DcShelfItem *item,
           guint              attempt)
{
  if (item->content == NULL)
    return dc_shelf_note_name (item->note, item->bytes, attempt);

  return dc_shelf_bundle_name (item->content->first, item->content->last, item->bytes, attempt);
}

DcShelfKeep
dc_shelf_keep (const DcShelfItem  *item,
               DcShelfKeepAs       keep_as,
               gpointer            data,
               GError            **error)
{
  for (guint attempt = 1; attempt <= DC_SHELF_MAX_ATTEMPT; attempt++) {
    g_autofree char *name = name_item (item, attempt);
    DcShelfKeep kept = keep_as (name, item->bytes, data, error);

    if (kept != DC_SHELF_TAKEN)
      return kept;
  }

  g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                       "every name of it is taken by other bytes");

  return DC_SHELF_FAILED;
}
