/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-receipt.h"

#include <string.h>

#include "dc-envelope.h"
#include "dc-json-nested.h"
#include "dc-json-parts.h"
#include "dc-minisign.h"
#include "dc-note.h"

/* Signature first: nothing is read of a text that the office did not sign. */

enum { RECEIPT, SIGNATURE, N_PARTS };

static const char * const parts_keys[] = { "receipt", "signature", NULL };
static const char * const keys[] = { "v", "campaign", "tablet", "queue", "count", "records", NULL };
static const char * const record_keys[] = { "id", "sealed_sha256", NULL };

DcReceipt *
dc_receipt_new (const DcOrigin *origin)
{
  DcReceipt *self;

  g_return_val_if_fail (origin != NULL && dc_note_is_origin (origin), NULL);

  self = g_atomic_rc_box_new0 (DcReceipt);
  self->origin = *origin;
  self->entries = g_array_new (FALSE, FALSE, sizeof (DcReceiptEntry));

  return self;
}

DcReceipt *
dc_receipt_ref (DcReceipt *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
receipt_clear (DcReceipt *self)
{
  g_clear_pointer (&self->entries, g_array_unref);
  g_clear_pointer (&self->line, g_bytes_unref);
}

void
dc_receipt_unref (DcReceipt *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify) receipt_clear);
}

GBytes *
dc_receipt_signed_bytes (GBytes *json)
{
  g_return_val_if_fail (json != NULL, NULL);

  return dc_json_parts_signed (DC_RECEIPT_CONTEXT, json);
}

static gboolean
has_id_twice (const GArray *entries)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (dc_id_hash, dc_id_same);

  for (guint i = 0; i < entries->len; i++) {
    if (!g_hash_table_add (seen, &g_array_index (entries, DcReceiptEntry, i).id))
      return TRUE;
  }

  return FALSE;
}

GBytes *
dc_receipt_to_json (const DcReceipt *self)
{
  g_autofree char *text = g_malloc (DC_RECEIPT_MAX_LINE);
  DcJsonWriter writer;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->entries->len >= 1 && self->entries->len <= DC_RECEIPT_MAX_ENTRIES, NULL);
  g_return_val_if_fail (!has_id_twice (self->entries), NULL);

  dc_json_writer_init (&writer, text, DC_RECEIPT_MAX_LINE);
  dc_json_open_object (&writer, NULL);
  dc_json_add_integer (&writer, "v", 1);
  dc_note_add_origin (&writer, &self->origin);
  dc_json_add_integer (&writer, "count", self->entries->len);
  dc_json_open_array (&writer, "records");
  for (guint i = 0; i < self->entries->len; i++) {
    const DcReceiptEntry *entry = &g_array_index (self->entries, DcReceiptEntry, i);

    dc_json_open_object (&writer, NULL);
    dc_json_add_hex (&writer, "id", entry->id.bytes, sizeof entry->id.bytes);
    dc_json_add_hex (&writer, "sealed_sha256", entry->sealed_sha256, sizeof entry->sealed_sha256);
    dc_json_close_object (&writer);
  }
  dc_json_close_array (&writer);
  dc_json_close_object (&writer);

  return g_bytes_new (text, writer.length);
}

GBytes *
dc_receipt_to_line (GBytes     *json,
                    const char *minisig)
{
  g_autoptr (GBytes) signature = NULL;

  g_return_val_if_fail (json != NULL && minisig != NULL, NULL);

  signature = g_bytes_new (minisig, strlen (minisig));

  return dc_json_parts_to_line (parts_keys, (GBytes *[]) { json, signature });
}

/* The key's line alone is what packs and tablets keep of a .pub file. */
static gboolean
is_signed_by (GBytes      *message,
              GBytes      *minisig,
              const char  *key,
              GError     **error)
{
  g_autofree char *file = g_strconcat ("untrusted comment: receipt key\n", key, "\n", NULL);
  gsize size;
  gsize minisig_size;
  const guint8 *data = g_bytes_get_data (message, &size);
  const char *signature = g_bytes_get_data (minisig, &minisig_size);

  return dc_minisign_verify (file, strlen (file), signature, minisig_size, data, size, error);
}

