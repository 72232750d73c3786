/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue.h"

#include "dc-ballast.h"
#include "dc-queue-private.h"
#include "dc-store-thread.h"

struct _DcQueue
{
  GObject        parent_instance;

  char          *state_directory;
  guint          ballast_size;
  DcStoreThread *thread;
  DcId           id;
  gboolean       has_id;
};

enum
{
  PROP_STATE_DIRECTORY = 1,
  PROP_BALLAST_SIZE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (DcQueue, dc_queue, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void
dc_queue_set_property (GObject      *object,
                       guint         property_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  DcQueue *self = DC_QUEUE (object);

  switch (property_id) {   /* GCOVR_EXCL_BR_LINE: GObject asks for none that was not installed */
  case PROP_STATE_DIRECTORY:
    self->state_directory = g_value_dup_string (value);
    break;
  case PROP_BALLAST_SIZE:
    self->ballast_size = g_value_get_uint (value);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
dc_queue_constructed (GObject *object)
{
  DcQueue *self = DC_QUEUE (object);

  G_OBJECT_CLASS (dc_queue_parent_class)->constructed (object);

  self->thread = dc_store_thread_new (dc_store_new (self->state_directory, self->ballast_size));
}

/* Every call in flight holds a reference, so nothing waits here but the
 * thread's own end. */
static void
dc_queue_dispose (GObject *object)
{
  DcQueue *self = DC_QUEUE (object);

  g_clear_pointer (&self->thread, dc_store_thread_free);

  G_OBJECT_CLASS (dc_queue_parent_class)->dispose (object);
}

static void
dc_queue_finalize (GObject *object)
{
  DcQueue *self = DC_QUEUE (object);

  g_clear_pointer (&self->state_directory, g_free);

  G_OBJECT_CLASS (dc_queue_parent_class)->finalize (object);
}

static void
dc_queue_class_init (DcQueueClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = dc_queue_set_property;
  object_class->constructed = dc_queue_constructed;
  object_class->dispose = dc_queue_dispose;
  object_class->finalize = dc_queue_finalize;

  props[PROP_STATE_DIRECTORY] =
    g_param_spec_string ("state-directory", NULL, NULL, NULL,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  /* Bytes. For the tests, which fill small disks. */
  props[PROP_BALLAST_SIZE] =
    g_param_spec_uint ("ballast-size", NULL, NULL, 1, G_MAXINT, DC_BALLAST_SIZE,
                       G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
dc_queue_init (DcQueue *self)
{
}

DcQueue *
dc_queue_new (const char *state_directory)
{
  g_return_val_if_fail (state_directory != NULL, NULL);

  return g_object_new (DC_TYPE_QUEUE, "state-directory", state_directory, NULL);
}

const DcId *
dc_queue_get_id (DcQueue *self)
{
  g_return_val_if_fail (DC_IS_QUEUE (self), NULL);

  return self->has_id ? &self->id : NULL;
}

void
dc_queue_submit (DcQueue             *self,
                 DcRequest           *request,
                 DcStoreJob           job,
                 gpointer             tag,
                 GCancellable        *cancellable,
                 GAsyncReadyCallback  callback,
                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, (GDestroyNotify) dc_request_free);
  dc_store_thread_push (self->thread, task, job);
}

gboolean
dc_queue_finish (DcQueue       *self,
                 GAsyncResult  *result,
                 gpointer       tag,
                 GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

DcRequest *
dc_queue_get_request (GAsyncResult *result)
{
  return g_task_get_task_data (G_TASK (result));
}

void
dc_queue_open_async (DcQueue             *self,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (DC_IS_QUEUE (self));

  dc_queue_submit (self, dc_request_new (), dc_request_open, dc_queue_open_async,
                   cancellable, callback, user_data);
}

gboolean
dc_queue_open_finish (DcQueue       *self,
                      GAsyncResult  *result,
                      char         **set_aside,
                      GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_open_async, error))
    return FALSE;

  self->id = dc_queue_get_request (result)->queue;
  self->has_id = TRUE;
  if (set_aside != NULL)
    *set_aside = g_steal_pointer (&dc_queue_get_request (result)->set_aside);

  return TRUE;
}

void
dc_queue_close_async (DcQueue             *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (DC_IS_QUEUE (self));

  dc_queue_submit (self, dc_request_new (), dc_request_close, dc_queue_close_async,
                   NULL, callback, user_data);
}

gboolean
dc_queue_close_finish (DcQueue       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_close_async, error);
}

void
dc_queue_save_async (DcQueue             *self,
                     DcKind               kind,
                     DcPledge            *pledge,
                     DcSealer            *sealer,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (pledge != NULL && sealer != NULL);

  request = dc_request_new ();
  request->kind = kind;
  request->pledge = dc_pledge_ref (pledge);
  request->sealer = dc_sealer_ref (sealer);
  dc_queue_submit (self, request, dc_request_save, dc_queue_save_async, NULL, callback, user_data);
}

gboolean
dc_queue_save_finish (DcQueue       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_save_async, error);
}

void
dc_queue_withdraw_async (DcQueue             *self,
                         const DcId          *id,
                         const char          *day,
                         DcSealer            *sealer,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (id != NULL && sealer != NULL);

  request = dc_request_new ();
  request->id = *id;
  request->day = g_strdup (day);
  request->sealer = dc_sealer_ref (sealer);
  dc_queue_submit (self, request, dc_request_withdraw, dc_queue_withdraw_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_withdraw_finish (DcQueue       *self,
                          GAsyncResult  *result,
                          GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_withdraw_async, error);
}

void
dc_queue_count_code_async (DcQueue             *self,
                           const char          *day,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));

  request = dc_request_new ();
  request->day = g_strdup (day);
  dc_queue_submit (self, request, dc_request_count_code, dc_queue_count_code_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_count_code_finish (DcQueue       *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_count_code_async, error);
}

void
dc_queue_tally_async (DcQueue             *self,
                      const char          *day,
                      const char          *shift,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));

  request = dc_request_new ();
  request->day = g_strdup (day);
  request->shift = g_strdup (shift);
  dc_queue_submit (self, request, dc_request_tally, dc_queue_tally_async, NULL,
                   callback, user_data);
}

DcTally *
dc_queue_tally_finish (DcQueue       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_tally_async, error))
    return NULL;

  return g_steal_pointer (&dc_queue_get_request (result)->tally);
}

