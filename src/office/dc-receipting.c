/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-receipting.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "dc-key-set.h"
#include "dc-ledger-read.h"
#include "dc-opening.h"

typedef struct
{
  gint64          number;
  DcOrigin        origin;
  DcReceiptEntry  entry;
  char            reference[32];   /* "" where none */
  gboolean        opened;
} Due;

typedef struct
{
  DcReceipting  *self;
  DcOffice      *office;
  DcAgeIdentity *identity;
  guint          n_done;
  guint          n_due;
} Opening;

static const DcLedgerFilter without_marks = { .no_receipt = TRUE, .marks_only = TRUE };
static const DcLedgerFilter without = { .no_receipt = TRUE };

static gboolean
count_row (const DcLedgerRow  *row,
           gpointer            data,
           GError            **error)
{
  *(guint *) data += !row->foreign && !row->conflict;

  return TRUE;
}

gboolean
dc_receipting_count (DcLedger  *ledger,
                     guint     *n_due,
                     GError   **error)
{
  *n_due = 0;

  return dc_ledger_each (ledger, &without_marks, count_row, n_due, error);
}

/* FALSE: told, and nobody signs for it. */
static gboolean
open_row (Opening           *opening,
          const DcLedgerRow *row,
          Due               *due)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DcOpened) opened = NULL;
  char id[DC_ID_TEXT_SIZE];

  if (row->gone != NULL)
    return TRUE;
  if (row->record != NULL)
    opened = dc_opening_open (row->record, opening->identity, NULL, &error);
  if (opened == NULL) {
    dc_id_to_text (&row->id, id);
    g_printerr (DC_LEDGER_FILE ": record %s: %s\n", id, row->damage != NULL ? row->damage->message : error->message);
    return FALSE;
  }
  due->opened = TRUE;
  if (opened->pledge != NULL && opened->pledge->reference[0] != '\0')
    g_strlcpy (due->reference, opened->pledge->reference, sizeof due->reference);

  return TRUE;
}

static gboolean
on_row (const DcLedgerRow  *row,
        gpointer            data,
        GError            **error)
{
  Opening *opening = data;
  Due due = { .number = row->number, .origin = row->origin, .entry.id = row->id };

  if (row->foreign)
    return TRUE;
  if (row->conflict && row->gone == NULL) {
    opening->self->n_conflicts++;
    return TRUE;
  }
  memcpy (due.entry.sealed_sha256, row->sealed_sha256, sizeof due.entry.sealed_sha256);
  if (open_row (opening, row, &due))
    g_array_append_val (opening->self->due, due);
  else
    opening->self->n_unopened++;
  opening->n_done++;
  if (opening->n_done % 100 == 0 || opening->n_done == opening->n_due)
    dc_office_progress (opening->office, _("Opening"), opening->n_done, opening->n_due);

  return TRUE;
}

DcReceipting *
dc_receipting_open (DcLedger       *ledger,
                    DcOffice       *office,
                    DcAgeIdentity  *identity,
                    guint           n_due,
                    GError        **error)
{
  g_autoptr (DcReceipting) self = g_new0 (DcReceipting, 1);
  Opening opening = { .self = self, .office = office, .identity = identity, .n_due = n_due };

  self->due = g_array_new (FALSE, FALSE, sizeof (Due));
  if (!dc_ledger_each (ledger, &without, on_row, &opening, error))
    return NULL;

  return g_steal_pointer (&self);
}

static gboolean
sign_one (DcLedger       *ledger,
          DcReceipt      *receipt,
          GArray         *numbers,
          DcMinisignKey  *key,
          GError        **error)
{
  g_autoptr (GBytes) json = dc_receipt_to_json (receipt);
  g_autoptr (GBytes) message = dc_receipt_signed_bytes (json);
  g_autoptr (GBytes) line = NULL;
  g_autofree char *comment = g_strdup_printf ("timestamp:%" G_GINT64_FORMAT,
                                              g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *signature = NULL;
  gsize size;
  const guint8 *data = g_bytes_get_data (message, &size);

  signature = dc_minisign_key_sign (key, data, size, comment, NULL, error);
  if (signature == NULL)
    return FALSE;
  line = dc_receipt_to_line (json, signature);

  return dc_ledger_add_receipt (ledger, &receipt->origin, line, numbers, error);
}

/* As many from @first on as fit into one receipt: of one origin, no id twice. */
static guint
fill (DcReceipting *self,
      guint         first,
      DcReceipt    *receipt,
      GArray       *numbers)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (dc_id_hash, dc_id_same);
  guint i;

  for (i = first; i < self->due->len && i - first < DC_RECEIPT_MAX_ENTRIES; i++) {
    Due *due = &g_array_index (self->due, Due, i);

    if (!dc_origin_equal (&due->origin, &receipt->origin) || !g_hash_table_add (ids, &due->entry.id))
      break;
    g_array_append_val (receipt->entries, due->entry);
    g_array_append_val (numbers, due->number);
  }

  return i;
}

static gboolean
mark_all (DcReceipting  *self,
          DcLedger      *ledger,
          GError       **error)
{
  g_autofree char *today = dc_key_set_today ();

  for (guint i = 0; i < self->due->len; i++) {
    const Due *due = &g_array_index (self->due, Due, i);

    if (due->opened && !dc_ledger_mark_opened (ledger, due->number, due->reference[0] != '\0' ? due->reference : NULL,
                                               today, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
sign_all (DcReceipting   *self,
          DcLedger       *ledger,
          DcMinisignKey  *key,
          GError        **error)
{
  for (guint i = 0; i < self->due->len;) {
    g_autoptr (DcReceipt) receipt = dc_receipt_new (&g_array_index (self->due, Due, i).origin);
    g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));

    i = fill (self, i, receipt, numbers);
    if (!sign_one (ledger, receipt, numbers, key, error))
      return FALSE;
  }

  return mark_all (self, ledger, error);
}

gboolean
dc_receipting_sign (DcReceipting   *self,
                    DcLedger       *ledger,
                    DcMinisignKey  *key,
                    GError        **error)
{
  if (!dc_ledger_begin (ledger, error))
    return FALSE;
  if (sign_all (self, ledger, key, error) && dc_ledger_commit (ledger, error))
    return TRUE;
  dc_ledger_undo (ledger);

  return FALSE;
}

void
dc_receipting_free (DcReceipting *self)
{
  g_clear_pointer (&self->due, g_array_unref);
  g_free (self);
}
