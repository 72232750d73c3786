/* SPDX-FileCopyrightText: The Daily Cup authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "dc-delivery.h"

G_BEGIN_DECLS

/* Which one it is, and which life of it. A destination that lost what it had
 * (was emptied, restored from an old backup) comes back with another epoch. */
typedef struct
{
  DcId     id;
  DcId     epoch;
  gboolean may_remove;     /* more rights than a tablet needs: staff are told */
  gint64   utc_us;         /* what time it is there, in microseconds since 1970; 0: it does not say */
} DcDestinationIdentity;

/**
 * DcTransfer:
 *
 * How one call may be stopped, watched and waited for. Owned by the caller,
 * which may cancel from any thread; everything else on the calling thread.
 */
typedef struct
{
  GCancellable *stop;           /* (nullable) after it no further byte leaves */
  guint         stall_seconds;  /* without progress; 0: 30 */
  /* (nullable) bytes of this call */
  void        (*progress) (guint64  sent,
                           guint64  total,
                           gpointer data);
  gpointer      data;
  guint         retry_seconds;  /* out, with DC_DELIVERY_ERROR_BUSY: what it asked for; 0: it did not say */
} DcTransfer;

/* The deadline of a request that carries @bytes: 30 s and a second for each kB. */
#define DC_TRANSFER_DEADLINE_SECONDS(bytes) (30 + (bytes) / 1000)

/* Small signed texts that lie beside the records. */
typedef enum
{
  DC_NOTE_STATEMENT,    /* by a tablet */
  DC_NOTE_RECEIPT,      /* by the office */
  DC_N_NOTES
} DcNote;

/* One thing that lies at a destination. @place names it for people and for
 * remove (). FALSE: enough; the call ends as a success. */
typedef gboolean (*DcDestinationFound) (const char *place,
                                        GBytes     *content,
                                        gpointer    data);

/**
 * DcDestination:
 *
 * A place where sealed records are handed over; untrusted. Every call blocks,
 * ends within its deadline whatever the other side does, costs at most 20 MB
 * for any answer, and is used by one thread at a time. Repeating a call does
 * no harm. Errors are of DC_DELIVERY_ERROR and concern the whole call.
 */
#define DC_TYPE_DESTINATION (dc_destination_get_type ())
G_DECLARE_INTERFACE (DcDestination, dc_destination, DC, DESTINATION, GObject)

struct _DcDestinationInterface
{
  GTypeInterface parent_iface;

  gboolean (*probe) (DcDestination         *self,
                     DcTransfer            *transfer,
                     DcDestinationIdentity *identity,
                     GError               **error);
  gboolean (*put) (DcDestination         *self,
                   const DcOrigin        *origin,
                   GBytes                *bundle,
                   DcTransfer            *transfer,
                   GPtrArray             *deliveries,
                   GError               **error);
  gboolean (*put_note) (DcDestination         *self,
                        DcNote                 note,
                        const DcOrigin        *origin,
                        GBytes                *line,
                        DcTransfer            *transfer,
                        GError               **error);
  gboolean (*read_notes) (DcDestination         *self,
                          DcNote                 note,
                          const DcOrigin        *origin,
                          DcTransfer            *transfer,
                          DcDestinationFound     found,
                          gpointer               data,
                          GError               **error);
  gboolean (*read_bundles) (DcDestination         *self,
                            DcTransfer            *transfer,
                            DcDestinationFound     found,
                            gpointer               data,
                            GError               **error);
  gboolean (*remove) (DcDestination         *self,
                      const char            *place,
                      DcTransfer            *transfer,
                      GError               **error);
};

/* Whether it answers, takes this credential, and may be written to; who it is. Makes
 * its identity where it has none (two that do so at once agree). */
gboolean dc_destination_probe        (DcDestination         *self,
                                      DcTransfer            *transfer,
                                      DcDestinationIdentity *identity,
                                      GError               **error);
/* Hands over a bundle of dc_bundle_new (), all of one origin. Appends to
 * @deliveries (element-type DcDelivery) one verdict for each record of it; a
 * record that is not among them is unknown. On an error nothing is proven of
 * any. DC_DELIVERY_ERROR_REJECTED: try smaller bundles. */
gboolean dc_destination_put          (DcDestination         *self,
                                      const DcOrigin        *origin,
                                      GBytes                *bundle,
                                      DcTransfer            *transfer,
                                      GPtrArray             *deliveries,
                                      GError               **error);
/* Success: these very bytes are proven to be there. */
gboolean dc_destination_put_note     (DcDestination         *self,
                                      DcNote                 note,
                                      const DcOrigin        *origin,
                                      GBytes                *line,
                                      DcTransfer            *transfer,
                                      GError               **error);
/* Of @origin, or of all where NULL. Bounded: a note over 512 KiB is passed over. */
gboolean dc_destination_read_notes   (DcDestination         *self,
                                      DcNote                 note,
                                      const DcOrigin        *origin,
                                      DcTransfer            *transfer,
                                      DcDestinationFound     found,
                                      gpointer               data,
                                      GError               **error);
/* For the office: every bundle there, in no order. */
gboolean dc_destination_read_bundles (DcDestination         *self,
                                      DcTransfer            *transfer,
                                      DcDestinationFound     found,
                                      gpointer               data,
                                      GError               **error);
/* For the office, after it has tidied up; a @place that is gone is success. */
gboolean dc_destination_remove       (DcDestination         *self,
                                      const char            *place,
                                      DcTransfer            *transfer,
                                      GError               **error);

G_END_DECLS
