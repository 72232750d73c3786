/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-queue-origins.h"

#include "dc-delivery.h"
#include "dc-record.h"

#include <string.h>

/* Of an envelope that the disk has changed, nothing is believed. */
static DcOrigin *
read_origin (DcQuery *select)
{
  DcEnvelope envelope;
  DcOrigin *origin;
  gsize size;
  const char *json = dc_query_get_blob (select, 0, &size);

  if (!dc_envelope_from_json (&envelope, json, size, NULL))
    return NULL;

  origin = g_new0 (DcOrigin, 1);
  origin->queue = envelope.queue;
  memcpy (origin->tablet, envelope.tablet, sizeof origin->tablet);
  g_strlcpy (origin->campaign, envelope.campaign, sizeof origin->campaign);

  return origin;
}

/* The latest record of each stands for the others. */
GPtrArray *
dc_origins_read (DcDatabase  *database,
                 guint        limit,
                 GError     **error)
{
  g_autoptr (GPtrArray) origins = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (DcQuery) select = NULL;
  gboolean row;

  select = dc_database_prepare (database,
                                "SELECT envelope, max (seq) AS latest FROM ("
                                "SELECT envelope, seq, CAST (envelope AS TEXT) AS json FROM record "
                                "WHERE state IN ('waiting', 'delivered', 'refused') "
                                "AND envelope IS NOT NULL) WHERE json_valid (json) "
                                "GROUP BY json_extract (json, '$.campaign', '$.tablet', '$.queue') "
                                "ORDER BY latest DESC LIMIT :limit", error);
  if (select == NULL)
    return NULL;
  dc_query_bind_integer (select, ":limit", limit);

  while (dc_query_step (select, &row, error)) {
    DcOrigin *origin = NULL;

    if (!row)
      return g_steal_pointer (&origins);
    origin = read_origin (select);
    if (origin != NULL)
      g_ptr_array_add (origins, origin);
  }

  return NULL;
}
