/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-collecting.h"

#include <string.h>

#include "dc-key-set.h"

#define AT_ONCE 500

static gboolean
take_all (DcCollecting  *self,
          guint         *counts,
          GError       **error)
{
  DcLedgerTaken taken;

  for (guint i = 0; i < self->waiting->len; i++) {
    if (!dc_ledger_take (self->ledger, self->waiting->pdata[i], self->places->pdata[i], self->day, &taken, error))
      return FALSE;
    counts[taken]++;
  }

  return TRUE;
}

/* FALSE: self->error is set, now or before. */
static gboolean
flush (DcCollecting *self)
{
  guint counts[G_N_ELEMENTS (self->taken)] = { 0 };

  if (self->error != NULL || self->waiting->len == 0)
    return self->error == NULL;
  if (!dc_ledger_begin (self->ledger, &self->error) || !take_all (self, counts, &self->error)
      || !dc_ledger_commit (self->ledger, &self->error))
    dc_ledger_undo (self->ledger);
  else
    for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
      self->taken[i] += counts[i];
  g_ptr_array_set_size (self->waiting, 0);
  g_ptr_array_set_size (self->places, 0);

  return self->error == NULL;
}

char *
dc_collecting_place (const char *base,
                     const char *file)
{
  g_autofree char *place = base != NULL ? g_strconcat (base, g_str_has_suffix (base, "/") ? "" : "/", file, NULL)
                                        : g_canonicalize_filename (file, NULL);

  return g_utf8_make_valid (place, -1);
}

/* Of "FILE:LINE", the file, with what it is below. */
static char *
place_of (DcCollecting *self,
          const char   *where)
{
  const char *end = strrchr (where, ':');
  g_autofree char *file = g_strndup (where, end != NULL ? (gsize) (end - where) : strlen (where));

  return dc_collecting_place (self->base, file);
}

static void
on_record (DcRecord   *record,
           const char *where,
           gpointer    data)
{
  DcCollecting *self = data;
  g_ptr_array_add (self->waiting, dc_record_ref (record));
  g_ptr_array_add (self->places, place_of (self, where));
  if (self->waiting->len >= AT_ONCE)
    flush (self);
}

static void
on_lost (const char   *where,
         const DcId   *id,
         const GError *error,
         gpointer      data)
{
  DcCollecting *self = data;
  char text[DC_ID_TEXT_SIZE] = "";

  self->n_lost++;
  if (id != NULL)
    dc_id_to_text (id, text);
  g_printerr ("%s: %s%s%s%s\n", where, id != NULL ? "record " : "", text, id != NULL ? ": " : "", error->message);
}

static void
on_statement (GBytes     *line,
              const char *where,
              gpointer    data)
{
  DcCollecting *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (DcStatement) statement = dc_statement_from_line (line, &error);
  gboolean is_new = FALSE;

  if (statement == NULL) {
    self->n_bad_statements++;
    g_printerr ("%s: %s\n", where, error->message);
  } else if (self->error == NULL
             && dc_ledger_take_statement (self->ledger, statement, line, &is_new, &self->error)) {
    self->n_statements += is_new;
  }
}

gboolean
dc_collecting_add_path (DcCollecting *self,
                        const char   *path)
{
  guint before = self->source.n_unreadable;

  g_clear_pointer (&self->base, g_free);
  if (self->error == NULL)
    dc_source_add_path (&self->source, path);
  self->n_lost += self->source.n_unreadable - before;

  return flush (self);
}

gboolean
dc_collecting_add_destination (DcCollecting   *self,
                               DcDestination  *destination,
                               const char     *name,
                               GError        **error)
{
  DcTransfer transfer = { 0 };
  gboolean whole;

  g_clear_pointer (&self->base, g_free);
  self->base = g_strdup (name);
  whole = dc_source_add_destination (&self->source, destination, &transfer, error);
  if (flush (self) || !whole)
    return whole;
  g_propagate_error (error, g_error_copy (self->error));

  return FALSE;
}

DcCollecting *
dc_collecting_new (DcLedger *ledger)
{
  DcCollecting *self = g_new0 (DcCollecting, 1);

  self->ledger = ledger;
  self->source = (DcSource) { .record = on_record, .lost = on_lost, .statement = on_statement, .data = self };
  self->day = dc_key_set_today ();
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) dc_record_unref);
  self->places = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
dc_collecting_free (DcCollecting *self)
{
  g_clear_pointer (&self->base, g_free);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}
