/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-request.h"

#include "dc-directory.h"
#include "dc-queue-copies.h"
#include "dc-queue-records.h"
#include "dc-set-aside.h"
#include "dc-store-error.h"
#include "dc-tally-read.h"

#include <string.h>

DcRequest *
dc_request_new (void)
{
  return g_new0 (DcRequest, 1);
}

void
dc_request_free (DcRequest *self)
{
  g_clear_pointer (&self->pledge, dc_pledge_unref);
  g_clear_pointer (&self->sealer, dc_sealer_unref);
  g_clear_pointer (&self->day, g_free);
  g_clear_pointer (&self->shift, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_clear_pointer (&self->receipt, g_bytes_unref);
  g_clear_pointer (&self->copied, g_ptr_array_unref);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  g_clear_pointer (&self->known, g_ptr_array_unref);
  g_clear_pointer (&self->deliveries, g_ptr_array_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_pointer (&self->set_aside, g_free);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->tally, dc_tally_free);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  g_clear_pointer (&self->origins, g_ptr_array_unref);
  g_clear_pointer (&self->statement, dc_statement_free);
  g_free (self);
}

static gboolean
check_day (const char  *day,
           GError     **error)
{
  gboolean good = day != NULL && strlen (day) == strlen ("2026-12-18");

  for (gsize i = 0; good && day[i] != '\0'; i++)
    good = i == 4 || i == 7 ? day[i] == '-' : g_ascii_isdigit (day[i]);

  if (!good)
    g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED,
                         "not a day such as 2026-12-18");

  return good;
}

gboolean
dc_request_open (DcStore       *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  DcRequest *request = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !dc_store_open (store, &request->set_aside, error))
    return FALSE;

  request->queue = *dc_store_get_queue (store);

  return TRUE;
}

gboolean
dc_request_close (DcStore       *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return dc_store_close (store, error);
}

static gboolean
save (DcStore   *store,
      gpointer   data,
      GError   **error)
{
  DcRequest *request = data;

  return dc_records_save (dc_store_get_database (store), dc_store_get_queue (store),
                          request->kind, request->pledge, request->sealer, error);
}

gboolean
dc_request_save (DcStore       *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  DcRequest *request = data;

  if (request->kind == DC_KIND_PLEDGE
      || request->kind == DC_KIND_PRACTICE
      || request->kind == DC_KIND_DRILL)
    return dc_store_run (store, save, request, FALSE, error);

  g_set_error_literal (error, DC_STORE_ERROR, DC_STORE_ERROR_FAILED,
                       "not a kind that a pledge can be saved as");

  return FALSE;
}

static gboolean
withdraw (DcStore   *store,
          gpointer   data,
          GError   **error)
{
  DcRequest *request = data;
  gboolean erased;

  if (!dc_records_withdraw (dc_store_get_database (store), dc_store_get_queue (store),
                            &request->id, request->day, request->sealer, &erased, error))
    return FALSE;

  if (erased)
    dc_store_erase_journal (store);

  return TRUE;
}

gboolean
dc_request_withdraw (DcStore       *store,
                     gpointer       data,
                     GCancellable  *cancellable,
                     GError       **error)
{
  DcRequest *request = data;

  return check_day (request->day, error)
         && dc_store_run (store, withdraw, request, TRUE, error);
}

static gboolean
count_code (DcStore   *store,
            gpointer   data,
            GError   **error)
{
  DcRequest *request = data;

  return dc_records_count_code (dc_store_get_database (store), request->day, error);
}

gboolean
dc_request_count_code (DcStore       *store,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  DcRequest *request = data;

  return check_day (request->day, error)
         && dc_store_run (store, count_code, request, FALSE, error);
}

static gboolean
tally (DcStore   *store,
       gpointer   data,
       GError   **error)
{
  DcRequest *request = data;
  const char *directory = dc_store_get_directory (store);
  g_autoptr (DcTally) tally = NULL;

  tally = dc_tally_read (dc_store_get_database (store), request->day, request->shift,
                         error);
  if (tally == NULL || !dc_directory_free_bytes (directory, &tally->free_bytes, error))
    return FALSE;

  tally->set_aside = dc_set_aside_count (directory);
  request->tally = g_steal_pointer (&tally);

  return TRUE;
}

gboolean
dc_request_tally (DcStore       *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  DcRequest *request = data;

  return check_day (request->day, error)
         && dc_store_run (store, tally, request, FALSE, error);
}

gboolean
dc_request_probe (DcStore       *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return dc_store_probe (store, error);
}

static gboolean
move (DcStore   *store,
      gpointer   data,
      GError   **error)
{
  DcRequest *request = data;
  gboolean erased;

  if (!dc_records_move (dc_store_get_database (store), &request->id, request->to,
                        request->reason, request->receipt, &erased, error))
    return FALSE;

  if (erased)
    dc_store_erase_journal (store);

  return TRUE;
}

gboolean
dc_request_move (DcStore       *store,
                 gpointer       data,
                 GCancellable  *cancellable,
                 GError       **error)
{
  return dc_store_run (store, move, data, TRUE, error);
}

static gboolean
purge (DcStore   *store,
       gpointer   data,
       GError   **error)
{
  DcRequest *request = data;

  if (!dc_records_purge (dc_store_get_database (store), &request->purged, error))
    return FALSE;

  dc_store_erase_journal (store);

  return TRUE;
}

gboolean
dc_request_purge (DcStore       *store,
                  gpointer       data,
                  GCancellable  *cancellable,
                  GError       **error)
{
  return dc_store_run (store, purge, data, TRUE, error);
}

static gboolean
take_copies (DcStore   *store,
             gpointer   data,
             GError   **error)
{
  DcRequest *request = data;

  request->records = dc_copies_take (dc_store_get_database (store), request->after,
                                     request->holds ? &request->held : NULL, request->limit,
                                     error);

  return request->records != NULL;
}

/* The ballast is for the way to the office, not for this one. */
gboolean
dc_request_take_copies (DcStore       *store,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  return dc_store_run (store, take_copies, data, FALSE, error);
}

static gboolean
mark_copied (DcStore   *store,
             gpointer   data,
             GError   **error)
{
  DcRequest *request = data;

  return dc_copies_mark (dc_store_get_database (store), request->copied, error);
}

gboolean
dc_request_mark_copied (DcStore       *store,
                        gpointer       data,
                        GCancellable  *cancellable,
                        GError       **error)
{
  return dc_store_run (store, mark_copied, data, FALSE, error);
}

static gboolean
compare_copies (DcStore   *store,
                gpointer   data,
                GError   **error)
{
  DcRequest *request = data;

  return dc_copies_compare (dc_store_get_database (store), request->ids, error);
}

gboolean
dc_request_compare_copies (DcStore       *store,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  return dc_store_run (store, compare_copies, data, FALSE, error);
}