static gboolean
check_signature (GBytes              *json,
                 GBytes              *minisig,
                 const char * const  *keys_allowed,
                 GError             **error)
{
  g_autoptr (GBytes) message = dc_receipt_signed_bytes (json);
  g_autoptr (GError) why = NULL;

  for (; *keys_allowed != NULL; keys_allowed++) {
    g_clear_error (&why);
    if (is_signed_by (message, minisig, *keys_allowed, &why))
      return TRUE;
  }
  g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_SIGNATURE,
               "receipt: signature: %s", why != NULL ? why->message : "expected a key that signs receipts");

  return FALSE;
}

static gboolean
read_entries (DcReceipt     *self,
              DcJsonReader  *reader,
              GError       **error)
{
  guint length = 0;
  gint64 count = 0;

  if (!dc_note_read_number (reader, "count", 1, DC_RECEIPT_MAX_ENTRIES, &count, error)
      || !dc_json_read_list (reader, "records", &length, error)) {
    return FALSE;
  }
  if (length != count)
    return dc_json_refuse (reader, "records", "as many as the count says", error);

  for (guint i = 0; i < length; i++) {
    g_autoptr (DcJsonReader) item = dc_json_read_item (reader, "records", i, error);
    DcReceiptEntry entry;

    if (item == NULL
        || !dc_json_reader_has_only (item, record_keys, error)
        || !dc_json_read_hex (item, "id", entry.id.bytes, sizeof entry.id.bytes, error)
        || !dc_json_read_hex (item, "sealed_sha256", entry.sealed_sha256, sizeof entry.sealed_sha256, error)) {
      return FALSE;
    }
    g_array_append_val (self->entries, entry);
  }

  return !has_id_twice (self->entries) || dc_json_refuse (reader, "records", "no id twice", error);
}

static DcReceipt *
read_receipt (GBytes          *json,
              const DcOrigin  *origin,
              GError         **error)
{
  gsize length;
  const char *text = g_bytes_get_data (json, &length);
  g_autoptr (DcJsonReader) reader = dc_json_reader_new ("receipt", text, length, DC_RECEIPT_MAX_LINE, error);
  g_autoptr (DcReceipt) self = NULL;
  DcOrigin found = { 0 };

  if (reader == NULL
      || !dc_envelope_check_version (reader, error)
      || !dc_json_reader_has_only (reader, keys, error)
      || !dc_note_read_origin (reader, &found, error)) {
    return NULL;
  }
  if (origin != NULL && !dc_origin_equal (&found, origin)) {
    g_set_error (error, DC_RECORD_ERROR, DC_RECORD_ERROR_MISMATCH,
                 "receipt: of another campaign, tablet or queue");
    return NULL;
  }
  self = dc_receipt_new (&found);

  return read_entries (self, reader, error) ? g_steal_pointer (&self) : NULL;
}

DcReceipt *
dc_receipt_from_line (GBytes              *line,
                      const char * const  *keys_allowed,
                      const DcOrigin      *origin,
                      GError             **error)
{
  GBytes *parts[N_PARTS] = { NULL };
  DcReceipt *self = NULL;
  const char *text;
  gsize length;

  g_return_val_if_fail (line != NULL && keys_allowed != NULL, NULL);

  text = g_bytes_get_data (line, &length);
  if (!dc_json_parts_from_line ("receipt", text != NULL ? text : "", length, DC_RECEIPT_MAX_LINE,
                                parts_keys, parts, error)) {
    return NULL;
  }
  if (check_signature (parts[RECEIPT], parts[SIGNATURE], keys_allowed, error))
    self = read_receipt (parts[RECEIPT], origin, error);
  if (self != NULL)
    self->line = g_bytes_ref (line);
  for (gsize i = 0; i < N_PARTS; i++)
    g_bytes_unref (parts[i]);

  return self;
}
