/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dc-destinations.h"

#include <string.h>

#include "dc-postgresql-connection.h"
#include "dc-postgresql-shelf.h"
#include "dc-postgresql-submit.h"

/* What data/postgresql/schema.sql answers. */
#define SCHEMA_VERSION 1

#define IDENTITY "SELECT version, id, epoch, may_remove, " \
  "(extract (epoch FROM clock_timestamp ()) * 1000000)::bigint FROM daily_cup.identity()"

enum { COLUMN_VERSION, COLUMN_ID, COLUMN_EPOCH, COLUMN_MAY_REMOVE, COLUMN_UTC, N_COLUMNS };

/**
 * DcPostgresqlDestination:
 *
 * A database with the schema of data/postgresql. One connection, made by the
 * first call and kept between calls.
 */
#define DC_TYPE_POSTGRESQL_DESTINATION (dc_postgresql_destination_get_type ())
G_DECLARE_FINAL_TYPE (DcPostgresqlDestination, dc_postgresql_destination,
                      DC, POSTGRESQL_DESTINATION, GObject)

struct _DcPostgresqlDestination
{
  GObject                parent_instance;

  DcPostgresqlConnection connection;
};

static void dc_postgresql_destination_iface_init (DcDestinationInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DcPostgresqlDestination, dc_postgresql_destination, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DC_TYPE_DESTINATION,
                                                      dc_postgresql_destination_iface_init))

static gboolean
is_version (const PGresult *answer)
{
  gint32 version;

  if (PQgetlength (answer, 0, COLUMN_VERSION) != sizeof version)
    return FALSE;
  memcpy (&version, PQgetvalue (answer, 0, COLUMN_VERSION), sizeof version);

  return GINT32_FROM_BE (version) == SCHEMA_VERSION;
}

static gboolean
read_identity (const PGresult         *answer,
               DcDestinationIdentity  *identity,
               GError                **error)
{
  if (PQntuples (answer) != 1 || PQgetlength (answer, 0, COLUMN_ID) != sizeof identity->id
      || PQgetlength (answer, 0, COLUMN_EPOCH) != sizeof identity->epoch
      || PQgetlength (answer, 0, COLUMN_MAY_REMOVE) != 1
      || PQgetlength (answer, 0, COLUMN_UTC) != sizeof identity->utc_us) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_UNREADABLE,
                         "the answer: expected one identity");
    return FALSE;
  }
  if (!is_version (answer)) {
    g_set_error_literal (error, DC_DELIVERY_ERROR, DC_DELIVERY_ERROR_TOO_OLD,
                         "the server has another version of the schema");
    return FALSE;
  }
  memcpy (&identity->id, PQgetvalue (answer, 0, COLUMN_ID), sizeof identity->id);
  memcpy (&identity->epoch, PQgetvalue (answer, 0, COLUMN_EPOCH), sizeof identity->epoch);
  identity->may_remove = PQgetvalue (answer, 0, COLUMN_MAY_REMOVE)[0] != 0;
  memcpy (&identity->utc_us, PQgetvalue (answer, 0, COLUMN_UTC), sizeof identity->utc_us);
  identity->utc_us = GINT64_FROM_BE (identity->utc_us);

  return TRUE;
}

static gboolean
probe (DcDestination          *destination,
       DcTransfer             *transfer,
       DcDestinationIdentity  *identity,
       GError                **error)
{
  DcPostgresqlDestination *self = DC_POSTGRESQL_DESTINATION (destination);
  g_autoptr (PGresult) answer = NULL;
  DcPostgresqlValues values = { 0 };
  DcPostgresqlCall call;

  dc_postgresql_call_begin (&call, transfer, 0);
  answer = dc_postgresql_run (&self->connection, IDENTITY, &values, N_COLUMNS, &call, error);

  return answer != NULL && read_identity (answer, identity, error);
}

/* Whose records they are stands in each; the server compares it with the login. */
static gboolean
put (DcDestination   *destination,
     const DcOrigin  *origin,
     GBytes          *bundle,
     DcTransfer      *transfer,
     GPtrArray       *deliveries,
     GError         **error)
{
  DcPostgresqlDestination *self = DC_POSTGRESQL_DESTINATION (destination);

  return dc_postgresql_submit (&self->connection, bundle, transfer, deliveries, error);
}

static gboolean
put_note (DcDestination   *destination,
          DcNote           note,
          const DcOrigin  *origin,
          GBytes          *line,
          DcTransfer      *transfer,
          GError         **error)
{
  DcPostgresqlDestination *self = DC_POSTGRESQL_DESTINATION (destination);

  return dc_postgresql_put_note (&self->connection, note, origin, line, transfer, error);
}

static gboolean
read_notes (DcDestination       *destination,
            DcNote               note,
            const DcOrigin      *origin,
            DcTransfer          *transfer,
            DcDestinationFound   found,
            gpointer             data,
            GError             **error)
{
  DcPostgresqlDestination *self = DC_POSTGRESQL_DESTINATION (destination);

  return dc_postgresql_read_notes (&self->connection, note, origin, transfer, found, data, error);
}

static gboolean
read_bundles (DcDestination       *destination,
              DcTransfer          *transfer,
              DcDestinationFound   found,
              gpointer             data,
              GError             **error)
{
  DcPostgresqlDestination *self = DC_POSTGRESQL_DESTINATION (destination);

  return dc_postgresql_read_bundles (&self->connection, transfer, found, data, error);
}

static gboolean
remove_place (DcDestination  *destination,
              const char     *place,
              DcTransfer     *transfer,
              GError        **error)
{
  DcPostgresqlDestination *self = DC_POSTGRESQL_DESTINATION (destination);

  return dc_postgresql_remove (&self->connection, place, transfer, error);
}

static void
dc_postgresql_destination_iface_init (DcDestinationInterface *iface)
{
  iface->probe = probe;
  iface->put = put;
  iface->put_note = put_note;
  iface->read_notes = read_notes;
  iface->read_bundles = read_bundles;
  iface->remove = remove_place;
}

static void
dc_postgresql_destination_finalize (GObject *object)
{
  DcPostgresqlDestination *self = DC_POSTGRESQL_DESTINATION (object);

  dc_postgresql_connection_clear (&self->connection);

  G_OBJECT_CLASS (dc_postgresql_destination_parent_class)->finalize (object);
}

static void
dc_postgresql_destination_class_init (DcPostgresqlDestinationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = dc_postgresql_destination_finalize;
}

static void
dc_postgresql_destination_init (DcPostgresqlDestination *self)
{
  self->connection.memory = -1;
}

DcDestination *
dc_postgresql_destination_new (const DcDestinationSetup *setup,
                               const char               *authority,
                               const DcCredential       *credential)
{
  DcPostgresqlDestination *self = g_object_new (DC_TYPE_POSTGRESQL_DESTINATION, NULL);

  dc_postgresql_connection_init (&self->connection, setup, authority, credential);

  return DC_DESTINATION (self);
}