void
dc_queue_probe_async (DcQueue             *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (DC_IS_QUEUE (self));

  dc_queue_submit (self, dc_request_new (), dc_request_probe, dc_queue_probe_async,
                   NULL, callback, user_data);
}

gboolean
dc_queue_probe_finish (DcQueue       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_probe_async, error);
}

void
dc_queue_move_async (DcQueue             *self,
                     const DcId          *id,
                     DcState              to,
                     const char          *reason,
                     GBytes              *receipt,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (id != NULL && (guint) to < DC_N_STATES);

  request = dc_request_new ();
  request->id = *id;
  request->to = to;
  request->reason = g_strdup (reason);
  request->receipt = receipt != NULL ? g_bytes_ref (receipt) : NULL;
  dc_queue_submit (self, request, dc_request_move, dc_queue_move_async, NULL, callback, user_data);
}

gboolean
dc_queue_move_finish (DcQueue       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_move_async, error);
}

void
dc_queue_purge_async (DcQueue             *self,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_return_if_fail (DC_IS_QUEUE (self));

  dc_queue_submit (self, dc_request_new (), dc_request_purge, dc_queue_purge_async,
                   NULL, callback, user_data);
}

gboolean
dc_queue_purge_finish (DcQueue       *self,
                       GAsyncResult  *result,
                       guint         *purged,
                       GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_purge_async, error))
    return FALSE;

  if (purged != NULL)
    *purged = dc_queue_get_request (result)->purged;

  return TRUE;
}

void
dc_queue_take_copies_async (DcQueue             *self,
                            gint64               after,
                            const DcId          *held,
                            guint                limit,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));

  request = dc_request_new ();
  request->after = after;
  request->limit = limit;
  request->holds = held != NULL;
  if (held != NULL)
    request->held = *held;
  dc_queue_submit (self, request, dc_request_take_copies, dc_queue_take_copies_async, NULL,
                   callback, user_data);
}

GPtrArray *
dc_queue_take_copies_finish (DcQueue       *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  if (!dc_queue_finish (self, result, dc_queue_take_copies_async, error))
    return NULL;

  return g_steal_pointer (&dc_queue_get_request (result)->records);
}

void
dc_queue_mark_copied_async (DcQueue             *self,
                            GPtrArray           *records,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (records != NULL);

  request = dc_request_new ();
  request->copied = g_ptr_array_ref (records);
  dc_queue_submit (self, request, dc_request_mark_copied, dc_queue_mark_copied_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_mark_copied_finish (DcQueue       *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_mark_copied_async, error);
}

void
dc_queue_compare_copies_async (DcQueue             *self,
                               GHashTable          *ids,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  DcRequest *request;

  g_return_if_fail (DC_IS_QUEUE (self));
  g_return_if_fail (ids != NULL);

  request = dc_request_new ();
  request->ids = g_hash_table_ref (ids);
  dc_queue_submit (self, request, dc_request_compare_copies, dc_queue_compare_copies_async, NULL,
                   callback, user_data);
}

gboolean
dc_queue_compare_copies_finish (DcQueue       *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return dc_queue_finish (self, result, dc_queue_compare_copies_async, error);
}
