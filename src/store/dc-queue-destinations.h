/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "dc-database.h"
#include "dc-id.h"

G_BEGIN_DECLS

/* What the database knows of destinations, on the database's thread. dc-queue.h
 * says what a run is. */

/* What destination :destination has not and is to have. */
#define DC_DESTINATION_IS_TO_HAVE \
  "record.state IN ('waiting', 'delivered') " \
  "AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.seq = record.seq " \
  "AND delivery.destination = :destination) "

/* Of dc_record_to_line (): two strings in base64, that of a signature, and 43
 * bytes between them. SQLite tells the lengths without reading the bytes. */
#define DC_DESTINATION_LINE_BYTES \
  "((length (envelope) + 2) / 3 * 4 + (length (sealed) + 2) / 3 * 4 + 88 + 43)"

typedef struct
{
  gint64   key;
  gint64   passed;
  gboolean same_epoch;
} DcDestinationRow;

typedef struct
{
  gboolean new_epoch;
  guint    n_records;   /* to be offered */
  guint64  n_bytes;     /* of their lines */
} DcRunScope;

/* Each of the two one transaction. @at: microseconds since 1970 in UTC. */
gboolean dc_destinations_begin       (DcDatabase        *database,
                                      const DcId        *id,
                                      const DcId        *epoch,
                                      gboolean           everything,
                                      DcRunScope        *scope,
                                      GError           **error);
gboolean dc_destinations_end         (DcDatabase        *database,
                                      const DcId        *id,
                                      gint64             at,
                                      GError           **error);

/* Within the caller's transaction. */

/* DC_STORE_ERROR_NOT_FOUND where no run ever began there. */
gboolean dc_destinations_require     (DcDatabase        *database,
                                      const DcId        *id,
                                      DcDestinationRow  *destination,
                                      GError           **error);
/* Moves its mark up over what it has by now. */
gboolean dc_destinations_pass        (DcDatabase        *database,
                                      gint64             key,
                                      GError           **error);
/* The record waits that did not before: no destination may pass it over. */
gboolean dc_destinations_offer_again (DcDatabase        *database,
                                      gint64             seq,
                                      GError           **error);
/* Where the record was delivered to is of no account any more. */
gboolean dc_destinations_forget      (DcDatabase        *database,
                                      gint64             seq,
                                      GError           **error);

G_END_DECLS
