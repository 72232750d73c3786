/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-postgresql-resolve.h"

#define MAX_ADDRESSES 8

typedef struct
{
  GCancellable *cancellable;   /* (owned) of the look-up alone */
  GAsyncResult *result;        /* (owned) (nullable) */
} Lookup;

static void
lookup_clear (Lookup *self)
{
  g_clear_object (&self->cancellable);
  g_clear_object (&self->result);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lookup, lookup_clear)

static void
take_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Lookup *lookup = data;

  lookup->result = g_object_ref (result);
}

static gboolean
give_up (gpointer data)
{
  g_cancellable_cancel (data);

  return G_SOURCE_REMOVE;
}

/* @call, a GSourceFunc or of the kind that @source has, is given @cancellable. */
static void
attach (GSource      *source,
        GSourceFunc   call,
        GMainContext *context,
        GCancellable *cancellable)
{
  g_source_set_callback (source, call, g_object_ref (cancellable), g_object_unref);
  g_source_attach (source, context);
  g_source_unref (source);
}

static gboolean
stopped (GCancellable *stop,
         gpointer      data)
{
  return give_up (data);
}

/* In a context of its own, so that nothing of the caller's runs meanwhile. */
static GList *
look_up (const char        *host,
         DcPostgresqlCall  *call,
         GError           **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainContextPusher) pusher = g_main_context_pusher_new (context);
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_auto (Lookup) lookup = { .cancellable = g_cancellable_new () };
  gint64 left = dc_postgresql_call_deadline (call) - g_get_monotonic_time ();

  attach (g_timeout_source_new ((guint) CLAMP (left / 1000, 1, G_MAXINT)), give_up, context,
          lookup.cancellable);
  if (call->transfer->stop != NULL)
    attach (g_cancellable_source_new (call->transfer->stop), G_SOURCE_FUNC (stopped), context,
            lookup.cancellable);
  g_resolver_lookup_by_name_async (resolver, host, lookup.cancellable, take_result, &lookup);
  while (lookup.result == NULL)
    g_main_context_iteration (context, TRUE);

  return g_resolver_lookup_by_name_finish (resolver, lookup.result, error);
}

static DcDeliveryError
reason (DcPostgresqlCall *call,
        const GError     *found)
{
  if (g_cancellable_is_cancelled (call->transfer->stop))
    return DC_DELIVERY_ERROR_STOPPED;
  if (g_error_matches (found, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return DC_DELIVERY_ERROR_TIMEOUT;

  return DC_DELIVERY_ERROR_OFFLINE;
}

char **
dc_postgresql_resolve (const char        *host,
                       DcPostgresqlCall  *call,
                       GError           **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GInetAddress) number = g_inet_address_new_from_string (host);
  g_autoptr (GError) found = NULL;
  GList *addresses;
  guint n = 0;

  if (number != NULL) {
    g_strv_builder_add (builder, host);
    return g_strv_builder_end (builder);
  }
  addresses = look_up (host, call, &found);
  if (addresses == NULL) {
    g_set_error (error, DC_DELIVERY_ERROR, reason (call, found), "%s: %s", host,
                 found != NULL ? found->message : "no address");
    return NULL;
  }
  for (GList *at = addresses; at != NULL && n < MAX_ADDRESSES; at = at->next, n++) {
    g_autofree char *text = g_inet_address_to_string (at->data);

    g_strv_builder_add (builder, text);
  }
  g_resolver_free_addresses (addresses);

  return g_strv_builder_end (builder);
}
